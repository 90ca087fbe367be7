"""Small staff groups searched person by person, where a whole week leaves too little rest between their shifts."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from optimize.roster.persons.person_by_person import people_can_work, search_persons
from optimize.roster.persons.tied import tied_tours
from optimize.roster.search.generation import is_open

if TYPE_CHECKING:
    from optimize.roster.program.solver import Solver
    from optimize.roster.whole_week.found import Found
    from optimize.roster.whole_week.telling import Tell


def searched_persons(found: Found, solver: Solver, tell: Tell) -> Found:
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
    tied, _ = tied_tours(program, found.values, (), finishing)
    better, _ = tied_tours(program, persons.values, persons.tours, finishing)
    left_out, cost = list(program.layout.dropped_days.values()), program.model.cost()
    worse = (better[left_out].sum(), float(cost @ better)) > (tied[left_out].sum(), float(cost @ tied))
    return found if worse else replace(found, values=better, tours=persons.tours)
