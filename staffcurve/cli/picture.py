"""The contacts of a week as a small picture of letters: a row a day, a shade an hour, and both totals."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
HOURS = 24
LABEL_HOURS = 3
WIDE = 76
"""Columns from which an hour takes two."""
MOST_BAR = 30
"""Columns of the longest bar."""


@dataclass(frozen=True)
class Letters:
    """The letters of a picture: shades from nothing to most, heights from nothing to full, parts of a bar."""

    shades: str
    heights: str
    parts: str


BLOCKS = Letters(" ░▒▓█", " ▁▂▃▄▅▆▇█", "▏▎▍▌▋▊▉█")
PLAIN = Letters(" .:*#", " .:-=+*#@", "#")


def letters_of(encoding: str | None) -> Letters:
    """Letters that an output can show: blocks, or ASCII where the encoding has none."""
    try:
        f"{BLOCKS.shades}{BLOCKS.heights}{BLOCKS.parts}".encode(encoding or "ascii")
    except (LookupError, UnicodeEncodeError):
        return PLAIN
    return BLOCKS


def week_picture(contacts: NDArray[np.float64], columns: int, letters: Letters = BLOCKS) -> list[str]:
    """Draw the totals of a week.

    Parameters
    ----------
    contacts
        Contacts by day and hour, shape (7, 24), Monday first. Where all are in the first hour, only days are drawn.
    columns
        Width to draw in.
    letters
        What to draw with.

    Returns
    -------
    list[str]
        Lines, none longer than `columns`.
    """
    days, hours = contacts.sum(axis=1), contacts.sum(axis=0)
    each = 0 if not hours[1:].any() else 2 if columns >= WIDE else 1
    numbers = [f"{total:,.0f}" for total in days]
    size = max(map(len, numbers))
    room = min(MOST_BAR, columns - len("Mon ") - each * HOURS - size - 3)
    high = float(contacts.max())
    lines = [_head(each)] if each else []
    for name, row, total, number in zip(DAYS, contacts, days, numbers, strict=True):
        shade = "".join(_letter(value, high, letters.shades) * each for value in row)
        bar = _bar(float(total), float(days.max()), room, letters.parts)
        lines.append(f"{name} {shade}  {number:>{size}} {bar}".rstrip())
    if each:
        lines.append("    " + "".join(_letter(value, float(hours.max()), letters.heights) * each for value in hours))
    return [line.rstrip() for line in lines]


def _head(each: int) -> str:
    labels = (f"{hour:02d}".ljust(each * LABEL_HOURS) for hour in range(0, HOURS, LABEL_HOURS))
    return "    " + "".join(labels)


def _letter(value: float, high: float, letters: str) -> str:
    """The letter for a value; anything above nothing is seen."""
    if value <= 0 or high <= 0:
        return letters[0]
    return letters[max(1, round(value / high * (len(letters) - 1)))]


def _bar(value: float, high: float, room: int, parts: str) -> str:
    """A bar of at most `room` columns, to an eighth of a column where there are letters for it."""
    if value <= 0 or high <= 0 or room <= 0:
        return ""
    steps = max(1, round(value / high * room * len(parts)))
    whole, part = divmod(steps, len(parts))
    return parts[-1] * whole + (parts[part - 1] if part else "")
