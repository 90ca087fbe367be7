"""A wide table to a long one: hours down and days across, days down and hours across, or a column a channel.

Every filled cell becomes a row; blank cells were not observed. The rows keep the row of the file and their heading.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from configs.errors import DataError, Fault
from configs.notes import Note
from configs.reading.cells import Cells, at_rows
from configs.reading.header import LOOKED_AT, find_header, header_at
from configs.reading.layout import body_of, parted
from configs.reading.marks import YEAR, day_of, has_year, is_moment, is_plainly_time, is_time, with_year
from configs.reading.totals import WORDS, normal

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from configs.reading.grid import Grid
    from configs.reading.header import Header
    from configs.reading.layout import Body
    from configs.schema.reading import TableShape, Wide

LEAST_HOURS = 6
"""Numbers in a row that count the hours of a day: fewer may be contacts."""
WORDED = {"days": "a day", "times": "a time of day"}


@dataclass(frozen=True)
class Sides:
    """Places of the columns left of the values, of those that hold values, and the text each heading becomes."""

    beside: tuple[int, ...]
    across: tuple[int, ...]
    texts: tuple[str, ...]
    notes: tuple[Note, ...] = ()
    faults: tuple[Fault, ...] = ()


def laid_long(grid: Grid, known: Collection[str | int], label: str, shape: TableShape, wide: Wide) -> Cells:
    """Lay out a wide table as a long one.

    With days or times across there are columns ``date`` and ``time``, with channels across ``channel``; the values
    are called as ``wide.value`` says, columns beside them keep their names, and ``Cells.roles`` tells which is which.

    Raises
    ------
    DataError
        When the headings or the column beside them are not what the settings say, a column or row looks like a sum,
        or a cell is there twice.
    """
    header = wide_header(grid, known, label, shape, wide)
    body = body_of(grid, header, blank=False)
    _refuse_second_table(body, label, shape, wide)
    sides = _channels(body, known, label, shape) if wide.across == "channels" else _marked(body, label, shape, wide)
    if wide.across == "days":
        sides = _with_years(sides, grid, header, label)
    body, told, faults = parted(body, sides.beside, label, shape)
    roles = _roles(body, sides, known, label, wide)
    notes = (*header.notes, *grid.notes, *sides.notes, *told)
    return replace(_melted(body, sides, roles, label, wide, notes), faults=(*sides.faults, *faults))


def wide_header(grid: Grid, known: Collection[str | int], label: str, shape: TableShape, wide: Wide) -> Header:
    """The row with the most days or times of day; for channels across the header of any table."""
    if wide.across == "channels" or shape.header is not None:
        return find_header(grid.records, known, label, shape)
    looks, records = _looks(wide), grid.records[:LOOKED_AT]
    surely = [times_in(record) for record in records] if wide.across == "times" else []
    marked = surely if any(surely) else [sum(looks(cell) for cell in record) for record in records]
    most = max(marked, default=0)
    if not most:
        words = f'no row has {WORDED[wide.across]} in its cells, which wide.across = "{wide.across}" asks for'
        raise DataError(Fault(label, f"{words}; set header to the row with the headings"))
    return header_at(grid.records, marked.index(most), known, label)


def times_in(record: Sequence[str]) -> int:
    """Number of times of day in a row of headings; bare numbers are times where they count the hours of a day."""
    numbers = [int(cell.strip()) for cell in record if cell.strip().isdecimal()]
    counted = len(numbers) >= LEAST_HOURS and numbers == list(range(numbers[0], numbers[0] + len(numbers)))
    if counted and numbers[-1] <= 24 and not any(map(_is_day, record)):
        return len(numbers)
    return sum(map(is_plainly_time, record))


def _looks(wide: Wide) -> Callable[[str], bool]:
    return is_time if wide.across == "times" else lambda text: day_of(text) is not None


def _refuse_second_table(body: Body, label: str, shape: TableShape, wide: Wide) -> None:
    """Refuse a further row of headings: what follows may be the same contacts on another clock."""
    place = second_table(body, wide)
    if place is not None and place < len(body.rows) - shape.footer:
        words = (
            f"begins a second table; state footer = {len(body.rows) - place} to read the first alone, "
            "or put the tables into files of their own"
        )
        raise DataError(Fault(f"{label} row {body.rows[place]}", words))


def second_table(body: Body, wide: Wide) -> int | None:
    """Place of the row in which headings stand again; None if there is none."""
    looks, names = _looks(wide), list(body.header.names)
    for place in range(len(body.rows)):
        cells = [column[place].strip() for column in body.columns]
        days = sum(map(looks, cells[1:])) if wide.across == "days" else 0
        if cells == names or (days > 1 and 2 * days > sum(map(bool, cells[1:]))):
            return place
    return None


def _marked(body: Body, label: str, shape: TableShape, wide: Wide) -> Sides:
    """The sides of a table with days or times across: what stands left of the first heading is beside."""
    names, looks = body.header.names, _looks(wide)
    marked = [i for i, name in enumerate(names) if looks(name)]
    if not marked or marked[0] == 0:
        words = f"has {'no' if not marked else 'nothing left of the first'} column headed by {WORDED[wide.across]}"
        raise DataError(Fault(f"{label} row {body.header.row or 1}", words))
    others = [i for i in range(marked[0], len(names)) if i not in set(marked)]
    notes, faults = _others(body, others, label, shape)
    for i in others:
        if not names[i] and any(map(str.strip, body.columns[i])):
            faults.append(Fault(label, f"column {i + 1} has cells but no heading; head it or clear it"))
        elif any(letter.isdigit() for letter in names[i]) and normal(names[i]) not in WORDS:
            faults.append(Fault(label, f'the heading "{names[i]}" is not {WORDED[wide.across]}; correct or remove it'))
    texts = [day_of(names[i]) or "" if wide.across == "days" else names[i] for i in marked]
    return Sides(tuple(range(marked[0])), tuple(marked), tuple(texts), tuple(notes), tuple(faults))


def _channels(body: Body, known: Collection[str | int], label: str, shape: TableShape) -> Sides:
    """The sides of a table with channels across: known columns and those of days and times are beside."""
    names = body.header.names
    beside = [i for i, name in enumerate(names) if name in known or i + 1 in known or _temporal(body.columns[i])]
    rest = [i for i, name in enumerate(names) if i not in set(beside) and name]
    kept = [i for i in rest if not _is_total(names[i], shape)]
    notes, faults = _others(body, [i for i in rest if i not in set(kept)], label, shape)
    if not beside or not kept:
        words = "no column of days or times" if not beside else "no column of a channel"
        faults.append(Fault(label, f'has {words}, which wide.across = "channels" asks for'))
        raise DataError(faults)
    return Sides(tuple(beside), tuple(kept), tuple(names[i] for i in kept), tuple(notes), tuple(faults))


def _is_total(name: str, shape: TableShape) -> bool:
    stated = {normal(text) for text in shape.totals}
    guessed = WORDS if shape.totals or "totals" not in shape.model_fields_set else frozenset[str]()
    return normal(name) in stated | guessed


def _others(body: Body, places: Sequence[int], label: str, shape: TableShape) -> tuple[list[Note], list[Fault]]:
    """Tell the columns that hold no values: sums the settings name, sums that only look like it, and the rest."""
    names = body.header.names
    stated = {normal(text) for text in shape.totals}
    told = [names[i] for i in places if names[i]]
    sums = [name for name in told if _is_total(name, shape)]
    notes = [Note(label, f'the column "{name}" is a total and was left out') for name in sums if normal(name) in stated]
    faults = [
        Fault(
            label,
            f'the column "{name}" looks like a sum of the others; state totals = ["{name}"] to leave it out',
        )
        for name in sums
        if normal(name) not in stated
    ]
    unused = [name for name in told if name not in sums]
    return notes + ([Note(label, f"columns not used: {', '.join(unused)}")] if unused else []), faults


def _share(column: Sequence[str], looks: Callable[[str], bool]) -> float:
    filled = [cell for cell in column if cell.strip()]
    return sum(map(looks, filled)) / len(filled) if filled else 0.0


def _is_day(text: str) -> bool:
    return day_of(text) is not None


def _temporal(column: Sequence[str]) -> bool:
    """Whether most cells are days, or times that cannot be counts."""
    return _share(column, lambda text: _is_day(text) or is_moment(text) or (":" in text and is_time(text))) > 0.5


def _with_years(sides: Sides, grid: Grid, header: Header, label: str) -> Sides:
    """Add the year that the titles name to days without one."""
    bare = [text for text in sides.texts if not has_year(text)]
    if not bare:
        return sides
    titles = " ".join(cell for row in header.titles for cell in grid.records[row - 1])
    years = sorted(set(YEAR.findall(titles)))
    if len(years) != 1:
        words = f'the days across have no year ("{bare[0]}"); write it into the headings'
        raise DataError(Fault(f"{label} row {header.row or 1}", words))
    texts = tuple(text if has_year(text) else with_year(text, years[0]) for text in sides.texts)
    note = Note(label, f'the days across have no year ("{bare[0]}"); {years[0]} was taken from the rows above them')
    return replace(sides, texts=texts, notes=(*sides.notes, note))


def _roles(body: Body, sides: Sides, known: Collection[str | int], label: str, wide: Wide) -> dict[str, int]:
    """Our columns among those beside the values, by place."""
    columns = {i: body.columns[i] for i in sides.beside}
    if wide.across == "channels":
        if any(body.header.names[i] in known or i + 1 in known for i in sides.beside):
            return {}
        days = [i for i in sides.beside if _share(columns[i], _is_day) > 0.5]
        times = [i for i in sides.beside if i not in days and _share(columns[i], is_time) > 0.5]
        return {"date": days[0], "time": times[0]} if days and times else {"start": sides.beside[0]}
    role, looks = ("time", is_time) if wide.across == "days" else ("date", _is_day)
    best = max(sides.beside, key=lambda i: (_share(columns[i], looks), i))
    if body.rows and not _share(columns[best], looks):
        name = body.header.names[best] or str(best + 1)
        words = f'the column "{name}" next to the values has no {role}s ("{columns[best][0][:60]}")'
        raise DataError(Fault(label, words))
    return {role: best}


def _melted(
    body: Body, sides: Sides, roles: Mapping[str, int], label: str, wide: Wide, notes: tuple[Note, ...]
) -> Cells:
    """Write every filled cell as a row, row by row of the file."""
    heading = {"days": "date", "times": "time", "channels": "channel"}[wide.across]
    cells = [
        (place, text, at, value)
        for place in range(len(body.rows))
        for text, at in zip(sides.texts, sides.across, strict=True)
        if (value := body.columns[at][place].strip())
    ]
    names = {at: _name(body, at, roles, (heading, wide.value)) for at in sides.beside}
    columns = {names[at]: [body.columns[at][place] for place, *_ in cells] for at in sides.beside}
    columns |= {heading: [text for _, text, *_ in cells], wide.value: [value for *_, value in cells]}
    _refuse_repeats(body, cells, [columns[names[at]] for at in sides.beside], label)
    blank = len(body.rows) * len(sides.across) - len(cells)
    if blank:
        notes = (*notes, Note(label, f"{blank:,} cells of the table are blank and count as not observed"))
    told = {role: names[at] for role, at in roles.items()} | {heading: heading, wide.value: wide.value}
    rows = [body.rows[place] for place, *_ in cells]
    across = tuple(body.header.names[at] for *_, at, _ in cells)
    return Cells(tuple(columns), columns, rows, notes, (), {}, tuple(columns), told, across)


def _name(body: Body, at: int, roles: Mapping[str, int], taken: Collection[str]) -> str:
    """A column beside the values keeps its name; one without a name, or with a name taken, is called by what it is."""
    name = body.header.names[at]
    if name and name not in taken:
        return name
    return next((role for role, place in roles.items() if place == at), str(at + 1))


def _refuse_repeats(
    body: Body, cells: Sequence[tuple[int, str, int, str]], beside: Sequence[Sequence[str]], label: str
) -> None:
    """Refuse a row that repeats the labels of another; the one hour a year that a clock shows twice is no repeat."""
    labels = [tuple(column[n].strip() for column in beside) for n in range(len(cells))]
    times = Counter((*told, text) for told, (_, text, *_) in zip(labels, cells, strict=True))
    repeated = Counter(key[:-1] for key, count in times.items() if count > 1)
    twice = {key for key, days in repeated.items() if days > 1}
    faults: list[Fault] = []
    for key in sorted(twice):
        rows = sorted({body.rows[place] for told, (place, *_) in zip(labels, cells, strict=True) if told == key})
        faults.append(Fault(at_rows(label, rows), f'have the same labels ("{", ".join(key)}"); keep one'))
    if faults:
        raise DataError(faults)
