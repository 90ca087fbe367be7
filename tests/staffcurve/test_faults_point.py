"""A fault is reported where it was typed, with the exit code it deserves."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner, Result

from staffcurve.cli.app import app
from tests.staffcurve.sites import write_site

PLAN = """
[plan]
name = "one"
timezone = "Europe/London"
interval = "30min"
week = 2026-06-01
[channels.phone]
kind = "synchronous"
open = "08:00-18:00"
aht = "3min"
[contracts.ft]
agents = 10
days_per_week = 5
shifts = [ { length = "8h", start = "08:00-10:00", step = "30min" } ]
cost_per_hour = 10
[roster]
time_limit = "20s"
advice = 0
[reports]
formats = ["csv", "html"]
[simulation]
replications = 2
"""


def call(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    """A plan of one channel without a history."""
    (tmp_path / "plan.toml").write_text(PLAN, encoding="utf-8")
    return tmp_path / "plan.toml"


def need(folder: Path, step: str, offset: str = "0min") -> Path:
    """Two agents from 8 to 18, a row every `step`."""
    start = pd.date_range("2026-06-01", "2026-06-08", freq=step, tz="Europe/London", inclusive="left")
    start = start + pd.Timedelta(offset)
    agents = [2 if 8 <= one.hour < 18 else 0 for one in start]
    file = folder / "need.csv"
    pd.DataFrame({"channel": "phone", "start": [one.isoformat() for one in start], "agents": agents}).to_csv(
        file, index=False
    )
    return file


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (["--gap", "150%"], '--gap: "150%" is not a share between 0 and 1, which is 0% to 100%'),
        (["--gap", "2"], '--gap: 2 is not a share between 0 and 1; 2 % is written 0.02 or "2%"'),
        (["--time-limit", "30"], "--time-limit: 30 has no unit"),
        (["--seed", "-1"], "--seed: must be at least 0, got -1"),
        (["--previous", "nothere"], "nothere"),
        (["--edited", "nothere.xlsx"], "nothere.xlsx: no such file"),
        (
            ["--set", "channels.phone.patiance=3"],
            '--set channels.phone.patiance: is not a setting; did you mean "patience"?',
        ),
        (["--set", "channels.phone.target={}"], "--set channels.phone.target: is empty; write a target"),
        (["--set", "plan.week=9990-01-01"], "--set plan.week: 9990-01-01 is outside the years 1980 to 2199"),
        (
            ["--set", "contracts.ful-time.rest=13h"],
            '--set contracts.ful-time.rest: there is no contract "ful-time" in demo.toml; did you mean "full-time"?',
        ),
        (
            ["--set", "channels.fone.minimum=2"],
            '--set channels.fone.minimum: there is no channel "fone" in demo.toml; did you mean "phone"?',
        ),
        (
            ["--set", "channels.telegram.minimum=2"],
            '--set channels.telegram.minimum: there is no channel "telegram" in demo.toml; it has phone, ',
        ),
        (["--set", "rooster.gap=0.1"], '--set rooster.gap: rooster is not a setting; did you mean "roster"?'),
        (
            ["--set", "channels.phone.targt.share=0.5"],
            '--set channels.phone.targt.share: channels.phone.targt is not a setting; did you mean "target"?',
        ),
        (["--set", "plan.name.x=1"], "--set plan.name.x: plan.name is not a table"),
    ],
)
def test_a_fault_names_the_option_it_was_typed_with(typed: list[str], said: str) -> None:
    """The config file is right; the command line is not."""
    result = call("roster", "demo", *typed)
    assert result.exit_code == 1
    assert said in result.stderr
    assert "demo.toml: " not in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1


def test_a_new_entry_is_judged_by_its_values(plan: Path) -> None:
    """A contract made by options: whole, it is taken; with a bad value, that value is the fault, not the name."""
    whole = {"agents": "1", "days_per_week": "5", "cost_per_hour": "9", "shifts": '[{length="8h",start="08:00"}]'}
    typed = [part for key, value in whole.items() for part in ("--set", f"contracts.extra.{key}={value}")]
    done = call("check", plan, *typed)
    assert "contracts" not in done.stderr
    result = call("check", plan, *typed, "--set", "contracts.extra.days_per_week=9")
    assert result.exit_code == 1
    assert "--set contracts.extra.days_per_week: must be at most 7, got 9" in result.stderr
    assert "there is no contract" not in result.stderr


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ("channels.fax.kind=synchron", "--set channels.fax.kind: must be one of"),
        ("contracts.extra.breaks=[{length='9h',after='1h'}]", "contracts.extra"),
    ],
)
def test_a_new_entry_with_a_wrong_value_is_not_called_unknown(plan: Path, more: str, said: str) -> None:
    """A kind that does not exist and a break longer than the shift are told as such."""
    whole = {"agents": "1", "days_per_week": "5", "cost_per_hour": "9", "shifts": '[{length="8h",start="08:00"}]'}
    typed = [part for key, value in whole.items() for part in ("--set", f"contracts.extra.{key}={value}")]
    result = call("check", plan, *typed, "--set", more)
    assert result.exit_code == 1
    assert said in result.stderr
    assert "there is no" not in result.stderr


def test_a_fault_of_the_file_still_names_the_file(plan: Path) -> None:
    """An override elsewhere takes no blame for it."""
    plan.write_text(PLAN.replace('aht = "3min"', 'aht = "3min"\npatiance = 3'), encoding="utf-8")
    result = call("check", plan, "--set", "channels.phone.aht=2min")
    assert f"{plan}: channels.phone.patiance: is not a setting" in result.stderr


@pytest.mark.parametrize(
    "typed",
    [
        ["--aht", "3min"],
        ["--volume", "5", "--aht", "3min"],
        ["--carried", "--aht", "3min"],
        ["--volume", "5", "--aht", "3min", "--within", "20s", "--reserve", "2"],
    ],
)
def test_a_missing_option_is_wrong_usage(typed: list[str]) -> None:
    """Exit code 2, as for an option that is not known."""
    result = call("erlang", *typed)
    assert result.exit_code == 2
    assert "missing" in result.stderr or "needs" in result.stderr


def test_a_requirement_needs_no_history(plan: Path) -> None:
    """`roster --requirement` plans without [history]; what needs one says so, with the ways out."""
    assert call("roster", plan, "--requirement", need(plan.parent, "30min"), "--out", plan.parent).exit_code == 0
    result = call("check", plan)
    assert result.exit_code == 1
    assert "history.path: is missing; name the file of past contacts" in result.stderr


@pytest.mark.parametrize(
    ("step", "offset", "said"),
    [
        (
            "60min",
            "0min",
            'channel "phone" has a row every 60 min, but plan.interval is 30min; set plan.interval = "60min"',
        ),
        (
            "15min",
            "0min",
            "row 3: start 2026-06-01 00:15:00 lies between two intervals: plan.interval is 30min; 336 rows like this",
        ),
        ("30min", "10min", "row 2: start 2026-06-01 00:10:00 lies between two intervals"),
    ],
)
def test_a_requirement_on_another_grid_is_refused(plan: Path, step: str, offset: str, said: str) -> None:
    """Neither half of the rows nor none of them is planned in silence."""
    result = call("roster", plan, "--requirement", need(plan.parent, step, offset), "--out", plan.parent)
    assert result.exit_code == 1
    assert said in result.stderr
    assert not (plan.parent / "roster.csv").exists()


def test_one_channel_needs_no_column_in_actuals_and_a_history_without_noise_is_drawn(plan: Path) -> None:
    """A forecast without any error has a page; `monitor` reads the same file layout as the history."""
    start = pd.date_range("2026-03-02", "2026-06-01", freq="30min", tz="Europe/London", inclusive="left")
    start = start[(start.hour >= 8) & (start.hour < 18)]
    table = pd.DataFrame({"start": [one.isoformat() for one in start], "volume": 10 + start.hour % 5, "aht_s": 180})
    table.to_csv(plan.parent / "history.csv", index=False)
    came = table.tail(70).assign(start=[(one + pd.Timedelta(days=7)).isoformat() for one in start[-70:]])
    came.to_csv(plan.parent / "came.csv", index=False)
    done = call("run", plan, "--set", "history.path=history.csv", "--out", plan.parent / "out")
    assert done.exit_code == 0, done.output
    told = call("monitor", plan.parent / "out" / "one-2026-06-01", "--actuals", plan.parent / "came.csv")
    assert told.exit_code == 0, told.output
    assert "Phone: 840 contacts in 4 days" in told.stdout


def test_check_leaves_with_0_with_notes_and_1_with_faults(tmp_path: Path) -> None:
    """Notes are to be read; a fault stops a script."""
    config = write_site(tmp_path)
    rows = (tmp_path / "history.csv").read_text(encoding="utf-8").splitlines()
    (tmp_path / "history.csv").write_text("\n".join(rows[:1] + rows[2:]) + "\n", encoding="utf-8")
    noted = call("check", config)
    assert noted.exit_code == 0
    assert "note: " in noted.stdout
    (tmp_path / "history.csv").write_text("\n".join([*rows, rows[-1].replace(",", ",x", 1)]) + "\n", encoding="utf-8")
    assert call("check", config).exit_code == 1
