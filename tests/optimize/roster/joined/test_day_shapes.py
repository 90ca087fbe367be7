"""What a person may do on one day, next to every roster that keeps the rules."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from optimize.roster.joined.day_shapes import all_lawful, freedom
from optimize.roster.joined.pricer import Pricer
from optimize.roster.joined.problem import OFF
from tests.optimize.roster.joined import tiny

SHOWN = 5
"""Rosters of each problem that are tried."""
SPREAD = 5
"""Seed of a problem whose lawful rosters work few days and many."""


@pytest.mark.parametrize("seed", range(10))
def test_a_day_may_be_the_other_way_where_such_a_roster_keeps_every_rule(seed: int) -> None:
    """Rules drawn at random; the other way is looked up among all lawful rosters."""
    of = tiny.random_problem(seed)
    pricer, every = Pricer(of, edges=None), {tuple(days) for days in tiny.lawful(of)}
    order = sorted(every)
    for at in np.linspace(0, len(order) - 1, min(SHOWN, len(order))).astype(int).tolist():
        days = order[at]
        for day in range(of.days):
            ways = [OFF] if days[day] != OFF else [0, 1, 2]
            lawful = [way for way in ways if (*days[:day], way, *days[day + 1 :]) in every]
            found = int(freedom(pricer, np.array([days]), day)[0])
            assert found in lawful if lawful else found == days[day]


@pytest.mark.parametrize("seed", range(6))
def test_rosters_are_lawful_where_the_recount_says_so(seed: int) -> None:
    """Lawful ones, and the same with one day changed at random."""
    of = tiny.random_problem(seed)
    random, pricer, every = np.random.default_rng(seed), Pricer(of, edges=None), list(tiny.lawful(of))
    for at in np.linspace(0, len(every) - 1, min(SHOWN, len(every))).astype(int).tolist():
        days = list(every[at])
        assert all_lawful(pricer, np.array([days]), np.array([days]))
        days[int(random.integers(of.days))] = int(random.integers(-1, 3))
        assert all_lawful(pricer, np.array([days]), np.array([days])) == (days in every)


class AtMost:
    """A watched rule: at most so many days worked."""

    def __init__(self, days: int) -> None:
        self.days = days

    def broken(self, row: np.ndarray) -> int:
        """Days worked too many."""
        return max(0, int((np.asarray(row) != OFF).sum()) - self.days)

    def price(self, _row: np.ndarray) -> float:
        """Nothing."""
        return 0.0


def test_a_watched_rule_may_stay_broken_but_no_further() -> None:
    """Of lawful rosters by the tables one with fewer days worked is as good, one with more is not."""
    of = tiny.random_problem(SPREAD)
    every = sorted(tiny.lawful(of), key=lambda days: sum(day != OFF for day in days))
    fewest, most = np.array([every[0]]), np.array([every[-1]])
    worked = [int((row != OFF).sum()) for row in (fewest, most)]
    assert worked[0] < worked[1]
    watched = replace(of.people[0], watched=AtMost(worked[0] - 1))
    pricer = Pricer(replace(of, people=(watched, *of.people[1:])), edges=None)
    assert all_lawful(pricer, most, most)
    assert all_lawful(pricer, fewest, most)
    assert not all_lawful(pricer, most, fewest)
    for day in range(of.days):
        other = int(freedom(pricer, fewest, day)[0])
        assert other in (OFF, fewest[0, day])
