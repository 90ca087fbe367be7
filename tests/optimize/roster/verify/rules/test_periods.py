"""Hours and shifts in periods: at the limit, one beyond, at both edges of what is known."""

from __future__ import annotations

from datetime import date

import pytest

from tests.optimize.roster.verify.rules.made import EARLY, LATE, MONDAY, NIGHT, found, mixed, week


def hours(**rule):
    return {"hours": {"some": rule}}


def shifts(**rule):
    return {"shifts": {"some": rule}}


@pytest.mark.parametrize("hour", ["40h", "41h"])
def test_hours_at_the_most_are_kept(hour) -> None:
    """Five shifts of eight hours are forty."""
    assert found(hours(most=hour), week("xxxxx")) == []


def test_a_minute_above_the_most_is_broken() -> None:
    """Forty hours where 39:59 are allowed, with who, when, value and limit."""
    (breach,) = found(hours(most="39h59m"), week("xxxxx"))
    assert (breach.agent, breach.rule, breach.minutes, breach.limit, breach.too_few) == (
        "a",
        "hours.some",
        2400,
        2399,
        False,
    )
    assert (breach.first, breach.last, breach.price) == (MONDAY, date(2026, 12, 6), None)


def test_hours_at_the_least_are_kept_and_a_minute_below_is_broken() -> None:
    """Forty hours of forty, and of forty and a minute."""
    assert found(hours(least="40h"), week("xxxxx")) == []
    (breach,) = found(hours(least="40h1m"), week("xxxxx"))
    assert (breach.too_few, breach.minutes, breach.limit) == (True, 2400, 2401)


def test_a_shift_belongs_whole_to_the_day_it_begins() -> None:
    """Sunday's night counts in its week, although six hours of it lie in the next."""
    assert len(found(hours(most="7h"), [(6, NIGHT)], days=14)) == 1
    assert [each.first for each in found(hours(most="7h"), [(7, NIGHT)], days=14)] == [date(2026, 12, 7)]


def test_paid_and_worked_hours_differ_by_breaks() -> None:
    """Eight hours with one of break: paid for 7.5, worked 7; paid breaks are not worked."""
    for count, most, broken in (
        ("paid", "7h30m", 0),
        ("paid", "7h29m", 1),
        ("worked", "7h", 0),
        ("worked", "6h59m", 1),
    ):
        rule = hours(per="day", most=most, count=count)
        assert len(found(rule, [(0, EARLY)], breaks="10:00-10:30;12:00-12:30", paid=7.5)) == broken


def test_a_price_is_by_the_hour() -> None:
    """An hour and a half too much, or too little, at 20 an hour."""
    assert found(hours(most="38h30m", price=20), week("xxxxx"))[0].price == pytest.approx(30)
    assert found(hours(least="41h30m", price=20), week("xxxxx"))[0].price == pytest.approx(30)
    assert found(shifts(most=3, price=7), week("xxxxx"))[0].price == pytest.approx(14)


def test_rolling_weeks_are_whole_weeks_and_all_of_them() -> None:
    """Two weeks of five and one shifts: six in any two weeks, of which there are three with the planned days."""
    plan = [*week("xxxxx"), *week("x", begin=7)]
    assert found(shifts(per="2w", most=6), plan, days=14) == []
    (breach,) = found(shifts(per="2w", most=5), plan, days=14)
    assert (breach.first, breach.last, breach.number) == (MONDAY, date(2026, 12, 13), 6)


def test_rolling_days_slide_by_a_day() -> None:
    """Thursday to Tuesday is in seven days, not in one week."""
    plan = [*week("...xxxx"), *week("xx", begin=7)]
    assert found(shifts(per="week", most=4), plan, days=14) == []
    assert found(shifts(per="7d", most=6), plan, days=14) == []
    assert {each.number for each in found(shifts(per="7d", most=5), plan, days=14)} == {6}


def test_history_counts_and_its_absence_does_not() -> None:
    """Three weeks known before: twenty shifts in four weeks; unknown, they are not counted, nor is a least judged."""
    before = [shift for k in (1, 2, 3) for shift in week("xxxxx", begin=-7 * k)]
    assert len(found(shifts(per="4w", most=19), [*before, *week("xxxxx")], known=21)) == 1
    assert found(shifts(per="4w", most=20), [*before, *week("xxxxx")], known=21) == []
    assert found(shifts(per="4w", most=19), week("xxxxx"), known=0) == []
    assert len(found(shifts(per="4w", least=21), [*before, *week("xxxxx")], known=21)) == 1
    assert found(shifts(per="4w", least=21), [*before, *week("xxxxx")], known=20) == []


def test_what_is_known_is_enough_for_a_most() -> None:
    """Two weeks of a window of four are known, and are too much already."""
    assert len(found(shifts(per="4w", most=9), [*week("xxxxx", begin=-7), *week("xxxxx")], known=7)) > 0


def test_what_earlier_weeks_did_is_theirs() -> None:
    """Six shifts last week are above four in two weeks; a week without a shift does not break it again."""
    before = week("xxxxxx", begin=-7)
    assert found(shifts(per="2w", most=4), before, known=7) == []
    assert len(found(shifts(per="2w", most=4), [*before, (6, EARLY)], known=7)) == 1


def test_a_month_is_that_of_the_calendar() -> None:
    """Monday is 30 November, a month's last day; the six days after are December's."""
    assert found(shifts(per="month", most=6), week("xxxxxxx")) == []
    (breach,) = found(shifts(per="month", most=5), week("xxxxxxx"))
    assert (breach.first, breach.last, breach.number) == (date(2026, 12, 1), date(2026, 12, 31), 6)
    assert found(shifts(per="month", least=30), week("xxxxxxx")) == []


def test_the_horizon_is_all_planned_days() -> None:
    """Ten shifts in two weeks, history apart."""
    plan = [*week("xxxxx", begin=-7), *week("xxxxx"), *week("xxxxx", begin=7)]
    assert found(shifts(per="horizon", least=10, most=10), plan, days=14, known=7) == []
    assert found(shifts(per="horizon", most=9), plan, days=14, known=7)[0].number == 10


def test_leave_excuses_a_least_or_counts_as_hours() -> None:
    """Four shifts and a day of leave: no least is judged; at eight hours it makes forty, at 7:59 a minute less."""
    plan = week("xxxx")
    assert found(hours(least="40h"), plan, leave=[4]) == []
    assert found(hours(least="40h", leave_day="8h"), plan, leave=[4]) == []
    assert found(hours(least="40h", leave_day="7h59m"), plan, leave=[4])[0].minutes == 2399
    assert found(hours(most="39h", leave_day="8h"), plan, leave=[4])[0].minutes == 2400
    assert found(hours(most="39h"), plan, leave=[4]) == []
    assert found(shifts(least=5), plan, leave=[4]) == []


def test_shifts_of_a_kind_are_counted_alone() -> None:
    """Two nights among five shifts."""
    plan = mixed("NN.EEL")
    assert found(shifts(of="night", most=2), plan) == []
    assert found(shifts(of="night", most=1), plan)[0].number == 2
    assert found(shifts(of="early", least=3), plan)[0].number == 2


@pytest.mark.parametrize(
    ("clock", "length", "night"),
    [("18:00", 8.0, True), ("17:30", 8.0, False), ("01:00", 5.0, True), ("03:00", 8.0, True), ("03:30", 8.0, False)],
)
def test_a_night_has_three_hours_between_23_and_6(clock, length, night) -> None:
    """From 18:00 to 2:00 are three of them, from 17:30 to 1:30 half an hour less; mornings likewise."""
    assert bool(found(shifts(of="night", most=0), [(2, clock, length)])) is night


def test_a_night_is_counted_in_real_hours_over_a_clock_change() -> None:
    """London, 25 October 2026: from 1:00 to 2:00 twice. From 22:00 for five hours it is 2:00, four hours of night."""
    saturday = date(2026, 10, 24)
    rule = {
        "kinds": {"deep": {"covers": "01:00-02:00", "at_least": "2h"}},
        "shifts": {"some": {"of": "deep", "most": 0}},
    }
    assert found(rule, [(0, NIGHT, 5.0)], zone="Europe/London", first=saturday, days=2)
    assert not found(rule, [(0, NIGHT, 4.5)], zone="Europe/London", first=saturday, days=2)
    assert not found(rule, [(0, NIGHT, 8.0)], zone="UTC", first=saturday, days=2)


def test_kinds_of_ones_own_have_every_condition_given() -> None:
    """Sundays that begin before noon: the last day of the week, and not its late shift."""
    rule = {
        "kinds": {"church": {"days": ["sun"], "starts": "00:00-12:00"}},
        "shifts": {"some": {"of": "church", "most": 0}},
    }
    assert len(found(rule, [(6, EARLY)])) == 1
    assert len(found(rule, [(6, "12:00")])) == 1
    assert found(rule, [(6, "12:30"), (5, EARLY)]) == []
    assert found(rule, [(6, LATE)]) == []


@pytest.mark.parametrize(("clock", "early"), [("03:30", False), ("04:00", True), ("08:59", True), ("09:00", False)])
def test_an_early_shift_begins_from_4_to_8_59(clock, early) -> None:
    """Both ends of its starts."""
    assert bool(found(shifts(of="early", most=0), [(2, clock)])) is early


def test_a_kind_without_a_least_time_needs_a_minute() -> None:
    """A shift until 22:00, and spans that begin a minute before its end and at it."""
    for begin, meets in (("21:59", True), ("22:00", False)):
        for least in ({}, {"at_least": "1min"}):
            kinds = {"some": {"covers": f"{begin}-23:00", **least}}
            assert bool(found({"kinds": kinds} | shifts(of="some", most=0), [(2, LATE)])) is meets


def test_a_span_over_midnight_is_met_from_both_sides() -> None:
    """From 22:00 to 2:00 on each day: the first hours of a day are of the span of the day before."""
    rule = {"kinds": {"some": {"covers": "22:00-02:00", "at_least": "2h"}}} | shifts(of="some", most=0)
    assert len(found(rule, [(2, "00:00", 4.0)])) == 1
    assert len(found(rule, [(2, "21:00", 3.0)])) == 1
    assert found(rule, [(2, "00:30", 4.0)]) == []
    assert len(found(rule, [(2, "01:00", 22.0)])) == 1


def test_shifts_outside_the_days_known_are_not_counted() -> None:
    """The day after the last planned one, and the one before the first known."""
    plan = [(-8, EARLY), (-7, EARLY), (6, EARLY), (7, EARLY)]
    assert found(shifts(per="3w", most=2), plan, known=7) == []
    assert len(found(shifts(per="3w", most=1), plan, known=7)) > 0


@pytest.mark.parametrize(("short", "excused"), [(0, True), (1, True), (2, False)])
def test_leave_until_23_59_takes_the_day(short, excused) -> None:
    """A minute less does; two do not."""
    breaches = found(hours(least="40h"), week("xxxx"), leave=[4], leave_short_min=short)
    assert (breaches == []) is excused


def test_a_break_over_a_clock_change_is_as_long_as_it_is() -> None:
    """London, 25 October 2026: the break from 0:30 to 2:00 has two and a half hours of eight."""
    rule = hours(per="day", most="5h30m", count="worked")
    saturday = date(2026, 10, 24)
    assert found(rule, [(0, NIGHT)], breaks="00:30-02:00", zone="Europe/London", first=saturday, days=2) == []
    rule = hours(per="day", most="5h29m", count="worked")
    assert (
        found(rule, [(0, NIGHT)], breaks="00:30-02:00", zone="Europe/London", first=saturday, days=2)[0].minutes == 330
    )
