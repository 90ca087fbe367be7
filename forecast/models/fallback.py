"""Short or sparse histories: the exponentially weighted mean of the same weekday and slot."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from forecast.opening.chance import LONG_ENOUGH, LONGEST_WEEKS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from forecast.data.grid import Grid

    Array = NDArray[np.float64]

LEAST_DAYS = 56
"""Below eight weeks the recipe has nothing to learn a weekday, a level and a shape from."""
WARN_DAYS = 14
SPARSE_PER_DAY = 10.0
"""Below ten contacts a day logs of day totals say little; means of counts are unbiased."""
HALF_LIFE_WEEKS = 4.0
SPARSE_HALF_LIFE_WEEKS = 8.0
RECENT_DAYS = 56


def is_short(totals: Array) -> bool:
    """Whether the days known span less than eight weeks."""
    known = np.flatnonzero(np.isfinite(totals))
    return not len(known) or int(known[-1] - known[0]) + 1 < LEAST_DAYS or len(known) < LEAST_DAYS // 3


def is_sparse(totals: Array) -> bool:
    """Whether the last eight weeks known had fewer than ten contacts a day."""
    recent = totals[np.isfinite(totals)][-RECENT_DAYS:]
    return not len(recent) or float(recent.mean()) < SPARSE_PER_DAY


def seldom_weekdays(totals: Array, weekday: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which weekdays brought fewer than ten contacts a day in their last eight weeks known, shape (7,).

    What is true of a sparse channel is true of a sparse Sunday: its days, zeros among them, have a mean and no
    useful logs, and would bend those of the busy weekdays.
    """
    recent = [totals[(weekday == w) & np.isfinite(totals)][-RECENT_DAYS // 7 :] for w in range(7)]
    return np.array([len(days) > 0 and float(days.mean()) < SPARSE_PER_DAY for days in recent])


def without_idle_weekdays(totals: Array, weekday: NDArray[np.int64]) -> Array:
    """Totals without the weekdays that never had a contact, which are closed and no part of a mean day."""
    idle = np.array([not (totals[(weekday == w) & np.isfinite(totals)] > 0).any() for w in range(7)])
    return np.where(idle[weekday], np.nan, totals)


def mean_totals(totals: Array, weekday: NDArray[np.int64]) -> Array:
    """Mean total of each weekday, recent weeks counting more where contacts are enough to tell; shape (7,)."""
    out = np.zeros(7)
    age = len(totals) - 1 - np.arange(len(totals))
    for w in range(7):
        days = (weekday == w) & np.isfinite(totals) & (age <= 7 * LONGEST_WEEKS)
        if days.any():
            few = float(totals[days].mean()) * LONG_ENOUGH <= 1
            weight = np.ones(int(days.sum())) if few else 0.5 ** (age[days] / 7 / SPARSE_HALF_LIFE_WEEKS)
            out[w] = float((weight * totals[days]).sum() / weight.sum())
    return out


def weekday_means(grid: Grid, half_life_weeks: float) -> Array:
    """Exponentially weighted mean per weekday and slot, shape (7, slots); weekdays never seen get that of all days.

    A slot never seen on any day is 0.
    """
    seen = np.isfinite(grid.values)
    weight = 0.5 ** ((grid.days - 1 - np.arange(grid.days)) / 7 / half_life_weeks)
    filled = np.where(seen, grid.values, 0.0)
    of_weekday = (np.arange(7)[:, None] == grid.weekday) * weight
    of_any = np.broadcast_to(weight, (7, grid.days))
    total, count = of_weekday @ filled, of_weekday @ seen
    total_any, count_any = of_any @ filled, of_any @ seen
    anyday = np.divide(total_any, count_any, out=np.zeros_like(total), where=count_any > 0)
    mean: Array = np.where(count > 0, np.divide(total, count, out=np.zeros_like(total), where=count > 0), anyday)
    return mean
