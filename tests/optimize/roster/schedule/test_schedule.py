"""Shifts by person and by interval, with hours and rest."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from configs.horizon import Horizon
from optimize.roster.schedule.intervals import at_work, intervals, on_break
from optimize.roster.schedule.schedule import Schedule
from optimize.roster.schedule.shift import PlannedActivity, Shift
from tests.optimize.roster.schedule.build import schedule_of, shift_of, utc
from tests.optimize.roster.schedule.drawn import horizons, shifts

WEEK = Horizon(date(2026, 11, 30), 7, 60, "UTC")


def working(shift: Shift, horizon: Horizon, t: int) -> bool:
    """The slow way: whether somebody serves channels in interval `t`, which may lie outside the horizon."""
    moment = horizon.begin.to_pydatetime() + t * timedelta(minutes=horizon.interval_min)
    spans = [*shift.breaks, *((each.start, each.end) for each in shift.activities)]
    return shift.start <= moment < shift.end and not any(first <= moment < last for first, last in spans)


@given(st.data())
def test_people_at_work_are_those_found_one_interval_at_a_time(data: Any) -> None:
    """Counts by group equal a plain loop over intervals and shifts, with and without the week as a circle."""
    horizon = data.draw(horizons())
    drawn = data.draw(st.lists(shifts(horizon, step=15), max_size=5))
    schedule, groups = Schedule.of(drawn, horizon.zone), {"a": "x", "b": "y"}
    for circle in (False, True):
        found = schedule.at_work(horizon, groups, circle=circle)
        for group in "xy":
            mine = [shift for shift in drawn if groups.get(shift.agent) == group]
            again = range(horizon.size, 2 * horizon.size) if circle else ()
            slow = np.array(
                [sum(working(shift, horizon, t) for shift in mine) for t in range(horizon.size)], dtype=float
            )
            for t in again:
                slow[t - horizon.size] += sum(working(shift, horizon, t) for shift in mine)
            assert np.array_equal(found.get(group, np.zeros(horizon.size)), slow)


@given(st.data())
def test_hours_and_rest_are_those_counted_minute_by_minute(data: Any) -> None:
    """Worked hours leave out breaks; rest is the time from one end to the next begin; both pass as the clock changes."""
    horizon = data.draw(horizons())
    drawn = data.draw(st.lists(shifts(horizon, ("a",), step=15), min_size=1, max_size=3))
    quarter = timedelta(minutes=15)
    schedule = Schedule.of(drawn, horizon.zone)
    for shift in schedule.shifts:
        moments = [shift.start + i * quarter for i in range((shift.end - shift.start) // quarter)]
        worked = [at for at in moments if not any(first <= at < last for first, last in shift.breaks)]
        assert shift.worked_h == len(worked) / 4
    ordered = sorted(drawn, key=lambda shift: shift.start)
    slow = [ordered[i + 1].start.timestamp() - ordered[i].end.timestamp() for i in range(len(ordered) - 1)]
    assert [rest.total_seconds() for rest in schedule.rests["a"]] == slow
    assert schedule.paid_h == {"a": sum(shift.paid_h for shift in drawn)}


def test_a_night_shift_runs_into_the_next_week_or_round_it() -> None:
    """Sunday 22:00 to Monday 06:00: two hours in this week, six in the next, or at the begin of a circle."""
    schedule = schedule_of(shift_of("a", "2026-12-06 22:00"))
    line, circle = (schedule.at_work(WEEK, {"a": 0}, circle=circle)[0] for circle in (False, True))
    assert np.flatnonzero(line).tolist() == [166, 167]
    assert np.flatnonzero(circle).tolist() == [0, 1, 2, 3, 4, 5, 166, 167]
    following = Horizon(date(2026, 12, 7), 7, 60, "UTC")
    carried = schedule.ending_after(following.begin).at_work(following, {"a": 0}, circle=False)[0]
    assert np.flatnonzero(carried).tolist() == [0, 1, 2, 3, 4, 5]


def test_a_shift_that_ends_with_the_week_does_not_reach_the_next() -> None:
    """Ending at a moment is not ending after it."""
    schedule = schedule_of(shift_of("a", "2026-12-06 16:00"), shift_of("b", "2026-12-06 16:00", hours=9))
    assert [shift.agent for shift in schedule.ending_after(utc("2026-12-07 00:00")).shifts] == ["b"]


def test_people_without_a_group_are_not_counted() -> None:
    """Whoever is not asked for is left out."""
    assert schedule_of(shift_of("a", "2026-11-30 08:00")).at_work(WEEK, {}, circle=True) == {}


def test_breaks_and_activities_take_the_intervals_that_begin_in_them() -> None:
    """A break from 10:00 to 11:00 takes one hour, one from 12:30 to 13:30 that of 13:00; a training takes 14:00."""
    breaks = ((utc("2026-11-30 10:00"), utc("2026-11-30 11:00")), (utc("2026-11-30 12:30"), utc("2026-11-30 13:30")))
    training = PlannedActivity("training", utc("2026-11-30 14:00"), utc("2026-11-30 15:00"))
    shift = shift_of("a", "2026-11-30 08:00", breaks=breaks, activities=(training,))
    assert intervals(shift, WEEK).tolist() == list(range(8, 16))
    assert on_break(shift, WEEK).tolist() == [10, 13]
    assert at_work(shift, WEEK).tolist() == [8, 9, 11, 12, 15]


@pytest.mark.parametrize(("start", "clock_h"), [("2026-10-24 21:00", 7), ("2026-03-28 22:00", 9)])
def test_eight_hours_are_eight_hours_on_the_night_the_clock_changes(start: str, clock_h: int) -> None:
    """On the clock of London 22:00 to 05:00 and 22:00 to 07:00: hours and rest are elapsed time, not clock time."""
    shift = shift_of("a", start)
    after = shift_of("a", f"{shift.end + timedelta(hours=11):%Y-%m-%d %H:%M}")
    schedule = schedule_of(shift, after, timezone="Europe/London")
    shown = [moment.astimezone(schedule.zone).replace(tzinfo=None) for moment in (shift.start, shift.end)]
    assert shown[1] - shown[0] == timedelta(hours=clock_h)
    assert shift.worked_h == 8
    assert schedule.rests == {"a": (timedelta(hours=11),)}


def test_rest_is_negative_where_shifts_overlap_and_none_after_a_single_one() -> None:
    """An hour too early is an hour less than none."""
    schedule = schedule_of(
        shift_of("a", "2026-11-30 08:00"), shift_of("a", "2026-11-30 15:00"), shift_of("b", "2026-11-30 08:00")
    )
    assert schedule.rests == {"a": (-timedelta(hours=1),), "b": ()}
    assert {agent: len(shifts) for agent, shifts in schedule.by_agent.items()} == {"a": 2, "b": 1}
