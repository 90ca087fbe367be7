"""People -> crews of interchangeable people, and cohorts within them: who is away when, and how rested they come."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from configs.errors import Fault, InfeasibleError
from configs.tables import records
from optimize.roster.inputs.availability import Availability
from optimize.roster.inputs.patterns import WEEK
from optimize.roster.inputs.people import paid_minutes, skills_of
from optimize.roster.inputs.previous import still_at_work
from optimize.roster.inputs.too_few import too_few_days
from optimize.roster.inputs.week import Before, Cohort, Crew, Family, allows
from optimize.roster.inputs.workload import Load, Mix, Rows, hours, load_of, ways_to_work

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from configs.horizon import Horizon
    from configs.schema import Config, Contract
    from optimize.roster.inputs.patterns import Pattern
    from optimize.roster.inputs.previous import Previous
    from optimize.roster.result import People

Span = tuple[pd.Timestamp, pd.Timestamp]
Skills = tuple[int, ...]


def make_crews(config: Config, horizon: Horizon, people: People) -> tuple[tuple[Crew, ...], Before | None]:
    """Group people who are interchangeable but for days away: same contract, skills, availability, kinds of shift.

    With them come the people the week before left at work; None where that week is not known.

    Raises
    ------
    InfeasibleError
        Guaranteed days cannot be worked; one fault for each group of people alike.
    """
    groups: dict[tuple[str, Skills, str, tuple[int, ...]], list[_Person]] = defaultdict(list)
    number = {channel: i for i, channel in enumerate(config.channels)}
    leave, previous = _leave(people), people.previous
    ended, running = (previous.ended(), previous.days_running()) if previous else ({}, {})
    for row in records(people.agents):
        agent = str(row["agent"])
        contract, spans = config.contracts[str(row["contract"])], leave.get(agent, [])
        skills = _numbers(row, number)
        load, kinds = load_of(contract, row, leave_days(horizon, spans))
        available = row.get("available")
        key = (str(row["contract"]), skills, "" if pd.isna(available) else str(available), kinds)
        bound = contract.guaranteed or hours(row.get("hours_min"), 0.0) > 0
        rested = ended[agent] + contract.rest if agent in ended else None
        worked = None if previous is None else running.get(agent, 0)
        groups[key].append(_Person(agent, load, bound, spans, rested, worked))
    left = {} if previous is None else _left_at_work(previous, horizon, number)
    pools = {skills: pool for pool, skills in enumerate(sorted({skills for _, skills, _, _ in groups} | set(left)))}
    crews: list[Crew] = []
    faults: list[Fault] = []
    for name, ((contract_name, skills, available, kinds), members) in enumerate(sorted(groups.items())):
        contract = config.contracts[contract_name]
        families = tuple(family_of(contract, i, horizon, Availability.parse(available)) for i in kinds)
        try:
            cohorts = _cohorts(contract, families, horizon, members)
        except InfeasibleError as error:
            faults += error.faults
            continue
        rest = math.ceil(contract.rest / timedelta(minutes=horizon.interval_min))
        crews.append(Crew(str(name), contract_name, skills, pools[skills], families, cohorts, rest))
    if faults:
        raise InfeasibleError(faults)
    if previous is None:
        return tuple(crews), None
    return tuple(crews), Before({pools[s]: s for s in left}, {pools[s]: there for s, there in left.items()})


def _numbers(row: dict[str, Any], number: dict[str, int]) -> Skills:
    """Channel numbers of a person's skills; skills that are no channel of this plan are left out."""
    return tuple(sorted(number[skill] for skill in skills_of(str(row["skills"])) if skill in number))


def _left_at_work(previous: Previous, horizon: Horizon, number: dict[str, int]) -> dict[Skills, NDArray[np.float64]]:
    """People of the week before at work in each interval, by set of skills."""
    skills = {str(row["agent"]): _numbers(row, number) for row in records(previous.agents)}
    present: dict[Skills, NDArray[np.float64]] = {}
    for agent, moments in still_at_work(previous, horizon):
        if skills.get(agent):
            present.setdefault(skills[agent], np.zeros(horizon.size))[moments] += 1
    return present


@dataclass(frozen=True)
class _Person:
    """What tells one member of a crew from another.

    `rested` is when the rest after the last shift of the week before ends, `worked` the days worked in a row up to
    its end; None where there is no such shift, or no such week.
    """

    agent: str
    load: Load
    guaranteed: bool
    leave: list[Span]
    rested: pd.Timestamp | None
    worked: int | None


def family_of(contract: Contract, number: int, horizon: Horizon, available: Availability) -> Family:
    """One of a contract's shifts on the grid of the horizon, for people available as given."""
    step = timedelta(minutes=horizon.interval_min)
    shift = contract.shifts[number]
    minutes = int(shift.length.total_seconds() // 60)
    starts = []
    for day in range(horizon.days):
        weekday = (horizon.first.weekday() + day) % 7
        moments = {horizon.moment(day, m) for m in shift.starts if weekday in shift.days}
        clocks = {moment: moment.tz_convert(horizon.zone) for moment in moments}
        allowed = [m for m, at in clocks.items() if available.allows(weekday, at.hour * 60 + at.minute, minutes)]
        starts.append(tuple(sorted({horizon.index(moment) for moment in allowed})))
    return Family(number, contract.break_rule(shift, step).tightened(), tuple(starts))


def _leave(people: People) -> dict[str, list[Span]]:
    spans: dict[str, list[Span]] = defaultdict(list)
    for row in records(people.leave):
        spans[str(row["agent"])].append((row["start"], row["end"]))
    return spans


@dataclass(frozen=True, order=True)
class _Ties:
    """What people of one cohort have in common; `row` is how many days they may work from the first day on."""

    away: tuple[int, ...]
    load: Load
    guaranteed: bool
    first: int
    row: int
    until: tuple[tuple[int, int], ...]


def _cohorts(
    contract: Contract, families: tuple[Family, ...], horizon: Horizon, members: list[_Person]
) -> tuple[Cohort, ...]:
    groups: dict[_Ties, list[str]] = defaultdict(list)
    closed = _away(families, horizon, [], 0)
    for person in members:
        first = _first(families, horizon, person.rested)
        away = _away(families, horizon, person.leave, first) if person.leave or first else closed
        until = _until(families, horizon, person.leave, away)
        row = min(WEEK, max(0, contract.max_consecutive_days - (person.worked or 0)))
        groups[_Ties(away, person.load, person.guaranteed, first, row, until)].append(person.agent)
    circle = all(person.worked is None for person in members)
    cohorts: dict[tuple[_Ties, tuple[Pattern, ...], tuple[Mix, ...]], list[str]] = defaultdict(list)
    for ties, agents in sorted(groups.items()):
        rows = Rows(
            contract.max_consecutive_days,
            None if circle else max(0, contract.max_consecutive_days - ties.row),
            contract.days_off == "together",
        )
        free = ties.away == closed and ties.row >= min(WEEK, rows.most)
        patterns, mixes = _patterns(contract, families, agents, ties, rows, unhindered=free)
        cohorts[replace(ties, row=WEEK), patterns, mixes] += agents
    return tuple(
        Cohort(
            tuple(sorted(agents)),
            ties.away,
            ties.guaranteed,
            patterns,
            ties.load.days,
            ties.first,
            ties.until,
            mixes,
        )
        for (ties, patterns, mixes), agents in sorted(cohorts.items())
    )


def _first(families: tuple[Family, ...], horizon: Horizon, rested: pd.Timestamp | None) -> int:
    """First start at which somebody has rested from the week before; 0 where that shuts out no start."""
    if rested is None or rested <= horizon.begin:
        return 0
    moment = math.ceil((rested - horizon.begin) / pd.Timedelta(minutes=horizon.interval_min))
    starts = sorted({start for family in families for day in family.starts for start in day})
    if not starts or starts[0] >= moment:
        return 0
    return next((start for start in starts if start >= moment), horizon.size)


def _patterns(
    contract: Contract,
    families: tuple[Family, ...],
    agents: list[str],
    ties: _Ties,
    rows: Rows,
    *,
    unhindered: bool,
) -> tuple[tuple[Pattern, ...], tuple[Mix, ...]]:
    """Ways to place the working days; where none keeps the rules, as many days as can be placed.

    Raises
    ------
    InfeasibleError
        For guaranteed days of people whom neither leave nor the week before hinders.
    """
    paid = tuple(paid_minutes(contract, family.number) / 60 for family in families)

    def can(day: int, f: int) -> bool:
        return any(allows(start, families[f].length, ties.first, ties.until, day) for start in families[f].starts[day])

    patterns, mixes = ways_to_work(ties.load, ties.away, rows, paid, can)
    if not patterns and ties.load.days and ties.guaranteed and unhindered:
        raise InfeasibleError(too_few_days(contract, agents, ties.load.least, ties.away))
    for days in range(ties.load.days, 0, -1):
        if not patterns:
            patterns, mixes = ways_to_work(Load(days, days, 0.0, ties.load.high), ties.away, rows, paid, can)
    return (patterns, mixes) if patterns else (((),), ())


def leave_days(horizon: Horizon, spans: list[Span]) -> int:
    """Days of the horizon that leave touches; each takes the place of a working day."""
    if not spans:
        return 0
    return sum(_touches(spans, horizon.moment(day, 0), horizon.moment(day + 1, 0)) for day in range(horizon.days))


def _away(families: tuple[Family, ...], horizon: Horizon, spans: list[Span], first: int) -> tuple[int, ...]:
    """Days on which no shift may begin: leave touches them, or none is allowed, rested for, or over before leave."""
    away = []
    for day in range(horizon.days):
        touched = _touches(spans, horizon.moment(day, 0), horizon.moment(day + 1, 0))
        leave = _next_leave(horizon, spans, day)
        if touched or not any(s >= first and s + f.length <= leave for f in families for s in f.starts[day]):
            away.append(day)
    return tuple(away)


def _until(
    families: tuple[Family, ...], horizon: Horizon, spans: list[Span], away: tuple[int, ...]
) -> tuple[tuple[int, int], ...]:
    """Days whose latest shifts would run into leave, with the latest end that does not."""
    limits = []
    for day in [] if not spans else [day for day in range(horizon.days) if day not in away]:
        leave = _next_leave(horizon, spans, day)
        ends = [s + f.length for f in families for s in f.starts[day]]
        if max(ends) > leave:
            limits.append((day, max(end for end in ends if end <= leave)))
    return tuple(limits)


def _next_leave(horizon: Horizon, spans: list[Span], day: int) -> float:
    """Interval before which shifts of the day must end, since leave begins in or after it; endless without leave."""
    step = pd.Timedelta(minutes=horizon.interval_min)
    midnight = horizon.moment(day, 0)
    return min(((begin - horizon.begin) // step for begin, end in spans if end > midnight), default=math.inf)


def _touches(spans: list[Span], start: pd.Timestamp, end: pd.Timestamp) -> bool:
    return any(begin < end and start < until for begin, until in spans)
