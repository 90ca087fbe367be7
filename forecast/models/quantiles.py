"""How far off a forecast may be: negative binomial quantiles, scaled so that the backtest would have been covered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Array = NDArray[np.float64]

LEVELS = {"q025": 0.025, "q10": 0.1, "q50": 0.5, "q90": 0.9, "q975": 0.975}
BUCKETS = ((1, 7), (8, 14), (15, 10_000))
"""Days ahead that share one spread."""
LEAST_SAMPLE = 10
Z80, Z95 = 1.2815515655446004, 1.959963984540054
SCALE_80, SCALE_95 = (0.5, 2.5), (0.5, 3.0)
SKEWED = 0.5
"""Dispersion from which on intervals are not narrowed: errors of skewed days are many small ones and few large ones."""
OUTLIER_SIGMAS = 4.0
DEFAULT_DISPERSION = 0.05
ROUNDS = 5
LARGE_MEAN = 500.0


@dataclass(frozen=True)
class Spread:
    """Variance of a bucket: ``mean + dispersion * mean**2``, times the squared scale of the 80 % or 95 % interval."""

    dispersion: float = DEFAULT_DISPERSION
    scale_80: float = 1.0
    scale_95: float = 1.0


Spreads = tuple[Spread, ...]
DEFAULT: Spreads = (Spread(),) * len(BUCKETS)
SHORT_SPREAD: Spreads = (Spread(dispersion=0.1),) * len(BUCKETS)
"""Spread where the history is too short to tell."""


def fit_spreads(mean: Array, actual: Array, lead: NDArray[np.int64], day: NDArray[np.int64] | None = None) -> Spreads:
    """Spread per bucket of days ahead, from forecasts and what came.

    The dispersion is a moment estimate, clipped against outliers and not smaller further ahead; the scales are
    conformal: with them the share covered in the backtest is 80 % and 95 %, or a little more when it has few days.
    Intervals with the same number in `day` were forecast together and err together, but not wholly: as many
    errors count as known as the geometric mean of the number of intervals and of days. Intervals that were
    forecast as 0 are closed: that nothing came then tells nothing of the spread in busy ones.

    Parameters
    ----------
    mean, actual
        Contacts forecast and counted, flat arrays of one length.
    lead
        Days ahead of each, 1 for the next day.
    day
        Number that the intervals of one day of one forecast share; None takes every interval by itself.

    References
    ----------
    Vovk, Gammerman and Shafer (2005), Algorithmic learning in a random world, for the conformal rank (n + 1) p.
    """
    found: list[Spread] = []
    for low, high in BUCKETS:
        k = (lead >= low) & (lead <= high) & (mean > 0)
        if k.sum() < LEAST_SAMPLE:
            found.append(found[-1] if found else Spread())
            continue
        floor = found[-1].dispersion if found else 0.0
        intervals = int(k.sum())
        count = np.sqrt(intervals * (intervals if day is None else len(np.unique(day[k]))))
        found.append(_spread(mean[k], actual[k], floor, float(count)))
    return tuple(found)


def _spread(mean: Array, actual: Array, floor: float, count: float) -> Spread:
    square = (actual - mean) ** 2
    dispersion, usual = 0.0, DEFAULT_DISPERSION
    for _ in range(ROUNDS):
        # What is an outlier depends on how irregular the channel is, so the bound follows what it lets through.
        clipped = np.minimum(square, OUTLIER_SIGMAS**2 * (mean + usual * mean**2 + 1))
        dispersion = max(float((clipped - mean).sum()) / max(float((mean**2).sum()), 1e-9), floor, 0.0)
        usual = max(dispersion, usual)
    z = np.abs(actual - mean) / np.sqrt(mean + dispersion * mean**2 + 1e-9)
    # With n errors known, the next one is below their quantile (n + 1) / n * p with probability p.
    level_80, level_95 = (min(share * (count + 1) / count, 1.0) for share in (0.80, 0.95))
    least = 1.0 if dispersion > SKEWED else 0.0
    scale_80 = max(least, float(np.clip(np.quantile(z, level_80) / Z80, *SCALE_80)))
    scale_95 = max(least, float(np.clip(np.quantile(z, level_95) / Z95, *SCALE_95)))
    return Spread(dispersion, scale_80, scale_95)


def covered_80(mean: Array, actual: Array, lead: NDArray[np.int64], spreads: Spreads) -> NDArray[np.bool_]:
    """Whether each value fell inside its 80 % interval, in the normal terms the scales are fitted in."""
    bucket = bucket_of(lead)
    dispersion = np.array([spread.dispersion for spread in spreads])[bucket]
    scale = np.array([spread.scale_80 for spread in spreads])[bucket]
    inside: NDArray[np.bool_] = np.abs(actual - mean) <= Z80 * scale * np.sqrt(mean + dispersion * mean**2 + 1e-9)
    return inside


def bucket_of(lead: NDArray[np.int64]) -> NDArray[np.int64]:
    """Bucket of each lead."""
    return np.searchsorted(np.array([high for _, high in BUCKETS]), lead).astype(np.int64)


def quantiles(mean: Array, lead: NDArray[np.int64], spreads: Spreads) -> dict[str, Array]:
    """Quantiles of every mean, ordered and 0 or more.

    Parameters
    ----------
    mean
        Contacts expected, of any shape.
    lead
        Days ahead of each, in the same shape; 1 for the next day.
    spreads
        The spread of each bucket of days ahead, as `fit_spreads` finds it.

    Returns
    -------
    dict
        An array of the shape of `mean` for each name in ``LEVELS``.
    """
    bucket = bucket_of(lead)
    dispersion = np.array([spread.dispersion for spread in spreads])[bucket]
    base = mean + dispersion * mean**2
    scales: Sequence[tuple[str, Array]] = [
        (name, np.array([_scale(spread, level) for spread in spreads])[bucket]) for name, level in LEVELS.items()
    ]
    rows = np.stack([_quantile(mean, base * scale**2, LEVELS[name]) for name, scale in scales])
    ordered = np.maximum.accumulate(rows, axis=0)
    return dict(zip(LEVELS, ordered, strict=True))


def _scale(spread: Spread, level: float) -> float:
    if level == LEVELS["q50"]:
        return 1.0
    return spread.scale_80 if level in {LEVELS["q10"], LEVELS["q90"]} else spread.scale_95


def _quantile(mean: Array, variance: Array, level: float) -> Array:
    """Quantile of a negative binomial with that mean and variance; of a normal where the mean is large.

    A variance below the mean (regular arrivals) has no negative binomial; the normal is used there too.
    """
    from scipy.special import ndtri
    from scipy.stats import nbinom

    positive = mean > 1e-9
    safe = np.where(positive, mean, 1.0)
    over = np.maximum(np.where(positive, variance, 2.0) - safe, 1e-9 * safe)
    size = safe**2 / over
    counts = nbinom.ppf(level, np.clip(size, 1e-6, 1e12), np.clip(size / (size + safe), 1e-12, 1 - 1e-12))
    normal = safe + ndtri(level) * np.sqrt(np.where(positive, variance, 1.0))
    value = np.where((mean > LARGE_MEAN) | (variance < mean), normal, counts)
    clean: Array = np.where(positive, np.maximum(np.where(np.isfinite(value), value, normal), 0.0), 0.0)
    return clean
