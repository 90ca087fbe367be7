"""The numbers of the week against numbers counted on paper."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest

from reports import week_of
from reports.metrics.people import away, idle
from reports.metrics.work import work_of
from reports.shifts import shifts_of
from tests.reports.runs import small_run


def changed(run, **columns):
    """Return the run with columns of the e-mail rows of the coverage replaced."""
    coverage = run.roster.coverage.copy()
    mine = coverage["channel"] == "email"
    for name, values in columns.items():
        coverage.loc[mine, name] = values
    return replace(run, roster=replace(run.roster, coverage=coverage))


def test_the_hours_of_a_channel_are_its_intervals_times_their_length(week):
    """Phone: five days of 8 h, two whole nights of 7.5 h and the two hours of Sunday's night that lie in the week."""
    phone = week.channels[0]
    assert phone.staffed_h == 5 * 8 + 2 * 7.5 + 2
    assert phone.required_h == phone.staffed_h + 0.5
    assert (phone.shortage_h, phone.short_intervals) == (0.5, 2)
    assert phone.volume == 4 * 228


def test_the_service_level_is_weighted_by_contacts(week):
    """226 intervals at 90% and two at 50%, all with four contacts; with none at all nothing can be said."""
    assert week.channels[0].service_level == pytest.approx((226 * 0.9 + 2 * 0.5) / 228)
    assert week.channels[0].below == 2
    assert week.channels[0].kept is True


def test_short_intervals_next_to_each_other_are_one_spell(week):
    """Tuesday 12:30 to 13:00, one agent missing."""
    (period,) = week.channels[0].periods
    assert f"{period.start:%a %H:%M} {period.end:%H:%M}" == "Tue 12:30 13:00"
    assert (period.agent_h, period.most) == (0.5, 1.0)


def test_work_open_at_first_is_read_from_the_first_interval(week):
    """One hour waits on Monday at midnight and at the end; each hour that comes is done at once."""
    work = week.channels[2].work
    assert (work.opening_h, work.arriving_h, work.done_h, work.left_h) == (1.0, 20.0, 20.0, 1.0)


def test_work_is_late_in_order_of_arrival(week):
    """The hour that waits at first is done first, so the last of Friday's four hours is still open on Saturday."""
    work = week.channels[2].work
    assert (work.judged_h, work.late_h) == (21.0, 1.0)
    assert week.channels[2].service_level == pytest.approx(20 / 21)
    assert week.channels[2].kept is False


def test_late_work_equals_the_slow_count_piece_by_piece(run):
    """Cut into pieces of 0.01 h, taken first come first served: the pieces finished after their due time."""
    rng = np.random.default_rng(7)
    size = run.horizon.size
    arriving = np.where(rng.random(size) < 0.1, rng.integers(1, 200, size), 0) / 100
    done = np.zeros(size)
    waiting = 0.5
    for at in range(size):
        done[at] = min(waiting + arriving[at], rng.integers(0, 14) / 100)
        waiting += arriving[at] - done[at]
    backlog = 0.5 + np.cumsum(arriving) - np.cumsum(done)
    made = changed(run, work_h=arriving, done_h=done, backlog_h=backlog)
    table = made.requirement.table.copy()
    mine = table["channel"] == "email"
    table.loc[mine, "work_h"] = arriving
    table.loc[mine, "due"] = (table.loc[mine, "start"] + pd.Timedelta(hours=30)).where(arriving > 0)
    made = replace(made, requirement=replace(made.requirement, table=table))
    first = next(at for at in range(size) if arriving[at])
    queue = [first + 120] * 50 + [at + 120 for at in range(size) for _ in range(round(arriving[at] * 100))]
    late = judged = 0
    finished_at = [at for at in range(size) for _ in range(round(done[at] * 100))]
    for number, due in enumerate(queue):
        if due > size:
            continue
        judged += 1
        late += number >= len(finished_at) or finished_at[number] >= due
    work = work_of(made.rostered, "email")
    assert work.judged_h == pytest.approx(judged / 100)
    assert work.late_h == pytest.approx(late / 100)
    assert 0 < late < judged


def test_a_week_without_a_stated_backlog_begins_with_what_last_week_left(run):
    """Sunday's work, due at 09:00 on Monday, is open this Monday too and due at 09:00: half of it is late."""
    size = run.horizon.size
    arriving, done = np.zeros(size), np.zeros(size)
    arriving[-4:] = 0.5  # two hours, Sunday from 23:00 on
    done[32:36] = 0.25  # one hour, Monday from 08:00 to 09:00
    done[40:44] = 0.25  # one hour, after 09:00
    made = changed(run, work_h=arriving, done_h=done, backlog_h=2.0 + np.cumsum(arriving) - np.cumsum(done))
    table = made.requirement.table.copy()
    mine = (table["channel"] == "email").to_numpy()
    due = pd.Series(run.horizon.starts + pd.Timedelta(hours=10)).where(arriving > 0)
    due = due.where(due.isna(), run.horizon.end + pd.Timedelta(hours=9))
    table.loc[mine, "due"] = due.to_numpy()
    table["due"] = pd.to_datetime(table["due"], utc=True)
    config = run.config.model_copy(
        update={
            "channels": {
                **run.config.channels,
                "email": run.config.channels["email"].model_copy(update={"backlog": None}),
            }
        }
    )
    work = work_of(replace(made, config=config, requirement=replace(made.requirement, table=table)).rostered, "email")
    assert (work.opening_h, work.judged_h, work.late_h, work.left_h) == (2.0, 2.0, 1.0, 2.0)
    assert work.room[34] == 2.0
    assert work.room[35] == 0.0


def test_a_wish_for_a_start_is_met_within_half_an_hour(run):
    """Ann begins at 08:00 on Monday: 08:30 is near, 09:00 is not; not wanting 12:00 is granted."""
    wishes = [
        ("A001", 0, "08:30", "on"),
        ("A001", 0, "09:00", "on"),
        ("A001", 0, "12:00", "off"),
        ("A001", 0, "", "off"),
    ]
    requests = pd.DataFrame(
        [{"agent": a, "date": run.horizon.date(d), "shift": s, "wish": w, "weight": 1.0} for a, d, s, w in wishes]
    )
    people = replace(run.roster.people, requests=requests)
    week = week_of(replace(run, roster=replace(run.roster, people=people)))
    assert {(wish.start, wish.wish): wish.granted for wish in week.wishes} == {
        ("08:30", "on"): True,
        ("09:00", "on"): False,
        ("12:00", "off"): True,
        ("", "off"): False,
    }


def test_the_room_for_backlog_is_what_has_come_and_is_not_yet_due(week):
    """What was open falls due evenly over Monday's open hours; all of Monday waits until Tuesday 08:45.

    Of the hour open at first half is due after four of eight open hours, on Monday at 13:00, and all of it at 17:00.
    """
    work, horizon = week.channels[2].work, week.run.horizon
    nine, one = horizon.index(horizon.moment(1, 9 * 60)), horizon.index(horizon.moment(1, 13 * 60))
    noon = horizon.index(horizon.moment(0, 13 * 60))
    assert work.room[noon - 1] == pytest.approx(0.5 + work.arriving[:noon].sum())
    assert work.room[nine - 2] == pytest.approx(5.0 - 1.0)
    assert work.room[nine - 1] == pytest.approx(5.0 - 1.0 - 0.25)
    assert work.room[one - 1] == pytest.approx(4.0)
    assert work.room[-1] == pytest.approx(0.0)


def test_nobody_is_counted_twice_among_working_away_and_idle(week):
    """Four work, Dan is on leave all week, Fay is there but has no shift."""
    assert [person.agent for person in away(week.people, 7)] == ["A004"]
    assert [person.agent for person in idle(week.people, 7)] == ["007"]
    assert sum(1 for person in week.people if person.shifts) == 4


def test_people_stand_in_the_order_of_the_contracts(week):
    """Contracts as the config names them, then team, then id."""
    assert [person.agent for person in week.people] == ["A001", "A004", "../E/5", "007", "A003", "A002"]


def test_a_wish_is_granted_by_what_the_roster_does_on_that_day(week):
    """Off on a free day and on on a working day are granted; a night not given and a day without a shift are not."""
    assert {(wish.agent, wish.granted) for wish in week.wishes} == {
        ("A001", True),
        ("A003", True),
        ("A002", False),
        ("007", False),
    }


def test_a_break_after_midnight_lies_on_the_next_day(run):
    """The night that begins on Monday has its break on Tuesday at 02:00."""
    night = next(shift for shift in shifts_of(run) if shift.agent == "A002")
    assert [f"{first:%a %H:%M}-{last:%H:%M}" for first, last in night.breaks] == ["Tue 02:00-02:30"]
    assert (night.clocks, night.part) == ("22:00-06:00", "night")


def test_a_night_over_the_autumn_change_lasts_as_long_as_it_is_paid():
    """Eight hours from 22:00 end at 05:00 when the clock goes back; a break at 02:00 lies after the change."""
    run = small_run(first=date(2026, 10, 19))
    night = [shift for shift in shifts_of(run) if shift.agent == "A002"][-1]
    assert f"{night.start:%a %H:%M}" == "Sun 22:00"
    run = small_run(first=date(2026, 10, 24))
    night = next(shift for shift in shifts_of(run) if shift.agent == "A002")
    assert f"{night.start:%a %H:%M}–{night.end:%a %H:%M}" == "Sat 22:00–Sun 05:00"
    assert f"{night.breaks[0][0]:%a %H:%M %z}" == "Sun 02:00 +0000"


def test_rows_in_any_order_give_the_same_numbers(run, week):
    """Shuffled tables are the same week."""
    roster = replace(
        run.roster,
        table=run.roster.table.sample(frac=1, random_state=3),
        coverage=run.roster.coverage.sample(frac=1, random_state=4),
    )
    again = week_of(replace(run, roster=roster))
    assert [c.service_level for c in again.channels] == [c.service_level for c in week.channels]
    assert [c.periods for c in again.channels] == [c.periods for c in week.channels]
    assert (again.people, again.shifts) == (week.people, week.shifts)
