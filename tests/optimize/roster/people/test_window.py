"""Some weeks of a longer roster: what the other days leave over, against trying everything."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from benchmarks.nrp_cases.recount import faults
from optimize.roster.people.pricer import Pricer
from optimize.roster.people.problem import OFF, Kind, Person, Problem
from optimize.roster.people.weeks import Weeks
from optimize.roster.people.window import window
from tests.optimize.roster.people.teams import person

DAYS, WEEKS = 21, ((0, 7), (7, 14), (14, 21))


def long_problem(random: np.random.Generator, people: int = 1) -> Problem:
    """Three weeks with rules that bind; every wish and price is a whole number."""
    kinds = (Kind("E", 480), Kind("N", int(random.choice([480, 600]))))
    persons = tuple(
        Person(
            f"p{number}", int(random.integers(6, 9)) * 480, 12 * 480, int(random.integers(1, 3)), int(random.integers(3, 6)),
            int(random.integers(1, 4)), 2, (21, int(random.integers(2, 8))), frozenset({int(random.integers(0, DAYS))}),
        )
        for number in range(people)
    )  # fmt: skip
    barred = np.array([[False, False], [True, False]])
    cells = (DAYS, 2)
    wishes = random.integers(-5, 6, (people, *cells)).astype(float)
    need = random.integers(0, 2, cells).astype(float)
    return Problem(DAYS, kinds, persons, barred, wishes, 0.0, need, np.full(cells, 20.0), np.ones(cells))


def lawful_roster(problem: Problem, random: np.random.Generator) -> np.ndarray:
    """Any lawful roster of everybody."""
    priced = Pricer(problem, precision=np.float64).cheapest(random.integers(-9, 10, problem.wishes.shape).astype(float))
    assert np.isfinite(priced.values).all()
    return priced.rosters


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize(("first", "last"), WEEKS)
def test_a_week_between_fixed_days_is_the_cheapest_of_all(seed: int, first: int, last: int) -> None:
    """Every sequence of the week is set into the whole roster and judged there, by the plain recount."""
    random = np.random.default_rng(seed)
    problem = long_problem(random)
    roster = lawful_roster(problem, random)
    price = random.integers(-9, 10, (1, last - first, 2)).astype(float)
    part = window(problem, roster, first, last)
    priced = Pricer(part, 10_000, np.float64).cheapest(price)
    least = np.inf
    for days in product((OFF, 0, 1), repeat=last - first):
        whole = roster[0].tolist()
        whole[first:last] = days
        if not faults(problem, [whole]):
            least = min(least, sum(price[0, day, kind] for day, kind in enumerate(days) if kind != OFF))
    assert priced.values[0] == pytest.approx(least)


def test_a_window_is_of_whole_weeks() -> None:
    """A weekend on both sides would be counted twice."""
    problem = long_problem(np.random.default_rng(1))
    with pytest.raises(ValueError, match="whole weeks"):
        window(problem, np.full((1, DAYS), OFF), 3, 10)


def test_a_run_goes_on_from_the_fixed_days() -> None:
    """Three days were worked before Monday and five in a row are allowed: two more, then the least days off."""
    who = person(most_run=5, least_off=2, before=(OFF, 0, 0, 0), most_of=(99, 99, 99))
    cells = (7, 3)
    problem = Problem(
        7, (Kind("E", 480), Kind("L", 480), Kind("N", 600)), (who,), np.zeros((3, 3), dtype=bool), np.zeros((1, *cells)),
        0.0, np.ones(cells), np.ones(cells), np.ones(cells),
    )  # fmt: skip
    price = np.where(np.arange(3) == 0, -1.0, 5.0) * np.ones((1, *cells))
    assert Pricer(problem).cheapest(price).rosters[0].tolist() == [0, 0, OFF, OFF, 0, 0, 0]


@pytest.mark.parametrize("seed", range(2))
def test_windows_never_break_a_rule_nor_make_a_roster_dearer(seed: int) -> None:
    """Each window in turn, over a horizon of six weeks."""
    random = np.random.default_rng(seed)
    short = long_problem(random, people=2)
    tile = (6, 1)
    problem = Problem(
        42, short.kinds,
        tuple(person(f"p{n}", least_minutes=15 * 480, most_minutes=24 * 480, most_run=5, least_off=2, most_weekends=4,
                     most_of=(42, 9)) for n in range(2)),
        short.barred, np.tile(short.wishes[:, :7], (1, *tile)), 0.0, np.tile(short.need[:7], tile),
        np.full((42, 2), 20.0), np.ones((42, 2)),
    )  # fmt: skip
    roster = lawful_roster(problem, random)
    weeks = Weeks(problem, np.random.default_rng(seed), roster, seed)
    for _ in range(2):
        before = weeks.cost
        weeks.improve(lambda: False)
        assert weeks.cost <= before
        assert faults(problem, weeks.roster.tolist()) == []
    assert weeks.cost < problem.cost(roster)
