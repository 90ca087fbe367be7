"""What granting a wish costs: against every roster the person has, with everybody else as planned."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.joined_cases.recount import of_person
from optimize.roster.joined.asked import Asked
from optimize.roster.joined.centre import Centre, Rosters
from optimize.roster.joined.demand import Demand
from optimize.roster.joined.granting import Wished, granting
from optimize.roster.joined.pricer import Pricer
from optimize.roster.joined.problem import Hours, Limits, Problem, Rules
from tests.optimize.roster.joined import tiny

DAYS = 4
DAY = 2
"""The day that is wished for."""
WEIGHT = 1.5


def two(seed: int, *, skills: bool = False) -> Problem:
    """Two people with wishes and wages drawn at random, and needs of nobody to two; with skills on two channels."""
    random = np.random.default_rng(seed)
    rules = Rules(rest=540, most_run=2)
    extra = [random.integers(0, 4, (DAYS, 3)).astype(float) for _ in range(2)]
    one = tiny.person(DAYS, rules, Hours(Limits(1, 3)), extra=extra[0])
    of = tiny.problem((one, replace(one, name="two", extra=extra[1])), DAYS)
    need = random.integers(0, 3, (2 if skills else 1, of.intervals)).astype(float)
    people = (replace(one, skills=frozenset({0, 1})), of.people[1]) if skills else of.people
    return replace(of, demand=Demand.of(need, 10.0, 1.0), people=people)


def lawful(of: Problem, number: int) -> list[list[int]]:
    """Every lawful row of days of a person."""
    return [
        list(days)
        for days in product((-1, 0, 1, 2), repeat=of.days)
        if next(of_person(of, of.people[number], list(days)), None) is None
    ]


def breaks(days: list[int]) -> list[list[int]]:
    """The early shape has its break in the middle."""
    return [[1 if shape == tiny.EARLY else -1] for shape in days]


def at_work(of: Problem, days: list[int]) -> np.ndarray:
    """Whether somebody is at work in each interval."""
    there = np.zeros(of.intervals + tiny.DAY)
    for day, shape in enumerate(days):
        if shape >= 0:
            begin = of.contracts[0].starts[day, shape]
            there[begin : begin + 3] = 1.0
            there[begin + 1] -= shape == tiny.EARLY
    return there[: of.intervals]


def recounted(of: Problem, need: np.ndarray, rows: list[list[int]]) -> float:
    """Wages and wishes, and in each interval the cheapest way to put those at work at channels they know."""
    own = sum(tiny.price_of(days, of.own(p)) for p, days in enumerate(rows))
    best = np.full(of.intervals, np.inf)
    for channels in product(*(sorted(person.skills) for person in of.people)):
        people = np.zeros(need.shape)
        for days, channel in zip(rows, channels, strict=True):
            people[channel] += at_work(of, days)
        missing = np.maximum(need - people, 0.0).sum(axis=0)
        best = np.minimum(best, 10.0 * missing + np.maximum(people - need, 0.0).sum(axis=0))
    return float(own + best.sum())


def rosters(rows: list[list[int]]) -> Rosters:
    return Rosters(np.array(rows), np.array([breaks(days) for days in rows]))


def wish(*, work: bool, shapes: tuple[int, ...] = (0, 1, 2), person: int = 0) -> Wished:
    cells = np.zeros((DAYS, 3), dtype=bool)
    cells[DAY, list(shapes)] = True
    return Wished(person, Asked(cells, work), WEIGHT)


def with_wish(of: Problem, wished: Wished) -> Problem:
    """The weight of the wish as the problem counts it: off breaks it by working, on earns it."""
    who = of.people[0]
    extra = who.extra + np.where(wished.asked.cells, -WEIGHT if wished.asked.work else WEIGHT, 0.0)
    return replace(of, people=(replace(who, extra=extra), *of.people[1:]))


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("skills", [False, True])
def test_the_price_is_that_of_the_best_roster_with_the_wish(seed: int, *, skills: bool) -> None:
    """On or off on the third day: least cost of all with it less the cost as planned, the weight left out of both."""
    bare = two(seed, skills=skills)
    mine, other = lawful(bare, 0), lawful(bare, 1)[seed]
    working = [days for days in mine if days[DAY] >= 0]
    free = [days for days in mine if days[DAY] < 0]
    for work, planned, granted in ((True, free[seed], working), (False, working[-1 - seed], free)):
        wished = wish(work=work)
        (found,) = granting(with_wish(bare, wished), rosters([planned, other]), [wished])
        need = bare.demand.width[0]
        least = min(recounted(bare, need, [days, other]) for days in granted)
        assert found.cost == pytest.approx(least - recounted(bare, need, [planned, other]))


def test_of_the_price_cover_is_told_apart() -> None:
    """One person, needed at 10 an interval: off on the third day leaves the early shift's two intervals uncovered."""
    bare = two(0)
    need = np.zeros((1, bare.intervals))
    start = int(bare.contracts[0].starts[DAY, tiny.EARLY])
    need[0, [start, start + 2]] = 1.0
    who = tiny.person(DAYS, Rules(rest=0), Hours(Limits(1, 1)), extra=np.full((DAYS, 3), 4.0))
    of = replace(bare, demand=Demand.of(need, 10.0, 0.0), people=(who,))
    wished = wish(work=False)
    planned = [-1, -1, tiny.EARLY, -1]
    (found,) = granting(with_wish(of, wished), rosters([planned]), [wished])
    assert (found.cost, found.cover) == (pytest.approx(20.0), pytest.approx(20.0))


def test_a_wish_without_a_lawful_roster_names_what_frees_it() -> None:
    """The third day is barred; nothing but that forbids to work there."""
    bare = two(1)
    extra = np.zeros((DAYS, 3))
    extra[DAY] = np.inf
    who = tiny.person(DAYS, Rules(rest=0, most_run=2), Hours(Limits(3, 3)), extra=extra)
    of = replace(bare, people=(who, bare.people[1]))
    planned = [0, 0, -1, 0]
    (found,) = granting(of, rosters([planned, [-1, -1, -1, 0]]), [wish(work=True)])
    assert found.cost is None
    assert found.freed_by == (("availability",),)


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10**6), work=st.booleans(), shape=st.integers(0, 2))
def test_granting_costs_at_least_the_weight_where_the_person_has_their_best_roster(
    seed: int, *, work: bool, shape: int
) -> None:
    """For any needs, wages and wishes: the best roster next to the others does not grant it, so it costs its weight."""
    wished = wish(work=work, shapes=(shape,))
    of = with_wish(two(seed), wished)
    other = lawful(of, 1)[seed % 20]
    centre = Centre(of)
    there = centre.present(np.array([1]), Rosters(np.array([other]), np.array([breaks(other)])))
    gains = of.demand.smooth(there, 0.0, np.zeros(there.shape))
    placed = centre.shapes[0].placed(gains[0])
    best = Pricer(of, None, np.float64).cheapest([0], [placed.value]).rosters[0].tolist()
    if (best[DAY] == shape) == work:
        return
    (found,) = granting(of, rosters([best, other]), [wished])
    assert found.cost is None or found.cost >= WEIGHT - 1e-6


def test_no_wishes_cost_nothing() -> None:
    assert granting(two(1), rosters([[-1] * DAYS] * 2), []) == ()
