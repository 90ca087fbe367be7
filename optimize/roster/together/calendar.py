"""The days of one person, planned and earlier, as the cells that rules speak of: shapes of a kind, and days off."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from optimize.roster.joined.watched import Tally

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from configs.horizon import Horizon
    from optimize.roster.together.past import Past
    from optimize.roster.together.shapes import Shapes

    Ints = NDArray[np.int64]
    Mask = NDArray[np.bool_]
    Item = tuple[int, Mask, bool]

WEEK = 7


@dataclass(frozen=True)
class Calendar:
    """Planned days from 0 on, and earlier ones below it, for one person.

    Masks and weights of a day have a column for each shape and a last one for a day off.
    """

    horizon: Horizon
    shapes: Shapes
    past: Past

    @property
    def days(self) -> int:
        """Planned days."""
        return self.horizon.days

    @property
    def leave(self) -> frozenset[int]:
        """Days, planned or earlier, that leave takes whole."""
        return self.past.leave

    def cells(self, day: int, *words: str) -> Mask:
        """What of a planned day is "off", "work" or of a kind, for any of some words; shape (S + 1,)."""
        weekday, wanted = self.horizon.date(day).weekday(), set(words)
        work = [bool("work" in wanted or wanted & each[weekday]) for each in self.shapes.kinds]
        return np.array([*work, "off" in wanted])

    def was(self, day: int, *words: str) -> bool:
        """Whether an earlier day that is known was any of some words."""
        return any(self.past.is_day(day, word) for word in words)

    def item(self, day: int, *words: str, but: bool = False) -> Item:
        """A day with what it is, or with `but` is not: part of a pattern for `forbidden`."""
        if day >= 0:
            return day, self.cells(day, *words) ^ but, True
        return day, np.zeros(0, dtype=bool), self.was(day, *words) ^ but

    def forbidden(self, pattern: Sequence[Item], price: float | None = None) -> list[Tally]:
        """Sums that break where all days of a pattern are as it says; none where earlier days already differ."""
        planned = [(day, mask) for day, mask, _ in pattern if day >= 0]
        unknown = any(not self.past.known <= day < self.days for day, _, _ in pattern)
        if unknown or not planned or not all(is_so for _, _, is_so in pattern):
            return []
        weights = np.stack([mask for _, mask in planned]).astype(np.int64)
        return [Tally(tuple((day,) for day, _ in planned), weights, 0, len(planned) - 1, price)]
