"""Planned activities: placed at least cost, inside shifts, beside breaks, each person once; what cannot be is told."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import numpy as np
import pandas as pd
import pytest

from configs.errors import ConfigError, DataError, VerificationError
from optimize.roster.inputs.people import People
from optimize.roster.planner import plan_week
from optimize.roster.result import Roster
from optimize.roster.verify import verify
from tests.optimize.roster import weeks

DAY = {
    "days_per_week": 1, "guaranteed": True, "days_off": "any", "cost_per_hour": 10,
    "shifts": [{"length": "8h", "start": "08:00", "days": ["mon"]}],
}  # fmt: skip
TRAINING = {"name": "training", "length": "1h"}


def planned(
    need: np.ndarray, activities: list[dict], agents: int = 2, **contract
) -> tuple[object, pd.DataFrame, Roster]:
    """Roster of people who all work Monday from 8 to 16, with `need` on the phone from 0 to 24 on Monday."""
    config = weeks.config_of(
        contracts={"day": DAY | contract},
        activities=activities,
        roster={"agents": "x", "gap": 0.0, "time_limit": "10s"},
    )
    horizon = weeks.horizon_of(config)
    monday = np.where(horizon.day == 0, need[horizon.time_of_day], 0)
    requirement = weeks.requirement_of(horizon, phone=monday)
    people = weeks.people_of([(f"p{i}", "day", "phone") for i in range(agents)])
    return config, requirement, plan_week(config, horizon, requirement, people)


def held(roster: Roster) -> dict[str, str]:
    return dict(zip(roster.table["agent"], roster.table["activities"], strict=True))


def test_training_lies_where_people_can_be_spared() -> None:
    """Two people from 8 to 16, two needed but from 10 to 11 one, from 13 to 14 none: training at 10 and 13, or both at 13."""
    need = np.zeros(24)
    need[8:16] = 2
    need[10], need[13] = 1, 0
    _, _, roster = planned(need, [TRAINING])
    assert roster.cost.shortage == 0
    assert set(held(roster).values()) <= {"training 10:00-11:00", "training 13:00-14:00"}
    assert roster.coverage["staffed"].iloc[8:16].sum() == 2 * 8 - 2


@pytest.mark.parametrize("seed", range(3))
def test_cost_is_that_of_the_best_of_all_placements(seed: int) -> None:
    """Three people, training one at a time and coaching for one: every placement tried, none is cheaper."""
    rng = np.random.default_rng(seed)
    need = np.zeros(24)
    need[8:14] = rng.integers(1, 4, 6)
    activities = [TRAINING | {"at_once": 1}, {"name": "coaching", "length": "2h", "agents": ["p1"]}]
    contract = {"shifts": [{"length": "6h", "start": "08:00", "days": ["mon"]}]}
    _, _, roster = planned(need, activities, agents=3, **contract)
    best = np.inf
    for trainings in product(range(8, 14), repeat=3):
        if len(set(trainings)) < 3:
            continue
        for coaching in range(8, 13):
            if trainings[1] in (coaching, coaching + 1):
                continue
            there = np.zeros(24)
            there[8:14] = 3
            for at in (*trainings, coaching, coaching + 1):
                there[at] -= 1
            best = min(best, 100 * np.maximum(need - there, 0).sum())
    assert roster.cost.shortage == pytest.approx(best)
    assert roster.bound <= roster.cost.total + 1e-6
    assert roster.cost.activities == 0


def test_a_meeting_is_held_at_one_time_and_moves_breaks() -> None:
    """Lunch may begin from 11 to 13 and the meeting must lie at 12: everybody eats before or after it, nobody misses it."""
    lunch = {"length": "1h", "after": "3h-5h"}
    meeting = {"name": "team meeting", "length": "1h", "window": "12:00-13:00", "together": True}
    need = np.zeros(24)
    need[8:16] = 3
    need[12] = 0
    _, _, roster = planned(need, [meeting], agents=3, breaks=[lunch])
    assert set(held(roster).values()) == {"team meeting 12:00-13:00"}
    assert set(roster.table["breaks"]) <= {"11:00-12:00", "13:00-14:00"}


def test_an_activity_put_off_costs_twice_a_shortage_and_is_told() -> None:
    """Nobody can be spared: one hour short costs 100, an hour of training missed 200, so it is held; after hours it is not."""
    need = np.zeros(24)
    need[8:16] = 1
    _, _, roster = planned(need, [TRAINING], agents=1)
    assert (roster.cost.shortage, roster.cost.activities) == (100, 0)
    _, _, roster = planned(need, [TRAINING | {"window": "17:00-20:00"}], agents=1)
    assert (roster.cost.shortage, roster.cost.activities) == (0, 200)
    assert roster.status == "optimal"  # the bound knows that nobody is there then
    told = [note.sentence for note in roster.notes if note.where == "activity training"]
    assert told == ["1 of 1 people do not take part (p0: no shift with enough time for it within its window)"]


def test_who_and_how_many_take_part() -> None:
    """Two of four, of those named; one at once; the window holds."""
    need = np.zeros(24)
    chosen = TRAINING | {"agents": ["p1", "p2", "p3"], "count": 2, "at_once": 1, "window": "09:00-11:00"}
    _, _, roster = planned(need, [chosen], agents=4)
    cells = held(roster)
    assert cells["p0"] == ""
    assert sorted(filter(None, cells.values())) == ["training 09:00-10:00", "training 10:00-11:00"]


def test_unpaid_time_is_not_paid() -> None:
    """Eight hours less one unpaid are seven paid, at ten an hour."""
    _, _, roster = planned(np.zeros(24), [TRAINING | {"paid": False}])
    assert roster.table["paid_h"].tolist() == [7.0, 7.0]
    assert roster.cost.wages == 140
    assert roster.bound <= 140 + 1e-6


def test_people_are_rostered_so_that_training_leaves_enough() -> None:
    """Starts from 6 to 12 are free: with training the shifts of five people still cover one from 8 to 18, all week."""
    config = weeks.config_of(activities=[TRAINING | {"length": "2h", "window": "09:00-16:00"}])
    horizon = weeks.horizon_of(config)
    from optimize.roster.inputs.people import read_people

    need = weeks.requirement_of(horizon, phone=weeks.hours_between(horizon, 8, 18) * (horizon.weekday < 5))
    roster = plan_week(config, horizon, need, read_people(config))
    working = roster.table["agent"].nunique()
    assert roster.coverage["shortage"].sum() == 0
    assert (roster.table["activities"] != "").sum() == working


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("training 10:30-11:30", "people are counted|is not 1|lies over"),
        ("training 10:00-12:00", "is not 1:00:00 long"),
        ("training 07:00-08:00", "cannot be read"),
        ("lunch 10:00-11:00", "that is not in the config"),
        ("training 08:00-09:00", "lies outside 09:00-16:00"),
        ("training 11:00-12:00;training 13:00-14:00", "take part more than once"),
    ],
)
def test_the_recount_finds_what_is_wrong(cell: str, words: str) -> None:
    """Each kind of damage to the activities of a sound roster is told."""
    config, need, roster = planned(
        np.zeros(24), [TRAINING | {"window": "09:00-16:00"}], breaks=[{"length": "1h", "after": "4h"}]
    )
    assert verify(config, need, roster) is None
    table = roster.table.copy()
    table.loc[0, "activities"] = cell
    with pytest.raises(VerificationError, match=words):
        verify(config, need, replace(roster, table=table))


def test_a_session_over_a_break_is_found() -> None:
    """Lunch from 12 to 13 and training at the same time."""
    config, need, roster = planned(np.zeros(24), [TRAINING], breaks=[{"length": "1h", "after": "4h"}])
    table = roster.table.copy()
    table.loc[0, "activities"] = "training 12:00-13:00"
    with pytest.raises(VerificationError, match="overlaps a break"):
        verify(config, need, replace(roster, table=table))


@pytest.mark.parametrize(
    ("activity", "words"),
    [
        ({"length": "90min"}, "is not a multiple of the interval"),
        ({"window": "09:00-09:30"}, "does not fit into the window"),
        ({"together": True, "at_once": 3}, "cannot be combined"),
        ({"name": "a;b"}, "is not a valid name"),
        ({"skills": ["fone"]}, 'is not a channel; did you mean "phone"'),
        ({"contract": "dya"}, "is not a contract"),
    ],
)
def test_settings_that_cannot_be_are_refused(activity: dict, words: str) -> None:
    """What is wrong with an activity is said before anything is planned."""
    with pytest.raises(ConfigError, match=words):
        weeks.config_of(activities=[TRAINING | activity])


def test_people_and_teams_nobody_knows_are_refused() -> None:
    """An id and a team that are not in the agents file."""
    for activity, words in (({"agents": ["p9"]}, '"p9" is not an agent'), ({"team": "North"}, '"North" is not a team')):
        with pytest.raises(DataError, match=words):
            planned(np.zeros(24), [TRAINING | activity])


def test_the_order_of_people_does_not_matter() -> None:
    """The same people in another order get the same activities."""
    need = np.zeros(24)
    need[8:16] = 2
    config, requirement, roster = planned(need, [TRAINING | {"at_once": 1}], agents=4)
    people = roster.people
    turned = People(people.agents.iloc[::-1].reset_index(drop=True), people.leave, people.requests)
    again = plan_week(config, weeks.horizon_of(config), requirement, turned)
    pd.testing.assert_frame_equal(again.table, roster.table)
