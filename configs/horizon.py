"""The planned days cut into intervals: the one place that knows local clocks, UTC and clock changes.

Intervals are counted in elapsed time. A day has 24 hours of them, 23 when the clock goes forward and 25 when it
goes back; a shift of eight hours is eight hours on each of these days.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from configs.units import DAY_MINUTES
from configs.zones import zone

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from numpy.typing import NDArray

    from configs.units import OpeningHours


@dataclass(frozen=True)
class Horizon:
    """Consecutive local days of one zone, cut into intervals of equal length.

    Parameters
    ----------
    first
        First local day.
    days
        Number of days.
    interval_min
        Length of an interval in minutes; divides 60.
    timezone
        Name of the zone.
    """

    first: date
    days: int
    interval_min: int
    timezone: str

    @property
    def zone(self) -> ZoneInfo:
        """The zone as an object."""
        return zone(self.timezone)

    @property
    def times_of_day(self) -> int:
        """Intervals of an ordinary day."""
        return DAY_MINUTES // self.interval_min

    @property
    def interval_h(self) -> float:
        """Length of an interval in hours."""
        return self.interval_min / 60

    @cached_property
    def begin(self) -> pd.Timestamp:
        """First moment, UTC."""
        return self.moment(0, 0)

    @cached_property
    def end(self) -> pd.Timestamp:
        """Moment after the last interval, UTC."""
        return self.moment(self.days, 0)

    @cached_property
    def starts(self) -> pd.DatetimeIndex:
        """Start of every interval, UTC."""
        return pd.date_range(self.begin, self.end, freq=f"{self.interval_min}min", inclusive="left")

    @property
    def size(self) -> int:
        """Number of intervals."""
        return len(self.starts)

    @cached_property
    def _own(self) -> LocalTimes:
        return LocalTimes(self.starts, self.interval_min, self.timezone)

    def seen_in(self, timezone: str | None) -> LocalTimes:
        """Return the same intervals on the clock of another zone; None is the zone of the days."""
        return self._own.seen_in(timezone)

    @property
    def local(self) -> pd.DatetimeIndex:
        """Start of every interval in local time."""
        return self._own.local

    @property
    def day(self) -> NDArray[np.int64]:
        """Day number of every interval, 0 being `first`."""
        return self._own.day

    @property
    def time_of_day(self) -> NDArray[np.int64]:
        """Clock position of every interval within its local day: minutes after midnight over the interval length."""
        return self._own.time_of_day

    @property
    def weekday(self) -> NDArray[np.int64]:
        """Weekday of every interval, Monday being 0."""
        return self._own.weekday

    def date(self, day: int) -> date:
        """Local date of a day number."""
        return self.first + timedelta(days=day)

    def moment(self, day: int, minutes: int, *, second: bool = False) -> pd.Timestamp:
        """UTC moment of a clock time; a time the clock skips is the moment the skip ends.

        A time that comes twice is its first pass, or its second where `second` is asked for.
        """
        local = pd.Timestamp(datetime.combine(self.date(day), datetime.min.time()) + timedelta(minutes=minutes))
        return local.tz_localize(self.zone, ambiguous=not second, nonexistent="shift_forward").tz_convert("UTC")

    def index(self, moment: pd.Timestamp) -> int:
        """Number of the interval a moment falls in; below 0 or from `size` on when it lies outside."""
        return int((moment - self.begin) // pd.Timedelta(minutes=self.interval_min))

    def is_open(self, hours: OpeningHours) -> NDArray[np.bool_]:
        """Return whether any part of each interval lies in the opening hours."""
        return self._own.is_open(hours)


@dataclass(frozen=True, eq=False)
class LocalTimes:
    """Intervals one after another as the clock of one zone shows them; days are local days of that zone.

    Parameters
    ----------
    starts
        Start of every interval, UTC; at least one.
    interval_min
        Length of an interval in minutes.
    timezone
        Name of the zone. Its clock may be off that of the planned days by a part of an interval.
    """

    starts: pd.DatetimeIndex
    interval_min: int
    timezone: str

    def seen_in(self, timezone: str | None) -> LocalTimes:
        """Return the same intervals on the clock of another zone; None is the same zone."""
        return self if timezone in {None, self.timezone} else replace(self, timezone=timezone)

    @property
    def zone(self) -> ZoneInfo:
        """The zone as an object."""
        return zone(self.timezone)

    @property
    def begin(self) -> pd.Timestamp:
        """First moment, UTC."""
        return self.starts[0]

    @cached_property
    def local(self) -> pd.DatetimeIndex:
        """Start of every interval in local time."""
        return self.starts.tz_convert(self.zone)

    @cached_property
    def first(self) -> date:
        """Local day of the first interval."""
        return self.local[0].date()

    @cached_property
    def days(self) -> int:
        """Number of local days, parts of days included."""
        return int(self.day[-1]) + 1

    @cached_property
    def day(self) -> NDArray[np.int64]:
        """Day number of every interval, 0 being `first`."""
        dates = self.local.tz_localize(None).normalize()
        return np.asarray((dates - pd.Timestamp(self.first)).days, dtype=np.int64)

    @cached_property
    def minute(self) -> NDArray[np.int64]:
        """Clock time at which every interval starts, in minutes after midnight."""
        return np.asarray(self.local.hour * 60 + self.local.minute, dtype=np.int64)

    @cached_property
    def time_of_day(self) -> NDArray[np.int64]:
        """Clock position of every interval within its local day: `minute` over the interval length, cut."""
        return self.minute // self.interval_min

    @cached_property
    def weekday(self) -> NDArray[np.int64]:
        """Weekday of every interval, Monday being 0."""
        return (self.day + self.first.weekday()) % 7

    def date(self, day: int) -> date:
        """Local date of a day number."""
        return self.first + timedelta(days=day)

    def is_open(self, hours: OpeningHours) -> NDArray[np.bool_]:
        """Return whether any part of each interval lies in the opening hours."""
        week = np.zeros((7, DAY_MINUTES), dtype=bool)
        for weekday in range(7):
            for start, end in hours.minutes(weekday):
                week[weekday, start:end] = True
        minutes = week.ravel()
        open_before = np.concatenate([[0], np.cumsum(np.concatenate([minutes, minutes[: self.interval_min]]))])
        at = self.weekday * DAY_MINUTES + self.minute
        return np.asarray(open_before[at + self.interval_min] > open_before[at])
