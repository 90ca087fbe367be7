"""Weekends, successions, rotations, fixed days off and starts of consecutive days."""

from __future__ import annotations

from datetime import date

import pytest

from tests.optimize.roster.verify.rules.made import EARLY, LATE, MONDAY, NIGHT, found, mixed, week


def weekends(**rule):
    return {"weekends": rule}


@pytest.mark.parametrize(("days", "broken"), [("xxx..xx", 0), ("xxxxx..", 0), ("xxxx.x.", 1), ("xxxx..x", 1)])
def test_a_weekend_is_worked_whole_or_not_at_all(days, broken) -> None:
    """Both days, neither, or one."""
    assert len(found(weekends(whole=True), week(days))) == broken


def test_a_weekend_over_the_edge_is_judged_where_both_days_are_known() -> None:
    """The first planned day is a Sunday: yesterday's Saturday is known, or not."""
    sunday = date(2026, 12, 6)
    assert len(found(weekends(whole=True), [(0, EARLY)], first=sunday, known=1)) == 1
    assert found(weekends(whole=True), [(0, EARLY)], first=sunday, known=0) == []
    assert found(weekends(whole=True), [(-1, EARLY), (0, EARLY)], first=sunday, known=1) == []
    assert found(weekends(whole=True), [(5, EARLY)], days=6) == []
    assert found(weekends(whole=True), [(-1, EARLY)], known=7) == []


def test_leave_lifts_a_whole_weekend() -> None:
    """Saturday worked, leave on Sunday."""
    assert found(weekends(whole=True), week("......x"), leave=[5]) == []


def test_a_split_weekend_says_when() -> None:
    """Its days, and how many are worked."""
    (breach,) = found(weekends(whole=True), week(".....x."))
    assert (breach.first, breach.last, breach.worked, breach.days) == (date(2026, 12, 5), date(2026, 12, 6), 1, 2)


def test_a_friday_night_is_not_a_weekend() -> None:
    """A shift belongs to the day on which it begins; on Saturday it is one."""
    assert found(weekends(most=0, per="week"), [(4, NIGHT)]) == []
    assert len(found(weekends(most=0, per="week"), [(5, NIGHT)])) == 1


@pytest.mark.parametrize(("most", "broken"), [(2, 0), (1, 1)])
def test_weekends_in_four_weeks(most, broken) -> None:
    """Two of four, one of a single day."""
    plan = [(6, EARLY), (19, EARLY), (20, EARLY)]
    assert len(found(weekends(most=most, per="horizon"), plan, days=28)) == broken


def test_weekends_of_earlier_weeks_count_if_this_one_adds() -> None:
    """Two known and one planned are three in four weeks; without a planned one nothing is new."""
    before = [(-1, EARLY), (-8, EARLY)]
    assert len({each.number for each in found(weekends(most=2), [*before, (5, EARLY)], known=21)}) == 1
    assert found(weekends(most=1), before, known=21) == []
    assert found(weekends(most=3), [*before, (5, EARLY)], known=21) == []


def test_a_weekend_of_three_days() -> None:
    """Friday to Sunday, its price for each above the most."""
    rule = weekends(days=["fri-sun"], most=0, per="week", price=30)
    assert found(rule, [(4, EARLY)])[0].price == 30
    assert found(rule, [(3, EARLY)]) == []
    rule = weekends(days=["fri-sun"], most=0, per="horizon", price=30)
    assert found(rule, [(4, EARLY), (11, EARLY)], days=14)[0].price == 60
    (breach,) = found(weekends(days=["fri-sun"], whole=True), [(5, EARLY)])
    assert (breach.worked, breach.days) == (1, 3)
    assert (breach.first, breach.last) == (date(2026, 12, 4), date(2026, 12, 6))


def test_a_sunday_that_the_plan_begins_with_adds_a_weekend() -> None:
    """Its Saturday is yesterday's: the weekend belongs there, and the plan works on it."""
    sunday = date(2026, 12, 6)
    assert len(found(weekends(most=0, per="week"), [(0, EARLY)], first=sunday, known=1)) == 1


def successions(**rule):
    return {"successions": {"some": rule}}


@pytest.mark.parametrize(("days", "broken"), [("LE", 1), ("EL", 0), ("L.E", 0), ("LL", 0), ("LELE", 2)])
def test_early_after_late_is_forbidden(days, broken) -> None:
    """On the next day only, every time."""
    assert len(found(successions(after="late", forbid=["early"]), mixed(days))) == broken


def test_what_must_follow() -> None:
    """After a night another, or a day off; the last planned day has no next one."""
    rule = successions(after="night", allow=["night", "off"])
    assert found(rule, mixed("NN.EE")) == []
    (breach,) = found(rule, mixed("NNE"))
    assert (breach.before, breach.found, breach.allow) == (("night",), None, ("night", "off"))
    assert found(rule, mixed("......N")) == []
    assert len(found(rule, [(-1, NIGHT), (0, LATE)], known=1)) == 1
    assert found(rule, [(-1, NIGHT), (0, LATE)], known=0) == []


def test_a_succession_of_three_days() -> None:
    """Night, off, early: only with the days in between as written."""
    rule = successions(after=["night", "off"], forbid=["early"])
    assert found(rule, mixed("N.E"))[0].first == MONDAY
    assert found(rule, mixed("N.L")) == []
    assert found(rule, mixed("N..E")) == []
    assert found(rule, mixed("N.E"), leave=[1]) == []


def rotation(**rule):
    return {"rotation": rule}


def test_a_rotation_with_its_phase() -> None:
    """Four on, four off, begun on the first day; a day later it differs on days 0 and 4."""
    plan = week("xxxx....xxxx....")
    assert found(rotation(pattern="4on4off", starts=MONDAY), plan, days=16) == []
    (breach,) = found(rotation(pattern="4on4off", starts=date(2026, 12, 1)), plan, days=8)
    assert (breach.days, breach.first, breach.last, breach.expected) == (2, MONDAY, date(2026, 12, 4), None)


def test_a_phase_may_be_given_before_or_after_the_plan() -> None:
    """A day a whole pattern away is the same phase."""
    plan = week("xxxx....")
    for starts in (date(2026, 11, 22), date(2026, 12, 8)):
        assert found(rotation(pattern="4on4off", starts=starts), plan, days=8) == []


def test_a_free_phase_is_one_for_all_days_known() -> None:
    """Any phase is right, but not another one each week; leave is passed over."""
    for begin in range(8):
        pattern = ("xxxx...." * 3)[begin : begin + 14]
        assert found(rotation(pattern="4on4off"), week(pattern), days=14) == []
        assert found(rotation(pattern="4on4off"), week(pattern, begin=-7), days=7, known=7) == []
    stray = [*week("xxxx...", begin=-7), *week("xxxx...")]
    assert found(rotation(pattern="4on4off"), week("xxxx...")) == []
    assert found(rotation(pattern="4on4off"), stray, known=7)[0].days == 2
    assert found(rotation(pattern="W-"), [(-1, EARLY), *week("x.x.x.x")], known=1)[0].days == 7
    new = [*week("x.x.x.x", begin=-7), *week("xxxx...")]
    assert found(rotation(pattern="4on4off"), new, known=7) == []
    assert found(rotation(pattern="4on4off"), week(".xxx..."), leave=[0]) == []


def test_a_rotation_of_kinds() -> None:
    """Two early, two nights, two off: a late shift in place of a night is one day off the rotation."""
    rule = rotation(pattern="EENN--", starts=MONDAY)
    assert found(rule, mixed("EENN..E")) == []
    (breach,) = found(rule, mixed("EENL..E"))
    assert (breach.days, breach.expected) == (1, "night")


def test_fixed_days_off() -> None:
    """Sundays and a date; a night that begins the day before is that day's."""
    assert len(found({"fixed_off": ["sun"]}, [(6, EARLY)])) == 1
    assert found({"fixed_off": ["sun"]}, [(5, NIGHT)]) == []
    rule = {"fixed_off_dates": [MONDAY, date(2026, 12, 6)]}
    assert [each.first for each in found(rule, week("xxxxxxx"))] == [MONDAY, date(2026, 12, 6)]
    assert found(rule, week("......x", begin=-7), known=7) == []


@pytest.mark.parametrize(("second", "broken"), [("08:00", 0), ("08:30", 1), ("04:00", 0), ("03:30", 1)])
def test_starts_of_consecutive_days_are_near(second, broken) -> None:
    """Two hours from 6:00, earlier and later."""
    assert len(found({"near_start": "2h"}, [(0, EARLY), (1, second)])) == broken


def test_near_starts_are_by_the_clock_and_around_midnight() -> None:
    """23:30 and 0:30 are an hour apart; a day off ends a run; the clock shows the same hour over a change."""
    assert found({"near_start": "1h"}, [(0, "23:30"), (2, "00:30"), (1, "23:30")]) == []
    (breach,) = found({"near_start": "59m"}, [(0, "23:30"), (1, "00:30")])
    assert (breach.minutes, breach.limit) == (60, 59)
    assert (breach.first, breach.last) == (MONDAY, date(2026, 12, 1))
    assert found({"near_start": "1h"}, [(0, EARLY), (2, LATE)]) == []
    assert len(found({"near_start": "1h"}, [(-1, EARLY), (0, LATE)], known=1)) == 1
    assert found({"near_start": "0h"}, [(0, EARLY), (1, EARLY)], zone="Europe/London", first=date(2026, 3, 28)) == []


def test_successions_of_the_days_before_are_theirs_and_unknown_days_are_not_off() -> None:
    """A breach of last week is not reported again; nobody knows what yesterday was."""
    assert found(successions(after="late", forbid=["early"]), mixed("LE", begin=-2), known=7) == []
    assert found(successions(after="off", forbid=["early"]), [(0, EARLY)], known=0) == []
    assert len(found(successions(after="off", forbid=["early"]), [(0, EARLY)], known=1)) == 1


def test_a_succession_has_its_price() -> None:
    """Once for each time."""
    rule = successions(after="late", forbid=["early"], price=4)
    assert [each.price for each in found(rule, mixed("LELE"))] == [4, 4]


def test_a_rotation_has_its_price_by_the_day() -> None:
    """Two days that differ at three each."""
    rule = rotation(pattern="4on4off", starts=date(2026, 12, 1), price=3)
    assert found(rule, week("xxxx...."), days=8)[0].price == 6


@pytest.mark.parametrize(
    ("lock", "shifts", "leave", "broken"),
    [
        ("off", [], [], 0),
        ("off", [(1, EARLY)], [], 1),
        ("work", [(1, LATE)], [], 0),
        ("work", [], [], 1),
        ("06:00", [(1, "06:00")], [], 0),
        ("06:00", [(1, "06:30")], [], 1),
        ("06:00", [], [1], 0),
        ("06:00", [(0, "06:00")], [], 1),
    ],
)
def test_a_locked_day_is_as_it_was_settled(lock, shifts, leave, broken) -> None:
    """Off, at work, or at work from one start; leave takes the place of a shift."""
    breaches = found({"locks": {"2026-12-01": lock}}, shifts, leave=leave)
    assert [(each.rule, each.first) for each in breaches] == [("locks", date(2026, 12, 1))] * broken
    assert found({"locks": {"2026-12-08": lock}}, shifts, leave=leave) == []
