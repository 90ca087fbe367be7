"""Which row of a table holds the names of its columns, what stands above it, and what a file without names is."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from configs.errors import DataError, Fault
from configs.notes import Note
from configs.reading.cells import at_rows

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from configs.schema.reading import TableShape

LOOKED_AT = 60
"""Rows in which the header is looked for."""
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
    filled = [i for i, record in enumerate(records) if any(cell.strip() for cell in record)]
    if not filled:
        raise DataError(Fault(label, "file is empty"))
    stated = shape.header if shape else None
    if stated == "none":
        return _numbered(records, filled, ())
    if stated is not None:
        return _stated(records, stated, filled, known, label)
    names = {name for name in known if isinstance(name, str)}
    at = _with_names(records, filled, names)
    if at is None:
        at = _of_text(records, filled)
        if at is None and any(isinstance(name, int) for name in known):
            row = filled[0] + 1
            words = "holds values, so the file has no header; its columns are numbered"
            return _numbered(records, filled, (Note(f"{label} row {row}", words),))
    if at is None:
        raise _headerless(records, filled, label)
    return _named(records, at, filled, known, label)


def header_at(records: Sequence[list[str]], at: int, known: Collection[str | int], label: str) -> Header:
    """Return the header in the record at this place.

    Raises
    ------
    DataError
        When a name stands twice in it.
    """
    return _named(records, at, [i for i in range(at + 1) if any(map(str.strip, records[i]))], known, label)


def _stated(
    records: Sequence[list[str]], row: int, filled: list[int], known: Collection[str | int], label: str
) -> Header:
    if row - 1 not in filled:
        words = f"header = {row}, but that row is blank; the first filled row is {filled[0] + 1}"
        raise DataError(Fault(label, words))
    return _named(records, row - 1, filled, known, label)


def _with_names(records: Sequence[list[str]], filled: list[int], names: set[str]) -> int | None:
    """The first record with the most known names; None if no record has one.

    A title such as ``start,2026-01-05`` has one too: one name does not make a header of a row narrower than the table.
    """
    looked = filled[:LOOKED_AT]
    width = table_width([records[i] for i in looked])
    count, at = 0, None
    for i in looked:
        found = len(names.intersection(cell.strip() for cell in records[i]))
        if found > count and (found > 1 or _width(records[i]) >= width):
            count, at = found, i
    return at


def _of_text(records: Sequence[list[str]], filled: list[int]) -> int | None:
    """The first record of text that is as wide as the table or wider; None if the first such record holds values."""
    looked = filled[:LOOKED_AT]
    width = table_width([records[i] for i in looked])
    at = next((i for i in looked if _width(records[i]) >= width), looked[0])
    return None if any(VALUE.fullmatch(cell.strip()) for cell in records[at]) else at


def table_width(records: Sequence[list[str]]) -> int:
    """The number of cells that most records have, without blank ones at the end; the larger of two as frequent."""
    widths = Counter(_width(record) for record in records)
    return max(widths.items(), key=lambda item: (item[1], item[0]), default=(0, 0))[0]


def _width(record: list[str]) -> int:
    return next((n for n in range(len(record), 0, -1) if record[n - 1].strip()), 0)


def _numbered(records: Sequence[list[str]], filled: list[int], notes: tuple[Note, ...]) -> Header:
    width = max(len(records[i]) for i in filled[:1]) if len(filled) == 1 else table_width([records[i] for i in filled])
    return Header(tuple(map(str, range(1, width + 1))), 0, None, (), notes)


def _named(
    records: Sequence[list[str]], at: int, filled: list[int], known: Collection[str | int], label: str
) -> Header:
    names = tuple(cell.strip() for cell in records[at])
    names = tuple(name or (str(n) if n in known else "") for n, name in enumerate(names, 1))
    twice = sorted({name for name in names if name and names.count(name) > 1})
    if twice:
        words = f"has the column {', '.join(twice)} more than once; keep one"
        raise DataError(Fault(f"{label} row {at + 1}", words))
    above = [i for i in filled if i < at]
    return Header(names, at + 1, at + 1, tuple(i + 1 for i in above), _skipped(records, above, at, label))


def _skipped(records: Sequence[list[str]], above: list[int], at: int, label: str) -> tuple[Note, ...]:
    if not above:
        return ()
    first = next(cell.strip() for cell in records[above[0]] if cell.strip())
    words = f'above the column names of row {at + 1}, not read: "{first[:60]}"' + (" ..." if len(above) > 1 else "")
    return (Note(at_rows(label, [i + 1 for i in above]), words),)


def _headerless(records: Sequence[list[str]], filled: list[int], label: str) -> DataError:
    shown = ", ".join(cell.strip() for cell in records[filled[0]][:4])
    words = (
        f"looks headerless: it holds values ({shown}); put the column names in the first row, "
        'or state header = "none" and give the columns by number'
    )
    return DataError(Fault(f"{label} row {filled[0] + 1}", words))
