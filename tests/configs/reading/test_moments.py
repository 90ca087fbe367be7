"""Dates with times in the spellings that systems use, each read by hand."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from configs.reading.clock import ClockRules
from configs.reading.moments import Moment, TimeRules, moments
from configs.reading.source import Bad
from tests.configs.reading.made import LONDON, notes, read, rows, starts, told

NINE = "2026-01-05 09:00"


@pytest.mark.parametrize(
    "text",
    [
        "Mo, 5. Januar 2026 09:00 Uhr",
        "lundi 5 janv. 2026 9:00",
        "5 de enero de 2026 09:00",
        "lunedì 5 gennaio 2026 9:00",
        "5 jan 2026 9.00",
        "2026-01-05T09:00",
        "2026-01-05 09:00:00.123456",
        "2026-01-05T09:00:00Z",
        "2026-01-05T10:00:00+01:00",
        "2026-01-05 10:00:00.000+0100",
        "2026-01-05 10:00:00 +0100",
        "2026-01-05 09:00 UTC",
        "2026-01-05 09:00:00+00",
        "2026-01-05 09:00:00.0000000Z",
        "2026/01/05 09:00",
        "2026.1.5 9:00",
        "2026. 01. 05. 9:00",
        "20260105 9:00",
        "20260105T0900",
        "20260105T090000Z",
        "202601050900",
        "20260105090000",
        "05-Jan-2026 09:00",
        "5 January 2026 9:00 AM",
        "Jan 5, 2026 9:00 AM",
        "January 5th, 2026 9:00:00 am",
        "Mon 05-Jan-2026 09:00",
        "Monday, 2026-01-05 09:00",
        "2026-01-05 9.00",
        "2026-01-05 9 AM",
        "2026-01-05 09h00",
        "2026-01-05 0900",
        "2026-01-05 09:00-09:30",
        "2026/01/05 09:00 – 09:30",
        "2026/01/05 9:00 AM - 9:30 AM",
        "2026/01/05 09:00 - 2026/01/05 09:30",
        "1767603600",
        "1767603600000",
    ],
)
def test_spellings_of_nine_o_clock(tmp_path, text):
    """Every spelling of nine o'clock on Monday, 5 January 2026, is that moment, beside a second one like it."""
    later = text.replace("09:30", "10:00").replace("9:30", "10:00").replace("09:00", "09:30")
    found = read(tmp_path, rows(text) if later == text else rows(text, later.replace(" 9:00", " 9:30")))
    assert starts(found)[0] == NINE


@pytest.mark.parametrize(
    ("settings", "text"),
    [
        ({"date_format": "dmy"}, "05/01/2026 09:00"),
        ({"date_format": "mdy"}, "01/05/2026 09:00"),
        ({"date_format": "mdy"}, "1-5-2026 9:00"),
        ({"date_format": "dmy"}, "5. 1. 2026 9:00"),
        ({"date_format": "mdy"}, "01052026 0900"),
        ({"date_format": "ymd"}, "26/01/05 09:00"),
        ({"date_format": "%d.%m.%Y %H:%M"}, "05.01.2026 09:00"),
        ({"date_format": "%Y%j"}, "2026005 9:00 AM"),
        ({"date_format": "epoch"}, "1767603600.25"),
        ({"date_format": "epoch-ms"}, "1767603600250"),
        ({"date_format": "serial"}, "46027.375"),
    ],
)
def test_a_format_that_is_stated(tmp_path, settings, text):
    """What one file cannot settle the config states."""
    assert starts(read(tmp_path, rows(text), **settings)) == [NINE]


def test_seconds_since_1970_are_noted(tmp_path):
    """Ten digits in every row are seconds since 1970; a note says so. Nine digits are nothing."""
    found = read(tmp_path, rows("1767603600", "1767605400"))
    assert starts(found) == [NINE, "2026-01-05 09:30"]
    assert notes(found) == ['start: are read as seconds since 1970 in UTC, as date_format = "epoch" would']
    (line,) = told(tmp_path, rows("176760360"))
    assert line.endswith("write it such as 2026-11-30T09:30 or 2026-11-30T09:30+00:00")


def test_day_numbers_are_read_only_where_they_are_stated(tmp_path):
    """46027.375 may be a date or a number; the fault names the setting."""
    (line,) = told(tmp_path, rows("46027.375"))
    assert line == (
        "history.csv row 2: start is 46027.375; this is the day number of a spreadsheet; format the column as "
        'ISO 8601 dates before saving, or set history.date_format = "serial"'
    )


def test_a_date_and_a_time_of_a_spreadsheet(tmp_path):
    """A day number in one column and a fraction of the day in another are a moment."""
    text = "Date;Time;volume\n46027;0.375;1\n46027;0.5;2\n"
    found = read(tmp_path, text, columns={"date": "Date", "time": "Time"}, date_format="serial")
    assert starts(found) == [NINE, "2026-01-05 12:00"]


def test_a_span_is_no_offset(tmp_path):
    """Behind a space, 09:00-09:30 is a span where every row is as long; an offset differs from its time each time."""
    assert starts(read(tmp_path, rows("2026-01-05 09:00-09:30", "2026-01-05 09:30-10:00"))) == [
        NINE,
        "2026-01-05 09:30",
    ]
    offsets = read(tmp_path, rows("2026-01-05 09:00-03:30", "2026-01-05 09:30-03:30"))
    assert starts(offsets) == ["2026-01-05 12:30", "2026-01-05 13:00"]


def test_a_span_over_midnight_in_two_dates(tmp_path):
    """The start of a span counts, and its end may lie on the next day."""
    found = read(tmp_path, rows("13/01/2026 23:30 - 14/01/2026 00:00", "14/01/2026 00:00 - 14/01/2026 00:30"))
    assert starts(found) == ["2026-01-13 23:30", "2026-01-14 00:00"]


def test_spans_of_different_lengths_are_refused(tmp_path):
    """An hour among half hours would be counted into its first half."""
    (line,) = told(tmp_path, rows("2026/01/05 09:00-09:30", "2026/01/05 09:30-10:00", "2026/01/05 10:00-11:00"))
    assert line == (
        'history.csv row 4: start is "2026/01/05 10:00-11:00"; the span is not 30 minutes long as the others are; '
        "give all intervals one length"
    )


def test_years_of_two_digits_are_noted(tmp_path):
    """26 is 2026; a note says how such years are read."""
    found = read(tmp_path, rows("13/01/26 09:00", "14/01/26 09:00"))
    assert starts(found) == ["2026-01-13 09:00", "2026-01-14 09:00"]
    assert notes(found) == [
        "start: dates are read day first: 2026-01-13 to 2026-01-14",
        "start: years have two digits and are read as 1970 to 2069",
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("31/02/2026", "there is no such day"),
        ("2026/02/30", "there is no such day"),
        ("30-Feb-2026", "there is no such day"),
        ("13/01/1969", "years run from 1970 to 2199"),
        ("13/01/2026 25:00", "there is no such time of day"),
        ("13/01/2026 13:00 PM", "there is no such time of day"),
        ("13/01/2026 soon", "write it such as 2026-11-30T09:30 or 2026-11-30T09:30+00:00"),
    ],
)
def test_moments_that_are_none(tmp_path, text, words):
    """A day or time that does not exist is told as such."""
    (line,) = told(tmp_path, rows(text))
    assert line == f'history.csv row 2: start is "{text}"; {words}'


WRITTEN = [
    "%Y-%m-%dT%H:%M:%S",
    "%Y/%m/%d %H:%M:%S",
    "%Y%m%d %H:%M:%S",
    "%Y%m%dT%H%M%S",
    "%d-%b-%Y %H:%M:%S",
    "%d %B %Y %I:%M:%S %p",
    "%b %d, %Y %I:%M:%S %p",
    "%a, %d %b %Y %H:%M:%S",
    "%d.%m.%Y %H:%M:%S",
]
MOMENTS = st.datetimes(datetime(1970, 1, 2), datetime(2199, 12, 30)).map(lambda one: one.replace(microsecond=0))  # noqa: DTZ001 - of any zone


@given(moment=MOMENTS, spelling=st.sampled_from(WRITTEN))
def test_what_is_written_is_read_back(moment, spelling):
    """Writing a moment in a spelling whose order is known and reading it gives the moment."""
    (found,) = moments([moment.strftime(spelling)], TimeRules()).read
    assert found == Moment("local", moment)


@given(moment=MOMENTS, order=st.sampled_from(["dmy", "mdy"]), mark=st.sampled_from("/.-"), half=st.booleans())
def test_an_order_that_is_stated_is_read_back(moment, order, mark, half):
    """Writing a moment day first or month first and stating it gives the moment, in 24 and in 12 hours."""
    day = mark.join(["%d", "%m", "%Y"] if order == "dmy" else ["%m", "%d", "%Y"])
    text = moment.strftime(day + (" %I:%M:%S %p" if half else " %H:%M:%S"))
    assert moments([text], TimeRules(order)).read == [Moment("local", moment)]


@given(moment=MOMENTS, minutes=st.integers(-12 * 60, 14 * 60))
def test_offsets_are_read_back(moment, minutes):
    """A moment with seconds and an offset is that moment in UTC, with a colon in the offset or without."""
    sign, size = "-" if minutes < 0 else "+", abs(minutes)
    for colon in ("", ":"):
        text = f"{moment:%Y/%m/%d %H:%M:%S} {sign}{size // 60:02d}{colon}{size % 60:02d}"
        assert moments([text], TimeRules()).read == [Moment("utc", moment - timedelta(minutes=minutes))]


@given(moment=MOMENTS)
def test_seconds_since_1970_are_read_back(moment):
    """The seconds and milliseconds since 1970 of a moment in UTC are that moment."""
    stamp = int(moment.replace(tzinfo=UTC).timestamp())
    assert moments([str(stamp)], TimeRules("epoch")).read == [Moment("utc", moment)]
    assert moments([str(stamp * 1000)], TimeRules("epoch-ms")).read == [Moment("utc", moment)]


@settings(max_examples=200)
@given(texts=st.lists(st.text("0123456789:/.- APMTZapmtoJanuny,+–", max_size=24), max_size=4))
def test_any_text_is_a_moment_or_a_sentence(texts):
    """Whatever a cell holds is read, or said what is wrong with it."""
    for found in moments(texts, TimeRules(clock=ClockRules())).read:
        assert found is None or isinstance(found, Moment | Bad)


def test_summer_time_of_other_spellings(tmp_path):
    """A local time in any spelling follows the clock of the zone."""
    assert starts(read(tmp_path, rows("13/07/2026 9:00 AM", "14/07/2026 9:00 AM"), LONDON)) == [
        "2026-07-13 08:00",
        "2026-07-14 08:00",
    ]
