"""A week planned from real arrivals: a bank's calls, and emergency calls day and night."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner

from staffcurve.cli.app import app
from tests.conftest import ROOT

pytestmark = pytest.mark.real


@pytest.mark.parametrize(
    ("name", "nights"), [("bank30", False), pytest.param("denver911", True, marks=pytest.mark.slow)]
)
def test_a_real_week_is_planned_and_verified(tmp_path: Path, name: str, nights: bool) -> None:
    """The verifier passed it (or nothing would be there), promises are kept, and cost lies above its bound."""
    config = ROOT / "benchmarks" / "real" / f"{name}.toml"
    result = CliRunner().invoke(app, ["run", str(config), "--out", str(tmp_path), "--json", "--quiet"])
    assert result.exit_code == 0, result.stderr
    told = json.loads(result.stdout)["summary"]
    assert told["channels"]["phone"]["kept"]
    assert told["roster"]["bound"] <= told["cost"]["total"]
    folder = next(tmp_path.iterdir())
    roster = pd.read_csv(folder / "roster.csv")
    over_midnight = roster["start"].str[:10] != roster["end"].str[:10]
    assert over_midnight.any() == nights
    accuracy = told["accuracy"]["phone"]
    assert accuracy["wape"] < accuracy["naive_wape"]
