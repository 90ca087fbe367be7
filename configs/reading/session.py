"""What every kind of database offers to the reader: the names in its catalogue, and the rows of one statement."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

BATCH = 10_000
"""Rows fetched at a time."""


@dataclass(frozen=True)
class Result:
    """Column names, none where the statement gives no table, and batches of rows as they come.

    `utc` are the positions of columns whose times have no offset and are UTC.
    """

    names: tuple[str, ...]
    batches: Iterator[Sequence[Sequence[Any]]]
    utc: frozenset[int] = frozenset()


class Session(Protocol):
    """An open connection that can only read."""

    def tables(self) -> list[str]:
        """Names of tables and views."""
        ...

    def quoted(self, name: str) -> str:
        """A name of the catalogue as SQL writes it."""
        ...

    def run(self, query: str) -> Result:
        """Run one statement."""
        ...
