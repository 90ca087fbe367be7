"""From the relaxed week to whole shifts, one day after the other.

Rounding all days by thresholds leaves a mismatch in every interval, since the relaxed week fits even the noise of the
requirement. Here the starts of one day are searched exactly while earlier days are whole and later days still relaxed,
so that each day corrects what the days before it left. Breaks stay relaxed: with whole starts they are almost whole,
and `place_breaks` places them.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from optimize.roster.program.budget import Limits
from optimize.roster.program.problem import Problem
from optimize.roster.search.rounding import round_shifts

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from optimize.roster.program import Program
    from optimize.roster.program.solution import Solution
    from optimize.roster.program.solver import Solver

DAY_NODES = 20
"""Branch-and-bound nodes for one day; later days correct what it leaves."""
SHARE_OF_GAP = 0.15
"""Part of the gap asked for that one day may leave; days correct each other, so the whole week leaves less."""
START_RADIUS = 1
"""How far a whole count of starts may be from its relaxed value, rounded down or up, in small staff groups."""
LARGE_GROUP = 150
"""Average people per staff group from which the two whole numbers next to a relaxed count are enough."""
REPAIR_HOURS = 24.0
"""Price of a day dropped, in hours of shortage: more than any shift brings."""
TOLERANCE = 1e-6
"""Distance from a whole number at which an interior point stops."""


def whole_days(program: Program, values: NDArray[np.float64], solver: Solver) -> NDArray[np.float64]:
    """Whole starts for whole patterns, day by day.

    `values` holds whole patterns and otherwise relaxed columns. Returned are whole patterns and starts with relaxed
    breaks, flows and work; where the budget ends the search early, the remaining days are rounded by thresholds.
    """
    relaxed = relaxed_starts(program, values, solver)
    return days_one_by_one(program, relaxed.values if relaxed.status == "optimal" else values, solver)


def relaxed_starts(program: Program, values: NDArray[np.float64], solver: Solver) -> Solution:
    """Starts, breaks, flows and work at least cost without whole numbers, for the whole patterns of `values`."""
    lower, upper = program.model.bounds()
    patterns = np.array([y for ys in program.layout.pattern.values() for y in ys], dtype=np.int64)
    lower[patterns] = upper[patterns] = values[patterns]
    _free_repairs(program, upper)
    model = _repaired_last(program).model
    return solver.solve("days", Problem(model, relaxed=True, bounds=(lower, upper)))


def days_one_by_one(program: Program, values: NDArray[np.float64], solver: Solver) -> NDArray[np.float64]:
    """Make the starts of one day after the other whole; `values` has whole patterns, the rest relaxed for them."""
    program, current = _repaired_last(program), values
    allowed = SHARE_OF_GAP * solver.budget.gap * float(program.model.cost() @ current)
    for day in range(program.week.horizon.days):
        if solver.budget.is_over("days"):
            break
        current = _whole_day(program, current, day, solver, Limits(absolute_gap=allowed, nodes=DAY_NODES))
    return round_shifts(program, current)


def _free_repairs(program: Program, upper: NDArray[np.float64]) -> None:
    """Free the repair columns: whole patterns may leave no rest or no start for somebody, which tours repair."""
    layout = program.layout
    upper[[*layout.dropped_days.values(), *layout.rest_violation.values()]] = sum(
        staff_group.size for staff_group in program.week.staff_groups
    )


def _repaired_last(program: Program) -> Program:
    """Return the program with a price of days dropped: for nothing, they would save the wages of patterns that stay."""
    dear = REPAIR_HOURS * program.week.prices.shortage
    return replace(program, model=program.model.repriced(dict.fromkeys(program.layout.dropped_days.values(), dear)))


def _whole_day(
    program: Program, values: NDArray[np.float64], day: int, solver: Solver, limits: Limits
) -> NDArray[np.float64]:
    """Search the starts of one day near their relaxed counts; other days and all patterns are fixed.

    Returns `values` as they are where the search finds nothing.
    """
    lower, upper = program.model.bounds()
    _free_repairs(program, upper)
    shifts = program.layout.shifts
    fixed = [y for ys in program.layout.pattern.values() for y in ys]
    for (_, _, other), shift in shifts.items():
        if other != day:
            fixed += [*shift.started, *(column for break_type in shift.break_types for column in break_type.columns)]
    index = np.array(fixed, dtype=np.int64)
    lower[index] = upper[index] = values[index]
    starts = np.array([n for key, shift in shifts.items() if key[2] == day for n in shift.started], dtype=np.int64)
    if not starts.size:
        return values
    staff_groups = program.week.staff_groups
    radius = (
        0 if sum(staff_group.size for staff_group in staff_groups) >= LARGE_GROUP * len(staff_groups) else START_RADIUS
    )
    lower[starts] = np.maximum(lower[starts], np.floor(values[starts] + TOLERANCE) - radius)
    upper[starts] = np.minimum(upper[starts], np.ceil(values[starts] - TOLERANCE) + radius)
    solution = solver.solve("days", Problem(program.model, bounds=(lower, upper), whole=starts), limits)
    if not solution.found:
        return values
    found = solution.values.copy()
    found[starts] = np.round(found[starts])
    return found
