"""Day totals of an irregular channel: calendar and level of ``forecast.models.level``, fitted to means, not logs.

Where days differ by half their mean or more, or contacts come in batches, logs weigh the quiet days most and a zero
day has none; a robust fit takes the busy days for outliers, and they carry the volume. Here the totals themselves are
fitted, ``mean = exp(calendar @ b) * level``, by quasi-likelihood with a variance in proportion to the mean: the fitted
days sum to the days that came. No day counts less for being odd.

References
----------
McCullagh and Nelder (1989), Generalized Linear Models, chapter 9.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from forecast.calendar.own_days import NOTHING
from forecast.models import level

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from forecast.calendar.own_days import Learned

    Array = NDArray[np.float64]

IRREGULAR = 0.4
"""Spread of the days, relative to their mean, from which on a channel is irregular."""
ACCIDENTS = 0.05
"""A day in twenty may be odd by accident; what is odd more often is how the channel is."""
NEAR_WEEKS = 4
REGULAR_VARIANCE = 0.02
"""Relative variance of days for which the penalties of the ridge were chosen; a noisier day tells less."""
GROWTH_A_YEAR = 0.3
"""Usual size of the log growth a year; less is believed where the days are too noisy or too few to tell it."""
SURE = 2.0
"""Standard errors by which a moving level must be nearer than none."""
STEPS, CLOSE = 12, 1e-6
LEAST_LEVEL, LEAST_MEAN = 0.01, 1e-6
LARGEST_LOG = 20.0


def is_irregular(totals: Array, weekday: NDArray[np.int64], events: Array) -> bool:
    """Whether days differ so widely from the same weekdays around them that logs mislead.

    Parameters
    ----------
    totals
        Day totals, NaN unknown.
    weekday
        Weekday of each, Monday being 0.
    events
        Columns of events and holidays, a row for each day; a marked day is explained, and left out.
    """
    marked = (events != 0).any(axis=1)
    near = _near(np.where(marked, np.nan, totals), weekday)
    known = np.isfinite(near) & np.isfinite(totals) & ~marked
    square = (totals - near)[known] ** 2
    usual = np.argsort(square, kind="stable")[: int(np.ceil((1 - ACCIDENTS) * len(square)))]
    return float(square[usual].sum()) > IRREGULAR**2 * float((near[known][usual] ** 2).sum())


def _near(totals: Array, weekday: NDArray[np.int64]) -> Array:
    """Mean of the same weekday in the four weeks before and after each day, itself left out; NaN without any."""
    near = np.full(len(totals), np.nan)
    for w in range(7):
        rows = np.flatnonzero(weekday == w)
        known = np.isfinite(totals[rows])
        window = np.ones(2 * NEAR_WEEKS + 1)
        window[NEAR_WEEKS] = 0.0
        total, count = (
            np.convolve(values, window)[NEAR_WEEKS : NEAR_WEEKS + len(rows)]
            for values in (np.where(known, totals[rows], 0.0), known.astype(float))
        )
        near[rows] = np.where(count > 0.5, total / np.maximum(count, 1.0), np.nan)
    return near


def fit_mean(
    totals: Array, calendar: level.CalendarTerms, ahead: int, recipe: level.RidgeSpec, learned: Learned = NOTHING
) -> level.Fit:
    """Fit the model to the day totals themselves and continue it: for channels whose logs say little.

    Parameters as in ``level.fit_level``; a history of zeros gives zeros.
    """
    n = len(totals)
    design = _with_trend(calendar.design(n, ahead, recipe, learned), n)
    known = np.isfinite(totals)
    weight = np.where(known, 0.5 ** ((n - 1 - np.arange(n)) / recipe.half_life_days), 0.0)
    days = _Days(np.where(known, totals, 0.0), weight / weight.sum(), known, design.columns[:n])
    found, above = _Effects(np.zeros(len(design.penalty)), 0.0), _Level(np.ones(n), 1.0, 1.0)
    for _ in range(level.ROUNDS):
        found = _calendar(days, design, found.b, above.before)
        above = _smooth(days, found.fitted(days.columns), recipe.decays)
    lead = np.arange(1, ahead + 1)
    path = np.log(np.maximum(1 + (above.last - 1) * above.decay**lead, LEAST_LEVEL))
    logs = np.log(np.maximum(found.fitted(design.columns[n:]), LEAST_MEAN)) + path
    return level.Fit(logs, design, found.b, float(np.log(max(above.last, LEAST_LEVEL))), above.decay)


@dataclass(frozen=True)
class _Days:
    """Totals (0 where unknown), their weights summing to 1, which are known, and the calendar columns."""

    totals: Array
    weight: Array
    known: NDArray[np.bool_]
    columns: Array


@dataclass(frozen=True)
class _Effects:
    """Log effects of the calendar, and the mean they multiply."""

    b: Array
    mean: float

    def fitted(self, columns: Array) -> Array:
        """Mean of the days with these columns, at the usual level."""
        fitted: Array = self.mean * np.exp(_bounded(columns @ self.b))
        return fitted


@dataclass(frozen=True)
class _Level:
    """Factor over the calendar known before each day, the last one, and how fast it returns to 1."""

    before: Array
    last: float
    decay: float


def _calendar(days: _Days, design: level.Design, b: Array, above: Array) -> _Effects:
    """Effects for a given level, by scoring: a weighted ridge on the relative errors, again and again.

    The noisier the days, the stronger the penalty: a year of irregular days tells less. Only the weekdays, which are
    seen often, and events, whose effects are large, are penalised as elsewhere.
    """
    size, total = days.known.sum(), float(days.weight @ days.totals)
    if total <= 0:
        return _Effects(b, 0.0)
    for _ in range(STEPS):
        effect = _bounded(days.columns @ b)
        mean = total / float(days.weight @ (above * np.exp(effect)))
        fitted = mean * above * np.exp(effect)
        pull = size * days.weight * fitted / total
        spread = float(days.weight @ (days.totals - fitted) ** 2) / float(days.weight @ fitted**2)
        penalty = design.penalty * max(1.0, spread / REGULAR_VARIANCE)
        penalty[design.kinds["weekday"]] = level.WEEKDAY_PENALTY
        for kind in ("events", "own"):
            penalty[design.kinds[kind]] = design.penalty[design.kinds[kind]] * max(1.0, spread)
        gram, target = level.products(days.columns * pull[:, None], days.columns, effect + days.totals / fitted - 1)
        before, b = b, np.asarray(np.linalg.solve(gram + np.diag(penalty), target), dtype=np.float64)
        if np.abs(b - before).max() < CLOSE:
            break
    mean = total / float(days.weight @ (above * np.exp(_bounded(days.columns @ b))))
    return _Effects(b, mean)


def _with_trend(design: level.Design, seen: int) -> level.Design:
    """Add the growth a year, shrunk to 0 by what is usual; it tires beyond the days it can be tried on."""
    if "growth" in design.kinds:
        return design
    years = level.tiring(np.arange(len(design.columns), dtype=float), seen)[:, None]
    width = len(design.penalty)
    return level.Design(
        np.column_stack([design.columns, years]),
        np.append(design.penalty, REGULAR_VARIANCE / GROWTH_A_YEAR**2),
        {**design.kinds, "trend": slice(width, width + 1)},
    )


def _smooth(days: _Days, fitted: Array, decays: tuple[float, ...]) -> _Level:
    """Level as the recent days over what the calendar expected of them; smoothing and decay of least squared error."""
    n = len(fitted)
    expected = np.where(days.known, fitted, 0.0)
    after = np.stack(
        [
            np.divide(came, due, out=np.ones(n), where=due > 0)
            for alpha in level.ALPHAS
            for came, due in [[level.running_mean(values, days.known, alpha) for values in (days.totals, expected)]]
        ]
    )
    before = np.concatenate([np.ones((len(after), 1)), after[:, :-1]], axis=1)
    weight = np.where(days.known, 0.5 ** ((n - 1 - np.arange(n)) / level.LOSS_HALF_LIFE_DAYS), 0.0)
    better = np.zeros((len(after), len(decays), n))
    for lead in level.LEADS:
        late = np.arange(max(n // 3, lead - 1), n)
        scale = weight[late] / np.maximum(fitted[late], LEAST_MEAN)
        alone = (days.totals[late] - fitted[late]) ** 2
        for j, decay in enumerate(decays):
            said = fitted[late] * (1 + decay**lead * (before[:, late - lead + 1] - 1))
            better[:, j, late] += scale * ((days.totals[late] - said) ** 2 - alone)
    # A level that follows a few large days looks better by chance; it must be so on many.
    worth = better.sum(axis=2) + SURE * np.sqrt((better**2).sum(axis=2))
    i, k = divmod(int(np.argmin(worth)), len(decays))
    if worth[i, k] >= 0:
        return _Level(np.ones(n), 1.0, 1.0)
    return _Level(np.maximum(before[i], LEAST_LEVEL), float(after[i, -1]), decays[k])


def _bounded(logs: Array) -> Array:
    """Logs of factors within what a double holds squared."""
    bounded: Array = np.clip(logs, -LARGEST_LOG, LARGEST_LOG)
    return bounded
