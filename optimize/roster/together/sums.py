"""Rules about periods, runs, weekends and successions -> sums over days that the joined search watches.

A period counts what earlier weeks hold: its limits are less by that. Leave excuses as in the recount.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from configs.rules.person import HoursLimit
from optimize.roster.joined.watched import Tally

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from configs.rules.periods import Window
    from configs.rules.person import Limit, RunLimit, ShiftsLimit, SuccessionLimit, WeekendLimit
    from optimize.roster.together.calendar import Calendar

    Ints = NDArray[np.int64]

ANY = 10**7
"""More than any sum."""
HOUR = 60


def of_periods(limit: HoursLimit | ShiftsLimit, calendar: Calendar) -> Iterator[Tally]:
    """Hours, or shifts of a kind, in each window."""
    weights = _Weights(limit, calendar)
    price = limit.price if limit.price is None or not isinstance(limit, HoursLimit) else limit.price / HOUR
    for window in limit.windows:
        planned = [day for day in window.days if 0 <= day < calendar.days]
        before = sum(weights.earlier(day) for day in window.days if calendar.past.known <= day < 0)
        least, most = _limits(limit, window, calendar, before)
        if planned:
            made = np.stack([weights.planned(day) for day in planned])
            yield Tally(tuple((day,) for day in planned), made, least, most, price)


def _limits(limit: Limit, window: Window, calendar: Calendar, before: int) -> tuple[int, int]:
    """What is left of the limits of a window; a least only where all its days are known and leave does not excuse."""
    counts_leave = isinstance(limit, HoursLimit) and limit.leave_min is not None
    known = window.first >= calendar.past.known and window.last < calendar.days
    judged = limit.least is not None and known and (counts_leave or calendar.leave.isdisjoint(window.days))
    least = max(limit.least - before, 0) if judged and limit.least is not None else 0
    return least, ANY if limit.most is None else max(limit.most - before, 0)


class _Weights:
    """What each day counts for."""

    def __init__(self, limit: HoursLimit | ShiftsLimit, calendar: Calendar) -> None:
        self._limit, self._calendar = limit, calendar

    def planned(self, day: int) -> Ints:
        limit, shapes = self._limit, self._calendar.shapes
        if not isinstance(limit, HoursLimit):
            return self._calendar.cells(day, limit.of).astype(np.int64)
        minutes = shapes.paid if limit.paid else shapes.worked
        return np.append(minutes, 0) + self._of_leave(day)

    def earlier(self, day: int) -> int:
        limit, shift = self._limit, self._calendar.past.by_day.get(day)
        if not isinstance(limit, HoursLimit):
            return int(shift is not None and self._calendar.was(day, limit.of))
        minutes = 0 if shift is None else (shift.paid if limit.paid else shift.worked)
        return minutes + self._of_leave(day)

    def _of_leave(self, day: int) -> int:
        minutes = self._limit.leave_min if isinstance(self._limit, HoursLimit) else None
        return minutes if minutes is not None and day in self._calendar.leave else 0


def of_runs(limit: RunLimit, calendar: Calendar) -> Iterator[Tally]:
    """Runs too long, and runs too short that begin or end in the plan."""
    known = range(calendar.past.known, calendar.days)
    if limit.most is not None:
        away = calendar.leave if limit.of == "off" else frozenset()
        days = [day for day in known if day not in away]
        for first in range(len(days) - limit.most):
            run = days[first : first + limit.most + 1]
            yield from calendar.forbidden([calendar.item(day, limit.of) for day in run], limit.price)
    for length in range(1, limit.least or 1):
        missing = (limit.least or 1) - length
        price = None if limit.price is None else limit.price * missing
        for first in range(known.start + 1, calendar.days - length):
            around = range(first - 1, first + length + 1)
            if not calendar.leave.isdisjoint(around):
                continue
            inside = [calendar.item(day, limit.of) for day in around[1:-1]]
            ends = [calendar.item(day, limit.of, but=True) for day in (around[0], around[-1])]
            yield from calendar.forbidden([ends[0], *inside, ends[1]], price)


def of_weekends(limit: WeekendLimit, calendar: Calendar) -> Iterator[Tally]:
    """Weekends of each window, and split ones."""
    for window in limit.windows if limit.most is not None else ():
        weekends = list(_weekends(limit, calendar, window.days))
        worked = [days for days in weekends if any(day < 0 and calendar.was(day, "work") for day in days)]
        groups = tuple(_planned(calendar, days) for days in weekends if days not in worked)
        groups = tuple(group for group in groups if group)
        if groups:
            weights = np.stack([calendar.cells(day, "work") for group in groups for day in group]).astype(np.int64)
            most = max((limit.most or 0) - len(worked), 0)
            yield Tally(groups, weights, 0, most, limit.price)
    for days in _weekends(limit, calendar, range(1 - limit.length, calendar.days)) if limit.whole else ():
        if calendar.leave.isdisjoint(days):
            for one, two in pairwise(days):
                for first, second in ((("work",), ("off",)), (("off",), ("work",))):
                    yield from calendar.forbidden([calendar.item(one, *first), calendar.item(two, *second)])


def _planned(calendar: Calendar, days: range) -> tuple[int, ...]:
    return tuple(day for day in days if 0 <= day < calendar.days)


def _weekends(limit: WeekendLimit, calendar: Calendar, days: range) -> Iterator[range]:
    for day in days:
        if calendar.horizon.date(day).weekday() == limit.first:
            yield range(day, day + limit.length)


def of_succession(limit: SuccessionLimit, calendar: Calendar) -> Iterator[Tally]:
    """Days after certain days that may not be as they are."""
    length = len(limit.before)
    for day in range(max(0, calendar.past.known + length), calendar.days):
        before = range(day - length, day)
        if not calendar.leave.isdisjoint([*before, day]):
            continue
        pattern = [calendar.item(each, word) for each, word in zip(before, limit.before, strict=True)]
        words = limit.forbid or limit.allow
        yield from calendar.forbidden([*pattern, calendar.item(day, *words, but=bool(limit.allow))], limit.price)


def binding(tallies: Iterator[Tally]) -> list[Tally]:
    """Those that some roster breaks, without limits that others imply."""
    found: dict[tuple[object, ...], Tally] = {}
    for tally in tallies:
        if not tally.binds():
            continue
        key: tuple[object, ...] = (tally.groups, tally.weights.tobytes(), tally.price)
        if key in found and tally.price is None:
            same = found[key]
            tally = replace(same, least=max(same.least, tally.least), most=min(same.most, tally.most))  # noqa: PLW2901
        elif key in found:
            key = (*key, len(found))
        found[key] = tally
    return list(found.values())
