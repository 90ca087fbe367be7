"""Burdens shared in the search by name: their price, what it changes, and exchanges that break nothing."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benchmarks.joined_cases.recount import of_person
from optimize.roster.joined.centre import Centre, Rosters
from optimize.roster.joined.exchanges import exchanged
from optimize.roster.joined.fairness import Taken
from optimize.roster.joined.pricer import Pricer
from optimize.roster.joined.problem import OFF, Fairness, Hours, Limits, Problem, Rules
from optimize.roster.joined.screen import may_be_lawful
from optimize.roster.joined.search import Effort, search
from tests.optimize.roster.joined import tiny
from tests.optimize.roster.joined.tiny import EARLY, LATE, NIGHT


def nights_shared(people: int, days: int, *, part: list[float] | None = None, balance: list[float] | None = None):
    """Nights are the only burden, at weight 1, in equal parts if no others are given."""
    of = np.zeros((days, 4, 1), dtype=np.int64)
    of[:, NIGHT] = 1
    return Fairness(
        np.ones(1),
        np.array(part or [1 / people] * people)[:, None],
        np.array(balance or [0.0] * people)[:, None],
        (of,) * people,
    )


def centre_of(rules: Rules, fairness: Fairness, days: int, hours: Hours | None = None) -> Problem:
    """As many people of the tiny contract as fairness has parts."""
    one = tiny.person(days, rules, hours or Hours())
    people = tuple(replace(one, name=f"p{n}") for n in range(len(fairness.part)))
    return replace(tiny.problem(people, days), fairness=fairness)


def price_by_hand(problem: Problem, rows: np.ndarray) -> float:
    """Half the square of each one's nights beyond the share."""
    fairness, nights = problem.fairness, (rows == NIGHT).sum(axis=1)
    shares = nights.sum() * fairness.part[:, 0]
    return float(((fairness.balance[:, 0] + nights - shares) ** 2 / 2).sum())


def test_the_price_is_half_the_square_of_what_is_beyond_the_share() -> None:
    """Four nights of one, none of the other: two beyond and two short of two each, 2 + 2; half a part-timer: shares 3 and 1."""
    rows = np.array([[NIGHT] * 4, [EARLY] * 4])
    assert Taken(nights_shared(2, 4), rows).price == 4.0
    assert Taken(nights_shared(2, 4, part=[0.75, 0.25]), rows).price == pytest.approx(0.5 + 0.5)
    assert Taken(nights_shared(2, 4, balance=[-2.0, 2.0]), rows).price == 0.0
    assert Taken(None, rows).price == 0.0


def test_nights_cost_who_had_many_and_are_kept_where_nothing_is_cheaper() -> None:
    """At a worth of 3 a night and 2 an early, each one's margin decides; the second has had four nights more than the first."""
    problem = centre_of(Rules(rest=0), nights_shared(2, 4, balance=[-2.0, 2.0]), 4, Hours(Limits(1, 1)))
    rows = np.array([[OFF, OFF, OFF, NIGHT], [OFF, OFF, OFF, NIGHT]])
    taken, pricer = Taken(problem.fairness, rows), Pricer(problem)
    worth = np.tile([2.0, 0.0, 3.0], (4, 1))
    assert NIGHT in taken.cheapest(pricer, 0, worth, rows[0])
    assert EARLY in taken.cheapest(pricer, 1, worth, rows[1])
    # one night is 1 worth more than an early, and 0 + 1/2 is what one night beyond the share costs: it is kept
    even = Taken(nights_shared(2, 4), np.array([rows[0], [EARLY, OFF, OFF, OFF]]))
    assert even.cheapest(pricer, 0, worth, rows[0]).tolist() == rows[0].tolist()


def test_whole_rows_are_exchanged_where_a_rule_forbids_parts() -> None:
    """One has all nights by a past of none, the other had six: with nights only in runs of three, all three move."""
    rules = Rules(rest=0, least_nights=3, least_run=3)
    problem = centre_of(rules, nights_shared(2, 5, balance=[3.0, -3.0]), 5)
    rows = np.array([[NIGHT, NIGHT, NIGHT, OFF, OFF], [EARLY, EARLY, EARLY, EARLY, OFF]])
    made = exchanged(Centre(problem), Pricer(problem), Rosters(rows, np.full((2, 5, 1), 1)))
    assert (made.shapes == NIGHT).sum(axis=1).tolist() == [0, 3]
    assert (rows == NIGHT).sum(axis=1).tolist() == [3, 0], "what was given is not changed"


def test_other_skills_and_dearer_wishes_are_left_alone() -> None:
    """The same nights stay with people of other skills, and where the exchange would refuse a wish."""
    rows = np.array([[NIGHT] * 4, [EARLY] * 4])
    problem = centre_of(Rules(rest=0), nights_shared(2, 4), 4)
    free = exchanged(Centre(problem), Pricer(problem), Rosters(rows, np.full((2, 4, 1), 1)))
    assert (free.shapes == NIGHT).sum(axis=1).tolist() == [2, 2]
    wish = np.zeros((4, 3))
    wish[:, NIGHT] = 0.5
    for changed in ({"extra": wish}, {"contract": 1}):
        other = replace(problem.people[1], **changed)
        apart = replace(problem, people=(problem.people[0], other), contracts=problem.contracts * 2)
        same = exchanged(Centre(apart), Pricer(apart), Rosters(rows, np.full((2, 4, 1), 1)))
        assert same.shapes.tolist() == rows.tolist()


rules_drawn = st.builds(
    Rules,
    rest=st.sampled_from([0, 540, 900]),
    least_run=st.integers(1, 2),
    most_run=st.integers(3, 4),
    least_off=st.integers(1, 2),
    least_nights=st.integers(1, 2),
    rest_after_nights=st.sampled_from([0, 1440, 2340]),
    whole_weekends=st.booleans(),
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(rules_drawn, st.integers(0, 10**6))
def test_an_exchange_breaks_no_rule_moves_no_cover_and_never_costs_more(rules: Rules, seed: int) -> None:
    """Three people of random lawful rosters: rules recounted, people at work in every interval, cost and price compared.

    What is left has no better exchange: no span of two people's days is lawful for both and lowers the price further.
    """
    random, days = np.random.default_rng(seed), 6
    fairness = nights_shared(3, days, part=[0.4, 0.4, 0.2], balance=random.integers(-2, 3, 3).astype(float).tolist())
    problem = centre_of(rules, fairness, days, Hours(Limits(2, 5)))
    every = list(tiny.lawful(problem))
    if not every:
        return
    rows = np.array([every[k] for k in random.integers(0, len(every), 3)])
    centre, pricer = Centre(problem), Pricer(problem, None, np.float64)
    before = Rosters(rows, np.full((3, days, centre.most_breaks), 1))
    after = exchanged(centre, pricer, before, tried=100)
    for person, row in zip(problem.people, after.shapes.tolist(), strict=True):
        assert list(of_person(problem, person, row)) == []
    everybody = np.arange(3)
    assert np.array_equal(centre.present(everybody, before), centre.present(everybody, after))
    assert centre.money(after) == pytest.approx(centre.money(before))
    price = price_by_hand(problem, after.shapes)
    assert price <= price_by_hand(problem, rows) + 1e-9
    assert Taken(fairness, after.shapes).price == pytest.approx(price)
    lawful = {tuple(row) for row in every}
    for one, other in combinations(range(3), 2):
        for first in range(days):
            for last in range(first, days):
                trial = after.shapes.copy()
                trial[[one, other], first : last + 1] = after.shapes[[other, one], first : last + 1]
                kept = all(tuple(trial[p].tolist()) in lawful for p in (one, other))
                assert not kept or price_by_hand(problem, trial) > price - 1e-6


def test_the_search_shares_nights_and_its_money_is_that_without_the_price() -> None:
    """One person at any time of eight days, four who may: with fairness nights differ by one at most, without by more."""
    days = 8
    one = tiny.person(days, Rules(rest=540), Hours(Limits(0, 6)))
    people = tuple(replace(one, name=f"p{n}") for n in range(4))
    plain = tiny.problem(people, days)
    effort = Effort(rounds=40, sweeps=8, passes=1)
    shared = search(replace(plain, fairness=nights_shared(4, days)), effort)
    alone = search(plain, effort)
    nights = (shared.rosters.shapes == NIGHT).sum(axis=1)
    assert nights.max() - nights.min() <= 1
    assert np.ptp((alone.rosters.shapes == NIGHT).sum(axis=1)) > 1
    assert shared.cost == pytest.approx(Centre(plain).cost(shared.rosters))
    assert shared.bound <= shared.cost + 1e-9
    assert shared.cost <= alone.cost + 4


@pytest.mark.parametrize("seed", range(40))
def test_the_quick_look_turns_no_lawful_roster_away(seed: int) -> None:
    """Every rule drawn at random, with history, cut weeks and a short day; all rosters there are."""
    problem = tiny.random_problem(seed)
    assert all(may_be_lawful(problem, 0, np.array(days)) for days in tiny.lawful(problem))


def test_the_quick_look_turns_away_what_breaks_a_rule_it_knows() -> None:
    """Each rule at its edge: a roster that passes, and one that does not."""
    of = {
        "rest": (Rules(rest=900), [NIGHT, NIGHT, OFF, OFF, OFF, OFF], [NIGHT, LATE, OFF, OFF, OFF, OFF]),
        "run": (Rules(rest=0, most_run=3), [EARLY] * 3 + [OFF] * 3, [EARLY] * 4 + [OFF] * 2),
        "off": (Rules(rest=0, least_off=2), [EARLY, OFF, OFF, EARLY, OFF, OFF], [EARLY, OFF, EARLY, OFF, OFF, OFF]),
        "weekend": (
            Rules(rest=0, whole_weekends=True),
            [OFF, OFF, EARLY, EARLY, OFF, OFF],
            [OFF, OFF, EARLY, OFF, OFF, OFF],
        ),
    }
    for rules, passes, fails in of.values():
        problem = replace(tiny.problem((tiny.person(6, rules),), 6), first_weekday=3)
        assert may_be_lawful(problem, 0, np.array(passes))
        assert not may_be_lawful(problem, 0, np.array(fails))
    counted = {
        "shifts": (Hours(shifts=Limits(2, 3)), 3, 4),
        "minutes": (Hours(minutes=Limits(0, 960)), 2, 3),
        "week": (Hours(week_shifts=Limits(0, 2)), 2, 3),
        "week minutes": (Hours(week_minutes=Limits(0, 960)), 2, 3),
    }
    for hours, passes, fails in counted.values():
        problem = tiny.problem((tiny.person(6, Rules(rest=0), hours),), 6)
        for shifts, kept in ((passes, True), (fails, False)):
            assert may_be_lawful(problem, 0, np.array([EARLY] * shifts + [OFF] * (6 - shifts))) is kept
    one = tiny.problem((tiny.person(6, Rules(rest=0), Hours(most_weekends=0)),), 6, first_weekday=3)
    assert may_be_lawful(one, 0, np.array([EARLY, EARLY, OFF, OFF, EARLY, EARLY]))
    assert not may_be_lawful(one, 0, np.array([EARLY, EARLY, OFF, EARLY, OFF, OFF]))
