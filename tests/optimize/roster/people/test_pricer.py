"""The exact programme of one person against every roster there is, and each rule at its edge."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks.nrp_cases.recount import faults
from optimize.roster.people.pricer import Pricer
from optimize.roster.people.problem import OFF, Person
from tests.optimize.roster.people import brute, teams
from tests.optimize.roster.people.teams import EARLY, LATE, NIGHT

DEAR = 200.0


def best(who: Person, price: np.ndarray, days: int = 10) -> list[int]:
    """The cheapest roster of one person; [] where there is none."""
    priced = Pricer(teams.problem(who, days=days)).cheapest(price[None])
    return priced.rosters[0].tolist() if np.isfinite(priced.values[0]) else []


def earning(days: int = 10, **kinds: float) -> np.ndarray:
    """Prices of a day by kind, the same on all days."""
    return np.tile([kinds.get(name, DEAR) for name in ("early", "late", "night")], (days, 1))


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("room", [1, 10_000])
def test_the_programme_finds_what_trying_everything_finds(seed: int, room: int) -> None:
    """Working time, runs, days off, weekends, scarce kinds, successions, free days and prices of days off."""
    random = np.random.default_rng(seed)
    problem = teams.random_problem(random)
    price = random.integers(-20, 10, problem.wishes.shape).astype(float)
    day_off = random.integers(-5, 5, price.shape[:2]).astype(float)
    priced = Pricer(problem, room, np.float64).cheapest(price, day_off)
    for person in range(len(problem.persons)):
        every = [
            sum(price[person, day, kind] if kind != OFF else day_off[person, day] for day, kind in enumerate(days))
            for days in brute.lawful(problem, person)
        ]
        least = min(every, default=np.inf)
        assert priced.bounds[person] <= least + 1e-6
        if room > 1:
            assert priced.values[person] == pytest.approx(least)
        elif np.isfinite(priced.values[person]):
            assert priced.values[person] in np.round(every, 6)


def test_a_run_is_no_longer_than_allowed_and_days_off_are_in_a_row() -> None:
    """Every day earns: runs of three, and two days off between them; the last run may be cut by the end."""
    who = teams.person(most_run=3, least_off=2)
    found = best(who, earning(early=-1.0))
    assert sum(kind != OFF for kind in found) == 6
    assert faults(teams.problem(who), [found]) == []


def test_a_run_inside_the_horizon_has_its_least_length_and_one_at_an_end_may_not() -> None:
    """Work costs but on one day: in the middle two days are worked for it, on the first day one."""
    for day, worked in ((4, 2), (0, 1), (9, 1)):
        price = earning(early=3.0)
        price[day, EARLY] = -10.0
        found = best(teams.person(least_run=2), price)
        assert sum(kind != OFF for kind in found) == worked


def test_a_forbidden_succession_is_kept() -> None:
    """A night earns on Monday, an early shift on Tuesday: the dearer of the two."""
    price = earning()
    price[0, NIGHT], price[1, EARLY], price[2, LATE] = -9.0, -5.0, -3.0
    assert best(teams.person(), price)[:3] == [NIGHT, OFF, LATE]


@pytest.mark.parametrize(("weekends", "worked"), [(0, 0), (1, 2), (2, 4)])
def test_a_weekend_is_used_by_either_of_its_days(weekends: int, worked: int) -> None:
    """Saturdays and Sundays earn, two weeks: both days of a weekend use one."""
    price = earning(days=14, early=1.0)
    price[[5, 6, 12, 13], EARLY] = -5.0
    found = best(teams.person(most_weekends=weekends), price, days=14)
    assert sum(kind != OFF for kind in found) == worked


def test_working_time_is_between_its_limits() -> None:
    """Work costs, yet 1 440 minutes are the least: three shifts. It earns, and 1 440 are the most: three again."""
    assert sum(kind != OFF for kind in best(teams.person(least_minutes=1440), earning(early=1.0))) == 3
    assert sum(kind != OFF for kind in best(teams.person(most_minutes=1919), earning(early=-1.0))) == 3


def test_who_cannot_keep_the_rules_has_no_roster() -> None:
    """Eleven shifts in ten days."""
    assert best(teams.person(least_minutes=11 * 480, most_minutes=11 * 480, most_of=(99, 99, 0)), earning()) == []


def test_only_those_asked_for_are_priced() -> None:
    """The others have no roster, and a bound of zero."""
    problem = teams.problem(teams.person("ann"), teams.person("bob"))
    price = np.broadcast_to(earning(early=-1.0), (2, 10, 3))
    priced = Pricer(problem).cheapest(price, only=np.array([False, True]))
    assert priced.values[0] == np.inf
    assert priced.bounds[0] == 0.0
    assert np.isfinite(priced.values[1])


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("room", [1, 10_000])
def test_rosters_of_no_use_are_not_looked_for(seed: int, room: int) -> None:
    """Up to a price a person has no roster; a little above it the roster that is found anyway. Bounds hold in both."""
    random = np.random.default_rng(seed)
    problem = teams.random_problem(random)
    price = random.integers(-20, 10, problem.wishes.shape).astype(float)
    found = Pricer(problem, room, np.float64).cheapest(price)
    known = np.isfinite(found.values)
    for more, kept in ((0.0, False), (0.5, True)):
        limits = np.where(known, (found.values if kept else found.bounds) + more, 0.0)
        again = Pricer(problem, room, np.float64).cheapest(price, below=limits)
        assert (again.bounds <= found.values + 1e-6).all()
        assert not np.isfinite(again.values[known]).any() if not kept else (again.values <= found.values + 1e-6).all()
