"""Contacts per day; a day that was seen in part is scaled up, a day hardly seen is unknown."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from forecast.data.grid import Grid

LEAST_COVER = 0.5
LEAST_WEIGHT = 1e-12


def day_totals(grid: Grid) -> NDArray[np.float64]:
    """Total of every day, NaN where half of its usual contacts or more were not observed.

    A day with missing slots is divided by the share of the weekday's mean day that the slots seen make up.
    """
    seen = np.isfinite(grid.values)
    filled = np.where(seen, grid.values, 0.0)
    weight = _usual_day(filled, seen, grid.weekday)[grid.weekday]
    cover = (weight * seen).sum(axis=1) / np.maximum(weight.sum(axis=1), LEAST_WEIGHT)
    known = cover > LEAST_COVER
    return np.where(known, filled.sum(axis=1) / np.where(known, cover, 1.0), np.nan)


def _usual_day(filled: NDArray[np.float64], seen: NDArray[np.bool_], weekday: NDArray[np.int64]) -> NDArray[np.float64]:
    """Mean volume per weekday and slot over what was seen, shape (7, slots).

    A weekday without any contacts counts its slots instead, so that its days are known to be 0.
    """
    of_weekday = (np.arange(7)[:, None] == weekday).astype(float)
    total, count = of_weekday @ filled, of_weekday @ seen
    mean = np.divide(total, count, out=np.zeros_like(total), where=count > 0)
    usual: NDArray[np.float64] = np.where(mean.sum(axis=1, keepdims=True) > 0, mean, count > 0)
    return usual
