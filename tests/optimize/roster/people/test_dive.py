"""Fixing cells: kept people stay as they are, a batch of one cell goes the cheaper way, and time up still ends in a roster."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks.nrp_cases.recount import faults
from optimize.roster.people.dive import Manner, _Dive, dive
from optimize.roster.people.generation import Generation
from optimize.roster.people.problem import OFF
from tests.optimize.roster.people import brute, teams
from tests.optimize.roster.people.teams import EARLY
from tests.optimize.roster.people.test_search import lawful_problem


def begun(problem: teams.Problem) -> tuple[Generation, np.ndarray]:
    """Column generation that knows a lawful roster of everybody, and that roster."""
    generation = Generation(problem)
    roster = np.array([next(brute.lawful(problem, person)) for person in range(len(problem.persons))])
    generation.know(roster)
    return generation, roster


@pytest.mark.parametrize("seed", range(4))
def test_a_dive_whose_time_is_up_ends_in_a_lawful_roster(seed: int) -> None:
    """From the first turn on: every rule is kept, and nothing is cheaper than the cheapest of all."""
    problem = lawful_problem(seed)
    generation, _ = begun(problem)
    found = dive(generation, np.random.default_rng(seed), Manner(), is_over=lambda: True)
    assert found.roster is not None
    assert faults(problem, found.roster.tolist()) == []
    assert found.value + problem.constant == pytest.approx(problem.cost(found.roster))
    assert problem.cost(found.roster) >= brute.cheapest(problem) - 1e-6


@pytest.mark.parametrize("seed", range(4))
def test_kept_people_stay_as_they_are(seed: int) -> None:
    """The first of two is kept: the second has the cheapest roster next to it, and the whole program is not changed."""
    problem = lawful_problem(seed)
    generation, roster = begun(problem)
    columns = generation.master.owner.size
    part = generation.keeping(roster, np.array([1]), np.arange(columns))
    found = dive(part, np.random.default_rng(seed), Manner())
    assert found.roster is not None
    assert found.roster[0].tolist() == roster[0].tolist()
    least = min(problem.cost(np.array([roster[0], days])) for days in brute.lawful(problem, 1))
    assert problem.cost(found.roster) == pytest.approx(least)
    assert generation.master.owner.size == columns
    assert not generation.kept


@pytest.mark.parametrize("what", [EARLY, 3, 4])
def test_a_batch_of_one_cell_goes_the_cheaper_way(what: int) -> None:
    """One early shift is wanted on the first day: fixed to it or to work it stays so, fixed to a day off it is worked."""
    problem = teams.problem(teams.person(), days=4, need=0.0)
    problem.need[0, EARLY] = 1.0
    generation = Generation(problem)
    one = _Dive(generation, np.random.default_rng(1), Manner(), np.inf, lambda: False)
    generation.must[0, 0] = what != 3
    if what <= 3:
        generation.forbidden[0, 0, np.arange(3) != what] = True
    one.cells, one.hot = [(0, 0, what)], np.array([0])
    dear = generation.run()
    solved, _ = one._undone(dear)
    taken = generation.master.rosters[solved.taken > 0.5][0]
    assert taken[0] == EARLY
    assert generation.must[0, 0]


def test_a_value_that_is_enough_ends_the_rounds() -> None:
    """Nobody needs to be priced where the program is as cheap as asked for."""
    problem = lawful_problem(2)
    for enough, grows in ((np.inf, False), (-np.inf, True)):
        generation, _ = begun(problem)
        before = generation.master.owner.size
        generation.run(enough=enough)
        assert (generation.master.owner.size > before) == grows


def test_reduced_costs_are_those_of_the_program() -> None:
    """At its optimum no roster has one below 0, and those that are taken have 0; a day off is in no price of cover."""
    problem = lawful_problem(1)
    generation, _ = begun(problem)
    solved, _ = generation.run(gap=0.0)
    solved = generation.master.solve()
    reduced = generation.reduced(solved, generation.master)
    assert reduced.min() >= -1e-6
    assert np.abs(reduced[solved.taken > 1e-6]).max() <= 1e-6
    assert (generation.master.rosters == OFF).any()
