"""The exact programme of one person against every roster there is, and each rule at its edge."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from benchmarks.joined_cases.recount import of_person
from optimize.roster.facts import RuleFamily
from optimize.roster.joined.leaving_out import FAMILIES, without
from optimize.roster.joined.pricer import Pricer
from optimize.roster.joined.problem import RESTED, History, Hours, Limits, Rules
from tests.optimize.roster.joined import tiny


def cheapest(of, price, edges=None):
    """Roster and value of the only person at these prices."""
    found = Pricer(of, edges, np.float64).cheapest([0], [-price])
    return found.rosters[0].tolist(), float(found.values[0])


@pytest.mark.parametrize("seed", range(30))
def test_the_programme_finds_what_trying_everything_finds(seed: int) -> None:
    """Rest, runs, days off, nights, weekends, successions, hours, weeks, history, short days and barred cells together."""
    of = tiny.random_problem(seed)
    price = np.random.default_rng(seed + 1000).integers(-20, 10, (of.days, 3)).astype(float)
    least = min((tiny.price_of(days, price) for days in tiny.lawful(of)), default=np.inf)
    roster, value = cheapest(of, price)
    assert value == pytest.approx(least)
    if np.isfinite(value):
        assert list(of_person(of, of.people[0], roster)) == []
        assert tiny.price_of(roster, price) == pytest.approx(value)


@pytest.mark.parametrize("seed", range(12))
def test_coarser_edges_are_stricter_and_lawful(seed: int) -> None:
    """Rests rounded up to fewer edges never cost less, and what they find keeps every rule."""
    of = tiny.random_problem(seed + 200)
    price = np.random.default_rng(seed).integers(-20, 10, (of.days, 3)).astype(float)
    roster, value = cheapest(of, price, edges=2)
    assert value >= cheapest(of, price)[1] - 1e-9
    if np.isfinite(value):
        assert list(of_person(of, of.people[0], roster)) == []


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("family", FAMILIES)
def test_leaving_a_rule_out_never_costs_more(seed: int, family: RuleFamily) -> None:
    """The least price is that of more rosters."""
    of = tiny.random_problem(seed + 300)
    price = np.random.default_rng(seed).integers(-20, 10, (of.days, 3)).astype(float)
    freer = replace(of, people=(without(of, of.people[0], family),))
    assert cheapest(freer, price)[1] <= cheapest(of, price)[1] + 1e-9


def test_identical_people_are_priced_once() -> None:
    """Names apart, nothing differs; another history is another person."""
    one = tiny.person(7)
    of = tiny.problem((one, replace(one, name="two"), replace(one, history=History(0, 2, ended=0))), 7)
    assert Pricer(of).groups == [(0, 1), (2,)]


EARNS = -np.ones((10, 3))


def worked(rules: Rules, hours: Hours | None = None, history: History = RESTED, price: np.ndarray = EARNS) -> list[int]:
    """Days worked in the cheapest roster of ten days from a Monday."""
    roster, _ = cheapest(tiny.problem((tiny.person(10, rules, hours, history),), 10), price)
    return [day for day, shape in enumerate(roster) if shape >= 0]


def test_a_run_has_at_most_its_days_and_days_off_follow() -> None:
    """Every day earns: three days, two off, three days, two off."""
    found = worked(Rules(rest=0, most_run=3, least_off=2))
    assert len(found) == 6
    assert len(worked(Rules(rest=0, most_run=4, least_off=2))) == 8


def test_a_run_from_before_day_0_counts() -> None:
    """Two of three days are used up: one more, then two off."""
    assert worked(Rules(rest=0, most_run=3, least_off=2), history=History(0, 2, ended=0))[:2] in ([0, 3], [2, 3])


def test_rest_is_met_to_the_minute() -> None:
    """Late until 24:00 and early at 06:00 are six hours apart: 360 minutes pass, 361 do not."""
    price = np.full((10, 3), 50.0)
    price[0, tiny.LATE] = price[1, tiny.EARLY] = -1.0
    assert worked(Rules(rest=360), price=price) == [0, 1]
    assert len(worked(Rules(rest=361), price=price)) == 1


def test_rest_after_nights_is_met_to_the_minute() -> None:
    """A night ends at 06:00; the early shape three days later begins 48 h after it."""
    price = np.full((10, 3), 50.0)
    price[0, tiny.NIGHT] = price[3, tiny.EARLY] = -1.0
    assert worked(Rules(rest=0, least_off=2, rest_after_nights=2880), price=price) == [0, 3]
    assert len(worked(Rules(rest=0, least_off=2, rest_after_nights=2881), price=price)) == 1


def test_whole_weekends_and_their_number() -> None:
    """Saturday alone would earn; the Sunday costs more than it brings, or no weekend is allowed."""
    price = np.full((10, 3), 50.0)
    price[5] = -5.0
    assert worked(Rules(rest=0), price=price) == [5]
    assert worked(Rules(rest=0, whole_weekends=True), price=price) == []
    assert worked(Rules(rest=0), Hours(most_weekends=0), price=price) == []


def test_limits_of_a_calendar_week_begin_on_monday() -> None:
    """Two shifts a week: two in the whole week, two in the three days after it."""
    found = worked(Rules(rest=0), Hours(week_shifts=Limits(0, 2)))
    assert len(found) == 4
    assert sum(day < 7 for day in found) == 2


@pytest.mark.parametrize("off", [False, True])
def test_limits_of_a_week_may_be_lower_in_one_of_them(*, off: bool) -> None:
    """Four shifts a week, two fewer in the second for leave; at a loss a whole week is worked or, where allowed, none."""
    hours = Hours(week_shifts=Limits(4, 4), each_week=(Limits(4, 4), Limits(2, 2)), week_off=off)
    price = np.full((14, 3), -1.0)
    price[7:] = 5.0
    roster, _ = cheapest(tiny.problem((tiny.person(14, Rules(rest=0), hours),), 14), price)
    days = [day for day, shape in enumerate(roster) if shape >= 0]
    assert [sum(day < 7 for day in days), sum(day >= 7 for day in days)] == ([4, 0] if off else [4, 2])


@pytest.mark.parametrize("seed", range(6))
def test_weeks_with_limits_of_their_own_against_every_roster(seed: int) -> None:
    """Eight days from a Monday: a whole week, and one that the end cuts."""
    random = np.random.default_rng(seed)
    made = tiny.random_problem(seed + 400, days=8)
    who = made.people[0]
    hours = Hours(
        week_shifts=Limits(int(random.integers(1, 4)), int(random.integers(3, 6))),
        each_week=(Limits(*sorted(random.integers(0, 6, 2).tolist())),) if seed % 3 else (),
        week_off=bool(seed % 2),
    )
    of = replace(made, first_weekday=0, people=(replace(who, hours=hours),))
    price = random.integers(-20, 10, (of.days, 3)).astype(float)
    least = min((tiny.price_of(days, price) for days in tiny.lawful(of)), default=np.inf)
    assert cheapest(of, price)[1] == pytest.approx(least)
