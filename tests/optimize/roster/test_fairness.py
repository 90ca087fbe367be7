"""Nights, weekends and other burdens are shared by fair shares, exactly where one tour goes to one person."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pandas as pd
import pytest

from configs.errors import ConfigError
from optimize.roster.fairness.burdens import Burdens
from optimize.roster.fairness.sharing import sharing_of
from optimize.roster.inputs.assemble import assemble
from optimize.roster.inputs.people import People
from optimize.roster.inputs.shift_slot import ShiftSlot
from optimize.roster.inputs.week import Week
from optimize.roster.persons.fairness import even_out, of_slot, of_tour, rests_enough
from optimize.roster.persons.naming import name_tours
from optimize.roster.persons.tours import Tour
from optimize.roster.planner import plan_week
from tests.optimize.roster import weeks

CONTRACT = {
    "days_per_week": 4, "days_off": "any", "cost_per_hour": 10, "rest": "11h",
    "shifts": [{"length": "8h", "start": "06:00-22:00", "step": "1h"}],
}  # fmt: skip
BOTH = {"weight": 0, "nights": 1, "weekends": 1}


def config_of(fairness: object = BOTH):
    return weeks.config_of(contracts={"day": CONTRACT}, roster={"agents": "x", "fairness": fairness})


def people_with(past: list[tuple[float, float]], requests: list[dict] = ()) -> People:
    """Agents p0, p1, ... with nights and weekends of the past."""
    people = weeks.people_of([(f"p{i}", "day", "phone") for i in range(len(past))], requests=requests)
    columns = {name: [each[k] for each in past] for k, name in enumerate(("nights", "weekends"))}
    return People(people.agents.assign(**columns), people.leave, people.requests)


def week_of(people: People) -> Week:
    config = config_of()
    horizon = weeks.horizon_of(config)
    return assemble(config, horizon, weeks.requirement_of(horizon, phone=1), people)


def sharing(people: People, fairness: object = BOTH):
    """Burdens shared in a week in which somebody is wanted at any time."""
    config = config_of(fairness)
    horizon = weeks.horizon_of(config)
    return sharing_of(config, horizon, people, np.ones((1, horizon.size), dtype=bool))


BURDENS = Burdens(config_of(), weeks.MONDAY, 7)


def burden(week: Week, tour: Tour) -> tuple[float, ...]:
    """Nights and weekend shifts of a tour."""
    return tuple(of_tour(week, BURDENS, tour))


def tour(*shifts: tuple[int, int]) -> Tour:
    """A tour of (day, hour of its start)."""
    return Tour(0, 0, tuple(ShiftSlot(day, 24 * day + hour, 0) for day, hour in shifts))


@pytest.mark.parametrize(("hour", "night"), [(6, False), (17, False), (18, True), (22, True)])
def test_three_hours_after_eleven_make_a_night(hour: int, night: bool) -> None:
    """Eight hours from 17:00 hold two hours after 23:00, from 18:00 three."""
    assert bool(of_slot(week_of(people_with([(0, 0)])), BURDENS, 0, ShiftSlot(0, hour, 0))[0]) is night


def test_the_sunday_night_is_a_weekend_and_a_night() -> None:
    """Friday 22:00, Saturday 8:00, Sunday 22:00: two nights, two weekend shifts."""
    assert burden(week_of(people_with([(0, 0)])), tour((4, 22), (5, 8), (6, 22))) == (2, 2)


@pytest.mark.parametrize("seed", range(3))
def test_naming_is_the_best_of_all_orders(seed: int) -> None:
    """Four people with a past and a wish, four tours: no order of the 24 costs less."""
    rng = np.random.default_rng(seed)
    wish = {"agent": "p1", "date": pd.Timestamp("2026-12-01"), "shift": "", "wish": "off", "weight": 2.0}
    people = people_with([tuple(rng.integers(0, 4, 2).tolist()) for _ in range(4)], [wish])
    week = week_of(people)
    tours = (tour((0, 22), (1, 22)), tour((1, 8), (5, 8), (6, 8)), tour((2, 8), (3, 8)), tour((1, 22), (5, 22)))
    named = name_tours(week, tours, people, sharing(people, {"weight": 0, "nights": 0.5, "weekends": 0.5}))

    def bill(order: tuple[Tour, ...]) -> float:
        """Half the square of what each one has beyond a quarter of everything; equal people have equal shares."""
        past = people.agents[["nights", "weekends"]].to_numpy()
        taken = past + np.array([burden(week, each) for each in order])
        fair = ((taken - taken.sum(axis=0) / 4) ** 2 / 2).sum()
        return 0.5 * fair + 2.0 * any(shift_slot.day == 1 for shift_slot in order[1].shift_slots)

    # evened-out tours are what is handed out
    best = min(bill(order) for order in permutations(even_out(week, tours, BURDENS)))
    assert bill(tuple(named[f"p{i}"] for i in range(4))) == pytest.approx(best)


def test_whoever_had_the_nights_gets_none() -> None:
    """Two tours, one of nights: with fairness it goes to the one without a past of nights."""
    people = people_with([(0, 0), (9, 0)])
    tours = (tour((0, 8), (1, 8)), tour((2, 22), (3, 22)))
    named = name_tours(week_of(people), tours, people, sharing(people))
    assert {agent: burden(week_of(people), each)[0] for agent, each in named.items()} == {"p0": 2, "p1": 0}


def test_exchanges_halve_the_nights_of_one_and_keep_rest() -> None:
    """Four nights and four days of the same days become two and two, with rest and the shifts of each day kept."""
    week = week_of(people_with([(0, 0)] * 2))
    before = (tour((0, 22), (1, 22), (3, 22), (4, 22)), tour((0, 10), (1, 10), (3, 10), (4, 10)))
    after = even_out(week, before, BURDENS)
    assert [burden(week, each)[0] for each in after] == [2, 2]
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


def test_wishes_refused_before_are_granted_first() -> None:
    """Both wish for Monday off and one tour works it: it goes to the one whose wishes were refused less often."""
    wish = {"date": pd.Timestamp("2026-11-30"), "shift": "", "wish": "off", "weight": 1.0}
    people = people_with([(0, 0), (0, 0)], [wish | {"agent": agent} for agent in ("p0", "p1")])
    tours = (tour((0, 8), (1, 8)), tour((1, 8), (2, 8)))
    for refused, works in (("p0", "p1"), ("p1", "p0")):
        shared = sharing(people, {"weight": 0, "wishes": 1})
        shared.ledger.worked[shared.openings.agents.index(refused), 0] += 1.0
        named = name_tours(week_of(people), tours, people, shared)
        assert [agent for agent, each in named.items() if each.shift_slots[0].day == 0] == [works]
