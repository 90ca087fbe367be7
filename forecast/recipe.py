"""One channel from history to forecast, step by step: this file reads as the recipe.

totals of the days -> the past forecast again (backtest) -> blend of the models by their error -> shape of the day
-> means of the intervals -> quantiles from the backtest.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from forecast import accuracy, blend, fallback, level
from forecast.day_totals import day_totals
from forecast.ets import Smoothing, fit_ets
from forecast.grid import weekdays
from forecast.profile import choose_memory, fill_unseen, shares
from forecast.quantiles import DEFAULT, LEVELS, Spread, Spreads, quantiles

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from forecast.accuracy import Trial
    from forecast.grid import Grid
    from forecast.result import Accuracy

    Array = NDArray[np.float64]

MEMBERS = (
    level.Recipe(month=True, decays=(1.0,)),
    level.Recipe(month=True),
    level.Recipe(month=False),
)
"""The ridge members; exponential smoothing is the one after them."""
SHORT_SPREAD: Spreads = (Spread(dispersion=0.1),) * len(DEFAULT)


@dataclass(frozen=True)
class Outlook:
    """Forecast of one channel on the grid: arrays of shape (days ahead, slots)."""

    mean: Array
    quantiles: dict[str, Array]
    accuracy: Accuracy | None
    method: str


def forecast_channel(channel: str, grid: Grid, ahead: int, events: Array, is_open: NDArray[np.bool_]) -> Outlook:
    """Forecast the `ahead` days after the grid.

    Parameters
    ----------
    channel
        Name, for the record.
    grid
        History; closed days are not observed.
    ahead
        Number of days.
    events
        Event and holiday marks, a row for each day of the history and ahead, a column for each event.
    is_open
        Slots that are open per weekday, shape (7, slots).
    """
    totals = day_totals(grid)
    if fallback.is_silent(totals):
        return _silent(grid, ahead)
    if fallback.is_short(totals) or fallback.is_sparse(totals):
        return _simple(channel, grid, totals, ahead, is_open)
    memory = choose_memory(grid, totals)
    calendar = level.Calendar.of(grid.first, grid.days + ahead, events)
    starts = accuracy.origins(grid.days)
    models = _Models(totals, weekdays(grid.first, grid.days + ahead), calendar)
    past = {origin: models.logs(origin, min(accuracy.TRIAL_DAYS, grid.days - origin)) for origin in reversed(starts)}
    errors = {origin: blend.log_errors(logs, totals[origin : origin + logs.shape[1]]) for origin, logs in past.items()}

    def means(origin: int, logs: Array, weight: Array) -> Array:
        shape = shares(grid.until(origin), totals[:origin], memory)
        return blend.blended(logs, weight)[:, None] * shape[weekdays(grid.first, origin + logs.shape[1])[origin:]]

    trials = []
    for origin, logs in past.items():
        others = [error for other, error in errors.items() if other != origin] or list(errors.values())
        trials.append(accuracy.trial(grid, origin, means(origin, logs, blend.weights(others, len(logs)))))
    logs = models.logs(grid.days, ahead)
    total = blend.blended(logs, blend.weights(list(errors.values()), len(logs)))
    shape = np.where(is_open, fill_unseen(shares(grid, totals, memory), is_open), 0.0)
    mean = total[:, None] * shape[weekdays(grid.first, grid.days + ahead)[grid.days :]]
    return _outlook(channel, mean, trials, DEFAULT, "recipe")


def _silent(grid: Grid, ahead: int) -> Outlook:
    """Zeros after eight weeks of zeros: a channel that is not there, or not any more."""
    mean = np.zeros((ahead, len(grid.slots)))
    return Outlook(mean, {name: mean.copy() for name in LEVELS}, None, "silent")


def _simple(channel: str, grid: Grid, totals: Array, ahead: int, is_open: NDArray[np.bool_]) -> Outlook:
    """Means of weekday and slot, where the history is too short or too sparse for more."""
    short = fallback.is_short(totals)
    half_life = fallback.HALF_LIFE_WEEKS if short else fallback.SPARSE_HALF_LIFE_WEEKS
    trials = []
    for origin in accuracy.origins(grid.days, least=28 if short else accuracy.LEAST_HISTORY_DAYS):
        before = grid.until(origin)
        if np.isfinite(before.values).any():
            later = weekdays(grid.first, grid.days)[origin : origin + accuracy.TRIAL_DAYS]
            trials.append(accuracy.trial(grid, origin, fallback.weekday_means(before, half_life)[later]))
    table = np.where(is_open, fallback.weekday_means(grid, half_life), 0.0)
    mean = table[weekdays(grid.first, grid.days + ahead)[grid.days :]]
    return _outlook(channel, mean, trials, SHORT_SPREAD, "short" if short else "sparse")


def _outlook(channel: str, mean: Array, trials: list[Trial], otherwise: Spreads, method: str) -> Outlook:
    trials = [one for one in trials if len(one.actual)]
    spreads = accuracy.fit_all(trials) if trials else otherwise
    lead = np.broadcast_to(np.arange(1, len(mean) + 1)[:, None], mean.shape).astype(np.int64)
    return Outlook(mean, quantiles(mean, lead, spreads), accuracy.summary(channel, trials), method)


@dataclass
class _Models:
    """All members of the blend on one history; the smoothing of the ETS is found once and kept for later origins."""

    totals: Array
    weekday: NDArray[np.int64]
    calendar: level.Calendar
    smoothing: Smoothing | None = None

    def logs(self, origin: int, ahead: int) -> Array:
        """Log totals of the `ahead` days from `origin` on, a row for each member."""
        totals = self.totals[:origin]
        fits = [level.fit_level(totals, self.calendar, ahead, recipe) for recipe in MEMBERS]
        smoothing = None if origin == len(self.totals) else self.smoothing
        effect = fits[0].event_effect
        found = fit_ets(totals, self.weekday[: origin + ahead], effect, ahead, smoothing)
        rows = [fit.ahead for fit in fits]
        if found is None:
            return np.stack([*rows, rows[0]])
        self.smoothing = found[1]
        # A weekday the smoothing never saw is left to the ridge.
        return np.stack([*rows, np.where(np.isfinite(found[0]), found[0], rows[0])])
