"""Whole numbers for targets over a day or a week: the search works at the prices of the relaxed week.

What a relaxed week pays for one more contact in time is what a whole week should pay. So a contact short of a target
costs a little more than that price, and the worth of a person in an interval is known before anybody is placed there.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from optimize.roster.inputs.tiers import Tier
from optimize.roster.program.dual_bound import dual_bound

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from optimize.roster.inputs.service import ServiceModel
    from optimize.roster.inputs.week import Week
    from optimize.roster.program import Program
    from optimize.roster.program.solution import Solution

    Array = NDArray[np.float64]

DEARER = 1.2
"""Price of a contact missed over the price the relaxed week pays: above 1, so that targets are met."""
EARNED = 0.85
"""What a contact beyond a target earns while searching, over that price: a step may overshoot for the next to use."""
LEAST_PRICE = 1e-3
"""Least part of the highest price of a row, for rows the relaxed week meets for nothing."""
WORTHS = (0.5, 1.0, 2.0, 4.0, 6.0, 8.0, 9.5, 11.0, 12.5, 14.0, 16.0, 18.0, 21.0, 25.0, 30.0, 40.0, 60.0, 100.0, 200.0)
"""Worths of an agent-hour that rounding tells apart, where a mean hour costs 15; closest about the wage."""


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


def with_worth(week: Week) -> Week:
    """Return a week with the worth of people beyond the floors as tiers of shortage, for rounding by thresholds."""
    service = week.service
    if service is None:
        return week
    tiers = dict(week.tiers)
    paid = np.array([row.price for row in service.rows]) / DEARER
    wage = float(np.mean([wages.mean() for wages in week.prices.wages.values()]))
    levels = np.array(WORTHS) * wage / 15.0
    for number, team in enumerate(service.teams):
        worth = _worth(week, service, number, paid)
        first = max(team, key=lambda m: float(week.live[m].sum()))
        tiers[first] = (*_tiers(week.live[first], worth, levels), *tiers[first])
    nothing = np.zeros(week.size)
    for m, own in tiers.items():  # rounding reads as many tiers from every channel
        missing = len(WORTHS) + len(week.tiers[m]) - len(own)
        tiers[m] = (*(Tier(nothing, step) for step in np.diff(levels, prepend=0.0).tolist()[:missing]), *own)
    return replace(week, tiers=tiers)


def _worth(week: Week, service: ServiceModel, team: int, paid: Array) -> Array:
    """Money an hour of each further person of a team in each interval; shape (T, K)."""
    most = max((row.gain[team].step.shape[1] for row in service.rows if team in row.gain), default=0)
    total = np.zeros((week.size, most))
    for row, price in zip(service.rows, paid.tolist(), strict=True):
        if team in row.gain:
            step = row.gain[team].step
            total[:, : step.shape[1]] += price * step
    return total / week.horizon.interval_h


def _tiers(floor: Array, worth: Array, levels: Array) -> Iterator[Tier]:
    """Tiers whose levels are the people worth at least each price, dearest last."""
    cuts = np.sqrt(levels * np.concatenate([[levels[0] / 2], levels[:-1]]))
    before = 0.0
    for level, cut in zip(levels.tolist(), cuts.tolist(), strict=True):
        further = (worth >= cut).sum(axis=1)
        yield Tier(np.where(further > 0, floor + further, 0.0), level - before)
        before = level
