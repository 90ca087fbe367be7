"""Small staff groups searched person by person, where counts cannot guarantee everybody's rest.

Rows of rest compare counts over all patterns, so counts may satisfy them that no people can work; this happens more
often the more days a rest spans. The week is then searched again with a column for every person and shift of the small
staff groups. Its bound holds for all rosters, like that of the counts, and is never lower.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from optimize.roster.inputs.shift_slot import ShiftSlot
from optimize.roster.persons.minimal_change_tours import one_pattern, rest_of_one
from optimize.roster.persons.tours import Tour, counts_of, make_tours
from optimize.roster.program import build
from optimize.roster.program.budget import Limits
from optimize.roster.program.problem import Problem
from optimize.roster.program.published import may_work
from optimize.roster.search.neighbourhood_search import whole_numbers

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from optimize.roster.inputs.week import Week
    from optimize.roster.program import Program
    from optimize.roster.program.solver import Solver

FEW = 12
"""People of a staff group up to which each person has columns."""
MOST = 2000
"""Integer columns up to which the week is searched person by person."""
NODES = 2000
"""Branch-and-bound nodes for a week of small staff groups; ten times what the weeks tried so far need."""
HALF = 0.5
"""Threshold between 0 and 1, clear of the solver's tolerance."""


@dataclass(frozen=True)
class Persons:
    """What a search person by person found: values of the columns of the program, and tours of the small staff groups.

    Both are empty where the search found nothing; `bound` holds for all weeks the program lists.
    """

    values: NDArray[np.float64]
    tours: tuple[Tour, ...]
    bound: float


@dataclass(frozen=True)
class _Person:
    """Columns of one person: `shifts` they may work, and `patterns` of their subgroup."""

    shifts: dict[ShiftSlot, int]
    patterns: list[int]


def people_can_work(program: Program, values: NDArray[np.float64], solver: Solver) -> bool:
    """Whether tours of the small staff groups can work all shifts counted for them."""
    small = _small_groups(program.week)
    tied = counts_of(program, make_tours(program, values, small, solver), values) if small else values
    return all(
        round(values[column]) == round(tied[column])
        for (c, _, _), shift in program.layout.shifts.items()
        if c in small
        for column in shift.started
    )


def _small_groups(week: Week) -> frozenset[int]:
    """Numbers of the staff groups with few people."""
    return frozenset(c for c, staff_group in enumerate(week.staff_groups) if staff_group.size <= FEW)


def search_persons(program: Program, solver: Solver) -> Persons | None:
    """Search the week with columns for each person of the small staff groups; None where those are too many."""
    if program.model.integers > MOST:
        return None
    extended = build(program.week, program.published_roster)
    people: dict[tuple[int, int], list[_Person]] = {}
    for c in sorted(_small_groups(program.week)):
        staff_group = program.week.staff_groups[c]
        own = {h: _people(extended, c, h) for h in range(len(staff_group.subgroups))}
        _add_up(extended, c, own)
        people |= {(c, h): each for h, each in own.items()}
    if extended.model.integers > MOST:
        return None
    limits = Limits(gap=solver.budget.gap, nodes=NODES)
    solution = solver.solve("person-by-person", Problem(extended.model), limits)
    if not solution.found:
        return Persons(solution.values, (), solution.bound)
    weeks = [
        Tour(c, h, tuple(sorted(shift_slot for shift_slot, z in person.shifts.items() if solution.values[z] > HALF)))
        for (c, h), each in people.items()
        for person in each
    ]
    values = whole_numbers(program, solution.values[: program.model.columns])
    return Persons(values, tuple(tour for tour in weeks if tour.shift_slots), solution.bound)


def _people(program: Program, c: int, h: int) -> list[_Person]:
    """Columns and rows of each person of a subgroup: one pattern, a shift on each of its days, rest between them."""
    week, model = program.week, program.model
    staff_group, subgroup = week.staff_groups[c], week.staff_groups[c].subgroups[h]
    shift_slots = [
        ShiftSlot(day, start, f)
        for f, shift_type in enumerate(staff_group.shift_types)
        for day, starts in enumerate(shift_type.starts)
        for start in starts
    ]
    possible = [shift_slot for shift_slot in sorted(shift_slots) if may_work(staff_group, subgroup, shift_slot)]
    found = []
    for i in range(len(subgroup.agents)):
        who = f"each_{c}_{h}_{i}"
        shifts = {shift_slot: model.column(f"z_{who}_{k}", 0, 1, integer=True) for k, shift_slot in enumerate(possible)}
        patterns = one_pattern(model, subgroup, who, shifts)
        rest_of_one(model, week, staff_group, who, shifts)
        found.append(_Person(shifts, patterns))
    return found


def _add_up(program: Program, c: int, people: dict[int, list[_Person]]) -> None:
    """``sum of people's shifts == n[start k] - n[start k-1]`` and ``sum of people's patterns == y[c,h,p]``."""
    model, layout = program.model, program.layout
    for h, each in people.items():
        for p, y in enumerate(layout.pattern[c, h]):
            model.row(f"each_{c}_{h}_{p}", [*((person.patterns[p], 1.0) for person in each), (y, -1.0)], "==", 0)
    everybody = [person for each in people.values() for person in each]
    for (staff_group, f, day), shift in layout.shifts.items():
        for k, start in enumerate(shift.starts if staff_group == c else ()):
            shift_slot = ShiftSlot(day, start, f)
            begin = [(person.shifts[shift_slot], 1.0) for person in everybody if shift_slot in person.shifts]
            before = [(shift.started[k - 1], 1.0)] if k else []
            model.row(f"each_{c}_{f}_{day}_{k}", [*begin, *before, (shift.started[k], -1.0)], "==", 0)
