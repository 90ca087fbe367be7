"""Limits of hours and hours of availability, on their edges."""

from __future__ import annotations

import pytest

from tests.optimize.roster.verify.made import Line, Made, daily, fails, made, passes


def person(lines: list[Line], **cells) -> Made:
    return made(lines, people={"a": cells})


def test_most_hours_may_be_worked_and_not_half_an_hour_more() -> None:
    """Five days of eight hours are forty; 39.5 are too few to allow them."""
    week = daily("a", "mon tue wed thu fri")
    assert passes(person(week, hours_max=40.0))
    assert fails(person(week, hours_max=39.5), "works 40 paid hours; hours_max is 39.5")
    assert fails(person(week, hours_max=39.0), "works 40 paid hours; hours_max is 39")


def test_fewest_hours_are_enough_and_half_an_hour_less_is_not() -> None:
    """Forty hours worked: forty must be, or 40.5."""
    week = daily("a", "mon tue wed thu fri")
    assert passes(person(week, hours_min=40.0))
    assert fails(person(week, hours_min=40.5), "fewer paid hours than hours_min, 40.5")
    assert fails(person([], hours_min=0.5), "fewer paid hours than hours_min")
    assert passes(person([], hours_min=0.0))


def test_limits_of_hours_are_of_paid_hours() -> None:
    """Eight hours with an unpaid break of one are seven."""
    contract = {"breaks": [{"length": "1h", "after": "3h-5h"}]}
    line = [Line("a", "mon 08:00", breaks="11:00-12:00", unpaid_h=1)]
    assert passes(made(line, people={"a": {"hours_max": 7.0, "hours_min": 7.0}}, contract=contract))
    assert fails(made(line, people={"a": {"hours_max": 6.5}}, contract=contract), "works 7 paid hours")
    assert fails(made(line, people={"a": {"hours_min": 7.5}}, contract=contract), "hours_min, 7.5")


def test_fewest_hours_do_not_bind_who_is_on_leave_or_where_days_were_given_up() -> None:
    """Leave of an hour, and a roster that gave up a day, excuse."""
    line, cells = [Line("a", "mon 08:00")], {"a": {"hours_min": 20.0}}
    assert fails(made(line, people=cells), "hours_min")
    assert passes(made(line, people=cells, leave=[("a", "sun 10:00", "sun 11:00")]))
    assert passes(made(line, people=cells, roster_fields={"left_out": 1}))


def test_fewest_hours_do_not_bind_who_comes_tired() -> None:
    """A shift of last Sunday that ends eleven hours and less before Monday excuses; one of Saturday does not.

    Rest ends at midnight where the shift ended at 13:00; half an hour later it runs into Monday.
    """
    line, cells = [Line("a", "mon 12:00")], {"a": {"hours_min": 20.0}}
    contract = {"shifts": [{"length": "8h", "start": "00:00-22:00"}]}
    for clock, excused in (("05:00", False), ("05:30", True)):
        roster = made(line, people=cells, contract=contract, last_week=[Line("a", f"last sun {clock}")])
        assert passes(roster) if excused else fails(roster, "hours_min")


def test_days_running_before_excuse_where_they_leave_too_few() -> None:
    """Five days a week, six in a row: one day before leaves five from Monday on, two leave four."""
    line, cells = [Line("a", "mon 12:00")], {"a": {"hours_min": 20.0}}
    for before, excused in (("sun", False), ("sat sun", True)):
        last = [Line("a", f"last {day} 06:00", 4.0) for day in before.split()]
        roster = made(line, people=cells, last_week=last)
        assert passes(roster) if excused else fails(roster, "hours_min")


@pytest.mark.parametrize(
    ("available", "fits"),
    [
        ("mon 08:00-16:00", True),
        ("mon 08:30-16:00", False),
        ("mon 08:00-15:30", False),
        ("mon", True),
        ("daily", True),
        ("tue", False),
        ("sun", False),
        ("tue 00:00-24:00", False),
        ("tue;mon", True),
        ("tue 08:00-16:00; mon 08:00-16:00", True),
        ("mon 08:00-12:00;mon 12:00-16:00", False),
        ("mon 00:00-24:00", True),
    ],
)
def test_availability_holds_a_shift_from_begin_to_end(available: str, fits: bool) -> None:
    """Monday from 8 to 16, in hours just long enough, and half an hour short at either end."""
    roster = person([Line("a", "mon 08:00")], available=available)
    assert passes(roster) if fits else fails(roster, "outside the hours the person is available", available)


@pytest.mark.parametrize(
    ("available", "fits"),
    [
        ("mon 22:00-06:00", True),
        ("mon 22:00-05:30", False),
        ("mon 22:00-05:59", False),
        ("mon 22:30-06:00", False),
        ("mon 22:00-24:00", False),
        ("mon 22:00-22:00", True),
        ("mon", True),
        ("tue 00:00-06:00;mon 22:00-24:00", False),
    ],
)
def test_availability_over_midnight_belongs_to_the_day_it_begins(available: str, fits: bool) -> None:
    """A night from Monday 22:00 to 6:00; hours that end before they begin run into the next day, equal ones a day."""
    roster = person([Line("a", "mon 22:00")], available=available)
    assert passes(roster) if fits else fails(roster, "outside the hours the person is available")


def test_availability_to_the_minute_of_the_hour() -> None:
    """A shift from 8:30 is not yet in hours from 9:00, and in those from 8:30."""
    assert passes(person([Line("a", "mon 08:30")], available="mon 08:30-16:30"))
    assert fails(person([Line("a", "mon 08:30")], available="mon 09:00-18:00"), "available")
    assert fails(person([Line("a", "mon 08:30")], available="mon 08:00-16:00"), "available")


def test_hours_may_differ_by_a_millionth() -> None:
    """Sums of hours read from a table: eight and a millionth pass as eight, two millionths do not, above and below."""
    line = [Line("a", "mon 08:00")]
    most, least = person(line, hours_max=8.0), person(line, hours_min=8.0)
    for more, fine in ((9e-7, True), (1e-6, True), (1.1e-6, False), (1.9e-6, False)):
        above, below = most.cell(0, paid_h=8.0 + more), least.cell(0, paid_h=8.0 - more)
        assert passes(above) if fine else fails(above, "hours_max is 8")
        assert passes(below) if fine else fails(below, "hours_min, 8")
