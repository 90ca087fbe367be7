"""A roster's schedule: that of the planner, or read from its table."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from configs.errors import DataError
from optimize.roster.edited import judge, paid
from optimize.roster.inputs.people import read_people
from optimize.roster.inputs.presence import people_at_work
from optimize.roster.inputs.previous import Previous
from optimize.roster.planner import plan_week
from optimize.roster.result import Roster
from optimize.roster.schedule.schedule import Schedule
from optimize.roster.schedule.shift import PlannedActivity
from optimize.roster.verify.duty import read_duties
from optimize.roster.verify.presence import at_work
from tests.optimize.roster import weeks
from tests.optimize.roster.schedule.build import schedule_of, shift_of, utc

CONFIG = weeks.config_of()
HORIZON = weeks.horizon_of(CONFIG)
NEED = weeks.requirement_of(HORIZON, phone=2 * weeks.hours_between(HORIZON, 6, 20))


@pytest.fixture(scope="module")
def roster() -> Roster:
    return plan_week(CONFIG, HORIZON, NEED, read_people(CONFIG))


def test_the_schedule_of_a_plan_is_the_one_its_table_was_written_from(roster: Roster) -> None:
    """Nothing is read back: the object is the planner's, also after something else of the roster changed."""
    assert roster.schedule is roster.planned
    assert replace(roster, seconds=1.0).schedule is roster.schedule
    assert roster.schedule == Schedule.from_table(roster.table, HORIZON.zone)


def test_another_table_has_another_schedule(roster: Roster) -> None:
    """A roster whose table was changed reads that table, once."""
    fewer = replace(roster, table=roster.table.iloc[1:])
    assert fewer.schedule.shifts == roster.schedule.shifts[1:]
    assert fewer.schedule is fewer.schedule


def test_a_table_without_a_zone_is_not_read(roster: Roster) -> None:
    """Clock times mean nothing without their zone, and no zone is assumed."""
    with pytest.raises(ValueError, match=r"need their zone: give Roster\(zone=...\)"):
        _ = replace(roster, table=roster.table.copy(), zone=None).schedule


def test_the_verifier_counts_the_same_people_at_work(roster: Roster) -> None:
    """By skills and interval, as a circle and after a week whose night shift, training and break run into this one."""
    training = PlannedActivity("training", utc("2026-11-30 03:00"), utc("2026-11-30 04:00"))
    break_type = (utc("2026-11-30 01:00"), utc("2026-11-30 02:00"))
    night = shift_of("n", "2026-11-29 22:00", breaks=(break_type,), activities=(training,))
    before = schedule_of(night, shift_of("n", "2026-11-25 22:00"), activities=True)
    agents = pd.DataFrame({"agent": ["n"], "contract": ["day"], "skills": ["phone;gone"]})
    previous = Previous(before.table, agents, weeks.MONDAY)
    for people in (roster.people, replace(roster.people, previous=previous)):
        made = replace(roster, people=people)
        found = people_at_work(CONFIG, made, HORIZON)
        recounted = at_work(CONFIG, made, read_duties(CONFIG, made.table), HORIZON.begin, HORIZON.size)
        assert {group: counts.tolist() for group, counts in found.items()} == {
            group: counts.tolist() for group, counts in recounted.items()
        }
    assert np.flatnonzero(found[frozenset({"phone"})][:6]).tolist() == [0, 2, 4, 5]


def test_a_break_moved_out_of_its_window_by_hand_is_a_broken_rule_and_still_a_break(roster: Roster) -> None:
    """The person is off the phone when the table says so: planner and verifier count the same, and the rule is named."""
    first = roster.schedule.shifts[0]
    moved = replace(first, breaks=((first.start, first.start + (first.breaks[0][1] - first.breaks[0][0])),))
    schedule = paid(CONFIG, HORIZON, replace(roster.schedule, shifts=(moved, *roster.schedule.shifts[1:])))
    judged = judge(CONFIG, HORIZON, NEED, roster, schedule, roster.people)
    assert ["breaks outside their windows" in str(fault) for fault in judged.broken] == [True]
    was, now = (each.coverage.set_index("start")["staffed"] for each in (roster, judged.roster))
    assert now[pd.Timestamp(first.start)] == was[pd.Timestamp(first.start)] - 1
    assert now[pd.Timestamp(first.breaks[0][0])] == was[pd.Timestamp(first.breaks[0][0])] + 1


def test_breaks_nobody_can_read_are_refused_before_anything_is_counted(roster: Roster) -> None:
    """An edited table names the row, the text and how breaks are written."""
    table = roster.table.assign(breaks="noon")
    with pytest.raises(DataError, match='row 0: "noon" is not a time of day'):
        _ = replace(roster, table=table).schedule
