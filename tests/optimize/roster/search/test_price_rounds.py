"""Rounds of rounding at moving prices: whole people, the cheapest of the rounds, and prices that move the right way."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from optimize.roster.program import Program, build
from optimize.roster.program.solution import Solution
from optimize.roster.search import price_rounds
from optimize.roster.search.at_prices import at_prices
from optimize.roster.search.price_rounds import rounded_at_prices
from optimize.roster.search.rounding import round_patterns
from tests.optimize.roster.served import served_week
from tests.optimize.roster.solving import solve, solver


@pytest.fixture(scope="module")
def case() -> tuple[Program, Solution, np.ndarray]:
    built = build(served_week())
    program, relaxed = at_prices(built, solve(built.model, relaxed=True))
    return program, relaxed, round_patterns(program, relaxed.values, solver())


def unearned(program: Program) -> np.ndarray:
    """Cost without what gain to spare earns while searching."""
    cost = program.model.cost().copy()
    cost[list(program.layout.service.spare)] = 0.0
    return cost


def faults(program: Program, values: np.ndarray) -> float:
    """How far values are from rows, bounds and whole numbers."""
    rows, (lower, upper) = program.model.arrays(), program.model.bounds()
    from scipy import sparse

    matrix = sparse.csr_matrix((rows.values, rows.columns, rows.starts), shape=(rows.lower.size, values.size))
    activity = matrix @ values
    return float(
        max(
            (rows.lower - activity).max(),
            (activity - rows.upper).max(),
            (lower - values).max(),
            (values - upper).max(),
        )
    )


def test_the_week_is_whole_and_keeps_every_rule(case) -> None:
    """Every row and bound of the program holds, and people are whole; its cost is no lower than the bound."""
    program, relaxed, patterned = case
    values = rounded_at_prices(program, patterned, solver())
    assert faults(program, values) < 1e-6
    columns = [column for each in program.layout.pattern.values() for column in each]
    assert (values[columns] == np.round(values[columns])).all()
    assert float(unearned(program) @ values) >= relaxed.bound - 1e-6


def test_the_cheapest_round_is_kept(case, monkeypatch) -> None:
    """More rounds begin with the same ones, so the week is never dearer, and it is near the best there is."""
    program, _, patterned = case
    costs = []
    for number in range(1, price_rounds.ROUNDS + 1):
        monkeypatch.setattr(price_rounds, "ROUNDS", number)
        values = rounded_at_prices(program, patterned, solver())
        costs.append(float(price_rounds._judged(program) @ values))
    assert costs == sorted(costs, reverse=True)
    model = program.model.repriced(dict.fromkeys(program.layout.service.spare, 0.0))
    least = float(model.cost() @ solve(model).values)
    assert least - 1e-6 <= float(unearned(program) @ values) <= 1.25 * least + 1e-6


def test_prices_fall_where_gain_is_to_spare_and_rise_where_it_lacks(case, monkeypatch) -> None:
    """A first round far above or below every target moves all prices down or up by the first step."""
    program, _, patterned = case
    for spare, sign in ((0.5, -1.0), (-0.5, 1.0)):
        scales: list[np.ndarray] = []
        monkeypatch.setattr(price_rounds, "_spare", lambda *_, spare=spare: np.full(3, spare))
        monkeypatch.setattr(
            price_rounds,
            "scaled_prices",
            lambda program, scale, scales=scales: (scales.append(scale), program)[1],
        )
        rounded_at_prices(program, patterned, solver())
        assert scales[0] == pytest.approx(np.full(3, price_rounds.BEGIN))
        for before, after, step in zip(scales[:-1], scales[1:], price_rounds.STEPS, strict=True):
            assert after == pytest.approx(before * np.exp(sign * step))


def test_a_target_met_for_nothing_begins_with_a_small_part_of_its_price(case) -> None:
    """The relaxed week pays nothing for it, and its price is only the least there is."""
    program = case[0]
    free = program.layout.service.spare[1]
    model = program.model.repriced({free: 0.0})
    prices = [row.price for row in program.week.service.rows]
    scales = price_rounds._first_scales(replace(program, model=model), prices)
    begin = price_rounds.BEGIN
    assert scales == pytest.approx([begin, price_rounds.LEAST_SCALE * begin, begin])


def test_gain_to_spare_is_a_share_of_the_contacts_of_the_row() -> None:
    """With one person beyond the floor from 8 to 10 on Monday: 6 + 8 - 11 of 20 contacts to spare, Tuesday lacks 3."""
    program = build(served_week())
    values = np.zeros(program.model.columns)
    values[program.layout.overstaff[0][[8, 9]]] = 1.0
    found = price_rounds._spare(program, values)
    assert found == pytest.approx([3 / 20, -3 / 20, (4 + 4 - 8) / 10])


def test_a_week_without_targets_is_refused() -> None:
    """It has no prices to go by."""
    program = build(replace(served_week(), service=None))
    with pytest.raises(ValueError, match="no prices"):
        rounded_at_prices(program, np.zeros(program.model.columns), solver())
