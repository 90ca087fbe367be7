"""The least whole number that is enough: exact, for many rows at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Array = NDArray[np.float64]
    Rows = NDArray[np.int64]

MOST_AGENTS = 10_000_000.0


def least(enough: Callable[[Array, Rows], NDArray[np.bool_]], start: Array) -> Array:
    """Find, per row, the least whole number of 0 or more that is enough, given that more is never worse.

    Every answer n is verified: n is enough and n - 1 is not. A good start takes two evaluations.

    Parameters
    ----------
    enough
        Whether numbers are enough for the rows they belong to.
    start
        First guess per row; 0 or more.

    Returns
    -------
    Array
        The numbers; inf where ten million are not enough.
    """
    fails = np.full(start.size, -1.0)
    does = np.full(start.size, np.inf)
    guess, step = np.minimum(np.ceil(start), MOST_AGENTS), np.ones(start.size)
    rows = np.arange(start.size)
    while rows.size:
        good = enough(guess[rows], rows)
        does[rows] = np.where(good, guess[rows], does[rows])
        fails[rows] = np.where(good, fails[rows], guess[rows])
        rows = rows[(does[rows] - fails[rows] > 1) & (fails[rows] < MOST_AGENTS)]
        low, high = fails[rows], does[rows]
        middle = np.floor((np.where(np.isinf(high), 0.0, high) + low) / 2)
        following = np.where(
            np.isinf(high), low + step[rows], np.where(low < 0, np.maximum(high - step[rows], 0.0), middle)
        )
        guess[rows] = np.minimum(following, MOST_AGENTS)
        step[rows] *= 2
    return does
