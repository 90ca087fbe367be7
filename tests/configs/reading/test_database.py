"""SQLite without any library, and what is true of every database: addresses, secrets, limits."""

from __future__ import annotations

import sqlite3
import time
import traceback

import pytest

from configs.errors import ConfigError, DataError, Fault
from configs.reading.addresses import DatabaseSource, is_database, kind_of, resolved, secrets_of
from configs.reading.database import digest, query_chunks, query_grid
from configs.redaction import redacted, redacted_settings


@pytest.fixture
def calls(tmp_path):
    """A small SQLite file, ``calls.db``, in `tmp_path`."""
    with sqlite3.connect(tmp_path / "calls.db") as made:
        made.execute("CREATE TABLE calls (start TEXT, volume INTEGER, aht REAL)")
        made.execute("INSERT INTO calls VALUES ('2026-11-30 09:30', 12, 240.5), ('2026-11-30 09:45', 3, NULL)")
        made.execute('CREATE VIEW "odd; ""name" AS SELECT volume FROM calls')
    made.close()
    return tmp_path


def source(folder, query=None, url="sqlite:///calls.db", **given) -> DatabaseSource:
    return DatabaseSource(url, query, folder=folder, **given)


def sentence(given: DatabaseSource) -> str:
    with pytest.raises(DataError) as caught:
        query_grid(given)
    assert caught.value.exit_code == 1
    return str(caught.value)


def test_a_query_of_sqlite_is_read(calls):
    """Names first, NULL is empty, whole numbers without a fraction."""
    grid = query_grid(source(calls, "SELECT * FROM calls ORDER BY start"))
    assert grid.records == [
        ["start", "volume", "aht"],
        ["2026-11-30 09:30", "12", "240.5"],
        ["2026-11-30 09:45", "3", ""],
    ]


def test_a_table_of_sqlite_is_read_by_name(calls):
    """Tables and views of the catalogue, quoted; anything else gets the nearest name."""
    assert len(query_grid(source(calls, table="calls")).records) == 3
    assert query_grid(source(calls, table='odd; "name')).records == [["volume"], ["12"], ["3"]]
    said = sentence(source(calls, table="cals"))
    assert said == 'sqlite:///calls.db: has no table "cals"; did you mean "calls"?; tables: calls, odd; "name'
    assert (
        sentence(source(calls))
        == 'sqlite:///calls.db: needs a query (history.query, or --query of import); tables: calls, odd; "name'
    )


def test_an_absolute_path_has_four_slashes(calls, tmp_path_factory):
    """As SQLAlchemy writes it."""
    url = f"sqlite:///{calls / 'calls.db'}"
    assert url.startswith("sqlite:////")
    assert len(query_grid(source(tmp_path_factory.mktemp("other"), "SELECT * FROM calls", url)).records) == 3


def test_a_missing_file_is_not_created(tmp_path):
    """SQLite would make an empty database."""
    assert sentence(source(tmp_path, "SELECT 1")) == "sqlite:///calls.db: no such file"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///", "sqlite://host/calls.db", "sqlite:///calls.db?mode=rwc"])
def test_a_url_of_sqlite_names_a_file_and_nothing_else(tmp_path, url):
    """No host, no options, no database in memory."""
    assert sentence(source(tmp_path, "SELECT 1", url)).endswith(
        "must name a file, such as sqlite:///calls.db, and nothing else"
    )


@pytest.mark.parametrize(
    "query",
    [
        "INSERT INTO calls VALUES (1, 2, 3)",
        "DELETE FROM calls",
        "DROP TABLE calls",
        "CREATE TABLE mine (x)",
        "ATTACH DATABASE 'new.db' AS other",
        "PRAGMA user_version = 7",
    ],
)
def test_sqlite_refuses_to_write(calls, query):
    """The file is opened for reading, and no second one beside it."""
    before = (calls / "calls.db").read_bytes()
    said = sentence(source(calls, query))
    assert said in {
        "sqlite:///calls.db: the query writes; staffcurve only reads databases. Begin the query with SELECT",
        "sqlite:///calls.db: the query gives no table; begin it with SELECT",
    }
    assert (calls / "calls.db").read_bytes() == before
    assert [each.name for each in calls.iterdir()] == ["calls.db"]


def test_several_statements_of_sqlite_are_refused(calls):
    """One statement only."""
    said = sentence(source(calls, "SELECT 1; SELECT 2"))
    assert said == "sqlite:///calls.db: the query has several statements; write one"


def test_a_locked_file_is_told_in_time(calls):
    """Another program holds the file; the wait has an end."""
    other = sqlite3.connect(calls / "calls.db", isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    begin = time.monotonic()
    said = sentence(source(calls, "SELECT * FROM calls", timeout_s=0.3))
    assert said == "sqlite:///calls.db: is locked by another program; close it there, or read a copy"
    assert time.monotonic() - begin < 5
    other.close()


def test_an_endless_query_ends_at_the_time_limit(calls):
    """A query that never gives a row is ended by the clock."""
    endless = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT MAX(x) FROM n"
    begin = time.monotonic()
    assert (
        sentence(source(calls, endless, timeout_s=0.3))
        == "sqlite:///calls.db: gave no rows for 0.3 s; simplify the query"
    )
    assert time.monotonic() - begin < 5


def test_files_that_are_no_database_are_told(calls):
    """Text, and a database that was cut off."""
    whole = (calls / "calls.db").read_bytes()
    (calls / "calls.db").write_bytes(b"start,volume\n" * 200)
    assert (
        sentence(source(calls, "SELECT 1 FROM calls"))
        == "sqlite:///calls.db: is not an SQLite database (or an encrypted one)"
    )
    (calls / "calls.db").write_bytes(whole[:4096] + b"\xff" * 4096)
    assert sentence(source(calls, "SELECT * FROM calls")).startswith(
        "sqlite:///calls.db: is damaged (database disk image is malformed)"
    )


def test_wrong_queries_are_told(calls):
    """The engine's words, and the nearest table."""
    said = sentence(source(calls, "SELECT * FROM cals"))
    assert said == 'sqlite:///calls.db: the query failed: no such table: cals; did you mean "calls"?'
    assert (
        sentence(source(calls, "SELECT strt FROM calls"))
        == "sqlite:///calls.db: the query failed: no such column: strt"
    )
    assert (
        sentence(source(calls, "SELECT * FROM calls WHERE volume > 99"))
        == "sqlite:///calls.db: the query gives no rows"
    )
    assert sentence(source(calls, " ")) == "sqlite:///calls.db: the query is empty"


def test_bytes_and_broken_text_name_their_column(calls):
    """A recording, and text in another encoding."""
    words = "recording holds bytes values, which are not text; leave it out or convert it in the query"
    assert sentence(source(calls, "SELECT x'00ff' AS recording")) == f"sqlite:///calls.db row 2: {words}"
    said = sentence(source(calls, "SELECT CAST(x'ff' AS TEXT) AS name"))
    assert said.startswith("sqlite:///calls.db: holds text that is not UTF-8 (")
    assert "name" in said


def test_the_row_limit_is_exact(calls):
    """Two rows are not more than two."""
    assert len(query_grid(source(calls, table="calls", max_rows=2)).records) == 3
    said = sentence(source(calls, table="calls", max_rows=1))
    assert said == "sqlite:///calls.db: the query gives more than 1 rows; add them up by interval in it (GROUP BY)"


def test_rows_come_in_chunks(calls):
    """The header first, then ten thousand at a time, without the whole table in memory."""
    many = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 25000) SELECT x FROM n"
    assert [len(chunk) for chunk in query_chunks(source(calls, many))] == [1, 10_000, 10_000, 5_000]


# Addresses and secrets


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("postgresql://planner:s3cret@db:5432/calls", "postgresql://planner:***@db:5432/calls"),
        ("postgresql://planner:s3:cr@et/x@db/calls", "postgresql://planner:***@db/calls"),
        ("mysql+pymysql://planner:my pass'word@db/calls", "mysql+pymysql://planner:***@db/calls"),
        ("postgresql://planner@db/calls", "postgresql://planner@db/calls"),
        (
            "postgresql://db/calls?user=a&password=s3cret&sslmode=on",
            "postgresql://db/calls?user=a&password=***&sslmode=on",
        ),
        ("postgresql://db/calls?sslpassword=s3cret", "postgresql://db/calls?sslpassword=***"),
        ("https://host/x?api_key=s3cret&access_token=s3cret", "https://host/x?api_key=***&access_token=***"),
        (
            "failed: postgresql://a:s3cret@db/x, mysql://b:s3cret@c/d",
            "failed: postgresql://a:***@db/x, mysql://b:***@c/d",
        ),
        ("host=db user=a password='s3 cret' dbname=x", "host=db user=a password=*** dbname=x"),
        ("postgresql://planner:${CALLS_PASSWORD}@db/calls", "postgresql://planner:${CALLS_PASSWORD}@db/calls"),
        ("${CALLS_URL}", "${CALLS_URL}"),
        ("sqlite:///calls.db", "sqlite:///calls.db"),
        ("history.csv row 7: volume is -3", "history.csv row 7: volume is -3"),
        ("SELECT * FROM calls WHERE start >= '2026-01-01'", "SELECT * FROM calls WHERE start >= '2026-01-01'"),
    ],
)
def test_secrets_leave_every_text(text, expected):
    """Passwords of URLs and settings become stars; names of variables and everything else stay."""
    assert redacted(text) == expected
    assert redacted(expected) == expected


def test_secrets_that_are_known_leave_too():
    """A driver may repeat a password without its name."""
    assert redacted("no such host: et/x@db", ("et/x",)) == "no such host: ***@db"
    assert secrets_of("postgresql://planner:s3%2Fcret@db/calls") == ("s3%2Fcret", "s3/cret")
    assert secrets_of("postgresql://planner@db/calls") == ()


def test_settings_are_redacted_as_a_copy():
    """What a run stores of its config has no password; the config itself keeps it."""
    raw = {
        "history": {"path": "postgresql://a:s3cret@db/x", "query": "SELECT ':x'"},
        "list": [{"url": "mysql://a:s3cret@c/d"}, 3],
    }
    stored = redacted_settings(raw)
    assert stored == {
        "history": {"path": "postgresql://a:***@db/x", "query": "SELECT ':x'"},
        "list": [{"url": "mysql://a:***@c/d"}, 3],
    }
    assert raw["history"]["path"] == "postgresql://a:s3cret@db/x"


def test_no_error_shows_a_password():
    """Whoever makes the sentence: the tree of errors takes passwords out, in messages and in tracebacks."""
    error = ConfigError([Fault("postgresql://a:s3cret@db/x", 'got "mysql://b:s3cret@c/d"')])
    assert str(error) == 'postgresql://a:***@db/x: got "mysql://b:***@c/d"'
    assert "s3cret" not in "".join(traceback.format_exception(error))
    assert "s3cret" not in repr(error.faults)


def test_the_environment_gives_secrets():
    """Values are encoded where they are part of a URL, and taken as they are where they are all of it."""
    environ = {"PW": "a/b@c", "URL": "mysql://u:p@h/d"}
    assert resolved("mysql://u:${PW}@h/d", "x", environ) == "mysql://u:a%2Fb%40c@h/d"
    assert resolved("${URL}", "x", environ) == "mysql://u:p@h/d"
    with pytest.raises(
        DataError, match="x: the environment variable NONE is not set; set it before you start staffcurve"
    ):
        resolved("mysql://u:${NONE}@h/d", "x", environ)
    with pytest.raises(
        DataError, match="the password was taken out when this config was stored; write a variable such as"
    ):
        resolved(redacted("mysql://u:p@h/d"), "x", environ)


def test_other_databases_and_drivers_are_refused():
    """Only databases that are proven to be read-only are read."""
    assert is_database("oracle://u@h/d")
    assert not is_database("history.csv")
    with pytest.raises(DataError, match='x: has the kind "oracle"; sqlite, postgresql, mysql and mariadb can be read'):
        kind_of("oracle://u@h/d", "x")
    with pytest.raises(DataError, match='x: names the driver "psycopg2"; leave it out, psycopg is used'):
        kind_of("postgresql+psycopg2://u@h/d", "x")
    assert [kind_of(f"{each}://h", "x") for each in ("postgres", "mariadb+pymysql")] == ["postgresql", "mysql"]


@pytest.mark.parametrize(
    ("url", "words"),
    [
        (
            "mysql://planner:p@ss:w0rd@db.example/acd",
            "has more than one @; write each @ of the user or password as %40",
        ),
        ("postgresql://planner:p@a/w0rd@db.example/acd", "has more than one @"),
        ("mysql://planner:x@db.example:w0rd/acd", "cannot be read as a URL; the port is a number"),
    ],
)
def test_a_url_that_a_driver_would_split_elsewhere_is_refused_without_its_parts(url, words):
    """The driver would take part of the password for a host or a port, and quote it."""
    pytest.importorskip("sqlalchemy")
    pytest.importorskip("psycopg")
    pytest.importorskip("pymysql")
    said = sentence(DatabaseSource(url, "SELECT 1"))
    assert said.startswith(f"{redacted(url)}: {words}")
    assert "w0rd" not in said.removeprefix("mysql://planner:***@db.example:w0rd/acd")


@pytest.mark.parametrize(("missing", "package"), [("sqlalchemy", "staffcurve[sql]"), ("psycopg", "psycopg[binary]")])
def test_a_missing_library_is_named(monkeypatch, missing, package):
    """What to install, before any connection."""
    monkeypatch.setattr("configs.reading.servers.find_spec", lambda name: None if name == missing else object())
    said = sentence(DatabaseSource("postgresql://u:s3cret@h/d", "SELECT 1"))
    assert said == f'postgresql://u:***@h/d: needs the library {missing}; run: pip install "{package}"'


def test_the_digest_of_rows_knows_no_order():
    """Servers give equal rows in different orders; other rows, and the number of equal ones, count."""
    rows = [["a", "1"], ["b", "2"], ["b", "2"]]
    assert digest(rows) == digest(rows[::-1])
    assert (
        len({digest(rows), digest(rows[:2]), digest([["a", "12"], ["b", ""]]), digest([["a1", ""], ["b", "2"]])}) == 4
    )
    assert digest([]) == "0" * 64
