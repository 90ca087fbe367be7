"""A bound of a horizon too long for column generation, from prices that windows left."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from optimize.roster.people.generation import Proof
from optimize.roster.people.loose import Loose
from optimize.roster.people.pricer import Pricer

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from optimize.roster.people.problem import Problem

    Array = NDArray[np.float64]

STEPS = 40
"""Most steps of the prices."""
SHORTER = 0.7
"""Part of the length of a step that is left after one that raised nothing."""
COUNTABLE = 3e9
"""Numbers that pricing everybody may compute with working time counted; above it is priced."""
A_MINUTE = 1.0
"""First move of the price of a minute, for a person whose working time is twice the most; a tenth of it for a tenth."""


def raised(problem: Problem, prices: Array, cost: float, is_over: Callable[[], bool], steps: int = STEPS) -> Proof:
    """Return a proof of the whole problem, found by steps of its prices of cover.

    A day and kind with more people wanted than the cheapest rosters have gets a higher price, over the distance between
    bound and cost of a known roster (Polyak 1969).

    Parameters
    ----------
    problem
        The whole horizon.
    prices
        To begin with; shape (D, S).
    cost
        Of a known roster.
    is_over
        Whether time is up; the first step is always taken.
    steps
        Most steps.
    """
    pricer = Pricer(problem)
    rounds: _Counted | _Priced = _Counted(problem, pricer) if pricer.work <= COUNTABLE else _Priced(problem)
    now, length, best = np.clip(prices, -problem.over, problem.short), 1.0, Proof(-np.inf, prices, np.zeros(0))
    missing = np.zeros_like(now)
    for _ in range(steps):
        proof, present = rounds.at(now)
        if proof.bound > best.bound:
            best, missing = proof, problem.need - present
        else:
            length *= SHORTER
        if is_over() or not missing.any():
            break
        move = length * max(cost - best.bound, 0.0) / float((missing**2).sum()) * missing
        now = np.clip(best.prices + move, -problem.over, problem.short)
    return best


@dataclass
class _Counted:
    """Bounds with working time counted."""

    problem: Problem
    pricer: Pricer

    def at(self, prices: Array) -> tuple[Proof, Array]:
        """A proof at prices of cover, and people present in the cheapest rosters; shape (D, S)."""
        priced = self.pricer.cheapest(self.problem.wishes - prices)
        bound = self.problem.constant + (prices * self.problem.need).sum() + priced.bounds.sum()
        return Proof(float(bound), prices, priced.kind_price), self.problem.present(priced.rosters)


class _Priced:
    """Bounds with working time priced; each round moves the prices of minutes too, less and less."""

    def __init__(self, problem: Problem) -> None:
        self.problem, self.loose = problem, Loose(problem)
        self.minute_price, self.rounds = np.zeros(len(problem.persons)), 0

    def at(self, prices: Array) -> tuple[Proof, Array]:
        """A proof at prices of cover, and people present in the cheapest rosters; shape (D, S)."""
        now, problem = self.minute_price, self.problem
        rosters, bounds = self.loose.cheapest(problem.wishes - prices, now)
        bound = problem.constant + (prices * problem.need).sum() + bounds.sum()
        self.rounds += 1
        part = self.loose.beyond(rosters) / np.maximum(self.loose.limits[:, 1], 1)
        self.minute_price = now + A_MINUTE * part / self.rounds
        return Proof(float(bound), prices, np.zeros((len(now), len(problem.kinds))), now), problem.present(rosters)
