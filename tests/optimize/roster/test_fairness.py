"""Nights and weekends are shared evenly, exactly where one tour goes to one person."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import numpy as np
import pandas as pd
import pytest

from configs.errors import ConfigError
from optimize.roster.inputs.assemble import assemble
from optimize.roster.inputs.people import People
from optimize.roster.inputs.previous import Previous
from optimize.roster.inputs.shift_slot import ShiftSlot
from optimize.roster.inputs.week import Week
from optimize.roster.persons.fairness import Burden, burden, even_out, is_night, past_burdens, price, rests_enough
from optimize.roster.persons.naming import name_tours
from optimize.roster.persons.tours import Tour
from optimize.roster.planner import plan_week
from tests.optimize.roster import weeks
from tests.optimize.roster.schedule.build import schedule_of, shift_of

CONTRACT = {
    "days_per_week": 4, "days_off": "any", "cost_per_hour": 10, "rest": "11h",
    "shifts": [{"length": "8h", "start": "06:00-22:00", "step": "1h"}],
}  # fmt: skip


def people_with(past: list[tuple[float, float]], requests: list[dict] = ()) -> People:
    """Agents p0, p1, ... with nights and weekends of the past."""
    people = weeks.people_of([(f"p{i}", "day", "phone") for i in range(len(past))], requests=requests)
    columns = {name: [each[k] for each in past] for k, name in enumerate(("nights", "weekends"))}
    return People(people.agents.assign(**columns), people.leave, people.requests)


def week_of(people: People) -> Week:
    config = weeks.config_of(contracts={"day": CONTRACT}, roster={"agents": "x"})
    horizon = weeks.horizon_of(config)
    return assemble(config, horizon, weeks.requirement_of(horizon, phone=1), people)


def tour(*shifts: tuple[int, int]) -> Tour:
    """A tour of (day, hour of its start)."""
    return Tour(0, 0, tuple(ShiftSlot(day, 24 * day + hour, 0) for day, hour in shifts))


@pytest.mark.parametrize(("hour", "night"), [(6, False), (17, False), (18, True), (22, True)])
def test_three_hours_after_eleven_make_a_night(hour: int, night: bool) -> None:
    """Eight hours from 17:00 hold two hours after 23:00, from 18:00 three."""
    assert is_night(week_of(people_with([(0, 0)])), 0, ShiftSlot(0, hour, 0)) is night


def test_the_kth_night_counts_k() -> None:
    """After 2 nights two more cost 3 + 4; a weekend after one more costs 2."""
    assert price(Burden(2, 1), Burden(2, 1)) == 3 + 4 + 2


def test_the_sunday_night_is_a_weekend_and_a_night() -> None:
    """Friday 22:00, Saturday 8:00, Sunday 22:00: two nights, two weekend shifts."""
    assert burden(week_of(people_with([(0, 0)])), tour((4, 22), (5, 8), (6, 22))) == Burden(2, 2)


@pytest.mark.parametrize("seed", range(3))
def test_naming_is_the_best_of_all_orders(seed: int) -> None:
    """Four people with a past and a wish, four tours: no order of the 24 costs less."""
    rng = np.random.default_rng(seed)
    wish = {"agent": "p1", "date": pd.Timestamp("2026-12-01"), "shift": "", "wish": "off", "weight": 2.0}
    people = people_with([tuple(rng.integers(0, 4, 2).tolist()) for _ in range(4)], [wish])
    week = week_of(people)
    tours = (tour((0, 22), (1, 22)), tour((1, 8), (5, 8), (6, 8)), tour((2, 8), (3, 8)), tour((1, 22), (5, 22)))
    named = name_tours(week, tours, people, fairness=0.5)

    def bill(order: tuple[Tour, ...]) -> float:
        rows = people.agents.itertuples()
        fair = sum(price(Burden(r.nights, r.weekends), burden(week, t)) for r, t in zip(rows, order, strict=True))
        return 0.5 * fair + 2.0 * any(shift_slot.day == 1 for shift_slot in order[1].shift_slots)

    # evened-out tours are what is handed out
    best = min(bill(order) for order in permutations(even_out(week, tours)))
    assert bill(tuple(named[f"p{i}"] for i in range(4))) == pytest.approx(best)


def test_whoever_had_the_nights_gets_none() -> None:
    """Two tours, one of nights: with fairness it goes to the one without a past of nights."""
    people = people_with([(0, 0), (9, 0)])
    tours = (tour((0, 8), (1, 8)), tour((2, 22), (3, 22)))
    named = name_tours(week_of(people), tours, people, fairness=1.0)
    assert {agent: burden(week_of(people), each).nights for agent, each in named.items()} == {"p0": 2, "p1": 0}


def test_exchanges_halve_the_nights_of_one_and_keep_rest() -> None:
    """Four nights and four days of the same days become two and two, with rest and the shifts of each day kept."""
    week = week_of(people_with([(0, 0)] * 2))
    before = (tour((0, 22), (1, 22), (3, 22), (4, 22)), tour((0, 10), (1, 10), (3, 10), (4, 10)))
    after = even_out(week, before)
    assert [burden(week, each).nights for each in after] == [2, 2]
    assert all(rests_enough(week, each) for each in after)
    assert sorted(shift_slot for each in after for shift_slot in each.shift_slots) == sorted(
        s for t in before for s in t.shift_slots
    )


def test_a_fair_week_costs_the_same_and_spreads_the_nights() -> None:
    """Eight people, two by day and two by night all week: same cost, same cover, fewer nights for whoever has most."""
    contract = CONTRACT | {"agents": 8}
    worst, costs = [], []
    for fairness in (0.0, 1.0):
        config = weeks.config_of(
            contracts={"day": contract}, roster={"time_limit": "5s", "gap": 0.05, "fairness": fairness}
        )
        horizon = weeks.horizon_of(config)
        need = 2 * np.maximum(weeks.hours_between(horizon, 22, 24), weeks.hours_between(horizon, 0, 6))
        need += 2 * weeks.hours_between(horizon, 6, 14)
        from optimize.roster.inputs.people import read_people

        roster = plan_week(config, horizon, weeks.requirement_of(horizon, phone=need), read_people(config))
        late = roster.table["start"].dt.hour.isin(range(18, 24))
        worst.append(int(roster.table[late].groupby("agent").size().max()))
        costs.append(roster.cost.total)
    assert costs[0] == pytest.approx(costs[1])
    assert worst[1] < worst[0]


def test_fairness_below_zero_is_refused_in_words() -> None:
    """The key is named."""
    with pytest.raises(ConfigError, match=r"roster\.fairness"):
        weeks.config_of(roster={"fairness": -1})


def test_nights_of_the_week_before_count_as_the_past() -> None:
    """p0 had two nights in the agents file, a night and a Saturday last week; 17:00 to 01:00 is no night."""
    people = people_with([(2, 0), (0, 0)])
    week = week_of(people)
    starts = [("p0", "2026-11-27 22:00"), ("p0", "2026-11-28 08:00"), ("p1", "2026-11-24 17:00")]
    before = schedule_of(*(shift_of(agent, start) for agent, start in starts))
    previous = Previous(before.table, people.agents, weeks.MONDAY, {}, "before")
    assert past_burdens(week, replace(people, previous=previous)) == {"p0": Burden(3, 1), "p1": Burden(0, 0)}
