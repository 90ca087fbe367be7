"""Two runs of the small site, made once for every test that reads run folders."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from staffcurve.cli.app import app
from tests.staffcurve.sites import write_site

LIGHT = ("--set", 'reports.formats=["csv"]', "--set", "simulation.replications=2", "--set", "forecast.fast=true")


@pytest.fixture(scope="session")
def site_runs(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The run folders of two weeks running; nothing may be written into them."""
    folder = tmp_path_factory.mktemp("runs")
    config = write_site(folder)
    for week in ("2026-11-30", "2026-12-07"):
        words = ["run", str(config), "--out", str(folder / "out"), "--set", f"plan.week={week}", *LIGHT]
        told = CliRunner().invoke(app, words)
        assert told.exit_code == 0, told.output
    return folder / "out" / "site-2026-11-30", folder / "out" / "site-2026-12-07"
