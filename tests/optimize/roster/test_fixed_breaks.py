"""Breaks that cannot move, whose columns are those of the shifts they belong to."""

from __future__ import annotations

from itertools import combinations_with_replacement
from typing import TYPE_CHECKING

import numpy as np
import pytest

from optimize.roster.inputs.people import read_people
from optimize.roster.planner import plan_week
from tests.optimize.roster import weeks

if TYPE_CHECKING:
    from numpy.typing import NDArray

FIXED = {"length": "1h", "after": "4h"}
MOVED = {"length": "1h", "after": "6h-7h", "paid": True}


def shifts(places: tuple[int, ...]) -> list[NDArray[np.float64]]:
    """Hours at work of every nine-hour shift begun at 6, 8, .. 14: off in the fifth, and in one of `places` if any."""
    found = []
    for start in range(6, 15, 2):
        for place in places or (4,):
            works = np.zeros(24)
            works[start : start + 9] = 1
            works[[start + 4, start + place]] = 0
            found.append(works)
    return found


@pytest.mark.parametrize(("seed", "breaks", "places"), [(0, [FIXED], ()), (1, [FIXED, MOVED], (6, 7))])
def test_two_people_with_a_fixed_break_cost_what_trying_all_pairs_of_shifts_finds(
    seed: int, breaks: list[dict[str, object]], places: tuple[int, ...]
) -> None:
    """Days without rest between them stand alone: each costs the cheapest of all pairs, and the bound is no higher."""
    contract = {
        "agents": 2, "days_per_week": 7, "max_consecutive_days": 7, "rest": "0h", "cost_per_hour": 10,
        "guaranteed": True, "breaks": breaks, "shifts": [{"length": "9h", "start": "06:00-14:00", "step": "2h"}],
    }  # fmt: skip
    config = weeks.config_of(contracts={"day": contract})
    horizon, need = weeks.horizon_of(config), np.random.default_rng(seed).integers(0, 3, 168)
    roster = plan_week(config, horizon, weeks.requirement_of(horizon, phone=need), read_people(config))
    best = 0.0
    for day in need.reshape(7, 24):
        pairs = combinations_with_replacement(shifts(places), 2)
        spare = [one + other - day for one, other in pairs]
        excess = config.costs.excess_per_hour
        best += min(100 * np.maximum(-s, 0).sum() + excess * np.maximum(s, 0).sum() for s in spare) + 2 * 8 * 10
    assert roster.cost.total == pytest.approx(best)
    assert roster.bound <= best + 1e-6
