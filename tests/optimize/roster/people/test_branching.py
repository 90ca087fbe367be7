"""Dividing the problem: parts cover it, their bounds hold, and a closed tree has the least cost of all."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from benchmarks.nrp_cases.recount import cost
from optimize.roster.people.branching import Limit, branched, covers, limited, part_bound
from optimize.roster.people.generation import Generation
from tests.optimize.roster.people import brute
from tests.optimize.roster.people.test_search import lawful_problem


@pytest.mark.parametrize("seed", range(6))
def test_a_closed_tree_has_the_least_cost_of_every_roster(seed: int) -> None:
    """From any lawful roster of both people; parts cover the problem, and each bound is computed from its prices."""
    problem = lawful_problem(seed)
    first = [next(brute.lawful(problem, person)) for person in range(2)]
    generation = Generation(problem)
    generation.know(np.array(first))
    generation.run(gap=1e-5)
    found = branched(generation, np.array(first), 1, lambda: False)
    least = brute.cheapest(problem)
    assert not found.is_open
    assert found.cost == pytest.approx(least)
    assert covers([part.limits for part in found.parts])
    assert all(part_bound(problem, part) > least - 1.0 for part in found.parts)


@pytest.mark.parametrize("at_most", [True, False])
def test_a_limit_of_cover_changes_no_cost_within_it(at_most: bool) -> None:
    """Every number of people on a day: within the limit the cost is the same, beyond it far more."""
    problem = lawful_problem(3)
    day, need = 1, int(problem.need[1, 0])
    inner = limited(problem, [Limit(day, 0, need, at_most=at_most)])
    for days in product((-1, 0), repeat=2):
        rows = [[-1, on, *[-1] * (problem.days - 2)] for on in days]
        present = sum(on == 0 for on in days)
        within = present <= need if at_most else present > need
        assert (cost(inner, rows) == cost(problem, rows)) == within
        assert within or cost(inner, rows) > cost(problem, rows) + 5.0


@pytest.mark.parametrize("kind", [None, 0])
def test_a_limit_of_a_person_is_a_price(kind: int | None) -> None:
    """Work where none is allowed, and none where it is wanted, cost far more."""
    problem = lawful_problem(3)
    for at_most in (True, False):
        inner = limited(problem, [Limit(2, kind, 0, at_most=at_most, person=1)])
        for on in (-1, 0):
            rows = [[-1] * problem.days, [-1, -1, on, *[-1] * (problem.days - 3)]]
            within = (on == -1) == at_most
            assert (cost(inner, rows) == cost(problem, rows)) == within


def test_a_limit_far_from_the_need_is_refused() -> None:
    """Its cost would have two slopes."""
    problem = lawful_problem(1)
    with pytest.raises(ValueError, match="7 people on day 0"):
        limited(problem, [Limit(0, 0, 7, at_most=True)])
    with pytest.raises(ValueError, match="one kind"):
        limited(problem, [Limit(0, None, 0, at_most=True)])


def test_parts_that_leave_something_out_do_not_cover() -> None:
    """Both sides of each limit must be there, down to the last."""
    low, high = (Limit(0, 0, 1, at_most=side) for side in (True, False))
    other, back = (Limit(1, None, 0, at_most=side, person=2) for side in (True, False))
    assert covers([(low,), (high, other), (high, back)])
    assert not covers([(low,), (high, other)])
    assert not covers([(low,)])
    assert not covers([])
    assert not covers([(low,), (back,)])
