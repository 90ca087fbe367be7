"""The text of a table, column by column, before its values are read, and how its rows are named in messages."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from configs.errors import Fault
    from configs.notes import Note

MOST_ROWS_SHOWN = 5


@dataclass(frozen=True)
class Cells:
    """The text cells of a file: `columns` by name, `rows` as a spreadsheet counts them (the first row is 1).

    `nameless` are the columns without a name. `odd` is only filled where every line was asked for: the number of
    cells of the lines that have more or fewer than the header, by their place in the columns. `places` are the names
    of all columns in the order of the file, blank for a nameless one. `roles` says which of our columns stand under
    which name, where the settings do not say it: in a table that was wide. `across` is the heading above each cell of
    such a table, row by row. `faults` are the rows that are doubtful and not among the cells; `read_cells` raises them
    unless it is asked to collect them.
    """

    header: tuple[str, ...]
    columns: dict[str, list[str]]
    rows: list[int]
    notes: tuple[Note, ...] = ()
    nameless: tuple[list[str], ...] = ()
    odd: Mapping[int, int] = field(default_factory=dict)
    places: tuple[str, ...] = ()
    roles: Mapping[str, str] = field(default_factory=dict)
    across: tuple[str, ...] = ()
    faults: tuple[Fault, ...] = ()

    def name_of(self, column: str | int) -> str | None:
        """Return the name of a column given by name or by number from 1 on; None if there is no such column."""
        if isinstance(column, str):
            return column if column in self.columns else None
        name = self.places[column - 1] if 1 <= column <= len(self.places) else ""
        return name or None


def at_rows(label: str, rows: list[int]) -> str:
    """``history.csv row 7``, or ``history.csv rows 7, 8, 9, 10, 11 and 4 more``."""
    return f"{label} {rows_of(rows)}"


def rows_of(rows: list[int]) -> str:
    """``row 7``, or ``rows 7, 8, 9, 10, 11 and 4 more``."""
    if len(rows) == 1:
        return f"row {rows[0]}"
    more = f" and {len(rows) - MOST_ROWS_SHOWN} more" if len(rows) > MOST_ROWS_SHOWN else ""
    return f"rows {', '.join(map(str, rows[:MOST_ROWS_SHOWN]))}{more}"
