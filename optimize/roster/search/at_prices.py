"""Whole numbers for targets over a day or a week: the search works at the prices of the relaxed week.

What a relaxed week pays for one more contact in time is what a whole week should pay. So a contact short of a target
costs a little more than that price, and the worth of a person in an interval is known before anybody is placed there.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from optimize.roster.program.dual_bound import dual_bound

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from optimize.roster.program import Program
    from optimize.roster.program.solution import Solution

    Array = NDArray[np.float64]

DEARER = 1.2
"""Price of a contact missed over the price the relaxed week pays: above 1, so that targets are met."""
EARNED = 0.85
"""What a contact beyond a target earns while searching, over that price: a step may overshoot for the next to use."""
LEAST_PRICE = 1e-3
"""Least part of the highest price of a row, for rows the relaxed week meets for nothing."""


def at_prices(program: Program, relaxed: Solution) -> tuple[Program, Solution]:
    """Return the program with contacts missed at the prices of the relaxed week, and the relaxed week with its bound.

    The prices are no higher than before and no lower than what the relaxed week pays, so the bound stays proven; it is
    counted again for them.
    """
    service = program.week.service
    if service is None or not relaxed.duals.size:
        return program, relaxed
    paid = np.maximum(relaxed.duals[program.rows.targets], 0.0)
    highest = np.array([row.price for row in service.rows])
    prices = np.minimum(highest, np.maximum(DEARER * paid, LEAST_PRICE * highest))
    columns = program.layout.service
    missed = zip(columns.missed, prices.tolist(), strict=True)
    spare = zip(columns.spare, (-EARNED * paid).tolist(), strict=True)
    model = program.model.repriced(dict([*missed, *spare]))
    week = replace(program.week, service=service.priced(tuple(prices.tolist())))
    unearned = model.repriced(dict.fromkeys(columns.spare, 0.0))
    bound = dual_bound(unearned, relaxed.duals, unearned.cost(), unearned.bounds())
    return replace(program, week=week, model=model), replace(relaxed, bound=bound)


def scaled_prices(program: Program, scales: Array) -> Program:
    """Return the program with the price of each target row scaled, for a rounding that goes by them."""
    service = program.week.service
    if service is None:
        return program
    prices = tuple(float(scale) * row.price for scale, row in zip(scales, service.rows, strict=True))
    return replace(program, week=replace(program.week, service=service.priced(prices)))


def without_earnings(program: Program) -> Array:
    """Cost of each column without what gain to spare earns while searching: what gaps are counted with."""
    cost = program.model.cost()
    cost[list(program.layout.service.spare)] = 0.0
    return cost
