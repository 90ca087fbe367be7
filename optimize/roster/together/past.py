"""Earlier rosters of one person as rules see them: by day before the first planned one, which is day 0."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from typing import TYPE_CHECKING

import pandas as pd

from optimize.roster.schedule.schedule import Schedule

if TYPE_CHECKING:
    from collections.abc import Iterable

    from configs.horizon import Horizon
    from configs.rules.person import Kind
    from optimize.roster.inputs.leave import LeaveSpan
    from optimize.roster.inputs.people import People
    from optimize.roster.schedule.shift import Shift

WEEK = 7
MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class PastShift:
    """A shift of an earlier day: kinds, clock time of its start, minutes paid and worked, both ends in intervals."""

    day: int
    kinds: frozenset[str]
    clock: int
    paid: int
    worked: int
    begin: float
    end: float


@dataclass(frozen=True)
class Past:
    """Days from `known`, 0 or before, up to day -1; on those without a shift the person was off.

    `leave` has the days, of them and of the planned ones, that leave takes whole.
    """

    known: int = 0
    shifts: tuple[PastShift, ...] = ()
    leave: frozenset[int] = frozenset()

    @cached_property
    def by_day(self) -> dict[int, PastShift]:
        """The last shift of each day with any."""
        return {shift.day: shift for shift in self.shifts}

    def is_day(self, day: int, word: str) -> bool:
        """Whether a known day is "off", "work", or has a shift of a kind."""
        shift = self.by_day.get(day)
        if shift is None:
            return word == "off"
        return word == "work" or word in shift.kinds


def past_of(
    people: People, agent: str, horizon: Horizon, kinds: Iterable[Kind], spans: list[LeaveSpan], planned: frozenset[int]
) -> Past:
    """Read the earlier rosters of a person.

    Parameters
    ----------
    people
        With the previous week, and what it knows of earlier ones.
    agent
        The person.
    horizon
        The planned days.
    kinds
        Kinds of shifts that rules name.
    spans, planned
        Leave of the person, and the planned days that it takes whole.
    """
    previous = people.previous
    if previous is None or agent not in set(previous.agents["agent"].astype(str)):
        return Past(leave=planned)
    table = previous.so_far
    mine = Schedule.from_table(table[table["agent"] == agent], horizon.zone, previous.label).shifts
    kinds = tuple(kinds)
    shifts = sorted((_seen(shift, horizon, kinds) for shift in mine), key=lambda each: each.begin)
    known = min([-WEEK, *(_monday(horizon, each.day) for each in shifts)])
    away = frozenset(day for day in range(known, 0) if _is_away(horizon, day, spans))
    return Past(known, tuple(each for each in shifts if each.day < 0), planned | away)


def _seen(shift: Shift, horizon: Horizon, kinds: tuple[Kind, ...]) -> PastShift:
    begin, end = pd.Timestamp(shift.start), pd.Timestamp(shift.end)
    step, local = pd.Timedelta(minutes=horizon.interval_min), begin.tz_convert(horizon.zone)
    clock, length = local.hour * 60 + local.minute, (end - begin) // MINUTE
    pauses = sum((last - first) // MINUTE for first, last in shift.breaks)
    names = frozenset(kind.name for kind in kinds if kind.holds(local.weekday(), clock, length))
    opens, closes = (float((at - horizon.begin) / step) for at in (begin, end))
    day = (local.date() - horizon.first).days
    return PastShift(day, names, clock, round(shift.paid_h * 60), length - pauses, opens, closes)


def _monday(horizon: Horizon, day: int) -> int:
    return day - horizon.date(day).weekday()


def _is_away(horizon: Horizon, day: int, spans: list[LeaveSpan]) -> bool:
    step, minute = pd.Timedelta(minutes=horizon.interval_min), 1 / horizon.interval_min
    opens, closes = ((horizon.moment(each, 0) - horizon.begin) / step for each in (day, day + 1))
    return any(begin <= opens and until >= closes - minute for begin, until in spans)
