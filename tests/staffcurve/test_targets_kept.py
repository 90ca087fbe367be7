"""A run with a target over the day: its folder has everything to report, simulate, compare and edit it again."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from typer.testing import CliRunner

from configs.tables import CORRECTIONS, ROSTER, ROUNDS, TARGETS
from forecast.result import Forecast
from optimize.roster.edited import judge
from optimize.roster.result import Roster
from optimize.staffing.requirement.result import Requirement
from optimize.targets import plan
from reports.run import Provenance, Run
from staffcurve import stages
from staffcurve.cli.app import app
from staffcurve.cli.console import Console
from staffcurve.edited.judge import judge_edited
from staffcurve.run_folder.layout import MANIFEST, SUMMARY, table_file
from staffcurve.run_folder.read import read_run
from tests.optimize.roster import service_weeks, weeks

TABLES = [table_file(table) for table in (TARGETS, ROUNDS, CORRECTIONS)]


@pytest.fixture(scope="module")
def made() -> Run:
    """The small centre, planned by one relaxed round and a whole one, and replayed."""
    config = service_weeks.config_of()
    horizon, who = weeks.horizon_of(config), service_weeks.people()
    requirement = service_weeks.requirement_of(config, horizon, who)
    roster = stages.with_service(config, requirement, plan(config, horizon, requirement, who))
    forecast = Forecast(service_weeks.forecast_of(horizon))
    made_of = Provenance((), (), "3")
    run = Run(config, horizon, forecast, Requirement(requirement), roster, "0", provenance=made_of)
    return replace(run, replay=stages.simulate(run, Console(quiet=True)))


@pytest.fixture(scope="module")
def folder(made: Run, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Its run folder; nothing may be written into it."""
    return stages.publish(made, tmp_path_factory.mktemp("out"), Console(quiet=True))


@pytest.fixture
def copy(folder: Path, tmp_path: Path) -> Path:
    """A copy to write into."""
    return Path(shutil.copytree(folder, tmp_path / "out" / folder.name))


def _numbers(roster: Roster) -> list[float]:
    """Every number of the targets and the rounds, in order."""
    targets = [n for each in roster.targets for n in (each.volume, each.needed, each.reached, each.worth, each.price)]
    rounds = [
        n
        for one in roster.rounds
        for each in one.kept
        for n in (one.cost, one.bound, each.asked, each.told, each.seen, each.probability, each.margin)
    ]
    return targets + rounds


def test_what_the_loop_made_is_read_back(made: Run, folder: Path) -> None:
    """Targets, rounds, corrections and the cost by interval come back, numbers to six places."""
    was, now = made.roster, read_run(folder).roster
    assert was.targets
    assert [each.kind for each in was.rounds] == ["relaxed", "whole", "whole"]
    assert [each.key for each in now.targets] == [each.key for each in was.targets]
    assert [(one.number, one.kind, one.chosen) for one in now.rounds] == [
        (one.number, one.kind, one.chosen) for one in was.rounds
    ]
    assert _numbers(now) == pytest.approx(_numbers(was), abs=1e-6)
    assert now.interval_bound == was.interval_bound
    assert now.corrections is not None
    assert was.corrections is not None
    assert set(now.corrections.people) == set(was.corrections.people)
    for name, people in was.corrections.people.items():
        np.testing.assert_allclose(now.corrections.people[name], people, atol=1e-6)


def test_a_target_is_named_by_the_date_of_its_customers(made: Run, folder: Path) -> None:
    """Five open days, Monday to Friday, for each of the two channels."""
    found = pd.read_csv(folder / table_file(TARGETS))
    days = [f"2026-{month}-{day:02d}" for month, day in (("11", 30), ("12", 1), ("12", 2), ("12", 3), ("12", 4))]
    assert found["date"].tolist() == days * 2
    assert found["target"].tolist() == ["sales"] * 5 + ["service"] * 5


def test_a_run_by_interval_has_none_of_these_tables(site_runs: tuple[Path, Path]) -> None:
    """Nor a cost by interval in its manifest, nor busier weeks; older folders are like it and are read."""
    assert [name for name in TABLES if (site_runs[0] / name).exists()] == []
    manifest = json.loads((site_runs[0] / MANIFEST).read_text(encoding="utf-8"))
    assert "interval_bound" not in manifest["roster"]
    assert "busier" not in manifest["simulation"]
    roster = read_run(site_runs[0]).roster
    assert (roster.targets, roster.rounds, roster.corrections, roster.interval_bound) == ((), (), None, None)


def test_the_summary_tells_span_probability_and_busier_weeks(folder: Path) -> None:
    """For other programs: what is asked, on which span, and with 5 % and 10 % more contacts."""
    told = json.loads((folder / SUMMARY).read_text(encoding="utf-8"))["simulation"]["promises"]
    for name in ("sales", "service"):
        one = told[name]
        assert (one["over"], one["sure"]) == ("day", 0.9)
        assert one["low"] <= one["probability"] <= one["high"]
        assert list(one["busier"]) == ["1.05", "1.1"]


def test_an_unchanged_roster_is_judged_as_it_was(made: Run, folder: Path) -> None:
    """Read back and counted again, cost and targets are those of the plan: to a cent, and to 1e-3 contacts."""
    run = read_run(folder)
    before = run.roster
    judged = judge(run.config, run.horizon, run.requirement.table, before, before.schedule, before.people)
    assert judged.broken == ()
    assert judged.roster.cost.total == pytest.approx(made.roster.cost.total, abs=0.01)
    assert [each.reached for each in judged.roster.targets] == pytest.approx(
        [each.reached for each in made.roster.targets], abs=1e-3
    )
    assert [each.worth for each in judged.roster.targets] == [each.worth for each in before.targets]


def test_a_shift_taken_away_is_paid_for_by_its_day(folder: Path) -> None:
    """Monday's targets get less, the other days what they had, and what they lack is counted at the plan's prices."""
    run = read_run(folder)
    before = run.roster
    gone = next(shift for shift in before.schedule.shifts if shift.day == run.horizon.first)
    left = replace(before.schedule, shifts=tuple(one for one in before.schedule.shifts if one != gone))
    after = judge(run.config, run.horizon, run.requirement.table, before, left, before.people).roster
    lost = [was.reached - now.reached for was, now in zip(before.targets, after.targets, strict=True)]
    monday = [each.day == 0 for each in before.targets]
    assert sum(loss for loss, first in zip(lost, monday, strict=True) if first) > 1.0
    assert [loss for loss, first in zip(lost, monday, strict=True) if not first] == pytest.approx([0.0] * 8, abs=1e-3)
    assert after.cost.wages == pytest.approx(before.cost.wages - 40.0)
    assert after.cost.targets == pytest.approx(sum(each.price * each.missed for each in after.targets))
    assert after.cost.targets > before.cost.targets


def test_an_edited_file_is_held_against_the_run(folder: Path, tmp_path: Path) -> None:
    """The roster of the folder as it is changes nothing; without its first shift, targets are a part of the change."""
    run = read_run(folder)
    same = judge_edited(run.config, folder / table_file(ROSTER), run)
    assert same.changes == ()
    assert same.after.run.roster.cost.targets == pytest.approx(same.before.run.roster.cost.targets, abs=0.01)
    lines = (folder / table_file(ROSTER)).read_text(encoding="utf-8").splitlines(keepends=True)
    (tmp_path / "edited.csv").write_text("".join([lines[0], *lines[2:]]), encoding="utf-8")
    fewer = judge_edited(run.config, tmp_path / "edited.csv", run)
    assert len(fewer.changes) == 1
    assert fewer.after.run.roster.cost.targets > fewer.before.run.roster.cost.targets


@pytest.mark.parametrize("words", [("report",), ("simulate", "--replications", "20")])
def test_commands_work_on_such_a_run(copy: Path, words: tuple[str, ...]) -> None:
    """The page is made again and the roster replayed; targets and rounds stay as they are."""
    before = {name: (copy / name).read_bytes() for name in TABLES[:2]}
    told = CliRunner().invoke(app, [words[0], str(copy), *words[1:]])
    assert told.exit_code == 0, told.output
    assert {name: (copy / name).read_bytes() for name in before} == before
    if words[0] == "simulate":
        assert "Sales, 80% within 20 s each day, asked 9 days in 10: " in told.output


def test_a_run_is_compared_with_itself(folder: Path, copy: Path) -> None:
    """Nothing differs, and the penalty for targets has a row where it is not 0."""
    told = CliRunner().invoke(app, ["compare", str(folder), str(copy)])
    assert told.exit_code == 0, told.output
    missed = read_run(folder).roster.cost.targets >= 0.005
    assert ("penalty for missed service targets" in told.output) == missed
