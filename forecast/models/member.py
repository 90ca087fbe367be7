"""What a model of day totals must offer to take part in the blend: the one place to look before adding another."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

import numpy as np

from forecast.models import level
from forecast.models.ets import fit_ets
from forecast.models.irregular import fit_mean

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from forecast.calendar.own_days import Learned
    from forecast.models.ets import Smoothing

    Array = NDArray[np.float64]


@dataclass(frozen=True)
class Origin:
    """What is known on the day a forecast is made.

    Parameters
    ----------
    totals
        Contacts of each day before the origin, NaN unknown.
    weekday
        Weekday of these days and of the days ahead, Monday being 0.
    calendar
        Events and holidays of the same days.
    learned
        Days near holidays and days of the month that stand out so far.
    ahead
        Number of days to forecast.
    irregular
        Whether models are fitted to means instead of logs.
    first
        Ridge model whose effects of events serve members without a calendar of their own.
    """

    totals: Array
    weekday: NDArray[np.int64]
    calendar: level.CalendarTerms
    learned: Learned
    ahead: int
    irregular: bool
    first: level.RidgeSpec

    def fit(self, recipe: level.RidgeSpec) -> level.Fit:
        """Ridge model fitted to the days before the origin and continued; the first one is fitted once."""
        return self.reference if recipe == self.first else self._fitted(recipe)

    @cached_property
    def reference(self) -> level.Fit:
        """Fit of the first ridge model."""
        return self._fitted(self.first)

    def _fitted(self, recipe: level.RidgeSpec) -> level.Fit:
        fit = fit_mean if self.irregular else level.fit_level
        return fit(self.totals, self.calendar, self.ahead, recipe, self.learned)


@dataclass(frozen=True)
class MemberForecast:
    """What a member says at an origin.

    `logs` are the logs of the mean totals of the days ahead. `fit` holds the effects that explain them, None where the
    member has none of its own. `tuned` is the member with the settings found here, for later origins.
    """

    logs: Array
    tuned: Member
    fit: level.Fit | None = None


class Member(Protocol):
    """A model of day totals."""

    @property
    def name(self) -> str:
        """Name in reports."""
        ...

    def forecast(self, at: Origin) -> MemberForecast:
        """Forecast the days after an origin from what was known then."""
        ...


@dataclass(frozen=True)
class Ridge:
    """A ridge model with calendar effects and a smoothed level (``forecast.models.level``)."""

    recipe: level.RidgeSpec

    @property
    def name(self) -> str:
        """Name of its recipe."""
        return self.recipe.name

    def forecast(self, at: Origin) -> MemberForecast:
        """Fit it to the days before the origin."""
        fit = at.fit(self.recipe)
        return MemberForecast(fit.ahead, self, fit)


@dataclass(frozen=True)
class ExponentialSmoothing:
    """Exponential smoothing with weekly seasons; events and the lift to the mean come from the first ridge model.

    `smoothing` is estimated where it is None.
    """

    smoothing: Smoothing | None = None
    name: str = "exponential smoothing"

    def forecast(self, at: Origin) -> MemberForecast:
        """Smooth the days before the origin; the ridge model answers where too little is known."""
        ridge = at.reference
        found = fit_ets(at.totals, at.weekday, ridge.special(), at.ahead, self.smoothing)
        if found is None:
            return MemberForecast(ridge.ahead, self)
        # Raised to the mean as the ridge is. A weekday the smoothing never saw is left to the ridge.
        logs = np.where(np.isfinite(found[0]), found[0] + ridge.lift, ridge.ahead)
        return MemberForecast(logs, replace(self, smoothing=found[1]))
