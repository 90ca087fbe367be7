"""``staffcurve weeks``, and the overview that ``run`` writes after several weeks."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from click.testing import Result
from icalendar import Calendar
from typer.testing import CliRunner

from staffcurve.cli.app import app
from tests.staffcurve.sites import write_site

LIGHT = tuple(
    word
    for change in (
        "simulation.replications=0",
        "forecast.fast=true",
        "roster.gap=0.5",
        "roster.advice=false",
        "plan.joint=false",
    )
    for word in ("--set", change)
)
FORMATS = ("--set", 'reports.formats=["csv", "html", "ics"]')
NAME = "site-2026-11-30-2w"


def call(*words: object) -> Result:
    return CliRunner().invoke(app, [str(word) for word in words])


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site planned for two weeks, with what `run` printed as JSON."""
    config = write_site(tmp_path_factory.mktemp("weeks"))
    result = call("run", config, "--out", config.parent / "out", "--json", "--set", "plan.weeks=2", *LIGHT, *FORMATS)
    assert result.exit_code == 0, result.stderr
    (config.parent / "run.json").write_text(result.stdout, encoding="utf-8")
    return config.parent


def weeks(home: Path) -> list[Path]:
    return sorted(home.glob("out/site-????-??-??"))


def test_run_writes_the_weeks_together(home: Path) -> None:
    """Next to the run folders, in the formats of the config, and it says where."""
    folder = home / "out" / NAME
    assert {path.name for path in folder.iterdir()} == {"weeks.html", "accounts.csv", "calendars", "weeks.json"}
    assert json.loads((home / "run.json").read_text(encoding="utf-8"))["overview"] == str(folder)
    record = json.loads((folder / "weeks.json").read_text(encoding="utf-8"))
    assert record["runs"] == ["../site-2026-11-30", "../site-2026-12-07"]
    assert "<h1>30 November to 13 December 2026</h1>" in (folder / "weeks.html").read_text(encoding="utf-8")


def test_the_accounts_are_those_of_the_roster_tables(home: Path) -> None:
    """Paid hours and days of each person and week, counted again from the two files."""
    accounts = pd.read_csv(home / "out" / NAME / "accounts.csv", dtype={"agent": str})
    for folder in weeks(home):
        roster = pd.read_csv(folder / "roster.csv", dtype={"agent": str})
        hours, days = roster.groupby("agent")["paid_h"].sum(), roster.groupby("agent")["date"].nunique()
        first = folder.name.removeprefix("site-")
        own = accounts[(accounts["first"] == first) & (accounts["last"] != "2026-12-13")]
        own = own if first == "2026-11-30" else accounts[accounts["first"] == first]
        for row in own.to_dict("records"):
            assert row["paid_h"] == hours.get(row["agent"], 0.0)
            assert row["days"] == days.get(row["agent"], 0)
    total = accounts[(accounts["first"] == "2026-11-30") & (accounts["last"] == "2026-12-13")]
    assert len(total) == 6


def test_the_calendars_have_the_entries_of_the_runs(home: Path) -> None:
    """Same identities and numbers, so a calendar program keeps each once."""
    for path in (home / "out" / NAME / "calendars").glob("*.ics"):
        apart = [event for folder in weeks(home) for event in _events(folder / "calendars" / path.name)]
        assert _events(path) == apart


def _events(path: Path) -> list[bytes]:
    return [event.to_ical() for event in Calendar.from_ical(path.read_bytes()).walk("VEVENT")]


def test_the_command_makes_it_again_byte_for_byte(home: Path, tmp_path: Path) -> None:
    """From the runs in any order, and from the overview, into another folder; the record points back."""
    for number, named in enumerate((reversed(weeks(home)), [home / "out" / NAME], [*weeks(home), home / "out" / NAME])):
        out = tmp_path / str(number)
        result = call("weeks", *named, "--out", out)
        assert result.exit_code == 0, result.stderr
        for name in ("weeks.html", "accounts.csv", "calendars/002.ics"):
            assert (out / NAME / name).read_bytes() == (home / "out" / NAME / name).read_bytes()
        record = json.loads((out / NAME / "weeks.json").read_text(encoding="utf-8"))
        assert [(out / NAME / run).resolve() for run in record["runs"]] == [run.resolve() for run in weeks(home)]


def test_the_command_prints_the_weeks_and_writes_the_formats_asked_for(home: Path, tmp_path: Path) -> None:
    """Sentences and tables on stdout; the workbook, and the accounts in any case."""
    result = call("weeks", *weeks(home), "--out", tmp_path, "--format", "xlsx")
    assert result.exit_code == 0, result.stderr
    for words in ("The 2 weeks cost", "The weeks", "all weeks", "Service expected, by week"):
        assert words in result.stdout
    assert {path.name for path in (tmp_path / NAME).iterdir()} == {"weeks.xlsx", "accounts.csv", "weeks.json"}
    sheets = openpyxl.load_workbook(tmp_path / NAME / "weeks.xlsx").sheetnames
    assert sheets == ["Weeks", "2026-11-30", "2026-12-07", "Accounts"]


def test_json_has_files_weeks_and_people(home: Path, tmp_path: Path) -> None:
    said = json.loads(call("weeks", *weeks(home), "--out", tmp_path, "--json").stdout)
    assert (said["command"], said["ok"], said["folder"]) == ("weeks", True, str(tmp_path / NAME))
    assert [week["run"] for week in said["weeks"]] == [folder.name for folder in weeks(home)]
    assert [each["agent"] for each in said["people"]] == [f"00{number}" for number in range(1, 7)]
    assert said["seams"] == []


def test_a_week_that_was_planned_again_is_noticed(home: Path, tmp_path: Path) -> None:
    """The first roster has changed since the second week was planned after it."""
    shutil.copytree(home / "out", tmp_path / "out")
    first = tmp_path / "out" / "site-2026-11-30" / "roster.csv"
    lines = first.read_text(encoding="utf-8").splitlines()
    first.write_text("\n".join(lines[:-1]) + "\n", encoding="utf-8")
    result = call("weeks", *sorted((tmp_path / "out").glob("site-????-??-??")))
    assert result.exit_code == 0, result.stderr
    assert "The week of Mon 7 Dec was planned after another roster of the week before" in result.stdout


def test_what_does_not_fit_is_refused_and_nothing_is_written(home: Path, tmp_path: Path) -> None:
    """One week, no run folder, an unknown format, a place that is taken."""
    one, two = weeks(home)
    for words, sentence in (
        ((one,), "needs at least two runs of weeks in a row"),
        ((one, home), "is not a run folder: it has no manifest.json"),
        ((one, two, "--format", "docx"), '"docx" is not a format'),
    ):
        result = call("weeks", *words, "--out", tmp_path / "none")
        assert result.exit_code == 1
        assert sentence in " ".join(result.stderr.split())
    assert not list((tmp_path / "none").glob("site-*"))
    (tmp_path / "taken" / NAME).mkdir(parents=True)
    result = call("weeks", one, two, "--out", tmp_path / "taken")
    assert "already exists and is not an overview of weeks" in " ".join(result.stderr.split())


def test_an_overview_is_not_a_run(home: Path) -> None:
    """Commands that take a run say what the folder is."""
    result = call("report", home / "out" / NAME)
    assert result.exit_code == 1
    assert "is an overview of several weeks and not a run folder" in " ".join(result.stderr.split())


def test_a_damaged_record_is_reported_with_the_way_out(home: Path, tmp_path: Path) -> None:
    shutil.copytree(home / "out" / NAME, tmp_path / NAME)
    (tmp_path / NAME / "weeks.json").write_text('{"schema_version": 1, "staffcurve": "x"}', encoding="utf-8")
    result = call("weeks", tmp_path / NAME)
    assert result.exit_code == 1
    assert "runs: field required" in " ".join(result.stderr.split())
    assert "name the run folders instead" in " ".join(result.stderr.split())
