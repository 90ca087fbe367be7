"""Dates in one column and times of day in another, in the forms that systems give times of day."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from configs.reading.clock import MINUTE, Clock, ClockRules, clocks
from tests.configs.reading.made import LONDON, notes, read, starts, told

APART = {"date": "Date", "time": "Time"}


def apart(*times: str, day: str = "2026-01-05") -> str:
    """A file with a date and these times, one contact each."""
    return "Date;Time;volume\n" + "".join(f"{day};{time};1\n" for time in times)


@pytest.mark.parametrize(
    ("times", "minutes"),
    [
        (["09:00", "9:30"], [540, 570]),
        (["9:00:00 AM", "12:30:00 PM"], [540, 750]),
        (["12:00 AM", "12:00 PM"], [0, 720]),
        (["9 AM", "1 p.m."], [540, 780]),
        (["9.00", "9.30"], [540, 570]),
        (["0", "30", "100", "930", "2330"], [0, 30, 60, 570, 1410]),
        (["0000", "0030"], [0, 30]),
        (["00:00", "24:00"], [0, 1440]),
        (["0", "2400"], [0, 1440]),
        (["09:00-09:30", "09:30-10:00"], [540, 570]),
        (["09:00 - 09:30", "23:30 - 00:00"], [540, 1410]),
        (["09:00–09:30", "09:30–10:00"], [540, 570]),
        (["9:00 AM - 9:30 AM", "11:30 AM - 12:00 PM"], [540, 690]),
        (["9:00 - 9:30 AM", "11:30 - 12:00 PM"], [540, 690]),
        (["0900-0930", "0930-1000"], [540, 570]),
        (["9-10", "10-11"], [540, 600]),
        (["09:00 to 09:30", "09:30 to 10:00"], [540, 570]),
        (["09:00:00.000", "09:30:00,000"], [540, 570]),
    ],
)
def test_times_of_day(tmp_path, times, minutes):
    """Each form of a time of day, worked out by hand in minutes after midnight."""
    got = [f"2026-01-{5 + minute // 1440:02d} {minute % 1440 // 60:02d}:{minute % 60:02d}" for minute in minutes]
    assert starts(read(tmp_path, apart(*times), columns=APART)) == got


def test_the_start_may_be_the_date_or_the_time(tmp_path):
    """`start` with `time`, or `date` with `start`, are the same two columns."""
    for columns in ({"start": "Date", "time": "Time"}, {"date": "Date", "start": "Time"}):
        assert starts(read(tmp_path, apart("09:00"), columns=columns)) == ["2026-01-05 09:00"]


def test_numbers_of_intervals(tmp_path):
    """With a period, 1 is the first interval of the day and 19 begins at nine; hours count from 0."""
    assert starts(read(tmp_path, apart("1", "19"), columns=APART, period="30min")) == [
        "2026-01-05 00:00",
        "2026-01-05 09:00",
    ]
    hours = read(tmp_path, apart("0", "9"), columns=APART, period="1h", first_period=0)
    assert starts(hours) == ["2026-01-05 00:00", "2026-01-05 09:00"]
    (line,) = told(tmp_path, apart("1", "49"), columns=APART, period="30min")
    assert line.startswith("history.csv row 3: Time is 49; there is no such interval in a day; check period")


def test_numbers_that_may_be_hours_are_refused(tmp_path):
    """8 to 17 may be hours or numbers of intervals; the settings for it are told."""
    assert told(tmp_path, apart("8", "17"), columns=APART) == [
        (
            "history.csv rows 2, 3: Time is 8; times are the numbers 8 to 17, so they may be hours or numbers of "
            "intervals; state their length and the number of the first after midnight, such as "
            'history.period = "1h" and history.first_period = 0 for hours'
        )
    ]


@pytest.mark.parametrize(
    ("times", "row", "words"),
    [
        (["09:00", "25:00"], 3, "there is no such time of day"),
        (["09:00", "09:60"], 3, "there is no such time of day"),
        (["900", "975"], 3, "it is not a time such as 930 (half past nine); see period for numbered intervals"),
        (["09:00", "noon"], 3, 'write times of day such as "09:30", "9:30 AM", "0930" or "09:00-09:30"'),
        (["09:00", "930"], 3, 'other times are written such as "09:00"; write all in one form'),
        (["9:00 AM", "1:00"], 3, 'it has neither AM nor PM, others do ("9:00 AM"); write all in one form'),
    ],
)
def test_times_that_are_none(tmp_path, times, row, words):
    """A time that does not exist, or is written unlike the others, is told with its row and column."""
    (line,) = told(tmp_path, apart(*times), columns=APART)
    shown = times[-1] if times[-1].isdigit() else f'"{times[-1]}"'
    assert line == f"history.csv row {row}: Time is {shown}; {words}"


def test_blank_dates_and_times_are_faults(tmp_path):
    """A row without a date, or without a time, belongs to no interval."""
    text = "Date;Time;volume\n;09:00;1\n2026-01-05;;1\n2026-01-05;#N/A;1\n"
    assert told(tmp_path, text, columns=APART) == [
        "history.csv row 2: Date is empty",
        "history.csv rows 3, 4: Time is empty",
    ]


def test_a_date_with_a_time_next_to_a_column_of_times(tmp_path):
    """Two times for one row are one too many."""
    (line,) = told(tmp_path, apart("09:00", day="2026-01-05 10:00"), columns=APART)
    assert line.endswith("it must be a date alone, since the time is in a column of its own")


def test_dates_alone_next_to_a_column_of_times(tmp_path):
    """The fault names the column with the times and the line that is missing."""
    text = "Date;Interval;Handled;volume\n" + "".join(
        f"2026-01-0{day};09:{m:02d}-{(m + 30) // 60 + 9:02d}:{(m + 30) % 60:02d};35;36\n"
        for day in (5, 6)
        for m in (0, 30)
    )
    assert told(tmp_path, text, columns={"start": "Date"}) == [
        'history.csv: Date holds only dates, and Interval holds times; add time = "Interval" to history.columns'
    ]


def test_dates_alone_are_days_where_no_column_holds_times(tmp_path):
    """Handle times are no times of intervals, and a file with a row a day has none."""
    text = "Date;Avg handle;volume\n2026-01-05;0:04:31;3\n2026-01-06;0:05:02;4\n"
    assert starts(read(tmp_path, text, columns={"start": "Date"})) == ["2026-01-05 00:00", "2026-01-06 00:00"]


def test_a_column_of_dates_alone(tmp_path):
    """A file with a row a day has a date and no time; a file with both needs the time named."""
    text = "Date;volume\n2026-01-05;3\n2026-01-06;4\n"
    assert starts(read(tmp_path, text, columns={"date": "Date"})) == ["2026-01-05 00:00", "2026-01-06 00:00"]


def test_hours_and_minutes_behind_a_date(tmp_path):
    """930 and 1000 are times behind a date too."""
    text = "start;volume\n13/01/2026 930;1\n13/01/2026 1000;1\n"
    assert starts(read(tmp_path, text)) == ["2026-01-13 09:30", "2026-01-13 10:00"]


def test_faults_of_all_columns_come_at_once(tmp_path):
    """An unclear order, a wrong time and a wrong number are told together."""
    text = "Date;Time;volume\n05/01/2026;09:00;1\n06/01/2026;25:00;x\n"
    lines = told(tmp_path, text, columns=APART)
    assert [line.split(";")[0] for line in lines] == [
        'history.csv rows 2, 3: Date is "05/01/2026"',
        'history.csv row 3: Time is "25:00"',
        'history.csv row 3: volume is "x" at 06/01/2026 25:00',
    ]


def test_the_double_hour_in_two_columns(tmp_path):
    """01:30 comes twice on 25 October 2026 in London, in the order of the rows."""
    found = read(tmp_path, apart("01:00", "01:30", "01:00", "01:30", day="2026-10-25"), LONDON, columns=APART)
    assert starts(found) == ["2026-10-25 00:00", "2026-10-25 00:30", "2026-10-25 01:00", "2026-10-25 01:30"]


def test_a_span_tells_which_pass_of_the_double_hour_it_is(tmp_path):
    """01:30-01:00 ends before it begins, so it is the last of the first pass, wherever it stands in the file."""
    found = read(tmp_path, apart("01:30-02:00", "01:30-01:00", "00:30-01:00", day="2026-10-25"), LONDON, columns=APART)
    assert starts(found) == ["2026-10-25 01:30", "2026-10-25 00:30", "2026-10-24 23:30"]
    assert notes(found) == []


def test_the_skipped_hour_in_two_columns(tmp_path):
    """A row of the skipped hour is left out where it counts nothing, and a fault where it counts contacts."""
    text = apart("00:30", "01:00", day="2026-03-29").replace("01:00;1", "01:00;0")
    assert starts(read(tmp_path, text, LONDON, columns=APART)) == ["2026-03-29 00:30"]
    (line,) = told(tmp_path, apart("00:30", "01:00", day="2026-03-29"), LONDON, columns=APART)
    assert line == (
        'history.csv row 3: Date + Time is "2026-03-29 01:00"; the clock skips this time in Europe/London; '
        "check the zone, or write times with an offset"
    )


@given(
    minute=st.integers(0, 1439), length=st.sampled_from([5, 10, 15, 30, 60]), mark=st.sampled_from([" - ", "-", "–"])
)
def test_spans_are_read_back(minute, length, mark):
    """Writing a span in 24 hours and reading it gives its start and its end."""
    end = (minute + length) % 1440
    text = f"{minute // 60:02d}:{minute % 60:02d}{mark}{end // 60:02d}:{end % 60:02d}"
    assert clocks([text], ClockRules()) == [Clock(minute * MINUTE, end * MINUTE)]


@given(minute=st.integers(0, 1439))
def test_times_are_read_back(minute):
    """Writing a time in 24 hours, in 12 hours and as HHMM and reading it gives the time."""
    hour, left = divmod(minute, 60)
    half = f"{(hour - 1) % 12 + 1}:{left:02d} {'AM' if hour < 12 else 'PM'}"
    for text in (f"{hour}:{left:02d}", f"{hour:02d}:{left:02d}:00", f"{hour:02d}{left:02d}", half):
        assert clocks([text], ClockRules()) == [Clock(minute * MINUTE)]
