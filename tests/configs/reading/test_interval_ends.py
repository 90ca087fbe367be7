"""Tables whose times are the ends of their intervals."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.configs.reading.made import LONDON, notes, read, rows, starts, told


def test_ends_become_starts(tmp_path):
    """A row labelled 09:30 of a table of half hours begins at 09:00; a note gives the interval that was found."""
    found = read(tmp_path, rows("2026-01-05 09:30", "2026-01-05 10:00", "2026-01-05 11:00"), label="end")
    assert starts(found) == ["2026-01-05 09:00", "2026-01-05 09:30", "2026-01-05 10:30"]
    assert notes(found) == ['start: times are ends of intervals of 30 minutes (label = "end")']


def test_midnight_of_the_next_day_ends_the_last_interval(tmp_path):
    """00:00 before 00:30 of the same date is the end of the day before; so is 24:00 of the day before."""
    found = read(tmp_path, rows("2026-01-05 23:30", "2026-01-06 00:00", "2026-01-06 00:30"), label="end")
    assert starts(found) == ["2026-01-05 23:00", "2026-01-05 23:30", "2026-01-06 00:00"]
    text = rows("2026/01/05 23:30", "2026/01/05 24:00", "2026/01/06 00:30")
    assert starts(read(tmp_path, text, label="end")) == starts(found)


def test_midnight_behind_the_evening_ends_its_own_day(tmp_path):
    """Where 00:00 follows 23:30 of the same date, the date is that of the interval; a note says so."""
    text = "Date;Time;volume\n" + "".join(
        f"2026-01-0{day};{time};1\n" for day in (5, 6) for time in ("00:30", "23:30", "00:00")
    )
    found = read(tmp_path, text, label="end", columns={"date": "Date", "time": "Time"}, period="30min")
    assert starts(found)[:3] == ["2026-01-05 00:00", "2026-01-05 23:00", "2026-01-05 23:30"]
    assert starts(found)[3:] == ["2026-01-06 00:00", "2026-01-06 23:00", "2026-01-06 23:30"]


def clock_of_ends(day: datetime, hours: int) -> list[str]:
    """What the clock of London shows at the end of each half hour of a day of so many hours."""
    first = day.replace(tzinfo=ZoneInfo(LONDON)).astimezone(ZoneInfo("UTC"))
    ends = [first + timedelta(minutes=30 * (i + 1)) for i in range(2 * hours)]
    return [f"{end.astimezone(ZoneInfo(LONDON)):%Y-%m-%d %H:%M}" for end in ends]


@pytest.mark.parametrize(("day", "hours"), [((2026, 3, 29), 23), ((2026, 10, 25), 25), ((2026, 7, 1), 24)])
def test_days_of_clock_changes(tmp_path, day, hours):
    """The 46 and 50 half hours of the days of London's clock changes are all there, and follow each other."""
    begin = datetime(*day)  # noqa: DTZ001 - local to London
    found = read(tmp_path, rows(*clock_of_ends(begin, hours)), LONDON, label="end").frame.start
    assert found.iloc[0].tz_convert(LONDON).strftime("%H:%M") == "00:00"
    assert len(found) == 2 * hours
    assert (found.diff().iloc[1:] == timedelta(minutes=30)).all()


def test_the_first_skipped_instant_ends_the_interval_before(tmp_path):
    """Systems that add 30 minutes to 00:30 write 01:00, which the clock skips on 29 March 2026 in London."""
    text = rows("2026-03-29 00:30", "2026-03-29 01:00", "2026-03-29 02:30")
    assert starts(read(tmp_path, text, LONDON, label="end")) == [
        "2026-03-29 00:00",
        "2026-03-29 00:30",
        "2026-03-29 01:00",
    ]
    (line,) = told(tmp_path, rows("2026-03-29 00:30", "2026-03-29 01:30"), LONDON, label="end")
    assert 'start is "2026-03-29 01:30"; the clock skips this time in Europe/London' in line


def test_spans_are_starts_whatever_the_label(tmp_path):
    """A span has both ends; nothing is moved."""
    text = rows("2026/01/05 09:00-09:30", "2026/01/05 09:30-10:00")
    assert starts(read(tmp_path, text, label="end")) == starts(read(tmp_path, text))


def test_a_single_end_needs_its_length(tmp_path):
    """One row has no neighbour to find the interval by; a stated period will do."""
    assert told(tmp_path, rows("2026-01-05 09:30"), label="end") == [
        (
            'history.csv row 2: start is "2026-01-05 09:30"; label = "end" needs the length of the intervals, and one '
            "time does not show it; set history.period"
        )
    ]
    assert starts(read(tmp_path, rows("2026-01-05 09:30"), label="end", period="30min")) == ["2026-01-05 09:00"]
