"""Prices of targets missed by far go up; the bound stays, and small centres keep their targets."""

from __future__ import annotations

import numpy as np
import pytest

from optimize.roster.program import build
from optimize.roster.program.present import present_in
from optimize.roster.search.at_prices import at_prices
from optimize.roster.whole_week.found import Found
from optimize.roster.whole_week.raised_prices import FAR, TIMES, with_raised_prices
from optimize.targets import plan
from tests.optimize.roster.served import served_week
from tests.optimize.roster.solving import solve
from tests.optimize.targets import centres


@pytest.fixture(scope="module")
def found() -> Found:
    """Nobody at work on Tuesday, everybody needed on Monday."""
    built = build(served_week())
    program, relaxed = at_prices(built, solve(built.model, relaxed=True))
    values = np.zeros(program.model.columns)
    values[program.layout.overstaff[0][[8, 9]]] = 3.0
    values[program.layout.understaff[0][[32, 33]]] = 1.0
    return Found(program, values, relaxed.bound, relaxed)


def prices(one: Found) -> list[float]:
    return [row.price for row in one.program.week.service.rows]


def test_only_targets_missed_by_far_cost_more(found) -> None:
    """Tuesday's calls lack 9 less what is left of 6; its price is four times as high, or as high as the week has it."""
    week, raised = served_week(), with_raised_prices(found, served_week())
    assert raised is not None
    reached = found.program.week.service.reached(present_in(found.program, found.values))
    for row, highest, got, after in zip(
        found.program.week.service.rows, week.service.rows, reached, prices(raised), strict=True
    ):
        far = row.needed - got > FAR * row.volume
        assert after == pytest.approx(min(TIMES * row.price, highest.price) if far else row.price)
    cost = raised.program.model.cost()[list(raised.program.layout.service.missed)]
    assert cost == pytest.approx(prices(raised))


def test_a_week_that_meets_its_targets_or_costs_the_most_already_is_left(found) -> None:
    """There is nothing to raise; the highest prices stay."""
    values = found.values.copy()
    values[found.program.layout.understaff[0]] = 0.0
    values[found.program.layout.overstaff[0][[8, 9, 32, 33]]] = 3.0
    met = Found(found.program, values, found.bound, found.relaxed)
    assert with_raised_prices(met, served_week()) is None
    raised: Found | None = found
    for _ in range(30):
        before, raised = raised, with_raised_prices(raised, served_week())
        if raised is None:
            break
    assert raised is None
    assert max(prices(before)) <= 50.0


def test_where_one_person_is_a_large_step_the_target_is_met_all_the_same() -> None:
    """Nine people: one more on all days costs more than the contacts that are missing at the prices of the relaxed week."""
    roster = plan(*centres.one_channel(rounds=2, over="week").all)
    assert all(count.reached >= count.needed - FAR * count.volume for count in roster.targets)
