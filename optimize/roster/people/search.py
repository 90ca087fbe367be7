"""The search for a roster of everybody.

Where the whole horizon can be priced: a bound, a dive, then dives of some people next to the others, and a small gap is
closed by dividing the problem. A longer horizon is improved by windows of weeks, whose prices give the bound.

Anytime: the first roster keeps every hard rule, and everything after only improves it. All random choices come from the
seed; a limit by rounds makes two runs the same on any machine.
"""

from __future__ import annotations

import math
import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from optimize.roster.people.branching import EXACT, branched
from optimize.roster.people.certificate import bound_at
from optimize.roster.people.descent import descended
from optimize.roster.people.dive import Manner, dive
from optimize.roster.people.generation import Generation
from optimize.roster.people.plain import plain
from optimize.roster.people.pricer import Pricer
from optimize.roster.people.raising import COUNTABLE, raised
from optimize.roster.people.subsets import Subsets
from optimize.roster.people.weeks import Weeks

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from optimize.roster.people.branching import Part
    from optimize.roster.people.generation import Proof
    from optimize.roster.people.problem import Problem

    Ints = NDArray[np.int64]

PROVEN = 0.05
"""Rounding of single precision that a bound of whole numbers may carry."""
ROOT_GAP, FINE_GAP = 2e-4, 5e-5
"""Share of the cost at which program and bound are close enough before a dive, and the same where pricing is fast."""
DESCENT_PART, ROOT_PART, DIVE_PART = 0.2, 0.35, 0.6
"""Parts of the time until which the first roster, the bound and the first dive may take."""
WHOLE = 3e8
"""Numbers that pricing everybody may compute; longer horizons are searched by windows of weeks."""
BROAD_WORK = 3e7
"""Numbers that pricing everybody computes, from which the first dive takes larger steps."""
BROAD = Manner(rounds=4, step=0.1, sure=0.85, undo=20, rise=1e-3, twice=True)
NEAR_COST = 0.004
"""Part of the cost that dividing the problem may close."""
USELESS = 40
"""Choices of people without a gain, after which the problem is divided."""
MONTHS, MONTHS_PART = 70, 0.85
"""Days from which windows of weeks come before choices of people, and the part of the time until they end."""
WEEKS_PART = 0.85
"""Part of the time for windows of weeks, before the bound."""


@dataclass(frozen=True)
class Searched:
    """A roster of everybody, shape (P, D), its cost, and the proof of a bound; `seconds` are of CPU.

    `parts` cover the problem where it was divided.
    """

    roster: Ints
    cost: float
    proof: Proof
    parts: tuple[Part, ...]
    seconds: float

    @property
    def bound(self) -> float:
        """Least cost of any roster where all prices are whole numbers."""
        least = min((part.proof.bound for part in self.parts), default=-math.inf)
        return math.ceil(max(self.proof.bound, least) - EXACT)


def search(
    problem: Problem,
    *,
    seconds: float = math.inf,
    rounds: int | None = None,
    seed: int = 1,
    tell: Callable[[str, float], None] = lambda _word, _cost: None,
) -> Searched:
    """Search for a cheapest roster.

    Parameters
    ----------
    problem
        People, days, rules and prices; all prices whole numbers.
    seconds
        CPU seconds of this thread.
    rounds
        Subsets of people, windows, or parts of the divided problem that are tried; None for as many as time allows.
    seed
        Of every random choice.
    tell
        Called with a stage and the cost of the best roster so far.

    Raises
    ------
    ValueError
        A price is no whole number; or people for whom no roster was found that keeps their own rules, who are named.
    """
    if any((prices != np.round(prices)).any() for prices in (problem.wishes, problem.short, problem.over)):
        raise ValueError("all prices must be whole numbers: bounds are rounded up to one")
    return _Search(problem, seconds, rounds, seed, tell).run()


class _Search:
    """One search: its clock, its random numbers, and the stages."""

    def __init__(
        self, problem: Problem, seconds: float, rounds: int | None, seed: int, tell: Callable[[str, float], None]
    ) -> None:
        self.problem, self.seconds, self.rounds, self.seed, self.tell = problem, seconds, rounds, seed, tell
        self.begun, self.random = time.process_time(), np.random.default_rng(seed)
        self.work = Pricer(problem).work
        self.generation = Generation(plain(problem) if self.work > COUNTABLE else problem, seed)
        self.parts: tuple[Part, ...] = ()

    def run(self) -> Searched:
        """First roster, then whole horizon or windows, then the proof again in double precision."""
        first = self._first()
        roster, proof = self._by_weeks(first) if self.work > WHOLE else self._at_once(first)
        bound = bound_at(self.problem, proof.prices, proof.kind_price, proof.minute_price)
        cost, proof = self.problem.cost(roster), replace(proof, bound=bound)
        return Searched(roster, cost, proof, self.parts, time.process_time() - self.begun)

    def _over(self, part: float = 1.0) -> Callable[[], bool]:
        return lambda: time.process_time() - self.begun > part * self.seconds

    def _first(self) -> Ints:
        """A lawful roster of everybody, person by person."""
        alone = self.generation.pricer.cheapest(self.problem.wishes)
        if stuck := [self.problem.persons[p].name for p in np.flatnonzero(~np.isfinite(alone.values))]:
            raise ValueError(f"no roster was found that keeps the rules of {', '.join(stuck)}")
        roster = descended(self.generation, self.random, alone.rosters, first=True, is_over=self._over(DESCENT_PART))
        self.tell("person by person", self.problem.cost(roster))
        return roster

    def _by_weeks(self, roster: Ints) -> tuple[Ints, Proof]:
        """Windows of weeks, and a bound from their prices."""
        weeks = Weeks(self.problem, self.random, roster, self.seed)
        self._improve(weeks, -math.inf, WEEKS_PART)
        return weeks.roster, raised(self.problem, weeks.prices, weeks.cost, self._over())

    def _at_once(self, roster: Ints) -> tuple[Ints, Proof]:
        """The whole horizon: bound, dive, windows where it is long, choices of people, and parts of a small gap."""
        roster, generation = self._fixed(roster), self.generation
        if self.problem.days > MONTHS:
            weeks = Weeks(self.problem, self.random, roster, self.seed)
            self._improve(weeks, generation.proof.bound, MONTHS_PART)
            roster = weeks.roster
        subsets = Subsets(generation, self.random, roster)
        self._improve(subsets, generation.proof.bound, 1.0)
        roster = subsets.roster
        if _near(subsets.cost, generation.proof.bound) and not self._over()():
            nodes = math.inf if self.rounds is None else self.rounds
            divided = branched(generation, roster, self.seed, self._over(), nodes)
            roster, self.parts = divided.roster, divided.parts
            state = "some open" if divided.is_open else "all closed"
            self.tell(f"{len(self.parts)} parts, {state}", divided.cost)
        return roster, generation.proof

    def _fixed(self, roster: Ints) -> Ints:
        """The bound of the whole problem, and a roster by fixing cells of it."""
        problem, generation = self.problem, self.generation
        broad = self.work > BROAD_WORK
        generation.run(gap=ROOT_GAP if broad else FINE_GAP, is_over=self._over(ROOT_PART))
        generation.prove()
        self.tell(f"at least {generation.proof.bound:,.1f}", problem.cost(roster))
        manner = BROAD if broad else Manner()
        dived = dive(generation, self.random, manner, is_over=self._over(DIVE_PART))
        generation.release()
        if dived.roster is not None and problem.cost(dived.roster) < problem.cost(roster):
            roster = descended(generation, self.random, dived.roster)
        self.tell("fixing cells", problem.cost(roster))
        return roster

    def _improve(self, best: Subsets | Weeks, bound: float, part: float) -> None:
        """Try rounds until time is up, the bound is met or near, or nothing promises more."""
        least = math.ceil(bound - PROVEN) if np.isfinite(bound) else -math.inf
        is_over, tried, useless = self._over(part), 0, 0
        while not is_over() and not best.dry and best.cost > least + PROVEN:
            if (self.rounds is not None and tried >= self.rounds) or (useless >= USELESS and _near(best.cost, bound)):
                break
            tried, useless = tried + 1, useless + 1
            if best.improve(is_over):
                useless = 0
                self.tell(f"{best.word}, try {tried}", best.cost)


def _near(cost: float, bound: float) -> bool:
    """Whether a bound is below a cost, but so little that dividing the problem may close the rest."""
    return cost - bound <= NEAR_COST * cost and math.ceil(bound - PROVEN) < cost - PROVEN
