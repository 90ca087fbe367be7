"""What may come before: from the shapes of one day to those of the next, by the rest between them.

Rest is monotone: a shape may follow all shapes that end early enough. So the least price of what may come before is a
running minimum over shapes in the order of their ends, taken once for all shapes of the next day. Forbidden successions
of bands split the next day's shapes into groups that may follow the same shapes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from optimize.roster.joined.frame import NEVER

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from optimize.roster.joined.frame import Frame

    Array = NDArray[np.floating]
    Ints = NDArray[np.int64]
    Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class _Group:
    """Shapes of the next day with the same predecessors shut by their bands."""

    columns: Ints
    shut: Mask


class Passage:
    """From some shapes of a day to some shapes of the next.

    Parameters
    ----------
    frame
        Contract and rules.
    before, after
        Shapes of the two days.
    rest
        Intervals between them.
    """

    def __init__(self, frame: Frame, before: Ints, after: Ints, rest: int) -> None:
        contract = frame.contract
        ends, latest = contract.ends[:-1, before], contract.starts[1:, after] - rest
        self._order = np.argsort(ends, axis=1, kind="stable")
        arranged = np.take_along_axis(ends, self._order, axis=1)
        self._count = (arranged[:, None, :] <= latest[:, :, None]).sum(axis=2)
        self._groups = self._folded(_groups(frame, before, after))
        self.is_open = bool(self._count.any())
        self._still = bool((self._order == self._order[:1]).all() and (self._count == self._count[:1]).all())
        self._after = after.size

    def _folded(self, groups: list[_Group]) -> list[_Group]:
        """Where all that is shut to a group ends later than what it may follow, a smaller count says the same."""
        open_, kept = np.zeros(0, dtype=int), []
        places = np.arange(self._order.shape[1])
        for group in groups:
            shut, count = group.shut[self._order], self._count[:, group.columns].max(axis=1, initial=0)
            begins = shut.argmax(axis=1) if shut.shape[1] else 0  # a contract may have no nights, or only nights
            first = np.where(shut.any(axis=1), begins, shut.shape[1])
            if (~shut & (places >= first[:, None]) & (places < count[:, None])).any():
                kept.append(group)
                continue
            self._count[:, group.columns] = np.minimum(self._count[:, group.columns], first[:, None])
            open_ = np.append(open_, group.columns)
        everything = _Group(np.sort(open_), np.zeros(self._order.shape[1], dtype=bool))
        return [everything, *kept] if open_.size else kept

    def least(self, prices: Array, days: Ints) -> Array:
        """Least price of what may come before each shape.

        Parameters
        ----------
        prices
            Of what came before; shape (..., rows, shapes before).
        days
            Day of each row that came before.
        """
        if len(self._groups) == 1 and not self._groups[0].shut.any():
            return self._least(prices, days, np.arange(self._after))
        found = np.empty((*prices.shape[:-1], self._after), dtype=prices.dtype)
        for group in self._groups:
            lawful = np.where(group.shut, prices.dtype.type(NEVER), prices)
            found[..., group.columns] = self._least(lawful, days, group.columns)
        return found

    def _least(self, prices: Array, days: Ints, columns: Ints) -> Array:
        running = np.empty((*prices.shape[:-1], prices.shape[-1] + 1), dtype=prices.dtype)
        running[..., 0] = NEVER
        if self._still:
            np.minimum.accumulate(prices[..., self._order[0]], axis=-1, out=running[..., 1:])
            return running[..., self._count[0, columns]]
        rows = np.arange(days.size)[:, None]
        np.minimum.accumulate(prices[..., rows, self._order[days]], axis=-1, out=running[..., 1:])
        return running[..., rows, self._count[days][:, columns]]


def _groups(frame: Frame, before: Ints, after: Ints) -> list[_Group]:
    bands, found = frame.contract.bands, []
    by_shut: dict[frozenset[int], list[int]] = {}
    for column, shape in enumerate(after.tolist()):
        shut = frozenset(a for a, b in frame.rules.barred if b == bands[shape])
        by_shut.setdefault(shut, []).append(column)
    for bars, columns in by_shut.items():
        found.append(_Group(np.array(columns), np.isin(bands[before], list(bars))))
    return found
