"""The members of the blend on one history: ridge models of different knowledge and memory, and smoothing."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from forecast.calendar.near_days import ordinary
from forecast.models import blend, level
from forecast.models.irregular import is_irregular
from forecast.models.member import ExponentialSmoothing, Origin, Ridge

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from forecast.calendar.own_days import Learned
    from forecast.models.member import Member, MemberForecast

    Array = NDArray[np.float64]

MONTH = level.RidgeSpec("weekday, year and month", month=True)
YEAR = level.RidgeSpec("weekday and year", month=False)
MONTH_NO_DECAY = level.RidgeSpec("weekday and month, lasting level", month=True, decays=(1.0,))
RECENT = level.RidgeSpec("recent months", month=False, half_life_days=180.0)
GROWTH = level.RidgeSpec("growth and year", month=False, growth=True)


@dataclass(frozen=True)
class Members:
    """All members of the blend on one history.

    Below 14 months nothing tells growth from season, so those that need a year are left out.
    """

    totals: Array
    weekday: NDArray[np.int64]
    calendar: level.CalendarTerms
    fast: bool = False
    found: dict[int, Learned] = field(default_factory=dict)

    @cached_property
    def irregular(self) -> bool:
        """Whether the members are fitted to means, not to logs."""
        n = len(self.totals)
        return is_irregular(self.totals, self.weekday[:n], self.calendar.events[:n])

    @cached_property
    def all(self) -> tuple[Member, ...]:
        """The members, in the order of the rows of their forecasts; the first is a ridge model."""
        # Bends and recent months of irregular days are chance: extrapolated, they grow.
        if self.fast or self.irregular:
            return Ridge(MONTH), Ridge(YEAR)
        long = level.is_long(len(self.totals))
        ridge_specs = (MONTH, YEAR, RECENT, GROWTH) if long else (MONTH_NO_DECAY, MONTH, YEAR)
        return (*(Ridge(recipe) for recipe in ridge_specs), ExponentialSmoothing())

    @property
    def names(self) -> tuple[str, ...]:
        """Names in the order of `all`."""
        return tuple(member.name for member in self.all)

    def learned(self, origin: int) -> Learned:
        """Days near holidays and days of the month that stand out before `origin`; looked for once."""
        if origin not in self.found:
            found = self.calendar.own.learned(self.totals[:origin])
            # Odd days are what an irregular channel is made of: none is left out of its level.
            self.found[origin] = replace(found, odd=()) if self.irregular else found
        return self.found[origin]

    def ordinary(self, totals: Array) -> Array:
        """Totals of the first days without odd ones near holidays: what a weekday's shape is learned from."""
        origin = len(totals)
        return ordinary(totals, self.learned(origin).usual(origin), self.weekday[:origin])

    def ahead(self, days: int) -> list[MemberForecast]:
        """Forecast of each member for the `days` after the history."""
        return self._forecasts(len(self.totals), days, self.all)

    def tried(self, origins: Mapping[int, int]) -> dict[int, Array]:
        """Forecasts of the past: logs of day totals by origin, shape (members, days ahead), the earliest origin first.

        Parameters
        ----------
        origins
            Days ahead by origin. What a member finds at one origin, such as its smoothing, serves the origins after it.
        """
        members, logs = self.all, {}
        for origin in sorted(origins):
            said = self._forecasts(origin, origins[origin], members)
            members = tuple(one.tuned for one in said)
            logs[origin] = stacked(said)
        return logs

    def _forecasts(self, origin: int, ahead: int, members: Sequence[Member]) -> list[MemberForecast]:
        first = self.all[0]
        assert isinstance(first, Ridge)  # noqa: S101 - `all` begins with one
        days = self.weekday[: origin + ahead]
        known = Origin(
            self.totals[:origin], days, self.calendar, self.learned(origin), ahead, self.irregular, first.recipe
        )
        return [member.forecast(known) for member in members]

    def errors(self, logs: Array, totals: Array) -> Array:
        """Error of each member by days ahead, in the terms it is fitted in; shape (buckets, members)."""
        return (blend.mean_scale_errors if self.irregular else blend.log_errors)(logs, totals)

    def blended(self, logs: Array, weight: Array) -> Array:
        """Total of every day; members fitted to means are averaged, members fitted to logs in logs."""
        return (blend.averaged if self.irregular else blend.blended)(logs, weight)


def stacked(said: Sequence[MemberForecast]) -> Array:
    """Logs of the mean totals, a row for each member."""
    return np.stack([one.logs for one in said])
