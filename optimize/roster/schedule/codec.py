"""The text of breaks and activities in the ``roster`` table: local clock times such as ``12:00-12:30;15:15-15:30``.

An activity has its name before its times: ``training 10:00-11:00``. When the clock goes back, an hour comes twice; its
second pass is marked with a star: ``01:15*-01:30*``. Moments are UTC.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from configs.break_times import SECOND, clock_of
from configs.units import DAY_MINUTES, parse_clock
from optimize.roster.schedule.shift import PlannedActivity

if TYPE_CHECKING:
    from collections.abc import Iterable
    from zoneinfo import ZoneInfo

    from optimize.roster.schedule.shift import Span

PARTS = ";"
DAY, NOTHING = timedelta(days=1), timedelta(0)
Offsets = tuple[timedelta, ...]


def write_breaks(spans: Iterable[Span], zone: ZoneInfo) -> str:
    """Write spans as clock times of `zone`."""
    return PARTS.join(_clocks(*span, zone) for span in spans)


def read_breaks(text: str, start: datetime, end: datetime, zone: ZoneInfo) -> tuple[Span, ...]:
    """Read what `write_breaks` wrote of a shift from `start` to `end`.

    Raises
    ------
    ValueError
        A time is not a clock time, or the clock does not show it within the shift.
    """
    offsets = _offsets(start, end, zone)
    return tuple([_span(part, start, end, offsets, zone) for part in _parts(text)])


def write_activities(activities: Iterable[PlannedActivity], zone: ZoneInfo) -> str:
    """Write activities with clock times of `zone`: ``training 10:00-11:00;coaching 14:00-14:30``."""
    return PARTS.join(f"{each.name} {_clocks(each.start, each.end, zone)}" for each in activities)


def read_activities(text: str, start: datetime, end: datetime, zone: ZoneInfo) -> tuple[PlannedActivity, ...]:
    """Read what `write_activities` wrote of a shift from `start` to `end`.

    Raises
    ------
    ValueError
        A part has no name, or times that do not lie within the shift.
    """
    found, offsets = [], _offsets(start, end, zone)
    for part in _parts(text):
        name, _, clocks = part.rpartition(" ")
        if not name.strip() or "-" not in clocks:
            raise ValueError(f'"{part}" is not an activity; write one such as "training 10:00-11:00"')
        found.append(PlannedActivity(name.strip(), *_span(clocks, start, end, offsets, zone)))
    return tuple(found)


def _parts(text: str) -> list[str]:
    return [part.strip() for part in text.split(PARTS) if part.strip()]


def _clocks(start: datetime, end: datetime, zone: ZoneInfo) -> str:
    return f"{clock_of(start.astimezone(zone))}-{clock_of(end.astimezone(zone))}"


def _span(text: str, start: datetime, end: datetime, offsets: Offsets, zone: ZoneInfo) -> Span:
    first, _, last = text.partition("-")
    begin = _moment(first.strip(), start, end, offsets, zone)
    return begin, _moment(last.strip(), begin, end, offsets, zone)


def _offsets(start: datetime, end: datetime, zone: ZoneInfo) -> Offsets:
    """Offsets to UTC the clock has during a shift: two where it changes, in order of time."""
    first, last = start.astimezone(zone).utcoffset() or NOTHING, end.astimezone(zone).utcoffset() or NOTHING
    return (first,) if first == last else (first, last)


def _moment(text: str, start: datetime, end: datetime, offsets: Offsets, zone: ZoneInfo) -> datetime:
    """First moment from `start` to `end` at which the clock shows `text`.

    Under one offset local time passes evenly, so that each offset gives one moment to try; it counts where the clock
    then shows the text, star included.
    """
    wanted = _time_of_day(text)
    for offset in offsets:
        moment = start + (wanted.since_midnight - _since_midnight(start + offset)) % DAY
        shown = moment.astimezone(zone)
        if moment <= end and shown.fold == wanted.fold and _since_midnight(shown) == wanted.since_midnight:
            return moment
    first, last = start.astimezone(zone), end.astimezone(zone)
    raise ValueError(f'"{text}" is not between {first:%H:%M} and {last:%H:%M}')


class _TimeOfDay(NamedTuple):
    since_midnight: timedelta
    fold: int


@cache
def _time_of_day(text: str) -> _TimeOfDay:
    minutes = parse_clock(text.removesuffix(SECOND)) % DAY_MINUTES
    return _TimeOfDay(timedelta(minutes=minutes), int(text.endswith(SECOND)))


def _since_midnight(moment: datetime) -> timedelta:
    return timedelta(0, moment.second, moment.microsecond, 0, moment.minute, moment.hour)
