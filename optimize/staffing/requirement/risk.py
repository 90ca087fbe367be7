"""The volume to staff for: the mean forecast, or a quantile of it."""

from __future__ import annotations

from statistics import NormalDist
from typing import TYPE_CHECKING, Literal

import numpy as np

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

_WIDEST = 1.0  # coefficient of variation of a day; a forecast that tells less knows nothing
QUANTILES = {"q025": 0.025, "q10": 0.10, "q50": 0.50, "q90": 0.90, "q975": 0.975}


def rate_cv(forecast: pd.DataFrame) -> Array:
    """Coefficient of variation of each row's rate, chance of single contacts taken off; 0 without quantiles.

    The distance from the 10 % to the 90 % quantile is read as that of a normal law. Of its variance the part contacts
    have by chance (Poisson) is taken off; what is left is the forecast's own spread.

    Parameters
    ----------
    forecast
        ``forecast`` table; needs `volume`, may have `q10` and `q90`; or ``requirement`` table with `rate_cv`.
    """
    if "rate_cv" in forecast.columns:
        return np.asarray(np.nan_to_num(forecast["rate_cv"].to_numpy(dtype=float, na_value=np.nan)))
    volume = forecast["volume"].to_numpy(dtype=float)
    if not {"q10", "q90"} <= set(forecast.columns):
        return np.zeros(volume.size)
    wide = forecast["q90"].to_numpy(dtype=float, na_value=np.nan) - forecast["q10"].to_numpy(
        dtype=float, na_value=np.nan
    )
    variance = (wide / (2.0 * NormalDist().inv_cdf(0.9))) ** 2
    own = np.maximum(np.nan_to_num(variance) - volume, 0.0)
    return np.asarray(np.divide(np.sqrt(own), volume, out=np.zeros_like(own), where=volume > 0))


def day_rate_cv(cv: Array, volume: Array, day: NDArray[np.int64]) -> Array:
    """Coefficient of variation of each day's rate: the intervals' mean, weighted by volume; at most 1.

    Parameters
    ----------
    cv, volume
        Coefficient of variation and contacts of each interval; shape (T,).
    day
        Number of the day of each interval, from 0.
    """
    total = np.bincount(day, weights=volume)
    spread = np.bincount(day, weights=np.nan_to_num(cv) * volume)
    return np.minimum(np.divide(spread, total, out=np.zeros_like(total), where=total > 0), _WIDEST)


def volume_at_risk(forecast: pd.DataFrame, risk: Literal["mean", "mean-service"] | float) -> tuple[Array, int]:
    """Volume of each row at a level of risk, and the number of rows that had no quantiles.

    Between two quantiles of the table the normal law is followed, beyond the last the slope of the last two; never
    below 0. A row without quantiles keeps its mean volume.

    Parameters
    ----------
    forecast
        ``forecast`` table; needs `volume`, may have quantiles.
    risk
        ``"mean"`` or ``"mean-service"``, or the share of weeks whose volume is to be covered.
    """
    volume = forecast["volume"].to_numpy(dtype=float)
    if isinstance(risk, str):
        return volume, 0
    if any(name not in forecast.columns for name in QUANTILES):
        return volume, len(volume)
    known = np.column_stack([forecast[name].to_numpy(dtype=float, na_value=np.nan) for name in QUANTILES])
    steps = np.array([NormalDist().inv_cdf(share) for share in QUANTILES.values()])
    asked = NormalDist().inv_cdf(risk)
    upper = int(np.clip(np.searchsorted(steps, asked), 1, steps.size - 1))
    slope = (known[:, upper] - known[:, upper - 1]) / (steps[upper] - steps[upper - 1])
    value = known[:, upper - 1] + slope * (asked - steps[upper - 1])
    missing = np.isnan(value)
    return np.where(missing, volume, np.maximum(value, 0.0)), int(missing.sum())
