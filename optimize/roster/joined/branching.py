"""The cheapest roster of one person under rules that look at whole rosters, by branch and bound.

The tables give the cheapest roster under masks. Where it breaks a watched rule, each way to mend it is one more mask;
every roster that keeps the rule fits one of the ways, so the cheapest of all is among them, and best first finds it.
While searching, a few ways a step are tried, those that lose least of the roster at hand.
"""

from __future__ import annotations

import heapq
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from optimize.roster.joined.frame import NEVER

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from optimize.roster.joined.watched import Watched

    Array = NDArray[np.floating]
    Ints = NDArray[np.int64]
    Mask = NDArray[np.bool_]
    Solve = Callable[[list[Mask]], tuple[Ints, NDArray[np.float64]]]


@dataclass(frozen=True)
class Patience:
    """How far branching goes.

    Parameters
    ----------
    steps
        Rosters that are mended at most. Where none of them is lawful, only the cheapest way is followed from there.
    ways
        Ways tried for each; None for all, as every bound needs it.
    """

    steps: int
    ways: int | None


FOLLOWED = 40
"""Steps along the cheapest way at most."""
SEARCHING = Patience(6, 4)
"""While rosters are sought."""
PROVING = Patience(12, None)
"""Where a bound is proven."""


@dataclass(frozen=True)
class Settled:
    """The cheapest roster found and its price, and a price that no roster which keeps the rules is below.

    Where no lawful one was found the roster is that without watched rules; the recount of rules names what it breaks.
    """

    roster: Ints
    value: float
    bound: float


def settled(solve: Solve, price: Array, watched: Watched, roster: Ints, value: float, patience: Patience) -> Settled:
    """Mend a roster.

    Parameters
    ----------
    solve
        Cheapest rosters and their prices under each of some masks of shape (D, S + 1).
    price
        Of each shape on each day, for the order in which ways are tried; shape (D, S).
    watched
        The rules.
    roster, value
        The cheapest roster without them.
    patience
        How far to go.
    """
    tree = _Tree(solve, price, watched, patience.ways)
    everything = np.ones((price.shape[0], price.shape[1] + 1), dtype=bool)
    tree.add([everything], [roster], [value])
    for _ in range(patience.steps):
        if not tree.grows:
            break
        tree.mend(tree.cheapest())
    bound = min(tree.value, tree.open[0][0] if tree.open else np.inf)
    for _ in range(FOLLOWED):
        if not tree.grows or np.isfinite(tree.value):
            break
        node, tree.open = tree.cheapest(), []
        tree.mend(node)
    if not np.isfinite(tree.value):
        return Settled(roster, value, value)
    return Settled(tree.roster, tree.value, bound)


Node = tuple[float, int, "Mask", "Ints"]
"""Price, number, mask, and the cheapest roster under it."""


class _Tree:
    """Masks still to be mended, cheapest first, and the cheapest lawful roster so far."""

    def __init__(self, solve: Solve, price: Array, watched: Watched, ways: int | None) -> None:
        self._solve, self._watched, self._ways = solve, watched, ways
        self._price = np.concatenate([price, np.zeros((len(price), 1), dtype=price.dtype)], axis=1)
        self._number = 0
        self.open: list[Node] = []
        self.roster, self.value = np.zeros(0, dtype=np.int64), np.inf

    @property
    def grows(self) -> bool:
        """Whether a mask is left that may hold something cheaper."""
        return bool(self.open) and self.open[0][0] < self.value

    def cheapest(self) -> Node:
        """Take the mask of the least price."""
        return heapq.heappop(self.open)

    def add(self, masks: list[Mask], rosters: Sequence[Ints], values: Sequence[float]) -> None:
        """Add masks with their cheapest rosters; what is lawful may be the best."""
        for mask, roster, value in zip(masks, rosters, values, strict=True):
            if value >= NEVER / 2:
                continue
            whole = value + self._watched.price(roster)
            if whole < self.value and not self._watched.broken(roster):
                self.roster, self.value = roster, whole
            self._number += 1
            heapq.heappush(self.open, (float(value), self._number, mask, roster))

    def mend(self, node: Node) -> None:
        """Try the ways to mend a roster; one that breaks nothing has none."""
        _, _, mask, roster = node
        ways = [mask & way for way in self._few(roster, self._watched.ways(roster))]
        if ways:
            rosters, values = self._solve(ways)
            self.add(ways, list(rosters), values.tolist())

    def _few(self, roster: Ints, ways: list[Mask]) -> list[Mask]:
        """The ways that lose least: on each day they change, the price of the best that they allow."""
        if self._ways is None or len(ways) <= self._ways:
            return ways
        days = np.arange(roster.size)
        now = self._price[days, roster]
        lost = [float((np.where(way, self._price, NEVER).min(axis=1) - now)[~way[days, roster]].sum()) for way in ways]
        return [ways[k] for k in np.argsort(lost, kind="stable")[: self._ways].tolist()]
