"""A database as the source: its query is looked at as a file is, and no password gets into a config."""

from __future__ import annotations

import sqlite3

from typer.testing import CliRunner

from configs.reading.addresses import DatabaseSource
from staffcurve.cli.app import app
from staffcurve.importing.look import proposed_query
from tests.staffcurve.importing.made import halves


def test_the_columns_of_a_query_are_found_by_name_and_content(tmp_path):
    """As those of a file; the query is part of the block."""
    with sqlite3.connect(tmp_path / "calls.db") as base:
        base.execute("create table calls (began text, queue text, offered integer, handle_s integer)")
        rows = [(f"{half.start:%Y-%m-%d %H:%M}", "Sales", half.offered, half.aht_s) for half in halves()]
        base.executemany("insert into calls values (?, ?, ?, ?)", rows)
    base.close()
    query = "select began as start_time, queue, offered, handle_s as aht from calls"
    made = proposed_query(DatabaseSource("sqlite:///calls.db", query, folder=tmp_path), {})
    assert made.form == ("Kind: database, 240 rows of the query",)
    assert made.settings == {
        "query": query,
        "columns": {"start": "start_time", "volume": "offered", "aht_s": "aht", "queue": "queue"},
    }


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
