"""From the relaxed week to whole shifts, one day after the other.

Rounding all days by thresholds leaves a mismatch in every interval, since the relaxed week is fitted to the very
noise of the requirement. Here a day's starts are searched exactly beside all others, those before it whole already and
those after it still relaxed, so that each day mends what the days before it left over. Breaks stay relaxed: with whole
starts they come out almost whole by themselves, and `place_breaks` places them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from optimize.roster.program.budget import Limits
from optimize.roster.program.problem import Problem
from optimize.roster.search.rounding import round_shifts

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from optimize.roster.program import Program
    from optimize.roster.program.solver import Solver

DAY_NODES = 20
"""Branch-and-bound nodes for one day: what it leaves over, the days after it mend."""
SHARE_OF_GAP = 0.15
"""Part of the gap asked for that one day may leave; days mend each other, so that the whole leaves less than it."""
REACH = 1
"""How far a whole count of starts may lie from its relaxed one, rounded down or up, where people are few."""
MANY = 150
"""People to a crew from which on the whole numbers next to a relaxed count are choice enough."""
NEARLY = 1e-6
"""An interior point stops this far from the whole number it means."""


def whole_days(program: Program, values: NDArray[np.float64], solver: Solver) -> NDArray[np.float64]:
    """Whole starts for whole patterns, day by day.

    `values` holds whole patterns beside relaxed columns. Returned are whole patterns and starts with relaxed breaks,
    flows and work; where the budget ends the search early, the days it did not come to are rounded by thresholds.
    """
    lower, upper = program.model.bounds()
    patterns = np.array([y for ys in program.layout.pattern.values() for y in ys], dtype=np.int64)
    lower[patterns] = upper[patterns] = values[patterns]
    _free_repairs(program, upper)
    relaxed = solver.solve("days", Problem(program.model, relaxed=True, bounds=(lower, upper)))
    current = relaxed.values if relaxed.status == "optimal" else values
    allowed = SHARE_OF_GAP * solver.budget.gap * float(program.model.cost() @ current)
    for day in range(program.week.horizon.days):
        if solver.budget.is_over("days"):
            break
        current = _whole_day(program, current, day, solver, Limits(absolute_gap=allowed, nodes=DAY_NODES))
    return round_shifts(program, current)


def _free_repairs(program: Program, upper: NDArray[np.float64]) -> None:
    """Whole patterns may leave no rest or no start for somebody; the tours repair that."""
    layout = program.layout
    upper[[*layout.dropped_days.values(), *layout.rest_violation.values()]] = sum(
        staff_group.size for staff_group in program.week.staff_groups
    )


def _whole_day(
    program: Program, values: NDArray[np.float64], day: int, solver: Solver, limits: Limits
) -> NDArray[np.float64]:
    """Search the starts of one day near their relaxed counts; other days and all patterns are held.

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
    reach = 0 if sum(staff_group.size for staff_group in staff_groups) >= MANY * len(staff_groups) else REACH
    lower[starts] = np.maximum(lower[starts], np.floor(values[starts] + NEARLY) - reach)
    upper[starts] = np.minimum(upper[starts], np.ceil(values[starts] - NEARLY) + reach)
    solution = solver.solve("days", Problem(program.model, bounds=(lower, upper), whole=starts), limits)
    if not solution.found:
        return values
    found = solution.values.copy()
    found[starts] = np.round(found[starts])
    return found
