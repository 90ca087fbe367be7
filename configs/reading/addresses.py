"""The address of a database in a config: a URL with a query, its secrets taken from the environment."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote, urlsplit

from configs.errors import DataError, Fault
from configs.redaction import HIDDEN, redacted

if TYPE_CHECKING:
    from collections.abc import Mapping

URL = re.compile(r"(?P<kind>[A-Za-z][A-Za-z0-9]+)(?P<driver>\+[A-Za-z0-9_]+)?://")
VARIABLE = re.compile(r"\$\{(\w+)\}")
MAX_ROWS = 5_000_000
TIMEOUT_S = 60.0


@dataclass(frozen=True)
class DatabaseSource:
    """A table in a database.

    Parameters
    ----------
    url
        Such as ``sqlite:///calls.db`` or ``postgresql://planner:${CALLS_PASSWORD}@db/calls``; ``${NAME}`` is a
        variable of the environment. It may be the whole URL.
    query
        One statement whose rows are the table; or else
    table
        the name of a table or view, with its schema where that is needed.
    zone
        Zone of times without an offset; sessions of PostgreSQL use it too.
    folder
        Folder that the path of an SQLite file is relative to.
    max_rows
        Rows above which the query is refused.
    timeout_s
        Seconds to wait for a connection, a lock, or the next rows.
    """

    url: str = field(repr=False)
    query: str | None = None
    table: str | None = None
    zone: str = "UTC"
    folder: Path = field(default_factory=Path)
    max_rows: int = MAX_ROWS
    timeout_s: float = TIMEOUT_S

    @property
    def label(self) -> str:
        """The URL as it may be shown."""
        return redacted(self.url)


def is_database(text: str) -> bool:
    """Whether the path of a config is a URL, or a variable that holds one.

    >>> is_database("sqlite:///calls.db"), is_database("${CALLS_URL}"), is_database("C:/history.csv")
    (True, True, False)
    """
    return URL.match(text) is not None or VARIABLE.fullmatch(text) is not None


def resolved(url: str, label: str, environ: Mapping[str, str] | None = None) -> str:
    """Return the URL with its variables; values inside it are encoded, as their characters may mean something there.

    Raises
    ------
    DataError
        When a variable is not set, or the password was hidden when the config was stored.
    """
    known = os.environ if environ is None else environ
    absent = [name for name in VARIABLE.findall(url) if not known.get(name)]
    if absent:
        words = f"the environment variable {absent[0]} is not set; set it before you start staffcurve"
        raise DataError(Fault(label, words))
    if f":{HIDDEN}@" in url:
        words = "the password was taken out when this config was stored; write a variable such as ${CALLS_PASSWORD}"
        raise DataError(Fault(label, words))
    whole = VARIABLE.fullmatch(url)
    if whole:
        return known[whole[1]]
    return VARIABLE.sub(lambda match: quote(known[match[1]], safe=""), url)


def secrets_of(url: str) -> tuple[str, ...]:
    """Passwords in a resolved URL, as written and as decoded, so that they can be kept out of messages."""
    login = url.partition("://")[2].rpartition("@")[0]
    secret = login.partition(":")[2]
    found = {secret, unquote(secret), unquote(secret.replace("+", " "))}
    return tuple(sorted((each for each in found if each), key=len, reverse=True))


def check_login(url: str, label: str) -> None:
    """Refuse the URL of a server in which a driver would take part of the password for the host, and name it.

    Raises
    ------
    DataError
        When there is a second ``@``.
    """
    if url.partition("://")[2].partition("?")[0].count("@") > 1:
        words = (
            "has more than one @; write each @ of the user or password as %40, or use a variable such as ${PASSWORD}"
        )
        raise DataError(Fault(label, words))


def kind_of(url: str, label: str) -> str:
    """Kind of the database: ``sqlite``, ``postgresql`` or ``mysql`` (which MariaDB speaks too).

    Raises
    ------
    DataError
        When the URL names another, or a driver that is not used.
    """
    match = URL.match(url)
    if match is None:
        raise DataError(Fault(label, "is not a URL such as postgresql://user@host/database"))
    name, driver = match["kind"].casefold(), (match["driver"] or "").casefold()
    kind, known = KINDS.get(name, ("", ""))
    if not kind:
        words = (
            f'has the kind "{match["kind"]}"; sqlite, postgresql, mysql and mariadb can be read. Export it to a file'
        )
        raise DataError(Fault(label, words))
    if driver not in {"", known}:
        raise DataError(Fault(label, f'names the driver "{driver[1:]}"; leave it out, {known[1:] or "none"} is used'))
    return kind


KINDS = {
    "sqlite": ("sqlite", ""),
    "postgresql": ("postgresql", "+psycopg"),
    "postgres": ("postgresql", "+psycopg"),
    "mysql": ("mysql", "+pymysql"),
    "mariadb": ("mysql", "+pymysql"),
}
"""Kind and driver by the first word of a URL: one driver each, whose behaviour is tested."""


def sqlite_file(url: str, folder: Path, label: str) -> Path:
    """File of ``sqlite:///relative.db`` or ``sqlite:////absolute.db``.

    Raises
    ------
    DataError
        When the URL names a host, options or no file.
    """
    parts = urlsplit(url)
    if parts.netloc or parts.query or len(parts.path) < 2:
        raise DataError(Fault(label, "must name a file, such as sqlite:///calls.db, and nothing else"))
    return folder / unquote(parts.path[1:])
