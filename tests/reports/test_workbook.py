"""The workbook, read back cell by cell."""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
from datetime import date, datetime

import numpy as np
import openpyxl
import pytest

from configs.horizon import Horizon
from configs.loader import build
from reports import week_of
from reports.workbook.choices import choices
from reports.workbook.coverage import by_hour
from reports.workbook.days import in_time
from staffcurve.run_folder.formats import write_reports
from tests.reports.runs import FORMULA, SMALL, small_run

when = datetime.fromisoformat


@pytest.fixture(scope="module")
def path(run, tmp_path_factory):
    """The workbook of the small week."""
    folder = tmp_path_factory.mktemp("workbook")
    write_reports(run, folder, ["xlsx"])
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
    assert book.sheetnames == [
        "Summary", "Days", "Forecast", "Requirement", "Roster", "Coverage", "Shifts", "Choices", "Assumptions",
    ]  # fmt: skip


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
    last = next(row for row in cells(book["Roster"]) if row[0] == "Total")
    assert last[5:] == (4, 3, 2, 2, 2, 0, 1, 14, 86.5, 1386)
    formulas = openpyxl.load_workbook(path)["Roster"]
    assert formulas.cell(row=9, column=6).value == '=COUNTIF(F3:F8,"*:*")'
    assert formulas.cell(row=9, column=14).value == "=SUBTOTAL(109,N3:N8)"


def test_a_name_that_looks_like_a_formula_stays_text(path):
    """Nothing the user typed is ever run; the only formulas are sums of Days and counts of Roster."""
    formulas = openpyxl.load_workbook(path)
    found = [c for sheet in formulas for row in sheet.iter_rows() for c in row if c.value == FORMULA]
    assert len(found) >= 2
    assert {cell.data_type for cell in found} == {"s"}
    running = [c.value for sheet in formulas for row in sheet.iter_rows() for c in row if c.data_type == "f"]
    assert {str(text).partition("(")[0] for text in running} == {"=SUM", "=COUNTIF", "=SUBTOTAL"}
    assert len(running) == 4 * 3 + 6 + 10
    with zipfile.ZipFile(path) as packed:
        assert not any(b"<hyperlink" in packed.read(name) for name in packed.namelist())


def test_times_are_real_times_and_shares_real_shares(book):
    """Tuesday 12:30: two phone agents required, one there, half of the contacts in time."""
    sheet = book["Requirement"]
    heads = [cell.value for cell in sheet[1]]
    at = {name: number for number, name in enumerate(heads)}
    row = next(row for row in cells(sheet)[1:] if row[:2] == ("phone", when("2026-12-01 12:30")))
    assert (
        row[at["Required agents"]],
        row[at["Staffed agents"]],
        row[at["Understaffed agents"]],
        row[at["Overstaffed agents"]],
    ) == (2, 1, 1, 0)
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
    assert len(texts) == 4
    assert "Days!$B$3:$H$3" in texts[0]
    assert "Requirement!$F$2:$F$673" in texts[1]
    assert "Requirement!$G$674:$G$1345" in texts[2]
    assert "Requirement!$O$1346:$O$2017" in texts[3]


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
    """Service target, breaks, premium and notes in words."""
    rows = cells(book["Assumptions"])
    assert ("Channel email", "Service target", "100% finished within 8 open hours") in rows
    assert ("Channel email", "Open", "Mon–Fri 09:00–17:00, Sat–Sun closed") in rows
    assert ("Contract full-time", "Shift", "8 h 30 min, starting 08:00; breaks 30 min") in rows
    assert ("Costs", "Premium night", "25% more, every day 22:00–06:00") in rows
    assert ("Note", "history.csv", "3 intervals were not observed") in rows


def test_the_days_add_up_to_the_week(book, week):
    """Contacts and hours of each day, summed by hand, are those of the sheet Summary; shares are weighted means."""
    rows = {}
    title = ""
    for row in cells(book["Days"])[1:]:
        title = str(row[0]) if row[0] and row[1] is None and row[8] is None else title
        rows[title, row[0]] = row[1:]
    phone = week.channels[0]
    assert sum(rows["Contacts", "Phone"][:7]) == pytest.approx(phone.volume)
    assert rows["Contacts", "Phone"][7] == pytest.approx(phone.volume)
    assert rows["Understaffed agent-hours", "Phone"][:7] == (0, 0.5, 0, 0, 0, 0, 0)
    served, contacts = in_time(week, phone), np.array(rows["Contacts", "Phone"][:7])
    assert np.nansum(served * contacts) / contacts.sum() == pytest.approx(phone.service_level)


def test_the_grid_offers_the_shifts_of_each_contract(path, week):
    """Full-time people get 08:00-16:30, those of nights 22:00-06:00; other texts are warned of, not refused."""
    made = openpyxl.load_workbook(path)
    offered = {}
    for rule in made["Roster"].data_validations.dataValidation:
        column, first, last = re.fullmatch(r"Choices!\$(\w+)\$(\d+):\$\w+\$(\d+)", rule.formula1).groups()
        values = [made["Choices"][f"{column}{row}"].value for row in range(int(first), int(last) + 1)]
        assert (rule.type, rule.errorStyle) == ("list", "warning")
        for area in rule.sqref.ranges:
            for row in range(area.min_row, area.max_row + 1):
                offered[made["Roster"].cell(row, 1).value] = values
    assert offered["A001"] == ["08:00-16:30"]
    assert offered["A002"] == ["22:00-06:00"]
    assert set(offered) == {person.agent for person in week.people}


def test_long_tables_print_one_page_and_say_so(book):
    """2,016 rows of forecast are data: the first 34 are printed; the roster prints whole."""
    sheet = book["Forecast"]
    assert sheet.print_area == "'Forecast'!$A$1:$I$35"
    assert "Only the first 34 of 2,016 rows print" in sheet.oddHeader.left.text
    assert not book["Roster"].print_area


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_and_recalculates_it_to_the_same_values(path, tmp_path):
    """No exception, every sheet there; formulas whose values were wiped come back as they were written."""
    wiped = tmp_path / "wiped" / "staffing.xlsx"
    without_values(path, wiped)
    profile = tmp_path / "profile"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(ALWAYS_RECALCULATE, encoding="utf-8")
    command = ["soffice", "--headless", f"-env:UserInstallation={profile.as_uri()}", "--convert-to", "xlsx"]
    told = subprocess.run(
        [*command, "--outdir", str(tmp_path), str(wiped)], check=True, capture_output=True, text=True, timeout=300
    )
    assert "Error" not in told.stdout + told.stderr
    ours, theirs = (openpyxl.load_workbook(each, data_only=True) for each in (path, tmp_path / "staffing.xlsx"))
    assert theirs.sheetnames == ours.sheetnames
    differ = [
        (sheet.title, cell.coordinate, cell.value, theirs[sheet.title][cell.coordinate].value)
        for sheet in ours
        for row in sheet.iter_rows()
        for cell in row
        if not same(cell.value, theirs[sheet.title][cell.coordinate].value)
    ]
    assert differ == []


ALWAYS_RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""


def without_values(path, wiped) -> None:
    """Copy a workbook with the last value of every formula set to 0."""
    wiped.parent.mkdir()
    with zipfile.ZipFile(path) as packed, zipfile.ZipFile(wiped, "w") as copy:
        for name in packed.namelist():
            data = packed.read(name)
            if name.startswith("xl/worksheets/sheet"):
                data = re.sub(rb"(</f>)<v>[^<]*</v>", rb"\1<v>0</v>", data)
            copy.writestr(name, data)


def same(one, other) -> bool:
    """Values of a cell in two programs: numbers to ten digits, moments to the second."""
    if isinstance(one, int | float) and isinstance(other, int | float):
        return bool(np.isclose(one, other, rtol=1e-9, atol=1e-9))
    if isinstance(one, datetime) and isinstance(other, datetime):
        return abs((one - other).total_seconds()) < 1
    return (one or None) == (other or None)


def test_the_night_of_the_clock_change_has_choices_of_its_own(tmp_path):
    """Eight hours from 22:00 end at 05:00 when the clock goes back that night, and only then."""
    write_reports(small_run(first=date(2026, 10, 19)), tmp_path, ["xlsx"])
    made = openpyxl.load_workbook(tmp_path / "staffing.xlsx")
    heads = {
        column[0].value: [cell.value for cell in column[1:] if cell.value] for column in made["Choices"].iter_cols()
    }
    assert heads["nights"] == ["22:00-06:00"]
    assert heads["nights, Sat 24 Oct"] == ["22:00-05:00"]
    assert [name for name in heads if name.startswith("full-time")] == ["full-time"]
    offered = {}
    for rule in made["Roster"].data_validations.dataValidation:
        for area in rule.sqref.ranges:
            for row, column in ((r, c) for r in range(area.min_row, area.max_row + 1) for c in range(area.min_col, area.max_col + 1)):  # fmt: skip
                offered[made["Roster"].cell(row, 1).value, column - 6] = rule.formula1
    assert len(offered) == 6 * 7
    assert len({offered["A002", day] for day in (0, 1, 2, 3, 4, 6)}) == 1
    assert offered["A002", 5] != offered["A002", 4]


def test_a_shift_is_offered_on_the_days_it_may_begin():
    """A contract that works at weekends only has nothing to offer on a Monday, and the clock skips no start of it."""
    raw = {**SMALL, "contracts": {"weekend": {"days_per_week": 2, "shifts": [
        {"length": "8h", "start": "01:30", "days": "sat-sun"}, {"length": "4h", "start": "09:00", "days": "sun"},
    ], "cost_per_hour": 10}}}  # fmt: skip
    found = choices(build(raw), Horizon(date(2027, 3, 22), 7, 15, "Europe/London"))
    assert [(choice.days, choice.shifts) for choice in found] == [
        ((5,), ("01:30-09:30",)),
        ((6,), ("02:00-10:00", "09:00-13:00")),
    ]


def test_times_of_the_second_pass_have_a_star_in_every_sheet(tmp_path):
    """The forecast of 25 October has 01:00 to 01:45 twice: as times they are equal, as shown they differ."""
    write_reports(small_run(first=date(2026, 10, 19)), tmp_path, ["xlsx"])
    made = openpyxl.load_workbook(tmp_path / "staffing.xlsx")
    for name in ("Forecast", "Requirement"):
        found = [row[1] for row in made[name].iter_rows(min_row=2) if row[0].value == "phone"]
        shown = [(cell.value, cell.number_format.endswith('"*"')) for cell in found]
        assert len(set(shown)) == len(shown) == 7 * 96 + 4
        starred = [value for value, star in shown if star]
        assert starred == [when(f"2026-10-25 01:{minute:02d}") for minute in (0, 15, 30, 45)]
