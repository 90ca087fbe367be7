"""Whole people for a week with targets: patterns at prices that move until no target has much to spare, then starts.

At the prices of the relaxed week whole people reach more for some targets and less for others. So a target with gain to
spare gets a lower price and one that lacks some a higher, as in a subgradient method, and patterns are improved again.
A round is judged with starts, breaks and flows relaxed, which an interior point finds in seconds. The starts of the
best round become whole day by day: patterns are what whole numbers cost, starts lose little.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from optimize.roster.program.present import present_in
from optimize.roster.search.at_prices import DEARER, EARNED, scaled_prices, without_earnings
from optimize.roster.search.neighbourhood_search import place_breaks
from optimize.roster.search.pattern_descent import improved_patterns
from optimize.roster.search.relax_and_fix import days_one_by_one, relaxed_starts

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from optimize.roster.program import Program
    from optimize.roster.program.solver import Solver

    Array = NDArray[np.float64]

ROUNDS = 5
"""Times the patterns are improved; the cheapest of them is kept."""
BEGIN = 0.7
"""Part of the prices to begin with: descent sees starts rounded roughly, and so more people than whole days need."""
LEAST_SCALE = 0.02
"""Least part of a price to begin with, for targets that the relaxed week meets for nothing."""
MISSED = 2.0
"""Weight of the price of a target missed where weeks are compared; a cheaper week that misses more is not best."""
FAR = 0.01
"""Share of a target's contacts from which it counts as far from what is asked."""
STEPS = (0.2, 0.15, 0.12, 0.1)
"""Part by which a price moves after each round where its target is far off."""


def rounded_at_prices(program: Program, patterned: Array, solver: Solver) -> Array:
    """Improve patterns at prices that move from round to round, then make the starts and breaks of the best whole.

    `patterned` holds whole patterns and otherwise relaxed columns.
    """
    service = program.week.service
    if service is None:
        raise ValueError("a week without targets has no prices")
    scales, cost = _first_scales(program, [row.price for row in service.rows]), _judged(program)
    values = best = patterned
    least = np.inf
    for number in range(ROUNDS):
        if number and solver.budget.is_over("price rounds"):
            break
        improved = improved_patterns(scaled_prices(program, scales), patterned)
        if not number or (improved != patterned).any():
            values = _with_relaxed_starts(program, improved, solver)
        patterned = improved
        if float(cost @ values) < least:
            best, least = values, float(cost @ values)
        if number < len(STEPS):
            scales = scales * np.exp(-STEPS[number] * np.clip(_spare(program, values) / FAR, -1.0, 1.0))
    return place_breaks(program, days_one_by_one(program, best, solver), solver.to_finish())


def _first_scales(program: Program, prices: list[float]) -> Array:
    """Parts of the prices to begin with, so that a target is worth what the relaxed week pays and no least price."""
    paid = program.model.cost()[list(program.layout.service.spare)] / -EARNED
    return BEGIN * np.clip(DEARER * paid / np.maximum(prices, 1e-12), LEAST_SCALE, 1.0)


def _with_relaxed_starts(program: Program, patterned: Array, solver: Solver) -> Array:
    """Return values with the patterns as they are, and all else at least cost without whole numbers."""
    relaxed = relaxed_starts(program, patterned, solver.to_finish())
    return relaxed.values if relaxed.values.size else patterned


def _judged(program: Program) -> Array:
    """Cost by which whole weeks are compared: gain to spare earns nothing, and a target missed weighs twice."""
    cost = without_earnings(program)
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
