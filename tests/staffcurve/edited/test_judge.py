"""Hand changes of the workbook come back: verified, priced, and nothing written unless asked."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from typer.testing import CliRunner, Result

from staffcurve.cli.app import app
from staffcurve.cli.console import Console
from staffcurve.run_folder.read import read_run
from staffcurve.stages import report_again
from tests.reports.test_readback import cell_of


def call(*words: object) -> Result:
    return CliRunner().invoke(app, ["roster", *(str(word) for word in words)])


@pytest.fixture(scope="module")
def folder(site_runs, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run folder with its workbook, and the site's config two levels above."""
    home = tmp_path_factory.mktemp("edited")
    for name in ("site.toml", "history.csv", "agents.csv", "leave.csv", "requests.csv"):
        shutil.copy(site_runs[0].parent.parent / name, home / name)
    shutil.copytree(site_runs[0], home / "out" / site_runs[0].name)
    run = read_run(home / "out" / site_runs[0].name)
    report_again(run, home / "out" / site_runs[0].name, ("xlsx",), Console(quiet=True))
    return home / "out" / site_runs[0].name


def config(folder: Path) -> Path:
    return folder.parent.parent / "site.toml"


def edit(folder: Path, changes: dict[tuple[str, int], str | None], name: str = "edited.xlsx") -> Path:
    book = openpyxl.load_workbook(folder / "staffing.xlsx")
    for (agent, day), text in changes.items():
        cell_of(book["Roster"], agent, day).value = text
    book.save(folder / name)
    return folder / name


def test_a_workbook_nobody_changed_breaks_nothing_and_costs_the_same(folder: Path) -> None:
    """The recount of our own roster: no change, no broken rule, the cost of the run, its service."""
    told = call(config(folder), "--edited", folder / "staffing.xlsx", "--json")
    assert told.exit_code == 0, told.output
    answer = json.loads(told.stdout)
    assert answer["changes"] == answer["broken"] == answer["files"] == []
    assert answer["cost"]["after"]["total"] == pytest.approx(answer["cost"]["before"]["total"], abs=0.02)
    for channel in answer["service"].values():
        assert channel["after"] == pytest.approx(channel["before"], abs=1e-6)


def test_a_shift_taken_away_saves_its_wage_and_costs_cover(folder: Path, tmp_path: Path) -> None:
    """By hand: wages fall by what the shift cost; what is then short is priced; the tables written say the same."""
    run = read_run(folder)
    row = run.roster.table.iloc[0]
    day = (pd.Timestamp(row["date"]) - pd.Timestamp(run.horizon.first)).days
    file = edit(folder, {(row["agent"], day): None})
    told = call(config(folder), "--edited", file, "--json", "--out", tmp_path)
    assert told.exit_code == 0, told.output
    answer = json.loads(told.stdout)
    before, after = answer["cost"]["before"], answer["cost"]["after"]
    assert after["wages"] == pytest.approx(before["wages"] - row["cost"], abs=0.01)
    assert after["shortage"] >= before["shortage"]
    assert after["total"] >= run.roster.bound - 0.01
    assert answer["changes"][0]["after"] == ""
    written = pd.read_csv(tmp_path / "roster.csv", dtype=str)
    assert len(written) == len(run.roster.table) - 1
    short = pd.read_csv(tmp_path / "coverage.csv")["shortage"].sum() * run.horizon.interval_h
    assert after["shortage"] == pytest.approx(90 * short, abs=0.02)


def test_broken_rules_are_told_by_agent_day_and_rule(folder: Path) -> None:
    """001 on holiday on Wednesday, works; 003 by night; files are not written; --strict leaves with 3."""
    file = edit(folder, {("001", 2): "08:00-16:00", ("003", 1): "22:00-06:00"})
    before = sorted(path.name for path in folder.iterdir())
    told = call(config(folder), "--edited", file)
    assert told.exit_code == 0, told.output
    assert "2 cells are changed, of 2 people." in told.stdout
    assert "agent 001 works" in told.stdout
    assert "is on leave from" in told.stdout
    assert "agent 003, Tue 01 Dec 22:00 is not a shift of contract day" in told.stdout
    assert "edited.xlsx, Roster!" in told.stdout
    assert sorted(path.name for path in folder.iterdir()) == before
    assert call(config(folder), "--edited", file, "--strict").exit_code == 3


def test_a_moved_shift_gets_its_breaks_and_breaks_no_rule(folder: Path) -> None:
    """From one allowed start to another: the break lies in its window, as the verifier sees it."""
    run = read_run(folder)
    row = run.roster.table.iloc[3]
    day = (pd.Timestamp(row["date"]) - pd.Timestamp(run.horizon.first)).days
    hour = 9 if row["start"].hour != 9 else 10
    file = edit(folder, {(row["agent"], day): f"{hour:02d}:00-{hour + 8}:00"})
    answer = json.loads(call(config(folder), "--edited", file, "--json").stdout)
    assert answer["broken"] == []
    assert answer["cost"]["after"]["wages"] == pytest.approx(answer["cost"]["before"]["wages"])


def test_the_roster_table_can_be_edited_too(folder: Path, tmp_path: Path) -> None:
    """A row taken out of roster.csv, away from its folder: --run says where it came from."""
    table = pd.read_csv(folder / "roster.csv", dtype=str)
    table.iloc[1:].to_csv(tmp_path / "mine.csv", index=False)
    alone = call(config(folder), "--edited", tmp_path / "mine.csv")
    assert alone.exit_code == 1
    assert "say with --run which run it came from" in alone.output
    told = call(config(folder), "--edited", tmp_path / "mine.csv", "--run", folder, "--json")
    assert told.exit_code == 0, told.output
    changes = json.loads(told.stdout)["changes"]
    assert [(each["agent"], each["after"]) for each in changes] == [(table.iloc[0]["agent"], "")]


def test_breaks_that_cannot_be_read_are_refused_by_row(folder: Path, tmp_path: Path) -> None:
    """Breaks before the shift and breaks in words: file, row, text and remedy, and nothing is counted."""
    table = pd.read_csv(folder / "roster.csv", dtype=str)
    table["breaks"] = table["breaks"].astype(object)
    table.loc[0, "breaks"], table.loc[1, "breaks"] = "noon", "00:01-00:02"
    table.to_csv(tmp_path / "mine.csv", index=False)
    refused = call(config(folder), "--edited", tmp_path / "mine.csv", "--run", folder)
    assert refused.exit_code == 1
    said = " ".join(refused.output.split())
    assert 'mine.csv, row 2: "noon" is not a time of day' in said
    assert 'mine.csv, row 3: "00:01" is not between' in said
    assert "breaks are written as 12:00-12:30;15:15-15:30" in said


def test_wrong_cells_and_lost_rows_are_told_and_nothing_is_counted(folder: Path) -> None:
    """A text that is no shift; a person whose row was deleted."""
    file = edit(folder, {("002", 0): "8 till late 1"})
    told = call(config(folder), "--edited", file)
    assert told.exit_code == 1
    assert "edited.xlsx, Roster!" in told.output
    assert '"8 till late 1" is not a shift' in told.output
    book = openpyxl.load_workbook(folder / "staffing.xlsx")
    book["Roster"].delete_rows(cell_of(book["Roster"], "004", 0).row)
    book.save(folder / "edited.xlsx")
    told = call(config(folder), "--edited", folder / "edited.xlsx")
    assert told.exit_code == 1
    assert "has no row for agent 004; to remove shifts, leave their cells empty" in told.output


def test_the_config_of_another_centre_is_told_and_nothing_is_counted(folder: Path) -> None:
    """A contract and a channel of the run that the config does not have are two faults, not a traceback."""
    other = config(folder).with_name("other.toml")
    run = read_run(folder)
    contract = min(run.roster.people.agents["contract"])
    text = config(folder).read_text(encoding="utf-8")
    other.write_text(text.replace(f"[contracts.{contract}", "[contracts.elsewhere"), encoding="utf-8")
    told = call(other, "--edited", folder / "staffing.xlsx")
    assert told.exit_code == 1
    assert f"contracts.{contract}: is in the run but not in the config" in told.output
    assert "Traceback" not in told.output
