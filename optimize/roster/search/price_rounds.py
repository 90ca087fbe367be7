"""Whole people for a week with targets: rounding, and prices that move until no target has much to spare.

At the prices of the relaxed week whole people reach more for some targets and less for others. So a target with gain to
spare gets a lower price and one that lacks some a higher, as in a subgradient method, and the week is rounded again.
A round is judged with breaks and flows relaxed, which an interior point finds in a fraction of the time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from optimize.roster.program.present import present_in
from optimize.roster.program.problem import Problem
from optimize.roster.search.at_prices import scaled_prices
from optimize.roster.search.neighbourhood_search import place_breaks, shifts_held
from optimize.roster.search.pattern_descent import improved_patterns
from optimize.roster.search.rounding import round_shifts

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from optimize.roster.program import Program
    from optimize.roster.program.solver import Solver

    Array = NDArray[np.float64]

ROUNDS = 7
"""Times the week is rounded; the cheapest of them is kept."""
BEGIN = 0.92
"""Part of the prices to begin with: descent person by person ends a little above what the relaxed week would take."""
MISSED = 2.0
"""Weight of the price of a target missed where weeks are compared; a cheaper week that misses more is not best."""
FAR = 0.01
"""Share of a target's contacts from which it counts as far from what is asked."""
STEPS = (0.25, 0.2, 0.16, 0.13, 0.1, 0.08)
"""Part by which a price moves after each round where its target is far off."""


def rounded_at_prices(program: Program, patterned: Array, solver: Solver) -> Array:
    """Round starts and breaks, and improve patterns, at prices that move from round to round.

    `patterned` holds whole patterns and otherwise relaxed columns; returned is the cheapest week found.
    """
    service = program.week.service
    if service is None:
        raise ValueError("a week without targets has no prices")
    scales = np.full(len(service.rows), BEGIN)
    cost, best, least = _judged(program), patterned, np.inf
    for number in range(ROUNDS):
        if number and solver.budget.is_over("price rounds"):
            break
        scaled = scaled_prices(program, scales)
        patterned = improved_patterns(scaled, patterned)
        rounded = round_shifts(scaled, patterned)
        values = _with_relaxed_breaks(program, rounded, solver)
        if float(cost @ values) < least:
            best, least = rounded, float(cost @ values)
        if number < len(STEPS):
            scales = scales * np.exp(-STEPS[number] * np.clip(_spare(program, values) / FAR, -1.0, 1.0))
    return place_breaks(program, best, solver.to_finish())


def _with_relaxed_breaks(program: Program, rounded: Array, solver: Solver) -> Array:
    """Return values with the shifts as rounded, and breaks, flows and work at least cost without whole numbers."""
    problem = Problem(program.model, bounds=shifts_held(program, rounded), relaxed=True)
    relaxed = solver.to_finish().solve("relaxed breaks", problem)
    return relaxed.values if relaxed.values.size else place_breaks(program, rounded, solver.to_finish())


def _judged(program: Program) -> Array:
    """Cost by which whole weeks are compared: gain to spare earns nothing, and a target missed weighs twice."""
    cost = program.model.cost()
    cost[list(program.layout.service.spare)] = 0.0
    cost[list(program.layout.service.missed)] *= MISSED
    return cost


def _spare(program: Program, values: Array) -> Array:
    """Gain to spare of each target row as a share of its contacts; negative where some is missing."""
    service = program.week.service
    if service is None:
        return np.zeros(0)
    reached = service.reached(present_in(program, values))
    return np.array(
        [(got - row.needed) / max(row.volume, 1e-9) for row, got in zip(service.rows, reached, strict=True)]
    )
