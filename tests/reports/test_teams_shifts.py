"""The workbook for Teams Shifts, read back by the columns of the import's template: openpyxl finds the roster again."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import openpyxl
import pandas as pd
import pytest

from tests.reports.export_runs import export_run, files_of, shifts
from tests.reports.runs import FORMULA, MONDAY

NAME = "teams-shifts.xlsx"
HEADS = [
    "Member", "Work Email", "Group", "Start Date", "Start Time", "End Date", "End Time", "Theme Color", "Custom Label",
    "Unpaid Break (minutes)", "Notes", "Shared",
]  # fmt: skip


def sheet(run, title: str) -> list[dict[str, object]]:
    """Rows of a sheet by heading; a cell is a text or a whole number, never a formula or a link."""
    book = openpyxl.load_workbook(io.BytesIO(files_of(run)[NAME]))
    rows = list(book[title].iter_rows())
    heads = [cell.value for cell in rows[0]]
    for cell in (cell for row in rows for cell in row):
        assert cell.data_type in {"s", "n"}
        assert cell.hyperlink is None
    return [dict(zip(heads, (cell.value for cell in row), strict=True)) for row in rows[1:]]


def moment(day: object, clock: object) -> datetime:
    """A local time as the import reads it: month, day and year without leading zeros, a 24-hour clock."""
    month, number, year = (int(part) for part in str(day).split("/"))
    assert str(day) == f"{month}/{number}/{year}"
    assert len(str(clock)) == 5
    hour, minute = (int(part) for part in str(clock).split(":"))
    return datetime(year, month, number, hour, minute)  # noqa: DTZ001 - a clock time


@pytest.mark.parametrize("first", [MONDAY, date(2026, 10, 24), date(2027, 3, 27), date(2026, 12, 28)])
def test_every_shift_is_a_row_with_its_local_times(first: date) -> None:
    """Also in the weeks of the clock change and over the new year: begin and end as the wall clock shows them."""
    run = export_run(["teams-shifts"], first)
    rows = sheet(run, "Shifts")
    assert list(rows[0]) == HEADS
    zone = ZoneInfo("Europe/London")
    found = [(row["Work Email"], moment(row["Start Date"], row["Start Time"]), moment(row["End Date"], row["End Time"])) for row in rows]  # fmt: skip
    emails = dict(zip(run.roster.people.agents["agent"], run.roster.people.agents["email"], strict=True))
    wanted = [
        (emails[row["agent"]], *(row[end].tz_convert(zone).tz_localize(None).to_pydatetime() for end in ("start", "end")))
        for row in shifts(run)
    ]  # fmt: skip
    assert found == wanted


def test_a_row_by_hand() -> None:
    """Ann on Monday, Bob's night: name, group, colour by contract, minutes of the unpaid break, breaks as a note."""
    rows = sheet(export_run(["teams-shifts"]), "Shifts")
    ann = next(row for row in rows if row["Work Email"] == "p12@moss.example")
    assert list(ann.values()) == [
        'Ash, "Ann"; Äöß', "p12@moss.example", "North", "11/30/2026", "08:00", "11/30/2026", "16:30", "2. Blue",
        "full-time", 30, "Breaks: 12:00-12:30; training 10:00-11:00", "2. Not Shared",
    ]  # fmt: skip
    night = next(row for row in rows if row["Work Email"] == "p345@moss.example")
    assert list(night.values())[3:10] == ["11/30/2026", "22:00", "12/1/2026", "06:00", "4. Purple", "nights", 30]


def test_names_that_look_like_formulas_stay_texts() -> None:
    """``=HYPERLINK`` and ``@Cara`` are what is shown."""
    members = sheet(export_run(["teams-shifts"]), "Members")
    assert {row["Member"] for row in members} >= {FORMULA, "@Cara <Cedar> & Co"}
    assert len(members) == 6


def test_a_person_without_shifts_is_a_member_without_rows() -> None:
    """Fay is among the members and has no shift."""
    run = export_run(["teams-shifts"])
    assert "p7@moss.example" in {row["Work Email"] for row in sheet(run, "Members")}
    assert "p7@moss.example" not in {row["Work Email"] for row in sheet(run, "Shifts")}


def test_leave_is_time_off_cut_to_the_week() -> None:
    """Dan is away from a week before to a week after: from midnight to midnight of this week, since imports only add."""
    run = export_run(["teams-shifts"])
    leave = run.roster.people.leave.assign(
        start=lambda table: table["start"] - pd.Timedelta("7D"), end=lambda table: table["end"] + pd.Timedelta("7D")
    )
    people = replace(run.roster.people, leave=leave)
    (row,) = sheet(replace(run, roster=replace(run.roster, people=people)), "Time Off")
    assert list(row.items()) == [
        ("Member", "Dan Dill"), ("Work Email", "p78@moss.example"), ("Start Date", "11/30/2026"),
        ("Start Time", "00:00"), ("End Date", "12/7/2026"), ("End Time", "00:00"), ("Time Off Reason", "holiday"),
        ("Theme Color", "1. White"), ("Notes", None), ("Shared", "2. Not Shared"),
    ]  # fmt: skip


def test_shared_is_a_setting() -> None:
    """``shared = true`` shows the shifts to the team at once."""
    rows = sheet(export_run(["teams-shifts"], reports={"teams_shifts": {"shared": True}}), "Shifts")
    assert {row["Shared"] for row in rows} == {"1. Shared"}


def test_a_paid_break_is_not_an_unpaid_minute() -> None:
    """The same roster under contracts whose break is paid: 0 minutes."""
    contracts = {
        name: {**each, "breaks": [{**b, "paid": True} for b in each.get("breaks", [])]}
        for name, each in export_run([]).config.raw["contracts"].items()
    }
    rows = sheet(export_run(["teams-shifts"], contracts=contracts), "Shifts")
    assert {row["Unpaid Break (minutes)"] for row in rows} == {0}


def test_the_same_run_is_the_same_bytes_and_another_roster_other_bytes() -> None:
    """Written twice; then with one shift an hour later."""
    run = export_run(["teams-shifts"])
    assert files_of(run) == files_of(run)
    table = run.roster.table.copy()
    table.loc[table.index[1], ["start", "end"]] += timedelta(hours=1)
    assert files_of(replace(run, roster=replace(run.roster, table=table))) != files_of(run)


def test_columns_are_as_wide_as_their_texts() -> None:
    """A planner checks the sheet before the import: dates and names are not cut off."""
    widths = openpyxl.load_workbook(io.BytesIO(files_of(export_run(["teams-shifts"]))["teams-shifts.xlsx"]))["Shifts"]
    wide = [widths.column_dimensions[letter].width for letter in "ABDJ"]
    assert min(wide) > len("11/30/2026")
    assert wide[1] > len("p345@moss.example") - 1
