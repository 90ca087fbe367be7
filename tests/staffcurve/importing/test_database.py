"""A database as the source: its query is looked at as a file is, and no password gets into a config."""

from __future__ import annotations

import json
import sqlite3
import tomllib

import pytest
from typer.testing import CliRunner

from configs.reading.addresses import DatabaseSource
from staffcurve.cli.app import app
from staffcurve.importing.look import proposed_query
from tests.staffcurve.importing.made import halves, total

QUERY = "select began as start_time, queue, offered, handle_s as aht from calls"


@pytest.fixture
def base(tmp_path):
    """A folder with a database of the half hours."""
    with sqlite3.connect(tmp_path / "calls.db") as opened:
        opened.execute("create table calls (began text, queue text, offered integer, handle_s integer)")
        rows = [(f"{half.start:%Y-%m-%d %H:%M}", "Sales", half.offered, half.aht_s) for half in halves()]
        opened.executemany("insert into calls values (?, ?, ?, ?)", rows)
    opened.close()
    return tmp_path


def test_the_columns_of_a_query_are_found_by_name_and_content(base):
    """As those of a file; the query is part of the block."""
    made = proposed_query(DatabaseSource("sqlite:///calls.db", QUERY, folder=base), {})
    assert made.form == ("Kind: database, 240 rows of the query",)
    assert made.settings == {
        "query": QUERY,
        "columns": {"start": "start_time", "volume": "offered", "aht_s": "aht", "queue": "queue"},
    }


def test_a_database_is_imported_and_checked(base):
    """URL and query are written; `check` reads them with the same totals."""
    config = base / "centre.toml"
    words = ["--query", QUERY, "--write", "--json", "--set", "plan.timezone=UTC"]
    told = CliRunner().invoke(app, ["import", "sqlite:///calls.db", str(config), *words])
    assert told.exit_code == 0, told.output
    assert json.loads(told.stdout)["totals"]["contacts"] == total()
    history = tomllib.loads(config.read_text(encoding="utf-8"))["history"]
    assert (history["path"], history["query"]) == ("sqlite:///calls.db", QUERY)
    checked = CliRunner().invoke(app, ["check", str(config), "--json"])
    assert json.loads(checked.stdout)["channels"][0]["contacts"] == total()


def test_a_password_is_never_written(tmp_path):
    """The message hides it, and says what to write in its place."""
    words = [
        "import",
        "postgresql://planner:s3cret@db/calls",
        str(tmp_path / "new.toml"),
        "--query",
        "select 1",
        "--write",
    ]
    told = CliRunner().invoke(app, words)
    assert told.exit_code == 1
    assert "s3cret" not in told.output
    assert "holds a password; write ${NAME} in its place" in told.stderr
    assert not (tmp_path / "new.toml").exists()


def test_the_only_table_of_a_database_is_read_and_of_several_one_is_asked_for(base):
    """With an option for each; --query reads anything else."""
    made = proposed_query(DatabaseSource("sqlite:///calls.db", folder=base), {})
    assert made.settings["table"] == "calls"
    with sqlite3.connect(base / "calls.db") as opened:
        opened.execute("create table agents (name text)")
    opened.close()
    (question,) = proposed_query(DatabaseSource("sqlite:///calls.db", folder=base), {}).questions
    means = "this table; for a part of it, or several tables, give --query"
    assert question.options() == [
        ("""--set 'history.table="agents"'""", means),
        ("""--set 'history.table="calls"'""", means),
    ]
