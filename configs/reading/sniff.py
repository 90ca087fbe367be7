"""Which settings a file needs so that it can be read: its encoding, separator, header, sums and footer."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from configs.errors import DataError
from configs.reading.bytes import contents, refuse_no_text
from configs.reading.encodings import decoded, likely_encoding
from configs.reading.header import LOOKED_AT, find_header
from configs.reading.kinds import grid_of, kind_of
from configs.reading.layout import Body, body_of
from configs.reading.marks import day_of, is_time
from configs.reading.strays import remarks
from configs.reading.text import records, separated
from configs.reading.totals import FIGURE, WORDS, is_sum, normal, total_rows
from configs.reading.wide import second_table, times_in, wide_header
from configs.schema.reading import TableShape, Wide

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from pathlib import Path

    from configs.notes import Note
    from configs.reading.grid import Grid
    from configs.reading.header import Header

LEAST_ACROSS = 2
"""Days or times in one row that may make a table wide."""
SHOWN = 10
"""Records that are handed back as they stand in the file."""


@dataclass(frozen=True)
class Sniffed:
    """What a file seems to be.

    `kind` is "text", "workbook", "parquet" or another kind of ``configs.reading.kinds``; `encoding` and `separator`
    are blank for what is no text. `header` is the row of the column names, None where there is none. `titles`,
    `totals` and `footers` are rows that are no data: above the header, sums, and remarks at the end. `columns` are
    the names, numbers as text where there is no header; `records` the first data rows, cell by cell. `shape` holds
    the settings that are needed so that the file reads, and nothing that is found without them.
    """

    kind: str
    encoding: str
    separator: str
    header: int | None
    titles: tuple[int, ...]
    totals: tuple[int, ...]
    footers: tuple[int, ...]
    columns: tuple[str, ...]
    records: tuple[tuple[str, ...], ...]
    shape: TableShape
    wide: Wide | None = None
    notes: tuple[Note, ...] = ()


def sniffed(path: Path, label: str, known: Collection[str | int] = (), sheet: str | int | None = None) -> Sniffed:
    """Look at a file and find the settings it needs.

    Parameters
    ----------
    path, label
        The file, and its name in messages.
    known
        Column names that may be in it, if any are expected.
    sheet
        Sheet of a workbook, if it has several.

    Raises
    ------
    DataError
        When there is no such file, or no settings make a table of it.
    """
    blob, told = contents(path, label)
    settings: dict[str, Any] = {}
    encoding = separator = ""
    grid = grid_of(blob, path, label, TableShape(sheet=sheet))
    kind = kind_of(blob) if grid is not None else "text"
    if grid is None:
        refuse_no_text(blob, label)
        stated = _encoding(blob, label)
        if stated:
            settings["encoding"] = stated
        text = decoded(blob, label, stated)
        cut = separated(text.text, known, label)
        encoding, separator, told = text.encoding, cut.separator, [*told, *cut.notes]
        grid = records(cut.text, separator, label)
    nothing = Sniffed(kind, encoding, separator, None, (), (), (), (), (), TableShape(), None, (*told, *grid.notes))
    return _laid_out(grid, known, label, settings, nothing)


def _encoding(blob: bytes, label: str) -> str | None:
    """The encoding that has to be stated; None where the file says it, or is UTF-8."""
    try:
        decoded(blob, label)
    except DataError:
        return likely_encoding(blob)
    return None


def _laid_out(
    grid: Grid, known: Collection[str | int], label: str, settings: dict[str, Any], found: Sniffed
) -> Sniffed:
    wide, header = _wide(grid, label), None
    if wide is not None:
        header = wide_header(grid, known, label, TableShape(), wide)
    else:
        header = _header(grid, known, label, settings)
    body = body_of(grid, header, blank=False)
    footers = _footers(body, label, wide)
    noticed = 0 if wide is not None else len(remarks(body.columns, body.rows, header.names, label)[0])
    body = body.without(range(len(body.rows) - len(footers), len(body.rows)))
    sums = total_rows(body.columns, range(len(body.columns)))
    texts = set(sums.values())
    if wide is not None:
        texts |= {name for name in header.names if normal(name) in WORDS}
    data = body.without(sums)
    if data.rows and data.rows[-1] == body.rows[-1] and is_sum(data.columns):
        footers = (body.rows[-1], *footers)
        data = data.without([len(data.rows) - 1])
    if len(footers) > noticed:
        settings["footer"] = len(footers)
    if texts:
        settings["totals"] = tuple(sorted(texts))
    return replace(
        found,
        header=header.row,
        titles=header.titles,
        totals=tuple(body.rows[i] for i in sums),
        footers=footers,
        columns=tuple(name or str(n) for n, name in enumerate(header.names, 1)),
        records=tuple(zip(*(column[:SHOWN] for column in data.columns), strict=True)),
        shape=TableShape(**settings),
        wide=wide,
    )


def _header(grid: Grid, known: Collection[str | int], label: str, settings: dict[str, Any]) -> Header:
    try:
        return find_header(grid.records, known, label)
    except DataError as error:
        if "headerless" not in str(error):
            raise
    settings["header"] = "none"
    return find_header(grid.records, known, label, TableShape(header="none"))


def _wide(grid: Grid, label: str) -> Wide | None:
    """Whether days or times are across: several in one row, over numbers, and the other of the two beside them."""
    ways = ((Wide(across="days"), _days_in, is_time), (Wide(across="times"), times_in, _is_day))
    for wide, count, beside in ways:
        if max(map(count, grid.records[:LOOKED_AT]), default=0) < LEAST_ACROSS:
            continue
        try:
            header = wide_header(grid, (), label, TableShape(), wide)
        except DataError:  # times of day stand twice in the row: they are no headings
            continue
        body = body_of(grid, header, blank=False)
        first = next(i for i, name in enumerate(header.names) if (_is_day if wide.across == "days" else is_time)(name))
        over = [cell for cell in body.columns[first] if cell.strip()]
        sides = [[cell for cell in column if cell.strip()] for column in body.columns[:first]]
        if any(_mostly(beside, side) for side in sides) and _mostly(lambda cell: bool(FIGURE.fullmatch(cell)), over):
            return wide
    return None


def _mostly(looks: Callable[[str], bool], cells: list[str]) -> bool:
    return 2 * sum(map(looks, cells)) > len(cells)


def _days_in(record: list[str]) -> int:
    return sum(map(_is_day, record))


def _is_day(text: str) -> bool:
    return day_of(text) is not None


def _footers(body: Body, label: str, wide: Wide | None) -> tuple[int, ...]:
    """Rows at the end that are a remark, of another width, or a second wide table."""
    if wide is not None:
        second = second_table(body, wide)
        if second is not None:
            return tuple(body.rows[second:])
    places, _ = remarks(body.columns, body.rows, body.header.names, label)
    at = len(body.rows) - len(places)
    while at - 1 in body.odd and not _cut_off(body, at - 1):
        at -= 1
    return tuple(body.rows[at:])


def _cut_off(body: Body, place: int) -> bool:
    """Whether a short row may be data that was cut off while it was written: then it is left to be refused."""
    text = next(filter(None, (column[place].strip() for column in body.columns)), "")
    return text[:1].isdigit() or any(cell.startswith(text) for cell in body.columns[0][:place])
