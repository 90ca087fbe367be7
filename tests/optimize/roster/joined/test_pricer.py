"""The exact programme of one person against every roster there is, and each rule at its edge."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks.joined_cases.recount import of_person
from optimize.roster.joined.pricer import Pricer
from tests.optimize.roster.joined import tiny


def cheapest(of, price, edges=None):
    """Roster and value of the only person at these prices."""
    found = Pricer(of, edges, np.float64).cheapest([0], [-price])
    return found.rosters[0].tolist(), float(found.values[0])


@pytest.mark.parametrize("seed", range(60))
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
