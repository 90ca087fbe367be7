"""Files that are no text, told apart by their first bytes: each kind has a reader of its own that gives a grid."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from configs.reading.grid import Grid
    from configs.schema.reading import TableShape

    Reader = Callable[[Path, str, TableShape | None], Grid]


def _workbook(path: Path, label: str, shape: TableShape | None) -> Grid:
    """A sheet of a workbook; a row ends with its last filled cell, so shorter rows are filled up."""
    from configs.reading.workbooks import workbook_grid

    grid = workbook_grid(path, label, shape.sheet if shape else None)
    width = max(map(len, grid.records), default=0)
    return replace(grid, records=[[*row, *[""] * (width - len(row))] if row else row for row in grid.records])


def _parquet(path: Path, label: str, _shape: TableShape | None) -> Grid:
    from configs.reading.parquet import parquet_grid

    return parquet_grid(path, label)


READERS: tuple[tuple[bytes, str, Reader], ...] = (
    (b"PK\x03\x04", "workbook", _workbook),
    (b"PK\x05\x06", "workbook", _workbook),
    (b"PAR1", "parquet", _parquet),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "workbook", _workbook),
)
"""First bytes of a file, its kind, and what reads it; each reader imports what it needs when it is called."""


def kind_of(blob: bytes) -> str:
    """Name the kind of a file by its first bytes; "text" where they are none of these."""
    return next((kind for start, kind, _ in READERS if blob.startswith(start)), "text")


def grid_of(blob: bytes, path: Path, label: str, shape: TableShape | None) -> Grid | None:
    """Read a workbook or another file that is no text; None where its first bytes are none of these."""
    read = next((reader for start, _, reader in READERS if blob.startswith(start)), None)
    return read(path, label, shape) if read else None
