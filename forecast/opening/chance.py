"""Whether zeros can be chance: one rule for slots, weekdays and whole channels."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

SURE = 1e-3
"""What chance brings about less often than once in a thousand times is not taken for chance."""
LONGEST_WEEKS = 60
"""Older weeks say nothing about a slot."""
LONG_ENOUGH = 8
"""Eight weeks without a contact are enough to expect none; with one or fewer in eight, a slot is seldom busy."""


def chance_of_none(run: ArrayLike, times: ArrayLike, busy: ArrayLike) -> NDArray[np.float64]:
    """Chance that none of the `busy` observations falls into a run of `run`, had they come at any of `times` places.

    The hypergeometric probability ``C(times - run, busy) / C(times, busy)``. It asks nothing about how contacts vary
    and is therefore right for batches and irregular days too.

    >>> round(float(chance_of_none(2, 4, 1)), 3)
    0.5
    """
    from scipy.special import gammaln

    n, r, b = (np.asarray(value, dtype=float) for value in (times, run, busy))
    left = n - r - b
    some = np.maximum(left, 0.0)
    log = gammaln(n - r + 1) - gammaln(some + 1) - gammaln(n + 1) + gammaln(np.maximum(n - b, 0.0) + 1)
    chance: NDArray[np.float64] = np.where(left < 0, 0.0, np.exp(np.minimum(log, 0.0)))
    return chance
