"""Cells of a file with further columns, for what no setting describes."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from configs.reading.raw import Cells

NUMBER = re.compile(r"\d+(\.\d+)?")
YES = frozenset({"true", "t", "1", "yes"})


def with_columns(cells: Cells, columns: Mapping[str, list[str]]) -> Cells:
    """Return the same rows with further columns, which the header of the file does not have."""
    return replace(cells, columns={**cells.columns, **columns})


def trimmed(cells: Cells, column: str) -> list[str]:
    """Cells of a column, trimmed."""
    return [cell.strip() for cell in cells.columns[column]]


def is_number(text: str) -> bool:
    """Whether a cell holds a plain number, 0 or more."""
    return NUMBER.fullmatch(text) is not None


def is_yes(text: str) -> bool:
    """Whether a cell of a database's truth value is true."""
    return text.casefold() in YES
