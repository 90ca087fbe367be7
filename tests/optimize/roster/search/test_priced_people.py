"""The price of people at work: against all sets of channels, and against the rounding of a week without targets."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain, combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from optimize.roster.inputs.assemble import assemble
from optimize.roster.inputs.week import Week
from optimize.roster.program import Program, build
from optimize.roster.program.present import present_in
from optimize.roster.search.priced_people import PricedPeople
from optimize.roster.search.rounding import _StaffingCost
from optimize.roster.search.worth import WORTHS, with_worth
from tests.optimize.roster import weeks
from tests.optimize.roster.served import CONTRACTS, served_week

SKILLS = ["a", "a;b", "b;c", "c", "d", "d;e", "e"]
NAMES = "abcde"


def week_of(skills: list[str], seed: int, **costs: float) -> Week:
    """Hours with random needs at five channels in two parts that no skill connects."""
    config = weeks.config_of(
        channels={name: {"kind": "synchronous"} for name in NAMES},
        contracts=CONTRACTS,
        costs={"shortage_per_hour": 80, **costs},
        roster={"agents": "x.csv"},
    )
    horizon, rng = weeks.horizon_of(config), np.random.default_rng(seed)
    need = {name: rng.integers(0, 5, horizon.size) for name in NAMES}
    people = weeks.people_of([(f"p{i}", "day", each) for i, each in enumerate(skills)])
    return assemble(config, horizon, weeks.requirement_of(horizon, **need), people)


def at_work(week: Week, seed: int, most: int = 6) -> np.ndarray:
    return np.random.default_rng(seed).integers(0, most, (len(week.pools), week.size)).astype(float)


def of_all_sets(program: Program, there: np.ndarray) -> float:
    """Hall's maximum over all sets of channels at every level of price, one interval and one set after another."""
    week = with_worth(program.week, present_in(program, np.zeros(program.model.columns)))
    number = len(week.channels)
    sets = [*chain.from_iterable(combinations(range(number), n) for n in range(1, number + 1))]
    required = np.array([week.live[m] for m in range(number)])
    extras = [tier.extra for tier in week.tiers[0]]
    dear, total = 0.0, 0.0
    levels = []
    for k, extra in enumerate(extras):
        wanted = np.array([week.tiers[m][k].level for m in range(number)])
        dear += extra if k < len(WORTHS) else 0.0
        if k < len(WORTHS) and dear <= week.prices.shortage:
            wanted = np.maximum(wanted, required)
        levels.append((extra, wanted))
    up_to = sum(extras[k] for k in range(len(WORTHS)) if sum(extras[: k + 1]) <= week.prices.shortage)
    for t in range(week.size):
        for price, wanted in [(week.prices.shortage - up_to, required), *levels]:
            missing = 0.0
            for one in sets:
                able = sum(there[s, t] for s, skills in enumerate(week.pools) if set(skills) & set(one))
                missing = max(missing, sum(wanted[m, t] for m in one) - able)
            total += price * missing
    return total * week.horizon.interval_h


def cheap_week() -> Week:
    """The served week with contacts worth a tenth: less than a floor."""
    week = served_week()
    assert week.service is not None
    return replace(week, service=week.service.priced((5.0, 5.0, 2.5)))


@pytest.mark.parametrize("week", [served_week(), cheap_week()])
@pytest.mark.parametrize("seed", [1, 2])
def test_the_price_of_people_is_that_of_all_sets_of_channels(week, seed) -> None:
    """The few sets that are kept find the largest shortage of all; people who know two parts of a team included."""
    program = build(week)
    price = PricedPeople(program, np.zeros(program.model.columns))
    there = at_work(week, seed)
    assert price.of(there.ravel()) == pytest.approx(of_all_sets(program, there))


def test_channels_are_split_in_parts_without_an_error() -> None:
    """Five channels in two parts, without targets: only the largest shortage over all 31 sets costs."""
    week = replace(week_of(SKILLS, 3), service=None)
    program = build(week)
    there = at_work(week, 4)
    plain = _StaffingCost(week, np.zeros(program.model.columns), program)
    price = _priced_without_worth(program)
    assert price.of(there.ravel()) == pytest.approx(plain.of(there.ravel()))


def _priced_without_worth(program: Program) -> PricedPeople:
    """A week that has targets of no worth, so that shortage alone costs."""
    from optimize.roster.inputs.service import ServiceModel

    week = replace(program.week, service=ServiceModel((), ()))
    return PricedPeople(replace(program, week=week), np.zeros(program.model.columns))


@given(st.integers(0, 1000), st.sampled_from([["a", "b", "c", "d", "e"], SKILLS, ["a;b;c;d;e", "a", "e"]]))
def test_without_worth_it_is_the_price_of_the_rounding_but_for_a_constant(seed: int, skills: list[str]) -> None:
    """Differences between any two staffings are equal, deep shortage and excess included."""
    week = week_of(skills, seed, excess_per_hour=2)
    program = build(week)
    one, two = at_work(week, seed), at_work(week, seed + 1)
    plain = _StaffingCost(week, np.zeros(program.model.columns), program)
    price = _priced_without_worth(program)
    assert price.of(one.ravel()) - price.of(two.ravel()) == pytest.approx(plain.of(one.ravel()) - plain.of(two.ravel()))


def test_the_price_of_some_intervals_is_their_part_of_the_whole() -> None:
    """Spans add up, given as a slice or as numbers."""
    week = served_week()
    program = build(week)
    price = PricedPeople(program, np.zeros(program.model.columns))
    there = at_work(week, 5).ravel()
    parts = price.within(there, slice(0, 24)) + price.within(there, np.arange(24, week.size))
    assert parts == pytest.approx(price.of(there))


def test_a_person_of_the_floor_is_worth_the_price_of_shortage() -> None:
    """The first at the phone from 8 to 9 on Monday saves an hour of shortage at 100 and no more."""
    week = cheap_week()
    program = build(week)
    price = PricedPeople(program, np.zeros(program.model.columns))
    nobody = np.zeros((len(week.pools), week.size))
    one = nobody.copy()
    one[next(s for s, skills in enumerate(week.pools) if skills == (0,)), 8] = 1
    assert price.of(nobody.ravel()) - price.of(one.ravel()) == pytest.approx(100.0)


def test_a_person_who_brings_contacts_is_worth_more_than_one_who_does_not() -> None:
    """A second at the phone from 8 to 9 on Monday saves money; at 14 nobody calls, and one there saves nothing."""
    week = served_week()
    program = build(week)
    price = PricedPeople(program, np.zeros(program.model.columns))
    there = np.zeros((len(week.pools), week.size))
    phone = next(s for s, skills in enumerate(week.pools) if skills == (0,))
    there[phone, 8] = 1
    more, idle = there.copy(), there.copy()
    more[phone, 8] += 1
    idle[phone, 14] += 1
    assert price.of(more.ravel()) < price.of(there.ravel()) - 20
    assert price.of(idle.ravel()) == pytest.approx(price.of(there.ravel()))
