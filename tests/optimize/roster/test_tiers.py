"""Tiers of shortage: the first agents missing cost least, those below the minimum most."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from configs.errors import ConfigError, VerificationError
from optimize.roster.inputs.people import read_people
from optimize.roster.planner import plan_week
from optimize.roster.program.layout import lay_out
from optimize.roster.program.model import Model
from optimize.roster.program.tiers import deep_shortage, deep_shortage_is_counted, price_of_deep_shortage
from optimize.roster.result import Roster
from optimize.roster.verify import verify
from optimize.roster.verify.money import _shortage
from tests.optimize.roster import weeks

SIX_HOURS = {"days_per_week": 1, "days_off": "any", "cost_per_hour": 10, "shifts": [{"length": "6h", "start": "08:00"}]}
NOBODY = {"d": SIX_HOURS | {"agents": 1, "shifts": [SIX_HOURS["shifts"][0] | {"days": ["sun"]}]}}
"""Somebody who works on Sundays only, when nobody is needed here."""
TIERS = [{"below": 0.5, "per_hour": 300}, {"below": 0.25, "per_hour": 900}]


def case(agents: int, need: dict, minimum: int = 0, tiers: list = TIERS) -> tuple:
    """Config, horizon and requirement of one phone channel on two days, `need` by day."""
    config = weeks.config_of(
        channels={"phone": {"kind": "synchronous", "minimum": minimum}},
        contracts={"d": SIX_HOURS | {"agents": agents}} if agents else NOBODY,
        costs={"shortage_per_hour": 100, "shortage_tiers": tiers},
    )
    horizon = weeks.horizon_of(config)
    by_day = np.array([need.get(day, 0) for day in range(7)])[horizon.day]
    return config, horizon, weeks.requirement_of(horizon, phone=by_day * weeks.hours_between(horizon, 8, 14))


def plan(agents: int, need: dict, minimum: int = 0, tiers: list = TIERS) -> Roster:
    config, horizon, requirement = case(agents, need, minimum, tiers)
    return plan_week(config, horizon, requirement, read_people(config))


def test_shortage_is_spread_so_that_no_day_is_left_alone() -> None:
    """Four people for eight on Monday and four on Tuesday: with one price any split will do, with tiers three and one.

    By hand: 3 of 8 miss 5, of them 1 below four; 1 of 4 misses 3, of them 1 below two. The hour costs 800 + 2 x 200.
    Two and two cost the same, 4 on Monday and nobody on Tuesday 800 + 2 x 200 + 600.
    """
    roster = plan(4, {0: 8, 1: 4})
    assert roster.cost.shortage == 6 * (800 + 2 * 200)
    assert roster.cost.total == pytest.approx(roster.bound)
    staffed = roster.coverage["staffed"].to_numpy()
    assert (staffed[8], staffed[32]) in {(3, 1), (2, 2)}


def test_below_the_minimum_on_duty_the_dearest_price_holds() -> None:
    """Nobody for two required with a minimum of two: both cost the dearest price; with one required, only that one."""
    assert plan(0, {0: 2}, minimum=2).cost.shortage == 6 * 2 * 900
    assert plan(0, {0: 1}, minimum=2).cost.shortage == 6 * 1 * 900
    assert plan(0, {0: 4}, minimum=1).cost.shortage == 6 * (2 * 100 + 300 + 900)
    assert plan(0, {0: 4}).cost.shortage == 6 * (2 * 100 + 300 + 900)


def test_without_tiers_the_minimum_changes_nothing() -> None:
    """One price, whatever the minimum."""
    assert plan(0, {0: 4}, minimum=3, tiers=[]).cost.shortage == 6 * 4 * 100


@given(
    st.floats(0, 30), st.floats(0, 30), st.integers(0, 10),
    st.lists(st.tuples(st.floats(0.05, 0.95), st.floats(1, 500)), max_size=3, unique_by=lambda tier: round(tier[0], 3)),
)  # fmt: skip
def test_slices_and_hinges_give_the_same_price(required: float, staffed: float, minimum: int, raw: list) -> None:
    """The program adds hinges, the recount prices slices: equal for any tiers."""
    from optimize.roster.inputs.tiers import tiers_of

    price, tiers = 100.0, []
    for below, more in sorted(raw, reverse=True):
        price += more
        tiers.append({"below": below, "per_hour": price})
    config, horizon, _ = case(1, {}, minimum, tiers)
    there = np.full(horizon.size, min(staffed, required))
    made = tiers_of(config, "phone", np.full(horizon.size, required))
    hinges = 100.0 * (required - there[0]) + sum(tier.extra * max(0.0, tier.level[0] - there[0]) for tier in made)
    row = {"channel": "phone", "required": required, "staffed": there[0], "shortage": required - there[0]}
    assert _shortage(config, row) == pytest.approx(hinges, abs=1e-6)


def test_the_rows_and_costs_of_tiers_are_written_as_they_were(golden) -> None:
    """Four required on Monday from 8 to 14, two tiers, one on duty at least."""
    from optimize.roster.inputs.assemble import assemble

    config, horizon, requirement = case(1, {0: 4}, minimum=1)
    week = assemble(config, horizon, requirement, read_people(config))
    for rule in (deep_shortage_is_counted, deep_shortage):
        model = Model("golden")
        rule(model, week, lay_out(model, week))
        golden(f"program/{rule.__name__}.txt", model.text())
    assert price_of_deep_shortage(week, {0: np.zeros(horizon.size)}) == 6 * (2 * 200 + 600)


def test_the_recount_finds_a_wrong_price_of_shortage() -> None:
    """The basic price alone is told as a difference."""
    config, horizon, requirement = case(0, {0: 4})
    roster = plan_week(config, horizon, requirement, read_people(config))
    with pytest.raises(VerificationError, match=r"shortage is 2400\.00; the recount says 8400\.00"):
        verify(config, requirement, replace(roster, cost=replace(roster.cost, shortage=2400.0)))


@pytest.mark.parametrize(
    ("tiers", "words"),
    [
        ([{"below": 0.5, "per_hour": 80}], "80 an hour must be more than 100, the price above that share"),
        ([{"below": 0.5, "per_hour": 300}, {"below": 0.2, "per_hour": 200}], "200 an hour must be more than 300"),
    ],
)
def test_prices_that_fall_are_refused(tiers: list, words: str) -> None:
    """The more are missing, the dearer each is; otherwise the cost would not be convex."""
    with pytest.raises(ConfigError, match=words):
        case(1, {}, 0, tiers)
