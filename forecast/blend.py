"""Several forecasts of day totals as one: a weighted geometric mean, the weights from the backtest."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Array = NDArray[np.float64]

POWER = 4.0
LARGEST_ERROR = 1.0
"""An error above a factor of e counts as one, so that a single odd day does not decide."""
LEAST_ERROR = 1e-4


def log_errors(members: Array, totals: Array) -> Array:
    """Mean absolute error of log totals of each member (rows) over the days known; NaN when none is.

    Parameters
    ----------
    members
        Log totals, shape (members, days).
    totals
        What came, NaN unknown.
    """
    known = np.isfinite(totals) & (totals > 0)
    if not known.any():
        return np.full(len(members), np.nan)
    errors: Array = np.minimum(np.abs(members[:, known] - np.log(totals[known])), LARGEST_ERROR).mean(axis=1)
    return errors


def weights(errors: Sequence[Array], members: int) -> Array:
    """Weight of each member, summing to 1: mean backtest error to the power of -4; equal without a backtest."""
    known = [error for error in errors if np.isfinite(error).all()]
    if not known:
        return np.full(members, 1 / members)
    mean = np.maximum(np.mean(known, axis=0), LEAST_ERROR)
    raw = (mean / mean.min()) ** -POWER
    share: Array = raw / raw.sum()
    return share


def blended(members: Array, weight: Array) -> Array:
    """Total of every day: the weighted geometric mean of the members given as logs."""
    total: Array = np.exp(weight @ members)
    return total
