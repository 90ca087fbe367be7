"""A shift without a name."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class ShiftSlot:
    """One shift without a name yet: day, start interval, and the family that gives length and breaks."""

    day: int
    start: int
    shift_type: int
