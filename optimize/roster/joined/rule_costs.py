"""What rules cost: everybody priced again with a family of rules left out, at the prices that prove the bound.

At fixed prices the bound is a sum over people, so a family changes it by the sum of what it costs each of them. That is
the change of the bound, not of the best rosters. Everybody then moves to the same dear hours, which other prices would
prevent, so it may be many times what the family costs: a limit from above and not yet advice.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from optimize.roster.facts import RuleCost
from optimize.roster.joined.certificate import people_at
from optimize.roster.joined.leaving_out import FAMILIES, binding, without

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from optimize.roster.facts import RuleFamily
    from optimize.roster.joined.problem import Problem

    Array = NDArray[np.float64]

PRICED: tuple[RuleFamily, ...] = tuple(family for family in FAMILIES if family != "history")
"""Families that a planner may change; the week before is as it was."""

ENOUGH = np.float32
"""Single precision is exact to some cents and takes two thirds of the time."""


def rule_costs(problem: Problem, prices: Array, stop: Callable[[], bool] = lambda: False) -> tuple[RuleCost, ...]:
    """Return by how much each family of rules raises the bound at these prices, the dearest first.

    Parameters
    ----------
    problem
        People, all of whom have a roster.
    prices
        Price of a person's time at each channel in each interval; shape (C, T).
    stop
        Asked before each family; true ends the work, and then nothing is returned.
    """
    within = problem.demand.within(prices)
    now = people_at(problem, within, ENOUGH)
    bound = [binding(problem, person) for person in problem.people]
    found = []
    for family in PRICED:
        if stop():
            return ()
        people = [p for p, families in enumerate(bound) if family in families]
        if people:
            found.append(_cost(problem, within, now, people, family))
    return tuple(sorted(found, key=lambda cost: (-round(cost.amount, 6), PRICED.index(cost.family))))


def _cost(problem: Problem, prices: Array, now: Array, people: list[int], family: RuleFamily) -> RuleCost:
    """What a family costs some people, by contract."""
    freer = replace(problem, people=tuple(without(problem, problem.people[p], family) for p in people))
    more = now[people] - people_at(freer, prices, ENOUGH)
    amounts: dict[str, float] = {}
    for person, amount in zip(freer.people, more.tolist(), strict=True):
        name = problem.contracts[person.contract].name
        amounts[name] = amounts.get(name, 0.0) + amount
    return RuleCost(family, tuple(sorted(amounts.items(), key=lambda each: (-round(each[1], 6), each[0]))))
