"""Day totals ahead by exponential smoothing with weekly seasons on logs (statsmodels)."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from forecast.models.level import LEAST_TOTAL

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

LONGEST_DAYS = 728
"""Older days change nothing and cost time."""
LEAST_SEASONS = 3


@dataclass(frozen=True)
class Smoothing:
    """Smoothing of level and season, 0 to 1."""

    level: float
    season: float


def fit_ets(
    totals: Array, weekday: NDArray[np.int64], effect: Array, ahead: int, smoothing: Smoothing | None = None
) -> tuple[Array, Smoothing] | None:
    """Log totals of the `ahead` days after the history, and the smoothing that was used.

    Parameters
    ----------
    totals
        Day totals, NaN unknown.
    weekday
        Weekday of the history and of the days ahead.
    effect
        Log effect of events on the same days; taken off before, put on again after.
    smoothing
        Smoothing found earlier; without it, it is estimated.

    Returns
    -------
    tuple or None
        None when the history is too short. Days whose weekday never occurs are ``-inf``.
    """
    n = len(totals)
    # The level learns nothing from a day on which nobody worked.
    known = np.nan_to_num(totals) > 0
    open_days = [w for w in range(7) if known[max(0, n - 70) :][weekday[max(0, n - 70) : n] == w].any()]
    period = len(open_days)
    rows = np.flatnonzero(np.isin(weekday[:n], open_days))[-LONGEST_DAYS:]
    y = np.where(known, np.log(np.maximum(np.where(known, totals, 1.0), LEAST_TOTAL)) - effect[:n], np.nan)[rows]
    if len(rows) < LEAST_SEASONS * max(period, 2) or not period or np.isfinite(y).sum() < len(y) / 2:
        return None
    found = _fit(_without_gaps(y, period), period, smoothing, ahead)
    if found is None:
        return None
    steps, smoothing = found
    out = np.full(ahead, -np.inf)
    later = np.isin(weekday[n : n + ahead], open_days)
    out[later] = steps[: later.sum()] + effect[n : n + ahead][later]
    return out, smoothing


def _without_gaps(y: Array, period: int) -> Array:
    """Fill an unknown day with the same weekday of the week before, the first ones with the mean."""
    y = y.copy()
    mean = float(np.nanmean(y))
    for i in np.flatnonzero(np.isnan(y)):
        y[i] = y[i - period] if i >= period else mean
    return y


def _fit(y: Array, period: int, smoothing: Smoothing | None, ahead: int) -> tuple[Array, Smoothing] | None:
    """Run the model; a fit that did not converge is still a forecast, the backtest decides what it is worth."""
    from statsmodels.tsa.holtwinters import ExponentialSmoothing

    seasonal = "add" if period > 1 else None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model = (
            ExponentialSmoothing(
                y, seasonal=seasonal, seasonal_periods=period if seasonal else None, initialization_method="heuristic"
            )
            if len(y) >= 2 * period + 10
            else None
        )
        if model is None:
            return None
        if smoothing is None:
            fit = model.fit(use_brute=False)
        else:
            season = {"smoothing_seasonal": smoothing.season} if seasonal else {}
            fit = model.fit(smoothing_level=smoothing.level, optimized=False, **season)
        steps = np.asarray(fit.forecast(ahead), dtype=float)
    if not np.isfinite(steps).all():
        return None
    season_used = float(fit.params["smoothing_seasonal"]) if seasonal else 0.0
    return steps, Smoothing(float(fit.params["smoothing_level"]), season_used)
