"""Rows 51 to 60 of the list of bad inputs: databases, interruption, terminals, versions, locales."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest
from typer.testing import Result

from configs.reading.addresses import DatabaseSource
from tests.bad_inputs.site import call, config_with, planned, refused, words_of
from tests.conftest import ROOT
from tests.staffcurve.sites import write_site

LIGHT = ("--set", "forecast.fast=true", "--set", "simulation.replications=0", "--set", 'reports.formats=["csv"]')


def process(*words: object, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """The program in a process of its own."""
    arguments = [sys.executable, "-m", "staffcurve", *map(str, words)]
    return subprocess.run(arguments, cwd=ROOT, env={**os.environ, **environment}, capture_output=True, check=False)


def database(folder: Path, query: str = "SELECT * FROM calls") -> Result:
    """``check`` of the site with its history in the table ``calls`` of ``calls.sqlite``."""
    config = write_site(folder)
    lines = [line.split(",") for line in (folder / "history.csv").read_text(encoding="utf-8").splitlines()]
    with closing(sqlite3.connect(folder / "calls.sqlite")) as base:
        base.execute("CREATE TABLE calls (channel TEXT, start TEXT, volume, aht_s)")
        base.executemany("INSERT INTO calls VALUES (?, ?, ?, nullif(?, ''))", lines[1:])
        base.commit()
    return of_database(config, query)


def of_database(config: Path, query: str) -> Result:
    """``check`` of a config whose history is a query of ``calls.sqlite``."""
    lines = f'path = "sqlite:///calls.sqlite"\nquery = "{query}"'
    config.write_text(config_with('path = "history.csv"', lines), encoding="utf-8")
    return call("check", config)


def test_a_query_gives_the_contacts_of_the_file(tmp_path: Path) -> None:
    """The database of the tests below is right: 15,523 contacts in 2,200 rows."""
    result = database(tmp_path)
    assert result.exit_code == 0, words_of(result)
    assert "sqlite:///calls.sqlite: 2,200 rows, 15,523 contacts" in words_of(result)


def test_row_51_a_database_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    """The file or URL is named; no empty file appears."""
    config = write_site(tmp_path)
    result = of_database(config, "SELECT * FROM calls")
    refused(result, tmp_path / "out", "sqlite:///calls.sqlite: no such file")
    result = planned(tmp_path, config=config_with('"history.csv"', '"calls.sqlite"'))
    refused(result, tmp_path / "out", 'history.path: no such file or folder: "calls.sqlite"')
    assert not (tmp_path / "calls.sqlite").exists()


@pytest.mark.parametrize(
    "blob", [b"SQLite format 3\0" + bytes(100), b"hello" * 1000], ids=["row-52-damaged", "row-52-text"]
)
def test_a_file_that_is_not_a_database_is_named(blob: bytes, tmp_path: Path) -> None:
    """Damaged, or never one."""
    config = write_site(tmp_path)
    (tmp_path / "calls.sqlite").write_bytes(blob)
    result = of_database(config, "SELECT * FROM calls")
    words = "sqlite:///calls.sqlite: is not an SQLite database (or an encrypted one)"
    refused(result, tmp_path / "out", words)


def test_row_52_a_database_in_place_of_a_table_is_named(tmp_path: Path) -> None:
    """A file of the history that is a database: what it is, and how one is read."""
    result = planned(tmp_path, history_csv=b"SQLite format 3\0" + bytes(100))
    refused(result, tmp_path / "out", "history.csv: ", "SQLite")


def test_row_52_a_locked_database_is_told_within_the_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another program holds it: the wait ends, and the way out is said."""
    monkeypatch.setattr("configs.reading.sqlite.LOCK_S", 0.2)
    database(tmp_path)
    with closing(sqlite3.connect(tmp_path / "calls.sqlite", isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        result = of_database(tmp_path / "site.toml", "SELECT * FROM calls")
    words = "sqlite:///calls.sqlite: is locked by another program; close it there, or read a copy"
    refused(result, tmp_path / "out", words)


QUERIES = {
    "row-53-none": ("SELECT * FROM calls WHERE volume < 0", "the query gives no rows"),
    "row-53-blob": (
        "SELECT channel, start, x'0102' AS volume FROM calls",
        "row 2: volume holds bytes values, which are not text; leave it out or convert it in the query",
    ),
    "row-55-table": ("SELECT * FROM cals", 'the query failed: no such table: cals; did you mean "calls"?'),
    "row-55-write": (
        "DELETE FROM calls",
        "the query writes; staffcurve only reads databases. Begin the query with SELECT",
    ),
    "row-55-two": ("SELECT * FROM calls; DROP TABLE calls", "the query has several statements; write one"),
}


@pytest.mark.parametrize(("query", "words"), QUERIES.values(), ids=QUERIES)
def test_a_query_that_gives_no_history_is_a_sentence(query: str, words: str, tmp_path: Path) -> None:
    """Nothing is read in part, and the table of the database is as it was."""
    result = database(tmp_path, query)
    refused(result, tmp_path / "out", "sqlite:///calls.sqlite", words)
    with closing(sqlite3.connect(tmp_path / "calls.sqlite")) as base:
        assert base.execute("SELECT count(*) FROM calls").fetchone() == (2200,)


def test_row_53_rows_without_end_stop_at_the_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A query that never ends is read up to the limit, and the remedy is in the query."""
    made = partial(DatabaseSource, max_rows=1000)
    monkeypatch.setattr("configs.reading.addresses.DatabaseSource", made)
    monkeypatch.setattr("forecast.data.files.DatabaseSource", made, raising=False)
    rows = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)"
    result = database(tmp_path, f"{rows} SELECT 'phone' AS channel, i AS start, 1 AS volume FROM n")
    words = "sqlite:///calls.sqlite: the query gives more than 1,000 rows; add them up by interval in it (GROUP BY)"
    refused(result, tmp_path / "out", words)


@pytest.mark.parametrize(
    ("url", "shown", "words"),
    [
        ("mysql://planner:p@ss:w0rd@db.example/acd", "mysql://planner:***@db.example/acd", "has more than one @"),
        ("postgresql://planner:w0rd@127.0.0.1:1/acd", "postgresql://planner:***@127.0.0.1:1/acd", "does not answer"),
        ("mysql://planner:p%40ssw0rd@127.0.0.1:1/acd", "mysql://planner:***@127.0.0.1:1/acd", "does not answer"),
    ],
    ids=["row-54-at", "row-54-postgresql", "row-54-mysql"],
)
def test_a_password_is_in_no_message_and_no_object(url: str, shown: str, words: str, tmp_path: Path) -> None:
    """Neither in a sentence, nor as JSON; the rest of the URL stays, so that one sees which it was."""
    for module in ("sqlalchemy", "psycopg", "pymysql"):
        pytest.importorskip(module)
    lines = f'path = "{url}"\nquery = "SELECT 1"'
    write_site(tmp_path).write_text(config_with('path = "history.csv"', lines), encoding="utf-8")
    for more in ((), ("--json",)):
        result = call("check", tmp_path / "site.toml", *more)
        refused(result, tmp_path / "out", shown, words)
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
