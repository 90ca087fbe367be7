"""The last Sundays of March and October in London, a day of 23 and one of 25 hours, under each rule about people."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest

from optimize.roster.carry_over import previous_of
from optimize.roster.planner import plan_week
from optimize.roster.result import Roster
from tests.optimize.roster import weeks

SPRING, AUTUMN = date(2026, 3, 23), date(2026, 10, 19)
"""Mondays of the weeks whose Sunday has 23 and 25 hours."""
NIGHT = {
    "days_per_week": 2, "days_off": "any", "cost_per_hour": 10, "min_days": 1,
    "shifts": [{"length": "8h", "start": "22:00"}],
}  # fmt: skip


def plan(first: date, contract: dict, need_of, leave: list = (), costs: dict | None = None, **cells: float) -> Roster:
    """One person's week in London; `need_of` gives the people required from the horizon."""
    config = weeks.config_of(
        plan={"name": "tiny", "timezone": "Europe/London", "interval": "60min"},
        contracts={"d": contract},
        costs={"shortage_per_hour": 100} | (costs or {}),
        roster={"agents": "x", "gap": 0.0},
    )
    horizon = weeks.horizon_of(config, first)
    people = weeks.people_of([("a", "d", "phone")], leave)
    for column, value in cells.items():
        people.agents[column] = value
    return plan_week(config, horizon, weeks.requirement_of(horizon, phone=need_of(horizon)), people)


def the_night(horizon) -> np.ndarray:
    """Saturday 22:00 to Sunday 05:00 by the clock."""
    late = (horizon.day == 5) * weeks.hours_between(horizon, 22, 24)
    return late + (horizon.day == 6) * weeks.hours_between(horizon, 0, 5)


@pytest.mark.parametrize(
    ("first", "leave", "worked"),
    [
        (SPRING, "2026-03-29 06:00", True),  # 07:00 in London: eight hours after 22:00, the clock shows one more
        (SPRING, "2026-03-29 05:00", False),
        (AUTUMN, "2026-10-25 05:00", True),  # 05:00 in London: eight hours after 22:00 by the clock of summer
        (AUTUMN, "2026-10-25 04:00", False),
    ],
)
def test_leave_meets_a_night_where_it_really_ends(first: date, leave: str, worked: bool) -> None:
    """A night of eight hours ends at 07:00 in spring and at 05:00 in autumn; leave from then on lets it be worked."""
    end = f"{first + pd.Timedelta(days=7):%Y-%m-%d} 12:00"
    roster = plan(first, NIGHT, the_night, [("a", leave, end)])
    assert len(roster.table) == int(worked)


@pytest.mark.parametrize("first", [SPRING, AUTUMN])
def test_hours_of_a_night_are_real_hours(first: date) -> None:
    """Sixteen hours are two nights, whatever the clock shows in one of them."""
    roster = plan(first, NIGHT, lambda horizon: np.ones(horizon.size), hours_min=16.0, hours_max=16.0)
    assert roster.table["paid_h"].tolist() == [8.0, 8.0]


@pytest.mark.parametrize(("first", "hours"), [(SPRING, 6), (AUTUMN, 8)])
def test_tiers_price_the_hours_there_are(first: date, hours: int) -> None:
    """Nobody for four people from 22:00 to 05:00: six hours in spring and eight in autumn, half of them dearer."""
    days = NIGHT | {"days_per_week": 1, "shifts": [{"length": "8h", "start": "08:00", "days": ["mon"]}]}
    tiers = {"shortage_tiers": [{"below": 0.5, "per_hour": 300}]}
    roster = plan(first, days, lambda horizon: 4 * the_night(horizon), costs=tiers)
    assert roster.cost.shortage == hours * (2 * 100 + 2 * 300)


@pytest.mark.parametrize(("first", "begins"), [(SPRING, 9), (AUTUMN, 7)])
def test_rest_over_the_changed_night_is_eleven_real_hours(first: date, begins: int) -> None:
    """Saturday ends at 21:00, and eleven hours later the clock shows 09:00 in spring, 07:00 in autumn."""
    contract = {
        "days_per_week": 2, "days_off": "any", "cost_per_hour": 10,
        "shifts": [
            {"length": "8h", "start": "13:00", "days": ["sat"]},
            {"length": "8h", "start": "06:00-10:00", "step": "1h", "days": ["sun"]},
        ],
    }  # fmt: skip

    def need(horizon) -> np.ndarray:
        return (horizon.day == 5) * weeks.hours_between(horizon, 13, 21) + (horizon.day == 6) * weeks.hours_between(
            horizon, 6, 14
        )

    roster = plan(first, contract, need)
    assert roster.table["start"].iloc[1].tz_convert("Europe/London").hour == begins


@pytest.mark.parametrize("first", [SPRING, AUTUMN])
def test_the_week_after_the_change_follows_on_it(first: date) -> None:
    """Sunday night is worked until Monday 06:00, is counted there, and nobody begins again before 17:00."""
    sunday = NIGHT | {"days_per_week": 1, "shifts": [{"length": "8h", "start": "22:00", "days": ["sun"]}]}
    made = plan(first, sunday, lambda horizon: (horizon.day == 6) * weeks.hours_between(horizon, 22, 24))
    assert made.table["end"].iloc[0].tz_convert("Europe/London").hour == 6
    monday = {"days_per_week": 1, "days_off": "any", "cost_per_hour": 10}
    monday["shifts"] = [{"length": "6h", "start": "15:00-18:00", "step": "1h", "days": ["mon"]}]
    config = weeks.config_of(
        plan={"name": "tiny", "timezone": "Europe/London", "interval": "60min"},
        contracts={"d": monday}, roster={"agents": "x", "gap": 0.0},
    )  # fmt: skip
    horizon = weeks.horizon_of(config, first + pd.Timedelta(days=7))
    need = (horizon.day == 0) * (weeks.hours_between(horizon, 0, 6) + weeks.hours_between(horizon, 15, 24))
    people = replace(weeks.people_of([("a", "d", "phone")]), previous=previous_of(made, "Europe/London"))
    roster = plan_week(config, horizon, weeks.requirement_of(horizon, phone=need), people)
    assert roster.coverage["staffed"].iloc[:7].tolist() == [1, 1, 1, 1, 1, 1, 0]
    assert roster.table["start"].iloc[0].tz_convert("Europe/London").hour == 17
