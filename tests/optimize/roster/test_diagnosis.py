"""Rules that leave no week end with rule, person, day, shortfall, and the least change; which is then enough."""

from __future__ import annotations

from typing import Any

import pytest

from configs.errors import InfeasibleError
from optimize.roster.inputs.people import read_people
from optimize.roster.planner import plan_week
from optimize.roster.result import Roster
from tests.optimize.roster import weeks

EVERY_DAY = {
    "agents": 2, "days_per_week": 5, "guaranteed": True, "cost_per_hour": 10,
    "shifts": [{"length": "8h", "start": "08:00"}],
}  # fmt: skip


def planned(contract: dict[str, Any], **cells: object) -> Roster:
    if cells:
        contract = {key: value for key, value in contract.items() if key != "agents"}
    config = weeks.config_of(contracts={"d": contract}, **({"roster": {"agents": "x"}} if cells else {}))
    people = weeks.people_of([("a", "d", "phone"), ("b", "d", "phone")]) if cells else read_people(config)
    for column, value in cells.items():
        people.agents[column] = value
    horizon = weeks.horizon_of(config)
    return plan_week(config, horizon, weeks.requirement_of(horizon, phone=0), people)


def faults(contract: dict[str, Any], **cells: object) -> str:
    with pytest.raises(InfeasibleError) as caught:
        planned(contract, **cells)
    assert caught.value.exit_code == 1
    return str(caught.value)


def test_availability_that_leaves_too_few_days() -> None:
    """Five guaranteed days on a weekend: 2 are possible; both people are named, each fault once."""
    told = faults(EVERY_DAY, available=["sat-sun", "mon-tue"])
    assert "agent a cannot work 5 days this week, as guaranteed, only 2: they can begin shifts on 2 days" in told
    assert "agent b cannot work 5 days" in told
    assert "the least change: guarantee 2 days" in told


def test_too_long_a_row_names_the_days_that_would_do() -> None:
    """Monday to Friday in rows of four at most: four days are possible, and are; rows of five would do as well."""
    contract = EVERY_DAY | {"max_consecutive_days": 4, "days_off": "any"}
    told = faults(contract, available="mon-fri")
    assert (
        "a, b cannot work 5 days this week, as guaranteed, only 4: they can begin shifts on 5 days, at most 4 in a row"
        in told
    )
    assert "the least change: guarantee 4 days" in told
    assert len(planned(contract | {"days_per_week": 4}, available="mon-fri").table) == 8
    assert len(planned(contract | {"max_consecutive_days": 5}, available="mon-fri").table) == 10
    assert len(planned(contract, available="mon-sat").table) == 10


def test_fewer_days_are_told_before_more_availability() -> None:
    """Three days a week are possible where five are guaranteed: two days less, or two more to begin on."""
    told = faults(EVERY_DAY | {"days_off": "any"}, available="mon; wed; fri")
    assert "only 3: they can begin shifts on 3 days" in told
    assert "the least change: guarantee 3 days" in told


def test_rest_that_cannot_be_kept_names_contract_days_and_the_rest_that_can() -> None:
    """Late on Monday until 23:00, early on Tuesday at 6:00: seven hours lie between, eleven are asked."""
    shifts = [
        {"length": "8h", "start": "15:00", "days": "mon"},
        {"length": "8h", "start": "06:00", "days": "tue"},
        {"length": "8h", "start": "08:00", "days": "wed-sun"},
    ]
    contract = EVERY_DAY | {"days_per_week": 7, "max_consecutive_days": 7, "shifts": shifts}
    told = faults(contract)
    assert told.startswith("contracts.d.rest: 2 of agent d-01, d-02 cannot rest 11 h between Monday and Tuesday")
    assert "the least change: rest = 7 h at most, a later start on Tuesday, or guaranteed = false" in told
    assert len(planned(contract | {"rest": "7h"}).table) == 14
    assert len(planned(contract | {"guaranteed": False}).table) == 0


def test_only_the_edge_that_breaks_is_told() -> None:
    """One fault for one pair of days; the other six rests of the week are long enough."""
    shifts = [{"length": "8h", "start": "20:00", "days": "sun"}, {"length": "8h", "start": "08:00", "days": "mon-sat"}]
    told = faults(EVERY_DAY | {"days_per_week": 7, "max_consecutive_days": 7, "shifts": shifts})
    assert told.count("\n") == 0
    assert "between Sunday and Monday" in told
    assert "rest = 4 h at most" in told
