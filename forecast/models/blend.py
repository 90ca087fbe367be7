"""Several forecasts of day totals as one: a weighted geometric mean, the weights from the backtest."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from forecast.models.quantiles import BUCKETS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Array = NDArray[np.float64]

POWER = 4.0
LARGEST_ERROR = 1.0
"""An error above a factor of e counts as one, so that a single odd day does not decide."""
LEAST_ERROR = 1e-4


def log_errors(members: Array, totals: Array) -> Array:
    """Mean absolute error of log totals by bucket of days ahead and member, shape (buckets, members).

    Parameters
    ----------
    members
        Log totals, shape (members, days).
    totals
        What came, NaN unknown.

    Returns
    -------
    array
        NaN for a bucket without a known day.
    """
    known = np.isfinite(totals) & (totals > 0)
    error = np.abs(members - np.log(np.where(known, totals, 1.0)))
    lead = np.arange(1, len(totals) + 1)
    out = np.full((len(BUCKETS), len(members)), np.nan)
    for i, (low, high) in enumerate(BUCKETS):
        k = known & (lead >= low) & (lead <= high)
        if k.any():
            out[i] = np.minimum(error[:, k], LARGEST_ERROR).mean(axis=1)
    return out


def mean_scale_errors(members: Array, totals: Array) -> Array:
    """Root mean squared error of totals over their mean, by bucket of days ahead and member; as `log_errors`.

    Its least is at the mean. The least absolute error is at the median, and would prefer the members that say less.
    """
    known = np.isfinite(totals)
    square = (np.exp(members) - np.where(known, totals, 0.0)) ** 2
    lead = np.arange(1, len(totals) + 1)
    out = np.full((len(BUCKETS), len(members)), np.nan)
    for i, (low, high) in enumerate(BUCKETS):
        k = known & (lead >= low) & (lead <= high)
        if k.any() and totals[k].any():
            out[i] = np.sqrt(square[:, k].mean(axis=1)) / totals[k].mean()
    return out


def weights(errors: Sequence[Array], members: int) -> Array:
    """Weight of each member by bucket of days ahead, each row summing to 1; shape (buckets, members).

    Mean backtest error to the power of -4: what is right for tomorrow need not be right for next month. A bucket
    without a backtest has the weights of the one before it, the first one equal weights.
    """
    table = np.full((len(BUCKETS), members), 1 / members)
    for i, error in enumerate(mean_errors(errors, table.shape)):
        if np.isfinite(error).all():
            raw = (np.maximum(error, LEAST_ERROR) / max(float(error.min()), LEAST_ERROR)) ** -POWER
            table[i] = raw / raw.sum()
        elif i:
            table[i] = table[i - 1]
    return table


def mean_errors(errors: Sequence[Array], shape: tuple[int, ...]) -> Array:
    """Mean of the errors of all origins, shape (buckets, members); NaN where none is known."""
    table = np.full(shape, np.nan)
    for i in range(len(table)):
        known = [error[i] for error in errors if np.isfinite(error[i]).all()]
        if known:
            table[i] = np.mean(known, axis=0)
    return table


def blended(members: Array, weight: Array) -> Array:
    """Total of every day: the geometric mean of the members given as logs, weighted by days ahead."""
    total: Array = np.exp((_by_day(weight, members) * members).sum(axis=0))
    return total


def averaged(members: Array, weight: Array) -> Array:
    """Total of every day: the arithmetic mean of the members given as logs, weighted by days ahead."""
    total: Array = (_by_day(weight, members) * np.exp(members)).sum(axis=0)
    return total


def _by_day(weight: Array, members: Array) -> Array:
    bucket = np.searchsorted([high for _, high in BUCKETS], np.arange(1, members.shape[1] + 1))
    by_day: Array = weight[bucket].T
    return by_day
