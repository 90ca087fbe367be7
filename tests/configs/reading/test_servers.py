"""A real PostgreSQL and a real MariaDB give their rows as text, and nothing is ever written in them."""

from __future__ import annotations

import time
import traceback
import tracemalloc

import pytest

from configs.errors import DataError
from configs.reading.addresses import DatabaseSource
from configs.reading.database import query_chunks, query_grid
from tests.configs.reading import database_servers
from tests.configs.reading.database_servers import ENCODED, PASSWORD, free_port

CALLS = """CREATE TABLE calls (start TIMESTAMP NOT NULL, channel VARCHAR(20), volume INTEGER, aht DECIMAL(8, 2))"""
ROWS = """INSERT INTO calls VALUES ('2026-11-30 09:30:00', 'phone', 12, 240.50), ('2026-11-30 09:45:00', 'chat', 3, NULL)"""


@pytest.fixture(scope="module")
def postgresql():
    with database_servers.postgresql() as server:
        server.run(CALLS, ROWS, 'CREATE TABLE "odd; ""name" (volume INTEGER)', 'INSERT INTO "odd; ""name" VALUES (7)')
        server.run("CREATE SEQUENCE counter", "CREATE SCHEMA other", "CREATE TABLE other.queue (volume INTEGER)")
        server.run("INSERT INTO other.queue VALUES (5)")
        yield server


@pytest.fixture(scope="module")
def mariadb():
    with database_servers.mariadb() as server:
        server.run(CALLS.replace("TIMESTAMP", "DATETIME"), ROWS, "CREATE TABLE `odd; ``name` (volume INTEGER)")
        server.run(
            "INSERT INTO `odd; ``name` VALUES (7)", "CREATE DATABASE other", "CREATE TABLE other.queue (volume INTEGER)"
        )
        server.run("INSERT INTO other.queue VALUES (5)", "GRANT ALL ON other.* TO planner@'%'")
        yield server


@pytest.fixture(params=["postgresql", "mariadb"])
def server(request):
    """Both servers, one after the other."""
    return request.getfixturevalue(request.param)


def rows(server, query=None, **given):
    return query_grid(DatabaseSource(server.url, query, **given)).records[1:]


def sentence(server, query=None, **given) -> str:
    """The words of a refusal, in which, and in whose traceback, the password never is."""
    url = given.pop("url", server.url)
    with pytest.raises(DataError) as caught:
        query_grid(DatabaseSource(url, query, **given))
    shown = "".join(traceback.format_exception(caught.value))
    assert "s3cret" not in shown
    assert caught.value.exit_code == 1
    where, _, words = str(caught.value).partition(": ")
    assert where == url.replace(ENCODED, "***").replace("wr0ng", "***")
    return words


def count(server, table="calls") -> str:
    return rows(server, f"SELECT COUNT(*) FROM {table}")[0][0]


def test_a_query_gives_its_columns_and_rows(server):
    """Names first, NULL is empty, decimals keep their digits, times without an offset stay so and a note says whose."""
    grid = query_grid(DatabaseSource(server.url, "SELECT * FROM calls ORDER BY start;", zone="Europe/London"))
    first = ["2026-11-30T09:30:00", "phone", "12", "240.50"]
    assert grid.records == [["start", "channel", "volume", "aht"], first, ["2026-11-30T09:45:00", "chat", "3", ""]]
    assert [note.sentence for note in grid.notes] == [
        "times without an offset were read as local time in Europe/London"
    ]
    assert grid.notes[0].where == server.url.replace(ENCODED, "***")


def test_percent_signs_and_colons_are_not_placeholders(server):
    """A query goes to the server as it was written."""
    assert rows(server, "SELECT '%s :x 100%' AS a FROM calls WHERE channel LIKE 'ph%'") == [["%s :x 100%"]]


def test_a_table_is_read_by_its_name_in_the_catalogue(server):
    """Quotes and semicolons in a name are quoted; a name of another schema has the schema before it."""
    assert len(rows(server, table="calls")) == 2
    quote = '"' if server.url.startswith("p") else "`"
    assert rows(server, table=f"odd; {quote}name") == [["7"]]
    assert rows(server, table="other.queue") == [["5"]]
    said = sentence(server, table="cals")
    assert said.startswith('has no table "cals"; did you mean "calls"?; tables: calls, ')
    assert sentence(server, table="calls; DROP TABLE calls").startswith('has no table "calls; DROP TABLE calls"')
    assert sentence(server).startswith("needs a query (history.query, or --query of import); tables: calls, ")


def test_a_missing_table_in_a_query_gets_the_nearest_name(server):
    """The server's words, and what may have been meant."""
    said = sentence(server, "SELECT * FROM cals")
    assert said.startswith("the query failed: ")
    assert said.endswith('; did you mean "calls"?')


def test_a_wrong_query_says_what_the_server_says(server):
    """Syntax and columns are the server's to judge."""
    said = sentence(server, "SELECT FROM FROM calls")
    assert "syntax" in said
    assert said.endswith("; write one SELECT statement")
    assert "strt" in sentence(server, "SELECT strt FROM calls")


WRITES = [
    "INSERT INTO calls (channel) VALUES ('x')",
    "UPDATE calls SET volume = 0",
    "DELETE FROM calls",
    "DROP TABLE calls",
    "TRUNCATE TABLE calls",
    "CREATE TABLE mine (x INTEGER)",
]


@pytest.mark.parametrize("query", WRITES)
def test_a_write_is_refused_by_the_server(server, query):
    """Nothing is changed and nothing is made, whatever the rights of the user."""
    said = sentence(server, query)
    assert "the query writes" in said or "the query failed: syntax error at or near" in said
    assert count(server) == "2"
    assert sentence(server, table="mine").startswith('has no table "mine"')


@pytest.mark.parametrize(
    "query", ["SELECT nextval('counter')", "WITH gone AS (DELETE FROM calls RETURNING *) SELECT * FROM gone"]
)
def test_a_select_that_writes_is_refused_by_postgresql(postgresql, query):
    """A query may write behind a SELECT; the transaction is read-only."""
    said = sentence(postgresql, query)
    assert "the query writes" in said or "data-modifying statements" in said
    assert count(postgresql) == "2"


@pytest.mark.parametrize("first", ["SELECT 1", "COMMIT", "SELECT 1; COMMIT"])
def test_several_statements_are_refused(server, first):
    """The second one is never run, not even after the end of the transaction."""
    said = sentence(server, f"{first}; DELETE FROM calls")
    assert said.startswith("the query failed: ")
    assert count(server) == "2"


def test_statements_without_rows_are_refused(mariadb):
    """A statement that gives no table is not a history."""
    assert sentence(mariadb, "SET @x = 1") == "the query gives no table; begin it with SELECT"
    assert sentence(mariadb, " ; ") == "the query is empty"


def test_a_query_without_rows_is_told(server):
    """A header alone is no history."""
    assert sentence(server, "SELECT * FROM calls WHERE volume > 99") == "the query gives no rows"


def test_types_of_postgresql_become_text(postgresql):
    """Times with a zone keep their offset, which is that of the stated zone; intervals are durations."""
    query = """SELECT TIMESTAMPTZ '2026-07-01 08:30:00+00' AS a, TIMESTAMP '2026-07-01 08:30:00.5' AS b, DATE '2026-07-01' AS c,
        TIME '08:30' AS d, INTERVAL '26 hours 30 seconds' AS e, 1.50::numeric AS f, 0.1::float8 AS g, true AS h, NULL AS i,
        'x'::text AS j, 9007199254740993 AS k, 'a1b2c3d4-0000-4000-8000-000000000000'::uuid AS l, 3.0::float8 AS m,
        (TIMESTAMPTZ '2026-07-01 08:30:00+00')::timestamp AS n"""
    expected = ["2026-07-01T09:30:00+01:00", "2026-07-01T08:30:00.500", "2026-07-01", "08:30:00", "26:00:30"]
    more = ["1.50", "0.1", "TRUE", "", "x", "9007199254740993", "a1b2c3d4-0000-4000-8000-000000000000", "3"]
    assert rows(postgresql, query, zone="Europe/London") == [[*expected, *more, "2026-07-01T09:30:00"]]


def test_types_of_mariadb_become_text(mariadb):
    """TIMESTAMP columns are UTC and say so; DATETIME has no zone; TIME is a duration."""
    mariadb.run(
        "CREATE OR REPLACE TABLE kinds (a TIMESTAMP NULL, b DATETIME(3), c DATE, d TIME, e DECIMAL(6,2), f DOUBLE, g BOOLEAN, h TEXT)",
        "SET time_zone = '+02:00'",
        "INSERT INTO kinds VALUES ('2026-07-01 10:30:00', '2026-07-01 10:30:00.5', '2026-07-01', '26:00:30', 1.5, 0.1, TRUE, 'x')",
    )
    expected = [
        "2026-07-01T08:30:00+00:00",
        "2026-07-01T10:30:00.500",
        "2026-07-01",
        "26:00:30",
        "1.50",
        "0.1",
        "1",
        "x",
    ]
    assert rows(mariadb, "SELECT * FROM kinds", zone="Europe/London") == [expected]
    assert rows(mariadb, "SELECT MAX(a) FROM kinds") == [["2026-07-01T08:30:00+00:00"]]


@pytest.mark.parametrize(
    ("kind", "query"),
    [
        ("postgresql", "SELECT volume, '\\x00ff'::bytea AS recording FROM calls"),
        ("mariadb", "SELECT volume, CAST('x' AS BINARY) AS recording FROM calls"),
    ],
)
def test_bytes_name_their_column(request, kind, query):
    """A recording is not a cell of a table."""
    server = request.getfixturevalue(kind)
    with pytest.raises(
        DataError, match="row 2: recording holds bytes values, which are not text; leave it out or convert"
    ):
        query_grid(DatabaseSource(server.url, query))


def test_arrays_and_dates_beyond_the_calendar_are_told(postgresql):
    """What Python cannot hold is a sentence, not a traceback."""
    with pytest.raises(DataError, match="row 2: a holds list values"):
        query_grid(DatabaseSource(postgresql.url, "SELECT ARRAY[1, 2] AS a"))
    assert sentence(postgresql, "SELECT 'infinity'::timestamp").startswith("the query failed: timestamp too large")


def test_rows_stream_and_stop_at_the_limit(server):
    """Of a hundred million rows, a few thousand are fetched before the first is there, and the limit ends it."""
    postgresql = server.url.startswith("p")
    numbers = "generate_series(1, 100000000) AS seq" if postgresql else "seq"
    many = f"SELECT {numbers}, REPEAT('x', 500) AS filler {'' if postgresql else 'FROM seq_1_to_100000000'}"
    tracemalloc.start()
    begin = time.monotonic()
    chunks = query_chunks(DatabaseSource(server.url, many))
    assert next(chunks) == [["seq", "filler"]]
    assert [record[0] for record in next(chunks)[:2]] == ["1", "2"]
    chunks.close()
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 40_000_000
    said = sentence(server, many, max_rows=50_000)
    assert said == "the query gives more than 50,000 rows; add them up by interval in it (GROUP BY)"
    assert time.monotonic() - begin < 30


def test_a_slow_query_ends_at_the_time_limit(server):
    """The server or the driver ends it; nobody waits for ever."""
    slow = "SELECT pg_sleep(60)" if server.url.startswith("p") else "SELECT SLEEP(60)"
    begin = time.monotonic()
    assert sentence(server, slow, timeout_s=1).startswith(
        "gave no answer for 1 s; is the address right, or the query too heavy? ("
    )
    assert time.monotonic() - begin < 10


def test_a_wrong_password_is_told_without_it(server):
    """Neither the right one nor the wrong one is repeated."""
    said = sentence(server, "SELECT 1", url=server.url.replace(ENCODED, "wr0ng"))
    assert said.startswith("the login was refused; check the user and the password in the URL (")
    assert "wr0ng" not in said


def test_no_server_is_told(server):
    """Nothing listens on the port."""
    said = sentence(server, "SELECT 1", url=server.url.replace(str(server.port), str(free_port())))
    assert said.startswith("the server does not answer; check host and port, and whether the database runs (")


def test_a_missing_database_is_told(server):
    """The end of the URL is wrong."""
    said = sentence(server, "SELECT 1", url=f"{server.url}x")
    assert said.startswith(("has no such database; check the end of the URL (", "the user may not do this"))


def test_a_password_may_come_from_the_environment(server, monkeypatch):
    """The config names a variable; the label shows the name, and a value with any character works."""
    monkeypatch.setenv("CALLS_PASSWORD", PASSWORD)
    url = server.url.replace(ENCODED, "${CALLS_PASSWORD}")
    source = DatabaseSource(url, "SELECT COUNT(*) FROM calls")
    assert query_grid(source).records[1:] == [["2"]]
    assert source.label == url
    assert PASSWORD not in repr(source)
    monkeypatch.setenv("CALLS_URL", server.url)
    assert query_grid(DatabaseSource("${CALLS_URL}", "SELECT COUNT(*) FROM calls")).records[1:] == [["2"]]
    monkeypatch.setenv("CALLS_PASSWORD", "wr0ng")
    said = sentence(server, "SELECT 1", url=url)
    assert said.startswith("the login was refused")
    assert "wr0ng" not in said
    monkeypatch.delenv("CALLS_PASSWORD")
    expected = "the environment variable CALLS_PASSWORD is not set; set it before you start staffcurve"
    assert sentence(server, "SELECT 1", url=url) == expected
