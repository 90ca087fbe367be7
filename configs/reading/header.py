"""Which row of a table holds the names of its columns, what stands above it, and what a file without names is."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from configs.errors import DataError, Fault
from configs.notes import Note
from configs.reading.cells import at_rows
from configs.reading.marks import day_of, is_plainly_time

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from configs.schema.reading import TableShape

LOOKED_AT = 60
"""Rows in which the header is looked for."""
WIDE = 4
"""Days or times of day that make a row the headings of a wide table: an ordinary row has two or three of them."""
VALUE = re.compile(r"(?=.*\d)[\d\s.,:;/+\-TZ%]+([ap]\.?m\.?)?", re.IGNORECASE)
"""Numbers, dates and times of day, which no column is called."""


@dataclass(frozen=True)
class Header:
    """The names of the columns, blank for those without; `after` is the index of the first record below them.

    `row` is the row they stand in, None if there is none. `titles` are the filled rows above it.
    """

    names: tuple[str, ...]
    after: int
    row: int | None
    titles: tuple[int, ...] = ()
    notes: tuple[Note, ...] = ()


def find_header(
    records: Sequence[list[str]], known: Collection[str | int], label: str, shape: TableShape | None = None
) -> Header:
    """Find the header among the first records of a table.

    It is the row the settings name; otherwise the first row with the most `known` names; otherwise the first row of
    text that is as wide as the rows below it.

    Raises
    ------
    DataError
        When the table is empty or headerless, when the row named is not there, or when a name stands twice.
    """
    looked = list(islice((i for i, record in enumerate(records) if any(map(str.strip, record))), LOOKED_AT))
    if not looked:
        raise DataError(Fault(label, "file is empty"))
    stated = shape.header if shape else None
    if stated == "none":
        return _numbered(records, looked, label)
    if stated is not None:
        return _stated(records, stated, looked[0] + 1, known, label)
    at = _with_names(records, looked, {name for name in known if isinstance(name, str)})
    if at is None:
        at = _first_wide(records, looked)
        if shape is not None:
            _refuse_wide(records[at], at, label)
        if any(VALUE.fullmatch(cell.strip()) for cell in records[at]):
            if not any(isinstance(name, int) for name in known):
                raise _headerless(records[at], at, label)
            words = "holds values, so the file has no header; its columns are numbered"
            return _numbered(records, looked, label, (Note(f"{label} row {at + 1}", words),))
    return header_at(records, at, known, label)


def header_at(records: Sequence[list[str]], at: int, known: Collection[str | int], label: str) -> Header:
    """Return the header in the record at this place; columns without a name that are asked for are numbered.

    Raises
    ------
    DataError
        When a name stands twice in it.
    """
    names = tuple(cell.strip() for cell in records[at])
    names = tuple(name or (str(n) if n in known else "") for n, name in enumerate(names, 1))
    twice = sorted({name for name in names if name and names.count(name) > 1})
    if twice:
        words = f"has the column {', '.join(twice)} more than once; keep one"
        raise DataError(Fault(f"{label} row {at + 1}", words))
    titles, notes = _above(records, at, f"the column names of row {at + 1}", label)
    return Header(names, at + 1, at + 1, titles, notes)


def _stated(records: Sequence[list[str]], row: int, first: int, known: Collection[str | int], label: str) -> Header:
    if row > len(records) or not any(map(str.strip, records[row - 1])):
        words = f"header = {row}, but that row is blank; the first filled row is {first}"
        raise DataError(Fault(label, words))
    return header_at(records, row - 1, known, label)


def _with_names(records: Sequence[list[str]], looked: list[int], names: set[str]) -> int | None:
    """The first record with the most known names; None if no record has one.

    A title such as ``start,2026-01-05`` has one too: one name does not make a header of a row narrower than the table.
    """
    width = _table_width([records[i] for i in looked])
    count, at = 0, None
    for i in looked:
        found = len(names.intersection(map(str.strip, records[i])))
        if found > count and (found > 1 or _width(records[i]) >= width):
            count, at = found, i
    return at


def _first_wide(records: Sequence[list[str]], looked: list[int]) -> int:
    """The first record that is as wide as the table."""
    width = _table_width([records[i] for i in looked])
    return next((i for i in looked if _width(records[i]) >= width), looked[0])


def _table_width(records: Sequence[list[str]]) -> int:
    """The number of cells that most records have, without blank ones at the end; the larger of two as frequent.

    Rows of one cell are titles and remarks, unless there is nothing else.
    """
    widths = Counter(_width(record) for record in records)
    if any(width > 1 for width in widths):
        del widths[1]
    return max(widths.items(), key=lambda item: (item[1], item[0]), default=(0, 0))[0]


def _width(record: list[str]) -> int:
    return next((n for n in range(len(record), 0, -1) if record[n - 1].strip()), 0)


def _numbered(records: Sequence[list[str]], looked: list[int], label: str, notes: tuple[Note, ...] = ()) -> Header:
    """Call the columns 1, 2, 3; the data begins with the first record as wide as the table."""
    at = _first_wide(records, looked)
    titles, skipped = _above(records, at, f"the first data in row {at + 1}", label)
    names = tuple(map(str, range(1, len(records[at]) + 1)))
    return Header(names, at, None, titles, (*skipped, *notes))


def _above(records: Sequence[list[str]], at: int, what: str, label: str) -> tuple[tuple[int, ...], tuple[Note, ...]]:
    """The filled rows above a place, and a note of them."""
    rows = [row for row, record in enumerate(records[:at], 1) if any(map(str.strip, record))]
    if not rows:
        return (), ()
    first = next(cell.strip() for cell in records[rows[0] - 1] if cell.strip())
    words = f'above {what}, not read: "{first[:60]}"' + (" ..." if len(rows) > 1 else "")
    return tuple(rows), (Note(at_rows(label, rows), words),)


def _refuse_wide(record: list[str], at: int, label: str) -> None:
    """Tell a table with days or times across, which has no column of volumes, what it is and how it is read."""
    for across, looks in (("days", lambda cell: day_of(cell) is not None), ("times", is_plainly_time)):
        found = [cell.strip() for cell in record if looks(cell)]
        if len(found) >= WIDE:
            words = f'has {across} across ({", ".join(found[:2])}, ...); state wide = {{ across = "{across}" }}'
            raise DataError(Fault(f"{label} row {at + 1}", words))


def _headerless(record: list[str], at: int, label: str) -> DataError:
    shown = ", ".join(cell.strip() for cell in record[:4])
    words = (
        f"looks headerless: it holds values ({shown}); put the column names in the first row, "
        'or state header = "none" and give the columns by number'
    )
    return DataError(Fault(f"{label} row {at + 1}", words))
