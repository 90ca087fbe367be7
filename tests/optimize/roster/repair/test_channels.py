"""Channels in a repair: people with several skills, work that may wait, and targets over a day."""

from __future__ import annotations

import numpy as np
import pytest

from optimize.roster.repair import repair_week
from optimize.roster.verify import recount
from tests.optimize.roster import service_weeks, weeks
from tests.optimize.roster.repair import made

MON, TUE, WED = range(3)
LIVE = {"kind": "synchronous"}


@pytest.mark.parametrize(("helper", "available", "cells"), [("phone", "", 1), ("chat", "", 1), ("phone", "tue", 0)])
def test_a_person_with_two_skills_changes_channel_and_no_shift(helper: str, available: str, cells: int) -> None:
    """Monday needs one at chat and one at phone. Whoever joins serves one of them, and b serves the other."""
    config = made.config_of(channels={"phone": LIVE, "chat": LIVE})
    one = made.need_at((MON, 8))
    need = weeks.requirement_of(made.HORIZON, phone=one, chat=one)
    people = made.people_of("a", "b", "c", available=["", "", available])
    people.agents["skills"] = ["chat", "phone;chat", helper]
    roster = made.published_of(config, need, people, {"a": {MON: 8}, "b": {MON: 8}, "c": {}})
    repair = made.repaired(config, need, roster, made.absent("a", MON))
    fewest = repair.alternative("fewest")
    assert fewest.changes.cells == cells
    assert fewest.as_before is (cells == 1)
    takers = {each.agent for each in repair.open_shifts[0].takers}
    assert takers == ({"c"} if helper == "chat" else set())


@pytest.mark.parametrize(("due_h", "cells"), [(24, 0), (25, 1)])
def test_work_that_may_wait_is_done_by_a_shift_before_it_is_due(due_h: int, cells: int) -> None:
    """Two hours arrive on Monday at 09:00; b, there on Tuesday from 08:00, has done one by 09:00 and both by 10:00."""
    email = {"kind": "deferrable", "target": {"within": f"{due_h}h", "clock": "clock"}, "backlog": 0, "aht": "1h",
             "max_occupancy": 0.5}  # fmt: skip
    config = made.config_of(channels={"email": email}, costs={"shortage_per_hour": 80})
    work = np.zeros(made.HORIZON.size)
    work[9] = 2.0
    need = weeks.requirement_of(made.HORIZON, email=(work, due_h))
    people = made.people_of("a", "b", skills="email", available=["", "tue"])
    roster = made.published_of(config, need, people, {"a": {MON: 8}, "b": {}})
    assert roster.cost.late == pytest.approx(0, abs=1e-6)
    fewest = made.repaired(config, need, roster, made.absent("a", MON, WED)).alternative("fewest")
    assert fewest.as_before is (cells == 1)
    assert fewest.least == (1 if cells else None)
    if cells:
        assert made.days_of(fewest.roster, "b") == [TUE]


def test_targets_over_a_day_are_met_as_published() -> None:
    """One of five is absent on a day; the repair leaves the price of missed targets no higher, the recount agrees."""
    config = service_weeks.config_of()
    horizon, people = weeks.horizon_of(config), service_weeks.people()
    need = service_weeks.requirement_of(config, horizon, people)
    roster = service_weeks.planned(config, horizon, need, people)
    assert roster.targets
    ill = str(roster.table["agent"].iloc[0])
    repair = repair_week(config, horizon, need, roster, made.absent(ill, MON))
    assert not repair.left_out
    for each in repair.alternatives:
        found = recount(config, need, each.roster)
        assert not found.broken
        assert not found.wrong
    before, fewest = roster.cost, repair.alternative("fewest")

    def lack(cost) -> float:
        return float(cost.shortage + cost.late + cost.targets)

    assert (lack(fewest.roster.cost) <= lack(before) + 1e-2) is fewest.as_before
    assert lack(repair.alternative("open").roster.cost) >= lack(fewest.roster.cost) - 1e-6
