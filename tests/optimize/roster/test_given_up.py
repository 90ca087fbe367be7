"""Rosters that give up working days: neither the bound nor a gap is claimed for them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner, Result

from optimize.roster.persons import person_by_person
from staffcurve.cli.app import app

KEPT = "in which nobody gives up a working day"
CONFIG = """
[plan]
name = "rests"
timezone = "UTC"
interval = "60min"
week = 2026-01-12
[history]
path = "history.csv"
[channels.phone]
kind = "synchronous"
aht = "5min"
[contracts.a]
days_per_week = 2
days_off = "any"
guaranteed = true
rest = "48h"
shifts = [ { length = "8h", start = "08:00" }, { length = "8h", start = "16:00" } ]
cost_per_hour = 10
[roster]
agents = "agents.csv"
time_limit = "20s"
advice = false
gap = 0.0
[simulation]
replications = 0
"""


def call(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


@pytest.fixture(scope="module", autouse=True)
def _pooled() -> Iterator[None]:
    """Two people stand for a crew too large to be searched person by person; smaller ones lose no day."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(person_by_person, "FEW", 0)
        yield


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two people, two days each with 48 hours of rest; needed from 8 to 24 on Monday and Wednesday.

    Whoever works late on Monday rests until Wednesday at midnight. Four shifts would cost 1,040 with what the late
    people cannot cover counted; the search finds three shifts and eight hours short, 3 x 80 + 8 x 90 = 960.
    """
    folder = tmp_path_factory.mktemp("rests")
    (folder / "rests.toml").write_text(CONFIG, encoding="utf-8")
    agents = "agent,name,contract,skills,hours_min,hours_max\nP1,Ann,a,phone,16,16\nP2,Ben,a,phone,16,16\n"
    (folder / "agents.csv").write_text(agents, encoding="utf-8")
    starts = pd.date_range("2026-01-12", periods=168, freq="h", tz="UTC")
    need = np.where((starts.hour >= 8) & starts.day_of_week.isin([0, 2]), 1, 0)
    pd.DataFrame({"channel": "phone", "start": [each.isoformat() for each in starts], "agents": need}).to_csv(
        folder / "need.csv", index=False
    )
    return folder


@pytest.fixture(scope="module")
def told(site: Path) -> Result:
    """What the command says of the week, with ``--strict``."""
    return call("roster", site / "rests.toml", "--requirement", site / "need.csv", "--out", site / "out", "--strict")


def test_the_sentences_compare_nothing(told: Result) -> None:
    """The roster costs less than the bound: it says of which rosters that is the bound, and claims no gap."""
    said = " ".join(told.output.split())
    assert f"cost 960, at least 1,040 for any roster {KEPT}, gap not comparable" in said
    assert f"cost 960.00 EUR, at least 1,040.00 for any roster of a repeating week {KEPT};" in said
    assert "0.00%" not in said


def test_strict_names_the_days_given_up(told: Result) -> None:
    """Contract and day; exit code 3."""
    assert told.exit_code == 3
    assert "--strict: 1 working day was given up (contract a on Wed 14 Jan), because" in told.output


def test_json_has_no_gap(site: Path) -> None:
    """The gap is null, the bound says what it is for, and the days are counted and named."""
    found = call(
        "roster", site / "rests.toml", "--requirement", site / "need.csv", "--out", site / "json", "--json", "-q"
    )
    proof = json.loads(found.stdout)
    assert proof["gap"] is None
    assert proof["bound_for"] == f"any roster of a repeating week {KEPT}"
    assert (proof["left_out"], proof["days_given_up"]) == (1, ["contract a on Wed 14 Jan"])
    assert any("1 working day was given up" in reason for reason in proof["missed"])


def test_explain_compares_nothing(site: Path) -> None:
    """The Python door: no gap, and the same words."""
    made = planned(site)
    assert made.gap is None
    assert made.cost.total == pytest.approx(960)
    assert made.explain().splitlines()[3].split(maxsplit=1) == ["gap", "not comparable"]
    assert f"no roster of a repeating week {KEPT} under these rules costs less" in made.explain()


def planned(site: Path):
    """The roster from the Python door."""
    from configs.files import read_table
    from configs.horizon import Horizon
    from configs.loader import load
    from configs.tables import REQUIREMENT
    from optimize.roster import plan_week, read_people

    config = load(site / "rests.toml")
    need = read_table(site / "need.csv", REQUIREMENT, zone="UTC", label="need.csv").frame
    return plan_week(config, Horizon(config.plan.week, 7, 60, "UTC"), need, read_people(config))


def test_reports_compare_nothing(tmp_path: Path) -> None:
    """Findings, summary, page and workbook of a run whose roster gave a day up."""
    from dataclasses import replace

    from optimize.roster.facts import DayGivenUp
    from reports import findings, week_of
    from reports.page.cards import cards
    from staffcurve.run_folder.formats import write_reports
    from staffcurve.run_folder.summarise import summary_of
    from tests.reports.runs import small_run

    run = small_run()
    cost = run.roster.cost.total
    given = replace(
        run.roster, gap=None, bound=cost + 80, status="no better found", left_out=1,
        days_given_up=(DayGivenUp("contracts.day", "day", date(2026, 12, 2)),), assumes=("kept",),
    )  # fmt: skip
    run = replace(run, roster=given)
    week = week_of(run)
    sentence = findings.proof(week)
    assert "1 working day was given up (contract day on Wed 02 Dec)" in sentence
    assert f"are not comparable: no roster {KEPT} costs less than" in sentence
    assert any("given up" in each.sentence for each in findings.missed_targets(week))
    told = summary_of(week).plain()["roster"]
    assert (told["gap"], told["left_out"], told["bound_for"]) == (None, 1, f"any roster {KEPT}")
    assert next(card.value for card in cards(week) if card.label == "Gap to the bound") == "not comparable"
    write_reports(run, tmp_path, ["html", "xlsx"])
    assert "not comparable" in (tmp_path / "report.html").read_text(encoding="utf-8")
    cells = [
        [cell.value for cell in row] for sheet in load_workbook(tmp_path / "staffing.xlsx") for row in sheet.iter_rows()
    ]
    assert any(row[:2] == ["Gap", "not comparable"] for row in cells)
    assert any(row[0] == "Lower bound" and row[2] == f"no roster {KEPT} costs less" for row in cells)
