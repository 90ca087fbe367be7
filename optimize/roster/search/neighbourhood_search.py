"""Improve a whole week piece by piece: a few staff groups or days are searched exactly, the rest is fixed."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np

from optimize.roster.program.budget import Limits
from optimize.roster.program.problem import Problem
from optimize.roster.program.solution import require
from optimize.roster.search.at_prices import without_earnings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

    from optimize.roster.inputs.week import Week
    from optimize.roster.program import Program
    from optimize.roster.program.solver import Solver

BREAK_NODES = 2000
"""Branch-and-bound nodes for all breaks of a week; with whole starts they are nearly whole, so one is usual."""
BREAK_GAPS = (1e-5, 5e-4)
"""Least and largest gap of placing breaks; between them it is a tenth of the gap asked for."""
NODES = 60
"""Branch-and-bound nodes spent on one neighbourhood; a count, since seconds would differ from run to run."""
NEAR_STEPS = 3.5
"""Steps of further people that a neighbourhood may take or leave, on either side of those taken now."""
MIN_IMPROVEMENT = 1e-4
"""Share of the cost below which an improvement is not worth another search."""


def place_breaks(program: Program, values: NDArray[np.float64], solver: Solver) -> NDArray[np.float64]:
    """Fix whole shifts, and place breaks, flows and deferrable work at least cost.

    Where the search ends without an answer, breaks move only as far as the shifts require; flows and work then follow
    by linear programming, which always has an answer.
    """
    lower, upper = shifts_held(program, values)
    gap = min(max(solver.budget.gap / 10, BREAK_GAPS[0]), BREAK_GAPS[1])
    problem = Problem(program.model, bounds=(lower, upper), start=values)
    solution = solver.solve("breaks", problem, Limits(gap=gap, nodes=BREAK_NODES))
    if not solution.found:
        for column, count in chain(_legal_breaks(program, values), _no_activities(program)):
            lower[column] = upper[column] = count
        solution = solver.solve("flows", Problem(program.model, bounds=(lower, upper)))
        require(solution, "flows of a whole week")
    return whole_numbers(program, solution.values)


def shifts_held(program: Program, values: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Bounds of all columns with patterns and starts held as they are, whatever rest that breaks."""
    lower, upper = program.model.bounds()
    fixed = np.array([*_pattern_columns(program), *_start_columns(program)], dtype=np.int64)
    lower[fixed] = upper[fixed] = values[fixed]
    layout = program.layout
    upper[[*layout.dropped_days.values(), *layout.rest_violation.values()]] = sum(
        staff_group.size for staff_group in program.week.staff_groups
    )
    return lower, upper


def _legal_breaks(program: Program, values: NDArray[np.float64]) -> Iterator[tuple[int, float]]:
    """Counts of breaks begun, as near to those in `values` as the rule of the breaks allows."""
    for shift in program.layout.shifts.values():
        wanted = [values[list(break_type.columns)] for break_type in shift.break_types]
        lawful = shift.windows.nearest_counts(shift.starts, values[list(shift.started)], wanted)
        for break_type, counts in zip(shift.break_types, lawful, strict=True):
            yield from zip(break_type.columns, counts.tolist(), strict=True)


def _no_activities(program: Program) -> Iterator[tuple[int, float]]:
    """Columns of activities, and their values when nobody takes part in any."""
    layout = program.layout
    for columns in layout.activity.values():
        yield from ((int(column), 0.0) for column in columns if column >= 0)
    for columns in layout.meeting.values():
        first, *others = (int(column) for column in columns if column >= 0)
        yield from [(first, 1.0), *((column, 0.0) for column in others)]
    for i, column in layout.unheld.items():
        yield column, float(program.week.activities[i].count)


@dataclass(frozen=True)
class Neighbourhood:
    """What one search may change: the shifts of some staff groups on some days, and perhaps their patterns."""

    name: str
    staff_groups: frozenset[int]
    days: frozenset[int]
    patterns: bool


def neighbourhoods(week: Week) -> tuple[Neighbourhood, ...]:
    """Single days, pairs of days, and whole weeks of one staff group with its days off; small ones first."""
    everybody, days = frozenset(range(len(week.staff_groups))), range(week.horizon.days)
    staff_groups = [
        Neighbourhood(f"crew {c + 1}", frozenset({c}), frozenset(days), patterns=True) for c in sorted(everybody)
    ]
    singles = [Neighbourhood(f"day {d + 1}", everybody, frozenset({d}), patterns=False) for d in days]
    two = [frozenset({d, (d + 1) % len(days)}) for d in days]
    pairs = [Neighbourhood(f"days {min(p) + 1} and {max(p) + 1}", everybody, p, patterns=False) for p in two]
    if week.service is not None:
        return (*staff_groups, *singles, *pairs)
    return tuple(sorted([*singles, *staff_groups, *pairs], key=lambda place: len(place.staff_groups) * len(place.days)))


def neighbourhood_search(
    program: Program,
    values: NDArray[np.float64],
    bound: float,
    solver: Solver,
    tell: Callable[[str, float], None],
) -> NDArray[np.float64]:
    """Search neighbourhoods exactly, round after round, until the gap is met, nothing improves, or time is up.

    Returns the best values. `tell` receives a word and the gap.
    """
    cost, without = program.model.cost(), without_earnings(program)
    best = float(cost @ values)
    while True:
        before = best
        for place in neighbourhoods(program.week):
            counted = float(without @ values)
            if solver.budget.met(counted, bound) or solver.budget.is_over("neighbourhoods"):
                return values
            found = _search(program, values, place, solver, Limits(absolute_gap=MIN_IMPROVEMENT * best, nodes=NODES))
            if found is not None and float(cost @ found) < best - 1e-6:
                values, best = found, float(cost @ found)
            counted = float(without @ values)
            gap = (counted - bound) / counted if counted > 0 else 0.0
            tell(f"{place.name}: {counted:,.0f}, at least {bound:,.0f}", gap)
        if before - best < MIN_IMPROVEMENT * before:
            return values


def _search(
    program: Program, values: NDArray[np.float64], place: Neighbourhood, solver: Solver, limits: Limits
) -> NDArray[np.float64] | None:
    """Free a neighbourhood with the flows and work of its hours, and fix everything else; rest may not get worse."""
    lower, upper = program.model.bounds()
    free = np.zeros(program.model.columns, dtype=bool)
    touched = np.zeros(program.week.size, dtype=bool)
    for (c, f, d), shift in program.layout.shifts.items():
        if d in place.days and c in place.staff_groups:
            free[[*shift.started, *(column for break_type in shift.break_types for column in break_type.columns)]] = (
                True
            )
            length = program.week.staff_groups[c].shift_types[f].length
            touched[np.arange(shift.starts[0], shift.starts[-1] + length) % program.week.size] = True
    for (c, _), columns in program.layout.pattern.items():
        free[list(columns)] |= place.patterns and c in place.staff_groups
    layout = program.layout
    if layout.done and place.patterns:
        # Work done is counted from the week's beginning: held after the neighbourhood, it would hold all of it.
        # A day's search keeps to its own work, which makes it several times quicker.
        touched[:] = True
        free[[*layout.backlog.values(), *layout.terminal_backlog.values()]] = True
    if program.published_roster is not None:
        free[list(program.published_roster.columns)] = True
    free[[*layout.unheld.values(), *layout.service.missed, *layout.service.spare]] = True
    for missed in layout.missed.values():
        free[missed] = True
    for spread in _interval_columns(program):
        free[spread[touched & (spread >= 0)]] = True
    for steps in layout.service.step:
        free[steps[_near_steps(values, steps) & touched[:, None]]] = True
    lower[~free] = upper[~free] = values[~free]
    violation = list(program.layout.rest_violation.values())
    lower[violation], upper[violation] = 0.0, np.maximum(values[violation], 0.0)
    problem = Problem(program.model, bounds=(lower, upper), start=values)
    solution = solver.solve("neighbourhoods", problem, limits)
    return whole_numbers(program, solution.values) if solution.found else None


def _near_steps(values: NDArray[np.float64], columns: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Steps within a few people of those taken now; the others are taken or not whatever a neighbourhood does."""
    there = columns >= 0
    taken = np.where(there, values[columns], 0.0).sum(axis=1)
    return np.asarray(there & (np.abs(np.arange(columns.shape[1]) + 0.5 - taken[:, None]) <= NEAR_STEPS))


def _interval_columns(program: Program) -> Iterator[NDArray[np.int64]]:
    layout = program.layout
    by_channel = (
        layout.flow,
        layout.understaff,
        layout.tier_shortage,
        layout.overstaff,
        layout.done,
        layout.late,
        layout.blend,
        layout.in_time,
    )
    for group in by_channel:
        yield from group.values()
    yield from layout.service.below
    for fixed in (layout.activity, layout.meeting):
        yield from fixed.values()


def _pattern_columns(program: Program) -> Iterator[int]:
    for columns in program.layout.pattern.values():
        yield from columns


def _start_columns(program: Program) -> Iterator[int]:
    for shift in program.layout.shifts.values():
        yield from shift.started


def _break_columns(program: Program) -> Iterator[int]:
    for shift in program.layout.shifts.values():
        for break_type in shift.break_types:
            yield from break_type.columns


def whole_numbers(program: Program, values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Round integer columns, which a solver returns within its tolerance."""
    values = values.copy()
    people = [*_pattern_columns(program), *_start_columns(program), *_break_columns(program)]
    columns = np.array([*people, *program.layout.fixed_at_zero], dtype=np.int64)
    values[columns] = np.round(values[columns])
    return values
