"""One channel from history to forecast, step by step: this file reads as the recipe.

totals of the days -> the past forecast again (backtest) -> blend of the models by their error -> shape of the day
-> means of the intervals -> quantiles from the backtest.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from forecast import accuracy, bias, blend, fallback, level
from forecast.day_totals import day_totals
from forecast.explain import Explanation, Made, explained
from forecast.grid import weekdays
from forecast.members import Members
from forecast.profile import MEMORIES, choose_memory, fill_unseen, shares
from forecast.quantiles import DEFAULT, LEVELS, Spread, Spreads, bucket_of, quantiles

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from forecast.accuracy import Trial
    from forecast.calendar import Marks
    from forecast.grid import Grid
    from forecast.result import Accuracy, Past

    Array = NDArray[np.float64]

FAST_TRIALS = 2
"""Origins of the backtest where speed counts more than the last percent."""
SHORT_SPREAD: Spreads = (Spread(dispersion=0.1),) * len(DEFAULT)
SHORT = "the history is shorter than eight weeks: the mean of each weekday and time, recent weeks counting more"
SPARSE = "fewer than ten contacts a day: the mean of each weekday and time, recent weeks counting more"


@dataclass(frozen=True)
class Outlook:
    """Forecast of one channel on the grid: arrays of shape (days ahead, slots)."""

    mean: Array
    quantiles: dict[str, Array]
    accuracy: Accuracy | None
    method: str
    explanation: Explanation
    past: Past | None = None


def forecast_channel(
    channel: str,
    grid: Grid,
    ahead: int,
    events: Marks,
    is_open: NDArray[np.bool_],
    *,
    fast: bool = False,
) -> Outlook:
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
        Event and holiday marks on each day of the history and ahead.
    is_open
        Slots that are open per weekday, shape (7, slots).
    fast
        Two ridge models and two origins instead of all; some percent less accurate, several times as fast.
    """
    totals = day_totals(grid)
    if fallback.is_silent(totals):
        return _silent(channel, grid, ahead)
    if fallback.is_short(totals) or fallback.is_sparse(totals):
        return _simple(channel, grid, totals, ahead, is_open)
    memory = MEMORIES[1] if fast else choose_memory(grid, totals)
    calendar = level.Calendar.of(grid.first, grid.days + ahead, events.columns)
    weekday = weekdays(grid.first, grid.days + ahead)
    members = Members(totals, weekday, calendar, fast)
    starts = accuracy.origins(grid.days)[: FAST_TRIALS if fast else None]
    past = {origin: members.logs(origin, min(accuracy.TRIAL_DAYS, grid.days - origin)) for origin in reversed(starts)}
    errors = {origin: members.errors(logs, totals[origin : origin + logs.shape[1]]) for origin, logs in past.items()}
    trials = []
    for origin, logs in past.items():
        others = [error for other, error in errors.items() if other != origin] or list(errors.values())
        shape = shares(grid.until(origin), totals[:origin], memory)[weekday[origin : origin + logs.shape[1]]]
        mean = members.blended(logs, blend.weights(others, len(logs)))[:, None] * shape
        trials.append(accuracy.trial(grid, origin, mean))
    fits = members.fits(grid.days, ahead)
    weight = blend.weights(list(errors.values()), len(members.names))
    total = members.blended(members.logs(grid.days, ahead, fits), weight)
    shape = np.where(is_open, fill_unseen(shares(grid, totals, memory), is_open), 0.0)
    made = Made(
        members.names,
        weight,
        blend.mean_errors(list(errors.values()), weight.shape),
        fits,
        calendar.dates,
        events.columns,
        events.names,
    )
    method = "fast" if fast else "recipe"
    explanation = explained(channel, method, totals, made)
    return _outlook(channel, total[:, None] * shape[weekday[grid.days :]], trials, DEFAULT, explanation)


def _silent(channel: str, grid: Grid, ahead: int) -> Outlook:
    """Zeros after eight weeks of zeros: a channel that is not there, or not any more."""
    mean = np.zeros((ahead, len(grid.slots)))
    explanation = Explanation(channel, "silent", "nothing came in the last eight weeks")
    return Outlook(mean, {name: mean.copy() for name in LEVELS}, None, "silent", explanation)


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
    explanation = Explanation(channel, "short" if short else "sparse", SHORT if short else SPARSE)
    return _outlook(channel, mean, trials, SHORT_SPREAD, explanation)


def _outlook(channel: str, mean: Array, trials: list[Trial], otherwise: Spreads, explanation: Explanation) -> Outlook:
    trials = [one for one in trials if len(one.actual)]
    lead = np.broadcast_to(np.arange(1, len(mean) + 1)[:, None], mean.shape).astype(np.int64)
    mean = mean * bias.factors(trials)[bucket_of(lead)]
    trials = bias.corrected(trials)
    spreads = accuracy.fit_all(trials) if trials else otherwise
    record = accuracy.summary(channel, trials)
    past = accuracy.past(channel, trials)
    return Outlook(mean, quantiles(mean, lead, spreads), record, explanation.method, explanation, past)
