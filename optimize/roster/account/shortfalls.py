"""Where a finished roster is short of people, in spans, and why nobody was put there."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from optimize.roster.result import Shortfall
from optimize.roster.schedule.intervals import on_break

if TYPE_CHECKING:
    from collections.abc import Iterator

    from optimize.roster.inputs.patterns import Pattern
    from optimize.roster.inputs.week import StaffGroup, Subgroup, Week
    from optimize.roster.persons.tours import Tour
    from optimize.roster.result import ShortReason
    from optimize.roster.schedule.schedule import Schedule

TOLERANCE = 1e-6


def shortfalls(week: Week, named: dict[str, Tour], schedule: Schedule, coverage: pd.DataFrame) -> tuple[Shortfall, ...]:
    """Spans in which live channels are short, most agent-hours first.

    Neighbouring intervals are one span while their reason is the same. The reason is what stands in the way of one
    more person: first that no start reaches the interval, then days, then rest, then breaks, and else the price.
    """
    people = [_person(week, named, agent, c, h) for c, h, agent in _agents(week)]
    breaks = _on_break(week, schedule)
    found: list[Shortfall] = []
    for m in sorted(week.live):
        rows = coverage[coverage["channel"] == week.channels[m]].sort_values("start")
        short = rows["shortage"].to_numpy(dtype=float)
        team = _team([person for person in people if m in week.staff_groups[person.staff_group].skills])
        missing = np.flatnonzero(short > TOLERANCE).tolist()
        reasons: dict[int, ShortReason] = {t: _reason(week, team, breaks, t) for t in missing}
        found += _spans(week, m, short, reasons)
    return tuple(sorted(found, key=lambda each: (-each.agent_h, each.start, each.channel)))


def _spans(week: Week, m: int, short: np.ndarray, reasons: dict[int, ShortReason]) -> Iterator[Shortfall]:
    starts, step = week.horizon.starts, pd.Timedelta(minutes=week.horizon.interval_min)
    places = list(enumerate(sorted(reasons)))
    for _, group in groupby(places, key=lambda place: (place[1] - place[0], reasons[place[1]])):
        span = [t for _, t in group]
        begin, end = starts[span[0]], starts[span[-1]] + step
        missing = short[span]
        hours = float(missing.sum()) * week.horizon.interval_h
        zone = week.horizon.zone
        yield Shortfall(
            week.channels[m], begin.tz_convert(zone).to_pydatetime(), end.tz_convert(zone).to_pydatetime(),
            round(hours, 6), round(float(missing.max()), 6), reasons[span[0]],
        )  # fmt: skip


@dataclass(frozen=True)
class _Person:
    """One person: staff group, patterns with more days than they work, those days, and their shifts as (begin, end)."""

    agent: str
    staff_group: int
    patterns: tuple[Pattern, ...]
    free_days: tuple[int, ...]
    shifts: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class _Team:
    """Everybody with a skill: their names, their staff groups, and one of each kind of person who has days left."""

    agents: frozenset[str]
    staff_groups: tuple[int, ...]
    free: tuple[_Person, ...]


def _team(skilled: list[_Person]) -> _Team:
    """People who differ in name only are asked once."""
    kinds = {(who.staff_group, who.patterns, who.shifts): who for who in skilled if who.free_days}
    agents = frozenset(who.agent for who in skilled)
    return _Team(agents, tuple(sorted({who.staff_group for who in skilled})), tuple(kinds.values()))


def _agents(week: Week) -> Iterator[tuple[int, int, str]]:
    for c, staff_group in enumerate(week.staff_groups):
        for h, subgroup in enumerate(staff_group.subgroups):
            yield from ((c, h, agent) for agent in subgroup.agents)


def _person(week: Week, named: dict[str, Tour], agent: str, c: int, h: int) -> _Person:
    staff_group = week.staff_groups[c]
    shift_slots = named[agent].shift_slots if agent in named else ()
    worked = {shift_slot.day: shift_slot.shift_type for shift_slot in shift_slots}
    longer = tuple(dict.fromkeys(_longer(staff_group.subgroups[h], worked)))
    free = tuple(sorted({day for pattern in longer for day in pattern} - set(worked)))
    shifts = tuple((s.start, s.start + staff_group.shift_types[s.shift_type].length) for s in shift_slots)
    return _Person(agent, c, longer, free, shifts)


def _longer(subgroup: Subgroup, worked: dict[int, int]) -> Iterator[Pattern]:
    """Patterns with more days than somebody works, the shift types of those days kept where hours are limited."""
    for p, pattern in enumerate(subgroup.patterns):
        if set(worked) < set(pattern) and all(subgroup.takes(p, *shift) for shift in worked.items()):
            yield pattern
    for day, kinds in enumerate(subgroup.choice.can if subgroup.choice else ()):
        for kind in kinds if day not in worked else ():
            week = {**worked, day: kind}
            days = tuple(sorted(week))
            if subgroup.choice and subgroup.choice.holds(days, tuple(week[each] for each in days)):
                yield days


def _on_break(week: Week, schedule: Schedule) -> dict[int, set[str]]:
    """People on a break in each interval."""
    found: dict[int, set[str]] = {}
    for shift in schedule.shifts:
        for t in on_break(shift, week.horizon).tolist():
            found.setdefault(t % week.size, set()).add(shift.agent)
    return found


def _reason(week: Week, team: _Team, breaks: dict[int, set[str]], t: int) -> ShortReason:
    """What stands in the way of one more person in interval `t`."""
    reach = {c: _reaching(week, week.staff_groups[c], t) for c in team.staff_groups}
    if not any(reach.values()):
        return "no-start"
    choices = [(who, shift) for who in team.free for shift in reach[who.staff_group] if shift[0] in who.free_days]
    resting = not team.agents.isdisjoint(breaks.get(t, ()))
    if not choices:
        return "on-break" if resting else "all-at-work"
    if not any(_rested(week, who, *shift) for who, shift in choices):
        return "too-little-rest"
    return "on-break" if resting else "costs-more"


def _reaching(week: Week, staff_group: StaffGroup, t: int) -> list[tuple[int, int, int]]:
    """Shifts (day, start, length) of a staff group that are at work in interval `t` of the circle of the week."""
    size = week.size
    return [
        (day, start, shift_type.length)
        for shift_type in staff_group.shift_types
        for day, starts in enumerate(shift_type.starts)
        for start in starts
        if (t - start) % size < shift_type.length
    ]


def _rested(week: Week, person: _Person, day: int, start: int, length: int) -> bool:
    """Whether a shift keeps the rest to all others of a person, the week read as a circle.

    Who works not at all works a whole pattern or none; then one of their patterns must have room around the shift.
    """
    rest, size = week.staff_groups[person.staff_group].rest, week.size
    if not person.shifts:
        return any(_workable(week, person, pattern, (day, start, length)) for pattern in person.patterns)
    return all(
        (begin - start - length) % size >= rest and (start - end) % size >= rest and (begin - start) % size >= length
        for begin, end in person.shifts
    )


def _workable(week: Week, person: _Person, pattern: Pattern, fixed: tuple[int, int, int]) -> bool:
    """Whether every day of a pattern finds a shift with rest before it, each ending as early as it can."""
    staff_group, free = week.staff_groups[person.staff_group], -week.size
    for day in pattern if fixed[0] in pattern else ():
        shifts = (
            [fixed[1:]] if day == fixed[0] else [(s, f.length) for f in staff_group.shift_types for s in f.starts[day]]
        )
        ends = [start + length for start, length in shifts if start >= free]
        if not ends:
            return False
        free = min(ends) + staff_group.rest
    return fixed[0] in pattern
