"""The bound of rosters of everybody, computed again from prices of time alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from optimize.roster.joined.centre import Centre
from optimize.roster.joined.pricer import Pricer
from optimize.roster.joined.sharing import best_channels

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from optimize.roster.joined.problem import Problem

    Array = NDArray[np.float64]


def bound_at(problem: Problem, prices: Array) -> float:
    """Return a cost that no roster is below, in double precision and under the exact rules.

    Parameters
    ----------
    problem
        People and days.
    prices
        Price of a person's time at each channel in each interval; shape (C, T). Any prices prove a bound: those outside
        the gains of the first and last step are brought back to them.

    Returns
    -------
    The bound; ``inf`` when somebody has no roster that keeps the rules.

    Notes
    -----
    ``sum of min over n (cost(n) + q n) + sum over people of min over rosters (wages + wishes - time at prices)``, where
    a person's time has the price of the best channel they know (Lagrange). Breaks, names and rules are inside.
    """
    within = problem.demand.within(prices)
    return problem.demand.worth(within) + float(people_at(problem, within).sum())


def people_at(problem: Problem, prices: Array, precision: type[np.floating] = np.float64) -> Array:
    """Return the cost of everybody's cheapest roster, less what their time is worth at these prices; shape (P,).

    Under the exact rules; ``inf`` for people without a roster. Double precision is for what is to be proven.
    """
    centre, pricer = Centre(problem), Pricer(problem, edges=None, precision=precision)
    placed = centre.placed(best_channels(centre.skills, prices))
    leaders = [group[0] for group in pricer.groups]
    values = pricer.cheapest(leaders, [placed[centre.pair_of[p]].value for p in leaders]).values
    found = np.empty(len(problem.people))
    for group, value in zip(pricer.groups, values.tolist(), strict=True):
        found[list(group)] = value
    return found
