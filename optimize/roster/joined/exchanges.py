"""Stints and whole rows exchanged between two people of equal contract and skills, so that burdens are shared fairly.

Both take each other's days with their breaks, so cover and wages stay as they are; wishes may not cost more, and both
rows keep every rule. Only what lowers the price of fairness is kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from optimize.roster.joined.centre import Rosters
from optimize.roster.joined.fairness import Taken
from optimize.roster.joined.frame import NEVER
from optimize.roster.joined.problem import OFF
from optimize.roster.joined.screen import may_be_lawful

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

    from optimize.roster.joined.centre import Centre
    from optimize.roster.joined.pricer import Pricer
    from optimize.roster.joined.problem import Fairness

    Array = NDArray[np.float64]
    Ints = NDArray[np.int64]

ROUNDS = 12
"""Times that every pair is looked at, at most."""
TRIED = 4
"""Exchanges tried where no other number is given: examining the rules takes most of the time."""
LESS = 1e-9
"""Least fall of a price that counts; less is rounding."""


@dataclass(frozen=True)
class Span:
    """Days `first` to `last`, both included, that two people exchange."""

    first: int
    last: int


def exchanged(
    centre: Centre, pricer: Pricer, rosters: Rosters, stop: Callable[[], bool] = lambda: False, tried: int = TRIED
) -> Rosters:
    """Exchange days between people until no exchange lowers the price of fairness, or the rounds are over.

    Parameters
    ----------
    centre, pricer
        Who works, and the rules.
    rosters
        Of everybody; they are not changed.
    stop
        Asked before each pair; true ends it.
    tried
        Exchanges of a pair whose rules are examined in a round, those that lower the price most first.

    Returns
    -------
    Rosters of the same cover, at no higher cost.
    """
    fairness = centre.problem.fairness
    if fairness is None:
        return rosters
    made = _Exchanges(pricer, fairness, rosters)
    for _ in range(ROUNDS):
        found = False
        for one, other in _pairs(centre):
            if stop():
                return made.rosters
            found |= made.improve(one, other, tried)
        if not found:
            break
    return made.rosters


def _pairs(centre: Centre) -> Iterator[tuple[int, int]]:
    """Pairs of people of equal contract and skills."""
    for pair in range(len(centre.pairs)):
        yield from combinations(np.flatnonzero(centre.pair_of == pair).tolist(), 2)


class _Exchanges:
    """Rosters of everybody while days are exchanged."""

    def __init__(self, pricer: Pricer, fairness: Fairness, rosters: Rosters) -> None:
        self._pricer, self._fairness = pricer, fairness
        self._shapes, self._breaks = rosters.shapes.copy(), rosters.breaks.copy()
        self._taken = Taken(fairness, self._shapes)

    @property
    def rosters(self) -> Rosters:
        """Rosters as they are now."""
        return Rosters(self._shapes, self._breaks)

    def improve(self, one: int, other: int, tried: int) -> bool:
        """Make the best lawful exchange of two people, if one lowers the price; whether one was made."""
        rows, problem = (self._shapes[one], self._shapes[other]), self._pricer.problem
        for span in self._promising(one, other):
            new = _swapped(*rows, span)
            both = tuple(zip((one, other), new, strict=True))
            if not all(may_be_lawful(problem, *each) for each in both):
                continue
            if all(_is_lawful(self._pricer, *each) for each in both):
                return self._take(one, other, span)
            tried -= 1
            if not tried:
                break
        return False

    def _promising(self, one: int, other: int) -> list[Span]:
        """Spans of days whose exchange lowers the price and costs no more, those that lower it most first."""
        a, b = self._shapes[one], self._shapes[other]
        mine, others = self._moved(one, a, b), self._moved(other, b, a)
        (cost, closed), (others_cost, others_closed) = self._extra_cost(one, a, b), self._extra_cost(other, b, a)
        away, weight = self._taken.away(self._fairness), self._fairness.weight
        after = ((away[one] + _spans(mine)) ** 2 + (away[other] + _spans(others)) ** 2) / 2 @ weight
        fall = float((away[[one, other]] ** 2 / 2 @ weight).sum()) - after
        differs = a != b
        useful = (fall > LESS) & differs[:, None] & differs[None, :]
        useful &= (_spans(cost + others_cost) <= LESS) & (_spans(closed + others_closed) == 0)
        first, last = np.nonzero(np.triu(useful))
        order = np.argsort(-fall[first, last], kind="stable")
        return [Span(int(first[k]), int(last[k])) for k in order]

    def _moved(self, person: int, row: Ints, new: Ints) -> Array:
        """Burdens that somebody takes more of on each day with another roster; shape (D, K)."""
        of, days = self._fairness.burdens[person], np.arange(row.size)
        return np.asarray(of[days, new] - of[days, row], dtype=np.float64)

    def _extra_cost(self, person: int, row: Ints, new: Ints) -> tuple[Array, Array]:
        """What another roster costs somebody more on each day, and whether it is closed to them; shape (D,) each."""
        own, days = np.pad(self._pricer.own[person], ((0, 0), (0, 1))), np.arange(row.size)
        closed = own[days, new] >= NEVER
        return np.where(closed, 0.0, own[days, new] - own[days, row]), closed.astype(np.float64)

    def _take(self, one: int, other: int, span: Span) -> bool:
        """Exchange the days; undone where the price of everybody, whose shares wishes move, does not fall."""
        before = self._taken.price
        self._swap(one, other, span)
        if self._taken.price < before - LESS:
            return True
        self._swap(one, other, span)
        return False

    def _swap(self, one: int, other: int, span: Span) -> None:
        days, both = slice(span.first, span.last + 1), [one, other]
        for table in (self._shapes, self._breaks):
            table[both, days] = table[[other, one], days]
        for person in both:
            self._taken.put(person, self._shapes[person])


def _spans(daily: Array) -> Array:
    """Sums of every span of days, by its first and last one; shape (D, D, ...)."""
    sums = np.concatenate([np.zeros((1, *daily.shape[1:])), np.cumsum(daily, axis=0)])
    return np.asarray(sums[None, 1:] - sums[:-1, None])


def _swapped(a: Ints, b: Ints, span: Span) -> tuple[Ints, Ints]:
    one, other, days = a.copy(), b.copy(), slice(span.first, span.last + 1)
    one[days], other[days] = b[days], a[days]
    return one, other


def _is_lawful(pricer: Pricer, person: int, row: Ints) -> bool:
    """Whether a roster keeps every rule.

    It does if the cheapest roster that may work only its shapes, each worth 1, works them all.
    """
    worth = np.full(pricer.own[person].shape, -NEVER)
    on = np.flatnonzero(row != OFF)
    if (pricer.own[person][on, row[on]] >= NEVER).any():
        return False
    worth[on, row[on]] = pricer.own[person][on, row[on]] + 1.0
    found = pricer.cheapest([person], [worth])
    return bool(np.isfinite(found.values[0])) and np.array_equal(found.rosters[0], row)
