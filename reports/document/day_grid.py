"""A grid of a sheet: a row for each person, a column for each day."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class DayHead:
    """The head of a column: its day of the month, its weekday in words, and looks such as `weekend` and `first`."""

    text: str
    weekday: str
    says: str
    look: str


@dataclass(frozen=True)
class DayCell:
    """One day of a person: its text, its looks, and what it says at the pointer; empty for a day off.

    A text that is not `seen` repeats that of the day before, for those who hear the page.
    """

    text: str
    look: str
    says: str = ""
    seen: bool = True


@dataclass(frozen=True)
class DayRow:
    """One person: name, a second line of small print, days, and numbers at the end."""

    name: str
    small: str
    cells: tuple[DayCell, ...]
    tail: tuple[str, ...]


@dataclass(frozen=True)
class DayGroup:
    """People under one heading."""

    title: str
    small: str
    rows: tuple[DayRow, ...]


@dataclass(frozen=True)
class DayGrid:
    """The grid as the template draws it.

    `spans` are headings over several columns, each with its width in days. `tail` are the heads of the numbers at the
    end, `totals` the texts under the columns, those of the tail included. `legend` has look and name.
    """

    title: str
    note: str
    spans: tuple[tuple[str, int], ...]
    days: tuple[DayHead, ...]
    tail: tuple[str, ...]
    groups: tuple[DayGroup, ...]
    totals_name: str
    totals: tuple[str, ...]
    legend: tuple[tuple[str, str], ...]
