"""Everybody of a published week: the shifts they keep, the rules of their contract, and the shifts they may take."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pandas as pd

from configs.resting import most_days
from configs.tables import records
from optimize.roster.inputs.leave import meets
from optimize.roster.inputs.patterns import WEEK
from optimize.roster.inputs.people import paid_minutes
from optimize.roster.inputs.shift_slot import ShiftSlot
from optimize.roster.inputs.workload import hours
from optimize.roster.program.published import may_work

if TYPE_CHECKING:
    from collections.abc import Iterable

    from configs.schema import Config, Contract
    from optimize.roster.inputs.leave import LeaveSpan
    from optimize.roster.inputs.people import People
    from optimize.roster.inputs.week import StaffGroup, Subgroup, Week
    from optimize.roster.repair.question import Absence, Question
    from optimize.roster.schedule.schedule import Schedule
    from optimize.roster.schedule.shift import Shift


@dataclass(frozen=True)
class Own:
    """A published shift that its person can still work; `start` and `end` in intervals of the week."""

    shift: Shift
    day: int
    start: int
    end: int
    locked: bool


@dataclass(frozen=True)
class Limits:
    """Rules of one person's week.

    `most` and `least` working days (`least` holds as far as the published shifts reach it; 0 where any number is
    lawful), `given` guaranteed days (as far; 0 where none are), `row` days in a row with `running` of them before the
    week (None where the week is a circle), `block` days from which days off must be consecutive (None where they need
    not), and paid hours from `low` to `high`.
    """

    most: int
    least: int
    given: int
    row: int
    running: int | None
    block: int | None
    low: float
    high: float


@dataclass(frozen=True)
class Person:
    """Somebody of the week: where they stand in its staff groups, their shifts, limits, and when they are absent.

    `number` counts people in the order of their ids; `closed` are days that are locked, on which no shift is added.
    """

    number: int
    agent: str
    name: str
    staff_group: int
    subgroup: int
    own: tuple[Own, ...]
    limits: Limits
    absent: tuple[LeaveSpan, ...]
    closed: frozenset[int]

    def on(self, day: int) -> tuple[Own, ...]:
        """Published shifts of a day."""
        return tuple(own for own in self.own if own.day == day)


@dataclass(frozen=True)
class Staff:
    """Everybody of the week, and the shifts that absences take away."""

    people: tuple[Person, ...]
    lost: tuple[Shift, ...]

    @property
    def kept(self) -> tuple[Shift, ...]:
        """Shifts that can still be worked."""
        return tuple(own.shift for person in self.people for own in person.own)


def staff_of(config: Config, week: Week, people: People, schedule: Schedule, question: Question) -> Staff:
    """Everybody of the week, with the shifts of a published schedule that they can still work."""
    absent = _spans(week, question.absences)
    rows = {str(row["agent"]): row for row in records(people.agents)}
    running = None if people.previous is None else people.previous.days_running()
    on_leave = {str(agent) for agent in people.leave["agent"]}
    shifts, found = schedule.by_agent, []
    kept: set[Shift] = set()
    for c, staff_group in enumerate(week.staff_groups):
        contract = config.contracts[staff_group.contract]
        for h, subgroup in enumerate(staff_group.subgroups):
            for agent in subgroup.agents:
                spans = absent.get(agent, ())
                own = tuple(
                    each
                    for each in (_own(week, shift, question) for shift in shifts.get(agent, ()))
                    if not meets(spans, each.start, each.end)
                )
                kept |= {each.shift for each in own}
                before = None if running is None else running.get(agent, 0)
                limits = _limits(contract, subgroup, rows[agent], before, on_leave=agent in on_leave)
                closed = frozenset(day for day in range(WEEK) if question.locked.holds(agent, week.horizon.date(day)))
                found.append(Person(0, agent, str(rows[agent]["name"] or agent), c, h, own, limits, spans, closed))
    found.sort(key=lambda person: person.agent)
    people_in_order = tuple(replace(person, number=number) for number, person in enumerate(found))
    return Staff(people_in_order, tuple(shift for shift in schedule.shifts if shift not in kept))


def _spans(week: Week, absences: Iterable[Absence]) -> dict[str, tuple[LeaveSpan, ...]]:
    step = pd.Timedelta(minutes=week.horizon.interval_min)
    spans: dict[str, tuple[LeaveSpan, ...]] = {}
    for each in absences:
        span = ((each.start - week.horizon.begin) / step, (each.end - week.horizon.begin) / step)
        spans[each.agent] = (*spans.get(each.agent, ()), span)
    return spans


def _own(week: Week, shift: Shift, question: Question) -> Own:
    locked = question.locked
    return own_of(week, shift, locked=locked.shifts or locked.holds(shift.agent, shift.day))


def own_of(week: Week, shift: Shift, *, locked: bool = False) -> Own:
    """A shift with its moments in intervals of the week."""
    horizon = week.horizon
    start = horizon.index(pd.Timestamp(shift.start))
    length = math.ceil((shift.end - shift.start) / timedelta(minutes=horizon.interval_min))
    return Own(shift, (shift.day - horizon.first).days, start, start + length, locked)


def _limits(
    contract: Contract, subgroup: Subgroup, row: dict[str, Any], running: int | None, *, on_leave: bool
) -> Limits:
    """Rules as the recount holds them: leave, the previous week and limits of hours excuse people from some."""
    low, high = (hours(row.get(name), default) for name, default in (("hours_min", 0.0), ("hours_max", math.inf)))
    available = row.get("available")
    unlimited = high == math.inf and not (isinstance(available, str) and available.strip())
    hindered = on_leave or _tired(contract, subgroup, running)
    days = contract.min_days or contract.days_per_week
    together = contract.days_off == "together" and unlimited and not on_leave and most_days(contract) == WEEK
    return Limits(
        most=subgroup.days,
        least=(contract.min_days or 0) if unlimited and not hindered else 0,
        given=days if contract.guaranteed and high == math.inf and not hindered else 0,
        row=contract.max_consecutive_days,
        running=running,
        block=days if together else None,
        low=0.0 if hindered else low,
        high=high,
    )


def _tired(contract: Contract, subgroup: Subgroup, running: int | None) -> bool:
    """Whether rest or days in a row from the previous week may prevent somebody from working all contract days."""
    if running is None:
        return False
    return subgroup.first > 0 or running + contract.days_per_week > contract.max_consecutive_days


def slots_of(week: Week, person: Person) -> tuple[ShiftSlot, ...]:
    """Shifts a person may take, one at a time: leave, availability, absence and locked days allow them.

    On a day of a shift that is locked there are none. Rest and days follow from what else they work.
    """
    staff_group = week.staff_groups[person.staff_group]
    days = [day for day in range(WEEK) if day not in person.closed and not any(own.locked for own in person.on(day))]
    same = {(own.day, own.start, own.end) for own in person.own}
    return tuple(
        slot
        for f, shift_type in enumerate(staff_group.shift_types)
        for day in days
        for slot in (ShiftSlot(day, start, f) for start in shift_type.starts[day])
        if _open_to(staff_group, person, slot) and (day, slot.start, slot.start + shift_type.length) not in same
    )


def _open_to(staff_group: StaffGroup, person: Person, slot: ShiftSlot) -> bool:
    end = slot.start + staff_group.shift_types[slot.shift_type].length
    return may_work(staff_group, staff_group.subgroups[person.subgroup], slot) and not meets(
        person.absent, slot.start, end
    )


def paid_h(config: Config, staff_group: StaffGroup, f: int) -> float:
    """Paid hours of a shift type of a staff group."""
    return paid_minutes(config.contracts[staff_group.contract], staff_group.shift_types[f].number) / 60
