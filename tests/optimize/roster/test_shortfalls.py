"""Where a roster is short, and why: one small week for each reason."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from optimize.roster.inputs.people import read_people
from optimize.roster.planner import plan_week
from optimize.roster.result import Roster
from tests.optimize.roster import weeks

ONE = {
    "agents": 1,
    "days_per_week": 2,
    "days_off": "any",
    "cost_per_hour": 10,
    "shifts": [{"length": "8h", "start": "08:00"}],
}


def planned(need: np.ndarray, contract: dict[str, Any] = ONE, shortage: float = 100) -> Roster:
    config = weeks.config_of(contracts={"d": contract}, costs={"shortage_per_hour": shortage})
    horizon = weeks.horizon_of(config)
    return plan_week(config, horizon, weeks.requirement_of(horizon, phone=need), read_people(config))


def need(first: int, last: int, day: int, people: int = 1) -> np.ndarray:
    horizon = weeks.horizon_of(weeks.config_of())
    return people * weeks.hours_between(horizon, first, last) * (horizon.day == day)


def test_hours_that_no_shift_reaches() -> None:
    """Two to four in the night, shifts from 8 to 16: one span of two agent-hours, local times."""
    told = planned(need(2, 4, 0) + need(8, 16, 1)).shortfalls
    assert [(each.code, each.agent_h, each.most) for each in told] == [("no-start", 2.0, 1.0)]
    assert told[0].start.isoformat() == "2026-11-30T02:00:00+00:00"
    assert told[0].end.isoformat() == "2026-11-30T04:00:00+00:00"


def test_everybody_at_work_already() -> None:
    """Two needed, one there: eight agent-hours in one span."""
    told = planned(need(8, 16, 0, 2)).shortfalls
    assert [(each.code, each.agent_h) for each in told] == [("all-at-work", 8.0)]


def test_all_days_worked() -> None:
    """Needed on three days, two are worked: the third is short."""
    told = planned(need(8, 16, 0) + need(8, 16, 1) + need(8, 16, 2)).shortfalls
    assert [(each.code, each.agent_h) for each in told] == [("all-at-work", 8.0)]


def test_a_shift_dearer_than_the_shortage() -> None:
    """One hour short at 50 is cheaper than a shift of eight at 10."""
    told = planned(need(8, 9, 0), shortage=50).shortfalls
    assert [(each.code, each.agent_h) for each in told] == [("costs-more", 1.0)]


def test_rest_in_the_way() -> None:
    """Two days a week are Monday late and Tuesday early, seven hours apart: neither can be worked, for the rest."""
    shifts = [{"length": "8h", "start": "15:00", "days": "mon"}, {"length": "8h", "start": "06:00", "days": "tue"}]
    told = planned(need(15, 23, 0) + need(6, 13, 1), ONE | {"shifts": shifts}).shortfalls
    assert [(each.code, each.agent_h) for each in told] == [("too-little-rest", 8.0), ("too-little-rest", 7.0)]


def test_breaks_in_the_way() -> None:
    """One person all day, whose break must lie in busy hours."""
    told = planned(need(8, 16, 0), ONE | {"breaks": [{"length": "1h", "after": "3h-4h"}]}).shortfalls
    assert [(each.code, each.agent_h) for each in told] == [("on-break", 1.0)]


def test_spans_add_up_to_the_coverage_and_come_by_size() -> None:
    """Agent-hours of the spans are the shortage of the coverage table; the largest stands first."""
    rng = np.random.default_rng(5)
    roster = planned(rng.integers(0, 4, 168).astype(float), ONE | {"agents": 3, "days_per_week": 5})
    told = [each.agent_h for each in roster.shortfalls]
    assert sum(told) == pytest.approx(roster.coverage["shortage"].sum())
    assert told == sorted(told, reverse=True)


def test_a_week_with_enough_people_has_none() -> None:
    """Nobody missing, nothing told; otherwise `explain` tells it."""
    assert planned(need(8, 16, 0)).shortfalls == ()
    assert "phone, Mon 30 Nov 08:00-16:00, 8.00 agent-hours" in planned(need(8, 16, 0, 2)).explain()


def test_who_has_worked_all_their_hours_is_not_called_too_expensive() -> None:
    """Twelve hours are eight and four; a third day is short. It could be had with four and four, but not beside eight."""
    config = weeks.config_of(
        contracts={"d": {"days_per_week": 3, "min_days": 1, "days_off": "any", "cost_per_hour": 10,
                         "shifts": [{"length": "8h", "start": "08:00"}, {"length": "4h", "start": "08:00"}]}},
        roster={"agents": "x", "gap": 0.0},
    )  # fmt: skip
    horizon, people = weeks.horizon_of(config), weeks.people_of([("a", "d", "phone")])
    people.agents["hours_max"] = 12.0
    need = weeks.hours_between(horizon, 8, 16) * (horizon.day == 0) + weeks.hours_between(horizon, 8, 12) * (
        horizon.day == 1
    )
    need += weeks.hours_between(horizon, 8, 11) * (horizon.day == 2)
    roster = plan_week(config, horizon, weeks.requirement_of(horizon, phone=need), people)
    assert [each.code for each in roster.shortfalls] == ["all-at-work"]
