"""Burdens of a plan as the search by name has them: shapes, refused wishes, parts and what was taken before."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from optimize.roster.inputs.people import People
from optimize.roster.joined.problem import OFF
from optimize.roster.together.demand import Wanted
from optimize.roster.together.fairness import fairness_of
from optimize.roster.together.persons import staff_of
from tests.optimize.roster import weeks

SHIFTS = [{"length": "8h", "start": "06:00-07:00", "step": "1h"}, {"length": "8h", "start": "22:00"}]
FULL = {"days_per_week": 5, "days_off": "any", "cost_per_hour": 10, "shifts": SHIFTS}
SHARED = {"weight": 0, "nights": 2, "weekends": 1, "wishes": 3}


def config_of(fairness: object = SHARED):
    contracts = {"full": FULL, "part": FULL | {"days_per_week": 3}}
    return weeks.config_of(contracts=contracts, roster={"agents": "x", "fairness": fairness})


def two_weeks(people: People, fairness: object = SHARED):
    """Fairness of two weeks in which somebody is wanted at any time, and the shapes of the search."""
    config = config_of(fairness)
    horizon = replace(weeks.horizon_of(config), days=14)
    wanted = Wanted(np.ones((1, 1, 7 * 24)), np.zeros((2, 1, 7 * 24)), {}, 0.0)
    wages = dict.fromkeys(config.contracts, np.full(horizon.size + 48, 10.0))
    return fairness_of(config, horizon, people, [wanted, wanted]), staff_of(config, horizon, people, wages)


def test_shapes_days_off_and_wishes_by_hand() -> None:
    """Shapes at 6:00, 7:00 and 22:00; a wish for 6:00 is refused by the others and by a day off."""
    wishes = [
        {"agent": "a", "date": pd.Timestamp("2026-12-01"), "shift": "06:00", "wish": "on", "weight": 1.0},
        {"agent": "a", "date": pd.Timestamp("2026-12-12"), "shift": "", "wish": "off", "weight": 1.0},
    ]
    people = weeks.people_of([("a", "full", "phone"), ("b", "part", "phone")], requests=wishes)
    people = replace(people, agents=people.agents.assign(nights=[3.0, np.nan]))
    fairness, staff = two_weeks(people)
    assert fairness is not None
    assert [shapes.clock.tolist() for shapes in staff.shapes] == [[360, 420, 1320]] * 2
    assert fairness.weight.tolist() == [2.0, 1.0, 3.0]
    nights, weekends, refused = range(3)
    a, b = fairness.burdens
    assert a[0, :, nights].tolist() == b[0, :, nights].tolist() == [0, 0, 1, 0]
    assert a[5, :, weekends].tolist() == [1, 1, 1, 0]
    assert a[4, :, weekends].tolist() == [0, 0, 0, 0]
    assert a[1, :, refused].tolist() == [0, 1, 1, 1]
    assert a[12, :, refused].tolist() == [1, 1, 1, 0]
    assert a[12, OFF, refused] == 0
    assert b[:, :, refused].sum() == 0
    assert fairness.part[:, nights] == pytest.approx([5 / 8, 3 / 8])
    assert fairness.part[:, refused].tolist() == [1.0, 0.0]
    # three nights before, all of them a's share: b was not there
    assert fairness.balance[:, nights].tolist() == [0.0, 0.0]


def test_nothing_shared_is_no_fairness() -> None:
    people = weeks.people_of([("a", "full", "phone")])
    assert two_weeks(people, 0)[0] is None
