"""Commands on a config with a target over the day: what is asked of a requirement, what is told, exit code 3."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner

from staffcurve.cli.app import app
from tests.staffcurve.sites import write_site

DAY = (
    "--set", "channels.phone.target.over=day", "--set", "staffing.loop.rounds=1",
    "--set", "staffing.loop.replications=40", "--set", "roster.advice=false",
)  # fmt: skip


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small site, with a requirement of nine calls each half hour and no e-mail."""
    folder = tmp_path_factory.mktemp("site")
    config = write_site(folder)
    starts = pd.date_range("2026-11-30", "2026-12-06 23:30", freq="30min", tz="Europe/London")
    is_open = (starts.day_of_week < 6) & (starts.hour >= 8) & (starts.hour < 18)
    phone = pd.DataFrame({"channel": "phone", "start": starts, "volume": 9.0 * is_open, "aht_s": 210.0})
    phone["agents"] = 2.0 * is_open
    email = pd.DataFrame({"channel": "email", "start": starts, "work_h": 0.0})
    email["due"] = email["start"] + pd.Timedelta("8h")
    table = pd.concat([phone, email], ignore_index=True)
    for name in ("start", "due"):
        table[name] = [moment.isoformat() if moment is not pd.NaT else "" for moment in table[name]]
    table.to_csv(folder / "requirement.csv", index=False)
    return config


def run(*words: object) -> tuple[int, str]:
    told = CliRunner().invoke(app, [str(word) for word in words])
    return told.exit_code, told.output


@pytest.mark.parametrize(("column", "what"), [("volume", "its contacts"), ("aht_s", "their handle time in seconds")])
def test_a_requirement_without_contacts_is_refused(site: Path, tmp_path: Path, column: str, what: str) -> None:
    """The file, the channel, the column and the ways out; nothing is written."""
    file = tmp_path / "other.csv"
    pd.read_csv(site.parent / "requirement.csv").drop(columns=[column]).to_csv(file, index=False)
    code, told = run("roster", site, "--requirement", file, "--out", tmp_path / "out", *DAY)
    assert code == 1
    words = " ".join(told.split())
    assert f'channel "phone" has a target over the day, which needs {column} in every interval' in words
    assert f'add {what}, let "staffcurve staff" write the file, or set over = "interval"' in words
    assert not list((tmp_path / "out").glob("*.csv"))


def test_by_interval_the_same_requirement_needs_no_contacts(site: Path, tmp_path: Path) -> None:
    """Agents are enough there."""
    file = tmp_path / "other.csv"
    pd.read_csv(site.parent / "requirement.csv").drop(columns=["volume", "aht_s"]).to_csv(file, index=False)
    code, told = run("roster", site, "--requirement", file, "--out", tmp_path, "--set", "roster.advice=false")
    assert code == 0, told


def test_a_target_met_less_often_than_asked_is_missed(site: Path, tmp_path: Path) -> None:
    """At 99.9 % of six days, a day is met less often than asked: told with its numbers, and exit code 3 if strict."""
    asked = (*DAY, "--set", "channels.phone.target.sure=0.999", "--set", "channels.phone.target.share=0.97")
    code, told = run(
        "roster", site, "--requirement", site.parent / "requirement.csv", "--out", tmp_path, "--strict", *asked
    )
    words = " ".join(told.split())
    assert code == 3, told
    assert "Phone, 97% within 20 s each day, asked 99.9 days in 100: " in words
    assert "met only" in words
    assert "targets are met in fewer simulated weeks than asked: phone on" in words


def test_staff_says_that_agents_are_floors(site: Path, tmp_path: Path) -> None:
    """Beside what the target met in every interval would take, which is the requirement by interval."""
    forecast = pd.read_csv(site.parent / "requirement.csv").fillna({"volume": 0.0, "aht_s": 300.0})
    forecast[["channel", "start", "volume", "aht_s"]].to_csv(tmp_path / "forecast.csv", index=False)
    day, interval = (
        run("staff", site, "--forecast", tmp_path / "forecast.csv", "--out", tmp_path / name, *more)
        for name, more in (("day", DAY[:2]), ("interval", ()))
    )
    assert day[0] == interval[0] == 0, day[1] + interval[1]
    floor, alone = (
        pd.read_csv(tmp_path / name / "requirement.csv").groupby("channel")["agents"].sum()["phone"] / 2
        for name in ("day", "interval")
    )
    assert floor < alone
    words = " ".join(day[1].split())
    assert f"phone: {floor:,.0f} agent-hours are floors; the roster adds people for its target over the day." in words
    assert f"The target met in every interval would take {alone:,.0f}." in words
    assert "floors" not in interval[1]
