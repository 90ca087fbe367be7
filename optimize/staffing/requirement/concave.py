"""Curves made concave, so that every further person brings no more than the one before; and curves moved sideways."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float64]
    Rows = NDArray[np.int64]


def concave(values: Array, first: Rows) -> Array:
    """Least concave majorant of each row from a column on, and flat before it.

    Parameters
    ----------
    values
        A curve in each row: column n is its value at n; shape (T, N + 1).
    first
        Column from which each row's curve counts; shape (T,), from 0 to N. Before it the result has the value at it.

    Notes
    -----
    Andrew's monotone chain, all rows at once: a corner is taken back while the next point lies above the line through
    the last two.

    >>> concave(np.array([[0.0, 0.1, 0.8, 0.9]]), np.array([0])).round(6).tolist()
    [[0.0, 0.4, 0.8, 0.9]]
    """
    rows, width = values.shape
    begin = np.clip(np.asarray(first, dtype=np.int64), 0, width - 1)
    column = np.arange(width)
    corner = _corners(values, begin) | (column == begin[:, None])
    before = np.maximum.accumulate(np.where(corner, column, 0), axis=1)
    after = np.minimum.accumulate(np.where(corner, column, width - 1)[:, ::-1], axis=1)[:, ::-1]
    before, after = np.maximum(before, begin[:, None]), np.maximum(after, begin[:, None])
    row = np.arange(rows)[:, None]
    low, high = values[row, before], values[row, after]
    share = np.clip((column - before) / np.maximum(after - before, 1), 0.0, 1.0)
    return np.asarray(np.where(corner, values, low + share * (high - low)))


def shifted(values: Array, by: Array) -> Array:
    """Value of each row's curve at ``n + by`` people, by linear interpolation; beyond its ends the value there.

    Parameters
    ----------
    values
        A curve in each row: column n is its value at n; shape (T, N + 1).
    by
        How far to the right each row is read; shape (T,), of any sign, not only whole.

    >>> shifted(np.array([[0.0, 2.0, 3.0]]), np.array([0.5])).tolist()
    [[1.0, 2.5, 3.0]]
    """
    rows, width = values.shape
    at = np.clip(np.arange(width) + np.asarray(by, dtype=float)[:, None], 0.0, width - 1.0)
    low = np.minimum(at.astype(np.int64), max(width - 2, 0))
    high = np.minimum(low + 1, width - 1)
    row = np.arange(rows)[:, None]
    return np.asarray(values[row, low] + (at - low) * (values[row, high] - values[row, low]))


def _corners(values: Array, begin: Rows) -> NDArray[np.bool_]:
    """Columns in which the majorant of each row touches its curve and turns."""
    rows, width = values.shape
    chain, last = np.zeros((rows, width), dtype=np.int64), np.zeros(rows, dtype=np.int64)
    chain[:, 0] = begin
    for n in range(1, width):
        live = np.flatnonzero(begin < n)
        loose = live
        while (loose := loose[last[loose] > 0]).size:
            a, b = chain[loose, last[loose] - 1], chain[loose, last[loose]]
            rise_to_b, rise_to_n = values[loose, b] - values[loose, a], values[loose, n] - values[loose, a]
            loose = loose[rise_to_n * (b - a) >= rise_to_b * (n - a)]
            last[loose] -= 1
        last[live] += 1
        chain[live, last[live]] = n
    corner = np.zeros((rows, width), dtype=bool)
    place = np.arange(width) <= last[:, None]
    corner[np.nonzero(place)[0], chain[place]] = True
    return corner
