"""Where the breaks of a shift may lie: windows, order and least distance, in one place.

Times are whole numbers of one unit, counted from the start of the shift: intervals where a roster is made, seconds
where a config is checked.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True)
class Pause:
    """A break: earliest and latest start after the shift began, and length."""

    first: int
    last: int
    length: int
    paid: bool


@dataclass(frozen=True)
class BreakRule:
    """The breaks of one kind of shift, in their order.

    Each begins inside its own window. They follow one another with at least `gap` between them, and between a break
    and either end of the shift, which is `shift` long.
    """

    shift: int
    pauses: tuple[Pause, ...]
    gap: int = 0

    @cached_property
    def earliest(self) -> tuple[int, ...]:
        """Earliest start of each break after those before it; its own window may be over by then."""
        begun, free = [], 0
        for pause in self.pauses:
            begun.append(max(pause.first, free + self.gap))
            free = begun[-1] + pause.length
        return tuple(begun)

    @cached_property
    def latest(self) -> tuple[int, ...]:
        """Latest start of each break before those after it; its own window may not be open yet."""
        begun, until = [], self.shift
        for pause in reversed(self.pauses):
            begun.append(min(pause.last, until - self.gap - pause.length))
            until = begun[-1]
        return tuple(reversed(begun))

    @property
    def blocked(self) -> int | None:
        """Number of the first break that finds no place after those before it; None where there is a placement.

        Begun as early as it can be, each break leaves most room to those after it: so there is a placement just when
        this one keeps every window and the end of the shift.
        """
        ends = (min(pause.last, self.shift - self.gap - pause.length) for pause in self.pauses)
        late = (k for k, (begun, end) in enumerate(zip(self.earliest, ends, strict=True)) if begun > end)
        return next(late, None)

    def tightened(self) -> BreakRule:
        """Return the rule with windows cut to the starts that some placement has; the placements stay the same."""
        spans = zip(self.pauses, self.earliest, self.latest, strict=True)
        return replace(self, pauses=tuple(replace(pause, first=first, last=last) for pause, first, last in spans))

    def behind(self, k: int) -> int | None:
        """Least distance from the start of the break before to that of break `k`; None where windows see to it."""
        if k == 0:
            return None
        before, apart = self.pauses[k - 1], self.pauses[k - 1].length + self.gap
        return apart if before.last + apart > self.pauses[k].first else None

    def cheapest(self, cost: Callable[[int, int], float]) -> tuple[float, tuple[int, ...]] | None:
        """Find the placement of least cost, each break as early as can be among equals; None where there is none.

        Dynamic programming over the breaks: for each moment by which a break may be over, the cheapest way to it.

        Parameters
        ----------
        cost
            ``cost(k, u)`` of break `k` begun at `u`; infinite where it may not be.
        """
        ways: list[tuple[int, float, tuple[int, ...]]] = [(0, 0.0, ())]  # ends rise, costs fall
        for k, pause in enumerate(self.pauses):
            longer: list[tuple[int, float, tuple[int, ...]]] = []
            reached = 0
            for u in range(pause.first, pause.last + 1):
                while reached < len(ways) and ways[reached][0] + self.gap <= u:
                    reached += 1
                if not reached or u + pause.length + self.gap > self.shift:
                    continue
                _, price, starts = ways[reached - 1]
                total = price + cost(k, u)
                if total < (longer[-1][1] if longer else math.inf):
                    longer.append((u + pause.length, total, (*starts, u)))
            ways = longer
        return ways[-1][1:] if ways else None
