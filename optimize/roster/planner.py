"""The steps that make a roster: relax, round, place breaks, improve, link tours, name, recount."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from configs.errors import InfeasibleError
from configs.tables import records
from optimize.roster.account.contracted import fewer_hours
from optimize.roster.account.notices import due_outside_worked_hours, fewer_days, over_the_edge, single_days_off
from optimize.roster.account.price import price
from optimize.roster.account.scope import assumptions, days_given_up, staffs_apart
from optimize.roster.account.shortfalls import shortfalls
from optimize.roster.account.tables import coverage_table
from optimize.roster.account.target_counts import target_counts
from optimize.roster.advice.diagnosis import diagnose
from optimize.roster.facts import DaysGivenUp
from optimize.roster.inputs.assemble import assemble
from optimize.roster.inputs.away import away_notes
from optimize.roster.inputs.people import People, check_people
from optimize.roster.persons.activity_assignment import ActivityAssignment, assign_activities
from optimize.roster.persons.breaks import assign_breaks, keep_published_breaks
from optimize.roster.persons.changes import changes_between, check_published
from optimize.roster.persons.finished import finished_schedule
from optimize.roster.persons.minimal_change_tours import minimal_change_tours, patterns_of
from optimize.roster.persons.naming import name_tours
from optimize.roster.persons.person_by_person import people_can_work, search_persons
from optimize.roster.persons.tours import Tour, counts_of, make_tours
from optimize.roster.program.budget import NO_GAP, Limits
from optimize.roster.program.problem import Problem
from optimize.roster.program.published import published_slots, published_values
from optimize.roster.program.solution import Solution, require
from optimize.roster.program.solver import solver_of
from optimize.roster.result import Relaxed, Roster, Status
from optimize.roster.search.at_prices import at_prices
from optimize.roster.search.generation import carried, complete, is_open, relax
from optimize.roster.search.neighbourhood_search import neighbourhood_search, place_breaks, whole_numbers
from optimize.roster.search.price_rounds import rounded_at_prices
from optimize.roster.search.relax_and_fix import whole_days
from optimize.roster.search.rounding import LARGEST_WHOLE_SEARCH, round_patterns, round_shifts
from optimize.roster.verify import verify

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from threading import Event

    import pandas as pd
    from numpy.typing import NDArray

    from configs.horizon import Horizon
    from configs.notes import Noticed
    from configs.schema import Config
    from optimize.roster.inputs.service_model import ServicePlan
    from optimize.roster.inputs.week import Week
    from optimize.roster.program import Program
    from optimize.roster.program.budget import Record
    from optimize.roster.program.published import PublishedRoster
    from optimize.roster.program.solver import Solver

    Tell = Callable[[str, float | None], None]

WHOLE_NODES = 500
"""Branch-and-bound nodes for a small week as a whole; most are proven within them, and others gain little beyond."""
NEAR_GAP_FACTOR = 1.1
"""Multiple of the gap asked for up to which neighbourhood search reaches it sooner than days one by one."""


def plan_week(
    config: Config,
    horizon: Horizon,
    requirement: pd.DataFrame,
    people: People,
    tell: Tell = lambda _word, _gap: None,
    end: Event | None = None,
    service: ServicePlan | None = None,
) -> Roster:
    """Make, price and verify the roster of a week.

    Parameters
    ----------
    config
        The rules, costs and limits.
    horizon
        The week.
    requirement
        The ``requirement`` table; every interval of the week and every channel.
    people
        Agents, leave and requests.
    tell
        Called with the name of the stage and, while searching, the gap.
    end
        Set by the caller to end the search; the best week so far then becomes the roster, as "interrupted".
    service
        Targets over a day or a week, where a channel has one; the requirement of such channels is a floor.

    Raises
    ------
    InterruptedSearchError
        `end` was set before there was a whole week.
    InfeasibleError
        The guaranteed days of a contract cannot be worked within its rules.
    VerificationError
        The recount differs.
    """
    begun = time.perf_counter()
    solver = solver_of(config, end)
    check_published(config, horizon, people)
    week = _assembled(config, horizon, requirement, people, service)
    tell("building the program", None)
    published_roster = published_slots(week, people.published, config.roster.change_cost)
    found = _search(week, published_roster, solver, tell)
    assigned = _assign_people(config, found, people, solver.to_finish())
    roster = _roster(config, people, found, assigned, solver.budget.record, service)
    roster = replace(roster, seconds=time.perf_counter() - begun)
    tell("verifying", roster.gap)
    verify(config, requirement, roster)
    return roster


def relaxed_week(
    config: Config,
    horizon: Horizon,
    requirement: pd.DataFrame,
    people: People,
    service: ServicePlan | None,
    end: Event | None = None,
) -> tuple[Program, Solution]:
    """Solve a week without whole numbers, as `plan_week` begins; the program has the prices of the relaxed week."""
    solver = solver_of(config, end)
    week = _assembled(config, horizon, requirement, people, service)
    published_roster = published_slots(week, people.published, config.roster.change_cost)
    program, relaxed = _relaxed(week, published_roster, solver)
    return at_prices(program, relaxed)


def _assembled(
    config: Config, horizon: Horizon, requirement: pd.DataFrame, people: People, service: ServicePlan | None
) -> Week:
    week = assemble(config, horizon, requirement, check_people(config, people))
    return replace(week, service=None if service is None else service.model)


@dataclass(frozen=True)
class _Assigned:
    """The tour of each person, with breaks and activities."""

    named: dict[str, Tour]
    assignment: ActivityAssignment


def _assign_people(config: Config, found: _Found, people: People, solver: Solver) -> _Assigned:
    """Assign the shifts found, their breaks and the activities to people."""
    program = found.program
    values, named = _named(config, found, people, solver)
    values, breaks = keep_published_breaks(program, values, named, assign_breaks(program, values, named), solver)
    return _Assigned(named, assign_activities(program, values, named, breaks, solver))


def _roster(
    config: Config,
    people: People,
    found: _Found,
    assigned: _Assigned,
    record: Record,
    service: ServicePlan | None,
) -> Roster:
    """The finished week as tables, with its cost, bound and notices."""
    program, named, assignment = found.program, assigned.named, assigned.assignment
    week, values = program.week, assignment.values
    names = {str(row["agent"]): str(row["name"] or row["agent"]) for row in records(people.agents)}
    schedule = finished_schedule(week, named, assignment, names)
    coverage = coverage_table(program, values)
    changes = changes_between(people, schedule)
    cost = price(config, program, schedule, coverage, changes)
    gap = max(0.0, (cost.total - found.bound) / cost.total) if cost.total > 0 else 0.0
    given_up = days_given_up(program, values)
    apart = staffs_apart(config, people, service=service is not None)
    made = Roster(
        table=schedule.table,
        coverage=coverage,
        people=people,
        status=_status(gap, config.roster.gap, found, record, proven=not given_up, apart=apart),
        cost=cost,
        bound=found.bound,
        gap=None if given_up else gap,
        seconds=0.0,
        left_out=len(given_up),
        days_given_up=given_up,
        changes=changes,
        shortfalls=shortfalls(week, named, schedule, coverage),
        assumes=assumptions(config, people, kept=not given_up, service=service is not None),
        interrupted=found.stopped,
        limits_hit=record.hits(),
        relaxed=Relaxed(found.relaxed.values, found.relaxed.duals, found.relaxed.bound),
        zone=schedule.zone,
        planned=schedule,
        cost_before_naming=found.cost,
        targets=target_counts(program, coverage, found.relaxed),
        service=service,
        corrections=None if service is None else service.corrections,
    )
    return replace(made, notes=tuple(_notes(config, program, made, assignment)))


@dataclass(frozen=True)
class _Found:
    """A program, column values of a whole week, a proven bound of any, and the relaxation.

    `stopped` says whether the search was interrupted. `tours` are those of small staff groups, where the week was found
    person by person.
    """

    program: Program
    values: NDArray[np.float64]
    bound: float
    relaxed: Solution
    stopped: bool = False
    tours: tuple[Tour, ...] = ()

    @property
    def cost(self) -> float:
        """Cost of the week as the program counts it."""
        return float(self.program.model.cost() @ self.values)


def _search(week: Week, published_roster: PublishedRoster | None, solver: Solver, tell: Tell) -> _Found:
    """Relax, round, improve; small weeks are then searched whole, which also raises their bound."""
    tell("relaxing the week", None)
    program, relaxed = at_prices(*_relaxed(week, published_roster, solver))
    tell("rounding", None)
    values = _whole_numbers(program, relaxed, solver, tell)
    values = _nearer_to_published(program, values, solver.to_finish())
    found = _Found(program, values, relaxed.bound, relaxed)
    if _names_kinds(program):
        found = _searched_all(_searched_whole(found, solver, tell), published_roster, solver, tell)
    values = neighbourhood_search(found.program, found.values, found.bound, solver, tell)
    found = _searched_whole(replace(found, values=values), solver, tell)
    found = _searched_persons(_searched_all(found, published_roster, solver, tell), solver, tell)
    return replace(found, stopped=solver.budget.interrupted)


def _relaxed(week: Week, published_roster: PublishedRoster | None, solver: Solver) -> tuple[Program, Solution]:
    """The week without whole numbers; a week that nobody can work is told with what is in the way."""
    program, relaxed = relax(week, published_roster, solver.for_the_floor())
    if relaxed.status == "infeasible":
        raise InfeasibleError(diagnose(program, solver.to_finish()))
    solver.budget.go_on()
    return program, require(relaxed, "the relaxed week")


def _names_kinds(program: Program) -> bool:
    """Whether limits of hours tie shifts of several days together, so that few can be improved alone."""
    return any(
        subgroup.type_sequences for staff_group in program.week.staff_groups for subgroup in staff_group.subgroups
    )


def _whole_numbers(program: Program, relaxed: Solution, solver: Solver, tell: Tell) -> NDArray[np.float64]:
    """Round by thresholds, which is quick; where the gap is still too large, fix the days one by one."""
    budget, finishing = solver.budget, solver.to_finish()
    patterned = round_patterns(program, relaxed.values, finishing)
    if program.week.service is not None:
        return _rested(program, rounded_at_prices(program, patterned, solver), finishing)
    quick = place_breaks(program, round_shifts(program, patterned), finishing)
    quick = _rested(program, quick, finishing)
    cost = program.model.cost()
    gap = 1 - relaxed.bound / float(cost @ quick) if cost @ quick > 0 else 0.0
    if gap <= NEAR_GAP_FACTOR * budget.gap or program.model.integers <= LARGEST_WHOLE_SEARCH or budget.interrupted:
        return quick
    tell(f"days one by one: {cost @ quick:,.0f}, at least {relaxed.bound:,.0f}", gap)
    better = place_breaks(program, whole_days(program, patterned, solver), finishing)
    return min(better, quick, key=lambda values: float(cost @ values))


def _rested(program: Program, values: NDArray[np.float64], solver: Solver) -> NDArray[np.float64]:
    """Repair rounded weeks with rest violations, unless that drops a working day."""
    layout = program.layout
    if values[list(layout.rest_violation.values())].sum() < 1 - NO_GAP:
        return values
    mended, _ = _tours(program, values, (), solver)
    return values if mended[list(layout.dropped_days.values())].sum() > NO_GAP else mended


def _nearer_to_published(program: Program, values: NDArray[np.float64], solver: Solver) -> NDArray[np.float64]:
    """Return the published week as it can still be worked, where that is a cheaper start than the rounded one."""
    published_roster = (
        published_values(program.week, program.layout, program.published_roster) if program.published_roster else None
    )
    if published_roster is None:
        return values
    start = values.copy()
    start[list(published_roster)] = list(published_roster.values())
    start = place_breaks(program, start, solver)
    cost = program.model.cost()
    return min(start, values, key=lambda column: float(cost @ column))


def _searched_whole(found: _Found, solver: Solver, tell: Tell) -> _Found:
    """Branch and bound over all listed patterns, from the best week so far; only for small weeks above the gap."""
    program, best, budget = found.program, found.cost, solver.budget
    if program.model.integers > LARGEST_WHOLE_SEARCH or budget.met(best, found.bound) or budget.is_over("whole week"):
        return found
    tell(f"searching the whole week: {best:,.0f}, at least {found.bound:,.0f}", (best - found.bound) / best)
    problem = Problem(program.model, start=found.values)
    whole = solver.solve("whole week", problem, Limits(gap=budget.gap, nodes=WHOLE_NODES))
    cost = program.model.cost()
    better = whole.found and float(cost @ whole.values) < best
    values = whole_numbers(program, whole.values) if better else found.values
    everything = not is_open(program.week) and np.isfinite(whole.bound)
    bound = max(found.bound, min(whole.bound, float(cost @ values))) if everything else found.bound
    return replace(found, values=values, bound=bound)


def _searched_all(found: _Found, published_roster: PublishedRoster | None, solver: Solver, tell: Tell) -> _Found:
    """The same over all weeks people may have, where the program lists only some and the relevant ones are few."""
    if not is_open(found.program.week) or found.program.model.integers > LARGEST_WHOLE_SEARCH:
        return found
    if solver.budget.met(found.cost, found.bound) or solver.budget.is_over("all weeks"):
        return found
    program = complete(found.program, published_roster, found.relaxed, found.cost)
    if program is None:
        return found
    values = carried(found.values, found.program, program)
    return _searched_whole(replace(found, program=program, values=values), solver, tell)


def _searched_persons(found: _Found, solver: Solver, tell: Tell) -> _Found:
    """Search person by person where people of a small staff group cannot work their shifts with enough rest."""
    program, finishing = found.program, solver.to_finish()
    if solver.budget.interrupted or people_can_work(program, found.values, finishing):
        return found
    if solver.budget.is_over("person-by-person"):
        return found
    tell("searching person by person", None)
    persons = search_persons(program, solver)
    if persons is None:
        return found
    if not is_open(program.week) and np.isfinite(persons.bound):
        found = replace(found, bound=max(found.bound, persons.bound))
    if not persons.values.size:
        return found
    tied, _ = _tours(program, found.values, (), finishing)
    better, _ = _tours(program, persons.values, persons.tours, finishing)
    left_out, cost = list(program.layout.dropped_days.values()), program.model.cost()
    worse = (better[left_out].sum(), float(cost @ better)) > (tied[left_out].sum(), float(cost @ tied))
    return found if worse else replace(found, values=better, tours=persons.tours)


def _status(gap: float, asked: float, found: _Found, record: Record, *, proven: bool, apart: bool) -> Status:
    """How the search ended, in our own words, from the cost of the finished roster.

    Proof comes first: a roster proven optimal, or within the gap asked for, is that however its search ended. Nothing
    is proven about one that drops working days, since the bound is for rosters that keep them. Where people serve
    several channels, each staffed separately, no roster is called optimal: one shared queue may need fewer people.
    """
    if gap <= NO_GAP and proven and not apart:
        return "optimal"
    if gap <= max(asked, NO_GAP) and proven:
        return "within gap"
    return "interrupted" if found.stopped else "time limit" if record.timed_out else "no better found"


def _named(
    config: Config, found: _Found, people: People, solver: Solver
) -> tuple[NDArray[np.float64], dict[str, Tour]]:
    """Give everybody a tour: as close as possible to a published one, else by linear assignment."""
    program, values = found.program, found.values
    steady = minimal_change_tours(program, values, solver)
    if steady is None:
        values, tours = _tours(program, values, found.tours, solver)
        return values, name_tours(program.week, tours, people, config.roster.fairness)
    counted = counts_of(program, tuple(steady.values()), patterns_of(program, steady, values))
    if (counted != values).any():
        counted = place_breaks(program, counted, solver)
    return counted, steady


def _tours(
    program: Program, values: NDArray[np.float64], given: tuple[Tour, ...], solver: Solver
) -> tuple[NDArray[np.float64], tuple[Tour, ...]]:
    """Tie shifts into tours, but those given; where a repair of rest moved a start, the breaks are placed again."""
    others = frozenset(range(len(program.week.staff_groups))) - {tour.staff_group for tour in given}
    tours = tuple(sorted((*given, *make_tours(program, values, others, solver)), key=lambda tour: tour.staff_group))
    counted = counts_of(program, tours, values)
    if (counted != values).any():
        counted = place_breaks(program, counted, solver)
    return counted, tours


def _notes(config: Config, program: Program, made: Roster, assignment: ActivityAssignment) -> Iterator[Noticed]:
    """Notices about people, working days, edges of the week and activities."""
    week, people = program.week, made.people
    yield from people.notes
    yield from away_notes(config, week.horizon, people)
    yield from fewer_days(week)
    yield from due_outside_worked_hours(week)
    if made.left_out:
        yield DaysGivenUp("roster", made.left_out, made.days_given_up)
    yield from over_the_edge(week, made.schedule)
    yield from fewer_hours(config, week, people, made.schedule)
    yield from single_days_off(config, people.previous, week.horizon.first, made.schedule)
    yield from assignment.missed
