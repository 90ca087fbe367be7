"""Branching on people present on a day, until no part of the problem can hold a cheaper roster.

A part says of some days and kinds "at most k people" or "at least k + 1", and of some days of one person "no work" or
"work". It is a problem of its own: need is moved to the limit, and what is beyond a limit costs far more than anything
else, so that its bound is found by the same prices as that of the whole.
"""

from __future__ import annotations

import heapq
import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from optimize.roster.people.certificate import bound_at
from optimize.roster.people.generation import Generation, Proof
from optimize.roster.people.problem import OFF

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from optimize.roster.people.master import Solved
    from optimize.roster.people.problem import Problem

    Array = NDArray[np.float64]
    Ints = NDArray[np.int64]

BEYOND = 10.0
"""Price of a person beyond a limit, in the dearest prices of cover."""
EXACT = 1e-6
"""Rounding of a bound in double precision."""
WHOLE = 1e-4
"""Distance from a whole number of people that is none."""
GAP = 2e-5
"""Share of the cost at which program and bound of a part are close enough."""


@dataclass(frozen=True)
class Limit:
    """At most `count` people on a day in a kind, or at least `count + 1`.

    With a `person` it is about that person alone and `count` is 0; `kind` is then None for any work.
    """

    day: int
    kind: int | None
    count: int
    at_most: bool
    person: int | None = None


@dataclass(frozen=True)
class Part:
    """A part of a problem: its limits, and the prices that prove its bound."""

    limits: tuple[Limit, ...]
    proof: Proof


@dataclass(frozen=True)
class Branched:
    """A roster and its cost after branching; the parts that were not divided again; whether some are still open."""

    roster: Ints
    cost: float
    parts: tuple[Part, ...]
    is_open: bool


def limited(problem: Problem, limits: Sequence[Limit]) -> Problem:
    """The problem with need moved to the limits.

    Raises
    ------
    ValueError
        A limit of everybody on any work, or more than one person from the need at its turn: its cost has two slopes.
    """
    need, short, over, wishes = (each.copy() for each in (problem.need, problem.short, problem.over, problem.wishes))
    constant, beyond = problem.constant, BEYOND * max(problem.short.max(), problem.over.max(), 1.0)
    for limit in limits:
        if limit.person is not None:
            cell = limit.person, limit.day, slice(None) if limit.kind is None else limit.kind
            wishes[cell] += beyond if limit.at_most else -beyond
            constant += 0.0 if limit.at_most else beyond
            continue
        if limit.kind is None:
            raise ValueError("a limit of everybody is about one kind")
        at = limit.day, limit.kind
        to = limit.count if limit.at_most else limit.count + 1
        if abs(to - need[at]) > 1:
            raise ValueError(f"{to} people on day {limit.day}, where {need[at]:.0f} are needed")
        constant += short[at] * max(need[at] - to, 0.0) + over[at] * max(to - need[at], 0.0)
        if limit.at_most:
            over[at] = beyond
        else:
            short[at] = beyond
        need[at] = to
    return replace(problem, need=need, short=short, over=over, wishes=wishes, constant=float(constant))


def part_bound(problem: Problem, part: Part) -> float:
    """A cost that no roster within the limits of a part is below, in double precision."""
    return bound_at(limited(problem, part.limits), part.proof.prices, part.proof.kind_price)


def covers(parts: Sequence[tuple[Limit, ...]]) -> bool:
    """Whether every roster lies in a part: both sides of each first limit are there, and so on below."""
    if any(not limits for limits in parts):
        return True
    if not parts:
        return False
    first = replace(parts[0][0], at_most=True)
    if any(replace(limits[0], at_most=True) != first for limits in parts):
        return False
    return all(covers([limits[1:] for limits in parts if limits[0].at_most == side]) for side in (True, False))


def branched(
    generation: Generation,
    roster: Ints,
    seed: int,
    is_over: Callable[[], bool],
    nodes: float = math.inf,
) -> Branched:
    """Divide the problem until its parts cannot be cheaper than the best roster.

    Parameters
    ----------
    generation
        The whole problem with its proof; rosters known to its master program begin each part.
    roster
        Lawful roster of everybody; shape (P, D).
    seed
        Of the solver.
    is_over
        Whether time is up.
    nodes
        Most parts that are looked at.
    """
    return _Branching(generation, roster, seed, is_over).run(nodes)


class _Branching:
    def __init__(self, generation: Generation, roster: Ints, seed: int, is_over: Callable[[], bool]) -> None:
        self.whole, self.problem, self.seed, self.is_over = generation, generation.problem, seed, is_over
        self.roster, self.cost = roster, generation.problem.cost(roster)
        self.closed: list[Part] = []
        first = Part((), generation.proof)
        self.open: list[tuple[float, int, Part]] = [(generation.proof.bound, 0, first)]
        self.looked = 0

    def run(self, nodes: float) -> Branched:
        """Look at the part with the least bound, divide it, and so on."""
        stuck = False
        while self.open and not stuck and self.looked < nodes and not self.is_over():
            _, _, part = heapq.heappop(self.open)
            stuck = not self._look(part)
        parts = (*self.closed, *(part for _, _, part in self.open))
        return Branched(self.roster, self.cost, parts, bool(self.open))

    def _look(self, part: Part) -> bool:
        """Close a part or divide it; False where it can be neither."""
        self.looked += 1
        inner = limited(self.problem, part.limits)
        generation = Generation(inner, self.seed)
        master = self.whole.master
        generation.master.add(master.owner, master.rosters, generation.own_cost(master.owner, master.rosters))
        cutoff = self.cost - 1.0 - inner.constant + WHOLE
        solved, _ = generation.run(gap=GAP, cutoff=cutoff, is_over=self.is_over)
        generation.prove()
        grown = generation.master
        self.whole.master.add(grown.owner, grown.rosters, self.whole.own_cost(grown.owner, grown.rosters))
        part = Part(part.limits, generation.proof)
        part = Part(part.limits, replace(part.proof, bound=part_bound(self.problem, part)))
        self._take(generation, solved)
        if math.ceil(part.proof.bound - EXACT) >= self.cost:
            self.closed.append(part)
            return True
        cell = self._cell(inner, generation, solved)
        if cell is None:
            heapq.heappush(self.open, (part.proof.bound, self.looked, part))
            return False
        for side in (True, False):
            below = Part((*part.limits, replace(cell, at_most=side)), part.proof)
            heapq.heappush(self.open, (part.proof.bound, 2 * self.looked + side, below))
        return True

    def _take(self, generation: Generation, solved: Solved) -> None:
        """Keep a roster that a part's program ends with."""
        whole = np.flatnonzero(solved.taken > 1.0 - WHOLE)
        if whole.size == len(self.roster):
            found = np.full_like(self.roster, OFF)
            found[generation.master.owner[whole]] = generation.master.rosters[whole]
            cost = self.problem.cost(found)
            if cost < self.cost - WHOLE:
                self.roster, self.cost = found, cost

    def _cell(self, inner: Problem, generation: Generation, solved: Solved) -> Limit | None:
        """The cell whose people are nearest to a half and within one person of the need; else a day of a person."""
        taken = np.flatnonzero(solved.taken > WHOLE / 10)
        rosters, owner = generation.master.rosters[taken], generation.master.owner[taken]
        at, day = np.nonzero(rosters != OFF)
        each = np.zeros(inner.wishes.shape)
        np.add.at(each, (owner[at], day, rosters[at, day]), solved.taken[taken][at])
        present = each.sum(axis=0)
        part = np.where(np.abs(present - inner.need) < 1.0, _fraction(present), 0.0)
        if part.max() > WHOLE:
            day_, kind = (int(n) for n in np.unravel_index(int(part.argmax()), part.shape))
            return Limit(day_, kind, math.floor(present[day_, kind]), at_most=True)
        work = _fraction(each.sum(axis=2))
        if work.max() > WHOLE:
            person, day_ = (int(n) for n in np.unravel_index(int(work.argmax()), work.shape))
            return Limit(day_, None, 0, at_most=True, person=person)
        kinds = _fraction(each)
        if kinds.max() > WHOLE:
            person, day_, kind = (int(n) for n in np.unravel_index(int(kinds.argmax()), kinds.shape))
            return Limit(day_, kind, 0, at_most=True, person=person)
        return None


def _fraction(value: Array) -> Array:
    """Distance from the nearest whole number."""
    return np.asarray(np.abs(value - np.round(value)))
