"""A small week searched as a whole, which also raises its bound."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from optimize.roster.program.budget import Limits
from optimize.roster.program.problem import Problem
from optimize.roster.search.generation import carried, complete, is_open
from optimize.roster.search.neighbourhood_search import whole_numbers
from optimize.roster.search.rounding import LARGEST_WHOLE_SEARCH

if TYPE_CHECKING:
    from optimize.roster.program.published import PublishedRoster
    from optimize.roster.program.solver import Solver
    from optimize.roster.whole_week.found import Found
    from optimize.roster.whole_week.telling import Tell

WHOLE_NODES = 500
"""Branch-and-bound nodes for a small week as a whole; most are proven within them, and others gain little beyond."""


def searched_whole(found: Found, solver: Solver, tell: Tell) -> Found:
    """Branch and bound over all listed patterns, from the best week so far; only for small weeks above the gap."""
    program, best, budget = found.program, found.counted, solver.budget
    if program.model.integers > LARGEST_WHOLE_SEARCH or budget.met(best, found.bound) or budget.is_over("whole week"):
        return found
    tell(f"searching the whole week: {best:,.0f}, at least {found.bound:,.0f}", (best - found.bound) / best)
    # The search is exact, so that gain to spare needs no worth of its own.
    model = program.model.repriced(dict.fromkeys(program.layout.service.spare, 0.0))
    whole = solver.solve("whole week", Problem(model, start=found.values), Limits(gap=budget.gap, nodes=WHOLE_NODES))
    better = whole.found and float(model.cost() @ whole.values) < best
    found = replace(found, values=whole_numbers(program, whole.values)) if better else found
    proven = not is_open(program.week) and np.isfinite(whole.bound)
    return replace(found, bound=max(found.bound, min(whole.bound, found.counted))) if proven else found


def searched_all_weeks(found: Found, published_roster: PublishedRoster | None, solver: Solver, tell: Tell) -> Found:
    """The same over all weeks people may have, where the program lists only some and the relevant ones are few."""
    if not is_open(found.program.week) or found.program.model.integers > LARGEST_WHOLE_SEARCH:
        return found
    if solver.budget.met(found.counted, found.bound) or solver.budget.is_over("all weeks"):
        return found
    program = complete(found.program, published_roster, found.relaxed, found.counted)
    if program is None:
        return found
    values = carried(found.values, found.program, program)
    return searched_whole(replace(found, program=program, values=values), solver, tell)
