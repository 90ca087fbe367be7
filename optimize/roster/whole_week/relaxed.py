"""The week without whole numbers, from which every search begins."""

from __future__ import annotations

from typing import TYPE_CHECKING

from configs.errors import InfeasibleError
from optimize.roster.advice.diagnosis import diagnose
from optimize.roster.program.solution import Solution, require
from optimize.roster.search.generation import relax

if TYPE_CHECKING:
    from optimize.roster.inputs.week import Week
    from optimize.roster.program import Program
    from optimize.roster.program.published import PublishedRoster
    from optimize.roster.program.solver import Solver


def relaxed_program(week: Week, published_roster: PublishedRoster | None, solver: Solver) -> tuple[Program, Solution]:
    """The week without whole numbers; a week that nobody can work is told with what is in the way."""
    program, relaxed = relax(week, published_roster, solver.for_the_floor())
    if relaxed.status == "infeasible":
        raise InfeasibleError(diagnose(program, solver.to_finish()))
    solver.budget.go_on()
    return program, require(relaxed, "the relaxed week")
