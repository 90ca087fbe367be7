"""Whether a finished shift is of a kind that rules about people name."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from datetime import date, tzinfo

    from configs.schema.rules import ShiftKind
    from configs.units import ClockSpan
    from reports.shifts import ShiftLine

NO_TIME = timedelta(0)


def is_of_kind(shift: ShiftLine, kind: ShiftKind) -> bool:
    """Whether a shift meets every condition of a kind; the time inside a span of the clock is real time."""
    minute = shift.start.hour * 60 + shift.start.minute
    if shift.start.weekday() not in kind.days:
        return False
    if kind.starts is not None and not kind.starts.first <= minute <= kind.starts.last:
        return False
    return kind.covers is None or _inside(shift, kind.covers) >= max(kind.at_least or NO_TIME, timedelta(minutes=1))


def _inside(shift: ShiftLine, span: ClockSpan) -> timedelta:
    """Real time of a shift within a span of the clock, on the day it begins and the days around."""
    begin, end, total = pd.Timestamp(shift.start), pd.Timestamp(shift.end), NO_TIME
    for step in (-1, 0, 1):
        day = shift.start.date() + timedelta(days=step)
        opens, closes = (_moment(shift.start.tzinfo, day, minutes) for minutes in (span.start, span.end))
        total += max(NO_TIME, min(end, closes) - max(begin, opens))
    return total


@lru_cache(maxsize=8192)
def _moment(zone: tzinfo | None, day: date, minutes: int) -> pd.Timestamp:
    """Moment of a clock time; one that comes twice is its first pass, a skipped one is the end of the skip."""
    local = pd.Timestamp(datetime.combine(day, datetime.min.time()) + timedelta(minutes=minutes))
    return local.tz_localize(zone, ambiguous=True, nonexistent="shift_forward")
