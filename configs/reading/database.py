"""A query in a database as a grid, or as chunks of text while it streams: read-only, limited, without secrets."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from configs.errors import DataError, Fault, nearest
from configs.notes import Note
from configs.reading.addresses import kind_of, resolved, sqlite_file
from configs.reading.grid import Grid
from configs.reading.plain_text import text_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from contextlib import AbstractContextManager

    from configs.reading.addresses import DatabaseSource
    from configs.reading.session import Result, Session


def query_grid(source: DatabaseSource, label: str | None = None) -> Grid:
    """Read the rows of a query or table as text, under a header of its column names.

    Parameters
    ----------
    source
        Where and what to read.
    label
        Name in messages; by default the URL without its password.

    Raises
    ------
    DataError
        When the database cannot be reached, opened or read, the query fails, writes or gives no table, no rows, too
        many rows, or values without a text.
    """
    label = label or source.label
    records = [record for chunk in query_chunks(source, label) for record in chunk]
    if len(records) == 1:
        raise DataError(Fault(label, "the query gives no rows"))
    return Grid(records, (Note(label, f"times without an offset were read as local time in {source.zone}"),))


def query_chunks(source: DatabaseSource, label: str | None = None) -> Iterator[list[list[str]]]:
    """Read as `query_grid` does, chunk by chunk: the first holds the column names, the others some thousand rows each.

    Raises
    ------
    DataError
        As `query_grid`, but not for a query without rows.
    """
    label = label or source.label
    with _session(source, label) as session:
        result = session.run(_statement(source, session, label))
        if not result.names:
            raise DataError(Fault(label, "the query gives no table; begin it with SELECT"))
        yield [list(result.names)]
        yield from _texts(result, source, label)


def tables_of(source: DatabaseSource) -> list[str]:
    """Names of the tables and views of a database, in the order of their names.

    Raises
    ------
    DataError
        When the database cannot be reached or opened.
    """
    with _session(source, source.label) as session:
        return sorted(session.tables())


def _session(source: DatabaseSource, label: str) -> AbstractContextManager[Session]:
    url = resolved(source.url, label)
    kind = kind_of(url, label)
    if kind == "sqlite":
        from configs.reading.sqlite import sqlite_session

        return sqlite_session(sqlite_file(url, source.folder, label), source.timeout_s, label)
    from configs.reading.servers import server_session

    return server_session(source, url, kind, label)


def _statement(source: DatabaseSource, session: Session, label: str) -> str:
    """The query of the config, or one that reads a table whose name is in the catalogue."""
    if source.query is not None:
        if not source.query.strip(" \t\r\n;"):
            raise DataError(Fault(label, "the query is empty"))
        return source.query.strip().rstrip(";")
    tables = session.tables()
    if source.table is None:
        raise DataError(
            Fault(
                label,
                f"needs a query (history.query, or --query of import); tables: {', '.join(tables[:20]) or 'none'}",
            )
        )
    if source.table not in tables:
        hint = nearest(source.table, tables)
        words = f'has no table "{source.table}"{hint}; tables: {", ".join(tables[:20]) or "none"}'
        raise DataError(Fault(label, words))
    return f"SELECT * FROM {session.quoted(source.table)}"  # noqa: S608 - a name of the catalogue, quoted


def _texts(result: Result, source: DatabaseSource, label: str) -> Iterator[list[list[str]]]:
    count = 0
    for batch in result.batches:
        if count + len(batch) > source.max_rows:
            words = f"the query gives more than {source.max_rows:,} rows; add them up by interval in it (GROUP BY)"
            raise DataError(Fault(label, words))
        yield [_record(row, result, f"{label} row {count + at}") for at, row in enumerate(batch, 2)]
        count += len(batch)


def _record(row: Sequence[Any], result: Result, where: str) -> list[str]:
    texts = [text_of(value) for value in row]
    for place in result.utc:
        if isinstance(row[place], datetime):
            texts[place] = text_of(row[place].replace(tzinfo=UTC))
    if None in texts:
        place = texts.index(None)
        kind = type(row[place]).__name__
        words = (
            f"{result.names[place]} holds {kind} values, which are not text; leave it out or convert it in the query"
        )
        raise DataError(Fault(where, words))
    return [text or "" for text in texts]


def digest(records: Iterable[Sequence[str]]) -> str:
    """Return a hash of rows in whatever order: servers give the same rows in different orders.

    It is the sum of the SHA-256 of each row, modulo 2 to the power of 256, in 64 hexadecimal digits; equal rows count
    each.

    >>> digest([["a", "b"], ["c"]]) == digest([["c"], ["a", "b"]]) != digest([["ab"], ["c"]])
    True
    """
    total = 0
    for record in records:
        text = "".join(f"{len(cell)}:{cell}" for cell in record)
        total += int.from_bytes(hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest(), "big")
    return f"{total % 2**256:064x}"
