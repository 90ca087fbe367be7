"""Accuracy on the past: forecasts of each origin, actuals, and two simple forecasts to compare with."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from forecast.evaluation.bias import measured
from forecast.evaluation.trial import Trial
from forecast.models.quantiles import covered_80, fit_spreads
from forecast.result import Accuracy, Past

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from forecast.data.grid import Grid
    from forecast.models.quantiles import Spreads

    Array = NDArray[np.float64]

TRIAL_DAYS = 28
MOST_TRIALS = 6
STEP_DAYS = 14
LEAST_HISTORY_DAYS = 56
NAIVE_WEEKS = 10
MEAN_WEEKS = 8


def origins(days: int, least: int = LEAST_HISTORY_DAYS) -> tuple[int, ...]:
    """Day numbers from which the past is forecast again, latest first: six, two weeks apart, if the history allows."""
    wide = [days - TRIAL_DAYS - STEP_DAYS * i for i in range(MOST_TRIALS)]
    wide = [origin for origin in wide if origin >= least]
    if len(wide) >= 3:
        return tuple(wide)
    close = [days - TRIAL_DAYS - 7 * i for i in range(MOST_TRIALS)]
    return tuple(origin for origin in close if origin >= least // 2) or tuple(wide)


def trial(grid: Grid, origin: int, mean: Array) -> Trial:
    """Hold a forecast of the days from `origin` on against what came.

    Parameters
    ----------
    grid
        The history, days on both sides of the origin.
    origin
        Number of the first day forecast.
    mean
        Contacts forecast, shape (days ahead, slots); days after the grid are not judged.

    Returns
    -------
    Trial
        Flat arrays over the intervals observed, beside two naive forecasts made at the same origin.
    """
    rows = slice(origin, origin + len(mean))
    actual = grid.values[rows]
    before, weekday = grid.until(origin), grid.weekday[rows]
    naive, average = weekly_naive(before)[weekday], mean_of_weeks(before)[weekday]
    lead = np.broadcast_to(np.arange(1, len(actual) + 1)[:, None], actual.shape)
    known = np.isfinite(actual)
    said, days = mean[: len(actual)][known], lead[known].astype(np.int64)
    return Trial(said, actual[known], naive[known], average[known], days, origin)


def weekly_naive(grid: Grid) -> Array:
    """Last value seen of each weekday and slot, shape (7, slots); 0 where none was seen in ten weeks."""
    out = np.zeros((7, len(grid.times_of_day)))
    for w in range(7):
        for row in grid.values[grid.weekday == w][-NAIVE_WEEKS:]:
            out[w] = np.where(np.isfinite(row), row, out[w])
    return out


def mean_of_weeks(grid: Grid) -> Array:
    """Mean of the last eight values seen of each weekday and slot, shape (7, slots); 0 where none was."""
    out = np.zeros((7, len(grid.times_of_day)))
    for w in range(7):
        rows = grid.values[grid.weekday == w][-NAIVE_WEEKS:]
        seen = np.isfinite(rows)
        late = seen & (seen[::-1].cumsum(axis=0)[::-1] <= MEAN_WEEKS)
        out[w] = np.where(late, rows, 0.0).sum(axis=0) / np.maximum(late.sum(axis=0), 1)
    return out


def summary(channel: str, trials: Sequence[Trial]) -> Accuracy | None:
    """Error, bias and coverage over all trials; None without one. Spreads are those of the other trials."""
    volume = sum(float(one.actual.sum()) for one in trials)
    if not trials or volume <= 0:
        return None
    inside = np.concatenate(
        [covered_80(one.mean, one.actual, one.lead, _others(trials, i)) for i, one in enumerate(trials)]
    )
    busy = np.concatenate([(one.mean > 0) | (one.actual > 0) for one in trials])
    return Accuracy(
        channel=channel,
        days=max(int(one.lead.max()) for one in trials if len(one.lead)),
        wape=sum(float(np.abs(one.mean - one.actual).sum()) for one in trials) / volume,
        naive_wape=sum(float(np.abs(one.naive - one.actual).sum()) for one in trials) / volume,
        bias=sum(float((one.mean - one.actual).sum()) for one in trials) / volume,
        covered_80=float(inside[busy].mean()),
        bias_error=doubt.error if (doubt := measured(trials)) is not None else None,
    )


def past(channel: str, trials: Sequence[Trial]) -> Past | None:
    """Sum volume and errors of all trials by day ahead; None without a contact."""
    if not sum(float(one.actual.sum()) for one in trials):
        return None
    lead = np.concatenate([one.lead for one in trials]) - 1
    actual = np.concatenate([one.actual for one in trials])

    def by_day(values: Array) -> tuple[float, ...]:
        return tuple(np.bincount(lead, weights=values).tolist())

    errors = (
        by_day(np.abs(np.concatenate([getattr(one, name) for one in trials]) - actual))
        for name in ("mean", "naive", "average")
    )
    return Past(channel, len(trials), by_day(actual), *errors)


def _others(trials: Sequence[Trial], left_out: int) -> Spreads:
    return fit_all([one for i, one in enumerate(trials) if i != left_out] or trials)


def fit_all(trials: Sequence[Trial]) -> Spreads:
    """Spreads of all trials together."""
    mean, actual = (np.concatenate([getattr(one, name) for one in trials]) for name in ("mean", "actual"))
    lead = np.concatenate([one.lead for one in trials])
    number = np.repeat(np.arange(len(trials)), [len(one.lead) for one in trials])
    return fit_spreads(mean, actual, lead, number * (int(lead.max(initial=0)) + 1) + lead)
