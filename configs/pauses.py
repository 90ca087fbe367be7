"""The ``breaks`` column: local clock times such as ``12:00-12:30;15:15-15:30``.

When the clock goes back an hour comes twice; its second coming is marked with a star: ``01:15*-01:30*``.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from configs.units import DAY_MINUTES, parse_clock

if TYPE_CHECKING:
    from collections.abc import Iterable
    from zoneinfo import ZoneInfo

SECOND = "*"
Span = tuple[datetime, datetime]


def write_pauses(spans: Iterable[Span], zone: ZoneInfo) -> str:
    """Write spans of aware moments as clock times of `zone`."""
    return ";".join(f"{_clock(first, zone)}-{_clock(last, zone)}" for first, last in spans)


def _clock(moment: datetime, zone: ZoneInfo) -> str:
    local = moment.astimezone(zone)
    return f"{local:%H:%M}{SECOND if local.fold else ''}"


def read_pauses(text: str, start: datetime, end: datetime, zone: ZoneInfo) -> tuple[Span, ...]:
    """Read clock times as aware moments of `zone` inside a shift.

    Raises
    ------
    ValueError
        A time is no clock time, or the clock does not show it between `start` and `end`.
    """
    spans = []
    for part in [piece for piece in text.split(";") if piece.strip()]:
        first, _, last = part.partition("-")
        begin = _moment(first, start, end, zone)
        spans.append((begin, _moment(last, begin, end, zone)))
    return tuple(spans)


def _moment(text: str, start: datetime, end: datetime, zone: ZoneInfo) -> datetime:
    """First moment from `start` to `end` at which the clock shows `text`."""
    minutes = parse_clock(text.strip().removesuffix(SECOND)) % DAY_MINUTES
    clock = time(minutes // 60, minutes % 60, fold=int(text.strip().endswith(SECOND)))
    first = start.astimezone(zone).date()
    for day in (first, first + timedelta(days=1), first + timedelta(days=2)):
        moment = datetime.combine(day, clock, tzinfo=zone)
        if start.timestamp() <= moment.timestamp() <= end.timestamp():
            return moment
    raise ValueError(f'"{text}" is not between {start:%H:%M} and {end:%H:%M}')
