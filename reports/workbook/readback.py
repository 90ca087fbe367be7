"""Reads the roster grid back from an edited workbook or CSV file: agents by days, shifts as clock times.

A cell is empty (day off), holds shifts such as ``07:00-15:30`` (several apart by commas), or words without a digit,
such as the reason of leave, which mean a day off. A star marks a time the clock shows for the second time: ``01:30*``.
Nothing in the file is run: formulas are read as their last value.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from configs.errors import DataError, Fault
from configs.units import DAY_MINUTES, format_clock
from optimize.roster.schedule.day import begins_on
from reports import formatting
from reports.mark import mark_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    import pandas as pd

    from configs.horizon import Horizon
    from reports.mark import Mark

SHEET = "Roster"
LAST_HEAD_ROW = 10
MAX_UNPACKED = 200_000_000
"""Bytes of the parts of a workbook together; ten times those of a thousand people."""
_CLOCK = r"(\d{1,2})[:.]?(\d{2})\s*(\*?)"
_SHIFT = re.compile(_CLOCK + r"\s*[-\u2013\u2014]\s*" + _CLOCK)
Span = tuple["pd.Timestamp", "pd.Timestamp"]
"""Begin and end of a shift, UTC."""


@dataclass(frozen=True)
class Entry:
    """What a grid says of one person and day, and where it says so."""

    agent: str
    day: int
    spans: tuple[Span, ...]
    where: str


@dataclass(frozen=True)
class _Cell:
    """One cell of a file with its name in messages."""

    value: Any
    where: str


def read_grid(path: Path, horizon: Horizon) -> tuple[Entry, ...]:
    """Read the grid of a workbook (sheet ``Roster``) or of a CSV file with the same headings.

    Parameters
    ----------
    path
        The file; its suffix says what it is.
    horizon
        The week; each of its days must have a column.

    Returns
    -------
    tuple of Entry
        One for each person and day, in the order of the file.

    Raises
    ------
    DataError
        With every cell that cannot be understood, named by sheet and address.
    """
    rows = list(_rows(path))
    top, columns = _heading(path, rows, [horizon.date(day) for day in range(horizon.days)])
    entries, faults, seen = [], [], dict[str, str]()
    for row in rows[top + 1 :]:
        agent = _text(row[0].value) if row else ""
        if agent == "Total":
            break
        if not agent:
            continue
        if agent in seen:
            faults.append(Fault(row[0].where, f"agent {agent} is also in {seen[agent]}; use one row per person"))
            continue
        seen[agent] = row[0].where
        for day, at in columns.items():
            cell = row[at] if at < len(row) else _Cell(None, row[0].where)
            try:
                entries.append(Entry(agent, day, shifts_in(cell.value, horizon, day), cell.where))
            except ValueError as error:
                faults.append(Fault(cell.where, str(error)))
    if faults:
        raise DataError(faults)
    return tuple(entries)


def read_mark(path: Path) -> Mark | None:
    """Read the mark of the run a workbook or its grid came from; None where it has none.

    Raises
    ------
    DataError
        The file cannot be read.
    """
    found = (mark_in(_text(row[0].value)) for row in _rows(path) if row)
    return next((mark for mark in found if mark), None)


def _rows(path: Path) -> Iterable[list[_Cell]]:
    return _workbook_rows(path) if path.suffix.lower() in {".xlsx", ".xlsm"} else _csv_rows(path)


def shifts_in(value: object, horizon: Horizon, day: int) -> tuple[Span, ...]:
    """Shifts of one cell, as moments: an end that is not after its begin is one day later.

    Raises
    ------
    ValueError
        With a sentence, when the cell holds digits that are not a shift, or a star at a time that comes once.

    >>> from configs.horizon import Horizon
    >>> week = Horizon(date(2026, 11, 30), 7, 15, "Europe/London")
    >>> [f"{first:%d %H:%M} {last:%d %H:%M}" for first, last in shifts_in("22:00-6:00", week, 0)]
    ['30 22:00 01 06:00']
    >>> shifts_in("holiday", week, 0)
    ()
    """
    if value is None:
        return ()
    if not isinstance(value, str):
        raise ValueError(f"contains {value!s}, which is not text; write a shift as 07:00-15:30")  # noqa: TRY004 - a cell, no type error
    if not any(letter.isdigit() for letter in value):
        return ()
    return tuple(_span(part.strip(), horizon, day) for part in re.split(r"[,;]", value) if part.strip())


def _span(text: str, horizon: Horizon, day: int) -> Span:
    found = _SHIFT.fullmatch(text)
    if found is None:
        raise ValueError(f'"{text}" is not a shift; write it as 07:00-15:30, or leave the cell empty for a day off')
    hour, minute, star, until, last, end_star = found.groups()
    start, end = 60 * int(hour) + int(minute), 60 * int(until) + int(last)
    if int(minute) > 59 or int(last) > 59 or start >= DAY_MINUTES or end > DAY_MINUTES:
        raise ValueError(f'"{text}" is not a time of day; times go from 00:00 to 24:00')
    day = begins_on(horizon, day, start, timedelta(minutes=(end - start) % DAY_MINUTES or DAY_MINUTES))
    begin, finish = _moment(horizon, day, start, star), horizon.moment(day, end, second=bool(end_star))
    return begin, _moment(horizon, day if finish > begin else day + 1, end, end_star)


def _moment(horizon: Horizon, day: int, minutes: int, star: str) -> pd.Timestamp:
    """Moment of a clock time; a star is refused where the clock shows the time only once."""
    moment = horizon.moment(day, minutes, second=bool(star))
    if star and moment == horizon.moment(day, minutes):
        clock, date = format_clock(minutes), formatting.day(horizon.date(day))
        raise ValueError(f'"{clock}*" means the second {clock}; on {date} the clock shows {clock} only once')
    return moment


def _heading(path: Path, rows: list[list[_Cell]], days: Sequence[date]) -> tuple[int, dict[int, int]]:
    """Number of the row of headings, and the column of each day."""
    for top, row in enumerate(rows[:LAST_HEAD_ROW]):
        if not row or _text(row[0].value).lower() != "agent":
            continue
        columns = {day: at for at, cell in enumerate(row) if (day := _day(cell.value, days)) is not None}
        missing = [formatting.day(each) for day, each in enumerate(days) if day not in columns]
        if missing:
            found = ", ".join(_text(cell.value) for cell in row)
            sentence = f"has no column for {formatting.listed(missing)}; its headings are {found}"
            raise DataError(Fault(row[0].where, sentence))
        return top, columns
    remedy = "use the workbook of a run, or its roster sheet saved as CSV"
    raise DataError(Fault(str(path), f'has no heading row that begins with "Agent"; {remedy}'))


def _day(value: object, days: Sequence[date]) -> int | None:
    """Number of the day a heading names: a date, ISO text, or text such as ``Mon 30 Nov``."""
    if isinstance(value, datetime):
        value = value.date()
    names = {name: day for day, each in enumerate(days) for name in (each, each.isoformat(), formatting.day(each))}
    return names.get(value) if isinstance(value, date | str) else None


def _text(value: object) -> str:
    """Text of a cell; an id that a spreadsheet took for a number is written without its point."""
    if value is None:
        return ""
    return f"{value:g}" if isinstance(value, float) else str(value).strip()


def _workbook_rows(path: Path) -> Iterable[list[_Cell]]:
    """Rows of the sheet; whatever the library makes of a damaged part is a fault of the file."""
    try:
        _check_size(path)
        yield from _sheet_rows(path)
    except DataError:
        raise
    except Exception as error:
        raise DataError(Fault(str(path), f"cannot be read as a workbook ({error})")) from error


def _check_size(path: Path) -> None:
    """Refuse a workbook that unpacks to more than any roster, before it is unpacked."""
    import zipfile

    with zipfile.ZipFile(path) as packed:
        size = sum(part.file_size for part in packed.infolist())
    if size > MAX_UNPACKED:
        words = f"unpacks to {size:,} bytes; the workbook of a run has less than {MAX_UNPACKED:,}"
        raise DataError(Fault(str(path), words))


def _sheet_rows(path: Path) -> Iterable[list[_Cell]]:
    import warnings

    import openpyxl
    from openpyxl.utils import get_column_letter

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of parts that no roster is in, such as an extension of another program
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    try:
        if SHEET not in book.sheetnames:
            raise DataError(Fault(str(path), f'has no sheet "{SHEET}"; its sheets are {", ".join(book.sheetnames)}'))
        for number, row in enumerate(book[SHEET].iter_rows(values_only=True), start=1):
            yield [
                _Cell(_plain(value), f"{path.name}, {SHEET}!{get_column_letter(at)}{number}")
                for at, value in enumerate(row, start=1)
            ]
    finally:
        book.close()


def _plain(value: object) -> object:
    return f"{value:%H:%M}" if isinstance(value, time) else value


def _csv_rows(path: Path) -> Iterable[list[_Cell]]:
    import csv
    import io

    try:
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError as error:
        raise DataError(Fault(str(path), "does not exist")) from error
    except UnicodeDecodeError as error:
        raise DataError(Fault(str(path), f"is not UTF-8 text ({error.reason}); save it as CSV UTF-8")) from error
    first = text.partition("\n")[0]
    separator = max(",;\t", key=first.count)
    try:
        for number, row in enumerate(csv.reader(io.StringIO(text), delimiter=separator), start=1):
            yield [_Cell(value, f"{path.name}, row {number}, column {at}") for at, value in enumerate(row, start=1)]
    except csv.Error as error:
        raise DataError(Fault(str(path), f"is not CSV ({error})")) from error
