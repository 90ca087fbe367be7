"""Prices of the relaxed week in place of those of a contact missed: what stays proven, and the worth they give people."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from optimize.roster.program import Program, build
from optimize.roster.program.dual_bound import dual_bound
from optimize.roster.program.solution import Solution
from optimize.roster.search.at_prices import DEARER, EARNED, at_prices, scaled_prices
from tests.optimize.roster.served import served_week
from tests.optimize.roster.solving import solve


@pytest.fixture(scope="module")
def relaxed() -> tuple[Program, Solution]:
    program = build(served_week())
    return program, solve(program.model, relaxed=True)


@pytest.fixture(scope="module")
def priced(relaxed) -> tuple[Program, Solution]:
    return at_prices(*relaxed)


def prices_of(program: Program) -> np.ndarray:
    assert program.week.service is not None
    return np.array([row.price for row in program.week.service.rows])


def test_a_contact_missed_costs_a_little_more_than_the_relaxed_week_pays(relaxed, priced) -> None:
    """Between what it pays and the price before; gain to spare earns a part of it while searching."""
    program, solution = relaxed
    paid = np.maximum(solution.duals[program.rows.targets], 0.0)
    assert paid.max() > 0.1, "a target that binds"
    assert (prices_of(priced[0]) >= paid - 1e-9).all()
    assert (prices_of(priced[0]) <= prices_of(program)).all()
    tight = paid > 0.1
    assert prices_of(priced[0])[tight] == pytest.approx(DEARER * paid[tight])
    columns = priced[0].layout.service
    cost = priced[0].model.cost()
    assert cost[list(columns.missed)] == pytest.approx(prices_of(priced[0]))
    assert cost[list(columns.spare)] == pytest.approx(-EARNED * paid)


def test_the_bound_is_the_same_at_prices_no_lower_than_what_is_paid(relaxed, priced) -> None:
    """The relaxed week costs the same, so the bound stays where it was, and no relaxed week at the prices is cheaper."""
    assert priced[1].bound == pytest.approx(relaxed[1].bound, rel=1e-5)
    unearned = priced[0].model.repriced(dict.fromkeys(priced[0].layout.service.spare, 0.0))
    least = float(unearned.cost() @ solve(unearned, relaxed=True).values)
    assert priced[1].bound <= least + 1e-6
    assert priced[1].bound == pytest.approx(least, rel=1e-5)


@pytest.mark.parametrize("factor", [1.0, 1.05, 2.0, 10.0])
def test_every_price_at_or_above_the_duals_leaves_the_bound(relaxed, factor) -> None:
    """Counted anew for prices that are the duals themselves, or more."""
    program, solution = relaxed
    paid = np.maximum(solution.duals[program.rows.targets], 0.0)
    model = program.model.repriced(dict(zip(program.layout.service.missed, (factor * paid).tolist(), strict=True)))
    bound = dual_bound(model, solution.duals, model.cost(), model.bounds())
    assert bound == pytest.approx(solution.bound, rel=1e-5)


def test_prices_below_the_duals_prove_less(relaxed) -> None:
    """At half the price the same duals are no proof of the same bound."""
    program, solution = relaxed
    paid = np.maximum(solution.duals[program.rows.targets], 0.0)
    model = program.model.repriced(dict(zip(program.layout.service.missed, (0.5 * paid).tolist(), strict=True)))
    bound = dual_bound(model, solution.duals, model.cost(), model.bounds())
    assert bound <= solution.bound - 1.0
    assert bound <= float(model.cost() @ solve(model, relaxed=True).values) + 1e-6


def test_whole_rosters_are_no_cheaper_than_the_bound(priced) -> None:
    """The bound is for the cost without what gain to spare earns while searching."""
    program, solution = priced
    model = program.model.repriced(dict.fromkeys(program.layout.service.spare, 0.0))
    whole = solve(model)
    assert float(model.cost() @ whole.values) >= solution.bound - 1e-6


def test_a_week_without_targets_is_left_as_it_is() -> None:
    """The same objects come back."""
    program = build(replace(served_week(), service=None))
    solution = solve(program.model, relaxed=True)
    assert at_prices(program, solution) == (program, solution)
    assert scaled_prices(program, np.ones(0)) is program


def test_prices_are_scaled_row_by_row(priced) -> None:
    """The program and its columns stay; the week has other prices."""
    scales = np.array([0.5, 1.0, 2.0])
    scaled = scaled_prices(priced[0], scales)
    assert prices_of(scaled) == pytest.approx(scales * prices_of(priced[0]))
    assert scaled.model is priced[0].model
