"""Who works at other times: two rosters held against each other, a cell for each agent and day.

Rosters of different weeks are compared weekday by weekday, by local clock time.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from reports.shifts import ShiftLine

    Cells = Mapping[tuple[str, int], tuple[str, ...]]


@dataclass(frozen=True)
class CellChange:
    """One agent and day: the shifts before and after, such as ``06:30-15:00``; empty where there is none."""

    agent: str
    name: str
    day: int
    before: str
    after: str


@dataclass(frozen=True)
class PeopleChange:
    """The roster `other` against the roster `base`: cells that differ, agents they belong to.

    `cells` counts agent-days on which anybody of the two rosters works; `day` 0 is the first day of each plan.
    """

    base: str
    other: str
    cells: int
    changes: tuple[CellChange, ...]

    @property
    def people(self) -> int:
        """Agents with at least one changed day."""
        return len({change.agent for change in self.changes})

    @property
    def added(self) -> int:
        """Agent-days that are worked now and were not."""
        return sum(1 for change in self.changes if not change.before)

    @property
    def dropped(self) -> int:
        """Agent-days that were worked and are not now."""
        return sum(1 for change in self.changes if not change.after)

    @property
    def moved(self) -> int:
        """Agent-days worked in both rosters, at other times."""
        return len(self.changes) - self.added - self.dropped


@dataclass(frozen=True)
class Sheet:
    """A roster to compare: its name, the first day of its plan, its shifts."""

    label: str
    first: date
    shifts: Sequence[ShiftLine]


def people_change(base: Sheet, other: Sheet) -> PeopleChange:
    """Hold one roster against another."""
    before, after = _cells(base), _cells(other)
    names = {shift.agent: shift.name for sheet in (base, other) for shift in sheet.shifts}
    keys = sorted(before.keys() | after.keys())
    changes = tuple(
        CellChange(
            agent, names[agent], day, ", ".join(before.get((agent, day), ())), ", ".join(after.get((agent, day), ()))
        )
        for agent, day in keys
        if before.get((agent, day)) != after.get((agent, day))
    )
    return PeopleChange(base.label, other.label, len(keys), changes)


def _cells(sheet: Sheet) -> Cells:
    found: dict[tuple[str, int], tuple[str, ...]] = {}
    for shift in sorted(sheet.shifts, key=lambda one: (one.agent, one.start)):
        key = (shift.agent, (shift.date - sheet.first).days)
        found[key] = (*found.get(key, ()), shift.clocks)
    return found
