"""The bound of a roster of everybody, computed again from prices of cover alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from optimize.roster.people.pricer import Pricer

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from optimize.roster.people.problem import Problem

    Array = NDArray[np.float64]


def bound_at(problem: Problem, prices: Array) -> float:
    """Return a cost that no roster is below, in double precision.

    Parameters
    ----------
    problem
        People and days.
    prices
        Price of a person on each day in each kind; shape (D, S). Any prices prove a bound: those outside
        ``[-over, short]`` are brought back to it.

    Notes
    -----
    ``constant + sum q * need + sum over people of their cheapest roster at wishes - q`` (Lagrange).
    """
    within = np.clip(prices, -problem.over, problem.short)
    priced = Pricer(problem, precision=np.float64).cheapest(problem.wishes - within)
    return float(problem.constant + (within * problem.need).sum() + priced.bounds.sum())
