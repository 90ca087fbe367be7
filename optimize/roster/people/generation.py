"""Column generation: rosters are added to the master program while their prices say that they lower its cost.

With prices q of cover, ``constant + sum q * need + sum over people of their cheapest roster at (wishes - q)`` is a
bound of every roster of everybody (Lagrange), as long as ``-over <= q <= short``. Prices are smoothed towards those of
the best bound so far, which takes fewer rounds (Wentges 1997; du Merle et al. 1999).
"""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from optimize.roster.people.batch import NEVER
from optimize.roster.people.master import Master
from optimize.roster.people.pricer import CAREFUL, COARSE, ROOM, Pricer
from optimize.roster.people.problem import OFF

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from optimize.roster.people.master import Solved
    from optimize.roster.people.problem import Problem

    Array = NDArray[np.float64]
    Ints = NDArray[np.int64]
    Bools = NDArray[np.bool_]

SMOOTHED = 0.6
"""Weight of the prices of the best bound against those of the last program."""
LEAST_SMOOTHED = 0.4
"""Smoothing below which the prices of the program are taken as they are."""
HELPS = 1e-4
"""Reduced cost below which a roster is added."""
ROUNDS = 500
"""Most rounds: a guard, since rounds end by themselves."""
EVERYBODY = 4
"""Where only some people are priced, everybody is in every round of this number."""
CLOSE = 0.02
"""Distance of program and bound at which they are equal in a problem of whole prices."""


@dataclass(frozen=True)
class Proof:
    """A bound of every roster, in the unit of cost, and the prices that prove it.

    `prices` are those of cover, shape (D, S); `kind_price` those on shifts of each person in scarce kinds,
    shape (P, S); `minute_price` that of a minute of each person, shape (P,), where working time is priced.
    """

    bound: float
    prices: Array
    kind_price: Array
    minute_price: Array | None = None


class Generation:
    """The master program with its pricing, some cells of people fixed and some people kept.

    `forbidden` are kinds a person may not work on a day, `must` days on which somebody must work; `kept` people have
    one roster. Without any of these the bound is one of the whole problem.
    """

    def __init__(self, problem: Problem, seed: int = 1, room: int = ROOM) -> None:
        self.problem, self.seed = problem, seed
        self.master, self.pricer = Master(problem, seed), Pricer(problem, room)
        kinds = len(problem.kinds)
        self.proof = Proof(-np.inf, np.zeros((problem.days, kinds)), np.zeros((len(problem.persons), kinds)))
        self.release()

    def release(self) -> None:
        """Fix nothing and keep nobody."""
        problem = self.problem
        people = len(problem.persons)
        self.forbidden = np.zeros((people, problem.days, len(problem.kinds)), dtype=bool)
        self.must = np.zeros((people, problem.days), dtype=bool)
        self.kept: dict[int, int] = {}
        self.free = np.ones(people, dtype=bool)

    def keeping(self, roster: Ints, free: Ints, known: Ints) -> Generation:
        """The same with everybody's roster kept but those of some people, whose program knows few rosters.

        Parameters
        ----------
        roster
            Of everybody, shape (P, D).
        free
            People whose rosters are open.
        known
            Numbers of rosters that the new master program begins with; those of people who are not free are left out.
        """
        part, master = copy(self), self.master
        part.release()
        part.free = np.isin(np.arange(self.free.size), free)
        part.master = Master(self.problem, self.seed)
        part.know(roster)
        part.kept = {int(p): part.master.number(int(p), roster[p]) for p in np.flatnonzero(~part.free)}
        mine = known[part.free[master.owner[known]]]
        part.master.add(master.owner[mine], master.rosters[mine], master.cost[mine])
        return part

    def reduced(self, solved: Solved, master: Master) -> Array:
        """Reduced cost of the rosters of a master program at the prices of another; shape (number of rosters,)."""
        at, day = np.nonzero(master.rosters != OFF)
        paid = np.bincount(at, solved.cover[day, master.rosters[at, day]], master.owner.size)
        return np.asarray(master.cost - paid - solved.person[master.owner])

    def own_cost(self, people: Ints, rosters: Ints) -> Array:
        """Wishes of people in rosters of theirs."""
        at, day = np.nonzero(rosters != OFF)
        return np.bincount(at, self.problem.wishes[people[at], day, rosters[at, day]], len(rosters)).astype(float)

    def know(self, roster: Ints) -> None:
        """Add everybody's roster to the master program."""
        everybody = np.arange(len(roster))
        self.master.add(everybody, np.ascontiguousarray(roster), self.own_cost(everybody, roster))

    def fits(self) -> Bools:
        """Which rosters keep to what is fixed."""
        rosters, owner = self.master.rosters, self.master.owner
        day = np.arange(rosters.shape[1])
        banned = self.forbidden[owner[:, None], day[None, :], np.maximum(rosters, 0)]
        fits: Bools = np.asarray(~np.where(rosters != OFF, banned, self.must[owner]).any(axis=1))
        for person, column in self.kept.items():
            fits[owner == person] = False
            fits[column] = True
        return fits

    def run(
        self,
        *,
        gap: float = 1e-3,
        rounds: int = ROUNDS,
        cutoff: float = np.inf,
        enough: float = -np.inf,
        hot: Ints | None = None,
        some: bool = False,
        is_over: Callable[[], bool] = lambda: False,
    ) -> tuple[Solved, float]:
        """Add rosters until none helps.

        Parameters
        ----------
        gap
            Share of the cost at which program and bound are close enough.
        rounds
            Most rounds.
        cutoff
            A bound above it ends the rounds.
        enough
            A value of the program down to it ends the rounds.
        hot, some
            `hot` people alone are priced, where it is given. Else everybody is, or with `some`, those who got a roster
            in the round before, and everybody every few rounds.
        is_over
            Whether time is up.

        Returns
        -------
        Solved, float
            The program, and the bound of the problem as it is fixed; both without the constant.
        """
        self.master.open_only(self.fits())
        steps = _Steps(self, hot, some=some)
        for number in range(rounds):
            solved = self.master.solve()
            if solved.value <= max(enough, steps.bound + self._close(solved, gap)) or steps.bound > cutoff or is_over():
                return solved, steps.bound
            if not steps.add(solved, number):
                return solved, steps.bound
        return self.master.solve(), steps.bound

    def _close(self, solved: Solved, gap: float) -> float:
        """Distance of program and bound at which rounds end."""
        return max(gap * abs(solved.value + self.problem.constant), CLOSE)

    def prove(self) -> None:
        """Raise the proof by better prices on scarce kinds; prices of cover stay."""
        problem, proof = self.problem, self.proof
        if np.isfinite(proof.bound):
            priced = self.pricer.cheapest(problem.wishes - proof.prices, steps=CAREFUL, kind_price=proof.kind_price)
            bound = float(problem.constant + (proof.prices * problem.need).sum() + priced.bounds.sum())
            if bound > proof.bound:
                self.proof = Proof(bound, proof.prices, priced.kind_price)


class _Steps:
    """Rounds of one run: who is priced, at which prices, and the best bound so far."""

    def __init__(self, generation: Generation, hot: Ints | None, *, some: bool) -> None:
        self.generation, self.some, self.never_all = generation, some, hot is not None
        self.hot = np.empty(0, dtype=np.int64) if hot is None else hot
        self.bound = -np.inf
        self.centre: Array | None = None
        self.fixed = bool(generation.forbidden.any() or generation.must.any())
        self.day_off = np.where(generation.must, NEVER, 0.0) if generation.must.any() else None
        rosters = generation.master.rosters[list(generation.kept.values())]
        self.kept_cover = generation.problem.present(rosters)
        self.kept_cost = float(generation.master.cost[list(generation.kept.values())].sum())

    def add(self, solved: Solved, number: int) -> bool:
        """Add rosters that help; False where none does."""
        smoothed = SMOOTHED if self.centre is not None else 0.0
        while True:
            centre = solved.cover if self.centre is None else self.centre
            prices = smoothed * centre + (1.0 - smoothed) * solved.cover if smoothed else solved.cover
            everybody = not self.never_all and (not self.some or not self.hot.size or number % EVERYBODY in {0, 3})
            if self._add_at(prices, solved, everybody=everybody):
                return True
            if not smoothed:
                return not self.never_all and self._add_at(solved.cover, solved, everybody=True, steps=CAREFUL)
            smoothed = 0.0 if smoothed < LEAST_SMOOTHED else smoothed / 2.0

    def _add_at(self, prices: Array, solved: Solved, *, everybody: bool, steps: int = COARSE) -> bool:
        generation = self.generation
        problem, master = generation.problem, generation.master
        asked = generation.free if everybody else np.isin(np.arange(generation.free.size), self.hot)
        price = problem.wishes - prices
        if self.fixed:
            price = np.where(generation.forbidden, NEVER, price)
        below = solved.person - HELPS if prices is solved.cover and not everybody else None
        only = None if asked.all() else asked
        priced = generation.pricer.cheapest(price, self.day_off, only, steps=steps, below=below)
        if everybody:
            bound = float((prices * (problem.need - self.kept_cover)).sum()) + self.kept_cost
            bound += float(priced.bounds[generation.free].sum())
            if bound > self.bound:
                self.bound, self.centre = bound, prices.copy()
                self._note(prices, priced.kind_price)
        found = np.flatnonzero(asked & np.isfinite(priced.values))
        rosters = priced.rosters[found]
        own = generation.own_cost(found, rosters)
        at, day = np.nonzero(rosters != OFF)
        reduced = own - np.bincount(at, solved.cover[day, rosters[at, day]], len(rosters)) - solved.person[found]
        helps = reduced < -HELPS
        self.hot = found[helps]
        return master.add(found[helps], rosters[helps], own[helps]) > 0

    def _note(self, prices: Array, kind_price: Array) -> None:
        """Keep the best proof of the whole problem."""
        generation = self.generation
        if not self.fixed and not generation.kept:
            bound = self.bound + generation.problem.constant
            if bound > generation.proof.bound:
                generation.proof = Proof(bound, prices.copy(), kind_price)
