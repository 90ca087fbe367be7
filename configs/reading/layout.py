"""A table as it stands in a file to its cells: the header is found, rows that are not data are parted and told."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING

from configs.errors import Fault
from configs.notes import Note
from configs.reading.cells import Cells, at_rows, rows_of
from configs.reading.header import LOOKED_AT, find_header
from configs.reading.strays import Stray, remarks, repeated_headers, units_row
from configs.reading.totals import is_sum, normal, total_rows

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from configs.reading.grid import Grid
    from configs.reading.header import Header
    from configs.schema.reading import TableShape


@dataclass(frozen=True)
class Body:
    """The columns of a table below its header, and the row of the file that each of their cells stands in."""

    header: Header
    columns: list[list[str]]
    rows: list[int]
    odd: Mapping[int, int]

    def without(self, places: Collection[int]) -> Body:
        """Leave out the rows at these places."""
        if not places:
            return self
        gone = set(places)
        kept = [i for i in range(len(self.rows)) if i not in gone]
        columns = [[column[i] for i in kept] for column in self.columns]
        odd = {new: self.odd[i] for new, i in enumerate(kept) if i in self.odd}
        return Body(self.header, columns, [self.rows[i] for i in kept], odd)


def every_line(grid: Grid, known: Collection[str | int], label: str) -> Cells:
    """Lay out a table of which every line counts: blank ones are rows of blanks, those of another width are named."""
    header = find_header(grid.records, known, label)
    return _cells(body_of(grid, header, blank=True), grid.notes)


def laid_out(grid: Grid, known: Collection[str | int], label: str, shape: TableShape | None = None) -> Cells:
    """Lay out a table: find its header, and part its rows from titles, footers, sums and units.

    Without `shape` the table is one of ours: only its header is looked for.

    Raises
    ------
    DataError
        When no header is found. Rows of another width, and those that only look like a sum, are among ``faults``.
    """
    header = find_header(grid.records, known, label, shape)
    return settled(body_of(grid, header, blank=False), known, label, grid.notes, shape)


def from_columns(
    columns: list[list[str]],
    known: Collection[str | int],
    label: str,
    notes: tuple[Note, ...],
    shape: TableShape | None = None,
) -> Cells:
    """Lay out a table that is cut into columns of one length, none of whose rows begins with a blank cell."""
    count = len(columns[0])
    first = [list(record) for record in islice(zip(*columns, strict=True), LOOKED_AT)]
    header = find_header(first, known, label, shape)
    body = Body(header, [column[header.after :] for column in columns], list(range(header.after + 1, count + 1)), {})
    return settled(body, known, label, notes, shape)


def settled(
    body: Body, known: Collection[str | int], label: str, notes: tuple[Note, ...], shape: TableShape | None
) -> Cells:
    """Part the rows that are data from the others, and name the columns."""
    body, told, faults = parted(body, _checked(body, known), label, shape)
    return replace(_cells(body, (*notes, *told)), faults=faults)


def parted(
    body: Body, checked: Sequence[int], label: str, shape: TableShape | None
) -> tuple[Body, tuple[Note, ...], tuple[Fault, ...]]:
    """Part the rows that are data from the others; a note for what is left out, a fault for what is doubtful.

    Words for sums are looked for in the `checked` columns.
    """
    strays: list[Stray] = []
    if shape is not None:
        body, strays = _parted(body, checked, label, shape)
    faults = [stray.fault for stray in strays if stray.fault]
    if body.odd:
        faults.append(_odd(body, label, shape))
        body = body.without(body.odd)
    return body, tuple(stray.note for stray in strays if stray.note), tuple(faults)


def _odd(body: Body, label: str, shape: TableShape | None) -> Fault:
    """Tell the rows of another width; where they are the last and short, that they may be a footer."""
    first, width = next(iter(body.odd.values())), len(body.header.names)
    words = f"has {first} cells where the header has {width}"
    last = len(_trailing(body))
    if shape is not None and last == len(body.odd) and first < width:
        words += f"; if the last rows are not data, state footer = {last + shape.footer}"
    return Fault(at_rows(label, [body.rows[place] for place in body.odd]), words)


def _trailing(body: Body) -> Sequence[int]:
    """Places of the rows at the end that have fewer cells than the header."""
    place = len(body.rows)
    while place - 1 in body.odd:
        place -= 1
    return range(place, len(body.rows))


def _parted(body: Body, checked: Sequence[int], label: str, shape: TableShape) -> tuple[Body, list[Stray]]:
    strays: list[Stray] = []
    if shape.footer:
        cut = range(max(0, len(body.rows) - shape.footer), len(body.rows))
        first = next((column[cut[0]].strip() for column in body.columns if cut and column[cut[0]].strip()), "")
        words = f'left out as the settings say (footer = {shape.footer}): "{first[:60]}"'
        strays.append(Stray(Note(at_rows(label, [body.rows[i] for i in cut]), words)) if cut else Stray())
        body = body.without(cut)
    for find in (repeated_headers, units_row, remarks):
        places, stray = find(body.columns, body.rows, body.header.names, label)
        strays.append(stray)
        body = body.without(places)
    places, found = _totals(body, checked, label, shape)
    return body.without(places), [*strays, *found]


def _totals(body: Body, checked: Sequence[int], label: str, shape: TableShape) -> tuple[list[int], list[Stray]]:
    """Rows that are sums: those the settings name, and those that only look like it, which are refused."""
    if not body.rows or ("totals" in shape.model_fields_set and not shape.totals):
        return [], []
    strays: list[Stray] = []
    named = total_rows(body.columns, checked, {normal(text) for text in shape.totals}) if shape.totals else {}
    if named:
        words = f"{len(named)} total rows were left out" if len(named) > 1 else "1 total row was left out"
        strays.append(Stray(Note(label, f"{words} ({rows_of([body.rows[i] for i in named])})")))
    doubtful = {i: text for i, text in total_rows(body.columns, checked).items() if i not in named}
    if doubtful:
        text = next(iter(doubtful.values()))[:60]
        words = (
            f'looks like a sum of other rows ("{text}"); state totals = ["{text}"] to leave such rows out, '
            "or totals = [] if it is data"
        )
        strays.append(Stray(fault=Fault(at_rows(label, [body.rows[i] for i in doubtful]), words)))
    rest = body.without([*named, *doubtful])
    if rest.rows and rest.rows[-1] == body.rows[-1] and is_sum(rest.columns):
        words = (
            "has the sums of the rows above it and no text; state footer = 1 to leave it out, or totals = [] to keep it"
        )
        strays.append(Stray(fault=Fault(f"{label} row {rest.rows[-1]}", words)))
    return [*named, *doubtful], strays


def _checked(body: Body, known: Collection[str | int]) -> list[int]:
    """Columns in which a word for a sum counts: the first, those the settings know, and the first filled one."""
    names = body.header.names
    places = {0, *(i for i, name in enumerate(names) if name in known or i + 1 in known)}
    return sorted(places)


def body_of(grid: Grid, header: Header, *, blank: bool) -> Body:
    """Cut the records below the header into columns; rows of another width are filled up or cut, and named."""
    width, filler = len(header.names), [""] * len(header.names)
    kept: list[list[str]] = []
    rows: list[int] = []
    odd: dict[int, int] = {}
    for row, record in enumerate(islice(grid.records, header.after, None), header.after + 1):
        if len(record) == width and record[0].strip():  # most rows
            kept.append(record)
            rows.append(row)
            continue
        if len(record) > width and not any(map(str.strip, record[width:])):
            record = record[:width]  # noqa: PLW2901 - separators at the end of the row
        filled = any(cell.strip() for cell in record)
        if not filled and not blank:
            continue
        if filled and len(record) != width:
            odd[len(kept)] = len(record)
        kept.append([*record, *filler][:width])
        rows.append(row)
    columns = [list(texts) for texts in zip(*kept, strict=True)] if kept else [[] for _ in header.names]
    return Body(header, columns, rows, odd)


def _cells(body: Body, notes: tuple[Note, ...]) -> Cells:
    names = body.header.names
    pairs = list(zip(names, body.columns, strict=True))
    named = {name: texts for name, texts in pairs if name}
    nameless = tuple(texts for name, texts in pairs if not name)
    return Cells(tuple(named), named, body.rows, (*body.header.notes, *notes), nameless, body.odd, names)
