"""People shared out among channels, against a linear program and by hand."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from scipy.optimize import linprog

from optimize.roster.joined.demand import Demand
from optimize.roster.joined.sharing import Skills, best_channels, open_channels, shared

SETS = (frozenset({0}), frozenset({1}), frozenset({0, 1}), frozenset({1, 2}))


def least(present: np.ndarray, demand: Demand, t: int) -> float:
    """Cost of one interval by a linear program over flows from sets to steps."""
    columns = [(k, c, j) for k, known in enumerate(SETS) for c in sorted(known) for j in range(len(demand.gain))]
    equal = np.array([[k == at for k, _, _ in columns] for at in range(len(SETS))], dtype=float)
    pairs = [(c, j) for c in range(3) for j in range(len(demand.width))]
    upper = np.array([[(c, j) == pair for _, c, j in columns] for pair in pairs], dtype=float)
    wide = np.array([demand.width[j, c, t] for c, j in pairs])
    found = linprog([-demand.gain[j, c, t] for _, c, j in columns], upper, wide, equal, present[:, t])
    return float(demand.base[:, t].sum() + found.fun)


def random_demand(random: np.random.Generator, moments: int = 6) -> Demand:
    """Three steps of falling gains for three channels."""
    gain = -np.sort(-random.integers(-5, 20, (3, 3, moments)), axis=0).astype(float)
    return Demand(
        random.integers(0, 9, (3, moments)).astype(float), random.integers(0, 4, (2, 3, moments)).astype(float), gain
    )


@pytest.mark.parametrize("seed", range(10))
def test_sharing_costs_the_least(seed: int) -> None:
    """Costs of several steps; nobody counts twice."""
    random = np.random.default_rng(seed)
    demand, present = random_demand(random), random.integers(0, 5, (4, 6)).astype(float)
    found = shared(Skills.of(SETS, 3), present, demand)
    assert found.people.sum(axis=0) == pytest.approx(present.sum(axis=0))
    for t in range(6):
        part = Demand(demand.base[:, [t]], demand.width[..., [t]], demand.gain[..., [t]])
        assert part.cost(found.people[:, [t]]) == pytest.approx(least(present, demand, t))


@pytest.mark.parametrize("seed", range(10))
def test_the_price_of_one_more_is_what_they_save(seed: int) -> None:
    """Also when they free a colleague for a channel they do not know."""
    random = np.random.default_rng(seed)
    demand, present = random_demand(random), random.integers(1, 5, (4, 6)).astype(float)
    skills = Skills.of(SETS, 3)
    now = shared(skills, present, demand)
    before = demand.cost(now.people)
    for k in range(4):
        price = open_channels(skills, k, demand.smooth(now.people, 0.0, np.zeros((3, 6))), now.room)
        for t in range(6):
            more = present.copy()
            more[k, t] += 1
            assert before - demand.cost(shared(skills, more, demand).people) == pytest.approx(price[t])


@pytest.mark.parametrize("seed", range(5))
def test_worth_is_the_least_of_cost_and_prices(seed: int) -> None:
    """By trying every number of people."""
    random = np.random.default_rng(seed)
    demand = random_demand(random, moments=1)
    prices = demand.within(random.uniform(-5, 20, (3, 1)))
    tried = [
        min(demand.cost(np.eye(3)[[c]].T * n) + prices[c, 0] * n - demand.base.sum() for n in range(12))
        for c in range(3)
    ]
    assert demand.worth(prices) == pytest.approx(demand.base.sum() + sum(tried))


def test_time_has_the_price_of_the_best_channel_known() -> None:
    """The third set knows channels 0 and 1."""
    prices = np.array([[1.0], [5.0], [9.0]])
    assert best_channels(Skills.of(SETS, 3), prices)[:, 0].tolist() == [1.0, 5.0, 5.0, 9.0]


def every_set(known: np.ndarray) -> Skills:
    """The tables with every set of channels but the empty one."""
    sets = np.array(list(product((False, True), repeat=known.shape[1]))[1:])
    return Skills(known, sets, np.any(sets[:, None, :] & known[None, :, :], axis=2))


@pytest.mark.parametrize("seed", range(20))
def test_few_sets_of_channels_say_what_all_of_them_say(seed: int) -> None:
    """With channels that nobody knows, groups that share nobody, and steps without people."""
    random = np.random.default_rng(seed)
    known = random.random((4, 5)) < 0.35
    known[~known.any(axis=1), 0] = True
    gain = -np.sort(-random.integers(-5, 20, (4, 5, 8)), axis=0).astype(float)
    demand = Demand(np.zeros((5, 8)), random.integers(0, 3, (3, 5, 8)).astype(float), gain)
    present = random.integers(0, 4, (4, 8)).astype(float)
    few = Skills.of([frozenset(np.flatnonzero(each).tolist()) for each in known], 5)
    one, other = shared(few, present, demand), shared(every_set(known), present, demand)
    assert one.people == pytest.approx(other.people)
    prices = demand.smooth(one.people, 0.0, np.zeros((5, 8)))
    for k in range(4):
        assert open_channels(few, k, prices, one.room) == pytest.approx(
            open_channels(every_set(known), k, prices, other.room)
        )


def test_twenty_channels_of_teams_need_few_sets() -> None:
    """Five teams of four channels: a set for each team and its parts, not a million."""
    teams = [frozenset(range(4 * team, 4 * team + 4)) for team in range(5)]
    alone = [frozenset({4 * team}) for team in range(5)]
    assert len(Skills.of(teams + alone, 20).sets) == 10
