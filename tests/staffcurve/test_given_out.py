"""Run folders that follow one another: the calendars of each are numbered on from those people have."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import icalendar
import pandas as pd
import pytest
from typer.testing import CliRunner

from configs.errors import DataError
from configs.loader import build
from reports.run import Provenance, Run
from staffcurve.cli.app import app
from staffcurve.cli.console import Console
from staffcurve.run_folder.layout import PUBLISHED
from staffcurve.run_folder.published import check_entries, read_entries
from staffcurve.run_folder.read import read_run
from staffcurve.stages import publish, report_again
from tests.reports.runs import SMALL, small_run
from tests.staffcurve.conftest import LIGHT
from tests.staffcurve.sites import write_site

QUIET = Console(quiet=True, debug=False, as_json=False)


def small(formats: tuple[str, ...] = ("ics",), published: Path | None = None, hours: int = 0) -> Run:
    """The small week, written with some formats, after a published run; Ann is `hours` later on Tuesday."""
    run = small_run()
    roster = {**SMALL["roster"], **({} if published is None else {"published": str(published)})}
    raw = {**run.config.raw, "reports": {"formats": list(formats)}, "roster": roster}
    table = run.roster.table.assign(date=pd.to_datetime(run.roster.table["date"]))
    ann = table.index[(table["agent"] == "A001") & (table["date"] == pd.Timestamp("2026-12-01"))][0]
    for column in ("start", "end"):
        table.loc[ann, column] += pd.Timedelta(hours=hours)
    table.loc[ann, "breaks"] = "13:00-13:30"
    made = replace(run, config=build(raw), provenance=Provenance((), (), "3"))
    return replace(made, roster=replace(run.roster, table=table))


def ann(folder: Path) -> list[int]:
    """Numbers of Ann's entries, in order of day."""
    calendar = icalendar.Calendar.from_ical((folder / "calendars" / "A001.ics").read_bytes())
    return [int(event["sequence"]) for event in calendar.walk("VEVENT")]


def test_a_folder_that_is_replaced_is_numbered_on(tmp_path: Path) -> None:
    """Moved, moved again, and the same once more: 0, 1, 2, 2, for Tuesday only."""
    numbers = [ann(publish(small(hours=hours), tmp_path, QUIET))[1] for hours in (0, 1, 2, 2)]
    assert numbers == [0, 1, 2, 2]
    assert ann(tmp_path / "small-2026-11-30") == [0, 2, 0, 0, 0]


def test_a_run_elsewhere_is_numbered_on_from_the_published_one(tmp_path: Path) -> None:
    """From a folder, and from the published one of the published one."""
    first = publish(small(), tmp_path / "a", QUIET)
    second = publish(small(published=first, hours=1), tmp_path / "b", QUIET)
    third = publish(small(published=second), tmp_path / "c", QUIET)
    assert [ann(folder)[1] for folder in (first, second, third)] == [0, 1, 2]


def test_a_run_without_calendars_passes_the_numbers_on(tmp_path: Path) -> None:
    """Calendars, none, calendars again: the third is the second that people get."""
    publish(small(), tmp_path, QUIET)
    between = publish(small(("csv",), hours=1), tmp_path, QUIET)
    assert not (between / "calendars").exists()
    assert {entry.sequence for entry in read_entries(between)} == {0}
    assert ann(publish(small(hours=1), tmp_path, QUIET))[1] == 1


def test_a_roster_table_was_given_out_once(tmp_path: Path) -> None:
    """Only roster.csv is known of what was published: what differs from it is number 1."""
    first = publish(small(), tmp_path / "a", QUIET)
    table = shutil.copy(first / "roster.csv", tmp_path / "told.csv")
    assert ann(publish(small(published=table, hours=1), tmp_path / "b", QUIET)) == [0, 1, 0, 0, 0]


def test_a_folder_of_an_older_version_was_given_out_once(tmp_path: Path) -> None:
    """It has calendars and no published.json; one that wrote no calendars gave out nothing."""
    first = publish(small(), tmp_path, QUIET)
    (first / PUBLISHED).unlink()
    assert ann(publish(small(hours=1), tmp_path, QUIET))[1] == 1
    shutil.rmtree(tmp_path)
    first = publish(small(("csv",)), tmp_path, QUIET)
    assert not (first / PUBLISHED).exists()
    assert ann(publish(small(hours=1), tmp_path, QUIET))[1] == 0


def test_the_calendars_of_a_run_are_made_again_as_they_were(tmp_path: Path) -> None:
    """``staffcurve report`` numbers nothing on, cancelled entries included."""
    publish(small(), tmp_path, QUIET)
    gone = small(hours=1)
    table = gone.roster.table
    gone = replace(gone, roster=replace(gone.roster, table=table[table["agent"] != "A003"].reset_index(drop=True)))
    folder = publish(gone, tmp_path, QUIET)
    before = {path: path.read_bytes() for path in (*(folder / "calendars").rglob("*.ics"), folder / PUBLISHED)}
    assert any(b"STATUS:CANCELLED" in text for text in before.values())
    report_again(read_run(folder), folder, ("ics",), Console(quiet=True))
    assert {path: path.read_bytes() for path in before} == before


def test_a_damaged_file_is_told_before_the_long_work(tmp_path: Path) -> None:
    """In the folder that would be replaced, and in the published one; other folders are left alone."""
    run = small()
    for name in ("small-2026-11-30", "other-2026-11-30", "small-town-2026-11-30"):
        (tmp_path / name).mkdir()
        (tmp_path / name / PUBLISHED).write_text("{", encoding="utf-8")
    with pytest.raises(DataError, match=r"small-2026-11-30/published\.json"):
        check_entries(run.config, tmp_path)
    (tmp_path / "small-2026-11-30" / PUBLISHED).unlink()
    check_entries(run.config, tmp_path)
    with pytest.raises(DataError, match=r"other-2026-11-30/published\.json"):
        check_entries(small(published=tmp_path / "other-2026-11-30").config, tmp_path)


def test_a_published_table_with_an_unreadable_break_is_refused_by_its_row(site_runs, tmp_path: Path) -> None:
    """A break outside its shift: row, text and the form that is right, before anything is computed."""
    config = write_site(tmp_path)
    table = pd.read_csv(site_runs[0] / "roster.csv", dtype=str)
    table.loc[1, "breaks"] = "03:00-03:30"
    table.to_csv(tmp_path / "told.csv", index=False)
    words = ["run", config, "--published", tmp_path / "told.csv", "--out", tmp_path / "out", *LIGHT]
    told = CliRunner().invoke(app, [str(word) for word in words])
    assert told.exit_code == 1
    assert "told.csv, row 3" in told.output
    assert '"03:00" is not between' in told.output
    assert not list((tmp_path / "out").glob("*"))


def test_shifts_of_other_weeks_in_a_published_table_are_not_cancelled(tmp_path: Path) -> None:
    """A table of two weeks: the calendars of this one say nothing of the next."""
    first = publish(small(), tmp_path / "a", QUIET)
    table = pd.read_csv(first / "roster.csv", dtype=str)
    later = table.assign(
        **{name: (pd.to_datetime(table[name]) + pd.Timedelta(days=7)).map(pd.Timestamp.isoformat) for name in ("start", "end")},
        date=(pd.to_datetime(table["date"]) + pd.Timedelta(days=7)).dt.strftime("%Y-%m-%d"),
    )  # fmt: skip
    pd.concat([table, later]).to_csv(tmp_path / "told.csv", index=False)
    folder = publish(small(published=tmp_path / "told.csv"), tmp_path / "b", QUIET)
    entries = read_entries(folder)
    assert {entry.cancelled for entry in entries} == {False}
    assert max(entry.start.date() for entry in entries) < date(2026, 12, 7)
