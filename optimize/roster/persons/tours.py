"""Whole counts of shifts -> tours: one person's week of shifts, with daily rest kept exactly."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from optimize.roster.inputs.patterns import WEEK
from optimize.roster.inputs.shift_slot import ShiftSlot
from optimize.roster.program.budget import Limits
from optimize.roster.program.model import Model
from optimize.roster.program.problem import Problem
from optimize.roster.program.solution import require
from optimize.roster.search.rounding import working

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from optimize.roster.inputs.patterns import Pattern
    from optimize.roster.inputs.week import StaffGroup, Week
    from optimize.roster.program import Program
    from optimize.roster.program.solver import Solver

NODES = 2000
"""Branch-and-bound nodes for the tours of one staff group; the few rest violations left are repaired one by one."""


@dataclass(frozen=True)
class Tour:
    """The shifts of one person of a subgroup, in order of days."""

    staff_group: int
    subgroup: int
    shift_slots: tuple[ShiftSlot, ...]


def make_tours(
    program: Program, values: NDArray[np.float64], staff_groups: frozenset[int], solver: Solver
) -> tuple[Tour, ...]:
    """Split the counts of each of these staff groups over its patterns, so that everybody rests between shifts.

    Within one pattern people are interchangeable, and rest links neighbouring days only: sorting those who end on a day
    against those who start on the next is the best matching, so a split has no rest violation where these sorted pairs
    fit. Where the counts allow no such split, starts move later, and as a last resort a shift is dropped; a `Tour`
    never violates the rest.
    """
    tours: list[Tour] = []
    for c in sorted(staff_groups):
        staff_group, groups = program.week.staff_groups[c], _groups(program, values, c)
        split = _split(program, values, c, groups, solver)
        for group, people in groups.items():
            tours += [
                Tour(c, group.subgroup, shift_slots)
                for shift_slots in _link(program, staff_group, group, split[group], people)
            ]
    return tuple(tours)


@dataclass(frozen=True)
class PatternGroup:
    """People of a subgroup with the same pattern; `type_sequence` holds the shift type of each day, or is empty."""

    subgroup: int
    pattern: Pattern
    type_sequence: tuple[int, ...]

    def takes(self, day: int, shift_type: int) -> bool:
        """Whether they work that day with that shift type."""
        return day in self.pattern and (
            not self.type_sequence or self.type_sequence[self.pattern.index(day)] == shift_type
        )


def _groups(program: Program, values: NDArray[np.float64], c: int) -> dict[PatternGroup, int]:
    """People per subgroup, pattern and shift type sequence."""
    staff_group = program.week.staff_groups[c]
    counts = {
        PatternGroup(h, pattern, subgroup.type_sequences[p] if subgroup.type_sequences else ()): round(
            values[program.layout.pattern[c, h][p]]
        )
        for h, subgroup in enumerate(staff_group.subgroups)
        for p, pattern in enumerate(subgroup.patterns)
    }
    return {group: people for group, people in counts.items() if people and group.pattern}


def begun_by_shift_slot(program: Program, values: NDArray[np.float64], c: int) -> dict[ShiftSlot, int]:
    """People who begin each shift type of a staff group."""
    counts: dict[ShiftSlot, int] = {}
    for (staff_group, f, day), shift in sorted(program.layout.shifts.items()):
        if staff_group != c:
            continue
        before = 0
        for start, column in zip(shift.starts, shift.started, strict=True):
            now = round(values[column])
            if now > before:
                counts[ShiftSlot(day, start, f)] = now - before
            before = now
    return counts


@dataclass(frozen=True)
class _Share:
    """Columns of a group: how many of its people work each shift slot. `number` names its rows."""

    number: int
    group: PatternGroup
    people: int
    columns: dict[ShiftSlot, int]

    def on(self, day: int) -> list[tuple[ShiftSlot, int]]:
        """Columns of the shift slots of one day."""
        return [(shift_slot, z) for shift_slot, z in self.columns.items() if shift_slot.day == day]


def _split(
    program: Program, values: NDArray[np.float64], c: int, groups: dict[PatternGroup, int], solver: Solver
) -> dict[PatternGroup, dict[int, list[ShiftSlot]]]:
    """Give each group its shift slots of each day by a small integer program that minimises rest violations.

    A shift slot given to people who have not rested from the previous week, or whose leave begins before its end,
    counts as a violation too.
    """
    staff_group, begun, model = program.week.staff_groups[c], begun_by_shift_slot(program, values, c), Model("tours")
    shares = [_share(model, g, group, people, begun) for g, (group, people) in enumerate(groups.items())]
    for s, (shift_slot, people) in enumerate(begun.items()):
        takers = [(share.columns[shift_slot], 1.0) for share in shares if shift_slot in share.columns]
        model.row(f"all_{s}", takers, "==", people)
    for share in shares:
        model.add_cost(
            (z, 1.0)
            for shift_slot, z in share.columns.items()
            if not _allowed(staff_group, share.group.subgroup, shift_slot)
        )
        for day in share.group.pattern:
            model.row(f"day_{share.number}_{day}", [(z, 1.0) for _, z in share.on(day)], "==", share.people)
        _count_rest_violations(model, program.week, staff_group, share)
    given: dict[PatternGroup, dict[int, list[ShiftSlot]]] = {
        group: {day: [] for day in group.pattern} for group in groups
    }
    if not any(share.columns for share in shares):
        return given
    solution = solver.solve("tours", Problem(model), Limits(nodes=NODES))
    require(solution, f"tours of contract {staff_group.contract}")
    for share in shares:
        for shift_slot, z in share.columns.items():
            given[share.group][shift_slot.day].extend([shift_slot] * round(solution.values[z]))
    return given


def _share(model: Model, number: int, group: PatternGroup, people: int, begun: dict[ShiftSlot, int]) -> _Share:
    """Columns of the shift slots begun that a group may take."""
    columns = {
        shift_slot: model.column(f"z_{number}_{s}", 0, min(people, count), integer=True)
        for s, (shift_slot, count) in enumerate(begun.items())
        if group.takes(shift_slot.day, shift_slot.shift_type)
    }
    return _Share(number, group, people, columns)


def _count_rest_violations(model: Model, week: Week, staff_group: StaffGroup, share: _Share) -> None:
    """``#{on d: free after a'} - breach <= #{on d+1: start > a'}`` for each start a'; each violation costs 1."""
    for today, tomorrow in _neighbours(week, staff_group, share.group.pattern):
        ahead = week.size if tomorrow < today else 0
        for start in sorted({shift_slot.start for shift_slot, _ in share.on(tomorrow)}):
            tired = [
                (z, 1.0) for shift_slot, z in share.on(today) if _free_from(staff_group, shift_slot) > start + ahead
            ]
            later = [(z, -1.0) for shift_slot, z in share.on(tomorrow) if shift_slot.start > start]
            if tired:
                violation = model.column(f"w_{share.number}_{today}_{start}", 0, share.people)
                model.add_cost([(violation, 1.0)])
                model.row(f"rest_{share.number}_{today}_{start}", [*tired, *later, (violation, -1.0)], "<=", 0)


def _neighbours(week: Week, staff_group: StaffGroup, pattern: Pattern) -> list[tuple[int, int]]:
    """Consecutive working days so close that the rest after the first may reach the second."""
    days = [day for row in week.rows_of(pattern) for day in row]
    edge = [(days[-1], days[0])] if week.before is None and len(days) > 1 else []
    return [
        (day, after) for day, after in [*pairwise(days), *edge] if 0 < (after - day) % WEEK <= week.reach(staff_group)
    ]


def _free_from(staff_group: StaffGroup, shift_slot: ShiftSlot) -> int:
    """First interval in which somebody who worked `shift_slot` may work again."""
    return shift_slot.start + staff_group.shift_types[shift_slot.shift_type].length + staff_group.rest


def _link(
    program: Program, staff_group: StaffGroup, group: PatternGroup, days: dict[int, list[ShiftSlot]], people: int
) -> list[tuple[ShiftSlot, ...]]:
    """Link the shift slots of neighbouring days, earliest free to earliest start, and repair what does not fit.

    Nobody begins before the end of the rest from the previous week, or works after their leave begins.
    """
    h, pattern = group.subgroup, group.pattern
    first = staff_group.subgroups[h].first
    tours: list[list[ShiftSlot]] = [[] for _ in range(people)]
    free = [first or -program.week.size] * people
    before = -1
    for row in _opened(program.week, staff_group, pattern):
        for place, day in enumerate(row):
            if day < before:
                free = [moment - program.week.size for moment in free]
            if not place:
                opens = min(shift_slot.start for shift_slot in days[day])
                free = [moment if moment > opens else first or -program.week.size for moment in free]
            before = day
            order = sorted(range(people), key=lambda i: (free[i], i))
            for i, shift_slot in zip(order, sorted(days[day], key=lambda s: (s.start, s.shift_type)), strict=True):
                fits = shift_slot.start >= free[i] and _allowed(staff_group, h, shift_slot)
                fitting = shift_slot if fits else _nearest(staff_group, group, shift_slot, free[i])
                if fitting is not None:
                    tours[i].append(fitting)
                    free[i] = _free_from(staff_group, fitting)
    return [_closed(program.week, staff_group, tuple(sorted(tour))) for tour in tours]


def _opened(week: Week, staff_group: StaffGroup, pattern: Pattern) -> tuple[Pattern, ...]:
    """Rows of working days in turn; a circle is opened at a gap that no rest spans."""
    rows = week.rows_of(pattern)
    wide = (i for i, row in enumerate(rows) if (row[0] - rows[i - 1][-1]) % WEEK > week.reach(staff_group))
    cut = next(wide, 0) if week.before is None else 0
    return (*rows[cut:], *rows[:cut])


def _closed(week: Week, staff_group: StaffGroup, tour: tuple[ShiftSlot, ...]) -> tuple[ShiftSlot, ...]:
    """Drop the shift slot before the cut where the circle of days was opened, if it ends too late for the next one.

    Only where the week is a circle; in a line of weeks the next week sees to it when it is planned.
    """
    if week.before is not None or len(tour) < 2:
        return tour
    after = [*(shift_slot.start for shift_slot in tour[1:]), tour[0].start + week.size]
    return tuple(
        shift_slot
        for shift_slot, start in zip(tour, after, strict=True)
        if _free_from(staff_group, shift_slot) <= start
    )


def _allowed(staff_group: StaffGroup, h: int, shift_slot: ShiftSlot) -> bool:
    """Whether the rest and the leave of a subgroup allow a shift slot."""
    return staff_group.subgroups[h].allows(
        shift_slot.day, shift_slot.start, staff_group.shift_types[shift_slot.shift_type].length
    )


def _nearest(staff_group: StaffGroup, group: PatternGroup, shift_slot: ShiftSlot, free: int) -> ShiftSlot | None:
    """Return the nearest shift slot of the same day that people free from interval `free` may work, if any."""
    shift_slots = [
        ShiftSlot(shift_slot.day, start, f)
        for f, shift_type in enumerate(staff_group.shift_types)
        for start in shift_type.starts[shift_slot.day]
    ]
    fitting = [
        other
        for other in shift_slots
        if other.start >= free
        and group.takes(other.day, other.shift_type)
        and _allowed(staff_group, group.subgroup, other)
    ]
    return min(fitting, key=lambda s: (abs(s.start - shift_slot.start), s.start, s.shift_type), default=None)


def counts_of(program: Program, tours: tuple[Tour, ...], values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Column values with the starts of the tours, and with the days they drop."""
    values = values.copy()
    begun: dict[tuple[int, ShiftSlot], int] = {}
    for tour in tours:
        for shift_slot in tour.shift_slots:
            begun[tour.staff_group, shift_slot] = begun.get((tour.staff_group, shift_slot), 0) + 1
    for (c, f, day), shift in program.layout.shifts.items():
        total = 0
        for start, column in zip(shift.starts, shift.started, strict=True):
            total += begun.get((c, ShiftSlot(day, start, f)), 0)
            values[column] = total
    for (c, day), column in program.layout.dropped_days.items():
        begun_today = sum(values[s.everybody] for (cc, _, d), s in program.layout.shifts.items() if (cc, d) == (c, day))
        values[column] = working(program, values, c, day) - begun_today
    return values
