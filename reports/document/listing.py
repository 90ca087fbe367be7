"""A table to be read by people: on the terminal and on a page, in the same words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from reports.findings import Mark

NOTHING = "–"
"""Text of a cell without a number."""


@dataclass(frozen=True)
class Head:
    """The head of a column; numbers are right-aligned."""

    text: str
    number: bool = False


@dataclass(frozen=True)
class Cell:
    """One cell, and whether it is good news, bad news or neither."""

    text: str
    mark: Mark = "plain"


@dataclass(frozen=True)
class Listing:
    """A table: what it is, its heads, its rows; the first cell of a row names it. `note` explains the numbers."""

    title: str
    heads: tuple[Head, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""


def listing(title: str, heads: Sequence[str], rows: Iterable[Sequence[Cell | str]], note: str = "") -> Listing:
    """Make a table whose columns hold text where the head begins with ``<`` and numbers where it does not.

    The first column holds text, but for a head that begins with ``>``.
    """
    made = tuple(
        Head(text.lstrip("<>"), text.startswith(">") or (at > 0 and not text.startswith("<")))
        for at, text in enumerate(heads)
    )
    lines = tuple(tuple(cell if isinstance(cell, Cell) else Cell(cell) for cell in row) for row in rows)
    return Listing(title, made, lines, note)
