"""The small languages of the config."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from configs.units import (
    ClockSpan,
    OpeningHours,
    format_duration,
    parse_clock,
    parse_duration,
    parse_share,
    parse_weekdays,
)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("20s", 20),
        ("15min", 900),
        ("15m", 900),
        ("1h30m", 5400),
        ("8h30m", 30600),
        ("2d", 172800),
        ("1.5h", 5400),
        ("90 s", 90),
    ],
)
def test_durations_are_read(text: str, seconds: float) -> None:
    """Days, hours, minutes and seconds, in this order."""
    assert parse_duration(text).total_seconds() == seconds


@pytest.mark.parametrize("text", ["", "abc", "m15", "-5s", "1h 30", "5:30"])
def test_what_is_no_duration_is_told(text: str) -> None:
    """With an example of what is."""
    with pytest.raises(ValueError, match="is not a duration"):
        parse_duration(text)


@pytest.mark.parametrize("value", [15, 1.5, "15"])
def test_a_number_without_a_unit_is_refused(value: object) -> None:
    """Minutes and seconds must not be able to be mixed."""
    with pytest.raises(ValueError, match="has no unit"):
        parse_duration(value)


@given(st.integers(0, 200_000))
def test_durations_are_written_as_they_are_read(seconds: int) -> None:
    """Reading what was written gives it back."""
    value = timedelta(seconds=seconds)
    assert parse_duration(format_duration(value)) == value


@given(st.integers(0, 1440))
def test_clock_times_are_minutes_after_midnight(minutes: int) -> None:
    """From 00:00 to 24:00."""
    assert parse_clock(f"{minutes // 60:02d}:{minutes % 60:02d}") == minutes


def test_a_span_over_midnight_ends_the_next_day() -> None:
    """22:00 to 06:00 is eight hours."""
    span = ClockSpan.parse("22:00-06:00")
    assert span.end - span.start == 480
    assert str(span) == "22:00-06:00"


def test_weekdays_are_ranges_lists_and_daily() -> None:
    """Ranges may run over the end of the week."""
    assert parse_weekdays("mon-fri") == (0, 1, 2, 3, 4)
    assert parse_weekdays("sat-mon") == (0, 5, 6)
    assert parse_weekdays("tue,thu") == (1, 3)
    assert parse_weekdays("daily") == tuple(range(7))


def test_a_night_reaches_into_the_next_morning() -> None:
    """Open from Saturday 22:00 to Sunday 06:00 only."""
    hours = OpeningHours.parse({"sat": "22:00-06:00"})
    assert hours.minutes(5) == ((1320, 1440),)
    assert hours.minutes(6) == ((0, 360),)


def test_shares() -> None:
    """80 % is 0.8, 80 is a slip."""
    assert parse_share("80%") == 0.8
    assert parse_share(0.25) == 0.25
    with pytest.raises(ValueError, match=r"80 % is written 0\.8"):
        parse_share(80)


@pytest.mark.parametrize(
    "hours",
    [
        "07:00-22:00",
        {"mon-fri": "07:00-22:00", "sat": ["08:00-12:00", "13:00-17:00"]},
        {"daily": "22:00-06:00"},
        {"sun": "closed"},
    ],
)
def test_opening_hours_are_read_as_they_are_written(hours: object) -> None:
    """The text of opening hours, as reports and the reference print it, gives the same hours."""
    found = OpeningHours.parse(hours)
    assert OpeningHours.parse(str(found)) == found


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("daily 00:00-24:00, mon 08:00-09:00", "mon is given twice"),
        ("mon 08:00-09:00, mon 10:00-11:00", "mon is given twice"),
        ("moonday 08:00-09:00", '"moonday" is not a weekday'),
        ("mon", '"mon" is not a span'),
    ],
)
def test_opening_hours_in_words_are_refused_in_words(text: str, said: str) -> None:
    """A day named twice or not known, and a day without hours."""
    with pytest.raises(ValueError, match=said):
        OpeningHours.parse(text)
