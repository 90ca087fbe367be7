"""Kinds of which a person may work few, kept to their most by a price found by bisection."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from optimize.roster.people.batch import NEVER
from optimize.roster.people.forward import FOUND, Forward
from optimize.roster.people.problem import OFF

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from optimize.roster.people.batch import Batch

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


@dataclass(frozen=True)
class Asked:
    """People whose cheapest rosters are asked for: their batch, prices, and most shifts of each kind, shape (n, S)."""

    batch: Batch
    price: Array
    day_off: Array | None
    most: Ints
    precision: type[np.floating]

    def solve(self, kind_price: Array) -> tuple[Ints, Array]:
        """Cheapest rosters with prices on kinds, shape (n, S); kinds that are not counted may be worked too often."""
        price = self.price + kind_price[:, None, :]
        rosters, values = Forward(self.batch, price, self.day_off, self.precision).best()
        return rosters, values.astype(float)

    def take(self, chosen: Ints) -> Asked:
        """The same for some of the people, by their places in the batch."""
        off = None if self.day_off is None else self.day_off[chosen]
        return Asked(self.batch.take(chosen), self.price[chosen], off, self.most[chosen], self.precision)

    def values(self, rosters: Ints) -> Array:
        """Price of rosters without prices on kinds; shape (n,)."""
        at, day = np.nonzero(rosters != OFF)
        total = np.bincount(at, self.price[at, day, rosters[at, day]], len(rosters)).astype(float)
        if self.day_off is None:
            return total
        return np.asarray(total + np.where(rosters == OFF, self.day_off, 0.0).sum(axis=1))


def lawful(asked: Asked, kind_price: Array, rosters: Ints, values: Array) -> tuple[Priced, Array]:
    """Rosters with no more of any kind than allowed, and the prices on kinds they were found at.

    Parameters
    ----------
    asked
        The people.
    kind_price, rosters, values
        Prices on kinds so far, and what is cheapest at them.
    """
    bisection = _Bisection(asked, kind_price)
    kept, bounds = bisection.search(rosters, values)
    return Priced(kept, bisection.best, bounds), bisection.kind_price


class _Bisection:
    """Bisection of the prices on scarce kinds of some people, until they work no more of them than allowed."""

    def __init__(self, asked: Asked, kind_price: Array) -> None:
        self.asked, self.most, self.kind_price = asked, asked.most, kind_price
        self.best = np.full(asked.batch.people.size, np.inf)

    def search(self, rosters: Ints, values: Array) -> tuple[Ints, Array]:
        """Return lawful rosters, and bounds; `best` is then the price of each, inf where none was found."""
        kinds, now = self.most.shape[1], self.kind_price
        low, high = np.zeros_like(now), np.full_like(now, np.nan)
        kept, bounds, tried = rosters.copy(), np.full(len(rosters), -np.inf), rosters
        for step in range(TRIES):
            counts = counts_of(tried, kinds)
            lawful = ~(counts > self.most).any(axis=1) & (values < FOUND)
            worth = np.where(lawful, self.asked.values(tried), np.inf)
            better = worth < self.best
            kept[better], self.best[better] = tried[better], worth[better]
            over, under = counts > self.most, (counts <= self.most) & (now > 0)
            if step == TRIES - 1 or not (over | (under & (counts < self.most))).any():
                break
            low[over], high[under] = np.maximum(low, now)[over], now[under]
            upward = np.where(low + over > 0, np.maximum(2.0 * low, FIRST_PRICE), 0.0)
            now = np.where(np.isnan(high), upward, (low + np.nan_to_num(high)) / 2.0)
            tried, values = self.asked.solve(now)
            bounds = np.maximum(bounds, values - (now * self.most).sum(axis=1))
        self.kind_price = np.nan_to_num(high)
        for n in np.flatnonzero(~np.isfinite(self.best)):
            kept[n], self.best[n] = self._few_days(int(n))
        return kept, bounds

    def _few_days(self, n: int) -> tuple[Ints, float]:
        """Last resort: a scarce kind stays open on its cheapest days only, as many as are allowed."""
        one = self.asked.take(np.array([n]))
        price = one.price.copy()
        for kind, most in enumerate(self.most[n].tolist()):
            price[0, np.argsort(price[0, :, kind], kind="stable")[max(most, 0) :], kind] = NEVER
        rosters, values = replace(one, price=price).solve(np.zeros((1, price.shape[2])))
        return rosters[0], float(one.values(rosters)[0]) if values[0] < FOUND else np.inf


def counts_of(rosters: Ints, kinds: int) -> Ints:
    """Shifts of each kind; shape (n, S)."""
    return np.asarray((rosters[:, :, None] == np.arange(kinds)).sum(axis=1))
