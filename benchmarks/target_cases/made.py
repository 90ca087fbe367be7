"""Configs made for the cases: the phone of the demo alone, a flat day with short shifts, and copies of field cases."""

from __future__ import annotations

import csv
import os
import shutil
import subprocess
import sys
import tomllib
from datetime import datetime
from typing import TYPE_CHECKING, Any

from benchmarks.centres.toml import toml_of
from benchmarks.target_cases.plans import shared

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

DAYS = 7
SHORT_SHIFTS = [{"length": "8h", "start": "09:00"}, {"length": "1h", "start": "09:00-16:00", "step": "30min"}]
"""Shifts with which agent-hours come near those needed; eight hours alone give 40 or 48 a day."""

NEW_KEYS = ("over", "sure", "floor")
"""Keys of a target that the earlier build does not know; the cases set them for this build."""


def copied(case: str, folder: Path) -> Path:
    """Copy a field case; return its ``plan.toml``."""
    shutil.copytree(shared("cases", case), folder / case, dirs_exist_ok=True)
    return folder / case / "plan.toml"


def alone(folder: Path) -> Path:
    """The demo with its phone only, and the people who know it."""
    from configs.demo.people import agents
    from configs.loader import shipped

    settings = tomllib.loads(shipped("demo"))
    settings["plan"]["name"] = "phone-alone"
    phone = settings["channels"]["phone"]
    target = {key: value for key, value in phone["target"].items() if key not in NEW_KEYS}
    settings["channels"] = {"phone": phone | {"target": target}}
    settings["roster"] = {"agents": "agents.csv", "time_limit": "60s", "gap": 0.01}
    settings["reports"] = {"formats": ["csv"]}
    everybody = agents()
    known = everybody[everybody["skills"].str.contains("phone")].assign(skills="phone")
    config = _written(folder, settings)
    known.to_csv(folder / "agents.csv", index=False, lineterminator="\n")
    return config


def flat_day(folder: Path) -> Path:
    """The field case ``promise-over-the-day`` with shifts short enough to show what a day needs."""
    config = copied("promise-over-the-day", folder)
    settings: dict[str, Any] = tomllib.loads(config.read_text(encoding="utf-8"))
    settings["contracts"] = {
        "a": {"agents": 60, "days_per_week": 5, "min_days": 1, "shifts": SHORT_SHIFTS, "cost_per_hour": 15}
    }
    return _written(config.parent, settings)


def hours_a_day(build: Path, config: Path, changes: Sequence[str]) -> float:
    """Agent-hours a day that a build rosters for the forecast beside a config."""
    home = config.parent
    given = [word for change in changes for word in ("--set", change)]
    _run(build, home, "staff", config.name, "--forecast", "forecast.csv", "--out", ".", *given)
    _run(build, home, "roster", config.name, "--requirement", "requirement.csv", "--out", ".", *given)
    with (home / "roster.csv").open(encoding="utf-8", newline="") as file:
        spans = [
            (datetime.fromisoformat(row["start"]), datetime.fromisoformat(row["end"])) for row in csv.DictReader(file)
        ]
    return sum((end - start).total_seconds() for start, end in spans) / 3600 / DAYS


def _run(build: Path, home: Path, *words: str) -> None:
    setting = {**os.environ, "PYTHONPATH": str(build.resolve())}
    done = subprocess.run(
        [sys.executable, "-m", "staffcurve", *words], cwd=home, env=setting, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(f"{' '.join(words)}\n{done.stderr[-2000:]}")


def _written(folder: Path, settings: dict[str, Any]) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "plan.toml").write_text(toml_of(settings), encoding="utf-8")
    return folder / "plan.toml"
