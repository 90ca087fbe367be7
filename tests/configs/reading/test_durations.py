"""Handle times and waits as durations: forms, units, and what 5:30 means."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from configs.reading.durations import seconds
from tests.configs.reading.made import notes, read, told


def times(*values: str) -> str:
    return "start;volume;aht_s\n" + "".join(f"2026-01-05 {i:02d}:00;5;{value}\n" for i, value in enumerate(values))


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (["0:04:21", "00:05:00"], [261, 300]),
        (["0:04:21.5", "0:04:21,25"], [261.5, 261.25]),
        (["26:00:01", "1.02:00:01", "1 day, 2:00:01", "0 days 00:04:21"], [93601, 93601, 93601, 261]),
        (["59:59", "1:00:00"], [3599, 3600]),
        (["75:30", "4:21"], [4530, 261]),
        (["4:21.5", "0:30"], [261.5, 30]),
        (["0:31", ":30", ":05"], [31, 30, 5]),
        (["4m 21s", "1h 2m", "90s", "4.5 min", "1d"], [261, 3720, 90, 270, 86400]),
        (["4 min 21 sec", "500 ms"], [261, 0.5]),
        (["271", "271.5"], [271, 271.5]),
        (["271,5", "12"], [271.5, 12]),
        (["0", "0:04:21", "-", ""], [0, 261, None, None]),
    ],
)
def test_forms_of_durations(tmp_path, values, expected):
    """Each form in seconds, worked out by hand."""
    got = read(tmp_path, times(*values)).frame.aht_s
    assert [None if math.isnan(value) else value for value in got] == expected


def test_two_parts_are_minutes_and_seconds_with_a_note(tmp_path):
    """4:21 is 261 seconds unless the unit says hours and minutes."""
    found = read(tmp_path, times("4:21", "5:30"))
    assert found.frame.aht_s.tolist() == [261, 330]
    assert notes(found) == [
        'aht_s: "4:21" is read as minutes and seconds; history.aht = { unit = "h:mm" } reads hours and minutes'
    ]
    stated = read(tmp_path, times("4:21", "5:30"), aht={"unit": "h:mm"})
    assert stated.frame.aht_s.tolist() == [15660, 19800]
    assert notes(stated) == []


def test_two_parts_that_all_begin_with_zero_are_refused(tmp_path):
    """0:04 is four seconds or four minutes; both settings are told."""
    assert told(tmp_path, times("0:04", "0:12")) == [
        (
            'history.csv rows 2, 3: aht_s is "0:04" at 2026-01-05 00:00; it may be 4 seconds (history.aht = { unit = "m:ss" }) '
            'or 4 minutes (history.aht = { unit = "h:mm" }); set the one that is right'
        )
    ]
    assert read(tmp_path, times("0:04"), aht={"unit": "h:mm"}).frame.aht_s.tolist() == [240]


@pytest.mark.parametrize(
    ("values", "row", "other"),
    [
        (["0:04:21", "0:05:00", "271"], 4, "0:04:21"),
        (["4m 21s", "5m", "0:05:00"], 4, "4m 21s"),
        (["0:04:21", "0:05:00", "5m"], 4, "0:04:21"),
    ],
)
def test_mixed_forms_are_refused(tmp_path, values, row, other):
    """271 among 0:04:21 may be seconds or minutes; the row is told with the form of the others."""
    (line,) = told(tmp_path, times(*values))
    assert line.startswith(f"history.csv row {row}: aht_s is ")
    assert line.endswith(f'other durations of the column are written such as "{other}"; write all in one form')


@pytest.mark.parametrize("text", ["0:4:75", "-0:04:21", "4:21:30:10", "soon", "1:2"])
def test_texts_that_are_no_durations(tmp_path, text):
    """What is no duration is told as such."""
    (line,) = told(tmp_path, times("0:04:21", text))
    words = 'it must be a duration such as "0:04:21", "4m 21s" or a number of seconds'
    assert line == f'history.csv row 3: aht_s is "{text}" at 2026-01-05 01:00; {words}'


def test_a_unit_does_not_change_durations_with_parts(tmp_path):
    """0:04:21 is 261 seconds whatever the unit of numbers: in minutes it is 4.35."""
    found = read(tmp_path, times("0:04:21"), aht={"unit": "min"})
    assert found.frame.aht_s.tolist() == [pytest.approx(4.35)]


def test_a_unit_of_parts_needs_parts(tmp_path):
    """271 has no hours and minutes."""
    (line,) = told(tmp_path, times("271"), aht={"unit": "h:mm"})
    assert line.endswith(
        "aht_s is 271 at 2026-01-05 00:00; it must be a time such as 5:30, as the unit of handle times says"
    )


@given(second=st.integers(0, 400_000), tenth=st.integers(0, 9))
def test_what_is_written_is_read_back(second, tenth):
    """Writing seconds as h:mm:ss, and with units, and reading them gives the seconds."""
    hours, rest = divmod(second, 3600)
    minutes, left = divmod(rest, 60)
    for text in (f"{hours}:{minutes:02d}:{left:02d}.{tenth}", f"{hours}h {minutes}m {left}.{tenth}s"):
        (found,), note = seconds([text], None, "")
        assert found == pytest.approx(second + tenth / 10)
        assert note == ""
