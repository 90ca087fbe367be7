"""Work that is finished late reaches the sentence a planner reads, the reason of --strict, and --json."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner, Result

from staffcurve.cli.app import app

PLAN = """
[plan]
name = "mail"
timezone = "UTC"
interval = "60min"
week = 2026-01-12
[channels.mail]
kind = "deferrable"
open = "09:00-17:00"
target = { share = 1.0, within = "2h" }
aht = "6min"
[contracts.a]
agents = 12
days_per_week = 7
max_consecutive_days = 7
min_days = 1
shifts = [ { length = "4h", start = "09:00-13:00", step = "1h" } ]
cost_per_hour = 10
[roster]
time_limit = "5s"
advice = 0
gap = 0.05
[reports]
formats = ["csv"]
[simulation]
replications = 0
"""


def call(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A mail channel: 40 mails in each open hour, but 200 on Monday at 9, more than twelve people can do in 2 h."""
    start = pd.date_range("2026-01-12", "2026-01-19", freq="h", tz="UTC", inclusive="left")
    volume = [0 if not 9 <= one.hour < 17 else 400 if one.day == 12 and one.hour == 9 else 30 for one in start]
    frame = pd.DataFrame(
        {"channel": "mail", "start": [one.isoformat() for one in start], "volume": volume, "aht_s": 360}
    )
    frame.to_csv(tmp_path / "forecast.csv", index=False)
    (tmp_path / "plan.toml").write_text(PLAN, encoding="utf-8")
    assert (
        call("staff", tmp_path / "plan.toml", "--forecast", tmp_path / "forecast.csv", "--out", tmp_path).exit_code == 0
    )
    return tmp_path


def roster(site: Path, *more: str) -> Result:
    return call("roster", site / "plan.toml", "--requirement", site / "requirement.csv", "--out", site, *more)


def test_late_work_is_told_with_hours_share_age_and_the_worst_hour(site: Path) -> None:
    """Forty hours of mail at 9 on Monday, due at 11; twelve people do at most 24 of them until then."""
    result = roster(site)
    assert result.exit_code == 0
    late = next(line for line in result.stderr.splitlines() if line.strip().startswith("late: Mail:"))
    assert " of the work due this week is late (" in late
    assert "longest wait " in late
    assert "The target of 100% within 2 open hours is missed." in late
    assert "Worst interval: Mon 12 Jan 09:00" in late


def test_strict_gives_its_reason_and_json_the_numbers(site: Path) -> None:
    """Exit code 3 comes with the sentence, quiet or not; late hours agree with the coverage table."""
    result = roster(site, "--strict", "--quiet", "--json")
    assert result.exit_code == 3
    assert "--strict: Mail:" in result.stderr
    told = json.loads(result.stdout)
    (late,) = told["late"]
    assert told["missed"]
    assert late["met"] is False
    assert late["share"] == pytest.approx(late["late_h"] / late["due_h"], abs=1e-4)
    cover = pd.read_csv(site / "coverage.csv")
    judged = cover[cover["on_time"].notna()]
    expected = float(((1 - judged["on_time"]) * judged["work_h"]).sum())
    assert late["late_h"] == pytest.approx(expected, abs=0.02)
    assert late["late_h"] >= 40 - 24 - 1e-6
    assert late["oldest_h"] == pytest.approx(float(cover["oldest_h"].max()))


def test_a_week_in_time_has_no_late_line(site: Path) -> None:
    """With the flood taken away nothing is late, and --strict passes."""
    frame = pd.read_csv(site / "requirement.csv")
    frame["work_h"] = frame["work_h"].clip(upper=3)
    frame.to_csv(site / "requirement.csv", index=False)
    result = roster(site, "--strict", "--json")
    assert result.exit_code == 0, result.output
    assert "late:" not in result.stderr
    assert json.loads(result.stdout)["late"] == []
