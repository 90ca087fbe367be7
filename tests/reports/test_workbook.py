"""The workbook, read back cell by cell."""

from __future__ import annotations

import zipfile
from datetime import date, datetime

import numpy as np
import openpyxl
import pytest

import reports
from reports import week_of
from reports.workbook.coverage import by_hour
from tests.reports.runs import FORMULA, small_run

when = datetime.fromisoformat


@pytest.fixture(scope="module")
def path(run, tmp_path_factory):
    """The workbook of the small week."""
    folder = tmp_path_factory.mktemp("workbook")
    reports.write(run, folder, ["xlsx"])
    return folder / "staffing.xlsx"


@pytest.fixture(scope="module")
def book(path):
    """The workbook as openpyxl reads it, formulas as their last value."""
    return openpyxl.load_workbook(path, data_only=True)


def cells(sheet):
    """All rows of a sheet as tuples of values."""
    return list(sheet.iter_rows(values_only=True))


def test_the_sheets_stand_in_the_order_they_are_read(book):
    """From the glance to the assumptions."""
    assert book.sheetnames == ["Summary", "Forecast", "Requirement", "Roster", "Coverage", "Shifts", "Assumptions"]


def test_the_roster_is_a_grid_of_agents_and_days(book):
    """Ann: five shifts; Dan: leave on every day; Bob: his nights by the day they begin."""
    rows = {row[0]: row for row in cells(book["Roster"])[2:]}
    assert rows["A001"][:5] == ("A001", "Ann Ash", "full-time", "North", "phone")
    assert rows["A001"][5:] == (*["08:00-16:30"] * 5, None, None, 5, 40, 600)
    assert rows["A004"][5:12] == ("holiday",) * 7
    assert rows["A002"][5:12] == ("22:00-06:00", "22:00-06:00", None, None, None, None, "22:00-06:00")
    heads = cells(book["Roster"])[1]
    assert heads[5] == when("2026-11-30 00:00")
    assert heads[-3:] == ("Shifts", "Paid h", "Cost")


def test_the_totals_are_formulas_with_the_right_value(book, path):
    """A planner who edits the grid sees the totals move; a reader without a calculator sees them too."""
    last = cells(book["Roster"])[-1]
    assert last[0] == "Total"
    assert last[5:] == (4, 3, 2, 2, 2, 0, 1, 14, 86.5, 1386)
    formulas = openpyxl.load_workbook(path)["Roster"]
    assert formulas.cell(row=9, column=6).value == '=COUNTIF(F3:F8,"*:*")'
    assert formulas.cell(row=9, column=14).value == "=SUBTOTAL(109,N3:N8)"


def test_a_name_that_looks_like_a_formula_stays_text(path):
    """Nothing the user typed is ever run; the only formulas are the totals of the roster."""
    formulas = openpyxl.load_workbook(path)
    found = [c for sheet in formulas for row in sheet.iter_rows() for c in row if c.value == FORMULA]
    assert len(found) >= 2
    assert {cell.data_type for cell in found} == {"s"}
    running = [c.coordinate for sheet in formulas for row in sheet.iter_rows() for c in row if c.data_type == "f"]
    assert len(running) == 10
    with zipfile.ZipFile(path) as packed:
        assert not any(b"<hyperlink" in packed.read(name) for name in packed.namelist())


def test_times_are_real_times_and_shares_real_shares(book):
    """Tuesday 12:30: two phone agents required, one there, half of the contacts in time."""
    sheet = book["Requirement"]
    heads = [cell.value for cell in sheet[1]]
    at = {name: number for number, name in enumerate(heads)}
    row = next(row for row in cells(sheet)[1:] if row[:2] == ("phone", when("2026-12-01 12:30")))
    assert (row[at["Required agents"]], row[at["Staffed agents"]], row[at["Short"]], row[at["Over"]]) == (2, 1, 1, 0)
    assert row[at["Service level"]] == 0.5
    assert row[at["Work arriving h"]] is None
    assert sheet.cell(row=2, column=10).number_format == "0.0%"
    assert len(cells(sheet)) == 1 + 3 * 672


def test_the_heat_map_is_the_mean_of_each_hour(book, week):
    """Phone on Tuesday: half of the hours of 12 and 13 o'clock is short by one; nights with nobody are empty."""
    sheet = book["Coverage"]
    top = next(row for row in range(1, 40) if sheet.cell(row, 1).value == "Phone: staffed minus required, agents")
    assert sheet.cell(top + 2 + 12, 3).value == -1.0
    assert sheet.cell(top + 2 + 8, 3).value == 0.0
    assert sheet.cell(top + 2 + 17, 2).value is None
    grid = by_hour(week, week.channels[2])
    assert grid.shape == (24, 7)
    assert (grid == 1.0).all()


def test_the_skipped_hour_is_empty_and_the_doubled_one_a_mean():
    """On 28 March 2027 there is no one o'clock."""
    week = week_of(small_run(first=date(2027, 3, 27)))
    grid = by_hour(week, week.channels[2])
    assert np.isnan(grid[1, 1])
    assert np.isnan(grid).sum() == 1
    week = week_of(small_run(first=date(2026, 10, 24)))
    assert not np.isnan(by_hour(week, week.channels[2])).any()


def test_every_channel_has_a_chart_over_its_own_rows(path):
    """Phone, chat and e-mail: the rows of each in sheet Requirement, required and staffed."""
    with zipfile.ZipFile(path) as packed:
        charts = sorted(name for name in packed.namelist() if name.startswith("xl/charts/chart"))
        texts = [packed.read(name).decode() for name in charts]
    assert len(texts) == 3
    assert "Requirement!$F$2:$F$673" in texts[0]
    assert "Requirement!$G$674:$G$1345" in texts[1]
    assert "Requirement!$O$1346:$O$2017" in texts[2]


def test_long_sheets_are_set_up_for_screen_and_print(book):
    """Headings stay in sight, columns can be filtered, pages are landscape, one wide, with their heading."""
    for name in ("Forecast", "Requirement", "Shifts"):
        sheet = book[name]
        assert sheet.freeze_panes == "C2"
        assert sheet.auto_filter.ref.startswith("A1:")
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
        assert sheet.print_title_rows == "$1:$1"
    assert book["Roster"].freeze_panes == "C3"
    assert book["Roster"].print_title_rows == "$1:$2"


def test_the_shifts_are_one_row_each(book):
    """The second night of Bob, with its break and its pay."""
    rows = [row for row in cells(book["Shifts"]) if row[0] == "A002"]
    assert rows[1] == (
        "A002",
        "Bob Birch",
        "nights",
        when("2026-12-01 00:00"),
        when("2026-12-01 22:00"),
        when("2026-12-02 06:00"),
        "02:00-02:30",
        7.5,
        150,
    )


def test_the_workbook_was_made_in_the_planned_week(book):
    """The date in the file is the planned Monday, so that two runs do not differ."""
    assert book.properties.created == when("2026-11-30 00:00")
    assert book.properties.modified == when("2026-11-30 00:00")


def test_the_assumptions_say_what_the_plan_rests_on(book):
    """Promise, breaks, premium and notes in words."""
    rows = cells(book["Assumptions"])
    assert ("Channel email", "Promise", "100% finished within 8 h (opening hours)") in rows
    assert ("Channel email", "Open", "Mon–Fri 09:00–17:00, Sat–Sun closed") in rows
    assert ("Contract full-time", "Shift", "8 h 30 min, starting 08:00; breaks 30 min") in rows
    assert ("Costs", "Premium night", "25% more, every day 22:00–06:00") in rows
    assert ("Note", "history.csv", "3 intervals were not observed") in rows
