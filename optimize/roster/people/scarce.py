"""Kinds of which a person may work few, kept to their most by a price on each shift.

The cheapest roster at prices on kinds, less what all allowed shifts would pay, is a bound of the person at any prices
(Lagrange). Prices move by what a roster works above or below the most, over the distance between bound and the best
lawful roster (Polyak 1969). They are kept from one call to the next, so a step or two follows the prices of cover.
"""

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
    Bools = NDArray[np.bool_]
    Ints = NDArray[np.int64]

NEAR = 1e-2
"""Distance of bound and roster at which prices on kinds no longer move."""
FAR = 100.0
"""Distance that is taken where no lawful roster is known."""


@dataclass(frozen=True)
class Priced:
    """The cheapest roster found of each person, its price, and a bound that no roster of theirs is below.

    Shapes (n, D), (n,) and (n,); the price is inf where no lawful roster was found. `kind_price` are the prices on
    kinds that prove the bounds; shape (n, S).
    """

    rosters: Ints
    values: Array
    bounds: Array
    kind_price: Array

    def take_over(self, at: Ints, other: Priced) -> None:
        """Write the results of some people."""
        self.rosters[at], self.values[at] = other.rosters, other.values
        self.bounds[at], self.kind_price[at] = other.bounds, other.kind_price


@dataclass(frozen=True)
class Asked:
    """People whose cheapest rosters are asked for: their batch, prices, and most shifts of each kind, shape (n, S).

    Rosters are of no use unless their price is `below`, shape (n,).
    """

    batch: Batch
    price: Array
    day_off: Array | None
    most: Ints
    precision: type[np.floating]
    below: Array

    def solve(self, kind_price: Array) -> tuple[Ints, Array]:
        """Cheapest rosters with prices on kinds, shape (n, S), and bounds of those that keep to the most of each kind.

        Kinds that are not counted may be worked too often. A roster of no use is not computed: its days are below OFF.
        """
        price = self.price + kind_price[:, None, :] if kind_price.any() else self.price
        paid = (kind_price * self.most).sum(axis=1)
        rosters, values = Forward(self.batch, price, self.day_off, self.precision).best(self.below + paid)
        rosters[(values >= FOUND) | (values >= self.below + paid)] = OFF - 1
        return rosters, values.astype(float) - paid

    def take(self, chosen: Ints) -> Asked:
        """The same for some of the people, by their places in the batch."""
        off = None if self.day_off is None else self.day_off[chosen]
        return Asked(
            self.batch.take(chosen), self.price[chosen], off, self.most[chosen], self.precision, self.below[chosen]
        )

    def values(self, rosters: Ints) -> Array:
        """Price of rosters without prices on kinds; shape (n,)."""
        at, day = np.nonzero(rosters != OFF)
        total = np.bincount(at, self.price[at, day, rosters[at, day]], len(rosters)).astype(float)
        if self.day_off is None:
            return total
        return np.asarray(total + np.where(rosters == OFF, self.day_off, 0.0).sum(axis=1))


def lawful(asked: Asked, kind_price: Array, steps: int) -> tuple[Priced, Array]:
    """Rosters with no more of any kind than allowed, and the prices on kinds to begin with in the next call.

    Parameters
    ----------
    asked
        The people.
    kind_price
        Prices on kinds to begin with; 0 or more.
    steps
        Most moves of the prices.
    """
    size = len(kind_price)
    kept = Priced(
        np.full((size, asked.batch.days), OFF), np.full(size, np.inf), np.full(size, -np.inf), kind_price.copy()
    )
    now, open_ = kind_price.copy(), np.arange(size)
    for _ in range(steps):
        some = asked if open_.size == size else asked.take(open_)
        rosters, bounds = some.solve(now[open_])
        useful = rosters[:, 0] >= OFF
        higher = open_[bounds > kept.bounds[open_]]
        kept.kind_price[higher] = now[higher]
        kept.bounds[open_] = np.maximum(kept.bounds[open_], bounds)
        counts = counts_of(rosters, some.most.shape[1])
        _keep_best(some, kept, open_, _mended(some, now[open_], rosters, counts))
        excess = np.where((counts > some.most) | (now[open_] > 0.0), counts - some.most, 0)
        distance = np.where(np.isfinite(kept.values[open_]), kept.values[open_] - bounds, FAR)
        moves = (distance > NEAR) & excess.any(axis=1) & useful
        length = np.where(moves, distance / np.maximum((excess**2).sum(axis=1), 1), 0.0)
        now[open_] = np.maximum(now[open_] + length[:, None] * excess, 0.0)
        open_ = open_[moves & (kept.values[open_] - kept.bounds[open_] > NEAR)]
        if not open_.size:
            break
    return kept, now


def _keep_best(asked: Asked, kept: Priced, at: Ints, rosters: Ints) -> None:
    """Keep lawful rosters that are cheaper than those so far; a row of a missing roster is below OFF."""
    worth = np.where((rosters < OFF).any(axis=1), np.inf, asked.values(np.maximum(rosters, OFF)))
    better = worth < kept.values[at]
    kept.rosters[at[better]], kept.values[at[better]] = rosters[better], worth[better]


def _mended(asked: Asked, kind_price: Array, rosters: Ints, counts: Ints) -> Ints:
    """Rosters within all limits: where a kind is worked too often it stays open on its cheapest days only.

    First on the days it was worked on; then, as another kind may be worked too often in its place, each kind on as many
    days as are allowed. Rows of people without a roster are below OFF.
    """
    mended = rosters.copy()
    wrong = np.flatnonzero((counts > asked.most).any(axis=1))
    for every_kind in (False, True):
        if not wrong.size:
            break
        some = asked.take(wrong)
        closed = _closed(some, rosters[wrong], counts[wrong] > some.most, every_kind=every_kind)
        found, _ = replace(some, price=np.where(closed, NEVER, some.price)).solve(kind_price[wrong])
        still = np.asarray((counts_of(found, some.most.shape[1]) > some.most).any(axis=1))
        mended[wrong] = np.where(still[:, None], OFF - 1, found)
        wrong = wrong[still]
    return mended


def _closed(asked: Asked, rosters: Ints, too_many: Bools, *, every_kind: bool) -> Bools:
    """Days on which kinds are closed, shape (n, D, S): never a day that has no other way."""
    closed, fixed = np.zeros(asked.price.shape, dtype=bool), np.zeros(asked.price.shape, dtype=bool)
    if asked.day_off is not None:
        open_ = asked.price < NEVER
        fixed = open_ & (open_.sum(axis=2) == 1)[:, :, None] & (asked.day_off >= NEVER)[:, :, None]
    for n in range(len(rosters)):
        for kind in range(too_many.shape[1]) if every_kind else np.flatnonzero(too_many[n]).tolist():
            price = np.where(fixed[n, :, kind], -NEVER, asked.price[n, :, kind])
            if not every_kind:
                price = np.where(rosters[n] == kind, price, NEVER)
            closed[n, np.argsort(price, kind="stable")[max(int(asked.most[n, kind]), 0) :], kind] = True
    return closed


def counts_of(rosters: Ints, kinds: int) -> Ints:
    """Shifts of each kind; shape (n, S)."""
    return np.asarray((rosters[:, :, None] == np.arange(kinds)).sum(axis=1))
