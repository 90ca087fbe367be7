"""A workbook finds the run it came from wherever it lies; what an hour that comes twice hides is a change."""

from __future__ import annotations

import json
import shutil
import subprocess
from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from typer.testing import CliRunner, Result

from configs.tables import ROSTER
from reports.mark import Mark, digest_of, mark_in, mark_of
from reports.tables import write_ordered
from staffcurve.cli.app import app
from staffcurve.cli.console import Console
from staffcurve.edited.judge import _changed_cells, _changed_rows
from staffcurve.run_folder.formats import write_reports
from staffcurve.run_folder.read import read_run
from staffcurve.stages import report_again
from tests.reports.runs import small_run
from tests.reports.test_readback import cell_of


def call(*words: object) -> Result:
    return CliRunner().invoke(app, ["roster", *(str(word) for word in words), "--json"])


@pytest.fixture
def site(site_runs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the config, a run with its workbook in ``out``, and nothing around it; we stand elsewhere."""
    home = tmp_path / "home" / "site"
    home.mkdir(parents=True)
    for name in ("site.toml", "history.csv", "agents.csv", "leave.csv", "requests.csv"):
        shutil.copy(site_runs[0].parent.parent / name, home / name)
    run = home / "out" / site_runs[0].name
    shutil.copytree(site_runs[0], run)
    report_again(read_run(run), run, ("xlsx",), Console(quiet=True))
    monkeypatch.chdir(tmp_path)
    return home


def book_of(site: Path) -> Path:
    return next((site / "out").iterdir()) / "staffing.xlsx"


@pytest.mark.parametrize("place", ["home/site", "home/site/out", "home/site/a/b/c", "home", "post/in", "."])
def test_an_unchanged_workbook_is_nothing_changed_wherever_it_lies(site: Path, tmp_path: Path, place: str) -> None:
    """Beside the config, below it, above it, and in a folder that has nothing to do with it: the run is found."""
    run = book_of(site).parent
    (tmp_path / place).mkdir(parents=True, exist_ok=True)
    moved = book_of(site).rename(tmp_path / place / "for Ann.xlsx")
    told = call(site / "site.toml", "--edited", moved)
    assert told.exit_code == 0, told.output
    answer = json.loads(told.stdout)
    assert answer["changes"] == []
    assert Path(answer["run"]).resolve() == run.resolve()


def test_the_run_is_found_by_its_roster_not_by_its_folder(site: Path, tmp_path: Path) -> None:
    """Its folder has another name now, and one with the old name holds another roster of the week."""
    book, run = shutil.move(book_of(site), tmp_path / "mine.xlsx"), next((site / "out").iterdir())
    kept = site / "published" / "v1"
    shutil.copytree(run, kept)
    lines = (run / "roster.csv").read_text(encoding="utf-8").splitlines()
    (run / "roster.csv").write_text("\n".join(lines[:-1]) + "\n", encoding="utf-8")
    told = call(site / "site.toml", "--edited", book)
    assert told.exit_code == 0, told.output
    assert Path(json.loads(told.stdout)["run"]).resolve() == kept.resolve()


def test_a_week_planned_again_since_is_refused(site: Path, tmp_path: Path) -> None:
    """Its changes would be those of the program and the planner together; --run allows it all the same."""
    book, run = shutil.move(book_of(site), tmp_path / "mine.xlsx"), next((site / "out").iterdir())
    lines = (run / "roster.csv").read_text(encoding="utf-8").splitlines()
    (run / "roster.csv").write_text("\n".join(lines[:-1]) + "\n", encoding="utf-8")
    told = call(site / "site.toml", "--edited", book)
    assert told.exit_code == 1
    assert "that week was planned again. Edit the new workbook, or say with --run which run it came from" in told.output
    assert call(site / "site.toml", "--edited", book, "--run", run).exit_code == 0


def test_a_run_that_is_not_found_is_named(site: Path, tmp_path: Path) -> None:
    """The workbook and a config without its run folder; a file that does not exist; a folder."""
    book = shutil.move(book_of(site), tmp_path / "mine.xlsx")
    shutil.rmtree(site / "out")
    told = call(site / "site.toml", "--edited", book)
    assert told.exit_code == 1
    assert "came from run site-2026-11-30, but its folder was not found nearby; say with --run" in told.output
    told = call(site / "site.toml", "--edited", tmp_path / "nothere.xlsx")
    assert told.exit_code == 1
    assert "nothere.xlsx: no such file" in told.output
    told = call(site / "site.toml", "--edited", tmp_path)
    assert told.exit_code == 1
    assert f"{tmp_path}: is a folder; --edited needs a workbook or CSV file of a run" in told.output


def test_an_edited_workbook_far_from_its_run_is_judged_by_it(site: Path, tmp_path: Path) -> None:
    """One cell emptied, saved by another program under another name: one change of that agent and day."""
    book = openpyxl.load_workbook(book_of(site))
    run = read_run(book_of(site).parent)
    row = run.roster.table.iloc[0]
    cell_of(book["Roster"], row["agent"], (row["date"].date() - run.horizon.first).days).value = None
    book.save(tmp_path / "edited.xlsx")
    answer = json.loads(call(site / "site.toml", "--edited", tmp_path / "edited.xlsx").stdout)
    assert [(each["agent"], each["after"]) for each in answer["changes"]] == [(row["agent"], "")]


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_a_workbook_saved_by_libreoffice_keeps_its_mark(site: Path, tmp_path: Path) -> None:
    """Opened, saved in its own format and back: still nothing changed."""
    shutil.move(book_of(site), tmp_path / "mine.xlsx")
    for name, kind in (("mine.xlsx", "ods"), ("mine.ods", "xlsx")):
        words = ["soffice", f"-env:UserInstallation=file://{tmp_path}/lo", "--headless", "--convert-to", kind, name]
        subprocess.run(words, cwd=tmp_path, check=True, capture_output=True, timeout=240)
    told = call(site / "site.toml", "--edited", tmp_path / "mine.xlsx")
    assert json.loads(told.stdout)["changes"] == []


def test_the_mark_is_the_name_and_the_roster_of_a_run(tmp_path: Path) -> None:
    """Written in the sheet, read back from the table; other shifts, breaks or people have another; costs do not."""
    run = small_run()
    mark = mark_of(run)
    assert mark.name == "small-2026-11-30"
    assert mark_in(f" {mark} ") == mark == Mark(mark.name, digest_of(run.roster.table.sample(frac=1, random_state=1)))
    assert mark_in("Run small-2026-11-30") is None
    assert digest_of(run.roster.table.assign(cost=0.0)) == mark.digest
    for column, value in (("breaks", "12:30-13:00"), ("agent", "A009"), ("end", run.horizon.end)):
        table = run.roster.table.copy()
        table.loc[table.index[0], column] = value
        assert digest_of(table) != mark.digest
    write_reports(run, tmp_path, ["xlsx"])
    column = [cell.value for cell in openpyxl.load_workbook(tmp_path / "staffing.xlsx")["Roster"]["A"]]
    assert str(mark) in column


def in_the_night_of_two_hours(breaks: str, end: str):
    """The small week from 24 October in London, with Bob's first night ending and resting as given."""
    run = small_run(first=date(2026, 10, 24))
    table = run.roster.table.copy()
    mine = (table["agent"] == "A002") & (table["date"] == date(2026, 10, 24))
    table.loc[mine, ["breaks", "end"]] = [breaks, pd.Timestamp(end)]
    return replace(run, roster=replace(run.roster, table=table.assign(date=pd.to_datetime(table["date"]))))


ENDS = ("2026-10-25T00:30Z", "2026-10-25T01:30Z")
"""01:30 and the second 01:30 in London."""


@pytest.mark.parametrize("end", ENDS)
def test_a_workbook_with_a_shift_into_that_hour_is_unchanged_when_nobody_changed_it(tmp_path: Path, end: str) -> None:
    """Either pass is read back as itself."""
    run = in_the_night_of_two_hours("", end)
    write_reports(run, tmp_path, ["xlsx"])
    assert list(_changed_cells(tmp_path / "staffing.xlsx", run)) == []


def test_a_shift_moved_by_that_hour_is_a_changed_cell(tmp_path: Path) -> None:
    """The workbook of the first pass beside the run of the second; the moments typed are those of the first."""
    run = in_the_night_of_two_hours("", ENDS[1])
    write_reports(in_the_night_of_two_hours("", ENDS[0]), tmp_path, ["xlsx"])
    ((change, edit),) = _changed_cells(tmp_path / "staffing.xlsx", run)
    assert (change.before, change.after) == ("22:00-01:30*", "22:00-01:30")
    assert edit.spans == ((pd.Timestamp("2026-10-24T21:00Z"), pd.Timestamp(ENDS[0])),)


@pytest.mark.parametrize(
    ("before", "after"), [("01:30-02:00", "01:30*-02:00"), ("01:00*-01:15*", "01:00-01:15"), ("01:45-01:00*", "01:45*-02:00")]
)  # fmt: skip
def test_a_break_moved_by_that_hour_is_a_changed_row(tmp_path: Path, before: str, after: str) -> None:
    """The roster table with a star more or less: one day of one person."""
    run, edited = (in_the_night_of_two_hours(text, "2026-10-25T05:00Z") for text in (before, after))
    write_ordered(edited.roster.table, ROSTER, tmp_path / "roster.csv", "Europe/London")
    (change,) = _changed_rows(tmp_path / "roster.csv", run, edited.roster.schedule)
    assert (change.before, change.after) == (f"22:00-05:00 ({before})", f"22:00-05:00 ({after})")
