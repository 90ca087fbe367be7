"""Reading PostgreSQL, MySQL and MariaDB through SQLAlchemy: read-only by the server itself, streamed, with time limits.

PostgreSQL reads through a cursor inside a read-only transaction. Its driver sends a cursor's statement by the extended
protocol, which takes one statement (psycopg 3.3, `_server_cursor_base.py`). PyMySQL does not allow several statements
unless asked (`CLIENT.MULTI_STATEMENTS`).
"""

from __future__ import annotations

import re
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from configs.errors import DataError, Fault, nearest
from configs.reading.addresses import check_login, secrets_of
from configs.reading.session import BATCH, Result, Session
from configs.redaction import redacted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlalchemy import Connection, CursorResult, Engine
    from sqlalchemy.engine.interfaces import CoreExecuteOptionsParameter

    from configs.reading.addresses import DatabaseSource

DRIVERS = {"postgresql": "psycopg", "mysql": "pymysql"}
INSTALLED = {"postgresql": "psycopg[binary]", "mysql": "pymysql"}
CONNECT_S = 10
MYSQL_TIMESTAMP = 7
"""Type number of TIMESTAMP columns: they are stored in UTC and shown in the zone of the session, here UTC."""


@contextmanager
def server_session(source: DatabaseSource, url: str, kind: str, label: str) -> Iterator[Session]:
    """Connect to a server; whatever the driver says comes out as a sentence without secrets.

    Raises
    ------
    DataError
        When the URL is ambiguous, a library is missing, or the server does not answer, refuses the login, or fails at
        the query.
    """
    check_login(url, label)
    _need_libraries(kind, label)
    from sqlalchemy.exc import SQLAlchemyError

    session, engine = None, _engine(source, url, kind, label)
    try:
        with engine.connect() as connection:
            try:
                session = _ServerSession(connection, kind, source)
                yield session
            except SQLAlchemyError as error:
                hint = _hint(error, session)
                raise DataError(Fault(label, _words(error, source, url) + hint)) from None
            finally:
                if session is not None:
                    with suppress(SQLAlchemyError):
                        session.end()
    except (SQLAlchemyError, OSError, UnicodeError, ValueError, OverflowError) as error:
        raise DataError(Fault(label, _words(error, source, url))) from None


def _need_libraries(kind: str, label: str) -> None:
    for module, needed in (("sqlalchemy", "staffcurve[sql]"), (DRIVERS[kind], INSTALLED[kind])):
        if find_spec(module) is None:
            raise DataError(Fault(label, f'needs the library {module}; run: pip install "{needed}"'))


def _engine(source: DatabaseSource, url: str, kind: str, label: str) -> Engine:
    """An engine for one connection, with limits for connecting and, in MySQL, for waiting."""
    from sqlalchemy import create_engine, make_url
    from sqlalchemy.exc import ArgumentError
    from sqlalchemy.pool import NullPool

    seconds = max(1, round(source.timeout_s))
    limits = {"connect_timeout": min(CONNECT_S, seconds)}
    if kind == "mysql":
        limits |= {"read_timeout": seconds, "write_timeout": seconds}
    try:
        address = make_url(url).set(drivername=f"{kind}+{DRIVERS[kind]}")
    except (ValueError, ArgumentError):  # what they say quotes parts of the URL, and these may be of the password
        words = "cannot be read as a URL; the port is a number, and special characters are written like %40 for @"
        raise DataError(Fault(label, words)) from None
    return create_engine(address, poolclass=NullPool, connect_args=limits)


class _ServerSession:
    """One connection in one read-only transaction."""

    def __init__(self, connection: Connection, kind: str, source: DatabaseSource) -> None:
        self.mysql = kind == "mysql"
        self.result: CursorResult[Any] | None = None
        if self.mysql:
            self.connection = connection
            self._set("SESSION TRANSACTION READ ONLY", "SESSION time_zone = '+00:00'")
            connection.rollback()
            connection.exec_driver_sql("START TRANSACTION READ ONLY")
        else:
            self.connection = connection.execution_options(postgresql_readonly=True)
            zone = source.zone.replace("'", "''")
            self._set(f"LOCAL statement_timeout = {round(1000 * source.timeout_s)}", f"LOCAL TIME ZONE '{zone}'")

    def _set(self, *settings: str) -> None:
        for setting in settings:
            self.connection.exec_driver_sql(f"SET {setting}")

    def tables(self) -> list[str]:
        """Names of tables and views, those of other schemas with the schema."""
        from sqlalchemy import inspect

        catalogue = inspect(self.connection)
        home = catalogue.default_schema_name
        known: list[str] = []
        for schema in catalogue.get_schema_names():
            found = [*catalogue.get_table_names(schema), *catalogue.get_view_names(schema)]
            if schema == home:
                known = [*found, *known]
            if schema not in {"information_schema", "performance_schema", "sys"}:
                known += [f"{schema}.{name}" for name in found]
        return known

    def quoted(self, name: str) -> str:
        """A name of the catalogue, and its schema, as SQL writes it."""
        from sqlalchemy import inspect

        prepare = self.connection.dialect.identifier_preparer.quote_identifier
        if inspect(self.connection).has_table(name):
            return prepare(name)
        return ".".join(prepare(part) for part in name.split(".", 1))

    def run(self, query: str) -> Result:
        """Run one statement through a cursor of the server; percent signs in it are percent signs."""
        options: CoreExecuteOptionsParameter = {"stream_results": True, "no_parameters": True, "max_row_buffer": BATCH}
        self.result = result = self.connection.exec_driver_sql(query, execution_options=options)
        if not result.returns_rows:
            return Result((), iter(()))
        described = result.cursor.description if result.cursor is not None else ()
        utc = {i for i, column in enumerate(described or ()) if self.mysql and column[1] == MYSQL_TIMESTAMP}
        return Result(tuple(result.keys()), _batches(result.partitions(BATCH)), frozenset(utc))

    def end(self) -> None:
        """Give back the cursor of rows that were not all read; PyMySQL would fetch the rest of them first."""
        if self.result is None or self.result.cursor is None:
            return
        if self.mysql:
            self._kill()
        self.result.close()

    def _kill(self) -> None:
        """End the query of this connection on the server, by a second connection."""
        driver: Any = self.connection.connection.driver_connection
        if self.result is None or self.result.cursor is None or driver is None or not driver.open:
            return
        with self.connection.engine.connect() as other:
            other.exec_driver_sql(f"KILL QUERY {driver.thread_id()}")
        with suppress(self.connection.dialect.loaded_dbapi.Error):
            self.result.cursor.close()


def _batches(partitions: Iterator[Sequence[Any]]) -> Iterator[Sequence[Sequence[Any]]]:
    yield from partitions


def _code(error: BaseException) -> object:
    """SQLSTATE of PostgreSQL, number of MySQL and MariaDB; None where there is neither."""
    first = error.args[0] if error.args else None
    return first if isinstance(first, int) else getattr(error, "sqlstate", None)


def _words(error: Exception, source: DatabaseSource, url: str) -> str:
    """Say what to do about an error, and what the driver said, without a secret."""
    original = getattr(error, "orig", None) or error
    code, said = _code(original), redacted(_message(original), secrets_of(url))
    if code in TIMEOUTS or "timed out" in said or "timeout expired" in said:
        return f"gave no answer for {source.timeout_s:g} s; is the address right, or the query too heavy? ({said})"
    for remedy in REMEDIES:
        if code in remedy.codes or (code is None and any(words in said for words in remedy.words)):
            return f"{remedy.advice} ({said})"
    return f"the query failed: {said}{'; write one SELECT statement' if code in SYNTAX else ''}"


def _message(error: BaseException) -> str:
    """First sentence and hint of PostgreSQL, the text without the number of MySQL."""
    diag = getattr(error, "diag", None)
    if diag is not None and diag.message_primary:
        return " ".join(part for part in (diag.message_primary, diag.message_hint) if part)
    parts = list(error.args)
    number_and_text = len(parts) > 1 and isinstance(parts[0], int)
    return " ".join(str(parts[1] if number_and_text else error).split())


def _hint(error: Exception, session: _ServerSession | None) -> str:
    """Nearest name for a table that is missing."""
    from sqlalchemy.exc import SQLAlchemyError

    original = getattr(error, "orig", None) or error
    if session is None or _code(original) not in MISSING:
        return ""
    name = re.split("[\"']", _message(original))[1].rpartition(".")[2]
    try:
        session.connection.rollback()
        return nearest(name, session.tables())
    except SQLAlchemyError:
        return ""


@dataclass(frozen=True)
class Remedy:
    """What to do about errors with these codes, or with these words where there is no code."""

    advice: str
    codes: frozenset[object]
    words: tuple[str, ...] = ()


MISSING = frozenset({"42P01", 1146})
SYNTAX = frozenset({"42601", 1064})
TIMEOUTS = frozenset({"57014", 1969, 3024})
REMEDIES = (
    Remedy(
        "the login was refused; check the user and the password in the URL",
        frozenset({"28P01", "28000", 1045, 1698}),
        ("password authentication failed", "no password supplied"),
    ),
    Remedy(
        "the server does not answer; check host and port, and whether the database runs",
        frozenset({2003, 2005}),
        ("onnection refused", "could not translate", "failed to resolve"),
    ),
    Remedy("has no such database; check the end of the URL", frozenset({"3D000", 1049}), ('" does not exist',)),
    Remedy(
        "the query writes; staffcurve only reads databases. Begin the query with SELECT",
        frozenset({"25006", 1792, 1290}),
    ),
    Remedy("the user may not do this; ask for the right to SELECT", frozenset({"42501", 1044, 1142, 1143})),
)
"""By SQLSTATE of PostgreSQL or error number of MySQL and MariaDB; a refused connection to PostgreSQL has none."""
