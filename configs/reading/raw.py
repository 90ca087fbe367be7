"""The one door from a file to text cells: its first bytes say what kind it is, its settings how it is laid out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from configs.errors import DataError, Fault
from configs.reading.bytes import contents, refuse_no_text
from configs.reading.cells import Cells, at_rows
from configs.reading.encodings import decoded
from configs.reading.fast_csv import plain_columns
from configs.reading.grid import Grid
from configs.reading.kinds import grid_of
from configs.reading.layout import every_line as laid_out_line_by_line
from configs.reading.layout import from_columns, laid_out
from configs.reading.text import records, separated

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from configs.schema.reading import TableShape, Wide

__all__ = ["Cells", "at_rows", "read_cells"]


def read_cells(
    path: Path | Grid,
    known: Collection[str | int],
    label: str,
    *,
    keep_empty: bool = False,
    every_line: bool = False,
    shape: TableShape | None = None,
    collect: bool = False,
) -> Cells:
    """Read a table as text.

    Parameters
    ----------
    path
        The file, or what was read of it.
    known
        Names of the columns that may be in it, by which separator and header are recognised; numbers from 1 on for
        columns given by their place.
    label
        Name of the file in messages.
    keep_empty
        Whether a header without rows is a table; otherwise it is refused.
    every_line
        Whether every line is a row: then a blank line is a row of blanks, and a line of another width than the
        header, filled up or cut, is named in ``odd``. Otherwise blank lines are left out and lines of another width
        are refused. The line end of the last line begins no further line.
    shape
        Where the table is in the file; without it, it is as we write tables.
    collect
        Whether doubtful rows are left to the caller as ``faults``, to be told together with what is wrong in the
        other rows; otherwise they are raised.

    Raises
    ------
    DataError
        When there is no such file, it is no table, or rows are doubtful; with all of them.
    """
    cells = _read(path, known, label, shape, every_line=every_line)
    if cells.faults and not collect:
        raise DataError(cells.faults)
    if not cells.rows and not cells.faults and not keep_empty:
        raise DataError(Fault(label, "no data rows after the header"))
    return cells


def _read(
    path: Path | Grid, known: Collection[str | int], label: str, shape: TableShape | None, *, every_line: bool
) -> Cells:
    if isinstance(path, Grid):
        return _shaped(path, known, label, shape)
    blob, notes = contents(path, label)
    grid = grid_of(blob, path, label, shape)
    if grid is not None:
        return _shaped(grid, known, label, shape)
    refuse_no_text(blob, label)
    text = decoded(blob, label, shape.encoding if shape else None)
    cut = separated(text.text, known, label, shape.separator if shape else None)
    told = (*notes, *text.notes, *cut.notes)
    plain = None if _wide(shape) else plain_columns(cut.text, cut.separator)
    if plain is not None:
        return from_columns(plain, known, label, told, shape)
    grid = records(cut.text, cut.separator, label)
    grid = Grid(grid.records, (*told, *grid.notes))
    return laid_out_line_by_line(grid, known, label) if every_line else _shaped(grid, known, label, shape)


def _shaped(grid: Grid, known: Collection[str | int], label: str, shape: TableShape | None) -> Cells:
    wide = _wide(shape)
    if shape is None or wide is None:
        return laid_out(grid, known, label, shape)
    from configs.reading.wide import laid_long

    return laid_long(grid, known, label, shape, wide)


def _wide(shape: TableShape | None) -> Wide | None:
    wide: Wide | None = getattr(shape, "wide", None)  # only tables of volumes may be wide
    return wide
