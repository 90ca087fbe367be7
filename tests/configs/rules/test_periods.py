"""Periods become windows of days: compared with a plain walk through the calendar."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from configs.rules.periods import Period, Window, windows

MONDAY = date(2026, 11, 30)


@pytest.mark.parametrize("text", ["day", "week", "month", "horizon", "4w", "14d", "53w", "371d"])
def test_a_period_is_written_as_it_is_read(text) -> None:
    """Text, period, text."""
    assert str(Period.parse(text)) == text
    assert Period.parse(Period.parse(text)) == Period.parse(text)


@pytest.mark.parametrize("text", ["", "fortnight", "0w", "54w", "372d", "4 w", "-1d", 4])
def test_what_is_no_period_is_refused_with_examples(text) -> None:
    """Too long, too short, unknown."""
    with pytest.raises(ValueError, match=r'is not a period; write "day", "week", "month", "horizon"'):
        Period.parse(text)


def test_four_weeks_around_one_planned_week() -> None:
    """Every four weeks with a planned day, the last of them three weeks ahead."""
    found = windows(Period.parse("4w"), MONDAY, 7)
    assert [(each.first, each.last) for each in found] == [(-21, 6), (-14, 13), (-7, 20), (0, 27)]


def test_days_and_weeks_and_the_horizon() -> None:
    """From a Wednesday: each day, the week it is in and the next, all five days."""
    first = date(2026, 12, 2)
    assert windows(Period.parse("day"), first, 2) == (Window(0, 0), Window(1, 1))
    assert windows(Period.parse("week"), first, 6) == (Window(-2, 4), Window(5, 11))
    assert windows(Period.parse("horizon"), first, 5) == (Window(0, 4),)
    assert list(Window(-1, 1).days) == [-1, 0, 1]


def test_months_of_any_length() -> None:
    """The end of November, December and January; February of a leap year."""
    assert windows(Period.parse("month"), MONDAY, 40) == (Window(-29, 0), Window(1, 31), Window(32, 62))
    assert windows(Period.parse("month"), date(2028, 2, 1), 1) == (Window(0, 28),)


@given(
    st.dates(date(2024, 1, 1), date(2030, 1, 1)),
    st.integers(1, 35),
    st.sampled_from(["day", "week", "month", "2w", "3w", "5d", "1d", "1w"]),
)
def test_windows_are_those_of_a_walk_through_the_calendar(first, days, text) -> None:
    """Each start day is tried: a window is right if it begins where such a period may, and has a planned day."""
    expected = []
    for start in range(-70, days):
        day = first + timedelta(days=start)
        if text == "month":
            length = ((day + timedelta(days=31)).replace(day=1) - day).days
            begins = day.day == 1
        else:
            number = {"day": 1, "week": 7, "2w": 14, "3w": 21, "5d": 5, "1d": 1, "1w": 7}
            length, begins = number[text], text.endswith(("d", "y")) or day.weekday() == 0
        if begins and start + length - 1 >= 0:
            expected.append(Window(start, start + length - 1))
    assert windows(Period.parse(text), first, days) == tuple(expected)
