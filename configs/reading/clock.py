"""Times of day and spans of it as systems write them: 9:00 AM, 0930, 24:00, 09:00-09:30, or numbers of intervals."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from configs.reading.source import Bad

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

SECOND = 1_000_000
MINUTE = 60 * SECOND
DAY = 86_400 * SECOND
_TIME = (
    r"(\d{1,2})(?:[:.h](\d{2})(?:[:.](\d{2})(?:[.,](\d{1,9}))?)?)?"
    r"(?:\s*([ap])\.?\s?m\.?|\s*uhr)?"
)
CLOCK = re.compile(_TIME + r"\s*(Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?)?", re.ASCII | re.IGNORECASE)
NUMBER = re.compile(r"\d{1,4}", re.ASCII)
FRACTION = re.compile(r"(0?[.,]\d+|[01]([.,]0*)?)", re.ASCII)
SPAN = re.compile(r"(.+?)\s*(?:-|–|—|~|\bto\b|\buntil\b)\s*(.+)", re.IGNORECASE)
NO_TIME = Bad("there is no such time of day")
CLOCK_HINT = Bad('write times of day such as "09:30", "9:30 AM", "0930" or "09:00-09:30"')


@dataclass(frozen=True)
class Clock:
    """A time of day in microseconds after midnight; of a span also its end, and the offset in minutes if written."""

    at: int
    until: int | None = None
    offset: int | None = None


@dataclass(frozen=True)
class ClockRules:
    """What the config states of times of day.

    `period` is the length of numbered intervals in microseconds, `first` the number of the one at midnight; `serial`
    says that times are fractions of a day. `setting` is the table of the config in messages.
    """

    period: int | None = None
    first: int = 1
    serial: bool = False
    setting: str = "history"


def clocks(texts: Sequence[str], rules: ClockRules) -> list[Clock | Bad | None]:
    """Read the different texts of a column of times; ``""`` is None, and what cannot be read says why.

    What one text leaves open the others settle: 930 is half past nine where no number is below 100 only, and a time
    without AM or PM is a fault where others have it.
    """
    filled = [text for text in texts if text]
    plain = [text for text in filled if NUMBER.fullmatch(text)]
    number = _numbers(plain, rules)
    spans_hhmm = any(len(part) > 2 for text in filled for part in _ends(text) if NUMBER.fullmatch(part))
    read: list[Clock | Bad | None] = []
    for text in texts:
        if not text:
            read.append(None)
        elif rules.serial and FRACTION.fullmatch(text):
            read.append(Clock(round(float(text.replace(",", ".")) * 86_400) * SECOND))
        elif NUMBER.fullmatch(text):
            read.append(number(int(text)) if len(plain) == len(filled) else _other_form(filled, plain))
        else:
            read.append(_clock(text, hhmm=spans_hhmm))
    return _halves_of_the_day(texts, read)


def _ends(text: str) -> tuple[str, ...]:
    found = SPAN.fullmatch(text)
    return (found[1], found[2]) if found else ()


def _numbers(plain: Sequence[str], rules: ClockRules) -> Callable[[int], Clock | Bad]:
    """How plain numbers are read: as numbers of intervals, or as hours and minutes (930)."""
    if rules.period is not None:
        period, first = rules.period, rules.first
        return lambda number: _counted(number - first, period)
    values = [int(text) for text in plain]
    if any(len(text) == 4 for text in plain) or any(value >= 100 for value in values):
        return _hhmm
    low, high = (min(values), max(values)) if values else (0, 0)
    words = (
        f"times are the numbers {low} to {high}, so they may be hours or numbers of intervals; state their length and "
        f'the number of the first after midnight, such as {rules.setting}.period = "1h" and '
        f"{rules.setting}.first_period = 0 for hours"
    )
    return lambda _number: Bad(words)


def _counted(number: int, period: int) -> Clock | Bad:
    if 0 <= number * period < DAY:
        return Clock(number * period)
    return Bad("there is no such interval in a day; check period and first_period")


def _hhmm(number: int) -> Clock | Bad:
    hours, minutes = divmod(number, 100)
    if minutes > 59 or number > 2400:
        return Bad("it is not a time such as 930 (half past nine); see period for numbered intervals")
    return Clock((hours * 60 + minutes) * MINUTE)


def _other_form(filled: Sequence[str], plain: Sequence[str]) -> Bad:
    other = next(text for text in filled if text not in set(plain))
    return Bad(f'other times are written such as "{other[:30]}"; write all in one form')


def _clock(text: str, *, hhmm: bool) -> Clock | Bad:
    """Read a time or a span that is no plain number."""
    found = CLOCK.fullmatch(text)
    # 09:00-09:30 is a span here: no system writes an offset behind a time without seconds.
    if found and (found[2] or found[5]) and (found[3] or not re.fullmatch(r"-\d{2}(:\d{2})?", found[6] or "")):
        at = _at(found)
        return NO_TIME if at is None else Clock(at, None, _offset(found[6]))
    parts = _ends(text)
    if not parts:
        return CLOCK_HINT
    first, last = (_end(part, hhmm=hhmm) for part in parts)
    if first is None or last is None:
        return CLOCK_HINT
    return Clock(_before(parts[0], first, parts[1], last), last)


def _end(text: str, *, hhmm: bool) -> int | None:
    """One end of a span, which may be 9, 930 or any time of day."""
    if NUMBER.fullmatch(text):
        read = _hhmm(int(text)) if hhmm else _hhmm(int(text) * 100)
        return read.at if isinstance(read, Clock) else None
    found = CLOCK.fullmatch(text)
    return _at(found) if found and not found[6] else None


def _before(text: str, first: int, end: str, last: int) -> int:
    """Give the first time of ``11:30 - 12:00 PM`` the half of the day that makes the span shorter."""
    marked = re.compile("[ap]\\.?\\s?m", re.IGNORECASE)
    if marked.search(text) or not marked.search(end):
        return first
    halves = ((first % (DAY // 2)), (first % (DAY // 2)) + DAY // 2)
    return min(halves, key=lambda at: (last - at - 1) % DAY)


def _at(found: re.Match[str]) -> int | None:
    """Microseconds after midnight; None where there is no such time. 24:00 is the end of the day."""
    hours, minutes, seconds = int(found[1]), int(found[2] or 0), int(found[3] or 0)
    if found[5]:
        if not 1 <= hours <= 12:
            return None
        hours = hours % 12 + (12 if found[5].lower() == "p" else 0)
    part = int((found[4] or "0")[:6].ljust(6, "0"))
    at = ((hours * 60 + minutes) * 60 + seconds) * SECOND + part
    return at if minutes < 60 and seconds < 60 and at <= DAY else None


def _offset(text: str | None) -> int | None:
    if text is None:
        return None
    if text[0] not in "+-":
        return 0
    minutes = int(text[1:3]) * 60 + (int(text[-2:]) if len(text) > 3 else 0)
    return -minutes if text[0] == "-" else minutes


def _halves_of_the_day(texts: Sequence[str], read: list[Clock | Bad | None]) -> list[Clock | Bad | None]:
    """Refuse times without AM or PM where others have it: 1:00 may be one o'clock at night or at noon."""
    marked = re.compile(r"\d\s*[ap]\.?\s?m", re.IGNORECASE)
    marks = [bool(marked.search(text)) for text in texts]
    if not any(marks):
        return read
    example = next(text for text, mark in zip(texts, marks, strict=True) if mark)
    bad = Bad(f'it has neither AM nor PM, others do ("{example[:30]}"); write all in one form')
    return [bad if isinstance(one, Clock) and not mark else one for one, mark in zip(read, marks, strict=True)]
