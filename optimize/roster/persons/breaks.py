"""Whole counts of breaks -> the breaks of each person: first to start, first to rest."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from optimize.roster.program.problem import Problem
from optimize.roster.search.neighbourhood_search import whole_numbers

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from optimize.roster.inputs.shift_slot import ShiftSlot
    from optimize.roster.persons.tours import Tour
    from optimize.roster.program import Program
    from optimize.roster.program.layout import Layout
    from optimize.roster.program.solver import Solver

    Array = NDArray[np.float64]

Moments = tuple[int, ...]
"""Start interval of each break of a shift slot, in the order of the contract's windows."""

Breaks = dict[tuple[str, "ShiftSlot"], Moments]
"""Breaks of the shift slots of people with names."""
COST_TOLERANCE = 1e-7
"""Share of the cost within which two solutions count as equal: the solver's tolerance."""


def assign_breaks(layout: Layout, values: Array, named: dict[str, Tour]) -> Breaks:
    """Breaks of every shift slot.

    Sorted by start, the k-th person of a staff group's day takes the k-th break of each kind. The rules of the program
    are Hall's condition for this, so everybody's break lies in its window and far enough after the one before it.
    """
    given: dict[tuple[str, ShiftSlot], list[int]] = {}
    for (c, f, day), shift in layout.shifts.items():
        people = sorted(
            (shift_slot.start, agent, shift_slot)
            for agent, tour in named.items()
            if tour.staff_group == c
            for shift_slot in tour.shift_slots
            if shift_slot.day == day and shift_slot.shift_type == f
        )
        for break_type in shift.break_types:
            counts = [round(values[column]) for column in break_type.columns]
            tokens = [
                break_type.first + i for i, n in enumerate(counts) for _ in range(n - (counts[i - 1] if i else 0))
            ]
            for (_, agent, shift_slot), token in zip(people, tokens, strict=True):
                given.setdefault((agent, shift_slot), []).append(token)
    return {key: tuple(moments) for key, moments in given.items()}


def with_breaks(program: Program, values: Array, named: dict[str, Tour], breaks: Breaks) -> Array:
    """Column values that count the breaks people have: the way back from `assign_breaks`; flows stay as they are."""
    values = values.copy()
    taken: dict[tuple[int, int, int], list[Moments]] = {}
    for (agent, shift_slot), moments in breaks.items():
        taken.setdefault((named[agent].staff_group, shift_slot.shift_type, shift_slot.day), []).append(moments)
    for key, shift in program.layout.shifts.items():
        for b, break_type in enumerate(shift.break_types):
            begun = np.sort([moments[b] for moments in taken.get(key, [])])
            values[list(break_type.columns)] = np.searchsorted(
                begun, break_type.first + np.arange(len(break_type.columns)), "right"
            )
    return values


def fixed_shifts(program: Program, values: Array) -> tuple[Array, Array]:
    """Bounds that fix patterns, shifts and breaks."""
    lower, upper = program.model.bounds()
    layout = program.layout
    shifts = [column for shift in layout.shifts.values() for column in shift.started]
    break_types = [
        c for shift in layout.shifts.values() for break_type in shift.break_types for c in break_type.columns
    ]
    patterns = [column for columns in layout.pattern.values() for column in columns]
    fixed = np.array(
        [*shifts, *break_types, *patterns, *layout.dropped_days.values(), *layout.rest_violation.values()],
        dtype=np.int64,
    )
    lower[fixed] = upper[fixed] = values[fixed]
    return lower, upper


def keep_published_breaks(
    program: Program, values: Array, named: dict[str, Tour], breaks: Breaks, solver: Solver
) -> tuple[Array, Breaks]:
    """Give unchanged shifts their published breaks, in the whole week or on single days, where that costs no more.

    Other break times often cost the same, and published times should not change without need.
    """
    published_roster = program.published_roster.breaks if program.published_roster is not None else {}
    changed_keys = {key for key, moments in breaks.items() if published_roster.get(key, moments) != moments}
    changed = sorted({shift_slot.day for _, shift_slot in changed_keys})
    cost = program.model.cost()
    for days in (changed, *([day] for day in changed)):
        kept = {
            key: published_roster[key]
            for key in sorted(changed_keys)
            if key[1].day in days and breaks[key] != published_roster[key]
        }
        covered = _covered(program, with_breaks(program, values, named, breaks | kept), solver) if kept else None
        if covered is not None and cost @ covered <= (1 + COST_TOLERANCE) * (cost @ values):
            values, breaks = covered, breaks | kept
    return values, breaks


def _covered(program: Program, values: Array, solver: Solver) -> Array | None:
    """Flows, shortage and work for these shifts, breaks and activities; None where they do not go together."""
    lower, upper = fixed_shifts(program, values)
    activities = list(program.layout.fixed_at_zero)
    lower[activities] = upper[activities] = values[activities]
    solution = solver.solve("published breaks", Problem(program.model, bounds=(lower, upper)))
    return whole_numbers(program, solution.values) if solution.found else None
