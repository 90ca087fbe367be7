"""Rows of a table that are plainly no data: the header once more, units below it, remarks at the end."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from configs.errors import Fault
from configs.notes import Note
from configs.reading.cells import at_rows

if TYPE_CHECKING:
    from collections.abc import Sequence

_UNITS = (
    "s|sec|secs|second|seconds|sek|sekunden|secondes|segundos|ms|msec|millisecond|milliseconds|min|mins|minute|minutes"
    "|minuten|h|hr|hrs|hour|hours|hh:mm|hh:mm:ss|h:mm:ss|mm:ss|%|percent|#|no|no.|number|count|counts|calls|contacts"
    "|anzahl|text|date|time|datetime|timestamp|dd.mm.yyyy|dd/mm/yyyy|mm/dd/yyyy|yyyy-mm-dd|date/time|utc|local"
)
_WEEKDAYS = (
    "mon|tue|wed|thu|fri|sat|sun|tues|thur|thurs|monday|tuesday|wednesday|thursday|friday|saturday|sunday"
    "|mo|di|mi|do|fr|sa|so|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag"
    "|lun|mar|mer|jeu|ven|sam|dim|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche"
    "|lunes|martes|miércoles|jueves|viernes|sábado|domingo|mié|jue|vie|sáb|dom"
    "|ma|wo|vr|za|zo|maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag"
)
UNITS = frozenset(f"{_UNITS}|{_WEEKDAYS}".split("|"))
"""What may stand in a row of units, formats or weekdays below a header, in lower case."""
DIGIT = re.compile(r"\d")
LETTER = re.compile(r"[^\W\d_]")
REMARK = re.compile(r"\S.*[\s:].*\S.*", re.DOTALL)
BLANK = frozenset({"", "-", "na", "n/a", "nan", "null", "none"})
COMPARED = 20
"""Rows with which a second header row is compared."""


@dataclass(frozen=True)
class Stray:
    """What is told of rows that were left out, or why they are refused."""

    note: Note | None = None
    fault: Fault | None = None


Found = tuple[list[int], Stray]
"""Places of rows that are no data, and what is told of them."""


def repeated_headers(columns: Sequence[Sequence[str]], rows: Sequence[int], names: Sequence[str], label: str) -> Found:
    """Rows that repeat the header: of a report in pages, or of several files in one."""
    at = next((i for i, name in enumerate(names) if name), None)
    if at is None or names[at] not in columns[at]:
        return [], Stray()
    places = [
        i
        for i, cell in enumerate(columns[at])
        if cell.strip() == names[at]
        and all(column[i].strip() == name for column, name in zip(columns, names, strict=True))
    ]
    if not places:
        return [], Stray()
    words = (
        "repeats the column names and was left out" if len(places) == 1 else "repeat the column names and were left out"
    )
    return places, Stray(Note(at_rows(label, [rows[i] for i in places]), words))


def units_row(columns: Sequence[Sequence[str]], rows: Sequence[int], _names: Sequence[str], label: str) -> Found:
    """The row below the header if it holds units; refused if it is a second row of names in another way."""
    if len(rows) < 3:
        return [], Stray()
    first = [column[0].strip() for column in columns]
    filled = [cell for cell in first if cell.casefold() not in BLANK]
    if not filled or any(DIGIT.search(cell) for cell in filled):
        return [], Stray()
    shown = ", ".join(filled[:4])
    if all(cell.strip("()[]. ").casefold() in UNITS for cell in filled) and _contrasts(columns, 1):
        return [0], Stray(Note(f"{label} row {rows[0]}", f"explains the column names ({shown}) and was left out"))
    if _contrasts(columns, 2):
        words = (
            f"looks like a second row of column names ({shown}); "
            f"state header = {rows[0]} and name the columns as it does, or give one row of names"
        )
        return [], Stray(fault=Fault(f"{label} row {rows[0]}", words))
    return [], Stray()


def _contrasts(columns: Sequence[Sequence[str]], least: int) -> bool:
    """Whether in this many columns the first cell is text and all those below it hold figures."""
    below = [
        column
        for column in columns
        if column[0].strip().casefold() not in BLANK
        and all(DIGIT.search(cell) for cell in column[1 : COMPARED + 1] if cell.strip())
        and any(cell.strip() for cell in column[1 : COMPARED + 1])
    ]
    return len(below) >= least


def remarks(columns: Sequence[Sequence[str]], rows: Sequence[int], names: Sequence[str], label: str) -> Found:
    """Rows at the end with nothing but one remark in the first cell, such as "Generated on 5 January".

    A remark has a letter and a blank or a colon, and begins no other cell of its column: a row that was cut short
    while it was written is none.
    """
    if len(names) < 3 or not rows:
        return [], Stray()
    place = len(rows)
    while place > 1 and _is_remark(columns, place - 1):
        place -= 1
    places = list(range(place, len(rows)))
    if not places:
        return [], Stray()
    words = f'below the data, not read: "{columns[0][place].strip()[:60]}"' + (" ..." if len(places) > 1 else "")
    return places, Stray(Note(at_rows(label, [rows[i] for i in places]), words))


def _is_remark(columns: Sequence[Sequence[str]], place: int) -> bool:
    text = columns[0][place].strip()
    if not text or any(column[place].strip() for column in columns[1:]):
        return False
    plain = LETTER.match(text) and REMARK.fullmatch(text)
    return bool(plain) and not any(cell.startswith(text) for cell in columns[0][:place])
