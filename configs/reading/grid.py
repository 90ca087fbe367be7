"""A table as rows of text, as every kind of file is brought to before its header and its cells are looked at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from configs.notes import Note


@dataclass(frozen=True)
class Grid:
    """A table as text: record i is row i + 1 as a spreadsheet counts it; blank rows are empty lists."""

    records: list[list[str]]
    notes: tuple[Note, ...] = ()
