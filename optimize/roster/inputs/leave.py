"""Effect of leave: the shifts it overlaps, and the days on which it leaves none."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

import pandas as pd

from configs.tables import records

if TYPE_CHECKING:
    from collections.abc import Sequence

    from configs.horizon import Horizon
    from optimize.roster.inputs.people import People
    from optimize.roster.inputs.week import ShiftType

LeaveSpan = tuple[float, float]
"""Begin and end of leave in intervals of the horizon, parts of one included."""


def leave_of(people: People, horizon: Horizon) -> dict[str, list[LeaveSpan]]:
    """Spans of leave by agent."""
    step = pd.Timedelta(minutes=horizon.interval_min)
    spans: dict[str, list[LeaveSpan]] = defaultdict(list)
    for row in records(people.leave):
        begin, end = ((row[name] - horizon.begin) / step for name in ("start", "end"))
        spans[str(row["agent"])].append((begin, end))
    return spans


def meets(spans: Sequence[LeaveSpan], start: float, end: float) -> bool:
    """Whether leave overlaps the intervals from `start` up to `end`."""
    return any(begin < end and start < until for begin, until in spans)


def whole_days(horizon: Horizon, spans: Sequence[LeaveSpan]) -> frozenset[int]:
    """Days of the horizon that leave covers whole, from 0 on; an end at 23:59 counts."""
    step = pd.Timedelta(minutes=horizon.interval_min)
    edges = [(horizon.moment(day, 0) - horizon.begin) / step for day in range(horizon.days + 1)]
    minute = 1 / horizon.interval_min
    return frozenset(
        day
        for day in range(horizon.days if spans else 0)
        if any(begin <= edges[day] and until >= edges[day + 1] - minute for begin, until in spans)
    )


def leave_days(horizon: Horizon, shift_types: Sequence[ShiftType], spans: Sequence[LeaveSpan]) -> int:
    """Days of leave that count as working days: leave covers the day, or overlaps every shift that begins on it."""
    step = pd.Timedelta(minutes=horizon.interval_min)
    edges = [(horizon.moment(day, 0) - horizon.begin) / step for day in range(horizon.days + 1)]
    whole = whole_days(horizon, spans)
    count = 0
    for day in range(horizon.days if spans else 0):
        opens, closes = edges[day], edges[day + 1]
        shifts = [(start, start + shift_type.length) for shift_type in shift_types for start in shift_type.starts[day]]
        none_left = bool(shifts) and all(meets(spans, *shift) for shift in shifts)
        count += day in whole or (none_left and meets(spans, opens, closes))
    return count


def last_end(shift_types: Sequence[ShiftType], spans: Sequence[LeaveSpan], day: int) -> int | None:
    """Latest end of a shift that leave allows on a day; None where leave overlaps none of its shifts, or all."""
    ends = [(start, start + shift_type.length) for shift_type in shift_types for start in shift_type.starts[day]]
    allowed = [end for start, end in ends if not meets(spans, start, end)]
    return max(allowed) if allowed and len(allowed) < len(ends) else None


def outside_leave(shift_types: tuple[ShiftType, ...], spans: Sequence[LeaveSpan]) -> tuple[ShiftType, ...]:
    """Shift types without the starts that overlap leave, on days where a latest end is not enough to exclude them.

    Leave of whole days excludes late shifts of the day before; a latest end says so, and people stay interchangeable.
    Leave of a few hours may allow shifts before and after it.
    """
    days = range(len(shift_types[0].starts)) if spans else range(0)
    cut = {day for day in days if not _fixed_by_last_end(shift_types, spans, day)}
    if not cut:
        return shift_types
    return tuple(
        replace(
            shift_type,
            starts=tuple(
                tuple(s for s in starts if not (day in cut and meets(spans, s, s + shift_type.length)))
                for day, starts in enumerate(shift_type.starts)
            ),
        )
        for shift_type in shift_types
    )


def _fixed_by_last_end(shift_types: Sequence[ShiftType], spans: Sequence[LeaveSpan], day: int) -> bool:
    last = last_end(shift_types, spans, day)
    shifts = [(start, start + shift_type.length) for shift_type in shift_types for start in shift_type.starts[day]]
    taken = [meets(spans, *shift) for shift in shifts]
    return last is None or all(gone == (end > last) for (_, end), gone in zip(shifts, taken, strict=True))
