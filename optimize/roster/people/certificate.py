"""The bound of a roster of everybody, computed again from prices of cover alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from optimize.roster.people.loose import Loose
from optimize.roster.people.pricer import Pricer

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from optimize.roster.people.problem import Problem

    Array = NDArray[np.float64]


def bound_at(
    problem: Problem, prices: Array, kind_price: Array | None = None, minute_price: Array | None = None
) -> float:
    """Return a cost that no roster is below, in double precision.

    Parameters
    ----------
    problem
        People and days.
    prices
        Price of a person on each day in each kind; shape (D, S). Any prices prove a bound: those outside
        ``[-over, short]`` are brought back to it.
    kind_price
        Price of each shift of a person in a scarce kind, shape (P, S); 0 or more. None for none.
    minute_price
        Price of a person's minute of work where working time is priced, shape (P,), see ``loose.py``. None where it is
        counted.

    Notes
    -----
    ``constant + sum q * need + sum over people of (cheapest roster at wishes - q + r, less sum r * most)`` (Lagrange),
    where rosters may have more shifts of a kind than allowed if no counter keeps it.
    """
    within = np.clip(prices, -problem.over, problem.short)
    fixed = float(problem.constant + (within * problem.need).sum())
    if minute_price is not None:
        return fixed + float(Loose(problem, np.float64).cheapest(problem.wishes - within, minute_price)[1].sum())
    begin = np.zeros((len(problem.persons), len(problem.kinds))) if kind_price is None else np.maximum(kind_price, 0.0)
    priced = Pricer(problem, precision=np.float64).cheapest(problem.wishes - within, steps=1, kind_price=begin)
    return fixed + float(priced.bounds.sum())
