"""Kinds of which a person may work few, kept to their most by a price found by bisection."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from optimize.roster.people.batch import NEVER
from optimize.roster.people.forward import FOUND
from optimize.roster.people.problem import OFF

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from optimize.roster.people.batch import Batch
    from optimize.roster.people.pricer import Pricer

    Array = NDArray[np.float64]
    Ints = NDArray[np.int64]

TRIES = 5
"""Steps of the bisection."""
FIRST_PRICE = 16.0
"""Price to begin with."""


@dataclass(frozen=True)
class Priced:
    """The cheapest roster of each person, its price, and a bound that no roster of theirs is below.

    Shapes (n, D), (n,) and (n,); the price is inf where no lawful roster was found.
    """

    rosters: Ints
    values: Array
    bounds: Array


def lawful(pricer: Pricer, batch: Batch, price: Array, day_off: Array | None, rosters: Ints, values: Array) -> Priced:
    """Rosters with no more of any kind than allowed; `rosters` and `values` are those at the prices so far."""
    bisection = _Bisection(pricer, batch, price, day_off)
    kept, bounds = bisection.search(rosters, values)
    return Priced(kept, bisection.best, bounds)


class _Bisection:
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
            counts = counts_of(tried, kinds)
            lawful = ~(counts > self.most).any(axis=1) & (values < FOUND)
            worth = np.where(lawful, values_of(self.price, self.day_off, tried), np.inf)
            better = worth < self.best
            kept[better], self.best[better] = tried[better], worth[better]
            over, under = counts > self.most, (counts <= self.most) & (now > 0)
            if step == TRIES - 1 or not (over | (under & (counts < self.most))).any():
                break
            low[over], high[under] = np.maximum(low, now)[over], now[under]
            upward = np.where(low + over > 0, np.maximum(2.0 * low, FIRST_PRICE), 0.0)
            now = np.where(np.isnan(high), upward, (low + np.nan_to_num(high)) / 2.0)
            tried, values = self.pricer.solve(self.batch, self.price, self.day_off, now)
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
        rosters, values = self.pricer.solve(self.batch.take(np.array([n])), price, off, np.zeros((1, price.shape[2])))
        return rosters[0], float(values_of(self.price[[n]], off, rosters)[0]) if values[0] < FOUND else np.inf


def counts_of(rosters: Ints, kinds: int) -> Ints:
    """Shifts of each kind; shape (n, S)."""
    return np.asarray((rosters[:, :, None] == np.arange(kinds)).sum(axis=1))


def values_of(price: Array, day_off: Array | None, rosters: Ints) -> Array:
    """Price of rosters without prices on scarce kinds; shape (n,)."""
    at, day = np.nonzero(rosters != OFF)
    total = np.bincount(at, price[at, day, rosters[at, day]], len(rosters)).astype(float)
    return total if day_off is None else np.asarray(total + np.where(rosters == OFF, day_off, 0.0).sum(axis=1))
