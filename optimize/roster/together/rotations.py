"""Rotations -> which cells of a person's days are allowed, or what they cost; a free phase is a choice."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from configs.rules.person import RotationLimit
    from optimize.roster.together.calendar import Calendar

    Mask = NDArray[np.bool_]


def phases(limit: RotationLimit, calendar: Calendar) -> tuple[int, ...]:
    """Phases that all earlier days known agree with; all of them where there is none."""
    if limit.phase is not None:
        return (limit.phase,)
    every = tuple(range(len(limit.days)))
    earlier = range(calendar.past.known, 0)
    going = tuple(phase for phase in every if _agree(limit, calendar, phase, earlier))
    return going or every


def _agree(limit: RotationLimit, calendar: Calendar, phase: int, days: Iterable[int]) -> bool:
    return all(calendar.was(day, _word(limit, day, phase)) for day in days if day not in calendar.leave)


def cells(limit: RotationLimit, calendar: Calendar, phase: int) -> Mask:
    """What the pattern asks of every planned day; anything on a day of leave; shape (D, S + 1)."""
    found = [
        np.ones(len(calendar.shapes.clock) + 1, dtype=bool)
        if day in calendar.leave
        else calendar.cells(day, _word(limit, day, phase))
        for day in range(calendar.days)
    ]
    return np.stack(found)


def _word(limit: RotationLimit, day: int, phase: int) -> str:
    return limit.days[(day + phase) % len(limit.days)] or "off"
