"""Cheapest lawful rosters of everybody at given prices, with a bound of each person.

Few scarce kinds are counted exactly, since each counter multiplies the states. The others get a price on their shifts
(see ``scarce.py``).
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from optimize.roster.people.batch import batch_of
from optimize.roster.people.counters import unit_of
from optimize.roster.people.problem import OFF
from optimize.roster.people.scarce import Asked, Priced, lawful

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from optimize.roster.people.batch import Batch
    from optimize.roster.people.problem import Problem

    Array = NDArray[np.float64]
    Bools = NDArray[np.bool_]
    Ints = NDArray[np.int64]

COUNTED = 2
"""Scarce kinds that are counted exactly for one person."""
ROOM = 20
"""Largest product of the places of those counters."""
MANY = 6
"""Scarce kinds of one person from which all of them are priced: counters would hold few of them, and be slow."""
NEAR_MINUTES = 1440
"""People whose most working time is in the same span of so many minutes are computed together."""
COARSE, CAREFUL = 2, 20
"""Moves of prices on scarce kinds while rosters are searched, and where a bound is proved."""
LARGEST = 30_000_000
"""Numbers in the table of one batch."""


class Pricer:
    """Everybody in batches; prices on scarce kinds are kept from one call to the next, as they move little.

    Parameters
    ----------
    problem
        People and days.
    room
        Largest product of the places of counters of scarce kinds.
    precision
        Of the programme.
    """

    def __init__(self, problem: Problem, room: int = ROOM, precision: type[np.floating] = np.float32) -> None:
        self.problem, self.precision = problem, precision
        self.most = np.array([person.most_of for person in problem.persons])
        self.kind_price = np.zeros(self.most.shape)
        self.batches: list[tuple[Batch, Bools]] = []
        groups: dict[tuple[tuple[int, ...], tuple[int, ...]], list[int]] = {}
        for p, person in enumerate(problem.persons):
            counted = _counted(problem, p, room)
            unit = unit_of(problem, (p,), counted)
            rules = (person.most_run, person.least_off, person.most_minutes // NEAR_MINUTES, unit)
            groups.setdefault((counted, rules), []).append(p)
        kinds = range(len(problem.kinds))
        for (exact, _), people in groups.items():
            batch = batch_of(problem, people, exact)
            priced = np.array([any(_scarce(problem, p, k) and k not in exact for k in kinds) for p in people])
            step = max(1, LARGEST // (batch.states * int(np.prod(batch.sizes)) * (problem.days + 1)))
            for first in range(0, len(people), step):
                at = np.arange(first, min(first + step, len(people)))
                self.batches.append((batch.take(at), priced[at]))

    @property
    def work(self) -> int:
        """Numbers of all tables."""
        cells = [batch.people.size * batch.states * math.prod(batch.sizes) for batch, _ in self.batches]
        return sum(cells) * self.problem.days

    def cheapest(
        self,
        price: Array,
        day_off: Array | None = None,
        only: Bools | None = None,
        *,
        steps: int = COARSE,
        kind_price: Array | None = None,
        below: Array | None = None,
    ) -> Priced:
        """Cheapest lawful rosters.

        Parameters
        ----------
        price
            Of each person, day and kind; shape (P, D, S). NEVER forbids.
        day_off
            Price of each person's day off; shape (P, D).
        only
            People asked for; others keep a price of inf and a bound of 0.
        steps
            Most moves of the prices on scarce kinds.
        kind_price
            Prices on kinds to begin with, shape (P, S); None for those of the call before.
        below
            Price from which a roster of each person is of no use, shape (P,): none is looked for, its price is inf.
        """
        number, days = price.shape[:2]
        found = Priced(
            np.full((number, days), OFF), np.full(number, np.inf), np.zeros(number), np.zeros(self.most.shape)
        )
        for batch, priced in self.batches:
            for scarce in (False, True):
                at = np.flatnonzero((priced == scarce) & (True if only is None else only[batch.people]))
                if not at.size:
                    continue
                some, who = batch if at.size == batch.people.size else batch.take(at), batch.people[at]
                off = None if day_off is None else day_off[who]
                least = np.full(who.size, np.inf) if below is None else below[who]
                asked = Asked(some, price[who], off, self.most[who], self.precision, least)
                begin = (self.kind_price if kind_price is None else kind_price)[who]
                one, self.kind_price[who] = lawful(asked, begin, steps)
                found.take_over(who, one)
        return found


def _scarce(problem: Problem, p: int, kind: int) -> bool:
    """Whether the most of a kind can bind: less than the days, and than the working time allows."""
    person = problem.persons[p]
    time = person.most_minutes // max(1, problem.kinds[kind].minutes)
    return 0 < person.most_of[kind] < min(problem.days, time)


def _counted(problem: Problem, p: int, room: int) -> tuple[int, ...]:
    """Scarce kinds that are counted exactly: those of fewest shifts, while their places leave room."""
    taken: list[int] = []
    size = 1
    scarce = sorted((m, k) for k, m in enumerate(problem.persons[p].most_of) if _scarce(problem, p, k))
    if len(scarce) >= MANY:
        return ()
    for most, kind in scarce:
        if len(taken) < COUNTED and size * (most + 1) <= room:
            taken.append(kind)
            size *= most + 1
    return tuple(sorted(taken))
