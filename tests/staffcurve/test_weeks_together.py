"""``plan.weeks``: several weeks decided in one search, written as runs of a week, and read back."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from click.testing import Result
from typer.testing import CliRunner

from staffcurve.cli.app import app
from tests.staffcurve.sites import write_site

LIGHT = ("--set", "simulation.replications=0", "--set", 'reports.formats=["csv"]', "--set", "forecast.fast=true")
RULES = """
[contracts.day.rules]
fixed_off_dates = [2026-12-02]
weekly_rest = { least = "30h", price = 1 }
runs.work = { most = 5 }
"""
MONDAY = date(2026, 11, 30)
WEEK = "out/site-????-??-??"
"""Run folders; the overview of the weeks has another name."""


def call(*words: object) -> Result:
    return CliRunner().invoke(app, [str(word) for word in words])


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site with rules, run for two weeks."""
    config = write_site(tmp_path_factory.mktemp("together"))
    text = config.read_text(encoding="utf-8").replace("[roster]", f"{RULES}\n[roster]\nfairness = 1.0", 1)
    config.write_text(text, encoding="utf-8")
    result = call("run", config, "--out", config.parent / "out", "--verbose", *LIGHT, "--set", "plan.weeks=2")
    assert result.exit_code == 0, result.stderr
    (config.parent / "said.txt").write_text(result.stderr, encoding="utf-8")
    return config.parent


def days_of(home: Path) -> dict[str, set[int]]:
    """Days each person works, counted from the first Monday."""
    tables = [pd.read_csv(path, dtype=str) for path in sorted(home.glob("out/site-*/roster.csv"))]
    assert len(tables) == 2
    found: dict[str, set[int]] = {}
    for row in pd.concat(tables).itertuples():
        found.setdefault(str(row.agent), set()).add((date.fromisoformat(str(row.date)) - MONDAY).days)
    return found


def test_rules_hold_over_the_end_of_a_week(home: Path) -> None:
    """Nobody works the fixed day, or six days in a row, and nobody has a single day off."""
    for days in days_of(home).values():
        assert 2 not in days
        assert not any(set(range(day, day + 6)) <= days for day in range(14))
        assert not any(day not in days and {day - 1, day + 1} <= days for day in range(1, 13))


def test_the_notes_say_what_was_planned_by_and_what_was_not(home: Path) -> None:
    said = (home / "said.txt").read_text(encoding="utf-8")
    assert "weeks together" in said
    assert "rules by which the search plans, but for contracts.day.rules.weekly_rest" in " ".join(said.split())
    assert "0 rules of people are broken" in " ".join(said.split())


def test_a_week_is_read_back_and_verified_again(home: Path) -> None:
    """Both folders pass the recount; the second knows the first as its previous week."""
    from optimize.roster.verify import verify
    from staffcurve.run_folder.read import read_run

    first, second = (read_run(path) for path in sorted(home.glob(WEEK)))
    for run in (first, second):
        assert run.config.plans_jointly
        verify(run.config, run.requirement.table, run.roster)
    assert second.roster.people.previous is not None
    assert set(second.roster.people.previous.table["agent"]) == set(first.roster.table["agent"])


def test_weeks_by_name_share_and_their_ledger_carries_over(home: Path) -> None:
    """Nobody is said to be left out; the second week has what the first one had, in every kind."""
    one, two = (
        pd.read_csv(folder / "fairness.csv", dtype={"agent": str}).set_index(["agent", "kind"])
        for folder in sorted(home.glob(WEEK))
    )
    pd.testing.assert_series_equal(two["earlier"], one["worked"], check_names=False)
    early = two.xs("early", level="kind")
    assert early["worked"].sum() > 0
    assert early["difference"].abs().max() < 3
    why = [str(table.loc[("001", "early"), "why"]) for table in (one, two)]
    assert "leave on 1 day" in why[0]
    assert "leave" not in why[1]


def test_an_edited_roster_of_a_joint_week_breaks_nothing(home: Path) -> None:
    """The roster as it is, given back as if edited by hand."""
    folder = max(home.glob(WEEK))
    edited = home / "edited.csv"
    edited.write_bytes((folder / "roster.csv").read_bytes())
    result = call("roster", home / "site.toml", "--edited", edited, "--run", folder, "--json")
    assert result.exit_code == 0, result.stderr
    assert json.loads(result.stdout)["broken"] == []


def test_nobody_with_a_lawful_roster_is_an_error_with_the_way_out(home: Path) -> None:
    """Guaranteed five days and five fixed days off: the person and what to relax, and nothing is written."""
    result = call(
        "run", home / "site.toml", "--out", home / "none", *LIGHT, "--set", "contracts.day.guaranteed=true",
        "--set", "contracts.day.rules.runs.work.most=2", "--set", 'contracts.day.rules.runs.off={of="off",least=3}',
    )  # fmt: skip
    assert result.exit_code == 1
    said = " ".join(result.stderr.split())
    assert "agent 002: no roster keeps the rules of this person: already the days up to" in said
    assert "days off in a row" in said
    assert not list((home / "none").glob("site-*"))
