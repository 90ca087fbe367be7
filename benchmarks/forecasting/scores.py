"""What is measured: error, coverage and pinball per set and forecaster, and ratios between forecasters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Sequence

    from benchmarks.forecasting.runs import Answer

WEEK, MONTH = 7, 28


@dataclass(frozen=True)
class Score:
    """One forecaster on one set, over `origins`; NaN where it gives no quantiles."""

    week: float
    month: float
    bias: float
    cover_80: float
    cover_95: float
    pinball: float
    seconds: float
    origins: tuple[int, ...]


def score(given: Sequence[Answer]) -> Score:
    """Score the answers of one forecaster on one set."""
    rows = pd.concat([one.rows for one in given])
    has = "q10" in rows.columns
    nan = float("nan")
    return Score(
        wape(rows, WEEK),
        wape(rows, MONTH),
        float((rows["mean"] - rows.volume).sum() / rows.volume.sum()),
        float(rows.volume.between(rows.q10, rows.q90).mean()) if has else nan,
        float(rows.volume.between(rows.q025, rows.q975).mean()) if has else nan,
        (_pinball(rows.volume, rows.q10, 0.1) + _pinball(rows.volume, rows.q90, 0.9)) / rows.volume.sum()
        if has
        else nan,
        float(np.median([one.seconds for one in given])),
        tuple(sorted(one.origin for one in given)),
    )


def wape(rows: pd.DataFrame, days: int) -> float:
    """Summed absolute error per interval over summed volume, up to `days` ahead."""
    near = rows.loc[rows.lead <= days]
    return float((near["mean"] - near.volume).abs().sum() / near.volume.sum())


def _pinball(came: pd.Series, said: pd.Series, level: float) -> float:
    return float(np.maximum(level * (came - said), (level - 1) * (came - said)).sum())


def geometric(ratios: Sequence[float]) -> float:
    """Geometric mean."""
    return float(np.exp(np.mean(np.log(ratios))))
