"""The rule that breaks of a shift keep: windows, order and least distance, stated in one place.

Times are whole numbers of one unit, counted from the start of the shift: intervals where a roster is made, seconds
where a config is checked. `optimize.roster.schedule.break_windows` works out which starts the rule leaves.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True)
class BreakType:
    """A break: earliest and latest start after the shift began, and length."""

    first: int
    last: int
    length: int
    paid: bool

    @property
    def moves(self) -> bool:
        """Whether the window leaves a choice."""
        return self.first < self.last


@dataclass(frozen=True)
class BreakRule:
    """The breaks of one shift type, in their order.

    Each begins inside its own window. They follow one another with at least `gap` between them, and between a break
    and either end of the shift, which is `shift` long.
    """

    shift: int
    break_types: tuple[BreakType, ...]
    gap: int = 0

    @cached_property
    def apart(self) -> tuple[int, ...]:
        """Least distance from each start to the next: of the shift, of every break in order, and the end of the shift.

        The breaks are in order and `gap` apart just when their starts keep these distances.
        """
        return tuple(length + self.gap for length in (0, *(break_type.length for break_type in self.break_types)))

    @cached_property
    def earliest(self) -> tuple[int, ...]:
        """Earliest start of each break after those before it; its own window may be over by then."""
        begun, at = [], 0
        for break_type, apart in zip(self.break_types, self.apart, strict=False):
            at = max(break_type.first, at + apart)
            begun.append(at)
        return tuple(begun)

    @cached_property
    def latest(self) -> tuple[int, ...]:
        """Latest start of each break before those after it; its own window may not be open yet."""
        begun, at = [], self.shift
        for break_type, apart in zip(reversed(self.break_types), reversed(self.apart), strict=False):
            at = min(break_type.last, at - apart)
            begun.append(at)
        return tuple(reversed(begun))

    @property
    def blocked(self) -> int | None:
        """Number of the first break that finds no place after those before it; None where there is a placement.

        Begun as early as it can be, each break leaves most room to those after it: so there is a placement just when
        this one keeps every window and the end of the shift.
        """
        ends = (
            min(break_type.last, self.shift - apart)
            for break_type, apart in zip(self.break_types, self.apart[1:], strict=True)
        )
        late = (k for k, (begun, end) in enumerate(zip(self.earliest, ends, strict=True)) if begun > end)
        return next(late, None)
