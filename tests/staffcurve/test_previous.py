"""``--previous``: a run that follows on a run; what does not follow is refused before the long work."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest
from click.testing import Result
from typer.testing import CliRunner

from staffcurve.cli.app import app
from tests.staffcurve.sites import write_site

LIGHT = ("--set", "simulation.replications=0", "--set", 'reports.formats=["csv"]', "--set", "forecast.fast=true")
NEXT = ("--set", "plan.week=2026-12-07")


def call(*words: object) -> Result:
    return CliRunner().invoke(app, [str(word) for word in words])


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site that shares burdens, and its run of the week of 30 November, late shifts until Sunday."""
    config = write_site(tmp_path_factory.mktemp("two-weeks"))
    text = config.read_text(encoding="utf-8").replace('start = "08:00-10:00"', 'start = "08:00-15:00"')
    text = text.replace("[roster]", "[roster]\nfairness = 1.0")
    config.write_text(text.replace('"08:00-18:00" }', '"08:00-18:00", sun = "08:00-23:00" }'), encoding="utf-8")
    result = call("run", config, "--out", config.parent / "out", *LIGHT)
    assert result.exit_code == 0, result.stderr
    return config.parent


@pytest.fixture(scope="module")
def followed(home: Path) -> Path:
    """The site with the run of the week after, too."""
    out = home / "out"
    result = call("run", home / "site.toml", "--previous", out / "site-2026-11-30", "--out", out, *LIGHT, *NEXT)
    assert result.exit_code == 0, result.stderr
    return home


def test_a_week_follows_on_the_week_before(followed: Path) -> None:
    """Rest is kept over the edge, the roster it follows is kept in the new folder with its hash."""
    out = followed / "out"
    folder = out / "site-2026-12-07"
    one, two = (
        pd.read_csv(run / "roster.csv", dtype={"agent": str}, parse_dates=["start", "end"])
        for run in (out / "site-2026-11-30", folder)
    )
    ends, starts = one.groupby("agent")["end"].max(), two.groupby("agent")["start"].min()
    assert ((starts - ends).dropna() >= pd.Timedelta(hours=11)).all()
    kept = (folder / "inputs" / "previous" / "roster.csv").read_bytes()
    assert kept == (out / "site-2026-11-30" / "roster.csv").read_bytes()
    inputs = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["inputs"]
    assert [each["path"] for each in inputs if "roster.csv" in each["path"]] == ["out/site-2026-11-30/roster.csv"]


def test_a_run_that_followed_is_read_back_with_what_it_took_over(followed: Path) -> None:
    """Its roster passes the recount again, and days in a row reach back over both weeks."""
    from optimize.roster.carry_over import previous_of
    from optimize.roster.verify import verify
    from staffcurve.run_folder.read import read_run

    run = read_run(followed / "out" / "site-2026-12-07")
    assert run.roster.people.previous is not None
    verify(run.config, run.requirement.table, run.roster)
    following = previous_of(run.roster, "Europe/London")
    assert following.running == run.roster.people.previous.days_running()


def shares_of(folder: Path) -> pd.DataFrame:
    return pd.read_csv(folder / "fairness.csv", dtype={"agent": str}).set_index(["agent", "kind"])


def test_what_people_took_and_their_fair_shares_carry_over(followed: Path) -> None:
    """The second week begins with all of the first, and adds its own; differences add up to 0 in both."""
    one, two = (shares_of(followed / "out" / f"site-{week}") for week in ("2026-11-30", "2026-12-07"))
    assert {"early", "late", "weekends", "wishes"} <= set(one.index.get_level_values("kind"))
    assert (one["earlier"] == 0).all()
    assert one["worked"].sum() > 0
    pd.testing.assert_series_equal(two["earlier"], one["worked"] + one["earlier"], check_names=False)
    assert (two["share"] >= one["share"] - 1e-6).all()
    for table in (one, two):
        differences = table["worked"] + table["earlier"] - table["share"]
        assert (differences - table["difference"]).abs().max() < 1e-5
        assert differences.groupby("kind").sum().abs().max() < 1e-4
    kept = followed / "out" / "site-2026-12-07" / "inputs" / "previous" / "fairness.csv"
    assert kept.read_bytes() == (followed / "out" / "site-2026-11-30" / "fairness.csv").read_bytes()


def test_fair_shares_are_the_same_when_a_run_is_read_back(followed: Path) -> None:
    """Made again from the folder, with the ledger that the run took over."""
    from reports.fairness import fairness_table
    from reports.fairness import shares_of as account
    from staffcurve.run_folder.read import read_run

    folder = followed / "out" / "site-2026-12-07"
    again = fairness_table(account(read_run(folder).rostered)).set_index(["agent", "kind"])
    wrote = shares_of(folder)
    again = again.loc[wrote.index]
    columns = ["worked", "earlier", "share", "difference"]
    pd.testing.assert_frame_equal(again[columns], wrote[columns].astype(float), atol=1e-5)
    assert again["why"].tolist() == wrote["why"].fillna("").tolist()


def test_two_weeks_are_the_runs_of_each_week_one_after_the_other(followed: Path) -> None:
    """Two weeks not planned together write two folders, with the tables that two runs of a week wrote."""
    out = followed / "both"
    apart = ("--set", "plan.weeks=2", "--set", "plan.joint=false")
    result = call("run", followed / "site.toml", "--out", out, "--json", *LIGHT, *apart)
    assert result.exit_code == 0, result.stderr
    told = json.loads(result.stdout)
    assert [Path(week["folder"]).name for week in told["weeks"]] == ["site-2026-11-30", "site-2026-12-07"]
    assert told["folder"] == told["weeks"][1]["folder"]
    for week in ("site-2026-11-30", "site-2026-12-07"):
        for table in ("forecast.csv", "roster.csv", "coverage.csv", "fairness.csv"):
            assert (out / week / table).read_bytes() == (followed / "out" / week / table).read_bytes()
    manifest = json.loads((out / "site-2026-12-07" / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["config"]["roster"]["previous"] == "both/site-2026-11-30"
    assert manifest["config"]["plan"]["weeks"] == 1


@pytest.mark.parametrize(
    ("command", "previous", "changes", "words"),
    [
        ("run", "site-2026-11-30", ("plan.week=2026-12-14",), "is the roster for the week of 2026-11-30; the week of 2026-12-14 needs"),
        ("run", "site-2026-11-30", ("plan.week=2026-12-07", "plan.timezone=Europe/Paris"), "was planned with time zone Europe/London, this plan has Europe/Paris; they must agree"),
        ("roster", "site-2026-11-30", ("plan.week=2026-12-07", "plan.interval=15min"), "was planned with interval 30 min, this plan has 15 min"),
        ("run", "nowhere", ("plan.week=2026-12-07",), "nowhere: is not a run folder: it has no manifest.json"),
    ],
)  # fmt: skip
def test_what_does_not_follow_is_refused(
    home: Path, command: str, previous: str, changes: tuple[str, ...], words: str
) -> None:
    """Another week, another zone, another interval, no run: exit code 1 and a sentence."""
    settings = [word for change in changes for word in ("--set", change)]
    result = call(command, home / "site.toml", "--previous", home / "out" / previous, *LIGHT, *settings)
    assert result.exit_code == 1
    assert words in result.stderr
