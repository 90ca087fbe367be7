"""Three weeks a peer gets wrong: two nights running, two forbidden successors, a shift past midnight."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from optimize.roster import Roster, plan
from tests.optimize.roster import weeks

HORIZON = weeks.horizon_of(weeks.config_of())
MORNING, AFTERNOON, NIGHT = ({"length": "8h", "start": f"{hour}:00"} for hour in ("06", "14", "22"))


def planned(need: np.ndarray, people: int, rest: str, shifts: list[dict]) -> Roster:
    requirement = pd.DataFrame({"channel": "phone", "start": HORIZON.starts, "agents": need.astype(float)})
    contract = {
        "agents": people, "days_per_week": 7, "max_consecutive_days": 7, "rest": rest, "shifts": shifts,
        "cost_per_hour": 10,
    }  # fmt: skip
    rules = {"costs": {"shortage_per_hour": 100}, "roster": {"gap": 0.0, "time_limit": "20s"}}
    return plan(requirement, {"all": contract}, rules=rules)


def test_the_same_people_may_work_night_after_night() -> None:
    """Two by night and one by morning, three people, no morning after a night: possible only with nights in a row."""
    need = np.where(HORIZON.time_of_day >= 22, 2, 0) + np.where(HORIZON.time_of_day < 6, 2, 0)
    need = need + np.where((HORIZON.time_of_day >= 6) & (HORIZON.time_of_day < 14), 1, 0)
    roster = planned(need, 3, "10h", [MORNING, NIGHT])
    assert roster.coverage["shortage"].sum() == 0
    assert roster.cost.wages == pytest.approx(3 * 7 * 8 * 10)
    hours = roster.table["start"].dt.hour.groupby(roster.table["agent"]).nunique()
    assert (hours == 1).all()


def test_a_night_may_forbid_both_the_morning_and_the_afternoon_after_it() -> None:
    """One person to each kind of shift all week, ten hours of rest: the night can still be worked."""
    roster = planned(np.ones(HORIZON.size), 3, "10h", [MORNING, AFTERNOON, NIGHT])
    assert roster.coverage["shortage"].sum() == 0
    assert len(roster.table) == 21
    for _, shifts in roster.table.sort_values("start").groupby("agent"):
        off = shifts["start"].iloc[1:].to_numpy() - shifts["end"].iloc[:-1].to_numpy()
        assert off.min() >= np.timedelta64(10, "h")


def test_a_night_covers_the_morning_of_the_next_day_not_of_its_own() -> None:
    """The week is needed from Monday 22:00 to Tuesday 06:00 only: one shift does it, and Monday before dawn is empty."""
    need = np.zeros(HORIZON.size)
    need[22:30] = 1
    requirement = pd.DataFrame({"channel": "phone", "start": HORIZON.starts, "agents": need})
    contract = {"agents": 2, "days_per_week": 1, "shifts": [NIGHT], "cost_per_hour": 10}
    roster = plan(requirement, {"night": contract}, rules={"costs": {"shortage_per_hour": 100}, "roster": {"gap": 0.0}})
    assert len(roster.table) == 1
    assert roster.coverage["shortage"].sum() == 0
    assert roster.coverage["staffed"].iloc[:6].sum() == 0
