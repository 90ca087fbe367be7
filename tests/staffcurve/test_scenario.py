"""``staffcurve scenario`` on the small site: what is written, kept and refused."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from staffcurve.cli.app import app
from tests.staffcurve.sites import write_site

SCENARIOS = """
[scenarios.mail]
title = "A fifth of calls become e-mails"
move = { from = "phone", to = "email", share = 0.2 }

[scenarios.busier]
scale.phone.volume = 1.2

[scenarios.absence]
sweep = { key = "staffing.absence", values = [0.0, 0.2] }
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small site with three scenarios."""
    config = write_site(tmp_path_factory.mktemp("site"))
    config.write_text(config.read_text(encoding="utf-8") + SCENARIOS, encoding="utf-8")
    return config


FAST = ("--set", "forecast.fast=true", "--set", "simulation.replications=20", "--set", "staffing.loop.replications=20")


def call(site: Path, *words: object):
    """Run the command."""
    return CliRunner().invoke(app, ["scenario", str(site), *map(str, words), *FAST])


@pytest.fixture(scope="module")
def first(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a first run."""
    out = tmp_path_factory.mktemp("out")
    done = call(site, "--out", out)
    assert done.exit_code == 0, done.output
    assert "5 plans, 0 of them known" in done.stderr
    assert "A fifth of calls become e-mails: costs" in done.stdout
    return out


def rows(out: Path) -> dict[tuple[str, str], dict[str, str]]:
    """The lines of the table by plan and channel."""
    text = (out / "site-2026-11-30-scenarios" / "scenarios.csv").read_text(encoding="utf-8")
    return {(row["scenario"], row["channel"]): row for row in csv.DictReader(io.StringIO(text))}


def test_contacts_move_and_grow_as_stated(first: Path) -> None:
    """A fifth of the calls, each one e-mail; a fifth more calls; nothing else."""
    found = rows(first)
    calls, mails = (float(found["baseline", name]["contacts"]) for name in ("phone", "email"))
    assert float(found["mail", "phone"]["contacts"]) == pytest.approx(0.8 * calls, rel=1e-6)
    assert float(found["mail", "email"]["contacts"]) == pytest.approx(mails + 0.2 * calls, rel=1e-6)
    assert float(found["busier", "phone"]["contacts"]) == pytest.approx(1.2 * calls, rel=1e-6)
    assert float(found["busier", "phone"]["cost"]) > float(found["baseline", "phone"]["cost"])
    assert float(found["absence 0", "phone"]["cost"]) < float(found["absence 0.2", "phone"]["cost"])


def test_a_second_run_makes_nothing_again(site: Path, first: Path) -> None:
    """The same bytes; one other setting of a scenario makes that one alone."""
    before = (first / "site-2026-11-30-scenarios" / "scenarios.csv").read_bytes()
    again = call(site, "--out", first)
    assert "5 plans, 5 of them known" in again.stderr
    assert (first / "site-2026-11-30-scenarios" / "scenarios.csv").read_bytes() == before
    other = call(site, "busier", "--out", first, "--set", "scenarios.busier.scale.phone.volume=1.3")
    assert "2 plans, 1 of them known" in other.stderr


def test_two_workers_make_the_same_plans(site: Path, first: Path, tmp_path: Path) -> None:
    """Every cell, though each plan is made in a process of its own."""
    assert call(site, "mail", "busier", "--out", tmp_path, "--jobs", "2").exit_code == 0
    assert call(site, "mail", "busier", "--out", first).exit_code == 0
    assert rows(tmp_path) == rows(first)
    assert {scenario for scenario, _ in rows(first)} == {"baseline", "mail", "busier"}


def test_json_has_every_plan(site: Path, first: Path) -> None:
    """With the folder of page and table."""
    found = json.loads(call(site, "mail", "--out", first, "--json").stdout)
    assert [each["scenario"] for each in found["plans"]] == ["baseline", "mail"]
    assert (Path(found["folder"]) / "scenarios.html").exists()


def test_what_is_wrong_is_said_before_the_work(site: Path, tmp_path: Path) -> None:
    """An unknown scenario; more people to leave than there are. Nothing is written."""
    unknown = call(site, "mial", "--out", tmp_path)
    assert unknown.exit_code == 1
    assert 'scenario: "mial" is not a scenario; did you mean "mail"?' in unknown.stderr
    none = call(site, "mail", "--out", tmp_path, "--jobs", "0")
    assert "jobs: 0 is not a number of processes; write 1 or more, or -1" in " ".join(none.stderr.split())
    leave = 'scenarios.mail.hire={contract="day",skills=["phone"],people=-9}'
    gone = call(site, "mail", "--out", tmp_path, "--set", leave)
    assert gone.exit_code == 1
    assert "scenarios.mail.hire.0.people: 9 people are to leave" in " ".join(gone.stderr.split())
    assert not any(path.name.endswith("-scenarios") for path in tmp_path.iterdir())
