"""Small weeks searched whole: which weeks count for the proof."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from optimize.roster.program import build
from optimize.roster.search.at_prices import at_prices
from optimize.roster.whole_week import branch_and_bound
from optimize.roster.whole_week.found import Found
from tests.optimize.roster.served import served_week
from tests.optimize.roster.solving import solve, solver

if TYPE_CHECKING:
    from optimize.roster.program import Program


def test_weeks_are_left_out_by_the_cost_that_the_gap_is_counted_with(monkeypatch: pytest.MonkeyPatch) -> None:
    """With gain to spare the search counts less; weeks left out by that cost could be in a cheaper roster."""
    built = build(served_week())
    program, relaxed = at_prices(built, solve(built.model, relaxed=True))
    values = relaxed.values.copy()
    values[program.layout.service.spare[0]] = 2.0
    found = Found(program, values, 0.0, relaxed)
    assert found.counted > found.cost + 1.0
    limits: list[float] = []

    def complete(_program: Program, _published: object, _relaxed: object, cost: float) -> None:
        limits.append(cost)

    monkeypatch.setattr(branch_and_bound, "is_open", lambda _week: True)
    monkeypatch.setattr(branch_and_bound, "complete", complete)
    branch_and_bound.searched_all_weeks(found, None, solver(), lambda _word, _gap: None)
    assert limits == [pytest.approx(found.counted)]
