"""Laws of the rules about people: a rule never makes a week cheaper, more people never dearer, order never matters."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from configs.errors import ConfigError, StaffcurveError, VerificationError
from optimize.roster.carry_over import previous_of
from optimize.roster.inputs.people import People
from optimize.roster.planner import plan_week
from optimize.roster.result import Roster
from tests.optimize.roster import weeks
from tests.optimize.roster.test_previous import SUNDAY, before_of
from tests.properties.test_rosters import CONTRACTS, ZONES

KINDS = [{"length": "8h", "start": "06:00-14:00", "step": "4h"}, {"length": "4h", "start": "10:00-22:00", "step": "6h"}]
CONTRACT = {"days_per_week": 4, "days_off": "any", "cost_per_hour": 10, "shifts": KINDS, "min_days": 2}
CALM = [("z", f"{SUNDAY} 06:00", 8, "")]
RULES = ("all or nothing", "tiers", "leave", "hours", "rest", "days in a row")
FEW = settings(max_examples=8)


@st.composite
def cases(draw: st.DrawFn) -> tuple[int, int, list[str]]:
    """Seed of the requirement, number of people, and rules to add."""
    rules = draw(st.lists(st.sampled_from(RULES), min_size=1, max_size=3, unique=True))
    return draw(st.integers(0, 99)), draw(st.integers(1, 4)), rules


def plan(seed: int, agents: int, rules: list[str] = (), *, order: int = 1) -> Roster:
    """A week after a calm one, with the rules given on the first of the people."""
    contract: dict[str, Any] = dict(CONTRACT)
    costs: dict[str, Any] = {"shortage_per_hour": 30}
    if "all or nothing" in rules:
        contract.pop("min_days")
    if "tiers" in rules:
        costs["shortage_tiers"] = [{"below": 0.6, "per_hour": 50}]
    config = weeks.config_of(
        contracts={"d": contract}, costs=costs, roster={"agents": "x", "gap": 0.0, "time_limit": "20s"}
    )
    horizon = weeks.horizon_of(config)
    need = np.random.default_rng(seed).integers(0, 4, horizon.size) * (horizon.day < 4)
    return plan_week(config, horizon, weeks.requirement_of(horizon, phone=need), people_of(agents, rules, order))


def people_of(agents: int, rules: list[str], order: int) -> People:
    leave = [("p0", "2026-12-02", "2026-12-03")] if "leave" in rules else []
    people = weeks.people_of([(f"p{i}", "d", "phone") for i in range(agents)][::order], leave)
    if "hours" in rules:
        people.agents["hours_max"] = [20.0 if agent == "p0" else np.nan for agent in people.agents["agent"]]
    shifts = list(CALM)
    if "rest" in rules:
        shifts.append(("p0", f"{SUNDAY} 20:00", 4, ""))
    if "days in a row" in rules:
        shifts += [("p0", f"{weeks.MONDAY - timedelta(days=back)} 06:00", 4, "") for back in range(2, 6)]
        shifts += [("p0", f"{SUNDAY} 06:00", 4, "")] if "rest" not in rules else []
    previous = before_of(shifts[::order])
    return replace(people, previous=replace(previous, table=previous.table.reset_index(drop=True)))


@FEW
@given(cases())
def test_a_rule_never_makes_a_week_cheaper(case) -> None:
    """Every roster that keeps more rules is one of the wider week, so its cost is not below that week's bound."""
    seed, agents, rules = case
    free, bound_by_rules = plan(seed, agents), plan(seed, agents, rules)
    if not bound_by_rules.left_out:
        assert bound_by_rules.cost.total >= free.bound - 1e-6 * (1 + free.bound)
        if free.status == "optimal":
            assert bound_by_rules.cost.total >= free.cost.total * (1 - 1e-6) - 0.01


@FEW
@given(cases())
def test_more_people_never_make_a_week_dearer(case) -> None:
    """Nobody has to be used: what fewer people cost is not below the bound of more."""
    seed, agents, rules = case
    fewer, more = plan(seed, agents, rules), plan(seed, agents + 2, rules)
    assert fewer.left_out or fewer.cost.total >= more.bound - 1e-6 * (1 + more.bound)


@FEW
@given(cases())
def test_the_order_of_rows_keeps_the_roster(case) -> None:
    """People, leave and the week before in another order give the same roster, cell by cell."""
    seed, agents, rules = case
    one, other = plan(seed, agents, rules), plan(seed, agents, rules, order=-1)
    pd.testing.assert_frame_equal(one.table, other.table)
    assert (one.cost, one.bound) == (other.cost, other.bound)


@st.composite
def runs_of_weeks(draw: st.DrawFn) -> tuple[dict[str, Any], str, date, int, list[tuple[int, int]], list[float | None]]:
    """A contract, a zone and a Monday, a seed, leave as (person, hour of the two weeks), and most hours of each person."""
    contract = draw(CONTRACTS)
    least = draw(st.none() | st.integers(1, contract["days_per_week"]))
    zone = draw(st.sampled_from(sorted(ZONES)))
    leave = draw(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 14 * 24)), max_size=2))
    most = draw(st.lists(st.sampled_from([None, 20.0, 30.0]), min_size=3, max_size=3))
    return (
        contract | ({"min_days": least} if least else {}), zone, draw(st.sampled_from(ZONES[zone])),
        draw(st.integers(0, 99)), leave, most,
    )  # fmt: skip


@settings(max_examples=25)
@given(runs_of_weeks())
def test_two_weeks_follow_one_another_or_are_refused_in_words(drawn) -> None:
    """Nights, clock changes, leave at any hour, limits of days and hours: each week is recounted as it is made."""
    contract, zone, first, seed, leave, most = drawn
    try:
        config = weeks.config_of(
            plan={"name": "tiny", "timezone": zone, "interval": "60min"}, contracts={"d": contract},
            costs={"shortage_per_hour": 40}, roster={"agents": "x", "time_limit": "2s", "gap": 0.02},
        )  # fmt: skip
    except ConfigError as error:
        assert str(error)
        return
    begin = weeks.horizon_of(config, first).begin
    away = [(f"p{i}", begin + pd.Timedelta(hours=hour), begin + pd.Timedelta(hours=hour + 30)) for i, hour in leave]
    people = weeks.people_of([(f"p{i}", "d", "phone") for i in range(3)], [(a, str(b), str(c)) for a, b, c in away])
    people.agents["hours_max"] = pd.Series(most, dtype="float64")
    for week in range(2):
        horizon = weeks.horizon_of(config, first + timedelta(days=7 * week))
        need = np.random.default_rng(seed + week).integers(0, 3, horizon.size)
        try:
            roster = plan_week(config, horizon, weeks.requirement_of(horizon, phone=need), people)
        except VerificationError:
            raise
        except StaffcurveError as error:
            assert str(error)
            return
        people = replace(people, previous=previous_of(roster, zone))
