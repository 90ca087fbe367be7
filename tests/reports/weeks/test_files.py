"""The workbook, the table of accounts and the calendars of several weeks, read back."""

from __future__ import annotations

import shutil
import subprocess
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from icalendar import Calendar

from configs.tables import ACCOUNTS
from reports.calendars import write, write_weeks
from reports.publication import publication
from reports.tables import write_ordered
from reports.weeks.accounts_table import accounts_table
from reports.weeks.book import write as write_book
from reports.weeks.overview import overview_of
from tests.reports.runs import FORMULA
from tests.reports.weeks.made import small_weeks

MADE = overview_of(small_weeks(2))


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_book(MADE, tmp_path_factory.mktemp("weeks") / "weeks.xlsx")


@pytest.fixture(scope="module")
def book(path: Path):
    return openpyxl.load_workbook(path, data_only=True)


def cells(sheet) -> list[tuple[object, ...]]:
    return list(sheet.iter_rows(values_only=True))


def test_a_sheet_for_each_week_between_totals_and_accounts(book) -> None:
    assert book.sheetnames == ["Weeks", "2026-11-30", "2026-12-07", "Accounts"]
    assert [sheet.freeze_panes for sheet in book] == ["B4", "C3", "C3", "C2"]
    assert {sheet.page_setup.orientation for sheet in book} == {"landscape"}
    assert [sheet.oddFooter.center.text.strip() for sheet in book] == book.sheetnames
    assert {sheet.oddFooter.center.size for sheet in book} == {8}


def test_the_sheet_of_a_week_has_people_and_days(book) -> None:
    """Bob's nights of the second week, Dan's leave, and hours with their limits."""
    rows = {row[0]: row for row in cells(book["2026-12-07"])[1:]}
    assert rows["Agent"][4] == datetime(2026, 12, 7)  # noqa: DTZ001 - a day of a sheet
    assert rows["A002"][4:11] == ("22:00-06:00", "22:00-06:00", None, None, None, None, "22:00-06:00")
    assert rows["A002"][11:] == (3, 22.5, 30, 30, -7.5)
    assert rows["A004"][4:11] == ("holiday",) * 7
    assert rows["A004"][11:] == (0, 0, 0, 0, 0)
    assert rows["At work"][4:13] == (4, 3, 2, 2, 2, 0, 1, 14, 86.5)


def test_the_totals_of_the_weeks(book, path: Path) -> None:
    """Cost, bound, gap, hours short and service of each week; sums where they make sense, as formulas."""
    heads, first, second, total = cells(book["Weeks"])[2:6]
    at = {head: number for number, head in enumerate(heads)}
    wanted = {"Cost": 1451, "Paid": 1386, "Bound": 1400, "Understaffed h": 0.5, "At work": 4, "Shifts": 14}
    assert {name: first[at[name]] for name in wanted} == wanted
    assert first[at["Gap"]] == pytest.approx(51 / 1451)
    assert first[at["chat: service"]] == pytest.approx(0.9)
    assert second[0] == datetime(2026, 12, 7)  # noqa: DTZ001 - a day of a sheet
    assert (total[at["Cost"]], total[at["Bound"]], total[at["Gap"]], total[at["Shifts"]]) == (2902, None, None, 28)
    formulas = openpyxl.load_workbook(path)["Weeks"]
    assert formulas.cell(row=6, column=1 + at["Cost"]).value == "=SUBTOTAL(109,B4:B5)"


def test_the_accounts_of_the_workbook(book) -> None:
    """Every person with both weeks and the account of all; a sum below where sums make sense."""
    heads, *rows = cells(book["Accounts"])
    bob = dict(zip(heads, next(row for row in rows if row[0] == "A002"), strict=True))
    assert (bob["2026-11-30 h"], bob["Paid h"], bob["Difference h"], bob["Nights"]) == (22.5, 45, -15, 6)
    assert (bob["Weekends worked"], bob["Weekends free"], bob["Longest run"], bob["Shortest rest h"]) == (2, 0, 3, 16)
    total = dict(zip(heads, rows[-1], strict=True))
    assert (total["Agent"], total["Paid h"], total["Nights"], total["Longest run"]) == ("Total", 173, 6, None)


def test_texts_stay_texts_and_bytes_are_equal(path: Path, tmp_path: Path) -> None:
    """A name like a formula is text in every sheet; the same weeks give the same bytes."""
    found = [
        c for sheet in openpyxl.load_workbook(path) for row in sheet.iter_rows() for c in row if c.value == FORMULA
    ]
    assert {cell.data_type for cell in found} == {"s"}
    assert len(found) == 3
    assert write_book(MADE, tmp_path / "again.xlsx").read_bytes() == path.read_bytes()


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
@pytest.mark.slow
def test_another_program_opens_the_workbook(path: Path, tmp_path: Path) -> None:
    """LibreOffice makes pages of it."""
    command = ["soffice", "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    assert (tmp_path / "weeks.pdf").read_bytes().startswith(b"%PDF")


def test_the_table_of_accounts_has_a_row_for_each_week_and_one_for_all(tmp_path: Path) -> None:
    """Fixed columns, in order of agent and days; read back, the weeks add up to the row of all."""
    write_ordered(accounts_table(MADE), ACCOUNTS, tmp_path / "accounts.csv", "Europe/London")
    text = (tmp_path / "accounts.csv").read_text(encoding="utf-8")
    assert text.splitlines()[0] == ",".join(ACCOUNTS.names)
    frame = pd.read_csv(tmp_path / "accounts.csv", dtype={"agent": str})
    assert len(frame) == 6 * 3
    bob = frame[frame["agent"] == "A002"].set_index(["first", "last"])
    total = bob.loc[("2026-11-30", "2026-12-13")]
    weeks = bob.drop(index=("2026-11-30", "2026-12-13"))
    for name in ("paid_h", "days", "nights", "weekends_worked", "weekends_free", "wishes_granted", "wishes_refused"):
        assert weeks[name].sum() == total[name]
    assert (total["paid_h"], total["least_h"], total["difference_h"], total["shortest_rest_h"]) == (45, 60, -15, 16)
    assert frame.loc[frame["agent"] == "007", "shortest_rest_h"].isna().all()
    assert "'=HYPERLINK" in text


def test_calendars_have_the_entries_of_the_weeks_once(tmp_path: Path) -> None:
    """Each entry is byte for byte that of its own week, under the same identity."""
    entries = [(run, publication(run)) for run in MADE.runs]
    for number, (run, own) in enumerate(entries):
        write(run, own, tmp_path / str(number))
    write_weeks(entries, tmp_path / "all")
    names = {path.relative_to(tmp_path / "all") for path in (tmp_path / "all").rglob("*.ics")}
    assert names == {path.relative_to(tmp_path / "0") for path in (tmp_path / "0").rglob("*.ics")}
    for name in names:
        together, *apart = (_events((tmp_path / folder / name).read_bytes()) for folder in ("all", "0", "1"))
        assert together == [event for week in apart for event in week]
        uids = [event for event in together for event in event.splitlines() if event.startswith(b"UID")]
        assert len(uids) == len(set(uids)) == len(together)


def test_a_calendar_names_its_days(tmp_path: Path) -> None:
    """From the first to the last day of the weeks; Bob's six nights are in it."""
    write_weeks([(run, publication(run)) for run in MADE.runs], tmp_path)
    bob = Calendar.from_ical((tmp_path / "A002.ics").read_bytes())
    assert str(bob["x-wr-calname"]) == "Shifts of Bob Birch, 30 November 2026 to 13 December 2026"
    assert len(bob.walk("VEVENT")) == 6
    assert bob.walk("VEVENT")[-1]["dtstart"].dt.date() == date(2026, 12, 13)


def _events(text: bytes) -> list[bytes]:
    return [event.to_ical() for event in Calendar.from_ical(text).walk("VEVENT")]
