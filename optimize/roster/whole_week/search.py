"""The search for a whole week: relax, round, improve; again at higher prices where a target is far off."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from optimize.roster.search.at_prices import at_prices
from optimize.roster.search.neighbourhood_search import neighbourhood_search
from optimize.roster.whole_week.branch_and_bound import searched_all_weeks, searched_whole
from optimize.roster.whole_week.first_week import first_week
from optimize.roster.whole_week.found import Found
from optimize.roster.whole_week.raised_prices import RAISES, with_raised_prices
from optimize.roster.whole_week.relaxed import relaxed_program
from optimize.roster.whole_week.rested_people import searched_persons

if TYPE_CHECKING:
    from optimize.roster.inputs.week import Week
    from optimize.roster.program import Program
    from optimize.roster.program.published import PublishedRoster
    from optimize.roster.program.solver import Solver
    from optimize.roster.whole_week.telling import Tell


def whole_week(week: Week, published_roster: PublishedRoster | None, solver: Solver, tell: Tell) -> Found:
    """Relax, round, improve; small weeks are then searched whole, which also raises their bound."""
    tell("relaxing the week", None)
    program, relaxed = at_prices(*relaxed_program(week, published_roster, solver))
    tell("rounding", None)
    found = Found(program, first_week(program, relaxed, solver, tell), relaxed.bound, relaxed)
    if _names_kinds(program):
        found = searched_all_weeks(searched_whole(found, solver, tell), published_roster, solver, tell)
    found = _improved(found, published_roster, solver, tell)
    for _ in range(RAISES):
        raised = with_raised_prices(found, week)
        if raised is None or solver.budget.is_over("raised prices"):
            break
        tell("searching at higher prices of targets", None)
        found = _improved(raised, published_roster, solver, tell)
    return replace(found, stopped=solver.budget.interrupted)


def _improved(found: Found, published_roster: PublishedRoster | None, solver: Solver, tell: Tell) -> Found:
    """Search neighbourhoods, then small weeks whole, then person by person where rest asks for it."""
    values = neighbourhood_search(found.program, found.values, found.bound, solver, tell)
    found = searched_whole(replace(found, values=values), solver, tell)
    return searched_persons(searched_all_weeks(found, published_roster, solver, tell), solver, tell)


def _names_kinds(program: Program) -> bool:
    """Whether limits of hours tie shifts of several days together, so that few can be improved alone."""
    return any(
        subgroup.type_sequences for staff_group in program.week.staff_groups for subgroup in staff_group.subgroups
    )
