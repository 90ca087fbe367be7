"""Agents who must be there -> agents to roster, when some stay away unexpectedly."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from configs.errors import DataError, Fault
from optimize.staffing.measures import numbers

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    Array = NDArray[np.float64]

_FINEST_SHARE = 1_000_000


def to_roster(present: ArrayLike, absence: float) -> Array:
    """Least whole number of people of whom the share that comes is `present` or more on average.

    Absence divides: of 143 people with 30 % absent 100 come, of 130 only 91. The division is done in whole numbers,
    so 21 at 30 % are 30 people and not 31.

    Parameters
    ----------
    present
        Agents who must be there, whole numbers; inf stays inf.
    absence
        Share who stay away, 0 or more and below 1, read to six decimals.

    Raises
    ------
    DataError
        The absence is not such a share.

    >>> float(to_roster(21, 0.3))
    30.0
    """
    agents = numbers("present", present, infinite=True)
    if not 0 <= absence < 1:
        raise DataError(Fault("absence", f"must be 0 or more and below 1, got {absence:g}"))
    coming = 1 - Fraction(absence).limit_denominator(_FINEST_SHARE)
    finite = np.isfinite(agents)
    whole = np.ceil(np.where(finite, agents, 0.0)).astype(np.int64)
    people = -(-whole * coming.denominator // coming.numerator)
    return np.where(finite, people, np.inf)[()]
