"""The search on small teams: lawful rosters, the least cost, bounds below it, and laws."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from benchmarks.nrp_cases.recount import cost, faults
from optimize.roster.people.certificate import bound_at
from optimize.roster.people.plain import plain
from optimize.roster.people.pricer import Pricer
from optimize.roster.people.raising import raised
from optimize.roster.people.search import search
from tests.optimize.roster.people import brute, teams
from tests.optimize.roster.people.test_window import long_problem


def lawful_problem(seed: int) -> teams.Problem:
    """A random problem in which everybody has a roster."""
    random = np.random.default_rng(seed)
    while True:
        problem = teams.random_problem(random)
        if problem.days <= 6 and all(next(brute.lawful(problem, person), None) for person in range(2)):
            return problem


@pytest.mark.parametrize("seed", range(6))
def test_small_teams_get_their_cheapest_roster(seed: int) -> None:
    """Against every roster of both people: it keeps the rules, costs the least, and no bound is above."""
    problem = lawful_problem(seed)
    found = search(problem, rounds=40)
    assert faults(problem, found.roster.tolist()) == []
    assert found.cost == pytest.approx(cost(problem, found.roster.tolist()))
    least = brute.cheapest(problem)
    assert found.cost == pytest.approx(least)
    assert found.bound <= least + 1e-6


@pytest.mark.parametrize("seed", [1])
def test_a_long_horizon_is_searched_by_windows(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Taken as long, three weeks keep every rule, get no dearer with more windows, and have a bound below."""
    monkeypatch.setattr("optimize.roster.people.search.WHOLE", 0.0)
    monkeypatch.setattr("optimize.roster.people.weeks.FIRST", 14)
    problem = long_problem(np.random.default_rng(seed), people=2)
    few, many = (search(problem, rounds=rounds) for rounds in (0, 2))
    for found in (few, many):
        assert faults(problem, found.roster.tolist()) == []
        assert found.cost == pytest.approx(cost(problem, found.roster.tolist()))
        assert found.bound <= many.cost
    assert many.cost <= few.cost
    again = search(problem, rounds=2)
    assert (again.roster == many.roster).all()
    assert again.proof.bound == many.proof.bound


@pytest.mark.parametrize("seed", range(4))
def test_the_prices_prove_the_bound(seed: int) -> None:
    """Computed again in double precision from the prices alone."""
    problem = lawful_problem(seed)
    found = search(problem, rounds=0)
    assert bound_at(problem, found.proof.prices, found.proof.kind_price) == found.proof.bound


def test_any_prices_prove_a_bound() -> None:
    """Prices outside those of people too few and too many are brought back to them."""
    problem = lawful_problem(1)
    least = brute.cheapest(problem)
    random = np.random.default_rng(3)
    for scale in (0.0, 1.0, 30.0):
        assert bound_at(problem, scale * random.normal(size=problem.need.shape)) <= least + 1e-6


def test_prices_of_scarce_kinds_and_of_minutes_prove_a_bound() -> None:
    """Any prices on kinds from 0 on, and any price of a person's minute, whether work is paid or costs."""
    problem = lawful_problem(1)
    least = brute.cheapest(problem)
    random = np.random.default_rng(4)
    people, kinds = len(problem.persons), len(problem.kinds)
    for scale in (0.0, 1.0, 10.0):
        prices = random.normal(size=problem.need.shape)
        kind_price = scale * random.random((people, kinds))
        assert bound_at(problem, prices, kind_price) <= least + 1e-6
        minute_price = scale * random.normal(size=people) / 480.0
        assert bound_at(problem, prices, None, minute_price) <= least + 1e-6


@pytest.mark.parametrize("countable", [0.0, 1e9])
@pytest.mark.parametrize("seed", range(3))
def test_steps_of_prices_raise_a_bound_that_holds(seed: int, countable: float, monkeypatch: pytest.MonkeyPatch) -> None:
    """Working time priced and counted: never below the first bound nor above the least cost, and computed again."""
    monkeypatch.setattr("optimize.roster.people.raising.COUNTABLE", countable)
    problem = lawful_problem(seed)
    least = brute.cheapest(problem)
    first, last = (raised(problem, np.zeros(problem.need.shape), least, lambda: False, steps) for steps in (1, 30))
    assert first.bound <= last.bound <= least + 1e-3
    assert bound_at(problem, last.prices, last.kind_price, last.minute_price) == pytest.approx(last.bound, abs=1e-2)


def test_a_plain_problem_has_one_length_of_shift_and_lawful_rosters() -> None:
    """The most wanted length of those that leave a roster; rosters of it keep the rules of the whole."""
    problem = teams.problem(
        teams.person(least_minutes=1440), teams.person("bob", least_minutes=1200, most_of=(0, 0, 9)), days=14
    )
    found = plain(problem)
    assert [person.most_of for person in found.persons] == [(99, 99, 0), (0, 0, 9)]
    rosters = Pricer(found).cheapest(found.wishes).rosters
    assert faults(problem, rosters.tolist()) == []


def test_people_without_a_roster_are_named() -> None:
    """Eleven shifts in ten days."""
    stuck = teams.person("ann", least_minutes=11 * 480, most_minutes=11 * 480, most_of=(99, 99, 0))
    with pytest.raises(ValueError, match="rules of ann"):
        search(teams.problem(stuck, teams.person("bob")), rounds=0)


def test_prices_that_are_not_whole_are_refused() -> None:
    """A bound is rounded up to the next whole cost."""
    problem = teams.problem(teams.person())
    with pytest.raises(ValueError, match="whole numbers"):
        search(replace(problem, short=problem.short + 0.5), rounds=0)


def test_equal_seeds_give_equal_rosters() -> None:
    """By rounds, not by seconds."""
    problem = lawful_problem(2)
    one, two = (search(problem, rounds=5, seed=7) for _ in range(2))
    assert (one.roster == two.roster).all()
    assert one.proof.bound == two.proof.bound


@pytest.mark.parametrize("seed", range(3))
def test_a_looser_rule_is_never_dearer(seed: int) -> None:
    """One more weekend and a longer run for everybody."""
    problem = lawful_problem(seed)
    looser = tuple(
        replace(person, most_weekends=person.most_weekends + 1, most_run=person.most_run + 1)
        for person in problem.persons
    )
    assert search(replace(problem, persons=looser), rounds=40).cost <= search(problem, rounds=40).cost + 1e-6


@pytest.mark.parametrize("seed", range(3))
def test_the_order_of_people_does_not_change_the_cost(seed: int) -> None:
    """The same people the other way round."""
    problem = lawful_problem(seed)
    turned = replace(problem, persons=problem.persons[::-1], wishes=problem.wishes[::-1])
    assert search(turned, rounds=40).cost == pytest.approx(search(problem, rounds=40).cost)
