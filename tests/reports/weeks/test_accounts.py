"""Accounts of one person: on paper, at clock changes, by laws, and as the verifier counts."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from configs.rules.person import person_rules
from configs.schema.rules import KINDS, Rules, ShiftKind
from optimize.roster.rule_facts import RunOutside
from optimize.roster.verify.rules.person import person_of
from optimize.roster.verify.rules.runs import run_up_to
from reports.metrics.accounts import Account
from reports.metrics.agreed_hours import HourLimits
from reports.metrics.people import Wish
from tests.reports.weeks.lines import MONDAY, line, mixed, over, worked

BACK, FORWARD = date(2026, 10, 25), date(2027, 3, 28)
"""Sundays on which the clock of London goes back and forward."""


def test_two_weeks_on_paper() -> None:
    """Five earlies; then late, off, three nights over the weekend and Monday; one weekend worked."""
    counted = worked(mixed("EEEEE..L.NNNN."))
    total = over(counted, 0, 13)
    assert (total.paid_h, total.days, total.nights) == (80.0, 10, 4)
    assert (total.weekends_worked, total.weekends_free) == (1, 1)
    assert total.longest_run == 5
    assert total.shortest_rest_h == 16.0
    first, second = over(counted, 0, 6), over(counted, 7, 13)
    assert (first.days, second.days, first.weekends_free, second.weekends_worked) == (5, 5, 1, 1)


def test_a_night_over_the_end_of_the_week_is_counted_once() -> None:
    """Sunday 22:00 to Monday 06:00 is a shift of Sunday, with all its hours."""
    counted = worked(mixed("......N......."))
    first, second = over(counted, 0, 6), over(counted, 7, 13)
    assert (first.paid_h, first.nights, first.weekends_worked) == (8.0, 1, 1)
    assert (second.paid_h, second.nights, second.weekends_worked, second.days) == (0.0, 0, 0, 0)


def test_the_time_before_the_first_week_counts_for_run_and_rest() -> None:
    """Three days before and two now are a run of five; the last one ended ten hours before the first shift."""
    ended = datetime(2026, 11, 29, 20, tzinfo=ZoneInfo("Europe/London"))
    total = over(worked(mixed("EE.E.........."), run_before=3, ended=ended), 0, 13)
    assert total.longest_run == 5
    assert total.shortest_rest_h == 10.0
    apart = over(worked(mixed(".EE..........."), run_before=3, ended=ended), 0, 13)
    assert apart.longest_run == 2


def test_a_week_counts_a_run_that_began_in_the_week_before() -> None:
    """Saturday to Tuesday: a run of two days in the first week, and of four in the second."""
    counted = worked(mixed(".....EEEE....."))
    assert over(counted, 0, 6).longest_run == 2
    assert over(counted, 7, 13).longest_run == 4


def test_one_shift_has_no_rest() -> None:
    assert over(worked(mixed("E.............")), 0, 13).shortest_rest_h is None


@pytest.mark.parametrize(("day", "rest_h"), [(BACK, 9.0), (FORWARD, 7.0), (date(2026, 11, 29), 8.0)])
def test_rest_is_in_real_hours(day: date, rest_h: float) -> None:
    """From Saturday 22:00 to Sunday 06:00: the clock shows eight hours on each of them."""
    shifts = (line(day - timedelta(days=1), "14:00"), line(day, "06:00"))
    total = over(worked(shifts, days=7, first=day - timedelta(days=6)), 0, 6)
    assert total.shortest_rest_h == rest_h


@pytest.mark.parametrize(
    ("day", "clock", "hours", "nights"),
    [
        (MONDAY, "20:00", 6.0, 1),
        (MONDAY, "20:00", 5.75, 0),
        (MONDAY, "03:00", 8.0, 1),
        (MONDAY, "03:15", 8.0, 0),
        (BACK, "00:30", 3.0, 1),
        (BACK, "04:00", 8.0, 0),
        (FORWARD, "00:30", 2.75, 0),
        (FORWARD, "00:30", 3.0, 1),
        (FORWARD, "03:00", 8.0, 1),
    ],
)
def test_a_night_has_three_real_hours_between_23_and_6(day: date, clock: str, hours: float, nights: int) -> None:
    """At the edge, and where the clock goes back and forward."""
    first = day - timedelta(days=day.weekday())
    assert over(worked((line(day, clock, hours),), days=7, first=first), 0, 6).nights == nights


def test_nights_are_those_of_the_person_s_own_rules() -> None:
    """A contract whose nights begin at 20:00 or later, on working days."""
    own = ShiftKind.model_validate({"starts": "20:00-23:00", "days": ["mon", "tue", "wed", "thu", "fri"]})
    shifts = (line(MONDAY, "20:00", 2.0), line(MONDAY + timedelta(days=1), "19:30"), *mixed(".....N"))
    assert over(worked(shifts, night=own), 0, 13).nights == 1


def test_a_weekend_of_other_days() -> None:
    """Friday and Saturday; Sunday is an ordinary day."""
    total = over(worked(mixed("......E....E.."), weekend=(4, 5)), 0, 13)
    assert (total.weekends_worked, total.weekends_free) == (1, 1)


def test_a_weekend_that_is_not_wholly_planned_is_worked_or_not_counted() -> None:
    """Sunday and Monday: the Monday after the last week is not planned."""
    free = over(worked(mixed("E............."), weekend=(6, 0)), 0, 13)
    assert (free.weekends_worked, free.weekends_free) == (0, 1)
    busy = over(worked(mixed(".............E"), weekend=(6, 0)), 0, 13)
    assert (busy.weekends_worked, busy.weekends_free) == (1, 1)


def test_wishes_leave_and_broken_rules_count_on_their_days() -> None:
    """A run that goes on after the plan counts on its last day, one that ended before on its first."""
    wishes = tuple(
        Wish("A001", "Ann Ash", MONDAY + timedelta(days=day), "off", "", granted=granted)
        for day, granted in ((0, True), (8, False), (9, True))
    )
    broken = tuple(
        RunOutside("A001", "runs.work", MONDAY, MONDAY + timedelta(days=day), price, "work", 7, 6, too_few=False)
        for day, price in ((-1, None), (6, None), (20, None), (8, 4.0))
    )
    leave = frozenset(MONDAY + timedelta(days=day) for day in (5, 6, 7))
    counted = worked((), wishes=wishes, breaches=broken, leave=leave)
    first, second = over(counted, 0, 6), over(counted, 7, 13)
    assert [(each.wishes_granted, each.wishes_refused) for each in (first, second)] == [(1, 0), (1, 1)]
    assert [(each.rules_broken, each.rules_relaxed) for each in (first, second)] == [(2, 0), (1, 1)]
    assert [each.leave_days for each in (first, second)] == [2, 1]


@pytest.mark.parametrize(
    ("paid_h", "least_h", "most_h", "difference_h"),
    [
        (40, 38, 42, 0), (38, 38, 42, 0), (42, 38, 42, 0), (37.5, 38, 42, -0.5), (42.25, 38, 42, 0.25),
        (50, 38, None, 0), (10, None, 42, 0), (50, None, 42, 8), (5, None, None, None),
    ],
)  # fmt: skip
def test_the_difference_is_what_is_outside(paid_h, least_h, most_h, difference_h) -> None:
    """None within the limits, at their edges too; nothing where nothing is agreed."""
    some = over(worked(()), 0, 6)
    assert replace(some, paid_h=paid_h, agreed=HourLimits(least_h, most_h)).difference_h == difference_h


WEEKS = 4
LETTERS = st.text("ELN..", min_size=7 * WEEKS, max_size=7 * WEEKS)
STARTS = st.sampled_from([MONDAY, date(2026, 10, 12), date(2027, 3, 15)])
"""Four weeks without a change of the clock, with one back and with one forward."""


@given(LETTERS, STARTS, st.integers(0, 6))
def test_the_weeks_add_up(days: str, first: date, before: int) -> None:
    """Hours, days, nights and weekends are sums over weeks, the run is the longest, the rest the shortest of a week."""
    counted = worked(mixed(days, first), 7 * WEEKS, first, run_before=before)
    total = over(counted, 0, 7 * WEEKS - 1)
    weeks = [over(counted, 7 * week, 7 * week + 6) for week in range(WEEKS)]
    for name in ("paid_h", "days", "nights", "weekends_worked", "weekends_free"):
        assert getattr(total, name) == sum(getattr(week, name) for week in weeks)
    assert total.longest_run == max(week.longest_run for week in weeks)
    rests = [week.shortest_rest_h for week in weeks if week.shortest_rest_h is not None]
    assert total.shortest_rest_h == min(rests, default=None)
    assert total.weekends_worked + total.weekends_free == WEEKS


@given(LETTERS, STARTS, st.integers(0, 6))
def test_the_account_is_the_verifier_s_count(days: str, first: date, before: int) -> None:
    """The recount of rules reads the same shifts from a table, by other code."""
    shifts, zone = mixed(days, first), ZoneInfo("Europe/London")
    rows = [
        {"start": _utc(shift.start), "end": _utc(shift.end), "paid_h": shift.paid_h, "breaks": ""} for shift in shifts
    ]
    rules = person_rules(Rules.model_validate({"shifts": {"n": {"of": "night", "most": 0}}}), first, 7 * WEEKS)
    person = person_of(zone, "A001", rules, rows, [], known=0, running=before)
    total = over(worked(shifts, 7 * WEEKS, first, run_before=before), 0, 7 * WEEKS - 1)
    assert total.paid_h * 60 == sum(shift.paid_min for shift in person.shifts)
    assert total.days == len(person.by_day)
    assert total.nights == sum(shift.is_of("night") for shift in person.shifts)
    assert total.longest_run == max(run_up_to(person, "work", day) if day in person.by_day else 0 for day in range(28))
    weekends = [{day, day + 1} for day in range(5, 28, 7)]
    assert total.weekends_worked == sum(not weekend.isdisjoint(person.by_day) for weekend in weekends)
    _same_rest(total, person.shifts)


def _same_rest(total: Account, shifts) -> None:
    rests = [(after.start - before.end).total_seconds() / 3600 for before, after in pairwise(shifts)]
    assert total.shortest_rest_h == min(rests, default=None)


def _utc(moment: datetime):
    import pandas as pd

    return pd.Timestamp(moment.astimezone(UTC))


def test_the_kinds_of_the_config_are_the_default() -> None:
    """What the account calls a night is what rules call a night."""
    assert str(KINDS["night"].covers) == "23:00-06:00"
