"""Agents required at work -> agents to roster, with unplanned absence."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from configs.errors import DataError, Fault
from optimize.staffing.queueing.measures import numbers
from optimize.staffing.requirement.least_integer import least

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    Array = NDArray[np.float64]

_FINEST_SHARE = 1_000_000


def to_roster(present: ArrayLike, absence: float) -> Array:
    """Least whole number of people of whom `present` or more come on average.

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
    agents = _checked(present, absence)
    coming = 1 - Fraction(absence).limit_denominator(_FINEST_SHARE)
    finite = np.isfinite(agents)
    whole = np.ceil(np.where(finite, agents, 0.0)).astype(np.int64)
    people = -(-whole * coming.denominator // coming.numerator)
    return np.where(finite, people, np.inf)[()]


def staff_for_attendance(present: ArrayLike, absence: float, sure: float) -> Array:
    """Least number of people of whom `present` or more come with probability `sure`, each absent by chance (binomial).

    Parameters
    ----------
    present
        Agents who must be there, whole numbers; inf stays inf.
    absence
        Probability that a person stays away; 0 or more and below 1.
    sure
        Probability of enough people; above 0 and below 1.

    Raises
    ------
    DataError
        A number is out of range.

    >>> float(staff_for_attendance(100, 0.3, 0.9))
    153.0
    """
    from scipy.special import betainc

    agents = np.ceil(_checked(present, absence))
    if not 0 < sure < 1:
        raise DataError(Fault("sure", f"must be above 0 and below 1, got {sure:g}"))
    if absence == 0:
        return agents[()]
    counted = np.isfinite(agents) & (agents > 0)
    needed = np.where(counted, agents, 1.0).ravel()

    def enough(people: Array, rows: NDArray[np.int64]) -> NDArray[np.bool_]:
        wanted = needed[rows]
        spare = people - wanted
        chance = betainc(wanted, np.maximum(spare, 0.0) + 1.0, 1.0 - absence)
        return np.asarray((spare >= 0) & (chance >= sure - 1e-12))

    people = least(enough, needed / (1.0 - absence)).reshape(agents.shape)
    return np.where(counted, people, agents)[()]


def rostered(present: ArrayLike, absence: float, sure: float | None) -> Array:
    """People to roster so that enough come on average, or with probability `sure` where that is given.

    Parameters
    ----------
    present, absence, sure
        As in ``to_roster`` and ``staff_for_attendance``.
    """
    return to_roster(present, absence) if sure is None else staff_for_attendance(present, absence, sure)


def attendance(most: int, absence: float) -> Array:
    """Probability that m of n people come, each absent by chance (binomial).

    Parameters
    ----------
    most
        Largest number of people.
    absence
        Probability that a person stays away; 0 or more and below 1.

    Returns
    -------
    Array
        Row n, column m; shape (most + 1, most + 1).

    >>> attendance(2, 0.5).tolist()
    [[1.0, 0.0, 0.0], [0.5, 0.5, 0.0], [0.25, 0.5, 0.25]]
    """
    law = np.zeros((most + 1, most + 1))
    law[0, 0] = 1.0
    for people in range(most):
        law[people + 1] = absence * law[people]
        law[people + 1, 1:] += (1.0 - absence) * law[people, :-1]
    return law


def _checked(present: ArrayLike, absence: float) -> Array:
    agents = numbers("present", present, infinite=True)
    if not 0 <= absence < 1:
        raise DataError(Fault("absence", f"must be 0 or more and below 1, got {absence:g}"))
    return agents
