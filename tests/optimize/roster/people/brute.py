"""The slow obvious way: every sequence of days, judged by a recount in plain loops."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from typing import TYPE_CHECKING

from benchmarks.nrp_cases.recount import cost, faults

if TYPE_CHECKING:
    from collections.abc import Iterator

    from optimize.roster.people.problem import Problem


def lawful(problem: Problem, person: int) -> Iterator[list[int]]:
    """Every roster of one person that keeps the rules."""
    alone = replace(problem, persons=(problem.persons[person],))
    for days in product(range(-1, len(problem.kinds)), repeat=problem.days):
        if not faults(alone, [list(days)]):
            yield list(days)


def cheapest(problem: Problem) -> float:
    """Least cost of any roster of everybody."""
    rosters = [list(lawful(problem, person)) for person in range(len(problem.persons))]
    return min((cost(problem, list(one)) for one in product(*rosters)), default=float("inf"))
