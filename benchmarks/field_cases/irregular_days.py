"""Channels whose days differ widely: the forecast of four weeks against the mean they were drawn with.

Bias is over the same number of histories for every row, each drawn from its own seed, through ``forecast.predict``; one
history goes the planner's way, through the command line.
"""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from benchmarks.field_cases.case import Row, staffcurve

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from numpy.typing import NDArray

    Array = NDArray[np.float64]
    Draw = Callable[[np.random.Generator, int], Array]

DAYS, AHEAD, SEEDS = 364, 28, 30
WEEK = np.array([1.6, 1.2, 1.1, 1.0, 0.9, 0.7, 0.5])
WITHIN = 0.05
CONFIG = """
[plan]
name = "mail"
timezone = "Europe/London"
interval = "1h"
week = 2026-11-30
[history]
path = "history.csv"
[channels.phone]
kind = "synchronous"
open = "09:00-11:00"
target = { share = 0.80, within = "20s" }
[contracts.day]
agents = 12
days_per_week = 5
shifts = [ { length = "8h", start = "08:00-10:00", step = "1h" } ]
cost_per_hour = 10
"""


def rows(folder: Path) -> Iterator[Row]:
    """Yield the rows of the table."""
    for words, draw, mean, week in _cases():
        bias = _bias(draw, mean, np.ones(7) if week is None else week / week.mean())
        yield Row(words, f"within {WITHIN:.0%} of the mean", f"{bias:+.1%}", abs(bias) <= WITHIN)
    yield _planned(folder)


def _cases() -> Iterator[tuple[str, Draw, float, Array | None]]:
    for variation in (0.5, 1.0, 1.5, 2.0):
        yield f"gamma days, coefficient of variation {variation}, 40 a day", partial(_gamma, variation), 40.0, None
        yield f"lognormal days, {variation}, 40 a day", partial(_lognormal, variation), 40.0, None
    yield "batches on three days in ten, nothing between, 40 a day", partial(_batches, 0.0), 40.0, None
    yield "batches on three days in ten above a base, 40 a day", partial(_batches, 0.3), 40.0, None
    yield "gamma days, 1.0, 15 a day", partial(_gamma, 1.0), 15.0, None
    yield "gamma days, 1.0, 5,000 a day", partial(_gamma, 1.0), 5000.0, None
    yield "gamma days, 1.0, busy Mondays, 40 a day", partial(_gamma, 1.0), 40.0, WEEK
    yield "regular days, 0.1, busy Mondays, 400 a day", partial(_lognormal, 0.1), 400.0, WEEK


def _gamma(variation: float, rng: np.random.Generator, days: int) -> Array:
    return rng.gamma(1 / variation**2, variation**2, days)


def _lognormal(variation: float, rng: np.random.Generator, days: int) -> Array:
    square = np.log1p(variation**2)
    return rng.lognormal(-square / 2, np.sqrt(square), days)


def _batches(base: float, rng: np.random.Generator, days: int) -> Array:
    return base + (1 - base) * (rng.random(days) < 0.3) / 0.3 * rng.gamma(4.0, 0.25, days)


def _history(draw: Draw, mean: float, week: Array, seed: int) -> pd.DataFrame:
    """Half of a day's contacts in each of two hours; starts naive, the day before Monday 30 November 2026 the last."""
    rng = np.random.default_rng(seed)
    start = pd.date_range("2025-12-01T09:00", periods=DAYS, freq="D")
    volume = rng.poisson((mean * week[start.dayofweek] * draw(rng, DAYS) / 2)[:, None], (DAYS, 2)).astype(float)
    both = start.to_numpy()[:, None] + np.arange(2) * np.timedelta64(1, "h")
    return pd.DataFrame({"start": both.ravel(), "volume": volume.ravel()})


def _bias(draw: Draw, mean: float, week: Array) -> float:
    """Bias against the mean of the days seen, so that the luck of the draw is not counted."""
    from forecast import predict

    said = came = 0.0
    for seed in range(SEEDS):
        history = _history(draw, mean, week, seed)
        said += float(predict(history, days=AHEAD, fast=seed % 3 > 0).volume.sum())
        came += AHEAD * float(history.volume.sum()) / DAYS
    return said / came - 1


def _planned(folder: Path) -> Row:
    """One history through `staffcurve forecast`: what the week is planned with."""
    history = _history(partial(_gamma, 1.0), 40.0, np.ones(7), 1)
    right = 7 * history.volume.sum() / DAYS
    history.assign(channel="phone", aht_s=240, start=history.start.dt.strftime("%Y-%m-%dT%H:%M:%S+00:00")).to_csv(
        folder / "history.csv", index=False
    )
    (folder / "staffcurve.toml").write_text(CONFIG, encoding="utf-8")
    answer = staffcurve(folder, "forecast", "staffcurve.toml", "--json")
    printed = float(json.loads(answer.out)["volume"]["phone"]) if answer.code == 0 else float("nan")
    holds = abs(printed / right - 1) <= 0.15
    return Row(
        "gamma days, 1.0: a week by `staffcurve forecast`", f"{right:.0f} contacts, 15 %", f"{printed:.0f}", holds
    )
