"""Laws of the optimum of a week: rules cost, people help, order means nothing, waiting work is never dearer."""

from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from optimize.roster.inputs.people import People
from optimize.roster.planner import plan_week
from optimize.roster.result import Roster
from tests.optimize.roster import weeks

FREE: dict[str, Any] = {
    "days_per_week": 3,
    "days_off": "any",
    "shifts": [{"length": "8h", "start": "06:00-14:00", "step": "4h"}],
    "breaks": [{"length": "1h", "after": "2h-5h"}],
    "rest": "8h",
    "cost_per_hour": 10,
}
RULES: list[dict[str, Any]] = [
    {"rest": "15h"},
    {"days_off": "together"},
    {"guaranteed": True},
    {"max_consecutive_days": 2},
    {"breaks": [{"length": "1h", "after": "3h"}]},
    {"shifts": [{"length": "8h", "start": "10:00"}]},
    {"shifts": [{"length": "8h", "start": "06:00-14:00", "step": "4h", "days": "mon-fri"}]},
]
SEEDS = st.integers(0, 10_000)
TINY = 1e-6


def planned(contract: dict[str, Any], people: People, need: dict[str, Any]) -> Roster:
    """The optimum, or as near as a small week comes."""
    kinds: dict[str, Any] = {name: {"kind": "synchronous"} for name in need}
    for name, needed in need.items():
        if isinstance(needed, tuple):
            kinds[name] = {"kind": "deferrable", "target": {"within": f"{needed[1]}h", "clock": "clock"}, "backlog": 0,
                           "aht": "1h"}  # fmt: skip
    config = weeks.config_of(channels=kinds, contracts={"day": contract}, roster={"agents": "x", "gap": 0.0})
    horizon = weeks.horizon_of(config)
    return plan_week(config, horizon, weeks.requirement_of(horizon, **need), people)


def team(count: int, skills: str = "phone") -> People:
    return weeks.people_of([(f"p{i}", "day", skills) for i in range(count)])


def need_of(seed: int) -> np.ndarray:
    """Zero to three people in the hours of four days."""
    rng = np.random.default_rng(seed)
    return rng.integers(0, 4, 168) * np.repeat(rng.random(7) < 0.6, 24)


def never_above(low: Roster, high: Roster) -> bool:
    """Whether the optimum behind `low` can be at or below that behind `high`, as far as both are proven."""
    return low.bound <= high.cost.total * (1 + TINY) + 0.01


@settings(max_examples=3)
@given(SEEDS, st.sampled_from(RULES))
def test_a_rule_more_never_lowers_the_cost(seed: int, rule: dict[str, Any]) -> None:
    """Whatever keeps more rules keeps fewer: where both are optimal, the free week costs no more."""
    need = {"phone": need_of(seed)}
    free, bound = planned(FREE, team(3), need), planned(FREE | rule, team(3), need)
    assert never_above(free, bound)
    if free.status == "optimal":
        assert free.cost.total <= bound.cost.total * (1 + TINY) + 0.01


@settings(max_examples=3)
@given(SEEDS, st.integers(1, 3))
def test_more_people_never_raise_the_cost(seed: int, count: int) -> None:
    """Whoever is not needed stays at home unpaid."""
    need = {"phone": need_of(seed)}
    few, many = planned(FREE, team(count), need), planned(FREE, team(count + 1), need)
    assert never_above(many, few)
    if many.status == "optimal":
        assert many.cost.total <= few.cost.total * (1 + TINY) + 0.01


@settings(max_examples=2)
@given(SEEDS, st.permutations(range(4)))
def test_the_order_of_people_means_nothing(seed: int, order: list[int]) -> None:
    """Same rows in another order: the same cost and the same table."""
    rows = [(f"p{i}", "day", "phone") for i in range(4)]
    need = {"phone": need_of(seed)}
    one = planned(FREE, weeks.people_of(rows), need)
    other = planned(FREE, weeks.people_of([rows[i] for i in order]), need)
    assert one.cost == other.cost
    assert one.table.equals(other.table)


@settings(max_examples=2)
@given(SEEDS, st.integers(2, 24))
def test_work_that_may_wait_is_never_dearer_than_work_at_once(seed: int, within: int) -> None:
    """Where people can do all of it as it comes, leave to wait can only save."""
    rng = np.random.default_rng(seed)
    work = rng.random(168) * weeks.hours_between(weeks.horizon_of(weeks.config_of()), 8, 18)
    calls = need_of(seed)
    both = team(4, "email;phone")
    at_once = planned(FREE, both, {"phone": calls, "email": work})
    waiting = planned(FREE, both, {"phone": calls, "email": (work, within)})
    if at_once.cost.shortage == 0:
        assert never_above(waiting, at_once)
        assert waiting.status != "optimal" or waiting.cost.total <= at_once.cost.total * (1 + TINY) + 0.01
