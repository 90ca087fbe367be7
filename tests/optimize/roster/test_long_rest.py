"""Long shifts with a long rest, which reach over a whole day off."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations, pairwise, product
from typing import TYPE_CHECKING

import numpy as np
import pytest

from configs.tables import records
from optimize.roster.inputs.people import read_people
from optimize.roster.inputs.previous import previous_of
from optimize.roster.recipe import plan_week
from optimize.roster.verify import verify
from tests.optimize.roster import weeks

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from configs.schema import Config

HOURS = 16
REST = 24
STARTS = (6, 14, 22)


def on_call(people: int) -> Config:
    """Three shifts of 16 h a week, begun at 6, 14 or 22 o'clock, and 24 h of rest: from 22:00 it lasts two days."""
    shift = {"length": f"{HOURS}h", "start": "06:00-22:00", "step": "8h"}
    contract = {
        "agents": people, "days_per_week": 3, "shifts": [shift], "rest": f"{REST}h", "days_off": "any", "guaranteed": True,
        "cost_per_hour": 10,
    }  # fmt: skip
    return weeks.config_of(contracts={"call": contract})


def tours() -> list[NDArray[np.float64]]:
    """Hours at work in every tour one person may have, the week a circle; found by trying all of them."""
    found = []
    for days in combinations(range(7), 3):
        for clock in product(STARTS, repeat=3):
            begins = [24 * day + hour for day, hour in zip(days, clock, strict=True)]
            if all(after - before >= HOURS + REST for before, after in pairwise([*begins, begins[0] + 168])):
                works = np.zeros(168)
                for begin in begins:
                    works[np.arange(begin, begin + HOURS) % 168] += 1
                found.append(works)
    return found


@pytest.mark.parametrize("seed", [1, 2, 3, 4])
def test_the_best_tours_of_two_people_on_call_are_those_found_by_trying_all(seed: int) -> None:
    """Every pair of tours that rests is tried; the roster, whose rest is recounted, costs what the best pair costs."""
    config = on_call(2)
    horizon = weeks.horizon_of(config)
    need = np.random.default_rng(seed).integers(0, 3, 21).repeat(8)
    each = tours()
    best = min(np.maximum(need - one - other, 0).sum() for i, one in enumerate(each) for other in each[i:])
    roster = plan_week(config, horizon, weeks.requirement_of(horizon, phone=need), read_people(config))
    excess = np.maximum(roster.coverage["staffed"].to_numpy() - need, 0).sum() * config.costs.excess_per_hour
    assert roster.left_out == 0
    assert roster.cost.total - excess == pytest.approx(100 * best + 2 * 3 * HOURS * 10)
    assert roster.bound <= roster.cost.total + 1e-6


@pytest.mark.parametrize("seed", [1, 2, 5])
def test_the_week_after_and_a_changed_week_keep_the_long_rest(seed: int) -> None:
    """Three people, the week before known and then their own week published: nobody begins within 24 h of an end."""
    config = on_call(3)
    draw, horizon = np.random.default_rng(seed), weeks.horizon_of(config)
    needs = [weeks.requirement_of(horizon, phone=draw.integers(0, 3, 21).repeat(8)) for _ in range(2)]
    first = plan_week(config, horizon, needs[0], read_people(config))
    again = plan_week(config, horizon, needs[1], replace(read_people(config), published=first.table))
    following = weeks.horizon_of(config, first=previous_of(first, "UTC").until)
    later_need = needs[1].assign(start=needs[1]["start"] + (following.begin - horizon.begin))
    people = replace(read_people(config), previous=previous_of(first, "UTC"))
    later = plan_week(config, following, later_need, people)
    for need, roster in ((needs[1], again), (later_need, later)):
        verify(config, need, roster)
    for table in (first.table, again.table, later.table):
        rows = records(table.sort_values(["agent", "start"]))
        gaps = [b["start"] - a["end"] for a, b in pairwise(rows) if a["agent"] == b["agent"]]
        assert min(gap.total_seconds() for gap in gaps) >= REST * 3600
