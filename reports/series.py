"""Columns of the stage tables laid on the intervals of the horizon."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from configs.horizon import Horizon

    Numbers = NDArray[np.float64]


def laid_out(frame: pd.DataFrame, channel: str, column: str, horizon: Horizon) -> Numbers:
    """Return one column of one channel, a number for each interval; NaN where the table has none."""
    if column not in frame.columns:
        return np.full(horizon.size, np.nan)
    rows = frame[frame["channel"] == channel]
    values = rows.set_index("start")[column].reindex(horizon.starts)
    return values.to_numpy(dtype=float, na_value=np.nan).copy()


def per_day(values: Numbers, horizon: Horizon) -> Numbers:
    """Sum the intervals of each local day; NaN counts as nothing."""
    return np.bincount(horizon.day, weights=np.nan_to_num(values), minlength=horizon.days).astype(np.float64)


def weighted_mean(values: Numbers, weights: Numbers) -> float | None:
    """Mean over the intervals that have both a value and a weight above 0; none when there is no such interval."""
    known = ~np.isnan(values) & (np.nan_to_num(weights) > 0)
    if not known.any():
        return None
    return float(np.average(values[known], weights=weights[known]))
