"""The whole search on small centres: bound, rules, cost, order of people, and people without a roster."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from benchmarks.joined_cases.centre import centre
from benchmarks.joined_cases.recount import break_faults, cost, faults
from optimize.roster.joined.centre import Centre, Rosters
from optimize.roster.joined.certificate import bound_at
from optimize.roster.joined.days import Days
from optimize.roster.joined.demand import Demand
from optimize.roster.joined.diagnosis import stuck_people
from optimize.roster.joined.pricer import Pricer
from optimize.roster.joined.problem import OFF, Hours, Limits, Problem, Rules
from optimize.roster.joined.search import Effort, search
from optimize.roster.joined.sweeps import Team, for_whole_days
from optimize.roster.program.budget import Budget
from optimize.roster.program.solver import Solver, backend_named
from tests.optimize.roster.joined import tiny

SMALL = Effort(rounds=15, sweeps=4, passes=0)


def two_people(seed: int, days: int = 4) -> Problem:
    """Two people, one of them with a skill more, and needs drawn at random."""
    random = np.random.default_rng(seed)
    rules = Rules(rest=540, least_off=1, most_run=2)
    one = tiny.person(days, rules, Hours(Limits(1, 3)), extra=random.integers(0, 4, (days, 3)).astype(float))
    return tiny.problem((one, replace(one, name="two")), days)


def at_work(of: Problem, days: list[int]) -> np.ndarray:
    """Whether somebody is at work in each interval; the early shape has its break in the middle."""
    there = np.zeros(of.intervals + tiny.DAY)
    for day, shape in enumerate(days):
        if shape >= 0:
            begin = of.contracts[0].starts[day, shape]
            there[begin : begin + 3] = 1.0
            there[begin + 1] -= shape == tiny.EARLY
    return there[: of.intervals]


@pytest.mark.parametrize("seed", range(3))
def test_no_roster_costs_less_than_the_bound(seed: int) -> None:
    """Every pair of rosters; one person is needed at any time, at 10 if there is none and 1 for each too many."""
    of = two_people(seed)
    every = list(tiny.lawful(of))
    own = np.array([tiny.price_of(days, of.people[0].extra) for days in every])
    there = np.stack([at_work(of, days) for days in every])
    both = there[:, None] + there[None]
    cover = 10.0 * np.maximum(1 - both, 0).sum(axis=2) + np.maximum(both - 1, 0).sum(axis=2)
    least = (own[:, None] + own[None] + cover).min()
    for factor in (0.0, 0.5, 1.0):
        assert bound_at(of, factor * of.demand.most) <= least + 1e-9
    found = search(of, Effort(rounds=60, sweeps=6, passes=1))
    assert found.bound - 1e-9 <= least <= found.cost + 1e-9


@pytest.mark.parametrize("skills", [False, True])
def test_a_small_centre_keeps_its_rules_and_costs_what_is_said(skills: bool) -> None:
    """Recounted by code that shares nothing; the bound is not above the cost, and the same effort gives the same."""
    of = centre(8, 1, 1, skills=skills)
    found = search(of, SMALL)
    rows, breaks = found.rosters.shapes.tolist(), found.rosters.breaks.tolist()
    assert faults(of, rows) + break_faults(of, rows, breaks) == []
    assert cost(of, rows, breaks) == pytest.approx(found.cost)
    assert found.bound <= found.cost
    again = search(of, SMALL)
    assert np.array_equal(again.rosters.shapes, found.rosters.shapes)
    assert np.array_equal(again.rosters.breaks, found.rosters.breaks)


def test_a_day_planned_again_costs_no_more_and_keeps_the_rules() -> None:
    """The program of one day, from rosters of sweeps alone."""
    of = centre(10, 1, 1, skills=False)
    found = search(of, SMALL)
    made, pricer = Centre(of), Pricer(of)
    days = Days(made, pricer, Solver(backend_named("highs"), Budget()), found.rosters, np.zeros(of.demand.base.shape))
    assert days.cost == pytest.approx(found.cost)
    assert days.improve(2, nodes=1, gap=0.01) == (days.cost < found.cost - 1e-9)
    rows = days.rosters.shapes.tolist()
    assert faults(of, rows) + break_faults(of, rows, days.rosters.breaks.tolist()) == []
    assert made.cost(days.rosters) == pytest.approx(days.cost)


def days_of(of: Problem, shapes: list[list[int]]) -> Days:
    """Rosters to be planned again, without breaks but those of early shapes."""
    made = Centre(of)
    table = np.array(shapes)
    breaks = np.where(table[:, :, None] == tiny.EARLY, 1, np.full((*table.shape, made.most_breaks), -1))
    lean = np.zeros(of.demand.base.shape)
    return Days(made, Pricer(of, edges=None), Solver(backend_named("highs"), Budget()), Rosters(table, breaks), lean)


def test_a_day_gives_a_day_off_to_a_person_nobody_needs() -> None:
    """Nobody is needed and an interval at work costs 1; each may have the day off, the second only one of two days."""
    of = two_people(1)
    free = np.zeros((4, 3))
    one, two = replace(of.people[0], extra=free, hours=Hours()), replace(of.people[1], extra=free)
    demand = Demand.of(np.zeros(of.demand.base.shape), 10.0, 1.0)
    days = days_of(replace(of, people=(one, two), demand=demand), [[1, -1, -1, -1], [1, 1, -1, -1]])
    assert days.improve(0, nodes=1, gap=0.0)
    assert days.rosters.shapes.tolist() == [[-1, -1, -1, -1], [-1, 1, -1, -1]]
    days.improve(1, nodes=1, gap=0.0)
    assert days.rosters.shapes[1, 1] != OFF


def test_a_day_calls_a_person_who_is_off_where_somebody_is_missing() -> None:
    """One person is needed at any time; the second has worked all the shifts they may."""
    of = two_people(1)
    free = np.zeros((4, 3))
    one = replace(of.people[0], extra=free, hours=Hours())
    two = replace(of.people[1], extra=free, hours=Hours(Limits(1, 1)))
    days = days_of(replace(of, people=(one, two)), [[-1, -1, 1, -1], [-1, -1, 1, -1]])
    before = days.cost
    assert days.improve(0, nodes=1, gap=0.0)
    assert days.rosters.shapes[0, 0] != OFF
    assert days.rosters.shapes[1].tolist() == [-1, -1, 1, -1]
    assert days.cost <= before - 2 * 10.0


@pytest.mark.parametrize("seed", range(3))
def test_passes_over_the_days_never_cost_more(seed: int) -> None:
    """They begin with rosters for whole days, which cost more at first; the rules are kept all the way."""
    of, costs = two_people(seed), []
    found = search(of, replace(SMALL, passes=3), seed=seed, tell=lambda _stage, cost: costs.append(cost))
    assert costs == sorted(costs, reverse=True)
    assert costs[-1] == pytest.approx(found.cost)
    assert found.cost <= search(of, SMALL, seed=seed).cost
    assert all(list(days) in list(tiny.lawful(of, p)) for p, days in enumerate(found.rosters.shapes.tolist()))


def test_rosters_for_whole_days_bring_time_to_the_day_that_lacks_it() -> None:
    """Nobody works at the weekend yet, and only the weekend needs people; the rules are kept."""
    of = centre(8, 1, 2, skills=False)
    need = np.zeros(of.demand.base.shape)
    need[:, of.midnights[5] :] = 2.0
    of = replace(of, demand=Demand.of(need, 30.0, 0.1))
    made, lean = Centre(of), np.zeros(of.demand.base.shape)
    team = Team(made, Pricer(of))
    rosters = for_whole_days(team, np.random.default_rng(1), lean)
    assert faults(of, rosters.shapes.tolist()) == []
    assert (rosters.shapes[:, 5] != OFF).sum() >= 2


def test_a_person_may_get_other_shapes_on_the_same_days() -> None:
    """At random prices, next to the others; without it the days change."""
    of = centre(8, 1, 2, skills=True)
    random, changed = np.random.default_rng(1), 0
    team = Team(Centre(of), Pricer(of))
    for_whole_days(team, random, np.zeros(of.demand.base.shape))
    for person in range(8):
        before = team.shapes[person] != OFF
        team.again(person, 3.0, random.normal(0.0, 5.0, of.demand.base.shape), same_days=True)
        assert np.array_equal(team.shapes[person] != OFF, before)
        team.again(person, 3.0, random.normal(0.0, 5.0, of.demand.base.shape))
        changed += not np.array_equal(team.shapes[person] != OFF, before)
    assert changed > 0


def test_the_order_of_people_does_not_change_the_bound() -> None:
    """The bound is a sum over people."""
    of = centre(12, 2, 2, skills=True)
    prices = np.random.default_rng(1).uniform(0, 30, of.demand.base.shape)
    assert bound_at(replace(of, people=of.people[::-1]), prices) == pytest.approx(bound_at(of, prices))


def test_a_person_without_a_roster_is_named_with_what_frees_them() -> None:
    """Five shifts in four days; four shifts with runs of two need days off of none."""
    of = two_people(1)
    hours = replace(of.people[0], hours=Hours(Limits(4, 4)))
    stuck = replace(of, people=(of.people[1], hours))
    assert [(each.person, each.freed_by) for each in stuck_people(stuck)] == [(1, (("hours",), ("runs",)))]
    with pytest.raises(ValueError, match="no roster keeps the rules of one"):
        search(stuck, SMALL)
    assert stuck_people(of) == ()
