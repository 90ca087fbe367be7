"""Day totals ahead by a closed-form ridge on logs with a smoothed, damped level.

``log total = mean + calendar @ b + level``; the calendar terms and the level are fitted in turns, the level's
smoothing and decay are those that did best one to four weeks ahead, since that is how far a roster looks.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np

from forecast.grid import weekdays

if TYPE_CHECKING:
    from datetime import date

    from numpy.typing import NDArray

    Array = NDArray[np.float64]

YEAR_DAYS = 365.25
HALF_LIFE_DAYS = 730.0
LOSS_HALF_LIFE_DAYS = 250.0
ALPHAS = (0.01, 0.03, 0.06, 0.1, 0.15, 0.2, 0.3, 0.4, 0.55)
DECAYS = (1.0, 0.98, 0.95, 0.9, 0.8)
LEADS = (1, 7, 14, 21, 28)
ROUNDS = 3
OUTLIER_MADS = 3.0
MAD_TO_SIGMA = 1.4826
LEAST_TOTAL = 0.5
"""Totals below it are taken as this, since the log of 0 is not a number."""

WEEKDAY_PENALTY = 0.05
EVENT_PENALTY = 0.3
YEAR_HARMONICS = 6
MONTH_HARMONICS = 3


@dataclass(frozen=True)
class Recipe:
    """A variant of the model: with or without the position in the month, and the decays its level may have."""

    month: bool
    decays: tuple[float, ...] = DECAYS


@dataclass(frozen=True)
class Calendar:
    """Calendar terms of consecutive days (history, then ahead): columns for the ridge, by kind."""

    weekday: Array
    year: Array
    month: Array
    events: Array

    @classmethod
    def of(cls, first: date, days: int, events: Array) -> Calendar:
        """Build the terms of `days` days from `first` on; `events` has a row for each of them."""
        dates = [first + timedelta(days=i) for i in range(days)]
        year = 2 * np.pi * np.array([day.toordinal() for day in dates]) / YEAR_DAYS
        length = [((day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)).day for day in dates]
        month = 2 * np.pi * np.array([(day.day - 1) / size for day, size in zip(dates, length, strict=True)])
        weekday = (weekdays(first, days)[:, None] == np.arange(7)).astype(float)
        return cls(weekday, _waves(year, YEAR_HARMONICS), _waves(month, MONTH_HARMONICS), events)

    def design(self, seen: int, ahead: int, *, month: bool) -> tuple[Array, Array]:
        """Columns for `seen` days and the `ahead` after them, with the ridge penalty of each column."""
        harmonics = _year_harmonics(seen)
        parts = [self.weekday, self.year[:, : 2 * harmonics]]
        penalties = [np.full(7, WEEKDAY_PENALTY), np.repeat(np.arange(1.0, harmonics + 1) ** 2, 2)]
        if month:
            parts.append(self.month)
            penalties.append(np.repeat(np.arange(1.0, MONTH_HARMONICS + 1), 2))
        parts.append(self.events)
        penalties.append(np.full(self.events.shape[1], EVENT_PENALTY))
        return np.column_stack(parts)[: seen + ahead], np.concatenate(penalties)


@dataclass(frozen=True)
class Fit:
    """Log totals of the days ahead, and the log effect of events on every day."""

    ahead: Array
    event_effect: Array


def fit_level(totals: Array, calendar: Calendar, ahead: int, recipe: Recipe) -> Fit:
    """Fit the model to day totals (NaN unknown) and continue it for `ahead` days."""
    n = len(totals)
    known = np.isfinite(totals)
    y = np.log(np.maximum(np.where(known, totals, 1.0), LEAST_TOTAL))
    columns, penalty = calendar.design(n, ahead, month=recipe.month)
    age = n - 1 - np.arange(n)
    weight = np.where(known, 0.5 ** (age / HALF_LIFE_DAYS), 0.0)
    mean = (weight * y).sum() / weight.sum()
    robust, level = np.ones(n), np.zeros(n)
    # A marked day is explained by its mark; taken for an outlier, its effect would never be learned.
    marked = calendar.events[:n].any(axis=1)
    for _ in range(ROUNDS):
        weighted = columns[:n] * (weight * robust)[:, None]
        b = np.linalg.solve(weighted.T @ columns[:n] + np.diag(penalty), weighted.T @ (y - mean - level))
        rest = y - mean - columns[:n] @ b
        smoothed = _smooth(rest, level, known, recipe.decays)
        level = smoothed.before
        error = rest - level
        limit = OUTLIER_MADS * _scale(error[known])
        robust = np.where(marked, 1.0, limit / np.maximum(np.abs(error), limit))
    path = smoothed.last * smoothed.decay ** np.arange(1, ahead + 1)
    events = columns.shape[1] - calendar.events.shape[1]
    return Fit(mean + columns[n:] @ b + path, columns[:, events:] @ b[events:])


@dataclass(frozen=True)
class _Level:
    """The level known before each day, the last one, and how fast it returns to 0."""

    before: Array
    last: float
    decay: float


def _smooth(rest: Array, level: Array, known: NDArray[np.bool_], decays: tuple[float, ...]) -> _Level:
    """Exponential smoothing of the residual; smoothing and decay with the least error over `LEADS`."""
    n = len(rest)
    limit = OUTLIER_MADS * _scale((rest - level)[known])
    clipped = level + np.clip(rest - level, -limit, limit)
    after = np.stack([_running_mean(clipped, known, alpha) for alpha in ALPHAS])
    before = np.concatenate([np.zeros((len(ALPHAS), 1)), after[:, :-1]], axis=1)
    weight = np.where(known, 0.5 ** ((n - 1 - np.arange(n)) / LOSS_HALF_LIFE_DAYS), 0.0)
    loss = np.zeros((len(ALPHAS), len(decays)))
    for lead in LEADS:
        late = np.arange(max(n // 3, lead - 1), n)
        if weight[late].sum() <= 0:
            continue
        share = weight[late] / weight[late].sum()
        for j, decay in enumerate(decays):
            loss[:, j] += np.abs(rest[late] - decay**lead * before[:, late - lead + 1]) @ share
    i, k = divmod(int(np.argmin(loss)), len(decays))
    return _Level(before[i], float(after[i, -1]), decays[k])


def _running_mean(values: Array, known: NDArray[np.bool_], alpha: float) -> Array:
    """Exponentially weighted mean of the known values up to each day; 0 before the first."""
    from scipy.signal import lfilter

    total = lfilter([1.0], [1.0, alpha - 1.0], values[known])
    weight = (1 - (1 - alpha) ** np.arange(1, known.sum() + 1)) / alpha
    mean = np.concatenate([[0.0], total / weight])
    out: Array = mean[np.cumsum(known)]
    return out


def _scale(values: Array) -> float:
    """Return a standard deviation that outliers do not reach; above 0 even for a constant history."""
    return MAD_TO_SIGMA * float(np.median(np.abs(values))) + 1e-6


def _year_harmonics(days: int) -> int:
    """How fine a yearly shape the history supports: none below 14 months, three below two years, then six."""
    years = days / YEAR_DAYS
    return 0 if years < 1.15 else 3 if years < 2.2 else YEAR_HARMONICS


def _waves(angle: Array, harmonics: int) -> Array:
    return np.column_stack([wave(k * angle) for k in range(1, harmonics + 1) for wave in (np.sin, np.cos)])
