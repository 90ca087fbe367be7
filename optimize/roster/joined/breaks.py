"""Breaks of every shape of a contract at their best prices, exactly.

Breaks are in order and `gap` apart. A running minimum over the starts of one break says what it costs at least when the
next begins at some moment, so the cheapest placement of all breaks together takes one pass over the windows.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from optimize.roster.joined.problem import Break, Contract

    Array = NDArray[np.float64]
    Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Placed:
    """Value of the time at work of each shape on each day, shape (D, S), and the starts of its breaks.

    Starts are in intervals after the shift began; shape (D, S, B), and -1 where a shape has fewer breaks.
    """

    value: Array
    breaks: Ints


@dataclass(frozen=True)
class _Kind:
    """Shapes of one length and the same breaks."""

    shapes: Ints
    length: int
    breaks: tuple[Break, ...]


class Shapes:
    """Shapes of a contract, ready to be priced.

    Parameters
    ----------
    contract
        The contract.
    intervals
        Intervals of the horizon; time after it has no price.

    Raises
    ------
    ValueError
        Breaks of a shape find no place in their order.
    """

    def __init__(self, contract: Contract, intervals: int) -> None:
        self.contract = contract
        self.most_breaks = max((len(each) for each in contract.breaks), default=0)
        self.break_lengths = np.zeros((len(contract.breaks), self.most_breaks), dtype=int)
        for s, of_shape in enumerate(contract.breaks):
            self.break_lengths[s, : len(of_shape)] = [each.length for each in of_shape]
        self._tail = max(0, int(contract.ends.max()) - intervals)
        kinds: dict[tuple[int, tuple[Break, ...]], list[int]] = {}
        for s, (length, breaks) in enumerate(zip(contract.lengths.tolist(), contract.breaks, strict=True)):
            kinds.setdefault((length, breaks), []).append(s)
        self._kinds = [_Kind(np.array(shapes), *key) for key, shapes in kinds.items()]
        for kind in self._kinds:
            _find_places(contract, kind)

    def placed(self, prices: Array, days: slice = slice(None)) -> Placed:
        """Place all breaks at prices of the intervals, shape (T,), on all days or some."""
        sums = np.concatenate([[0.0], np.cumsum(np.concatenate([prices, np.zeros(self._tail)]))])
        starts = self.contract.starts[days]
        value, breaks = np.empty(starts.shape), np.full((*starts.shape, self.most_breaks), -1)
        for kind in self._kinds:
            begin = starts[:, kind.shapes]
            lost, at = self._breaks(kind, begin, sums)
            value[:, kind.shapes] = sums[begin + kind.length] - sums[begin] - lost
            if kind.breaks:
                breaks[:, kind.shapes, : len(kind.breaks)] = at
        return Placed(value, breaks)

    def _breaks(self, kind: _Kind, begin: Ints, sums: Array) -> tuple[Array, Ints]:
        """Price of the cheapest breaks, and where they begin."""
        gap, earliest = self.contract.gap, 0
        tables: list[tuple[int, Array]] = []
        so_far: Array | None = None
        for number, each in enumerate(kind.breaks):
            first = max(each.first, gap if number == 0 else earliest)
            last = min(each.last, kind.length - each.length - gap)
            moments = np.arange(first, last + 1)
            during = sums[each.length :] - sums[: len(sums) - each.length]
            price = during[begin[..., None] + moments]
            if so_far is not None:
                before = kind.breaks[number - 1]
                reach = np.minimum(moments - before.length - gap - tables[-1][0], so_far.shape[-1] - 1)
                price = price + np.minimum.accumulate(so_far, axis=-1)[..., reach]
            tables.append((first, price))
            so_far, earliest = price, first + each.length + gap
        if so_far is None:
            return np.zeros(begin.shape), np.zeros((*begin.shape, 0), dtype=np.int64)
        return so_far.min(axis=-1), self._traced(kind, tables)

    def _traced(self, kind: _Kind, tables: list[tuple[int, Array]]) -> Ints:
        """Read the starts back, from the last break to the first."""
        found: list[Ints] = []
        for number in range(len(tables) - 1, -1, -1):
            first, price = tables[number]
            if found:
                latest = found[-1] - kind.breaks[number].length - self.contract.gap - first
                price = np.where(np.arange(price.shape[-1]) <= latest[..., None], price, np.inf)
            found.append(first + price.argmin(axis=-1))
        return np.stack(found[::-1], axis=-1)


def _find_places(contract: Contract, kind: _Kind) -> None:
    """Begin each break as early as it can be: if one then comes too late, there is no placement."""
    begun = contract.gap
    for number, each in enumerate(kind.breaks):
        begun = max(begun, each.first)
        if begun > min(each.last, kind.length - each.length - contract.gap):
            raise ValueError(
                f"break {number + 1} of a shape of {kind.length} intervals in contract {contract.name} finds no place; "
                "widen its window, or shorten the breaks or the gap between them"
            )
        begun += each.length + contract.gap
