"""Rows 51 to 60 of the list of bad inputs: databases, interruption, terminals, versions, locales."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.bad_inputs.site import call, config_with, planned, refused, words_of
from tests.conftest import ROOT
from tests.staffcurve.sites import write_site

LIGHT = ("--set", "forecast.fast=true", "--set", "simulation.replications=0", "--set", 'reports.formats=["csv"]')


def process(*words: object, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """The program in a process of its own."""
    arguments = [sys.executable, "-m", "staffcurve", *map(str, words)]
    return subprocess.run(arguments, cwd=ROOT, env={**os.environ, **environment}, capture_output=True, check=False)


def test_row_51_a_database_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    """The path is named; no empty file appears."""
    result = planned(tmp_path, config=config_with('"history.csv"', '"calls.sqlite"'))
    refused(result, tmp_path / "out", "calls.sqlite")
    assert not (tmp_path / "calls.sqlite").exists()


def test_row_52_a_database_in_place_of_a_table_is_named(tmp_path: Path) -> None:
    """A damaged one too."""
    result = planned(tmp_path, history_csv=b"SQLite format 3\0" + bytes(100))
    refused(result, tmp_path / "out", "history.csv: ", "SQLite")


def test_row_54_a_password_is_in_no_message_and_no_object(tmp_path: Path) -> None:
    """Neither in a sentence, nor as JSON; the rest of the URL stays, so that one sees which it was."""
    write_site(tmp_path).write_text(
        config_with('"history.csv"', '"mysql://planner:p@ss:w0rd@db.example/acd"'), encoding="utf-8"
    )
    for more in ((), ("--json",)):
        result = call("check", tmp_path / "site.toml", *more)
        refused(result, tmp_path / "out", "mysql://planner:***@db.example/acd")
        assert "w0rd" not in words_of(result)
        assert "p@ss" not in words_of(result)


def test_row_55_a_name_with_a_quote_or_a_semicolon_is_a_name(tmp_path: Path) -> None:
    """A column of the config that the file does not have is named as it stands."""
    odd = """\\nvolume = "x'; DROP TABLE calls; --"\\n""".replace("\\n", "\n")
    result = planned(
        tmp_path, config=config_with('path = "history.csv"', f'path = "history.csv"\n[history.columns]{odd}')
    )
    refused(result, tmp_path / "out", """has no column "x'; DROP TABLE calls; --\"""")


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "utf-8"], ids=lambda name: f"row-58-{name}")
def test_row_58_any_terminal_can_show_the_answer(encoding: str, tmp_path: Path) -> None:
    """Forty columns wide, without the signs for lines: no traceback, exit code 0."""
    done = process("check", write_site(tmp_path), PYTHONIOENCODING=encoding, PYTHONUTF8="0", COLUMNS="40")
    assert done.returncode == 0, done.stderr
    assert b"Traceback" not in done.stderr
    assert b"phone" in done.stdout


def test_row_59_doctor_names_the_solver_and_the_libraries() -> None:
    """Version by version, as JSON too."""
    told = json.loads(call("doctor", "--json").stdout)
    assert told["ok"]
    assert {"pulp", "highspy", "solver"} <= {check["check"] for check in told["checks"]}


@pytest.mark.skipif(sys.platform == "win32", reason="the clock of a process is set otherwise there")
def test_row_60_neither_the_clock_nor_the_locale_changes_a_byte(tmp_path: Path) -> None:
    """A run in Kiribati with a decimal comma is the run in London; only the seconds differ."""
    written = []
    for name, more in (
        ("a", {"TZ": "Europe/London", "LC_ALL": "C"}),
        ("b", {"TZ": "Pacific/Kiritimati", "LC_ALL": "de_DE.UTF-8"}),
    ):
        config = write_site(tmp_path / name)
        done = process("run", config, "--out", tmp_path / name / "out", *LIGHT, **more)
        assert done.returncode == 0, done.stderr
        folder = tmp_path / name / "out" / "site-2026-11-30"
        files = {file.relative_to(folder): file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file()}
        manifest = json.loads(files.pop(Path("manifest.json")))
        del files[Path("run.log")], manifest["seconds"]
        written.append((files, manifest))
    assert written[0] == written[1]
