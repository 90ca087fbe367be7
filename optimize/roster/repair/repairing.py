"""A published roster and absences -> repaired rosters, each verified, with open shifts and swaps."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from configs.errors import DataError, Fault, VerificationError, nearest
from configs.tables import LEAVE, check, records
from optimize.roster.edited import judge
from optimize.roster.inputs.assemble import assemble
from optimize.roster.inputs.presence import people_at_work
from optimize.roster.inputs.service_model import NOTHING_LEARNT
from optimize.roster.inputs.service_plan import service_plan
from optimize.roster.persons.activity_assignment import ActivityAssignment
from optimize.roster.persons.breaks import assign_breaks
from optimize.roster.persons.changes import changes_between
from optimize.roster.persons.finished import finished_schedule
from optimize.roster.persons.tours import Tour
from optimize.roster.program.solver import solver_of
from optimize.roster.repair.offers import open_shifts, swaps
from optimize.roster.repair.people import staff_of
from optimize.roster.repair.result import USUAL, Alternative, AlternativeLeftOut, ChangedDay, Repair
from optimize.roster.repair.search import HALF, Situation, at_price, fewest_changes, unchanged
from optimize.roster.schedule.schedule import Schedule
from optimize.roster.verify import recount

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping
    from datetime import date, datetime
    from threading import Event

    from numpy.typing import NDArray

    from configs.horizon import Horizon
    from configs.schema import Config
    from optimize.roster.edited import Judged
    from optimize.roster.inputs.people import People
    from optimize.roster.inputs.week import Week
    from optimize.roster.repair.people import Staff
    from optimize.roster.repair.question import Absence, Question
    from optimize.roster.repair.result import Kind
    from optimize.roster.repair.search import Found
    from optimize.roster.result import Roster
    from optimize.roster.schedule.shift import Shift

SHARES: dict[Kind, float] = {"balanced": 1.0, "cheapest": 0.2}
"""Share of ``roster.change_cost`` at which an alternative at a price counts a change, in the order of the searches."""
ROUNDING = 1e-6
"""Share of a price by which two counts of it may differ."""


def repair_week(
    config: Config,
    horizon: Horizon,
    requirement: pd.DataFrame,
    published: Roster,
    question: Question,
    tell: Callable[[str, float | None], None] = lambda _word, _gap: None,
    end: Event | None = None,
    kinds: Collection[Kind] = USUAL,
) -> Repair:
    """Repair a published roster.

    Parameters
    ----------
    config
        The rules, costs and limits; ``roster.change_cost`` is the price of a changed cell.
    horizon
        The week.
    requirement
        The ``requirement`` table of the week.
    published
        The roster as published.
    question
        Who is absent, and what is locked.
    tell
        Called with the name of each stage.
    end
        Set by the caller to end the search.
    kinds
        The alternatives that are answered; each one at a price takes a search of its own.

    Raises
    ------
    DataError
        An absence of somebody unknown, outside the week, or that ends before it starts; a locked person or day unknown.
    VerificationError
        No alternative passes its recount: each breaks a rule that the published roster keeps, or is counted wrong.
    """
    _check(horizon, published.people, question)
    situation = situation_of(config, horizon, requirement, published, question)
    week, staff = situation.week, situation.staff
    solver = solver_of(config, end)
    tell("fewest changes", None)
    fewest = fewest_changes(situation, solver)
    found: dict[Kind, Found] = {"open": unchanged(fewest.found.program, solver), "fewest": fewest.found}
    tell("changes at a price", None)
    before = fewest.found
    for kind, share in SHARES.items():
        if kind in kinds:
            before = at_price(situation, fewest.places, share * config.roster.change_cost, before, solver)
            found[kind] = before
    tell("verifying", None)
    finish = _Finish(config, horizon, requirement, published, situation.people, staff, question.absences)
    made, left_out = finish.alternatives({kind: each for kind, each in found.items() if kind in kinds}, fewest.least)
    return Repair(made, open_shifts(config, week, staff), swaps(config, week, staff), left_out)


def situation_of(
    config: Config, horizon: Horizon, requirement: pd.DataFrame, published: Roster, question: Question
) -> Situation:
    """The week after the absences, before anybody changes: who is there, what they may take, what customers lack."""
    schedule = published.schedule
    people = with_absences(published.people, horizon, schedule, question.absences)
    week = _week(config, horizon, requirement, published, people)
    staff = staff_of(config, week, people, schedule, question)
    lack = published.cost.shortage + published.cost.late + published.cost.targets
    present = _present(config, horizon, week, published, Schedule.of(staff.kept, horizon.zone))
    return Situation(config, week, people, staff, present, lack * (1 + ROUNDING) + ROUNDING)


def with_absences(people: People, horizon: Horizon, schedule: Schedule, absences: Iterable[Absence]) -> People:
    """Return the people with absences as leave.

    Leave of a whole day counts as a working day. So absence is leave only where it takes a shift: on the day the shift
    begins, and after midnight up to its end. Illness on a day off takes no other working day away; the repair gives
    nobody a shift while they are absent.
    """
    edges = list(pairwise(horizon.moment(day, 0) for day in range(horizon.days + 1)))
    rows = []
    for absence in absences:
        shifts = schedule.by_agent.get(absence.agent, ())
        for day, (first, last) in enumerate(edges):
            start, until = max(absence.start, first), min(absence.end, last)
            met = [shift for shift in shifts if start < until and shift.overlaps(start, until)]
            if met and all(shift.day != horizon.date(day) for shift in met):
                until = min(until, max(pd.Timestamp(shift.end) for shift in met))
            if met:
                rows.append({"agent": absence.agent, "start": start, "end": until, "reason": "absent"})
    if not rows:
        return people
    more = check(pd.DataFrame(rows), LEAVE)
    leave = pd.concat([people.leave, more], ignore_index=True).sort_values(["agent", "start"], kind="stable")
    return replace(people, leave=leave.reset_index(drop=True))


def _check(horizon: Horizon, people: People, question: Question) -> None:
    known = sorted(str(agent) for agent in people.agents["agent"])
    faults = []
    for each in question.absences:
        where = f"absent {each.agent}"
        if each.agent not in known:
            faults.append(Fault(where, f'agent "{each.agent}" is not among the agents{nearest(each.agent, known)}'))
        elif each.end <= each.start:
            faults.append(Fault(where, f"the absence ends ({each.end}) before it starts ({each.start})"))
        elif each.end <= horizon.begin or each.start >= horizon.end:
            days = f"{horizon.first} to {horizon.date(horizon.days - 1)}"
            faults.append(Fault(where, f"the absence from {each.start} is outside the week, {days}"))
    for agent, day in sorted(question.locked.cells, key=str):
        if agent not in known:
            faults.append(Fault(f"locked {agent}", f'agent "{agent}" is not among the agents{nearest(agent, known)}'))
        elif day is not None and not 0 <= (day - horizon.first).days < horizon.days:
            faults.append(Fault(f"locked {agent}", f"{day} is outside the week that begins on {horizon.first}"))
    if faults:
        raise DataError(faults)


def _week(config: Config, horizon: Horizon, requirement: pd.DataFrame, published: Roster, people: People) -> Week:
    """The week with the service targets as the published roster was planned for them."""
    week = assemble(config, horizon, requirement, people)
    if not published.targets:
        return week
    found = service_plan(config, horizon, requirement, people.agents, published.corrections or NOTHING_LEARNT)
    if found is None:
        return week
    price = {each.key: each.price for each in published.targets}
    return replace(week, service=found.model.priced(tuple(price.get(row.key, row.price) for row in found.model.rows)))


def _present(config: Config, horizon: Horizon, week: Week, published: Roster, kept: Schedule) -> NDArray[np.float64]:
    """People at work in the kept shifts and from the previous week: one row for each pool."""
    number = {channel: m for m, channel in enumerate(week.channels)}
    there = people_at_work(config, replace(published, table=kept.table, planned=kept), horizon)
    by_skills: dict[tuple[int, ...], NDArray[np.float64]] = {}
    for names, counts in there.items():
        skills = tuple(sorted(number[name] for name in names if name in number))
        by_skills[skills] = by_skills.get(skills, np.zeros(week.size)) + counts
    return np.array([by_skills.get(skills, np.zeros(week.size)) for skills in week.pools])


class _Finish:
    """Repairs found -> finished rosters, verified."""

    def __init__(
        self,
        config: Config,
        horizon: Horizon,
        requirement: pd.DataFrame,
        published: Roster,
        people: People,
        staff: Staff,
        absences: tuple[Absence, ...],
    ) -> None:
        self._config, self._horizon, self._requirement, self._published = config, horizon, requirement, published
        self._people, self._staff, self._absences = replace(people, published=None), staff, absences
        alone = replace(published.people, published=None)
        self._broken = set(recount(config, requirement, replace(published, people=alone)).broken)

    def alternatives(
        self, found: Mapping[Kind, Found], least: int | None
    ) -> tuple[tuple[Alternative, ...], tuple[AlternativeLeftOut, ...]]:
        """Those that pass their recount, and those that do not with what it found; one at least passes.

        `least` is that of the fewest changes.
        """
        made, left_out = [], []
        for kind, each in found.items():
            try:
                made.append(self._alternative(kind, each, least if kind == "fewest" else None))
            except VerificationError as error:
                left_out.append(AlternativeLeftOut(kind, error.faults))
        if not made:
            raise VerificationError(dict.fromkeys(fault for each in left_out for fault in each.faults))
        return tuple(made), tuple(left_out)

    def _alternative(self, kind: Kind, found: Found, least: int | None) -> Alternative:
        schedule = self._schedule(found)
        asked = replace(self._published, people=self._people)
        judged = judge(self._config, self._horizon, self._requirement, asked, schedule, self._people)
        broken = (*self._broken_in(judged), *self._at_work_absent(schedule))
        new = [fault for fault in broken if fault not in self._broken]
        if new:
            raise VerificationError(new)
        compared = replace(self._people, published=self._published.table)
        changes = changes_between(compared, schedule)
        if changes is None:
            raise VerificationError("a repair has no published roster to compare with")
        cost = replace(judged.roster.cost, changes=0.0)
        roster = replace(judged.roster, cost=cost)
        return Alternative(kind, roster, changes, self._changed(schedule), found.as_before, least)

    def _broken_in(self, judged: Judged) -> tuple[Fault, ...]:
        """Rules a repaired roster breaks; guaranteed days that the published one gave up are given up here too."""
        given_up = self._published.left_out
        if not given_up:
            return judged.broken
        return recount(self._config, self._requirement, replace(judged.roster, left_out=given_up)).broken

    def _at_work_absent(self, schedule: Schedule) -> list[Fault]:
        """Shifts of people while they are absent; absence without a shift is not among the leave that is recounted."""
        return [
            Fault(f"roster: agent {each.agent}", f"works from {shift.start} to {shift.end}, while absent")
            for each in self._absences
            for shift in schedule.by_agent.get(each.agent, ())
            if shift.overlaps(each.start, each.end)
        ]

    def _schedule(self, found: Found) -> Schedule:
        """Kept shifts that are not dropped, and those that people take."""
        program, values = found.program, found.values
        kept, tours = [], {}
        for person in self._staff.people:
            columns = program.columns[person.agent]
            dropped = {own for own, column in columns.drop.items() if values[column] > HALF}
            kept += [own.shift for own in person.own if own not in dropped]
            slots = tuple(sorted(slot for slot, column in columns.slots.items() if values[column] > HALF))
            if slots:
                tours[person.agent] = Tour(person.staff_group, person.subgroup, slots)
        breaks = assign_breaks(program.layout, values, tours)
        names = {str(row["agent"]): str(row["name"] or row["agent"]) for row in records(self._people.agents)}
        attendance = ActivityAssignment(breaks, {}, (), values)
        taken = finished_schedule(replace(program.week, activities=()), tours, attendance, names)
        before = self._published.schedule
        return Schedule.of([*kept, *taken.shifts], before.zone, has_activities=before.has_activities)

    def _changed(self, schedule: Schedule) -> tuple[ChangedDay, ...]:
        """Days that differ, without shifts that their people cannot work."""
        lost = set(self._staff.lost)
        before = _by_day(shift for shift in self._published.schedule.shifts if shift not in lost)
        after = _by_day(schedule.shifts)
        found = []
        for agent, day in sorted({*before, *after}):
            was, now = before.get((agent, day), ()), after.get((agent, day), ())
            if _moments(was) != _moments(now):
                found.append(ChangedDay(agent, (*was, *now)[0].name, day, was, now))
        return tuple(found)


def _by_day(shifts: Iterable[Shift]) -> dict[tuple[str, date], tuple[Shift, ...]]:
    found: dict[tuple[str, date], tuple[Shift, ...]] = {}
    for shift in shifts:
        found[shift.agent, shift.day] = (*found.get((shift.agent, shift.day), ()), shift)
    return found


def _moments(shifts: Iterable[Shift]) -> list[tuple[datetime, datetime]]:
    return [(shift.start, shift.end) for shift in shifts]
