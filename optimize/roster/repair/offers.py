"""Who may take an open shift, and which swaps help: one shift at a time, everything else as published."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from optimize.roster.inputs.leave import meets
from optimize.roster.inputs.patterns import WEEK
from optimize.roster.inputs.shift_slot import ShiftSlot
from optimize.roster.program.published import may_work
from optimize.roster.repair.people import own_of, paid_h

if TYPE_CHECKING:
    from collections.abc import Sequence

    from configs.schema import Config
    from optimize.roster.inputs.week import Week
    from optimize.roster.repair.people import Own, Person, Staff
    from optimize.roster.schedule.shift import Shift

Work = tuple[int, int, int]
"""Day, begin and end of a shift, in intervals of the week."""


@dataclass(frozen=True)
class Taker:
    """Somebody who may take an open shift, with its paid hours and cost, breaks at their earliest."""

    agent: str
    name: str
    paid_h: float
    cost: float


@dataclass(frozen=True)
class OpenShift:
    """A published shift that nobody works any more, and who may take it, cheapest first."""

    shift: Shift
    takers: tuple[Taker, ...]


@dataclass(frozen=True)
class Swap:
    """Two people who may exchange shifts: the absent person works `theirs`, and `agent` the open shift."""

    shift: Shift
    agent: str
    theirs: Shift


def open_shifts(config: Config, week: Week, staff: Staff) -> tuple[OpenShift, ...]:
    """Each lost shift with the people of the same skills who may take it next to all their published shifts."""
    return tuple(
        OpenShift(shift, tuple(sorted(_takers(config, week, staff, shift), key=lambda each: (each.cost, each.agent))))
        for shift in staff.lost
    )


def swaps(config: Config, week: Week, staff: Staff) -> tuple[Swap, ...]:
    """Exchanges with somebody who is absent for a part of the week, each lawful for both."""
    by_agent = {person.agent: person for person in staff.people}
    found = []
    for shift in staff.lost:
        absent, lost = by_agent.get(shift.agent), own_of(week, shift)
        if absent is None:
            continue
        for person in staff.people:
            if person is absent or not _serves(week, person, absent) or not _serves(week, absent, person):
                continue
            for own in person.own:
                gives = (own.day, own.start, own.end)
                takes = (lost.day, lost.start, lost.end)
                if own.locked or gives == takes:
                    continue
                others = tuple(each for each in person.own if each is not own)
                if _may_add(config, week, person, others, takes) and _may_add(config, week, absent, absent.own, gives):
                    found.append(Swap(shift, person.agent, own.shift))
    return tuple(found)


def _takers(config: Config, week: Week, staff: Staff, shift: Shift) -> list[Taker]:
    lost = own_of(week, shift)
    work = (lost.day, lost.start, lost.end)
    absent = next((person for person in staff.people if person.agent == shift.agent), None)
    found = []
    for person in staff.people:
        able = absent is not None and person is not absent and _serves(week, person, absent)
        if able and _may_add(config, week, person, person.own, work):
            found.append(_priced(config, week, person, work))
    return found


def _serves(week: Week, person: Person, other: Person) -> bool:
    """Whether somebody serves every channel of another."""
    mine, theirs = (set(week.staff_groups[each.staff_group].skills) for each in (person, other))
    return theirs <= mine


def _type_of(week: Week, person: Person, work: Work) -> int | None:
    """Shift type of a person's contract with these moments that leave, availability and absence allow."""
    day, start, end = work
    group = week.staff_groups[person.staff_group]
    if not 0 <= day < WEEK or day in person.closed or meets(person.absent, start, end):
        return None
    for f, shift_type in enumerate(group.shift_types):
        same = start in shift_type.starts[day] and start + shift_type.length == end
        if same and may_work(group, group.subgroups[person.subgroup], ShiftSlot(day, start, f)):
            return f
    return None


def _may_add(config: Config, week: Week, person: Person, own: Sequence[Own], work: Work) -> bool:
    """Whether a person may work one more shift next to some of their own: day, days, hours, runs and rest."""
    f, limits = _type_of(week, person, work), person.limits
    days = {each.day for each in own}
    if f is None or work[0] in days or len(own) + 1 > limits.most or (limits.least > 1 and len(own) + 1 < limits.least):
        return False
    paid = paid_h(config, week.staff_groups[person.staff_group], f) + sum(each.shift.paid_h for each in own)
    if paid > limits.high + 1e-9:
        return False
    return _runs(week, person, days | {work[0]}) and _rests(week, person, own, work)


def _runs(week: Week, person: Person, days: set[int]) -> bool:
    """Whether no run of working days is too long, and days off are together where they must be."""
    limits, circle = person.limits, week.before is None
    ring = [day % WEEK in days for day in range(2 * WEEK)] if circle else [day in days for day in range(WEEK)]
    run, longest = limits.running or 0, 0
    for worked in ring:
        run = run + 1 if worked else 0
        longest = max(longest, run)
    if (min(longest, WEEK) if circle else longest) > limits.row:
        return False
    runs = sum((day + 1) % WEEK not in days for day in days)
    return limits.block is None or len(days) < limits.block or runs <= 1


def _rests(week: Week, person: Person, own: Sequence[Own], work: Work) -> bool:
    """Whether the rest of the contract lies between the shift and each of the others, around the week if a circle."""
    rest = week.staff_groups[person.staff_group].rest
    _, start, end = work
    turns = (-week.size, 0, week.size) if week.before is None else (0,)
    return all(each.start + turn >= end + rest or each.end + turn + rest <= start for each in own for turn in turns)


def _priced(config: Config, week: Week, person: Person, work: Work) -> Taker:
    group, f = week.staff_groups[person.staff_group], _type_of(week, person, work)
    if f is None:
        return Taker(person.agent, person.name, 0.0, math.inf)
    shift_type, wages = group.shift_types[f], week.prices.wages[group.contract]
    unpaid: set[int] = set()
    placed = shift_type.breaks.cheapest(lambda _k, offset: float(offset))
    for break_type, offset in zip(shift_type.break_types, placed[1] if placed else (), strict=False):
        if not break_type.paid:
            unpaid |= set(range(work[1] + offset, work[1] + offset + break_type.length))
    moments = [t for t in range(work[1], work[2]) if t not in unpaid]
    cost = float(sum(wages[t] for t in moments)) * week.horizon.interval_h
    return Taker(person.agent, person.name, paid_h(config, group, f), round(cost, 2))
