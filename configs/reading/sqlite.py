"""Reading SQLite files: opened read-only, never created, never waited for without end."""

from __future__ import annotations

import sqlite3
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from configs.errors import DataError, Fault, nearest
from configs.reading.session import BATCH, Result, Session

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

STEPS = 10_000
"""Steps of SQLite's engine between two looks at the clock."""
LOCK_S = 10.0
"""Seconds to wait for another program that writes."""
FORBIDDEN = frozenset({sqlite3.SQLITE_ATTACH, sqlite3.SQLITE_DETACH})


@contextmanager
def sqlite_session(path: Path, timeout_s: float, label: str) -> Iterator[Session]:
    """Open a file for reading.

    Raises
    ------
    DataError
        When there is no such file, or SQLite cannot read it or run the query.
    """
    if not path.is_file():
        raise DataError(Fault(label, "no such file"))
    session = None
    try:
        session = _SqliteSession(path, timeout_s)
        yield session
    except sqlite3.Error as error:
        raise DataError(Fault(label, _words(error, session, timeout_s))) from None
    finally:
        if session is not None:
            session.connection.close()


class _SqliteSession:
    """One connection; every statement has the time limit of the source for its next rows."""

    def __init__(self, path: Path, timeout_s: float) -> None:
        self.timeout_s = timeout_s
        self.deadline = 0.0
        uri = f"file:{quote(path.absolute().as_posix())}?mode=ro"
        self.connection = sqlite3.connect(uri, uri=True, timeout=min(timeout_s, LOCK_S), isolation_level=None)
        self.connection.execute("PRAGMA query_only = ON")
        self.connection.set_authorizer(_authorized)
        self.connection.set_progress_handler(self._over, STEPS)

    def tables(self) -> list[str]:
        """Names of tables and views."""
        self._begin()
        found = self.connection.execute("SELECT name FROM sqlite_master WHERE type IN ('table', 'view') ORDER BY name")
        return [str(name) for (name,) in found]

    def quoted(self, name: str) -> str:
        """A name as SQL writes it."""
        doubled = name.replace('"', '""')
        return f'"{doubled}"'

    def run(self, query: str) -> Result:
        """Run one statement."""
        self._begin()
        cursor = self.connection.execute(query)
        if cursor.description is None:
            return Result((), iter(()))
        return Result(tuple(str(column[0]) for column in cursor.description), self._batches(cursor))

    def _batches(self, cursor: sqlite3.Cursor) -> Iterator[list[tuple[Any, ...]]]:
        self._begin()
        while batch := cursor.fetchmany(BATCH):
            yield batch
            self._begin()

    def _begin(self) -> None:
        self.deadline = time.monotonic() + self.timeout_s

    def _over(self) -> bool:
        return time.monotonic() > self.deadline


def _authorized(action: int, *_: str | None) -> int:
    """Refuse to open a second file next to the first, which could be one that is created."""
    return sqlite3.SQLITE_DENY if action in FORBIDDEN else sqlite3.SQLITE_OK


def _words(error: sqlite3.Error, session: _SqliteSession | None, timeout_s: float) -> str:
    text = str(error)
    if "locked" in text or "busy" in text:
        return "is locked by another program; close it there, or read a copy"
    if text == "interrupted":
        return f"gave no rows for {timeout_s:g} s; simplify the query"
    if "not a database" in text:
        return "is not an SQLite database (or an encrypted one)"
    if "malformed" in text or "disk I/O" in text:
        return f"is damaged ({text}); read a copy from a backup"
    if "readonly" in text or "not authorized" in text:
        return "the query writes; staffcurve only reads databases. Begin the query with SELECT"
    if "one statement" in text:
        return "the query has several statements; write one"
    if "decode" in text:
        return f"holds text that is not UTF-8 ({text}); convert the column in the query"
    if "unable to open" in text:
        return "cannot be opened for reading; are the rights of the file and its folder enough?"
    absent = text.removeprefix("no such table: ").removeprefix("main.")
    hint = nearest(absent, session.tables()) if session is not None and "no such table" in text else ""
    return f"the query failed: {text}{hint}"
