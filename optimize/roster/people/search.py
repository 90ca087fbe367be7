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

from optimize.roster.people.certificate import bound_at
from optimize.roster.people.descent import descended
from optimize.roster.people.dive import Manner, dive
from optimize.roster.people.generation import Generation
from optimize.roster.people.raise_bound import raise_bound
from optimize.roster.people.subsets import Subsets
from optimize.roster.people.weeks import Weeks

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from optimize.roster.people.generation import Proof
    from optimize.roster.people.problem import Problem

    Ints = NDArray[np.int64]

PROVEN = 0.05
"""Rounding of single precision that a bound of whole numbers may carry."""
ROOT_GAP = 2e-4
"""Share of the cost at which program and bound are close enough before a dive."""
DESCENT_PART, ROOT_PART, DIVE_PART = 0.2, 0.35, 0.65
"""Parts of the time until which the first roster, the bound and the first dive may take."""
WHOLE = 3e8
"""Numbers that pricing everybody may compute; longer horizons are searched by windows of weeks."""
WEEKS_PART = 0.85
"""Part of the time for windows of weeks, before the bound."""


@dataclass(frozen=True)
class Searched:
    """A roster of everybody, shape (P, D), its cost, and the proof of a bound; `seconds` are of CPU."""

    roster: Ints
    cost: float
    proof: Proof
    seconds: float

    @property
    def bound(self) -> float:
        """Least cost of any roster where all prices are whole numbers."""
        return math.ceil(self.proof.bound - PROVEN)


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
        Subsets of people that are tried; None for as many as time allows.
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

    random, generation = np.random.default_rng(seed), Generation(problem, seed)
    alone = generation.pricer.cheapest(problem.wishes)
    if stuck := [problem.persons[p].name for p in np.flatnonzero(~np.isfinite(alone.values))]:
        raise ValueError(f"no roster was found that keeps the rules of {', '.join(stuck)}")
    long = generation.pricer.work > WHOLE
    roster = descended(generation, random, alone.rosters, first=True, is_over=over(DESCENT_PART))
    tell("person by person", problem.cost(roster))
    if long:
        best: Subsets | Weeks = Weeks(problem, random, roster, seed)
    else:
        best = _fixed(generation, random, roster, over, tell)
    _improve(best, generation, rounds, over(WEEKS_PART if long else 1.0), tell)
    if isinstance(best, Weeks):
        raise_bound(generation, best.prices, best.cost, over())
    proof = replace(generation.proof, bound=bound_at(problem, generation.proof.prices, generation.proof.kind_price))
    return Searched(best.roster, best.cost, proof, time.process_time() - begun)


def _fixed(
    generation: Generation,
    random: np.random.Generator,
    roster: Ints,
    over: Callable[[float], Callable[[], bool]],
    tell: Callable[[str, float], None],
) -> Subsets:
    """The bound of the whole problem, and a roster by fixing cells of it."""
    problem = generation.problem
    generation.run(gap=ROOT_GAP, is_over=over(ROOT_PART))
    generation.prove()
    tell(f"at least {generation.proof.bound:,.1f}", problem.cost(roster))
    dived = dive(generation, random, Manner(), is_over=over(DIVE_PART))
    generation.release()
    if dived.roster is not None and problem.cost(dived.roster) < problem.cost(roster):
        roster = descended(generation, random, dived.roster)
    tell("fixing cells", problem.cost(roster))
    return Subsets(generation, random, roster)


def _improve(
    best: Subsets | Weeks,
    generation: Generation,
    rounds: int | None,
    is_over: Callable[[], bool],
    tell: Callable[[str, float], None],
) -> None:
    """Try rounds until time is up, the bound is met, or nothing promises more."""
    least = math.ceil(generation.proof.bound - PROVEN) if np.isfinite(generation.proof.bound) else -math.inf
    tried = 0
    while not is_over() and not best.dry and best.cost > least + PROVEN and (rounds is None or tried < rounds):
        tried += 1
        if best.improve(is_over):
            tell(f"{best.word}, try {tried}", best.cost)
