"""The history of a channel by day and by hour of the week, and which days are closed, missing or special."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from forecast.data.gaps import index_of, open_intervals, seen_days

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    import pandas as pd
    from numpy.typing import NDArray

    from configs.schema import Config
    from forecast.calendar.marks import Calendar
    from forecast.data.history import History

Status = Literal["observed", "part", "missing", "closed"]
"""A day is observed, observed in part of its open hours, missing although open, or closed."""


@dataclass(frozen=True)
class Day:
    """One local day: its contacts (0 where nothing was observed), its status, and the holiday or event on it."""

    date: date
    contacts: float
    status: Status
    special: str = ""


@dataclass(frozen=True)
class ChannelDays:
    """The history of one channel on its own clock.

    `hours` is the mean number of contacts in each hour of the week, shape (7, 24), Monday first; NaN where it was
    never observed.
    """

    channel: str
    timezone: str
    days: tuple[Day, ...]
    hours: NDArray[np.float64]


def channel_days(config: Config, channel: str, history: History, calendar: Calendar) -> ChannelDays | None:
    """Sum up the history of a channel; None where it has none."""
    rows = history.channel(channel)
    if rows.empty:
        return None
    zone = config.timezone_of(channel)
    times = seen_days(rows, zone, config.plan.interval_s // 60)
    at, volume = index_of(times, rows["start"]), rows["volume"].to_numpy()
    is_open = open_intervals(config, channel, calendar, times)
    absent = is_open.copy()
    absent[at] = False
    day = times.day[at]
    contacts = np.bincount(day, weights=np.nan_to_num(volume), minlength=times.days)
    seen = np.bincount(day, minlength=times.days)
    due, lost = (np.bincount(times.day[mask], minlength=times.days) for mask in (is_open, absent))
    special = calendar.special_days(channel, times.first, times.days)
    days = tuple(
        Day(
            times.date(i),
            float(contacts[i]),
            _status(seen[i], due[i], lost[i], contacts[i]),
            _named(special, times.date(i)),
        )
        for i in range(times.days)
    )
    return ChannelDays(channel, zone, days, _by_hour(rows["start"].dt.tz_convert(zone), volume))


def _status(seen: int, due: int, lost: int, contacts: float) -> Status:
    if not due:
        return "observed" if contacts > 0 else "closed"
    if not seen or lost == due:
        return "observed" if contacts > 0 else "missing"
    return "part" if lost else "observed"


def _named(special: Mapping[date, tuple[str, ...]], day: date) -> str:
    return "; ".join(special.get(day, ()))


def _by_hour(local: pd.Series, volume: NDArray[np.float64]) -> NDArray[np.float64]:
    """Mean contacts of each hour of the week, over the days on which it was observed."""
    import pandas as pd

    clock = pd.DatetimeIndex(local)
    frame = pd.DataFrame({"date": clock.date, "day": clock.day_of_week, "hour": clock.hour, "volume": volume})
    an_hour = frame.groupby(["day", "hour", "date"])["volume"].sum().groupby(level=["day", "hour"]).mean()
    hours = np.full((7, 24), np.nan)
    hours[an_hour.index.get_level_values("day"), an_hour.index.get_level_values("hour")] = an_hour.to_numpy()
    return hours
