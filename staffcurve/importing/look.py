"""Look at a file, and propose the settings that read it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from configs.errors import DataError, Fault
from staffcurve.importing.columns import Found, ask_thousands, find_counts, find_groups, find_handle_time, looked_at
from staffcurve.importing.proposal import Choice, Proposal, Question, Taken
from staffcurve.importing.settings import WHEN
from staffcurve.importing.single_contacts import find_contact, is_by_contact
from staffcurve.importing.when import find_times, find_zone, hours_of_day

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from configs.reading.addresses import DatabaseSource
    from configs.reading.cells import Cells
    from configs.reading.sniff import Sniffed
    from configs.schema.reading import Wide
    from forecast.data.sources.profile import Profile
    from staffcurve.importing.contents import Column

SHOWN_ROWS = 50
"""Rows of a query by which its system is recognised."""
SEPARATORS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}


def proposed(path: Path, label: str, stated: Mapping[str, object]) -> Proposal:
    """Look at a file.

    Parameters
    ----------
    path, label
        The file, and its name in messages.
    stated
        Settings of ``[history]`` that are known beforehand; they come before what is found.

    Raises
    ------
    DataError
        When it is not a table that can be read.
    """
    from configs.reading.raw import read_cells
    from configs.reading.sniff import sniffed
    from configs.schema.reading import TableShape

    sheet = stated.get("sheet")
    try:
        seen = sniffed(path, label, _known_names(), sheet if isinstance(sheet, (str, int)) else None)
    except DataError as error:
        question = _which_sheet(error)
        if question is None:
            raise
        return Proposal(label, ("Kind: workbook",), None, {}, questions=(question,))
    shape = {**seen.shape.model_dump(exclude_unset=True), **_of_shape(stated)}
    records = seen.records if seen.header is None else (seen.columns, *seen.records)
    profile = _recognised(records, stated, label)
    if profile is not None:
        taken = _of_profile(profile, seen.columns, records)
        return Proposal(label, _form(seen), profile, {"format": profile.name}, taken)
    numbers = range(1, len(seen.columns) + 1) if seen.header is None else ()
    wide = _wide(seen, stated)
    if wide is not None:
        return _of_wide(seen, wide, shape, label)
    cells = read_cells(path, [*seen.columns, *numbers], label, shape=TableShape(**shape))
    columns = looked_at(_named(cells, headerless=seen.header is None))
    found = _found(columns, label, stated)
    settings: dict[str, object] = {**shape, **found.settings}
    if found.columns:
        settings["columns"] = dict(found.columns)
    return Proposal(label, _form(seen), None, settings, found.taken(columns), tuple(found.questions))


def _wide(seen: Sniffed, stated: Mapping[str, object]) -> Wide | None:
    """What is across, as it is stated or seen."""
    from configs.schema.reading import Wide

    wide = stated.get("wide")
    return Wide.model_validate(wide) if isinstance(wide, dict) else seen.wide


def _of_wide(seen: Sniffed, wide: Wide, shape: Mapping[str, object], label: str) -> Proposal:
    """A table with days, times or channels across: its columns are their own names."""
    form = (*_form(seen), f"Layout: {wide.across} across, {wide.value} in the cells")
    settings = {**shape, "wide": wide.model_dump(exclude_unset=True)}
    hours = [int(name) for name in seen.columns if name.isdecimal()] if wide.across == "times" else []
    if hours:
        settings |= hours_of_day(max(hours))
    return Proposal(label, form, None, settings, _of_sides(seen, wide))


def _of_sides(seen: Sniffed, wide: Wide) -> tuple[Taken, ...]:
    """What the columns of a wide table are: those beside the values, and its headings from the first to the last."""
    from configs.reading.marks import day_of, is_time

    if wide.across == "channels":
        return tuple(Taken(name, "") for name in seen.columns)
    heads, sides, role = (is_time, day_of, "date") if wide.across == "times" else (day_of, is_time, "time")
    taken: list[Taken] = []
    headings = [name for name in seen.columns if heads(name)] or [""]
    for place, name in enumerate(seen.columns):
        if name == headings[0]:
            taken.append(Taken(f"{name} to {headings[-1]}", wide.value, f"{len(headings)} headings"))
        elif not heads(name):
            is_side = all(sides(record[place]) for record in seen.records)
            taken.append(Taken(name, role if is_side else "", "its cells" if is_side else ""))
    return tuple(taken)


def _which_sheet(error: DataError) -> Question | None:
    """The question of a workbook with several sheets; None where something else is wrong."""
    listed = re.search(r'several sheets with data: ("[^;]*")', str(error))
    if listed is None:
        return None
    names = re.findall(r'"([^"]*)"', listed[1])
    return Question(
        "history.sheet", "Which sheet holds the history?", tuple(Choice(one, "this sheet") for one in names)
    )


def _known_names() -> set[str]:
    """Names by which a header is told from the lines above it: ours, and those of the profiles."""
    from configs.tables import HISTORY
    from forecast.data.sources.registry import PROFILES

    return {*HISTORY.names, *(name for profile in PROFILES for name in profile.columns)}


def proposed_query(source: DatabaseSource, stated: Mapping[str, object]) -> Proposal:
    """Look at the rows of a query in a database; see `proposed`.

    Raises
    ------
    DataError
        When the database cannot be read.
    """
    from configs.reading.database import query_grid, tables_of

    if source.query is None and source.table is None:
        tables = tables_of(source)
        if len(tables) > 1:
            return Proposal(source.label, ("Kind: database",), None, {}, questions=(_which_table(tables),))
        source = replace(source, table=next(iter(tables), None))
    grid = query_grid(source)
    names, *rows = grid.records
    columns = looked_at(dict(zip(names, zip(*rows, strict=True), strict=True)))
    profile = _recognised([names, *rows[:SHOWN_ROWS]], stated, source.label)
    asked = {name: text for name, text in (("query", source.query), ("table", source.table)) if text}
    form = (f"Kind: database, {len(rows):,} rows of the query",)
    if profile is not None:
        taken = _of_profile(profile, names, [names, *rows[:SHOWN_ROWS]])
        return Proposal(source.label, form, profile, {**asked, "format": profile.name}, taken)
    found = _found(columns, source.label, stated)
    settings = {**asked, **found.settings, "columns": dict(found.columns)}
    return Proposal(source.label, form, None, settings, found.taken(columns), tuple(found.questions))


def _which_table(tables: Sequence[str]) -> Question:
    choices = tuple(Choice(name, "this table; for a part of it, or several tables, give --query") for name in tables)
    return Question("history.table", "Which table of the database holds the history?", choices)


def _of_shape(stated: Mapping[str, object]) -> dict[str, object]:
    """The stated settings that say where the table is in the file."""
    from configs.schema.reading import TableShape

    return {name: value for name, value in stated.items() if name in TableShape.model_fields and name != "date_format"}


def _recognised(records: Sequence[Sequence[str]], stated: Mapping[str, object], label: str) -> Profile | None:
    """The profile that the first records fit, or the one that is stated."""
    from forecast.data.sources.registry import BY_NAME, recognised

    name = stated.get("format", "auto")
    if name == "csv":
        return None
    if isinstance(name, str) and name in BY_NAME:
        return BY_NAME[name]
    return recognised(records, label)


def _named(cells: Cells, *, headerless: bool) -> dict[str | int, Sequence[str]]:
    """Columns by name, or by number from 1 on where there is no header."""
    if headerless:
        return {int(name): texts for name, texts in cells.columns.items()}
    return {name: texts for name, texts in cells.columns.items()}  # noqa: C416 - names may be numbers too


def _found(columns: Sequence[Column], label: str, stated: Mapping[str, object]) -> Found:
    """What the columns are taken for.

    Raises
    ------
    DataError
        When nothing in the file is a date, and no column is stated to be one.
    """
    found = Found()
    find_times(columns, found)
    named = stated.get("columns", {})
    if not found.columns and not (isinstance(named, dict) and WHEN & set(named)):
        words = "no column holds dates; export the date and time of each row, or name the column: history.columns.start"
        raise DataError(Fault(label, f"{words}; columns found: {', '.join(str(one.name) for one in columns)}"))
    find_counts(columns, found)
    if stated.get("rows") == "contacts" or is_by_contact(columns, found):
        found.keep_times()
        find_contact(columns, found)
    else:
        find_handle_time(columns, found)
        ask_thousands(columns, found)
    find_groups(columns, found)
    _find_order(columns, found)
    find_zone(columns, found)
    return found


def _find_order(columns: Sequence[Column], found: Found) -> None:
    """Write down the order of day and month where the file proves it: the next file may have no day above 12."""
    from configs.reading.day_order import day_order

    name = found.columns.get("date", found.columns.get("start"))
    dates = next((one for one in columns if one.name == name and one.kind in {"date", "moment"}), None)
    order = day_order(dates.distinct) if dates else None
    if order in {"dmy", "mdy"}:
        found.settings["date_format"] = order


def _form(seen: Sniffed) -> tuple[str, ...]:
    """Sentences on kind and layout."""
    text = f"{seen.encoding}, separated by {SEPARATORS.get(seen.separator, seen.separator)}" if seen.separator else ""
    said = [f"Kind: {seen.kind}{f' ({text})' if text else ''}"]
    said.append(f"Column names: row {seen.header}" if seen.header else "Column names: none, so columns have numbers")
    for words, rows in (
        ("Titles above", seen.titles),
        ("Sums, left out", seen.totals),
        ("Remarks below, left out", seen.footers),
    ):
        if rows:
            said.append(f"{words}: {_rows(rows)}")
    return tuple(said)


def _rows(rows: Sequence[int]) -> str:
    from configs.reading.cells import rows_of

    return rows_of(list(rows))


def _of_profile(profile: Profile, names: Sequence[str], records: Sequence[Sequence[str]]) -> tuple[Taken, ...]:
    """What the profile takes each column of the file for."""
    from configs.schema import History
    from forecast.data.sources.fitting import fitted

    asked = History.model_validate({"format": profile.name})
    columns = fitted(asked, records, profile.name).history.columns.model_dump(exclude_unset=True)
    roles: dict[str, str] = {}
    for role, several in columns.items():
        for name in several if isinstance(several, (list, tuple)) else (several,):
            roles[str(name)] = role
    return tuple(Taken(name, roles.get(name, ""), "" if name not in roles else profile.system) for name in names)
