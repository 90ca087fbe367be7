"""Rules about people in a run: verified, noted, first among what needs attention, looked at again two weeks later."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest
from click.testing import Result
from typer.testing import CliRunner

from staffcurve.cli.app import app
from staffcurve.cli.options import TARGET_MISSED
from staffcurve.run_folder.read import read_run
from tests.staffcurve.sites import write_site

LIGHT = (
    "--set", "simulation.replications=0", "--set", 'reports.formats=["csv"]', "--set", "forecast.fast=true",
    "--set", "roster.advice=false", "--set", "roster.gap=0.5",
)  # fmt: skip
RULES = """
[contracts.day.rules]
preset = "gb"
fixed_off_dates = [2026-12-03, 2026-12-10, 2026-12-17]

[contracts.day.rules.shifts]
three = { per = "3w", most = 14 }
priced = { most = 4, price = 3 }
"""
ROWS = "agent,rule,value\n002,fixed_off_dates,[]\n003,shifts.three.most,15\n"


def call(*words: object) -> Result:
    return CliRunner().invoke(app, [str(word) for word in words])


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site whose six people are all needed on five days, planned for three weeks in a row."""
    config = write_site(tmp_path_factory.mktemp("rules"))
    text = config.read_text(encoding="utf-8").replace("days_per_week = 5", "days_per_week = 5\nguaranteed = true")
    text = text.replace("[roster]", f'{RULES}\n[roster]\nrules = "rules.csv"')
    config.write_text(text, encoding="utf-8")
    (config.parent / "rules.csv").write_text(ROWS, encoding="utf-8")
    (config.parent / "leave.csv").write_text("agent,start,end,reason\n", encoding="utf-8")
    result = call(
        "run",
        config,
        "--out",
        config.parent / "out",
        "--strict",
        "--set",
        "plan.weeks=3",
        "--set",
        "plan.joint=false",
        *LIGHT,
    )
    assert result.exit_code == TARGET_MISSED, result.stderr
    (config.parent / "said.txt").write_text(result.stderr, encoding="utf-8")
    return config.parent


def notes(home: Path, week: str) -> list[dict[str, str]]:
    manifest = json.loads((home / "out" / f"site-{week}" / "manifest.json").read_text(encoding="utf-8"))
    return [note for note in manifest["notes"] if note["code"].startswith("rule")]


def test_every_broken_rule_is_a_note_with_its_place(home: Path) -> None:
    """The Thursdays off that are worked, counted from the roster, but those of the person who has none."""
    table = pd.read_csv(home / "out/site-2026-11-30/roster.csv", dtype=str)
    worked = set(table[table["date"] == "2026-12-03"]["agent"]) - {"002"}
    found = [note for note in notes(home, "2026-11-30") if note["code"] == "rule-broken"]
    off = {note["sentence"][:3] for note in found if note["where"] == "contracts.day.rules.fixed_off"}
    assert worked
    assert off == worked


def test_a_rule_with_a_price_is_counted_apart(home: Path) -> None:
    """Five shifts where four are free of charge: three a person."""
    relaxed = [note for note in notes(home, "2026-11-30") if note["code"] == "rule-relaxed"]
    five = pd.read_csv(home / "out/site-2026-11-30/roster.csv", dtype=str).groupby("agent").size()
    assert len(relaxed) == sum(five == 5) > 0
    (total,) = (note for note in notes(home, "2026-11-30") if note["code"] == "rules-recounted")
    assert f"{len(relaxed)} rules with a price, which cost {3 * len(relaxed)} " in total["sentence"]


def test_three_weeks_are_known_in_the_third(home: Path) -> None:
    """Fifteen shifts in three weeks are one too many, except for the person who has a rule of their own."""
    shifts = [
        pd.read_csv(home / f"out/site-{week}/roster.csv", dtype=str)
        for week in ("2026-11-30", "2026-12-07", "2026-12-14")
    ]
    worked = pd.concat(shifts).groupby("agent").size()
    beyond = set(worked[worked > 14].index) - {"003"}
    found = {note["sentence"][:3] for note in notes(home, "2026-12-14") if note["where"].endswith("shifts.three")}
    assert beyond
    assert found == beyond
    assert not [note for note in notes(home, "2026-12-07") if note["where"].endswith("shifts.three")]
    earlier = pd.read_csv(home / "out/site-2026-12-14/inputs/previous/earlier.csv", dtype=str)
    assert set(earlier["date"]) == set(shifts[0]["date"])


def test_broken_rules_come_first_in_the_answer(home: Path) -> None:
    """Before understaffing; and ``--strict`` says why it fails."""
    said = (home / "said.txt").read_text(encoding="utf-8")
    first = said.split("Needs attention:")[1].splitlines()[1]
    assert "rules of people are broken; the first: " in first.replace("\n", " ")
    assert "--strict: " in said


def test_a_run_is_read_back_with_its_rules(home: Path) -> None:
    """The same notes are found again from the folder."""
    from optimize.roster.verify.rules.notices import rule_notices

    run = read_run(home / "out/site-2026-12-14")
    again = [
        {"where": each.where, "sentence": each.sentence, "code": each.code}
        for each in rule_notices(run.config, run.roster)
    ]
    assert again == notes(home, "2026-12-14")


def test_an_edited_roster_is_judged_by_the_rules(home: Path) -> None:
    """The roster as it is, given as edited: its hard broken rules are listed, those with a price are not."""
    folder = home / "out/site-2026-12-14"
    result = call(
        "roster",
        home / "site.toml",
        "--edited",
        folder / "roster.csv",
        "--run",
        folder,
        "--json",
        "--set",
        "plan.week=2026-12-14",
    )
    assert result.exit_code == 0, result.stderr
    broken = json.loads(result.stdout)["broken"]
    hard = [note for note in notes(home, "2026-12-14") if note["code"] == "rule-broken"]
    assert {each["sentence"] for each in broken} >= {each["sentence"] for each in hard}
    assert not [each for each in broken if "by its price" in each["sentence"]]


def test_a_config_without_rules_has_no_notes_and_keeps_no_earlier_weeks(tmp_path: Path) -> None:
    """Nothing changes for those who have none."""
    config = write_site(tmp_path)
    result = call(
        "run", config, "--out", tmp_path / "out", "--set", "plan.weeks=3", "--set", "plan.joint=false", *LIGHT
    )
    assert result.exit_code == 0, result.stderr
    assert not notes(tmp_path, "2026-12-14")
    assert not (tmp_path / "out/site-2026-12-14/inputs/previous/earlier.csv").exists()
    assert not (tmp_path / "out/site-2026-12-14/inputs/rules.csv").exists()


def test_the_overview_of_the_weeks_counts_what_each_week_found(home: Path) -> None:
    """Rules of the contract and of single people: the same people and rules, recounted over all weeks."""
    from optimize.roster.verify.rules import breaches, weeks_of

    folders = sorted((home / "out").glob("site-????-??-??"))
    result = call("weeks", *folders, "--out", home / "together", "--json")
    assert result.exit_code == 0, result.stderr
    runs = [read_run(folder) for folder in folders]
    found = {(each.agent, each.rule) for run in runs for each in breaches(run.config, weeks_of(run.config, run.roster))}
    told = json.loads(result.stdout)
    assert {(each["agent"], each["rule"]) for each in told["broken"]} == found
    assert len({rule for _, rule in found}) >= 2
    counted = {each["agent"]: each["all"]["rules_broken"] + each["all"]["rules_relaxed"] for each in told["people"]}
    assert sum(counted.values()) == len(told["broken"])
