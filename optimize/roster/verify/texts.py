"""The verifier's own reading of breaks and activities, as moments of local time; nothing outside reads with it.

It looks for each clock time on the local days of the shift, where `optimize.roster.schedule.codec` calculates with
offsets to UTC: a mistake in one of them shows as a difference.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from configs.break_times import SECOND
from configs.units import DAY_MINUTES, parse_clock

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

Row = dict[str, Any]
Spans = tuple[tuple[datetime, datetime], ...]


@dataclass(frozen=True)
class Segment:
    """One activity of a shift."""

    name: str
    start: datetime
    end: datetime


def breaks_of(row: Row, zone: ZoneInfo) -> Spans | None:
    """Breaks of a row of the roster; None where its text cannot be read."""
    try:
        return _spans(_text(row.get("breaks")), row["start"].to_pydatetime(), row["end"].to_pydatetime(), zone)
    except ValueError:
        return None


def activities_of(row: Row, zone: ZoneInfo) -> tuple[Segment, ...] | None:
    """Activities of a row of the roster; None where its text cannot be read."""
    start, end = row["start"].to_pydatetime(), row["end"].to_pydatetime()
    found = []
    try:
        for part in filter(None, map(str.strip, _text(row.get("activities")).split(";"))):
            name, _, clocks = part.rpartition(" ")
            if not name.strip() or "-" not in clocks:
                return None
            found += [Segment(name.strip(), *span) for span in _spans(clocks, start, end, zone)]
    except ValueError:
        return None
    return tuple(found)


def _text(cell: object) -> str:
    return cell if isinstance(cell, str) else ""


def _spans(text: str, start: datetime, end: datetime, zone: ZoneInfo) -> Spans:
    spans = []
    for part in filter(str.strip, text.split(";")):
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
    raise ValueError(text)
