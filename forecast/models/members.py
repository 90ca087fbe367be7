"""The voices of the blend: ridge models that differ in what they know and how long they remember, and smoothing."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from forecast.calendar.near_days import ordinary
from forecast.models import blend, level
from forecast.models.ets import fit_ets
from forecast.models.irregular import fit_mean, is_irregular

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from forecast.calendar.own_days import Learned
    from forecast.models.ets import Smoothing

    Array = NDArray[np.float64]

MONTH = level.RidgeSpec("weekday, year and month", month=True)
YEAR = level.RidgeSpec("weekday and year", month=False)
LASTING = level.RidgeSpec("weekday and month, lasting level", month=True, decays=(1.0,))
RECENT = level.RidgeSpec("recent months", month=False, half_life_days=180.0)
GROWTH = level.RidgeSpec("growth and year", month=False, growth=True)
SMOOTHING = "exponential smoothing"


@dataclass
class Members:
    """All members of the blend on one history.

    Below 14 months nothing tells growth from season, so those that need a year are left out. The smoothing of the
    ETS is found once and kept for later origins.
    """

    totals: Array
    weekday: NDArray[np.int64]
    calendar: level.Calendar
    fast: bool = False
    smoothing: Smoothing | None = None
    found: dict[int, Learned] = field(default_factory=dict)

    @cached_property
    def irregular(self) -> bool:
        """Whether the members are fitted to means, not to logs."""
        n = len(self.totals)
        return is_irregular(self.totals, self.weekday[:n], self.calendar.events[:n])

    @property
    def ridge_specs(self) -> tuple[level.RidgeSpec, ...]:
        """The ridge models."""
        # Bends and recent months of irregular days are chance: extrapolated, they grow.
        if self.fast or self.irregular:
            return (MONTH, YEAR)
        return (MONTH, YEAR, RECENT, GROWTH) if level.is_long(len(self.totals)) else (LASTING, MONTH, YEAR)

    @property
    def smooths(self) -> bool:
        """Whether exponential smoothing of logs is among them."""
        return not (self.fast or self.irregular)

    @property
    def names(self) -> tuple[str, ...]:
        """Names in the order of the rows of `logs`."""
        return tuple(recipe.name for recipe in self.ridge_specs) + ((SMOOTHING,) if self.smooths else ())

    def fits(self, origin: int, ahead: int) -> list[level.Fit]:
        """Ridge models fitted to the days before `origin` and continued for `ahead` days."""
        fit = fit_mean if self.irregular else level.fit_level
        totals, learned = self.totals[:origin], self.learned(origin)
        return [fit(totals, self.calendar, ahead, recipe, learned) for recipe in self.ridge_specs]

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

    def logs(self, origin: int, ahead: int, fits: list[level.Fit] | None = None) -> Array:
        """Logs of the mean totals of the `ahead` days from `origin` on, a row for each member."""
        fits = self.fits(origin, ahead) if fits is None else fits
        rows = [fit.ahead for fit in fits]
        if not self.smooths:
            return np.stack(rows)
        totals = self.totals[:origin]
        smoothing = None if origin == len(self.totals) else self.smoothing
        found = fit_ets(totals, self.weekday[: origin + ahead], fits[0].special(), ahead, smoothing)
        if found is None:
            return np.stack([*rows, rows[0]])
        self.smoothing = found[1]
        # Raised to the mean as the ridge is. A weekday the smoothing never saw is left to the ridge.
        return np.stack([*rows, np.where(np.isfinite(found[0]), found[0] + fits[0].lift, rows[0])])

    def errors(self, logs: Array, totals: Array) -> Array:
        """Error of each member by days ahead, in the terms it is fitted in; shape (buckets, members)."""
        return (blend.mean_scale_errors if self.irregular else blend.log_errors)(logs, totals)

    def blended(self, logs: Array, weight: Array) -> Array:
        """Total of every day; members fitted to means are averaged, members fitted to logs in logs."""
        return (blend.averaged if self.irregular else blend.blended)(logs, weight)
