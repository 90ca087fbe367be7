"""Tables in files: CSV in, checked and typed; CSV out, the same bytes for the same table."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Literal

from configs.errors import DataError, Fault
from configs.tables import DECIMALS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    import pandas as pd

    from configs.notes import Note
    from configs.reading.grid import Grid
    from configs.reading.raw import Cells
    from configs.reading.source import Order, Source
    from configs.schema.reading import ColumnSum, TableShape
    from configs.tables import Column, Table


@dataclass(frozen=True)
class Read:
    """A table read from a file.

    `frame` has the columns of the contract that the file holds, in the contract's order; its index,
    called ``row``, is the row in the file as a spreadsheet counts it (the header is row 1). `read_again` gives the text
    it was read from, row by row. `unobserved` is the number of rows of a history without a volume, which are not in the
    frame. `day_order` is the order of day, month and year that the dates settle by themselves, None where they do not.
    """

    frame: pd.DataFrame
    read_again: Callable[[], Cells]
    notes: tuple[Note, ...] = ()
    unobserved: int = 0
    day_order: Order | None = None

    @property
    def cells(self) -> Cells:
        """The text the table was read from; a large file is read again for it."""
        return self.read_again()


def read_table(
    path: Path | Grid,
    table: Table,
    *,
    zone: str,
    rename: Mapping[str, ColumnSum | None] | None = None,
    shape: TableShape | None = None,
    label: str | None = None,
    duplicates: Literal["refuse", "keep"] = "refuse",
    empty: Literal["refuse", "keep"] = "refuse",
    arranged: Callable[[Cells], Cells] | None = None,
) -> Read:
    """Read, check and convert a CSV file (plain or gzip; separated by comma, semicolon, tab or bar).

    Dates, times and numbers may be written in many ways; what one cell leaves open the whole column settles, or the
    `shape` states. Notes say how they were read where that is not plain.

    Text columns become ``str`` (an empty cell is ``""``, never NaN; ids such as ``007`` stay as they are),
    time columns UTC time stamps, date columns naive midnights (``datetime64``), number columns ``float64``
    (NaN where blank).

    Parameters
    ----------
    path
        The file, or the records of a database.
    table
        The contract it must keep.
    zone
        Zone of times that carry no offset.
    rename
        Our column name to the name in the file, where they differ: a name, a number from 1 on, or several to be
        added up. ``date`` and ``time`` name the two columns that make up ``start``.
    shape
        Where the table is in the file and how its cells are written; by default as ours.
    label
        Name of the file in messages; by default its name.
    duplicates
        Whether rows with the same key are refused, or all of them are left to the caller. Where they are refused, a row
        that repeats another in every cell of the file counts once.
    empty
        Whether a header without rows is refused or gives a table without rows.
    arranged
        What is done with the text cells before they are converted, such as adding a column made of others.

    Raises
    ------
    DataError
        With every fault of the file, each with the rows it stands in; an ``UnclearOrderError`` where the order of day
        and month is one of them.
    """
    import pandas as pd

    from configs.reading.convert import converted
    from configs.reading.find import asked_for, found_parts, unused
    from configs.reading.grid import Grid
    from configs.reading.quick_table import quick_table
    from configs.reading.raw import read_cells
    from configs.reading.source import Source, UnclearOrderError

    label = label or str(getattr(path, "name", table.name))
    asked = asked_for(table, rename or {})
    known = {name for names in asked.values() for name in names}
    if duplicates == "keep" and arranged is None and not isinstance(path, Grid):
        single = {name: names[0] for name, names in asked.items() if len(names) == 1 and isinstance(names[0], str)}
        quick = quick_table(path, table, single, shape, zone, label) if len(single) == len(asked) else None
        if quick is not None:
            _refuse_lost_halves(quick.frame, table, zone, label)
            again = partial(read_cells, path, known, label, shape=shape)
            named = {name: (column,) for name, column in quick.named.items()}
            notes = (*unused(quick.header, table, asked, named, label), *quick.notes)
            return Read(quick.frame, again, notes)
    cells = read_cells(path, known, label, keep_empty=empty == "keep", shape=shape, collect=True)
    cells = arranged(cells) if arranged is not None else cells
    if cells.roles:
        asked = asked_for(table, {**(rename or {}), **cells.roles})
    parts = found_parts(cells, table, asked, label)
    noticed = [*cells.notes, *unused(cells.header, table, asked, parts, label)]
    source = Source(label, cells, table, parts, zone, shape, faults=[*cells.faults], notes=noticed)
    frame = pd.DataFrame(converted(source), index=range(len(cells.rows))).drop(index=source.left_out)
    if not source.faults and table.key and duplicates == "refuse":
        frame = _unique(frame, source)
    if source.faults:
        raise (UnclearOrderError if source.order_unclear else DataError)(source.faults)
    frame.index = pd.Index([cells.rows[place] for place in frame.index], name="row")
    return Read(frame, lambda: cells, tuple(source.notes), source.unobserved, source.order)


def _refuse_lost_halves(frame: pd.DataFrame, table: Table, zone: str, label: str) -> None:
    from configs.reading.half_days import lost_halves

    if "start" not in table.names or frame["start"].is_monotonic_increasing:
        return
    lost = lost_halves(frame["start"].dt.tz_convert(zone).dt.tz_localize(None).to_numpy())
    if lost:
        raise DataError(Fault(label, f"start: {lost}"))


def _unique(frame: pd.DataFrame, source: Source) -> pd.DataFrame:
    """Leave out rows that repeat another in every cell of the file; refuse two different rows with one key.

    The index of `frame` is the place of each row among the cells.
    """
    from configs.reading.repeats import raw_rows, repeated
    from configs.reading.source import Bad

    key = [name for name in source.table.key if name in frame.columns]
    if not key:
        return frame
    shared = frame.index[frame.duplicated(key, keep=False)]
    if shared.empty:
        return frame
    same = shared[repeated(raw_rows(source.cells, shared.tolist()), frame.loc[shared, key])]
    if len(same):
        repeats = f"{len(same)} rows repeat another row in every cell and were left out"
        source.note(f"{repeats}, the first in row {source.cells.rows[same[0]]}")
        frame = frame.drop(index=same)
    again = frame.index[frame.duplicated(key, keep="first")]
    if len(again):
        first = frame.index[frame[key].eq(frame.loc[again[0], key]).all(axis=1)][0]
        same_key = " and ".join(source.name(name) for name in key)
        bad = Bad(f"row {source.cells.rows[first]} has the same {same_key}; keep one")
        source.fault(source.table.column(key[0]), bad, again.tolist())
    return frame


def write_table(frame: pd.DataFrame, table: Table, path: Path, zone: str) -> None:
    r"""Write the columns of the contract that the frame has, in the contract's order, as CSV.

    UTF-8, line ends ``\n``, times in ISO 8601 with the offset of `zone`, numbers in their shortest form with
    at most six decimals. Text that a spreadsheet would run as a formula gets a leading quote, which
    `read_table` takes off again.
    """
    columns = [table.column(name) for name in table.names if name in frame.columns]
    texts = [_written(frame[column.name], column, zone) for column in columns]
    lines = [
        ",".join(column.name for column in columns),
        *(",".join(cells) for cells in zip(*texts, strict=True)),
    ]
    path.write_bytes(("\n".join(lines) + "\n").encode("utf-8"))


def _written(values: pd.Series, column: Column, zone: str) -> list[str]:
    """One column as CSV cells; every distinct value is written once."""
    import pandas as pd

    codes, distinct = pd.factorize(values, use_na_sentinel=True)
    if column.kind == "time":
        cells = [moment.isoformat() for moment in pd.DatetimeIndex(distinct).tz_convert(zone)]
    elif column.kind == "date":
        cells = [f"{day:%Y-%m-%d}" for day in pd.DatetimeIndex(distinct)]
    elif column.kind == "number":
        cells = [_shortest(float(value)) for value in distinct]
    else:
        cells = [_quoted(_harmless(str(value))) for value in distinct]
    return ["" if code < 0 else cells[code] for code in codes]


def _shortest(value: float) -> str:
    text = f"{value:.{DECIMALS}f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def _harmless(text: str) -> str:
    from configs.reading.convert import FORMULA
    from configs.reading.source import PLAIN_NUMBER

    return f"'{text}" if FORMULA.match(text) and not PLAIN_NUMBER.fullmatch(text) else text


def _quoted(text: str) -> str:
    if re.search(r'[",;\t|\r\n]', text):
        return '"' + text.replace('"', '""') + '"'
    return text


def unkeyed(table: Table, *names: str) -> Table:
    """Return the contract with some columns optional, for files that leave them out."""
    columns = tuple(replace(column, required=column.required and column.name not in names) for column in table.columns)
    return replace(table, columns=columns, key=tuple(key for key in table.key if key not in names))
