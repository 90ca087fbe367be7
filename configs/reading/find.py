"""Which columns of a file are ours: by name, by number without a header, several as a sum, date and time apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from configs.errors import DataError, Fault, nearest
from configs.notes import Note

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from configs.reading.raw import Cells
    from configs.schema.reading import ColumnName, ColumnSum
    from configs.tables import Table

    Asked = Mapping[str, tuple[ColumnName, ...]]


def asked_for(table: Table, rename: Mapping[str, ColumnSum | None]) -> Asked:
    """The file's columns of each of ours, as the config names them; a column it does not name is called as ours.

    Date and time in two columns are the two of ``start``: named as ``date`` and ``time``, or one of them as ``start``.
    """
    named = {name: rename.get(name) for name in table.names}
    asked = {name: (name,) if value is None else _several(value) for name, value in named.items()}
    date, time = rename.get("date"), rename.get("time")
    if "start" in asked and "date" not in table.names and not (date is None and time is None):
        days = asked["start"] if date is None else _several(date)
        clocks = asked["start"] if time is None else _several(time)
        asked["start"] = (days[0], clocks[0])
    return asked


def _several(value: ColumnSum) -> tuple[ColumnName, ...]:
    return value if isinstance(value, tuple) else (value,)


def found_parts(cells: Cells, table: Table, asked: Asked, label: str) -> dict[str, tuple[str, ...]]:
    """The file's columns of each of ours that the file has.

    Raises
    ------
    DataError
        When a required column, or one part of several, is absent; the nearest name is told.
    """
    parts: dict[str, tuple[str, ...]] = {}
    absent: list[ColumnName] = []
    for name, wanted in asked.items():
        if table.name == "actuals" and name in cells.columns and not all(_name(cells, one) for one in wanted):
            parts[name] = (name,)  # actuals are written as the history, or as ours
            continue
        found = [_name(cells, one) for one in wanted]
        known = tuple(one for one in found if one is not None)
        dates_alone = name == "start" and wanted[1:] == (name,) and known == tuple(found[:1])
        if len(known) == len(wanted) or dates_alone:
            parts[name] = known
        elif name in table.required or known:
            absent += [one for one, there in zip(wanted, found, strict=True) if there is None]
    if absent:
        used = {one for names in parts.values() for one in names}
        free = [name for name in cells.header if name not in used]
        raise DataError([_absent(label, one, free, cells) for one in dict.fromkeys(absent)])
    return parts


def _name(cells: Cells, wanted: ColumnName) -> str | None:
    """Name of a column in the file; a number is its place, from 1 on. None where there is no such column."""
    if isinstance(wanted, str):
        return wanted if wanted in cells.columns else None
    if str(wanted) in cells.columns:
        return str(wanted)
    counted = not cells.nameless and wanted <= len(cells.header)
    return cells.header[wanted - 1] if counted else None


def _absent(label: str, wanted: ColumnName, free: list[str], cells: Cells) -> Fault:
    listed = ", ".join(cells.header)
    if isinstance(wanted, int):
        return Fault(label, f"has no column number {wanted}; columns found: {listed}")
    return Fault(label, f'has no column "{wanted}"{nearest(wanted, free)}; columns found: {listed}')


def unused(
    header: Sequence[str], table: Table, asked: Asked, parts: Mapping[str, tuple[str, ...]], label: str
) -> list[Note]:
    """What is worth telling: columns that the config names and the file lacks, and columns that nothing uses."""
    used = {one for names in parts.values() for one in names}
    left = [name for name in header if name not in used]
    notes = [
        Note(label, f'has no column "{wanted}" for {name}{nearest(str(wanted), left)}')
        for name, (wanted, *_) in asked.items()
        if name not in parts and wanted != name
    ]
    if left:
        free = [name for name in table.names if name not in parts]
        close = [f"{name}{nearest(name, free)}" for name in left]
        notes.append(Note(label, f"columns not used: {', '.join(close)}"))
    return notes
