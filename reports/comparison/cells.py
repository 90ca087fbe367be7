"""Who works at different times: two rosters compared, a cell for each agent and day.

Rosters of different weeks are compared weekday by weekday, by local clock time.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
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
    """The roster `other` compared with the roster `base`: cells that differ, agents they belong to.

    `cells` counts agent-days on which anybody of the two rosters works; `day` 0 is the first day of each plan. In one
    week `rested` has the days of the same shifts with other breaks or activities; from week to week they always move.
    """

    base: str
    other: str
    cells: int
    changes: tuple[CellChange, ...]
    rested: tuple[CellChange, ...] = ()

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
    """Compare one roster with another."""
    names = {shift.agent: shift.name for sheet in (base, other) for shift in sheet.shifts}
    sheets = (base, other)
    before, after = (_cells(sheet, lambda shift: shift.clocks) for sheet in sheets)
    changes = tuple(_differing(before, after, names))
    rested: tuple[CellChange, ...] = ()
    if base.first == other.first:
        moved = {(change.agent, change.day) for change in changes}
        was, now = (_cells(sheet, lambda shift: shift.with_breaks) for sheet in sheets)
        rested = tuple(each for each in _differing(was, now, names) if (each.agent, each.day) not in moved)
    return PeopleChange(base.label, other.label, len(before.keys() | after.keys()), changes, rested)


def _differing(before: Cells, after: Cells, names: Mapping[str, str]) -> Iterator[CellChange]:
    for agent, day in sorted(before.keys() | after.keys()):
        was, now = (", ".join(cells.get((agent, day), ())) for cells in (before, after))
        if was != now:
            yield CellChange(agent, names[agent], day, was, now)


def _cells(sheet: Sheet, write: Callable[[ShiftLine], str]) -> Cells:
    found: dict[tuple[str, int], tuple[str, ...]] = {}
    for shift in sorted(sheet.shifts, key=lambda one: (one.agent, one.start.timestamp())):
        key = (shift.agent, (shift.date - sheet.first).days)
        found[key] = (*found.get(key, ()), write(shift))
    return found
