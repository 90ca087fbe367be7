"""The price of changing a published roster.

A cell is a person, a day and a start. A moved shift changes two cells (one removed, one added); an extra or a dropped
shift changes one. Starts are counted per staff group, day and start, and ``|begun - published|`` has the price: never
more cells than the named roster changes, so the bound of the program remains a bound.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

import pandas as pd

from optimize.roster.inputs.shift_slot import ShiftSlot
from optimize.roster.schedule.schedule import Schedule

if TYPE_CHECKING:
    from optimize.roster.inputs.week import StaffGroup, Subgroup, Week
    from optimize.roster.program.layout import Layout, ShiftColumns, Shifts
    from optimize.roster.program.model import Model
    from optimize.roster.schedule.shift import Shift


@dataclass(frozen=True)
class PublishedRoster:
    """Shifts of a published roster that their people can still work, and the price of changing a cell.

    `columns` are those of the program that count changes. `breaks` holds the starts of the breaks of each of these
    shifts, as intervals of the week, where they are lawful breaks of it.
    """

    shift_slots: dict[str, tuple[ShiftSlot, ...]]
    price: float
    columns: tuple[int, ...] = ()
    breaks: dict[tuple[str, ShiftSlot], tuple[int, ...]] = field(default_factory=dict)

    def begun(self, staff_group: StaffGroup) -> Counter[ShiftSlot]:
        """People of a staff group on each published shift."""
        return Counter(
            s
            for subgroup in staff_group.subgroups
            for agent in subgroup.agents
            for s in self.shift_slots.get(agent, ())
        )


def published_slots(week: Week, published: pd.DataFrame | None, price: float) -> PublishedRoster | None:
    """Read a published ``roster`` table as shifts of this week; None where nothing was published.

    A shift is left out if its person has left or is away that day, or if the contract has no shift of its start and
    length.
    """
    if published is None:
        return None
    shifts = Schedule.from_table(published, week.horizon.zone).by_agent
    shift_slots: dict[str, tuple[ShiftSlot, ...]] = {}
    breaks: dict[tuple[str, ShiftSlot], tuple[int, ...] | None] = {}
    for staff_group in week.staff_groups:
        for subgroup in staff_group.subgroups:
            for agent in subgroup.agents:
                found = [(_shift_slot(week, staff_group, shift), shift) for shift in shifts.get(agent, ())]
                kept = {s.day: (s, shift) for s, shift in found if s is not None and may_work(staff_group, subgroup, s)}
                shift_slots[agent] = tuple(sorted(shift_slot for shift_slot, _ in kept.values()))
                breaks |= {
                    (agent, shift_slot): _breaks(week, staff_group, shift_slot, shift)
                    for shift_slot, shift in kept.values()
                }
    return PublishedRoster(
        shift_slots, price, breaks={key: moments for key, moments in breaks.items() if moments is not None}
    )


def may_work(staff_group: StaffGroup, subgroup: Subgroup, shift_slot: ShiftSlot) -> bool:
    """Whether people of a subgroup may work a shift: not away that day, rested, and off work when leave begins."""
    return shift_slot.day not in subgroup.away and subgroup.allows(
        shift_slot.day, shift_slot.start, staff_group.shift_types[shift_slot.shift_type].length
    )


def _shift_slot(week: Week, staff_group: StaffGroup, shift: Shift) -> ShiftSlot | None:
    day = (shift.day - week.horizon.first).days
    start = week.horizon.index(pd.Timestamp(shift.start))
    length = (shift.end - shift.start) // timedelta(minutes=week.horizon.interval_min)
    if not 0 <= day < week.horizon.days:
        return None
    shift_types = (
        f for f, each in enumerate(staff_group.shift_types) if each.length == length and start in each.starts[day]
    )
    shift_type = next(shift_types, None)
    return None if shift_type is None else ShiftSlot(day, start, shift_type)


def _breaks(week: Week, staff_group: StaffGroup, shift_slot: ShiftSlot, shift: Shift) -> tuple[int, ...] | None:
    """Starts of the breaks of a published shift; None where its shift type has no such breaks."""
    windows = staff_group.shift_types[shift_slot.shift_type].breaks
    firsts, lasts = ([week.horizon.index(pd.Timestamp(span[side])) for span in shift.breaks] for side in (0, 1))
    lengths = [last - first for first, last in zip(firsts, lasts, strict=True)]
    alike = lengths == [break_type.length for break_type in windows.break_types]
    return tuple(firsts) if alike and windows.allow([first - shift_slot.start for first in firsts]) else None


def price_changes(model: Model, week: Week, layout: Layout, published_roster: PublishedRoster) -> tuple[int, ...]:
    """``sum price * |begun[c,d,start,length] - published[c,d,start,length]|``; returns the columns of changes.

    At a start that was not published, everybody who begins is a change; elsewhere ``more - fewer = begun - published``.
    """
    columns: list[int] = []
    counts = [_by_cell(staff_group, published_roster.begun(staff_group)) for staff_group in week.staff_groups]
    begun: dict[tuple[int, PublishedShift], list[tuple[int, float]]] = defaultdict(list)
    for (c, f, day), shift in layout.shifts.items():
        for k, start in enumerate(shift.starts):
            begun[c, (day, start, week.staff_groups[c].shift_types[f].length)] += _begun(shift, k)
    for (c, cell), terms in begun.items():
        before = counts[c].get(cell, 0)
        if not before:
            model.add_cost((column, published_roster.price * sign) for column, sign in terms)
            continue
        stem = "_".join(map(str, (c, *cell)))
        more = model.column(f"more_{stem}", 0, week.staff_groups[c].size)
        fewer = model.column(f"fewer_{stem}", 0, before)
        model.row(f"told_{stem}", [*terms, (more, -1.0), (fewer, 1.0)], "==", before)
        model.add_cost([(more, published_roster.price), (fewer, published_roster.price)])
        columns += [more, fewer]
    return tuple(columns)


PublishedShift = tuple[int, int, int]
"""Day, start and length of a published shift, in intervals."""


def _by_cell(staff_group: StaffGroup, begun: Counter[ShiftSlot]) -> Counter[PublishedShift]:
    cells: Counter[PublishedShift] = Counter()
    for shift_slot, people in begun.items():
        cells[shift_slot.day, shift_slot.start, staff_group.shift_types[shift_slot.shift_type].length] += people
    return cells


def _begun(shift: ShiftColumns, k: int) -> list[tuple[int, float]]:
    """Terms of the people who begin at the k-th start."""
    return [(shift.started[k], 1.0), *([(shift.started[k - 1], -1.0)] if k else [])]


def published_values(week: Week, layout: Layout, published_roster: PublishedRoster) -> dict[int, float] | None:
    """Pattern and start columns of the published roster as it can still be worked, to begin a search with.

    People whose days left are no pattern of theirs stay at home; None where one of them is guaranteed days.
    """
    values = dict.fromkeys((y for ys in layout.pattern.values() for y in ys), 0.0)
    begun: Counter[tuple[Shifts, int]] = Counter()
    for c, staff_group in enumerate(week.staff_groups):
        for h, subgroup in enumerate(staff_group.subgroups):
            for agent in subgroup.agents:
                shift_slots = published_roster.shift_slots.get(agent, ())
                p = subgroup.pattern_of({shift_slot.day: shift_slot.shift_type for shift_slot in shift_slots})
                if p is not None and shift_slots:
                    values[layout.pattern[c, h][p]] += 1
                    begun.update(
                        ((c, shift_slot.shift_type, shift_slot.day), shift_slot.start) for shift_slot in shift_slots
                    )
                elif subgroup.guaranteed:
                    return None
    for key, shift in layout.shifts.items():
        total = 0
        for start, column in zip(shift.starts, shift.started, strict=True):
            total += begun[key, start]
            values[column] = float(total)
    return values
