"""One shift that nobody is assigned to yet."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class ShiftSlot:
    """A shift to be worked by somebody: day, start interval, and the shift type that gives length and breaks."""

    day: int
    start: int
    shift_type: int
