"""``staffcurve monitor`` on run folders."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner

from staffcurve.cli.app import app


def call(*arguments: object):
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


@pytest.fixture
def actuals(site_runs, tmp_path: Path) -> Path:
    """What came in both weeks: a third more phone calls than forecast."""
    frames = [pd.read_csv(folder / "forecast.csv") for folder in site_runs]
    came = pd.concat(frames)[["channel", "start", "volume"]]
    came["volume"] = (came["volume"] * came["channel"].map({"phone": 4 / 3, "email": 1.0})).round()
    path = tmp_path / "came.csv"
    came.to_csv(path, index=False)
    return path


def test_tables_sentences_page_and_exit_code(site_runs, actuals: Path, tmp_path: Path) -> None:
    """An alarm leaves with 3 only when --strict asks for it; the page is there either way."""
    told = call("monitor", *site_runs, "--actuals", actuals, "--out", tmp_path / "monitor.html")
    assert told.exit_code == 0, told.output
    for words in ("Contacts", "Handle time and service", "Drift", "all 2 weeks", "Phone: since"):
        assert words in told.stdout
    assert "Written to" in told.stderr
    assert (tmp_path / "monitor.html").read_text(encoding="utf-8").startswith("<!doctype html>")
    assert call("monitor", *site_runs, "--actuals", actuals, "--strict", "--quiet").exit_code == 3


def test_json(site_runs, actuals: Path) -> None:
    """The bias of a third more calls is a quarter of what came."""
    told = json.loads(call("monitor", *site_runs, "--actuals", actuals, "--json").stdout)
    phone = told["channels"]["phone"]
    assert phone["all"]["bias"] == pytest.approx(-0.25, abs=0.02)
    assert phone["all"]["service_how"] == "expected"
    assert len(phone["weeks"]) == 2
    assert len(phone["days"]) == 14


def test_faults_are_sentences(site_runs, tmp_path: Path) -> None:
    """A file that is not there, and one without the weeks."""
    assert "no such file" in call("monitor", site_runs[0], "--actuals", tmp_path / "none.csv").stderr
    path = tmp_path / "old.csv"
    path.write_text("channel,start,volume\nphone,2025-01-06T09:00:00+00:00,7\n", encoding="utf-8")
    told = call("monitor", site_runs[0], "--actuals", path)
    assert told.exit_code == 1
    assert "has no rows from 2026-11-30 to 2026-12-06, the days of a run" in told.stderr
