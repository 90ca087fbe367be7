"""What a repair is asked: who is absent when, and which shifts may not change."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    import pandas as pd


@dataclass(frozen=True)
class Absence:
    """Somebody is absent from `start` up to `end`, moments with a zone, in addition to the leave that was planned."""

    agent: str
    start: pd.Timestamp
    end: pd.Timestamp


@dataclass(frozen=True)
class Locked:
    """Shifts that stay as they are.

    Parameters
    ----------
    cells
        A person and a local day, or None for their whole week: nothing there is changed, dropped or added.
    shifts
        Whether every published shift of people who are there stays; they may then only get further shifts.
    """

    cells: frozenset[tuple[str, date | None]] = frozenset()
    shifts: bool = False

    def holds(self, agent: str, day: date) -> bool:
        """Whether a day of a person is locked."""
        return (agent, None) in self.cells or (agent, day) in self.cells


@dataclass(frozen=True)
class Question:
    """Absences, and what is locked."""

    absences: tuple[Absence, ...]
    locked: Locked = field(default_factory=Locked)
