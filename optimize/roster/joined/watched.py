"""Rules that look at a whole roster of one person, as sums over days and as choices between patterns of days.

The tables of `stints` and `chain` do not know these rules. A roster that breaks one says in which ways it can be
mended: every way is a mask of what is allowed on each day, and every roster that keeps the rule fits one of them.
`branching` tries them. The last column of masks and weights is a day off, which `OFF` = -1 finds.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Mask = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Tally:
    """A sum over groups of days with its limits; of the days of a group the largest weight counts.

    Parameters
    ----------
    groups
        Days; mostly one in a group, or the days of a weekend.
    weights
        Of each shape, and of a day off, on each of these days in order; shape (days of all groups, S + 1).
    least, most
        Limits of the sum.
    price
        Of a unit outside the limits; None where they are hard.
    """

    groups: tuple[tuple[int, ...], ...]
    weights: Ints
    least: int
    most: int
    price: float | None = None

    def binds(self) -> bool:
        """Whether some days could break it."""
        starts = np.cumsum([0, *(len(group) for group in self.groups[:-1])])
        lowest = int(np.maximum.reduceat(self.weights.min(axis=1), starts).sum())
        highest = int(np.maximum.reduceat(self.weights.max(axis=1), starts).sum())
        return lowest < self.least or highest > self.most


@dataclass(frozen=True, eq=False)
class Choice:
    """Patterns of which a roster must fit one; shape (patterns, D, S + 1)."""

    allowed: Mask

    def is_kept(self, roster: Ints) -> bool:
        """Whether some pattern allows every day of a roster."""
        return bool(self.allowed[:, np.arange(roster.size), roster].all(axis=1).any())


@dataclass(frozen=True, eq=False)
class Watched:
    """The rules of a person that look at a whole roster.

    Parameters
    ----------
    days
        Days of the horizon.
    tallies
        Sums with limits, one or more; those with a price are soft.
    choices
        Patterns, all hard.
    """

    days: int
    tallies: tuple[Tally, ...]
    choices: tuple[Choice, ...] = ()

    @cached_property
    def has_prices(self) -> bool:
        """Whether any of them has a price."""
        return any(each.price is not None for each in self.tallies)

    def broken(self, roster: Ints) -> int:
        """Units by which a roster is outside hard limits, and choices of which it fits no pattern."""
        outside = int(self._outside(roster)[~self._is_soft].sum()) if self.tallies else 0
        return outside + sum(not each.is_kept(roster) for each in self.choices)

    def price(self, roster: Ints) -> float:
        """What a roster costs by the rules with a price."""
        return float(self._outside(roster) @ self._prices) if self.has_prices else 0.0

    def ways(self, roster: Ints) -> list[Mask]:
        """Masks of shape (D, S + 1): any roster that is better by what this one breaks fits one of them.

        A hard rule comes before those with a price; of hard sums the one with the fewest ways.
        """
        for choice in self.choices:
            if not choice.is_kept(roster):
                return list(choice.allowed)
        found = self._outside(roster) if self.tallies else np.zeros(0, dtype=np.int64)
        hard = np.flatnonzero((found > 0) & ~self._is_soft) if self.tallies else found
        if hard.size:
            return min((self._mended(int(k), roster) for k in hard.tolist()), key=len)
        return [way for k in np.flatnonzero(found > 0).tolist() for way in self._mended(k, roster)]

    def _mended(self, number: int, roster: Ints) -> list[Mask]:
        """One way for each group: less, or more, than now on its days."""
        tally, first, ways = self.tallies[number], 0, []
        too_much = self._amounts(roster)[number] > tally.most
        columns = tally.weights.shape[1]
        for group in tally.groups:
            rows = tally.weights[first : first + len(group)]
            first += len(group)
            now = int(rows[np.arange(len(group)), roster[list(group)]].max())
            if too_much and now > 0:
                way = np.ones((self.days, columns), dtype=bool)
                way[list(group)] = rows < now
                ways.append(way)
            elif not too_much:
                ways += self._raised(group, rows, now)
        return ways

    def _raised(self, group: tuple[int, ...], rows: Ints, now: int) -> list[Mask]:
        """Each way has more on one day of a group."""
        ways = []
        for day, weights in zip(group, rows, strict=True):
            if (weights > now).any():
                way = np.ones((self.days, weights.size), dtype=bool)
                way[day] = weights > now
                ways.append(way)
        return ways

    def _outside(self, roster: Ints) -> Ints:
        amounts = self._amounts(roster)
        outside: Ints = np.maximum(amounts - self._most, 0) + np.maximum(self._least - amounts, 0)
        return outside

    def _amounts(self, roster: Ints) -> Ints:
        weights, days, groups, begins = self._flat
        each = weights[np.arange(days.size), roster[days]]
        amounts: Ints = np.add.reduceat(np.maximum.reduceat(each, groups), begins)
        return amounts

    @cached_property
    def _flat(self) -> tuple[Ints, Ints, Ints, Ints]:
        """Weights and days of all tallies on end; first row of each group, and first group of each tally."""
        groups = [group for tally in self.tallies for group in tally.groups]
        return (
            np.concatenate([tally.weights for tally in self.tallies]),
            np.array([day for group in groups for day in group]),
            _begins([len(group) for group in groups]),
            _begins([len(tally.groups) for tally in self.tallies]),
        )

    @cached_property
    def _least(self) -> Ints:
        return np.array([each.least for each in self.tallies])

    @cached_property
    def _most(self) -> Ints:
        return np.array([each.most for each in self.tallies])

    @cached_property
    def _is_soft(self) -> Mask:
        return np.array([each.price is not None for each in self.tallies])

    @cached_property
    def _prices(self) -> NDArray[np.float64]:
        return np.array([each.price or 0.0 for each in self.tallies])


def _begins(lengths: Sequence[int]) -> Ints:
    return np.cumsum([0, *lengths[:-1]])
