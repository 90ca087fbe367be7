"""The steps that make a roster: assemble, search, assign people, finish, recount."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING

from configs.errors import DataError, Fault
from optimize.roster.finish.assigned import assign_people
from optimize.roster.finish.roster import finished_roster
from optimize.roster.inputs.assemble import assemble
from optimize.roster.inputs.known_week import after_a_known_week
from optimize.roster.inputs.loosened import loosened
from optimize.roster.inputs.patterns import WEEK
from optimize.roster.inputs.people import People, check_people
from optimize.roster.persons.changes import check_published
from optimize.roster.program.published import published_slots
from optimize.roster.program.solver import solver_of
from optimize.roster.search.at_prices import at_prices
from optimize.roster.verify import verify
from optimize.roster.verify.rules.notices import rule_notices
from optimize.roster.whole_week.decided import decided_week
from optimize.roster.whole_week.relaxed import relaxed_program
from optimize.roster.whole_week.search import whole_week

if TYPE_CHECKING:
    from threading import Event

    import pandas as pd

    from configs.horizon import Horizon
    from configs.schema import Config
    from optimize.roster.inputs.service_model import ServicePlan
    from optimize.roster.inputs.week import Week
    from optimize.roster.program import Program
    from optimize.roster.program.solution import Solution
    from optimize.roster.result import Roster
    from optimize.roster.whole_week.telling import Tell


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
    DataError
        The horizon is not of seven days, or the requirement lacks a channel or an interval.
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
    people = after_a_known_week(people, horizon)
    week = _assembled(loosened(config) if people.decided is not None else config, horizon, requirement, people, service)
    tell("building the program", None)
    published_roster = published_slots(week, people.published, config.roster.change_cost)
    if people.decided is None:
        found = whole_week(week, published_roster, solver, tell)
    else:
        found = decided_week(week, people.decided.table, published_roster, solver, tell)
    assigned = assign_people(config, found, people, solver.to_finish())
    roster = finished_roster(config, people, found, assigned, solver.budget.record, service)
    roster = replace(roster, seconds=time.perf_counter() - begun)
    tell("verifying", roster.gap)
    verify(config, requirement, roster)
    return replace(roster, notes=(*roster.notes, *rule_notices(config, roster)))


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
    program, relaxed = relaxed_program(week, published_roster, solver)
    return at_prices(program, relaxed)


def _assembled(
    config: Config, horizon: Horizon, requirement: pd.DataFrame, people: People, service: ServicePlan | None
) -> Week:
    if horizon.days != WEEK:  # working patterns are of a week; longer times are planned week after week
        raise DataError(Fault("horizon", f"must be of {WEEK} days, got {horizon.days}; plan one week after another"))
    week = assemble(config, horizon, requirement, check_people(config, people))
    return replace(week, service=None if service is None else service.model)
