"""Dates as systems write them, taken apart: which numbers stand where, and which of their orders are open."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from configs.reading.month_names import MONTH, MONTHS, WEEKDAY
from configs.reading.source import Bad, Order

YEARS = (1970, 2199)
CENTURY_FROM = 70
"""Two-digit years from here on are of the last century, those below of this one."""
BEFORE = re.compile(WEEKDAY, re.IGNORECASE)
_YEAR_FIRST = re.compile(r"(\d{4})([-/.])\s?(\d{1,2})\2\s?(\d{1,2})(?!\d)(?:\.(?=\s|$))?", re.ASCII)
_YEAR_LAST = re.compile(r"(\d{1,2})([-/.])\s?(\d{1,2})\2\s?(\d{4}|\d{2})(?!\d)", re.ASCII)
_COMPACT = re.compile(r"(\d{2})(\d{2})(\d{2})(\d{2})(?=(?:\d{4}|\d{6})?(?:\D|$))", re.ASCII)
_DAY_NAMED = re.compile(
    rf"(\d{{1,2}})(?:st|nd|rd|th|\.)?(?: de )?[-/ ]*{MONTH}(?: del? )?[-/, ]*(\d{{4}}|\d{{2}})(?![\d:])", re.IGNORECASE
)
_NAMED_DAY = re.compile(rf"{MONTH}[-/ ]*(\d{{1,2}})(?:st|nd|rd|th)?,?[-/ ]+(\d{{4}}|\d{{2}})(?![\d:])", re.IGNORECASE)
NO_DAY = Bad("there is no such day")


@dataclass(frozen=True)
class Written:
    """A date as it is written: three numbers, and the order they are in.

    `orders` are the orders that the form leaves open; one where the text says it itself. `form` is the same for dates
    written alike, such as ``n/n/yyyy``.
    """

    text: str
    form: str
    numbers: tuple[int, int, int]
    orders: tuple[Order, ...]

    @property
    def short(self) -> bool:
        """Whether the year has two digits."""
        return self.form.endswith("yy") and not self.form.endswith("yyyy")

    def day(self, order: Order) -> date | Bad:
        """Return the day in an order of day, month and year; an order that the form excludes is left aside."""
        used = order if order in self.orders else self.orders[0]
        found = dict(zip(used, self.numbers, strict=True))
        year = found["y"]
        if self.short and year < 100:
            year += 1900 if year >= CENTURY_FROM else 2000
        if not YEARS[0] <= year <= YEARS[1]:
            return Bad(f"years run from {YEARS[0]} to {YEARS[1]}")
        try:
            return date(year, found["m"], found["d"])
        except ValueError:
            return NO_DAY


def written_date(text: str, stated: Order | None = None) -> tuple[Written, int] | None:
    """Take the date at the start of a text apart; with it the place where it ends. None where there is no date.

    `stated` is the order that the config states: eight digits are year, month and day unless it says otherwise.
    """
    weekday = BEFORE.match(text)
    for begin in (0, weekday.end()) if weekday else (0,):
        for read in (_year_first, _year_last, _day_named, _named_day):
            found = read(text, begin)
            if found is not None:
                return found
    return _compact(text, weekday.end() if weekday else 0, stated)


def _year_first(text: str, begin: int) -> tuple[Written, int] | None:
    found = _YEAR_FIRST.match(text, begin)
    if found is None:
        return None
    numbers = int(found[1]), int(found[3]), int(found[4])
    return Written(found[0], f"yyyy{found[2]}n{found[2]}n", numbers, ("ymd",)), found.end()


def _year_last(text: str, begin: int) -> tuple[Written, int] | None:
    found = _YEAR_LAST.match(text, begin)
    if found is None:
        return None
    numbers, year = (int(found[1]), int(found[3]), int(found[4])), "y" * len(found[4])
    orders: tuple[Order, ...] = ("dmy", "mdy") if len(year) == 4 else ("dmy", "mdy", "ymd")
    return Written(found[0], f"n{found[2]}n{found[2]}{year}", numbers, orders), found.end()


def _day_named(text: str, begin: int) -> tuple[Written, int] | None:
    found = _DAY_NAMED.match(text, begin)
    if found is None:
        return None
    numbers = int(found[1]), _month(found[2]), int(found[3])
    return Written(found[0], f"n month {'y' * len(found[3])}", numbers, ("dmy",)), found.end()


def _named_day(text: str, begin: int) -> tuple[Written, int] | None:
    found = _NAMED_DAY.match(text, begin)
    if found is None:
        return None
    numbers = _month(found[1]), int(found[2]), int(found[3])
    return Written(found[0], f"month n {'y' * len(found[3])}", numbers, ("mdy",)), found.end()


def _month(name: str) -> int:
    return MONTHS[name.lower()]


def _compact(text: str, begin: int, stated: Order | None) -> tuple[Written, int] | None:
    found = _COMPACT.match(text, begin)
    if found is None:
        return None
    a, b, c, d = (int(found[place]) for place in range(1, 5))
    if stated in {"dmy", "mdy"}:
        return Written(found[0], "nnyyyy", (a, b, c * 100 + d), (stated,)), found.end()
    return Written(found[0], "yyyynn", (a * 100 + b, c, d), ("ymd",)), found.end()
