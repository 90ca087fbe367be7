"""The finished roster: tables, cost, bound and notices of a week whose people are known."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from configs.tables import records
from optimize.roster.account.contracted import fewer_hours
from optimize.roster.account.notices import due_outside_worked_hours, fewer_days, over_the_edge, single_days_off
from optimize.roster.account.price import price
from optimize.roster.account.scope import assumptions, days_given_up, staffs_apart
from optimize.roster.account.shortfalls import shortfalls
from optimize.roster.account.tables import coverage_table
from optimize.roster.account.target_counts import target_counts
from optimize.roster.facts import DaysGivenUp, WeeksCutShort, WeeksTogether
from optimize.roster.finish.status import status_of
from optimize.roster.inputs.away import away_notes
from optimize.roster.persons.changes import changes_between
from optimize.roster.persons.finished import finished_schedule
from optimize.roster.result import Relaxed, Roster
from optimize.roster.wish_facts import WishesRefused

if TYPE_CHECKING:
    from collections.abc import Iterator

    from configs.horizon import Horizon
    from configs.notes import Noticed
    from configs.schema import Config
    from optimize.roster.facts import Assumption
    from optimize.roster.finish.assigned import Assigned
    from optimize.roster.inputs.decided import Decided
    from optimize.roster.inputs.people import People
    from optimize.roster.inputs.service_model import ServicePlan
    from optimize.roster.persons.activity_assignment import ActivityAssignment
    from optimize.roster.program import Program
    from optimize.roster.program.budget import Record
    from optimize.roster.whole_week.found import Found
    from optimize.roster.wish_facts import RefusedWish


MOST_WISHES = 3
"""Wishes named with what granting them would cost."""
ROUNDING = 1e-9
"""Share of the cost by which a bound may lie above it for want of digits."""


def finished_roster(
    config: Config, people: People, found: Found, assigned: Assigned, record: Record, service: ServicePlan | None
) -> Roster:
    """The finished week as tables, with its cost, bound and notices."""
    program, named, assignment = found.program, assigned.named, assigned.assignment
    week, values = program.week, assignment.values
    names = {str(row["agent"]): str(row["name"] or row["agent"]) for row in records(people.agents)}
    schedule = finished_schedule(week, named, assignment, names)
    coverage = coverage_table(program, values)
    changes = changes_between(people, schedule)
    cost = price(config, program, schedule, coverage, changes)
    bound, given = _bound(found, people, cost.total)
    gap = max(0.0, (cost.total - bound) / cost.total) if cost.total > 0 else 0.0
    given_up = days_given_up(program, values)
    kept = not given_up
    apart = staffs_apart(config, people, service=service is not None)
    made = Roster(
        table=schedule.table,
        coverage=coverage,
        people=people,
        status=status_of(gap, config.roster.gap, record, proven=kept, apart=apart, stopped=found.stopped),
        cost=cost,
        bound=bound,
        gap=None if given_up else gap,
        seconds=0.0,
        left_out=len(given_up),
        days_given_up=given_up,
        changes=changes,
        shortfalls=shortfalls(week, named, schedule, coverage),
        assumes=(*assumptions(config, people, kept=kept, service=service is not None), *given),
        interrupted=found.stopped,
        limits_hit=record.hits(),
        relaxed=Relaxed(found.relaxed.values, found.relaxed.duals, found.relaxed.bound),
        zone=schedule.zone,
        planned=schedule,
        cost_before_naming=found.cost,
        targets=target_counts(program, coverage, found.relaxed),
        service=service,
        corrections=None if service is None else service.corrections,
        refused=_refused(people, week.horizon),
    )
    return replace(made, notes=tuple(_notes(config, program, made, assignment)))


def _bound(found: Found, people: People, cost: float) -> tuple[float, tuple[Assumption, ...]]:
    """The best bound known and what it assumes: that of the week alone, or that of weeks planned by name.

    One above the cost would mean that the search by name counts something the week does not; it proves nothing.
    """
    decided = people.decided
    named = None if decided is None else decided.bound_of(found.program.week.horizon.first)
    if decided is None or named is None or not found.bound < named <= cost * (1 + ROUNDING):
        return found.bound, ()
    return min(named, cost), ("rules", "weeks") if decided.weeks > 1 else ("rules",)


def _of_all_weeks(decided: Decided) -> Iterator[Noticed]:
    """Notices about weeks planned together: what they cost, and whether time ended the search."""
    if decided.bound is not None:
        yield WeeksTogether("roster", decided.weeks, decided.cost, decided.bound)
    if decided.cut_short:
        yield WeeksCutShort("roster", decided.weeks)


def _refused(people: People, horizon: Horizon) -> tuple[RefusedWish, ...]:
    """Wishes for days of this week that the shifts decided do not grant."""
    every = () if people.decided is None else people.decided.refused
    return tuple(wish for wish in every if 0 <= (wish.day - horizon.first).days < horizon.days)


def _dearest(config: Config, refused: tuple[RefusedWish, ...]) -> Iterator[WishesRefused]:
    if refused:
        priced = sorted((each for each in refused if each.cost is not None), key=lambda each: -(each.cost or 0.0))
        impossible = len(refused) - len(priced)
        yield WishesRefused(config.roster.requests or "requests", len(refused), impossible, tuple(priced[:MOST_WISHES]))


def _notes(config: Config, program: Program, made: Roster, assignment: ActivityAssignment) -> Iterator[Noticed]:
    """Notices about people, working days, edges of the week and activities."""
    week, people = program.week, made.people
    yield from people.notes
    if people.decided is not None:
        yield from _of_all_weeks(people.decided)
    yield from away_notes(config, week.horizon, people)
    yield from _dearest(config, made.refused)
    yield from fewer_days(week)
    yield from due_outside_worked_hours(week)
    if made.left_out:
        yield DaysGivenUp("roster", made.left_out, made.days_given_up)
    yield from over_the_edge(week, made.schedule)
    yield from fewer_hours(config, week, people, made.schedule)
    yield from single_days_off(config, people.previous, week.horizon.first, made.schedule)
    yield from assignment.missed
