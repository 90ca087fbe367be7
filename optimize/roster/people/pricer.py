"""Cheapest lawful rosters of everybody at given prices, with a bound of each person.

Few scarce kinds are counted exactly; each counter multiplies the states. The others get a price on their shifts, found by
bisection, so that the person works no more of them than allowed (a Lagrangian: with a price the value less what all
allowed shifts would pay is a bound of the person).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from optimize.roster.people.batch import NEVER, batch_of
from optimize.roster.people.counters import unit_of
from optimize.roster.people.forward import FOUND, Forward
from optimize.roster.people.problem import OFF

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from optimize.roster.people.batch import Batch
    from optimize.roster.people.problem import Problem

    Array = NDArray[np.float64]
    Ints = NDArray[np.int64]

COUNTED = 2
"""Scarce kinds that are counted exactly for one person."""
ROOM = 16
"""Largest product of the places of those counters."""
LARGEST = 30_000_000
"""Numbers in the table of one batch."""
TRIES = 5
"""Steps of the bisection of a price on a scarce kind."""
FIRST_PRICE = 16.0
"""Price on a scarce kind to begin with."""


@dataclass(frozen=True)
class Priced:
    """The cheapest roster of each person, its price, and a bound that no roster of theirs is below.

    Shapes (n, D), (n,) and (n,); the price is inf where no lawful roster was found.
    """

    rosters: Ints
    values: Array
    bounds: Array


class Pricer:
    """Everybody in batches; prices on scarce kinds are kept from one call to the next, as they move little."""

    def __init__(self, problem: Problem, room: int = ROOM, precision: type[np.floating] = np.float32) -> None:
        self.problem, self.precision = problem, precision
        self.most = np.array([person.most_of for person in problem.persons])
        self.kind_price = np.zeros(self.most.shape)
        self.batches: list[tuple[Batch, NDArray[np.bool_]]] = []
        groups: dict[tuple[object, ...], list[int]] = {}
        for p, person in enumerate(problem.persons):
            exact = _counted(problem, p, room)
            groups.setdefault((exact, person.most_run, person.least_off, person.most_minutes), []).append(p)
        for (exact, *_), people in groups.items():
            batch = batch_of(problem, people, exact)
            priced = np.array([[_scarce(problem, p, k) and k not in exact for k in range(len(problem.kinds))] for p in people])
            step = max(1, LARGEST // (batch.states * int(np.prod(batch.sizes)) * (problem.days + 1)))
            for first in range(0, len(people), step):
                at = np.arange(first, min(first + step, len(people)))
                self.batches.append((batch.take(at), priced[at]))

    def cheapest(self, price: Array, day_off: Array | None = None, only: NDArray[np.bool_] | None = None) -> Priced:
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
            one = self._of_batch(some, priced[at], price[who], None if day_off is None else day_off[who])
            found.rosters[who], found.values[who], found.bounds[who] = one.rosters, one.values, one.bounds
        return found

    def _of_batch(self, batch: Batch, priced: NDArray[np.bool_], price: Array, day_off: Array | None) -> Priced:
        who = batch.people
        rosters, values = self._solve(batch, price, day_off, self.kind_price[who])
        bounds = values - (self.kind_price[who] * self.most[who]).sum(axis=1)
        if priced.any():
            counts = _counts(rosters, self.most.shape[1])
            kept = self.kind_price[who]
            wrong = ((counts > self.most[who]) | ((kept > 0) & (counts < self.most[who]))).any(axis=1)
            again = np.flatnonzero(wrong)
            if again.size:
                some = _Scarce(self, batch.take(again), price[again], None if day_off is None else day_off[again])
                rosters[again], better = some.search(rosters[again], values[again])
                bounds[again] = np.maximum(bounds[again], better)
                values[again] = np.where(np.isfinite(some.best), 0.0, NEVER)
        own = _values(price, day_off, rosters)
        return Priced(rosters, np.where(values < FOUND, own, np.inf), bounds)

    def _solve(self, batch: Batch, price: Array, day_off: Array | None, kind_price: Array) -> tuple[Ints, Array]:
        rosters, values = Forward(batch, price + kind_price[:, None, :], day_off, self.precision).best()
        return rosters, values


class _Scarce:
    """Bisection of the prices on scarce kinds of some people, until they work no more of them than allowed."""

    def __init__(self, pricer: Pricer, batch: Batch, price: Array, day_off: Array | None) -> None:
        self.pricer, self.batch, self.price, self.day_off = pricer, batch, price, day_off
        self.most = pricer.most[batch.people]
        self.best = np.full(batch.people.size, np.inf)

    def search(self, rosters: Ints, values: Array) -> tuple[Ints, Array]:
        """Return lawful rosters, and bounds; `best` is then the price of each, inf where none was found."""
        who, kinds = self.batch.people, self.most.shape[1]
        now = self.pricer.kind_price[who]
        low, high = np.zeros_like(now), np.full_like(now, np.nan)
        kept, bounds, tried = rosters.copy(), np.full(who.size, -np.inf), rosters
        for step in range(TRIES):
            counts = _counts(tried, kinds)
            lawful = ~(counts > self.most).any(axis=1) & (values < FOUND)
            worth = np.where(lawful, _values(self.price, self.day_off, tried), np.inf)
            better = worth < self.best
            kept[better], self.best[better] = tried[better], worth[better]
            over, under = counts > self.most, (counts <= self.most) & (now > 0)
            if step == TRIES - 1 or not (over | (under & (counts < self.most))).any():
                break
            low[over], high[under] = np.maximum(low, now)[over], now[under]
            upward = np.where(low + over > 0, np.maximum(2.0 * low, FIRST_PRICE), 0.0)
            now = np.where(np.isnan(high), upward, (low + np.nan_to_num(high)) / 2.0)
            tried, values = self.pricer._solve(self.batch, self.price, self.day_off, now)
            bounds = np.maximum(bounds, values - (now * self.most).sum(axis=1))
        self.pricer.kind_price[who] = np.nan_to_num(high)
        for n in np.flatnonzero(~np.isfinite(self.best)):
            kept[n], self.best[n] = self._few_days(int(n))
        return kept, bounds

    def _few_days(self, n: int) -> tuple[Ints, float]:
        """Last resort: a scarce kind stays open on its cheapest days only, as many as are allowed."""
        price = self.price[[n]].copy()
        for kind, most in enumerate(self.most[n]):
            if most < price.shape[1]:
                price[0, np.argsort(price[0, :, kind], kind="stable")[max(int(most), 0) :], kind] = NEVER
        off = None if self.day_off is None else self.day_off[[n]]
        rosters, values = self.pricer._solve(self.batch.take(np.array([n])), price, off, np.zeros((1, price.shape[2])))
        return rosters[0], float(_values(self.price[[n]], off, rosters)[0]) if values[0] < FOUND else np.inf


def _counts(rosters: Ints, kinds: int) -> Ints:
    return (rosters[:, :, None] == np.arange(kinds)).sum(axis=1)


def _values(price: Array, day_off: Array | None, rosters: Ints) -> Array:
    """Price of rosters without prices on scarce kinds."""
    at, day = np.nonzero(rosters != OFF)
    total = np.bincount(at, price[at, day, rosters[at, day]], len(rosters))
    return total if day_off is None else total + np.where(rosters == OFF, day_off, 0.0).sum(axis=1)


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
