"""The ``breaks`` column: local clock times such as ``12:00-12:30;15:15-15:30``; ``activities`` puts names before them.

When the clock goes back an hour comes twice; its second pass is marked with a star: ``01:15*-01:30*``. Every text
with clock times is written this way, by `clock_of`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from configs.units import DAY_MINUTES, parse_clock

if TYPE_CHECKING:
    from collections.abc import Iterable
    from zoneinfo import ZoneInfo

SECOND = "*"
"""Mark of a clock time that the clock shows for the second time that night."""
Span = tuple[datetime, datetime]


@dataclass(frozen=True)
class Held:
    """One activity of a shift."""

    name: str
    start: datetime
    end: datetime


def write_activities(held: Iterable[Held], zone: ZoneInfo) -> str:
    """Write activities with clock times of `zone`: ``training 10:00-11:00;coaching 14:00-14:30``."""
    return ";".join(f"{each.name} {write_pauses([(each.start, each.end)], zone)}" for each in held)


def read_activities(text: str, start: datetime, end: datetime, zone: ZoneInfo) -> tuple[Held, ...]:
    """Read what `write_activities` wrote of a shift.

    Raises
    ------
    ValueError
        A part has no name, or times that do not lie inside the shift.
    """
    found = []
    for part in [piece.strip() for piece in text.split(";") if piece.strip()]:
        name, _, clocks = part.rpartition(" ")
        if not name.strip() or "-" not in clocks:
            raise ValueError(f'"{part}" is not an activity; write one such as "training 10:00-11:00"')
        found += [Held(name.strip(), *span) for span in read_pauses(clocks, start, end, zone)]
    return tuple(found)


def write_pauses(spans: Iterable[Span], zone: ZoneInfo) -> str:
    """Write spans of aware moments as clock times of `zone`."""
    return ";".join("-".join(clock_of(moment.astimezone(zone)) for moment in span) for span in spans)


def clock_of(local: datetime) -> str:
    """Write the clock time of a local moment, with a star when the clock shows it for the second time.

    >>> from zoneinfo import ZoneInfo
    >>> clock_of(datetime(2026, 10, 25, 1, 30, fold=1, tzinfo=ZoneInfo("Europe/London")))
    '01:30*'
    """
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
