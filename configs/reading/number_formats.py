"""What the number format of a spreadsheet cell says about its number: a date, a time, a duration, or a number.

Facts from openpyxl 3.1.5 (`styles/numbers.py`, `utils/datetime.py`), tafia/calamine `src/formats.rs` and ECMA-376
part 1, 18.8.30 and 18.17.4: dates are days since 1899-12-30 (1904-01-01 in the other system), with a 29 February 1900
that never was, so that days below 60 are counted from 1899-12-31; times are fractions of a day.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from configs.reading.plain_text import clock_text, duration_text, moment_text, number_text, snapped_ms

Meaning = Literal["number", "date", "moment", "clock", "elapsed", "digits"]

LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)
"""Parts of a format that show text as it is: quoted, escaped, padding, fill, and brackets with colours and locales."""
ELAPSED = re.compile(r"\[(h+|m+|s+)\]", re.IGNORECASE)
GENERAL = re.compile(r"general", re.IGNORECASE)
DIGITS = re.compile(r"0{2,}")
DAY_MS = 86_400_000
LEAP_BUG = 60
"""Day number of 29 February 1900."""
LAST_DAY = 2_958_466
"""Day number after 9999-12-31."""


@dataclass(frozen=True)
class NumberFormat:
    """What the numbers of a cell mean; `width` is the number of digits that codes such as ``0000`` ask for."""

    meaning: Meaning
    width: int = 0


PLAIN = NumberFormat("number")


def number_format(code: str) -> NumberFormat:
    """Read a format code; its first section counts.

    >>> number_format("dd.mm.yyyy hh:mm").meaning, number_format('0.0" days"').meaning, number_format("[h]:mm").meaning
    ('moment', 'number', 'elapsed')
    """
    if DIGITS.fullmatch(code):
        return NumberFormat("digits", len(code))
    bare = GENERAL.sub("", LITERAL.sub("", code)).split(";")[0]
    if ELAPSED.search(bare):
        return NumberFormat("elapsed")
    letters = set(bare.casefold())
    time, day = letters & set("hs"), letters & set("dy")
    if time:
        return NumberFormat("moment" if day else "clock")
    return NumberFormat("date") if day or "m" in letters else PLAIN


def cell_text(value: float, form: NumberFormat, *, since_1904: bool) -> str:
    """Write the number of a cell as the text that its format means.

    A clock of a day or more is a duration that was given the format of a time. So is a moment in the first two months
    of the calendar: systems that write durations as times count from its first day.
    """
    if form.meaning == "number" or not abs(value) < LAST_DAY:
        return number_text(value)
    if form.meaning == "digits":
        return f"{int(value):0{form.width}d}" if value.is_integer() and value >= 0 else number_text(value)
    milliseconds = snapped_ms(value * DAY_MS)
    if form.meaning == "elapsed":
        return duration_text(milliseconds)
    if form.meaning == "clock" or (form.meaning == "moment" and value <= LEAP_BUG):
        return clock_text(milliseconds)
    return _day_text(milliseconds, since_1904=since_1904, timed=form.meaning == "moment")


def _day_text(milliseconds: int, *, since_1904: bool, timed: bool) -> str:
    day, rest = divmod(milliseconds, DAY_MS)
    if not since_1904 and day == LEAP_BUG:
        return "1900-02-29"
    if day < 0 or (day == 0 and not since_1904):
        return "1900-01-00"  # as spreadsheets show it; no reader takes it for a day
    first = datetime(1904, 1, 1) if since_1904 else datetime(1899, 12, 31 if day < LEAP_BUG else 30)  # noqa: DTZ001
    moment = first + timedelta(days=day, milliseconds=rest)
    return moment_text(moment) if timed or rest else f"{moment:%Y-%m-%d}"
