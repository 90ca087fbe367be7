"""Look at a file, and propose the settings that read it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from staffcurve.importing.columns import Found, find_counts, find_groups, find_handle_time, find_times, looked_at
from staffcurve.importing.contents import CLOCK, DATE
from staffcurve.importing.proposal import Proposal, Taken
from staffcurve.importing.single_contacts import find_contact, is_by_contact

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from configs.reading.cells import Cells
    from configs.reading.sniff import Sniffed
    from forecast.data.sources.profile import Profile

LEAST_ACROSS = 3
"""Columns called by dates, or by times of day, that make a table wide."""
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

    seen = sniffed(path, label)
    shape = {**seen.shape.model_dump(exclude_unset=True), **_of_shape(stated)}
    profile = _profile(seen, stated, label)
    if profile is not None:
        return Proposal(label, _form(seen), profile, {"format": profile.name}, _of_profile(profile, seen))
    numbers = range(1, len(seen.columns) + 1) if seen.header is None else ()
    cells = read_cells(path, [*seen.columns, *numbers], label, shape=TableShape(**shape))
    found = _found(cells, headerless=seen.header is None)
    columns = looked_at(_named(cells, headerless=seen.header is None))
    settings: dict[str, object] = {**shape, **found.settings}
    if found.columns:
        settings["columns"] = dict(found.columns)
    return Proposal(label, _form(seen), None, settings, found.taken(columns), tuple(found.questions))


def _of_shape(stated: Mapping[str, object]) -> dict[str, object]:
    """The stated settings that say where the table is in the file."""
    from configs.schema.reading import TableShape

    return {name: value for name, value in stated.items() if name in TableShape.model_fields and name != "date_format"}


def _profile(seen: Sniffed, stated: Mapping[str, object], label: str) -> Profile | None:
    from forecast.data.sources.registry import BY_NAME, recognised

    name = stated.get("format", "auto")
    if name == "csv":
        return None
    if isinstance(name, str) and name in BY_NAME:
        return BY_NAME[name]
    records = seen.records if seen.header is None else (seen.columns, *seen.records)
    return recognised(records, label)


def _named(cells: Cells, *, headerless: bool) -> dict[str | int, Sequence[str]]:
    """Columns by name, or by number from 1 on where there is no header."""
    if headerless:
        return {int(name): texts for name, texts in cells.columns.items()}
    return dict(cells.columns)


def _found(cells: Cells, *, headerless: bool) -> Found:
    """What the columns are taken for."""
    found = Found()
    columns = looked_at(_named(cells, headerless=headerless))
    across = _across([str(name) for name in cells.columns])
    if across:
        found.settings["wide"] = {"across": across}
        columns = [
            one
            for one in columns
            if not re.fullmatch(DATE if across == "days" else _TIME, str(one.name), re.IGNORECASE)
        ]
        return found
    find_times(columns, found)
    find_counts(columns, found)
    if is_by_contact(columns, found):
        found.questions = [one for one in found.questions if not one.key.startswith("history.columns.volume")]
        found.columns = {role: name for role, name in found.columns.items() if role in {"start", "date", "time"}}
        found.why = {name: why for name, why in found.why.items() if name in found.columns.values()}
        find_contact(columns, found)
    else:
        find_handle_time(columns, found)
    find_groups(columns, found)
    return found


_TIME = rf"(?:{CLOCK})(?: *[-–] *(?:{CLOCK}))?|\d{{3,4}}"


def _across(names: Sequence[str]) -> str | None:
    """Whether the columns are days or times of day."""
    for across, words in (("days", DATE), ("times", _TIME)):
        if sum(re.fullmatch(words, name.strip(), re.IGNORECASE) is not None for name in names) >= LEAST_ACROSS:
            return across
    return None


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


def _of_profile(profile: Profile, seen: Sniffed) -> tuple[Taken, ...]:
    """What the profile takes each column of the file for."""
    from configs.schema import History
    from forecast.data.sources.fitting import fitted

    records = seen.records if seen.header is None else (seen.columns, *seen.records)
    columns = fitted(History(format=profile.name), records, profile.name).history.columns.model_dump(exclude_unset=True)
    roles: dict[str, str] = {}
    for role, names in columns.items():
        for name in names if isinstance(names, (list, tuple)) else (names,):
            roles[str(name)] = role
    return tuple(Taken(name, roles.get(name, ""), "" if name not in roles else profile.system) for name in seen.columns)
