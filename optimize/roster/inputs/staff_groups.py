"""People -> staff groups of interchangeable people, and subgroups that share days away and rest."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

import pandas as pd

from configs.errors import Fault, InfeasibleError
from configs.skills import skills_of
from configs.tables import records
from configs.units import DAY_MINUTES
from optimize.roster.inputs.availability import Availability
from optimize.roster.inputs.leave import last_end, leave_days, leave_of, meets, outside_leave
from optimize.roster.inputs.patterns import WEEK, always
from optimize.roster.inputs.people import paid_minutes
from optimize.roster.inputs.previous import still_at_work
from optimize.roster.inputs.too_few import too_few_days
from optimize.roster.inputs.week import CarryOver, ShiftType, StaffGroup, Subgroup, allows
from optimize.roster.inputs.workload import Load, Ways, WorkdayRules, hours, load_of, ways_to_work
from optimize.roster.schedule.break_windows import break_windows
from optimize.roster.schedule.day import begins_on

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from configs.horizon import Horizon
    from configs.schema import Config, Contract
    from optimize.roster.inputs.leave import LeaveSpan
    from optimize.roster.inputs.patterns import Pattern
    from optimize.roster.inputs.people import People
    from optimize.roster.inputs.previous import Previous

Skills = tuple[int, ...]


def make_staff_groups(
    config: Config, horizon: Horizon, people: People
) -> tuple[tuple[StaffGroup, ...], CarryOver | None]:
    """Group people who differ only in their days away: same contract, skills, availability and shift types.

    Also returns the people of the previous week who are still at work; None where that week is not known.

    Raises
    ------
    InfeasibleError
        Guaranteed days cannot be worked; one fault for each subgroup.
    """
    number = {channel: i for i, channel in enumerate(config.channels)}
    groups, previous = _groups(config, horizon, people, number), people.previous
    left = {} if previous is None else _left_at_work(previous, horizon, number)
    pools = {skills: pool for pool, skills in enumerate(sorted({alike.skills for alike in groups} | set(left)))}
    staff_groups: list[StaffGroup] = []
    faults: list[Fault] = []
    for name, (alike, members) in enumerate(sorted(groups.items(), key=_in_order)):
        contract = config.contracts[alike.contract]
        rest = math.ceil(contract.rest / timedelta(minutes=horizon.interval_min))
        try:
            subgroups = _subgroups(contract, alike.shift_types, horizon, members, rest)
        except InfeasibleError as error:
            faults += error.faults
            continue
        skills = alike.skills
        staff_groups.append(
            StaffGroup(str(name), alike.contract, skills, pools[skills], alike.shift_types, subgroups, rest)
        )
    if faults:
        raise InfeasibleError(faults)
    if previous is None:
        return tuple(staff_groups), None
    return tuple(staff_groups), CarryOver({pools[s]: s for s in left}, {pools[s]: there for s, there in left.items()})


@dataclass(frozen=True)
class _Alike:
    """What the people of a staff group share; `available` is the text of their hours."""

    contract: str
    skills: Skills
    available: str
    shift_types: tuple[ShiftType, ...]


def _groups(config: Config, horizon: Horizon, people: People, number: dict[str, int]) -> dict[_Alike, list[_Person]]:
    """People by what they have in common, in the order of the agents."""
    groups: dict[_Alike, list[_Person]] = defaultdict(list)
    leave, previous, shifts = leave_of(people, horizon), people.previous, _Shifts(config, horizon)
    ended, running = (previous.ended(), previous.days_running()) if previous else ({}, {})
    for row in records(people.agents):
        agent, name = str(row["agent"]), str(row["contract"])
        contract, spans = config.contracts[name], leave.get(agent, [])
        available = "" if pd.isna(row.get("available")) else str(row.get("available"))
        shift_types = shifts.of(name, available)
        load = load_of(contract, row, leave_days(horizon, shift_types, spans))
        bound = contract.guaranteed or hours(row.get("hours_min"), 0.0) > 0
        rested = ended[agent] + contract.rest if agent in ended else None
        worked = None if previous is None else running.get(agent, 0)
        alike = _Alike(name, _numbers(row, number), available, outside_leave(shift_types, spans))
        groups[alike].append(_Person(agent, load, bound, spans, rested, worked))
    return groups


def _in_order(group: tuple[_Alike, list[_Person]]) -> Any:  # noqa: ANN401 - a key
    alike, members = group
    starts = tuple(shift_type.starts for shift_type in alike.shift_types)
    return alike.contract, alike.skills, alike.available, starts, members[0].agent


class _Shifts:
    """Shift types by contract and availability, each made once."""

    def __init__(self, config: Config, horizon: Horizon) -> None:
        self._config, self._horizon = config, horizon
        self._made: dict[tuple[str, str], tuple[ShiftType, ...]] = {}

    def of(self, name: str, available: str) -> tuple[ShiftType, ...]:
        """Shift types of people of a contract who are available as the text says."""
        if (name, available) not in self._made:
            contract, hours = self._config.contracts[name], Availability.parse(available)
            kinds = range(len(contract.shifts))
            self._made[name, available] = tuple(shift_type_of(contract, i, self._horizon, hours) for i in kinds)
        return self._made[name, available]


def _numbers(row: dict[str, Any], number: dict[str, int]) -> Skills:
    """Channel numbers of a person's skills; a skill that is not a channel of this plan is left out."""
    return tuple(sorted(number[skill] for skill in skills_of(str(row["skills"])) if skill in number))


def _left_at_work(previous: Previous, horizon: Horizon, number: dict[str, int]) -> dict[Skills, NDArray[np.float64]]:
    """People of the previous week still at work in each interval, by set of skills."""
    skills = {str(row["agent"]): _numbers(row, number) for row in records(previous.agents)}
    skilled = {agent: numbers for agent, numbers in skills.items() if numbers}
    return still_at_work(previous, horizon).at_work(horizon, skilled, circle=False)


@dataclass(frozen=True)
class _Person:
    """What differs between the members of a staff group.

    `rested` is when the rest after the last shift of the previous week ends; `worked` counts the days worked in a row
    up to its end. None where there is no such shift or week.
    """

    agent: str
    load: Load
    guaranteed: bool
    leave: list[LeaveSpan]
    rested: pd.Timestamp | None
    worked: int | None


def shift_type_of(contract: Contract, number: int, horizon: Horizon, available: Availability) -> ShiftType:
    """One of a contract's shifts on the grid of the horizon, for people available as given."""
    step = timedelta(minutes=horizon.interval_min)
    shift = contract.shifts[number]
    minutes = int(shift.length.total_seconds() // 60)
    starts = []
    for day in range(horizon.days):
        works = horizon.date(day).weekday() in shift.days
        begins = {horizon.moment(begins_on(horizon, day, m, shift.length), m) for m in (shift.starts if works else ())}
        clocks = {moment: moment.tz_convert(horizon.zone) for moment in begins}
        allowed = [m for m, at in clocks.items() if available.allows(at.weekday(), at.hour * 60 + at.minute, minutes)]
        starts.append(tuple(sorted({horizon.index(moment) for moment in allowed})))
    return ShiftType(number, break_windows(contract, shift, step), tuple(starts))


@dataclass(frozen=True, order=True)
class _Ties:
    """What the people of a subgroup share; `row` is how many days in a row they may work from the first day on."""

    away: tuple[int, ...]
    load: Load
    guaranteed: bool
    first: int
    row: int
    until: tuple[tuple[int, int], ...]


def _subgroups(
    contract: Contract, shift_types: tuple[ShiftType, ...], horizon: Horizon, members: list[_Person], rest: int
) -> tuple[Subgroup, ...]:
    groups: dict[_Ties, list[str]] = defaultdict(list)
    closed = _away(shift_types, [], 0)
    spans_days = max(shift_type.length for shift_type in shift_types) + rest > DAY_MINUTES // horizon.interval_min
    for person in members:
        first = _first(shift_types, horizon, person.rested)
        away = _away(shift_types, person.leave, first) if person.leave or first else closed
        until = _until(shift_types, person.leave, away)
        row = min(WEEK, max(0, contract.max_consecutive_days - (person.worked or 0)))
        groups[_Ties(away, person.load, person.guaranteed, first, row, until)].append(person.agent)
    circle = all(person.worked is None for person in members)
    subgroups: dict[tuple[_Ties, Ways], list[str]] = defaultdict(list)
    for ties, agents in sorted(groups.items()):
        rows = WorkdayRules(
            contract.max_consecutive_days,
            None if circle else max(0, contract.max_consecutive_days - ties.row),
            contract.days_off == "together",
            partial(_rests, _shifts_by_day(shift_types, ties), rest, horizon.size if circle else None)
            if spans_days
            else always,
        )
        free = ties.away == closed and ties.row >= min(WEEK, rows.most)
        ways = _patterns(contract, shift_types, agents, ties, rows, unhindered=free)
        subgroups[replace(ties, row=WEEK), ways] += agents
    return tuple(
        Subgroup(
            tuple(sorted(agents)),
            ties.away,
            ties.guaranteed,
            ways.patterns,
            ties.load.days,
            ties.first,
            ties.until,
            ways.type_sequences,
            ways.choice,
        )
        for (ties, ways), agents in sorted(subgroups.items())
    )


def _shifts_by_day(shift_types: tuple[ShiftType, ...], ties: _Ties) -> tuple[tuple[tuple[int, int], ...], ...]:
    """Start and length of each shift of a day that leave and the rest from the previous week allow."""
    return tuple(
        tuple(
            (start, shift_type.length)
            for shift_type in shift_types
            for start in shift_type.starts[day]
            if allows(start, shift_type.length, ties.first, ties.until, day)
        )
        for day in range(WEEK)
    )


def _rests(shifts: tuple[tuple[tuple[int, int], ...], ...], rest: int, ring: int | None, pattern: Pattern) -> bool:
    """Whether some shifts of these days leave `rest` between them; across the end of the week too where it is a `ring`.

    The earliest possible end is best for every later shift, so only the choice of the first shift has to be tried.
    """

    def closes(first: tuple[int, int]) -> bool:
        """Whether every later day has a shift after the rest, and on a ring also the first day of the next round."""
        free = sum(first) + rest
        for day in pattern[1:]:
            ends = [start + length for start, length in shifts[day] if start >= free]
            if not ends:
                return False
            free = min(ends) + rest
        return ring is None or free <= first[0] + ring

    return not pattern or any(closes(first) for first in shifts[pattern[0]])


def _first(shift_types: tuple[ShiftType, ...], horizon: Horizon, rested: pd.Timestamp | None) -> int:
    """First start after somebody's rest from the previous week; 0 where the rest rules out no start."""
    if rested is None or rested <= horizon.begin:
        return 0
    moment = math.ceil((rested - horizon.begin) / pd.Timedelta(minutes=horizon.interval_min))
    starts = sorted({start for shift_type in shift_types for day in shift_type.starts for start in day})
    if not starts or starts[0] >= moment:
        return 0
    return next((start for start in starts if start >= moment), horizon.size)


def _patterns(
    contract: Contract,
    shift_types: tuple[ShiftType, ...],
    agents: list[str],
    ties: _Ties,
    rows: WorkdayRules,
    *,
    unhindered: bool,
) -> Ways:
    """Ways to place the working days; where none meets the rules, with as many days as possible.

    Raises
    ------
    InfeasibleError
        Guaranteed days cannot be placed, though neither leave nor the previous week limits these people.
    """
    paid = tuple(paid_minutes(contract, shift_type.number) / 60 for shift_type in shift_types)

    def can(day: int, f: int) -> bool:
        return any(
            allows(start, shift_types[f].length, ties.first, ties.until, day) for start in shift_types[f].starts[day]
        )

    ways = ways_to_work(ties.load, ties.away, rows, paid, can)
    if not ways.patterns and ties.load.days and ties.guaranteed and unhindered:
        raise InfeasibleError(too_few_days(contract, agents, ties.load.least, ties.away, rows))
    for days in range(ties.load.days, 0, -1):
        if not ways.patterns:
            ways = ways_to_work(Load(days, days, 0.0, ties.load.high), ties.away, rows, paid, can)
    return ways if ways.patterns else Ways(((),))


def _away(shift_types: tuple[ShiftType, ...], spans: list[LeaveSpan], first: int) -> tuple[int, ...]:
    """Days on which no shift may begin, because of leave, availability or the rest from the previous week."""
    return tuple(
        day
        for day in range(WEEK)
        if not any(s >= first and not meets(spans, s, s + f.length) for f in shift_types for s in f.starts[day])
    )


def _until(
    shift_types: tuple[ShiftType, ...], spans: list[LeaveSpan], away: tuple[int, ...]
) -> tuple[tuple[int, int], ...]:
    """Days whose latest shifts would run into leave, with the latest end that is still allowed."""
    ends = [(day, last_end(shift_types, spans, day)) for day in range(WEEK) if spans and day not in away]
    return tuple((day, end) for day, end in ends if end is not None)
