"""Burdens shared fairly: their price, and what it adds to the shapes of one person while the others stay.

The price of a person is convex, `weight x (taken - share)^2 / 2` for each burden, and never below 0, so a bound of the
money holds with this price too. A person is priced with what each burden costs at the margin of what they take now; the
roster found is kept only if it costs less than before at the true price.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from optimize.roster.joined.problem import OFF

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from optimize.roster.joined.pricer import Pricer
    from optimize.roster.joined.problem import Fairness

    Array = NDArray[np.float64]
    Ints = NDArray[np.int64]


class Taken:
    """What everybody takes, kept up to date while rosters change.

    Parameters
    ----------
    fairness
        What is shared; None for nothing.
    shapes
        Shape of each person on each day; shape (P, D).
    """

    def __init__(self, fairness: Fairness | None, shapes: Ints) -> None:
        self._of = fairness
        if fairness is not None:
            self._taken = np.array([_count(fairness, person, row) for person, row in enumerate(shapes)])

    def put(self, person: int, row: Ints) -> None:
        """Note what somebody works now; shape (D,)."""
        if self._of is not None:
            self._taken[person] = _count(self._of, person, row)

    @property
    def price(self) -> float:
        """Price of what everybody takes."""
        return 0.0 if self._of is None else float((self.away(self._of) ** 2 / 2 @ self._of.weight).sum())

    def away(self, fairness: Fairness) -> Array:
        """What everybody takes beyond their share; shape (P, K)."""
        return np.asarray(fairness.balance + self._taken - self._taken.sum(axis=0) * fairness.part)

    def cheapest(self, pricer: Pricer, person: int, worth: Array, now: Ints) -> Ints:
        """Cheapest roster of a person with the price of what they take; the one they have now if that costs no more.

        Parameters
        ----------
        pricer, person, worth
            As of `Pricer.cheapest`.
        now
            What they work now; shape (D,).
        """
        if self._of is None:
            return np.asarray(pricer.cheapest([person], [worth]).rosters[0])
        margin = self._of.burdens[person] @ (self._of.weight * self.away(self._of)[person])
        of_shapes, of_day_off = margin[:, :-1], margin[:, -1:]
        found = np.asarray(pricer.cheapest([person], [worth - of_shapes + of_day_off]).rosters[0])
        if (now == OFF).all():
            return found
        net = worth - pricer.own[person]
        return found if self._value(self._of, person, net, found) > self._value(self._of, person, net, now) else now

    def _value(self, fairness: Fairness, person: int, net: Array, row: Ints) -> float:
        """What a roster is worth beyond its own cost and the price of what it takes."""
        on = np.flatnonzero(row != OFF)
        away = self.away(fairness)[person] - self._taken[person] + _count(fairness, person, row)
        return float(net[on, row[on]].sum() - away**2 / 2 @ fairness.weight)


def _count(fairness: Fairness, person: int, row: Ints) -> Array:
    """Burdens of a roster; shape (K,)."""
    return np.asarray(fairness.burdens[person][np.arange(row.size), row].sum(axis=0), dtype=np.float64)
