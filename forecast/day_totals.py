"""Contacts per day; a day that was seen in part is scaled up, a day hardly seen is unknown."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from forecast.grid import Grid

LEAST_COVER = 0.5


def day_totals(grid: Grid) -> NDArray[np.float64]:
    """Total of every day, NaN where half of its usual contacts or more were not observed.

    A day with missing slots is divided by the share of the weekday's mean day that the slots seen make up.
    """
    seen = np.isfinite(grid.values)
    filled = np.where(seen, grid.values, 0.0)
    usual = _mean_day(filled, seen, grid.weekday)[grid.weekday]
    whole = usual.sum(axis=1)
    # Where the usual day has no contacts at all, a day counts as seen by its slots.
    weight = np.where(whole[:, None] > 0, usual, 1.0)
    cover = (weight * seen).sum(axis=1) / weight.sum(axis=1)
    known = cover > LEAST_COVER
    return np.where(known, filled.sum(axis=1) / np.where(known, cover, 1.0), np.nan)


def _mean_day(filled: NDArray[np.float64], seen: NDArray[np.bool_], weekday: NDArray[np.int64]) -> NDArray[np.float64]:
    """Mean volume per weekday and slot over what was seen, shape (7, slots)."""
    of_weekday = (np.arange(7)[:, None] == weekday).astype(float)
    total, count = of_weekday @ filled, of_weekday @ seen
    mean: NDArray[np.float64] = np.divide(total, count, out=np.zeros_like(total), where=count > 0)
    return mean
