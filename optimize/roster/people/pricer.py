"""Cheapest lawful rosters of everybody at given prices, with a bound of each person.

Few scarce kinds are counted exactly, since each counter multiplies the states. The others get a price on their shifts,
so that nobody works more of them than allowed: with it, the value less what all allowed shifts would pay is a bound of
the person (Lagrange).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from optimize.roster.people.batch import batch_of
from optimize.roster.people.counters import unit_of
from optimize.roster.people.forward import FOUND
from optimize.roster.people.problem import OFF
from optimize.roster.people.scarce import Asked, Priced, counts_of, lawful

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from optimize.roster.people.batch import Batch
    from optimize.roster.people.problem import Problem

    Array = NDArray[np.float64]
    Bools = NDArray[np.bool_]
    Ints = NDArray[np.int64]

COUNTED = 2
"""Scarce kinds that are counted exactly for one person."""
ROOM = 16
"""Largest product of the places of those counters."""
LARGEST = 30_000_000
"""Numbers in the table of one batch."""


class Pricer:
    """Everybody in batches; prices on scarce kinds are kept from one call to the next, as they move little."""

    def __init__(self, problem: Problem, room: int = ROOM, precision: type[np.floating] = np.float32) -> None:
        self.problem, self.precision = problem, precision
        self.most = np.array([person.most_of for person in problem.persons])
        self.kind_price = np.zeros(self.most.shape)
        self.batches: list[tuple[Batch, Bools]] = []
        groups: dict[tuple[tuple[int, ...], tuple[int, ...]], list[int]] = {}
        for p, person in enumerate(problem.persons):
            rules = (person.most_run, person.least_off, person.most_minutes)
            groups.setdefault((_counted(problem, p, room), rules), []).append(p)
        kinds = range(len(problem.kinds))
        for (exact, _), people in groups.items():
            batch = batch_of(problem, people, exact)
            priced = np.array([any(_scarce(problem, p, k) and k not in exact for k in kinds) for p in people])
            step = max(1, LARGEST // (batch.states * int(np.prod(batch.sizes)) * (problem.days + 1)))
            for first in range(0, len(people), step):
                at = np.arange(first, min(first + step, len(people)))
                self.batches.append((batch.take(at), priced[at]))

    def cheapest(self, price: Array, day_off: Array | None = None, only: Bools | None = None) -> Priced:
        """Cheapest lawful rosters.

        Parameters
        ----------
        price
            Of each person, day and kind; shape (P, D, S). NEVER forbids.
        day_off
            Price of each person's day off; shape (P, D).
        only
            People asked for; others keep a price of inf and a bound of 0.
        """
        number, days = price.shape[:2]
        found = Priced(np.full((number, days), OFF), np.full(number, np.inf), np.zeros(number))
        for batch, priced in self.batches:
            at = np.arange(batch.people.size) if only is None else np.flatnonzero(only[batch.people])
            if not at.size:
                continue
            some, who = batch if at.size == batch.people.size else batch.take(at), batch.people[at]
            off = None if day_off is None else day_off[who]
            asked = Asked(some, price[who], off, self.most[who], self.precision)
            one = self._of_batch(asked, any_priced=bool(priced[at].any()))
            found.rosters[who], found.values[who], found.bounds[who] = one.rosters, one.values, one.bounds
        return found

    def _of_batch(self, asked: Asked, *, any_priced: bool) -> Priced:
        who, most = asked.batch.people, asked.most
        kept = self.kind_price[who]
        rosters, values = asked.solve(kept)
        bounds, found = values - (kept * most).sum(axis=1), values < FOUND
        counts = counts_of(rosters, most.shape[1])
        wrong = ((counts > most) | ((kept > 0) & (counts < most))).any(axis=1)
        again = np.flatnonzero(wrong) if any_priced else np.zeros(0, dtype=np.int64)
        if again.size:
            mended, now = lawful(asked.take(again), kept[again], rosters[again], values[again])
            self.kind_price[who[again]] = now
            rosters[again], bounds[again] = mended.rosters, np.maximum(bounds[again], mended.bounds)
            found[again] = np.isfinite(mended.values)
        return Priced(rosters, np.where(found, asked.values(rosters), np.inf), bounds)


def _scarce(problem: Problem, p: int, kind: int) -> bool:
    """Whether the most of a kind can bind: less than the days, and than the working time allows."""
    person, unit = problem.persons[p], unit_of(problem)
    time = person.most_minutes // unit // max(1, problem.kinds[kind].minutes // unit)
    return 0 < person.most_of[kind] < min(problem.days, time)


def _counted(problem: Problem, p: int, room: int) -> tuple[int, ...]:
    """Scarce kinds that are counted exactly: those of fewest shifts, while their places leave room."""
    taken: list[int] = []
    size = 1
    for most, kind in sorted((m, k) for k, m in enumerate(problem.persons[p].most_of) if _scarce(problem, p, k)):
        if len(taken) < COUNTED and size * (most + 1) <= room:
            taken.append(kind)
            size *= most + 1
    return tuple(sorted(taken))
