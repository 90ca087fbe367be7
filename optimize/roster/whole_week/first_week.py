"""The first whole week: the relaxed week rounded, rest repaired, or the published week where that is cheaper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from optimize.roster.persons.tied import tied_tours
from optimize.roster.program.budget import NO_GAP
from optimize.roster.program.published import published_values
from optimize.roster.search.neighbourhood_search import place_breaks
from optimize.roster.search.price_rounds import rounded_at_prices
from optimize.roster.search.relax_and_fix import whole_days
from optimize.roster.search.rounding import LARGEST_WHOLE_SEARCH, round_patterns, round_shifts

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from optimize.roster.program import Program
    from optimize.roster.program.solution import Solution
    from optimize.roster.program.solver import Solver
    from optimize.roster.whole_week.telling import Tell

NEAR_GAP_FACTOR = 1.1
"""Multiple of the gap asked for up to which neighbourhood search reaches it sooner than days one by one."""


def first_week(program: Program, relaxed: Solution, solver: Solver, tell: Tell) -> NDArray[np.float64]:
    """Return a whole week to begin a search with."""
    values = _whole_numbers(program, relaxed, solver, tell)
    return _nearer_to_published(program, values, solver.to_finish())


def _whole_numbers(program: Program, relaxed: Solution, solver: Solver, tell: Tell) -> NDArray[np.float64]:
    """Round by thresholds, which is quick; where the gap is still too large, fix the days one by one."""
    budget, finishing = solver.budget, solver.to_finish()
    patterned = round_patterns(program, relaxed.values, finishing)
    if program.week.service is not None:
        return _rested(program, rounded_at_prices(program, patterned, solver), finishing)
    quick = place_breaks(program, round_shifts(program, patterned), finishing)
    quick = _rested(program, quick, finishing)
    cost = program.model.cost()
    gap = 1 - relaxed.bound / float(cost @ quick) if cost @ quick > 0 else 0.0
    if gap <= NEAR_GAP_FACTOR * budget.gap or program.model.integers <= LARGEST_WHOLE_SEARCH or budget.interrupted:
        return quick
    tell(f"days one by one: {cost @ quick:,.0f}, at least {relaxed.bound:,.0f}", gap)
    better = place_breaks(program, whole_days(program, patterned, solver), finishing)
    return min(better, quick, key=lambda values: float(cost @ values))


def _rested(program: Program, values: NDArray[np.float64], solver: Solver) -> NDArray[np.float64]:
    """Repair rounded weeks with rest violations, unless that drops a working day."""
    layout = program.layout
    if values[list(layout.rest_violation.values())].sum() < 1 - NO_GAP:
        return values
    mended, _ = tied_tours(program, values, (), solver)
    return values if mended[list(layout.dropped_days.values())].sum() > NO_GAP else mended


def _nearer_to_published(program: Program, values: NDArray[np.float64], solver: Solver) -> NDArray[np.float64]:
    """Return the published week as it can still be worked, where that is a cheaper start than the rounded one."""
    published_roster = (
        published_values(program.week, program.layout, program.published_roster) if program.published_roster else None
    )
    if published_roster is None:
        return values
    start = values.copy()
    start[list(published_roster)] = list(published_roster.values())
    start = place_breaks(program, start, solver)
    cost = program.model.cost()
    return min(start, values, key=lambda column: float(cost @ column))
