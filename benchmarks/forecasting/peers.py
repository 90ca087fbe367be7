"""Peers, each as a function from a case to means (and quantiles where it gives them), shape (28 days, slots).

Those "by day" forecast day totals and spread them over the day with the mean of the last eight same weekdays.
"""

from __future__ import annotations

import logging
import warnings
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from benchmarks.forecasting.regular import Regular
from benchmarks.forecasting.sets import DAYS
from forecast.data.grid import weekdays
from forecast.evaluation.accuracy import weekly_naive

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from benchmarks.forecasting.sets import Case

    Array = NDArray[np.float64]
    Said = dict[str, Array]
    Peer = Callable[[Case], Said]

LEVELS = {"q10": "lo-80", "q90": "hi-80", "q025": "lo-95", "q975": "hi-95"}
LAGS = (28, 35, 42, 49, 56)


def naive(case: Case) -> Said:
    """Last week again."""
    regular = Regular.of(case)
    return {"mean": np.where(regular.is_open, weekly_naive(regular.grid), 0.0)[regular.ahead]}


def mean_8(case: Case) -> Said:
    """Mean of the last eight same weekdays and slots."""
    regular = Regular.of(case)
    table = np.zeros((7, len(regular.grid.slots)))
    for w in regular.open_days:
        rows = regular.grid.values[regular.grid.weekday == w]
        rows = rows[np.isfinite(rows).any(axis=1)][-8:]
        count = np.isfinite(rows).sum(axis=0)
        table[w] = np.nansum(rows, axis=0) / np.maximum(count, 1)
    return {"mean": table[regular.ahead]}


def by_day(model: str) -> Peer:
    """Return a statsforecast model on day totals."""

    def said(case: Case) -> Said:
        from statsforecast import models

        regular = Regular.of(case)
        fitted = getattr(models, model)(season_length=len(regular.open_days))
        return {"mean": regular.spread_days(fitted.forecast(y=regular.daily(), h=regular.days_ahead())["mean"])}

    return said


def on_intervals(model: str, *, levels: bool) -> Peer:
    """Return a statsforecast model with daily and weekly seasons on the intervals."""

    def said(case: Case) -> Said:
        from statsforecast import models

        regular = Regular.of(case)
        slots, period = len(regular.grid.slots), len(regular.open_days)
        seasons = [period] if slots == 1 else [slots, slots * period]
        fitted = getattr(models, model)(season_length=seasons)
        asked = {"level": [80, 95]} if levels else {}
        got = fitted.forecast(y=regular.series(), h=regular.days_ahead() * slots, **asked)
        quantiles = {name: regular.spread_series(got[key]) for name, key in LEVELS.items() if key in got}
        return {"mean": regular.spread_series(got["mean"]), **quantiles}

    return said


def prophet(case: Case) -> Said:
    """Prophet, multiplicative, on day totals."""
    logging.getLogger("prophet").setLevel(logging.ERROR)
    logging.getLogger("cmdstanpy").setLevel(logging.ERROR)
    from prophet import Prophet

    regular = Regular.of(case)
    first = pd.Timestamp(regular.grid.first)
    past = pd.DataFrame({"ds": pd.date_range(first, periods=regular.grid.days), "y": regular.totals}).dropna()
    model = Prophet(seasonality_mode="multiplicative", uncertainty_samples=0).fit(past)
    later = pd.date_range(case.origin, periods=DAYS)[np.isin(regular.ahead, regular.open_days)]
    return {"mean": regular.spread_days(model.predict(pd.DataFrame({"ds": later})).yhat.to_numpy())}


def lightgbm(case: Case) -> Said:
    """LightGBM, direct: lags of four to eight weeks, their mean, the level of a month ago, the calendar."""
    import lightgbm as gbm

    regular = Regular.of(case)
    grid, slots = regular.grid, len(regular.grid.slots)
    values = np.vstack([grid.values, np.full((DAYS, slots), np.nan)])
    days = len(values)
    lags = np.full((len(LAGS), days, slots), np.nan)
    for i, lag in enumerate(LAGS):
        lags[i, lag:] = values[:-lag]
    dates = pd.date_range(pd.Timestamp(grid.first), periods=days)
    totals = pd.Series(np.concatenate([regular.totals, np.full(DAYS, np.nan)]))
    level = totals.rolling(28, min_periods=7).mean().shift(28).to_numpy()
    calendar = [weekdays(grid.first, days), dates.day.to_numpy(), dates.day_of_year.to_numpy(), level]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        average = np.nanmean(lags, axis=0)
    spread = [np.repeat(np.asarray(each, float)[:, None], slots, axis=1) for each in calendar]
    slot = np.repeat(np.arange(slots, dtype=float)[None, :], days, axis=0)
    features = np.stack([*lags, average, *spread, slot]).reshape(len(LAGS) + 6, -1).T
    target = values.ravel()
    usable = np.isfinite(target)
    usable[: 56 * slots] = False
    if usable.sum() < 500:
        usable = np.isfinite(target)
        usable[: 28 * slots] = False
    model = gbm.LGBMRegressor(
        n_estimators=300, learning_rate=0.05, min_child_samples=20, objective="poisson", verbose=-1, n_jobs=1
    )
    model.fit(features[usable], target[usable])
    said = model.predict(features[grid.days * slots :]).reshape(DAYS, slots)
    return {"mean": np.where(regular.is_open[regular.ahead], np.maximum(said, 0.0), 0.0)}


PEERS: dict[str, Peer] = {
    "weekly naive": naive,
    "mean of 8 weeks": mean_8,
    "AutoETS by day": by_day("AutoETS"),
    "AutoTheta by day": by_day("AutoTheta"),
    "CES by day": by_day("AutoCES"),
    "AutoARIMA by day": by_day("AutoARIMA"),
    "Prophet by day": prophet,
    "LightGBM": lightgbm,
    "MSTL": on_intervals("MSTL", levels=True),
    "MFLES": on_intervals("MFLES", levels=False),
}
FAST = ("weekly naive", "mean of 8 weeks", "Prophet by day", "LightGBM")
TWO_ORIGINS = {
    ("AutoARIMA by day", "denver911"),
    ("AutoARIMA by day", "ukemerg"),
    ("MSTL", "ilbank30"),
    ("MSTL", "denver911"),
    ("MSTL", "ukemerg"),
    ("MFLES", "ilbank30"),
    ("MFLES", "denver911"),
    ("MFLES", "ukemerg"),
}
"""Too slow for all origins; the first and the last are run, and ours is compared on those two."""
