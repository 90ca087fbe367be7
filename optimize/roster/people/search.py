"""The search for a roster of everybody: bound, first roster, a dive, then dives of some people next to the others.

Anytime: the first roster keeps every hard rule, and everything after only improves it. All random choices come from the
seed; a limit by rounds makes two runs the same on any machine.
"""

from __future__ import annotations

import math
import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from optimize.roster.people.branching import branched
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
ROOT_GAP = 2e-4
"""Share of the cost at which program and bound are close enough before a dive."""
DESCENT_PART, ROOT_PART, DIVE_PART = 0.2, 0.35, 0.6
"""Parts of the time until which the first roster, the bound and the first dive may take."""
WHOLE = 3e8
"""Numbers that pricing everybody may compute; longer horizons are searched by windows of weeks."""
BROAD_WORK = 3e7
"""Numbers that pricing everybody computes, from which the first dive takes larger steps."""
BROAD = Manner(rounds=4, step=0.1, sure=0.85, undo=20)
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
        return math.ceil(max(self.proof.bound, least) - PROVEN)


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
    begun = time.process_time()

    def over(part: float = 1.0) -> Callable[[], bool]:
        return lambda: time.process_time() - begun > part * seconds

    random, pricer = np.random.default_rng(seed), Pricer(problem)
    long = pricer.work > WHOLE
    generation = Generation(plain(problem) if pricer.work > COUNTABLE else problem, seed)
    alone = generation.pricer.cheapest(problem.wishes)
    if stuck := [problem.persons[p].name for p in np.flatnonzero(~np.isfinite(alone.values))]:
        raise ValueError(f"no roster was found that keeps the rules of {', '.join(stuck)}")
    roster = descended(generation, random, alone.rosters, first=True, is_over=over(DESCENT_PART))
    tell("person by person", problem.cost(roster))
    if long:
        best: Subsets | Weeks = Weeks(problem, random, roster, seed)
    else:
        roster = _fixed(generation, random, roster, over, tell)
        if problem.days > MONTHS:
            weeks = Weeks(problem, random, roster, seed)
            _improve(weeks, generation.proof.bound, rounds, over(MONTHS_PART), tell)
            roster = weeks.roster
        best = Subsets(generation, random, roster)
    _improve(best, generation.proof.bound, rounds, over(WEEKS_PART if long else 1.0), tell)
    parts: tuple[Part, ...] = ()
    if isinstance(best, Subsets) and _near(best.cost, generation.proof.bound) and not over()():
        divided = branched(generation, best.roster, seed, over(), math.inf if rounds is None else rounds)
        best.roster, best.cost, parts = divided.roster, divided.cost, divided.parts
        tell(f"{len(parts)} parts of the problem, {'some open' if divided.is_open else 'all closed'}", best.cost)
    proof = raised(problem, best.prices, best.cost, over()) if isinstance(best, Weeks) else generation.proof
    recomputed = bound_at(problem, proof.prices, proof.kind_price, proof.minute_price)
    return Searched(best.roster, best.cost, replace(proof, bound=recomputed), parts, time.process_time() - begun)


def _fixed(
    generation: Generation,
    random: np.random.Generator,
    roster: Ints,
    over: Callable[[float], Callable[[], bool]],
    tell: Callable[[str, float], None],
) -> Ints:
    """The bound of the whole problem, and a roster by fixing cells of it."""
    problem = generation.problem
    generation.run(gap=ROOT_GAP, is_over=over(ROOT_PART))
    generation.prove()
    tell(f"at least {generation.proof.bound:,.1f}", problem.cost(roster))
    manner = BROAD if generation.pricer.work > BROAD_WORK else Manner()
    dived = dive(generation, random, manner, is_over=over(DIVE_PART))
    generation.release()
    if dived.roster is not None and problem.cost(dived.roster) < problem.cost(roster):
        roster = descended(generation, random, dived.roster)
    tell("fixing cells", problem.cost(roster))
    return roster


def _improve(
    best: Subsets | Weeks,
    bound: float,
    rounds: int | None,
    is_over: Callable[[], bool],
    tell: Callable[[str, float], None],
) -> None:
    """Try rounds until time is up, the bound is met, or nothing promises more."""
    least = math.ceil(bound - PROVEN) if np.isfinite(bound) else -math.inf
    tried, useless = 0, 0
    while not is_over() and not best.dry and best.cost > least + PROVEN and (rounds is None or tried < rounds):
        tried, useless = tried + 1, useless + 1
        if best.improve(is_over):
            useless = 0
            tell(f"{best.word}, try {tried}", best.cost)
        if useless >= USELESS and _near(best.cost, bound):
            break


def _near(cost: float, bound: float) -> bool:
    """Whether a bound is below a cost, but so little that dividing the problem may close the rest."""
    return math.ceil(bound - PROVEN) < cost - PROVEN and cost - bound <= NEAR_COST * cost
