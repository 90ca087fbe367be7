"""backtest, intraday and forecast --explain: files written, words said, exit codes."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner, Result

from staffcurve.cli.app import app
from tests.staffcurve.sites import write_site


def call(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


@pytest.fixture(scope="module")
def planned(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A config and the folder of its run."""
    folder = tmp_path_factory.mktemp("site")
    config = write_site(folder)
    result = call("run", config, "--out", folder / "out", "--set", "roster.time_limit='5s'")
    assert result.exit_code == 0, result.output
    return config, folder / "out" / "site-2026-11-30"


def test_backtest_stands_beside_two_simple_rules(planned, tmp_path):
    """A row for each channel and lead, with last week and eight weeks; the same in JSON."""
    result = call("backtest", planned[0], "--out", tmp_path, "--origins", 2, "--json")
    assert result.exit_code == 0, result.output
    told = json.loads(result.stdout)
    table = pd.read_csv(tmp_path / "backtest.csv")
    assert len(table) == len(told["scores"])
    assert {
        "wape",
        "wape_day",
        "bias",
        "rmsse",
        "pinball",
        "covered_80",
        "covered_95",
        "naive_wape",
        "mean_wape",
    } <= set(table)
    assert set(table.lead) >= {"1-7", "all"}
    assert "last week" in result.stderr


def test_a_backend_that_is_not_known_is_refused(planned, tmp_path):
    """The two that are known are named."""
    result = call("backtest", planned[0], "--out", tmp_path, "--backend", "ray")
    assert result.exit_code == 1
    assert "write loky or dask" in result.stderr


def test_explain_says_who_speaks(planned, tmp_path):
    """Weights and weekly shape stand on the screen and in JSON; --fast in the config is obeyed."""
    result = call("forecast", planned[0], "--out", tmp_path, "--explain", "--json", "--set", "forecast.fast=true")
    assert result.exit_code == 0, result.output
    assert {one["method"] for one in json.loads(result.stdout)["explanations"]} <= {"fast", "short", "sparse"}


def test_the_rest_of_the_day_again(planned, tmp_path):
    """Twice the contacts until ten: what came stands, the rest is raised, by less than twice; every interval is there."""
    config, run = planned
    forecast = pd.read_csv(run / "forecast.csv")
    phone = forecast.loc[(forecast.channel == forecast.channel.iloc[0]) & forecast.start.str.startswith("2026-12-01")]
    early = phone.loc[phone.start.str[11:13] < "10"]
    early.assign(volume=(2 * early.volume).round())[["channel", "start", "volume"]].to_csv(
        tmp_path / "today.csv", index=False
    )
    result = call("intraday", run, "--actuals", tmp_path / "today.csv", "--config", config, "--out", tmp_path, "--json")
    assert result.exit_code == 0, result.output
    told = json.loads(result.stdout)
    table = pd.read_csv(tmp_path / "intraday.csv")
    assert len(table) == len(phone)
    assert told["day"] == "2026-12-01"
    (channel,) = told["channels"]
    assert channel["until"] == "10:00"
    assert 1 <= channel["factor"] <= channel["ratio"] < 2.1
    assert 0 <= channel["exponent"] <= 1
    so_far = table.start.str[11:13] < "10"
    pd.testing.assert_series_equal(table.volume[so_far], table.actual[so_far], check_names=False)
    assert table.actual[~so_far].isna().all()
    assert "to the power of" in result.stderr or "left as it was" in result.stderr or "components" in result.stderr


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ("fone,2026-12-01T08:00,5\n", "has no channel of the runs; it has fone"),
        ("{channel},2026-12-01T08:00,5\n{channel},2026-12-02T08:00,5\n", "give only today"),
        ("{channel},2027-12-01T08:00,5\n", "does not cover 2027-12-01"),
        ("{channel},2026-12-01T08:00,-5\n", "-5"),
        ("{channel},2026-12-01T08:00,inf\n", "inf"),
    ],
)
def test_actuals_that_do_not_fit_are_refused(planned, tmp_path, rows, words):
    """The sentence says what does not fit; nothing is written."""
    channel = pd.read_csv(planned[1] / "forecast.csv").channel.iloc[0]
    (tmp_path / "today.csv").write_text("channel,start,volume\n" + rows.format(channel=channel))
    result = call(
        "intraday", planned[1], "--actuals", tmp_path / "today.csv", "--config", planned[0], "--out", tmp_path
    )
    assert result.exit_code == 1
    assert words in result.stderr
    assert not (tmp_path / "intraday.csv").exists()
