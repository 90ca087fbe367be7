"""Days that must be worked, and rules that look at whole rosters, against every roster there is."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from benchmarks.joined_cases.recount import of_person
from optimize.roster.joined.pricer import Pricer
from optimize.roster.joined.problem import Rules
from optimize.roster.joined.watched import Choice, Tally, Watched
from tests.optimize.roster.joined import tiny

DAYS = 6
RULES = Rules(rest=0, most_run=4)


def cheapest(of, price, edges=None):
    """Roster and value of the only person at these prices."""
    found = Pricer(of, edges, np.float64).cheapest([0], [-price])
    return found.rosters[0], float(found.values[0])


@cache
def lawful_runs() -> tuple[tuple[int, ...], ...]:
    """Every roster with at most four days in a row."""
    of = tiny.problem((tiny.person(DAYS, RULES),), DAYS)
    return tuple(tuple(days) for days in tiny.lawful(of))


def every_price(price: np.ndarray, watched: Watched) -> float:
    """Least price by trying all of them."""
    least = np.inf
    for days in lawful_runs():
        here = tiny.price_of(list(days), price)
        if here < least:
            broken, cost = by_hand(watched, np.array(days))
            least = least if broken else min(least, here + cost)
    return least


def by_hand(watched: Watched, roster: np.ndarray) -> tuple[bool, float]:
    """Whether a roster breaks a hard rule, and what it costs by those with a price, in plain loops."""
    broken, cost = False, 0.0
    for tally in watched.tallies:
        row, total = 0, 0
        for group in tally.groups:
            total += max(int(tally.weights[row + k][roster[day]]) for k, day in enumerate(group))
            row += len(group)
        outside = max(total - tally.most, tally.least - total, 0)
        broken |= tally.price is None and outside > 0
        cost += (tally.price or 0.0) * outside
    for choice in watched.choices:
        broken |= not any(all(mask[d][roster[d]] for d in range(roster.size)) for mask in choice.allowed)
    return broken, cost


def drawn(random: np.random.Generator, *, soft: bool) -> Watched:
    """Some sums over days and weekends, and perhaps a choice between patterns."""
    tallies = []
    for _ in range(int(random.integers(1, 4))):
        groups = [(0,), (1,), (2,), (3, 4), (5,)]
        taken = [groups[k] for k in sorted(random.choice(5, int(random.integers(2, 5)), replace=False).tolist())]
        weights = random.integers(0, 3, (sum(map(len, taken)), 4))
        low, high = sorted(random.integers(0, 8, 2).tolist())
        price = float(random.integers(1, 9)) if soft and random.random() < 0.6 else None
        tallies.append(Tally(tuple(taken), weights, low if random.random() < 0.5 else 0, high, price))
    choices = (Choice(random.random((3, DAYS, 4)) < 0.8),) if random.random() < 0.5 else ()
    return Watched(DAYS, tuple(tallies), choices)


@pytest.mark.parametrize("seed", range(20))
def test_days_that_must_be_worked_against_every_roster(seed: int) -> None:
    """With every other rule at once; the links of the chain may not have such a day off."""
    of = tiny.random_problem(seed + 500)
    random = np.random.default_rng(seed)
    due = frozenset(random.choice(of.days, int(random.integers(1, 3)), replace=False).tolist())
    of = replace(of, people=(replace(of.people[0], due=due),))
    price = random.integers(-5, 20, (of.days, 3)).astype(float)
    roster, value = cheapest(of, price)
    due_worked = [days for days in tiny.lawful(of) if all(days[day] >= 0 for day in due)]
    assert value == pytest.approx(min((tiny.price_of(days, price) for days in due_worked), default=np.inf))
    if np.isfinite(value):
        assert all(roster[day] >= 0 for day in due)


@pytest.mark.parametrize("soft", [False, True])
@pytest.mark.parametrize("seed", range(20))
def test_rules_of_whole_rosters_against_every_roster(seed: int, *, soft: bool) -> None:
    """A bound is never above the least price, and the roster found keeps what it says; most often both meet."""
    random = np.random.default_rng(seed)
    watched = drawn(random, soft=soft)
    of = tiny.problem((tiny.person(DAYS, RULES, watched=watched),), DAYS)
    price = random.integers(-20, 10, (DAYS, 3)).astype(float)
    least = every_price(price, watched)
    _, bound = cheapest(of, price)
    assert bound <= least + 1e-9
    roster, value = cheapest(of, price, edges=3)
    broken, cost = by_hand(watched, roster)
    assert list(of_person(of, of.people[0], roster.tolist())) == []
    if not broken:
        assert value == pytest.approx(tiny.price_of(roster.tolist(), price) + cost)
        assert value >= least - 1e-9
    assert (watched.broken(roster) > 0) == broken
    assert watched.price(roster) == pytest.approx(cost)


def test_branching_ends_at_the_cheapest_lawful_roster() -> None:
    """Over many drawn rules the proven bound is the least price, and the search finds it in nearly all."""
    met = proven = lawful = 0
    for seed in range(60):
        random = np.random.default_rng(seed + 900)
        watched = drawn(random, soft=bool(seed % 2))
        of = tiny.problem((tiny.person(DAYS, RULES, watched=watched),), DAYS)
        price = random.integers(-20, 10, (DAYS, 3)).astype(float)
        least = every_price(price, watched)
        if np.isfinite(least):
            lawful += 1
            proven += cheapest(of, price)[1] == pytest.approx(least)
            met += cheapest(of, price, edges=3)[1] == pytest.approx(least)
    assert lawful >= 30
    assert proven >= 0.9 * lawful
    assert met >= 0.9 * lawful


def test_one_too_many_is_one_too_many() -> None:
    """Three late shifts earn most; two are allowed, and the third day is another shape."""
    weights = np.zeros((DAYS, 4), dtype=int)
    weights[:, tiny.LATE] = 1
    lates = Tally(tuple((day,) for day in range(DAYS)), weights, 0, 2)
    of = tiny.problem((tiny.person(DAYS, Rules(rest=0), watched=Watched(DAYS, (lates,))),), DAYS)
    price = np.full((DAYS, 3), 50.0)
    price[:3, tiny.LATE], price[:3, tiny.EARLY] = [-9.0, -8.0, -7.0], -1.0
    roster, value = cheapest(of, price)
    assert roster.tolist() == [1, 1, 0, -1, -1, -1]
    assert value == -18.0
    assert Watched(DAYS, (replace(lates, most=3),)).broken(np.array([1, 1, 1, -1, -1, -1])) == 0
