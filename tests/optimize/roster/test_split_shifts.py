"""A split shift is a shift with a long unpaid break: neither staffed nor paid, and written as one shift."""

from __future__ import annotations

import numpy as np

from optimize.roster.planner import plan_week
from tests.optimize.roster import weeks

SPLIT = {
    "agents": 2,
    "days_per_week": 5,
    "days_off": "any",
    "shifts": [{"length": "11h", "start": "07:00", "breaks": [{"length": "3h", "after": "4h"}]}],
    "cost_per_hour": 10,
}


def test_a_split_shift_pays_and_staffs_its_two_parts() -> None:
    """Two parts of four hours around 11:00 to 14:00: eight paid hours, and nobody is there in between."""
    config = weeks.config_of(contracts={"day": SPLIT})
    horizon = weeks.horizon_of(config)
    need = weeks.hours_between(horizon, 7, 11) + weeks.hours_between(horizon, 14, 18)
    need[5 * 24 :] = 0
    people = weeks.people_of([("A1", "day", "phone"), ("A2", "day", "phone")])
    roster = plan_week(config, horizon, weeks.requirement_of(horizon, phone=need), people)
    assert len(roster.table) == 5
    assert set(roster.table["paid_h"]) == {8.0}
    assert set(roster.table["breaks"]) == {"11:00-14:00"}
    assert set(roster.table["end"] - roster.table["start"]) == {np.timedelta64(11, "h")}
    staffed = roster.coverage["staffed"].to_numpy()
    assert staffed.tolist() == need.tolist()
    assert roster.cost.shortage == 0
