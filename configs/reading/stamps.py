"""ISO 8601 times of plain lines, eight bytes at a time."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from configs.reading.words import MINUS, PLUS, WORD, ZEROS, ZULU, all_digits, pairs

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from configs.reading.words import Lines, Mask, Places, Words

DATE, DATE_SIGNS = 0x00FFFF00FFFFFFFF, ord("-") << 32 | ord("-") << 56
"""Bytes of ``YYYY-MM-`` that are digits, and the others."""
CLOCK, CLOCK_SIGNS = 0xFFFF00FFFF00FFFF, ord(" ") << 16 | ord(":") << 40
"""Those of ``DD HH:MM``."""
THIRD, CAPITAL_T, T_OR_SPACE = (np.uint64(byte << 16) for byte in (0xFF, ord("T"), ord("T") ^ ord(" ")))
MINUTES, SECONDS = 16, 19
"""Lengths of a time to the minute and to the second."""
LONGEST = SECONDS + len("+00:00")
COLON = ord(":")


@dataclass(frozen=True)
class Stamps:
    """Clock times as written, seconds since 1970, and seconds ahead of UTC; None where no offset is written."""

    clock_s: NDArray[np.int64]
    ahead_s: NDArray[np.int64] | None


def stamps(lines: Lines, column: int) -> Stamps | None:
    """Read cells such as ``2026-11-30T09:30``, with seconds or an offset or without; None unless all have one form."""
    begin = lines.begin(column)
    lengths = lines.end(column) - begin
    length = int(lengths[0])
    if not (lengths == length).all():
        return None
    form = _Form.of(length, lines, int(begin[0]))
    if form is None:
        return None
    minute, good = _minutes(lines.words[begin], lines.words[begin + WORD])
    clock = minute * 60
    if form.seconds:
        second, fine = _two(lines, begin + 17, 59)
        good &= fine & (lines.buffer[begin + 16] == COLON)
        clock += second
    ahead = None
    if form.offset == "Z":
        good &= lines.buffer[begin + length - 1] == ZULU
        ahead = np.zeros(len(begin), dtype=np.int64)
    elif form.offset == "+":
        ahead, fine = _ahead(lines, begin + length - 6)
        good &= fine
    return Stamps(clock, ahead) if good.all() else None


@dataclass(frozen=True)
class _Form:
    """What a time has after its minutes."""

    seconds: bool
    offset: str

    @staticmethod
    def of(length: int, lines: Lines, begin: int) -> _Form | None:
        """Form of a time of some length."""
        for seconds, shortest in ((False, MINUTES), (True, SECONDS)):
            if length == shortest:
                return _Form(seconds, "")
            if length == shortest + 1 and lines.buffer[begin + shortest] == ZULU:
                return _Form(seconds, "Z")
            if length == shortest + 6:
                return _Form(seconds, "+")
        return None


def _minutes(date: Words, clock: Words) -> tuple[NDArray[np.int64], Mask]:
    """Minutes since 1970 of ``YYYY-MM-`` and ``DDTHH:MM``, and which of them are times of the calendar."""
    # Rows next to each other are mostly of one month, so each run of equal months is read once.
    runs = np.flatnonzero(np.append(True, date[1:] != date[:-1]))
    counts = np.diff(np.append(runs, len(date)))
    begins, length, real = _months(date[runs])
    first, days_of, known = np.repeat(begins, counts), np.repeat(length, counts), np.repeat(real, counts)
    clock = np.where((clock & THIRD) == CAPITAL_T, clock ^ T_OR_SPACE, clock)
    good = known & ((clock & ~np.uint64(CLOCK)) == np.uint64(CLOCK_SIGNS))
    clock = (clock ^ ZEROS) & np.uint64(CLOCK)
    good &= all_digits(clock)
    whole = pairs(clock)
    day, hour, minute = _byte(whole, 0), _byte(pairs(clock >> np.uint64(24)), 0), _byte(whole, 6)
    good &= (hour <= 23) & (minute <= 59) & (day >= 1) & (day <= days_of)
    return (first + day) * 1440 + hour * 60 + minute, good


def _months(date: Words) -> tuple[NDArray[np.int64], NDArray[np.int64], Mask]:
    """Day before the first of each month, its number of days, and whether it is one, of ``YYYY-MM-``."""
    good = (date & ~np.uint64(DATE)) == np.uint64(DATE_SIGNS)
    date = (date ^ ZEROS) & np.uint64(DATE)
    good &= all_digits(date)
    years = pairs(date)
    year, month = _byte(years, 0) * 100 + _byte(years, 2), _byte(pairs(date >> np.uint64(8)), 4)
    good &= (year >= 1970) & (year <= 2199) & (month >= 1) & (month <= 12)
    number = np.where(good, (year - 1970) * 12 + month - 1, 0)
    first = _first_days()
    return first[number] - 1, first[number + 1] - first[number], good


def _byte(word: Words, place: int) -> NDArray[np.int64]:
    """One byte of each word as a number."""
    return ((word >> np.uint64(8 * place)) & np.uint64(0xFF)).astype(np.int64)


@cache
def _first_days() -> NDArray[np.int64]:
    """Day number of the first of each month from 1970 to 2200."""
    months = np.arange("1970-01", "2200-02", dtype="datetime64[M]")
    return months.astype("datetime64[D]").astype(np.int64)


def _two(lines: Lines, at: Places, most: int) -> tuple[NDArray[np.int64], Mask]:
    """Two digits at a place, and whether they are digits of a number up to `most`."""
    tens, ones = ((lines.buffer[at + k] - np.uint8(ord("0"))).astype(np.int64) for k in (0, 1))
    value = tens * 10 + ones
    good: Mask = (tens <= 9) & (ones <= 9) & (value <= most)
    return value, good


def _ahead(lines: Lines, at: Places) -> tuple[NDArray[np.int64], Mask]:
    """Seconds ahead of UTC of ``+01:00``."""
    sign = lines.buffer[at]
    hours, fine = _two(lines, at + 1, 23)
    minutes, good = _two(lines, at + 4, 59)
    good = fine & good & (lines.buffer[at + 3] == COLON) & ((sign == PLUS) | (sign == MINUS))
    return np.where(sign == MINUS, -1, 1) * (hours * 3600 + minutes * 60), good
