"""Weak duality: a proven bound, and reduced costs, from any prices of the rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from optimize.roster.program.model import Model


def dual_bound(
    model: Model,
    dual: NDArray[np.float64],
    cost: NDArray[np.float64],
    bounds: tuple[NDArray[np.float64], NDArray[np.float64]],
) -> float:
    """Weak duality, evaluated exactly: true for any dual values, however roughly the interior point met them.

    For every y, ``min c'x  >=  sum_i min(y_i * row_i) + sum_j min((c - A'y)_j * x_j)`` over the row and column
    bounds; a multiplier on the wrong side of a one-sided row is set to 0 first (Neumaier and Shcherbina 2004).

    Parameters
    ----------
    model
        The rows ``A``.
    dual
        A price for each row, in the order of the rows.
    cost
        The cost of each column, ``c``.
    bounds
        Lower and upper bounds of the columns, all finite.
    """
    rows = model.arrays()
    dual = _of_right_sign(dual, rows.lower, rows.upper)
    reduced = reduced_costs(model, dual, cost)
    lower, upper = bounds
    ends = np.where(dual > 0, np.where(dual > 0, rows.lower, 0.0), np.where(dual < 0, rows.upper, 0.0))
    with np.errstate(invalid="ignore"):
        of_rows = np.where(dual == 0, 0.0, dual * ends)
    return float(of_rows.sum() + np.where(reduced > 0, reduced * lower, reduced * upper).sum())


def reduced_costs(
    model: Model, dual: NDArray[np.float64], cost: NDArray[np.float64] | None = None
) -> NDArray[np.float64]:
    """Cost of each column less what the prices of the rows pay for it, ``c - A'y``; wrong signs as in `dual_bound`."""
    rows = model.arrays()
    paid = rows.values * np.repeat(_of_right_sign(dual, rows.lower, rows.upper), np.diff(rows.starts))
    return (model.cost() if cost is None else cost) - np.bincount(rows.columns, weights=paid, minlength=model.columns)


def _of_right_sign(
    dual: NDArray[np.float64], low: NDArray[np.float64], high: NDArray[np.float64]
) -> NDArray[np.float64]:
    return np.where((dual > 0) & np.isinf(low), 0.0, np.where((dual < 0) & np.isinf(high), 0.0, dual))
