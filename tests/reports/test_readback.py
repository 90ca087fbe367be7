"""The roster grid is read back from the workbook a run wrote, and every cell that is no shift is named."""

from __future__ import annotations

from datetime import date, timedelta

import openpyxl
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from configs.errors import DataError
from configs.horizon import Horizon
from reports.workbook.readback import read_grid, shifts_in
from staffcurve.run_folder.formats import write_reports
from tests.reports.runs import MONDAY

WEEK = Horizon(MONDAY, 7, 15, "Europe/London")
DAYS = [MONDAY + timedelta(days=day) for day in range(7)]


@pytest.fixture
def book(run, tmp_path):
    """A workbook as written, its path and an open copy."""
    write_reports(run, tmp_path, ["xlsx"])
    path = tmp_path / "staffing.xlsx"
    return path, openpyxl.load_workbook(path)


def moments(*spans: tuple[int, int]):
    """Spans in minutes since the first midnight, as moments; the clock does not change in this week."""
    return tuple(tuple(WEEK.begin + pd.Timedelta(minutes=each) for each in span) for span in spans)


def cell_of(sheet, agent: str, day: int):
    top = next(row for row in range(1, 11) if sheet.cell(row, 1).value == "Agent")
    row = next(row for row in range(top + 1, sheet.max_row + 1) if sheet.cell(row, 1).value == agent)
    first = next(at for at in range(1, 20) if hasattr(sheet.cell(top, at).value, "year"))
    return sheet.cell(row, first + day)


def test_what_a_run_wrote_is_read_back_as_it_was(run, week, book) -> None:
    """Everybody, every day; leave and days off are no shifts; names that look like formulas stay names."""
    entries = read_grid(book[0], WEEK)
    assert len(entries) == 7 * len(week.people)
    told = {(e.agent, e.day): e.spans for e in entries if e.spans}
    wanted = {}
    for shift in week.shifts:
        wanted[shift.agent, (shift.date - MONDAY).days] = ((pd.Timestamp(shift.start), pd.Timestamp(shift.end)),)
    assert told == wanted


def test_a_cell_that_is_no_shift_is_named_by_sheet_and_address(book) -> None:
    """Two wrong cells and a number: all three are told at once."""
    path, made = book
    sheet = made["Roster"]
    wrong = {0: "07:00 to 15:30", 1: "25:00-31:00", 2: 7.5}
    for day, value in wrong.items():
        cell_of(sheet, "A001", day).value = value
    addresses = [cell_of(sheet, "A001", day).coordinate for day in wrong]
    made.save(path)
    with pytest.raises(DataError) as told:
        read_grid(path, WEEK)
    assert [fault.where for fault in told.value.faults] == [f"staffing.xlsx, Roster!{each}" for each in addresses]
    assert '"07:00 to 15:30" is not a shift; write it as 07:00-15:30' in told.value.faults[0].sentence
    assert "is not a time of day" in told.value.faults[1].sentence
    assert "contains 7.5, which is not text" in told.value.faults[2].sentence


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("07:00-15:30", ((420, 930),)),
        ("7.00 \u2013 15.30", ((420, 930),)),
        ("22:00-06:00", ((1320, 1800),)),
        ("16:00-24:00", ((960, 1440),)),
        ("0600-1000, 14:00-18:00", ((360, 600), (840, 1080))),
        ("holiday", ()),
        ("  ", ()),
        (None, ()),
    ],
)
def test_shifts_are_written_in_many_ways(text, spans) -> None:
    """Dashes, points, no separator, over midnight, to midnight, two a day, words."""
    assert shifts_in(text, WEEK, 0) == moments(*spans)


@given(st.text(max_size=20))
def test_any_text_is_shifts_or_a_sentence(text: str) -> None:
    """Nothing else ever comes out."""
    try:
        day = pd.Timedelta(days=1)
        for first, last in shifts_in(text, WEEK, 0):
            assert WEEK.begin <= first < WEEK.begin + day
            assert first < last <= first + day
    except ValueError as error:
        assert "shift" in str(error) or "time of day" in str(error)


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("x.xlsx", b"not a workbook", "cannot be read as a workbook"),
        ("x.csv", b"Agent,Mon 30 Nov\nA001,\n", "has no column for Tue 1 Dec"),
        ("x.csv", b"a,b\n1,2\n", 'no heading row that begins with "Agent"'),
        ("x.csv", b"\xff\xfe", "is not UTF-8"),
    ],
)
def test_files_that_are_none_are_told(tmp_path, name: str, data: bytes, sentence: str) -> None:
    """A file of another kind, a grid without days, no grid, other bytes."""
    (tmp_path / name).write_bytes(data)
    with pytest.raises(DataError, match=sentence):
        read_grid(tmp_path / name, WEEK)


def test_a_grid_saved_as_csv_is_read_by_its_headings(tmp_path) -> None:
    """A legend above, days as a spreadsheet shows them, separated by semicolons, ids with leading zeros."""
    heads = ";".join(["Agent", "Name", *(f"{day:%a} {day.day} {day:%b}" for day in DAYS)])
    path = tmp_path / "grid.csv"
    path.write_text(f"Shifts by start;;\n{heads}\n007;Fay;;22:00-06:00\n007b;Gus\n", encoding="utf-8")
    entries = read_grid(path, WEEK)
    assert [(e.agent, e.day, e.spans) for e in entries if e.spans] == [("007", 1, moments((1440 + 1320, 1440 + 1800)))]
    path.write_text(f"{heads}\n007;Fay\n007;Fay\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"agent 007 is also in grid\.csv, row 2"):
        read_grid(path, WEEK)


LONDON = Horizon(date(2026, 10, 19), 7, 30, "Europe/London")
LORD_HOWE = Horizon(date(2027, 3, 29), 7, 30, "Australia/Lord_Howe")
NEW_YORK = Horizon(date(2026, 10, 26), 7, 30, "America/New_York")


@pytest.mark.parametrize(
    ("text", "week", "day", "begin", "end"),
    [
        ("17:00-01:30", LONDON, 5, "2026-10-24T16:00Z", "2026-10-25T00:30Z"),
        ("17:00-01:30*", LONDON, 5, "2026-10-24T16:00Z", "2026-10-25T01:30Z"),
        ("01:30-01:30*", LONDON, 6, "2026-10-25T00:30Z", "2026-10-25T01:30Z"),
        ("01:00 * \u2013 09:00", LONDON, 6, "2026-10-25T01:00Z", "2026-10-25T09:00Z"),
        ("22:00-06:00", LONDON, 5, "2026-10-24T21:00Z", "2026-10-25T06:00Z"),
        ("18:00-01:30*", LORD_HOWE, 5, "2027-04-03T07:00Z", "2027-04-03T15:00Z"),
        ("18:00-01:30", LORD_HOWE, 5, "2027-04-03T07:00Z", "2027-04-03T14:30Z"),
        ("01:30*-09:00", NEW_YORK, 6, "2026-11-01T06:30Z", "2026-11-01T14:00Z"),
    ],
)
def test_a_star_is_the_second_pass_of_an_hour_that_comes_twice(text, week, day, begin, end) -> None:
    """Moments by hand: London 01:30 and 01:30* are an hour apart, Lord Howe Island half an hour."""
    assert shifts_in(text, week, day) == ((pd.Timestamp(begin), pd.Timestamp(end)),)


@pytest.mark.parametrize(("text", "day"), [("17:00-01:30*", 4), ("02:00*-10:00", 6), ("00:30*-08:00", 6)])
def test_a_star_at_a_time_that_comes_once_is_refused(text: str, day: int) -> None:
    """The night before, and at both edges of the hour that comes twice: 02:00 and 00:30 come once."""
    with pytest.raises(ValueError, match=r"the clock shows \d\d:\d\d only once"):
        shifts_in(text, LONDON, day)
