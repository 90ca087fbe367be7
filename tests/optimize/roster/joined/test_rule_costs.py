"""What rules cost at given prices: against every roster there is, and the laws of it."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.joined_cases.recount import of_person
from optimize.roster.joined.certificate import bound_at
from optimize.roster.joined.leaving_out import FAMILIES, without
from optimize.roster.joined.problem import History, Hours, Limits, Problem, Rules
from optimize.roster.joined.rule_costs import PRICED, rule_costs
from tests.optimize.roster.joined import tiny

CENTS = 0.02
"""Single precision of amounts below a thousand."""


def prices_of(of: Problem, seed: int) -> np.ndarray:
    """Prices of time between what the last and the first person gain."""
    return np.random.default_rng(seed).uniform(of.demand.least, of.demand.most)


def least(of: Problem, number: int, prices: np.ndarray) -> float:
    """Cheapest roster of a person less its time at these prices, over all rows of days."""
    who, own = of.people[number], of.own(number)
    found = np.inf
    for days in product((-1, 0, 1, 2), repeat=of.days):
        if next(of_person(of, who, list(days)), None) is None:
            worked = [(day, shape) for day, shape in enumerate(days) if shape >= 0]
            value = sum(own[day, shape] - worth(of, day, shape, prices) for day, shape in worked)
            found = min(found, float(value))
    return found


def worth(of: Problem, day: int, shape: int, prices: np.ndarray) -> float:
    """Prices of the intervals of a shape inside the horizon; the early one has its break in the middle."""
    begin = int(of.contracts[0].starts[day, shape])
    inside = [begin + k for k in range(3) if not (shape == tiny.EARLY and k == 1)]
    return float(sum(prices[0, t] for t in inside if t < of.intervals))


def two_contracts() -> Problem:
    """Three people on two contracts with different rules; the second has no limit of hours."""
    days = 5
    strict = tiny.person(days, Rules(rest=540, least_off=2, most_run=2), Hours(Limits(2, 3)))
    barred = np.zeros((days, 3))
    barred[0] = np.inf
    free = replace(tiny.person(days, Rules(rest=540, whole_weekends=True), extra=barred), contract=1)
    of = tiny.problem((strict, replace(strict, name="two", history=History(1, ended=-4)), free), days, first_weekday=3)
    return replace(of, contracts=(of.contracts[0], replace(of.contracts[0], name="free")))


@pytest.mark.parametrize("seed", range(3))
def test_a_family_costs_what_every_roster_says(seed: int) -> None:
    """Sum over people of the cheapest roster with the rule less the cheapest without it, by contract."""
    of = two_contracts()
    prices = prices_of(of, seed)
    with_all = [least(of, p, prices) for p in range(3)]
    costs = {cost.family: dict(cost.contracts) for cost in rule_costs(of, prices)}
    assert set(costs) == {"availability", "hours", "weekends", "runs", "days off", "rest"}
    for family, by_contract in costs.items():
        freer = replace(of, people=tuple(without(of, each, family) for each in of.people))
        more = [with_all[p] - least(freer, p, prices) for p in range(3)]
        assert by_contract.get("tiny", 0.0) == pytest.approx(more[0] + more[1], abs=CENTS)
        assert by_contract.get("free", 0.0) == pytest.approx(more[2], abs=CENTS)


@settings(max_examples=6, deadline=None)
@given(seed=st.integers(0, 10**6), family=st.sampled_from(PRICED))
def test_a_family_costs_the_change_of_the_bound_and_never_less_than_nothing(seed: int, family) -> None:
    """For any rules and prices: the bound with the rule, proven in double precision, less the bound without it."""
    of = tiny.random_problem(seed, days=5)
    of = replace(of, people=(of.people[0], replace(of.people[0], name="two")))
    prices = prices_of(of, seed)
    bound = bound_at(of, prices)
    if not np.isfinite(bound):
        return
    without_it = bound_at(replace(of, people=tuple(without(of, each, family) for each in of.people)), prices)
    amount = sum(cost.amount for cost in rule_costs(of, prices) if cost.family == family)
    assert amount == pytest.approx(bound - without_it, abs=CENTS)
    assert amount >= -CENTS


def test_the_dearest_comes_first_and_the_week_before_is_not_among_them() -> None:
    of = two_contracts()
    amounts = [cost.amount for cost in rule_costs(of, prices_of(of, 1))]
    assert amounts == sorted(amounts, reverse=True)
    assert amounts[0] > 0
    assert set(PRICED) == set(FAMILIES) - {"history"}


def test_a_search_that_is_ended_prices_no_rules() -> None:
    of = two_contracts()
    assert rule_costs(of, prices_of(of, 1), lambda: True) == ()
