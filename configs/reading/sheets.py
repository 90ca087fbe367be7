"""A sheet of a workbook while it is read: rows of text within limits, and the cells that cannot be trusted."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from configs.errors import DataError, Fault

MAX_ROWS = 1_048_576
MAX_COLUMNS = 16_384
MAX_CELLS = 20_000_000
"""Cells of all sheets together, blanks between them included: about 1 GB of text."""
MOST_SHOWN = 5
REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,9})")


@dataclass(frozen=True)
class Area:
    """Merged cells: rows and columns from 1 on, both ends included."""

    top: int
    left: int
    bottom: int
    right: int

    def __str__(self) -> str:
        """Name the corners, such as ``B1:C1``."""
        return f"{cell_name(self.top, self.left)}:{cell_name(self.bottom, self.right)}"


@dataclass
class Sheet:
    """One sheet; `rows` stay empty where it was not asked for.

    `valueless` are cells whose formula has no stored result. `cells` counts what the whole workbook holds so far.
    """

    name: str
    label: str
    hidden: bool = False
    table: bool = True
    rows: list[list[str]] = field(default_factory=list)
    merged: list[Area] = field(default_factory=list)
    valueless: list[str] = field(default_factory=list)
    cells: int = 0

    def put(self, row: int, texts: list[str], times: int = 1) -> None:
        """Set a row and the next ones like it; blank cells at its end and rows between it and the last are implied.

        Raises
        ------
        DataError
            When the rows go backwards or beyond what a table may have.
        """
        while texts and not texts[-1]:
            texts.pop()
        if not texts:
            return
        if row <= len(self.rows):
            raise self.fault(f"is damaged: row {row} comes twice or after row {len(self.rows)}")
        if row + times - 1 > MAX_ROWS or len(texts) > MAX_COLUMNS:
            raise self.fault(f"has cells beyond row {MAX_ROWS:,} or column {MAX_COLUMNS:,}; delete them")
        self.cells += len(texts) * times
        if self.cells > MAX_CELLS:
            raise self.fault(f"brings the workbook above {MAX_CELLS:,} cells; save the table as CSV (UTF-8)")
        self.rows.extend([] for _ in range(row - len(self.rows) - 1))
        self.rows.extend(list(texts) for _ in range(times))

    def fault(self, words: str) -> DataError:
        """Return an error that names the sheet."""
        return DataError(Fault(f'{self.label} sheet "{self.name}"', words))


def column_name(column: int) -> str:
    """Letters of a column from 1 on.

    >>> column_name(1), column_name(28), column_name(16384)
    ('A', 'AB', 'XFD')
    """
    letters = ""
    while column:
        column, letter = divmod(column - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return letters


def cell_name(row: int, column: int) -> str:
    """Name of a cell as a spreadsheet shows it."""
    return f"{column_name(column)}{row}"


class Columns(dict[str, int]):
    """Numbers of columns by their letters, each counted once; 0 where there are none."""

    def __missing__(self, letters: str) -> int:
        """Count in base 26, without a zero."""
        column = 0
        for letter in letters:
            column = column * 26 + ord(letter) - ord("A") + 1
        known = column if re.fullmatch("[A-Z]{1,3}", letters) else 0
        self[letters] = known
        return known


COLUMNS = Columns()


def area_of(reference: str) -> Area | None:
    """Area of a reference such as ``B1:C1``; None where it is not one."""
    corners = [REFERENCE.fullmatch(corner) for corner in reference.split(":")]
    first, last = corners[0], corners[-1]
    if first is None or last is None:
        return None
    return Area(int(first[2]), COLUMNS[first[1]], int(last[2]), COLUMNS[last[1]])
