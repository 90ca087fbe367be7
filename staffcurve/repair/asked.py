"""The texts of ``--absent`` and ``--locked`` -> absences, and what is locked."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pandas as pd

from configs.errors import DataError, Fault
from optimize.roster.repair.question import Absence, Locked, Question

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from configs.horizon import Horizon

MOMENT = r"\d{4}-\d{1,2}-\d{1,2}(?:[T ]\d{1,2}:\d{2})?"
"""A date, or a local date and time."""
ABSENT = re.compile(rf"(?P<agent>.+?):(?P<first>{MOMENT})(?::(?P<last>{MOMENT}))?")
LOCKED = re.compile(r"(?P<agent>.+?)(?::(?P<day>\d{4}-\d{1,2}-\d{1,2}))?")
HOW = "write AGENT:FROM or AGENT:FROM:TO, such as A001:2026-12-01:2026-12-03 or A001:2026-12-01T08:00:2026-12-01T12:00"
EVERY_SHIFT = "all"
"""What locks every published shift of the people who are there."""
DATE_LENGTH = 10


def question_of(absent: Sequence[str], locked: Sequence[str], horizon: Horizon) -> Question:
    """Read what was asked.

    Raises
    ------
    DataError
        With every text that cannot be read, or a moment that the calendar or the clock does not have.
    """
    faults: list[Fault] = []
    absences = tuple(each for each in (_absence(text, horizon, faults) for text in _parts(absent)) if each)
    texts = list(_parts(locked))
    cells = frozenset(cell for text in texts if text != EVERY_SHIFT for cell in _cell(text, faults))
    if faults:
        raise DataError(faults)
    return Question(absences, Locked(cells, shifts=EVERY_SHIFT in texts))


def _parts(texts: Sequence[str]) -> Iterator[str]:
    return (part.strip() for text in texts for part in text.split(",") if part.strip())


def _absence(text: str, horizon: Horizon, faults: list[Fault]) -> Absence | None:
    where = f"--absent {text}"
    match = ABSENT.fullmatch(text)
    if match is None:
        faults.append(Fault(where, f"is not an absence; {HOW}"))
        return None
    first, last = match["first"], match["last"] or match["first"]
    try:
        start, end = _moment(first, horizon), _moment(last, horizon)
        if len(last) <= DATE_LENGTH:
            end = _moment(_day(last) + timedelta(days=1), horizon)
    except ValueError as error:
        faults.append(Fault(where, f"is not an absence ({error}); {HOW}"))
        return None
    if end <= start:
        faults.append(Fault(where, "ends before it starts, or when it starts; give a later end, or leave it out"))
        return None
    return Absence(match["agent"], start, end)


def _cell(text: str, faults: list[Fault]) -> tuple[tuple[str, date | None], ...]:
    match = LOCKED.fullmatch(text)
    try:
        if match is not None:
            return ((match["agent"], None if match["day"] is None else _day(match["day"])),)
    except ValueError as error:
        faults.append(Fault(f"--locked {text}", f"has no such day ({error}); write AGENT or AGENT:2026-12-01"))
    return ()


def _day(text: str) -> date:
    return date(*(int(part) for part in text.split("-")))


def _moment(value: str | date, horizon: Horizon) -> pd.Timestamp:
    """A local moment, UTC; one that the clock skips is the moment after the skip, a doubled one its first pass."""
    if isinstance(value, str):
        day, clock = _day(value[:DATE_LENGTH].rstrip("T ")), value[DATE_LENGTH + 1 :]
        hour, minute = (int(part) for part in clock.split(":")) if clock else (0, 0)
        local = pd.Timestamp(year=day.year, month=day.month, day=day.day, hour=hour, minute=minute)
    else:
        local = pd.Timestamp(value)
    return local.tz_localize(horizon.zone, ambiguous=True, nonexistent="shift_forward").tz_convert("UTC")
