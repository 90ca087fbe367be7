"""How much somebody works: days between two limits, paid hours between two limits, exactly."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from configs.errors import ConfigError, DataError, VerificationError
from optimize.roster.inputs.people import check_people
from optimize.roster.inputs.workload import COLUMNS, WorkdayRules, load_of, ways_to_work
from optimize.roster.planner import plan_week
from optimize.roster.result import Roster
from optimize.roster.verify import verify
from tests.optimize.roster import weeks

LONG_OR_SHORT = {
    "days_per_week": 3, "days_off": "any", "cost_per_hour": 10,
    "shifts": [{"length": "8h", "start": "08:00"}, {"length": "4h", "start": "08:00"}],
}  # fmt: skip


def plan(contract: dict, need, people: int = 1, price: float = 100, **cells: list) -> Roster:
    """Roster of people p0, p1, ... of one contract, with columns of the agents table as given."""
    config = weeks.config_of(
        contracts={"d": contract}, costs={"shortage_per_hour": price}, roster={"agents": "x", "gap": 0.0}
    )
    horizon = weeks.horizon_of(config)
    who = weeks.people_of([(f"p{i}", "d", "phone") for i in range(people)])
    for column, values in cells.items():
        who.agents[column] = values
    return plan_week(config, horizon, weeks.requirement_of(horizon, phone=need), who)


def test_min_days_let_somebody_work_fewer_days() -> None:
    """Needed on three days: three shifts where three are enough, five where it is all or nothing."""
    horizon = weeks.horizon_of(weeks.config_of())
    need = weeks.hours_between(horizon, 8, 16) * (horizon.day < 3)
    contract = {"days_per_week": 5, "cost_per_hour": 10, "shifts": [{"length": "8h", "start": "08:00"}]}
    assert plan(contract, need).cost.total == 400
    fewer = plan(contract | {"min_days": 2}, need)
    assert fewer.cost.total == fewer.bound == pytest.approx(240)
    assert sorted(fewer.table["date"].dt.day) == [1, 2, 30]
    assert len(plan(contract | {"min_days": 4, "guaranteed": True}, 0 * need).table) == 4


def test_min_days_above_days_per_week_are_refused() -> None:
    """Four at least of three."""
    with pytest.raises(ConfigError, match="min_days 4 is above days_per_week 3"):
        plan(LONG_OR_SHORT | {"min_days": 4}, 0)


def test_the_recount_finds_too_few_days() -> None:
    """Two shifts where three are the least."""
    contract = {"days_per_week": 5, "min_days": 3, "cost_per_hour": 10, "shifts": [{"length": "8h", "start": "08:00"}]}
    config = weeks.config_of(contracts={"d": contract | {"agents": 1}})
    horizon = weeks.horizon_of(config)
    from optimize.roster.inputs.people import read_people

    need = weeks.requirement_of(horizon, phone=weeks.hours_between(horizon, 8, 16) * (horizon.day < 3))
    roster = plan_week(config, horizon, need, read_people(config))
    with pytest.raises(VerificationError, match="works 2 days; it must be none, or at least 3"):
        verify(config, need, replace(roster, table=roster.table.iloc[:2]))


def test_twenty_hours_are_two_long_shifts_and_a_short_one() -> None:
    """No single kind gives twenty hours in three days; eight, eight and four do."""
    horizon = weeks.horizon_of(weeks.config_of())
    need = weeks.hours_between(horizon, 8, 16) * (horizon.day < 3)
    roster = plan(LONG_OR_SHORT, need, hours_min=[20.0], hours_max=[20.0])
    assert sorted(roster.table["paid_h"]) == [4, 8, 8]
    assert roster.cost.shortage == 400
    assert roster.status == "optimal"


def brute_force(need: np.ndarray, limits: list[tuple[float, float]], price: float) -> float:
    """Cheapest first three days by trying all: three shifts of 8 or 4 hours from 8 o'clock, hours within limits, or none."""
    plans = []
    for low, high in limits:
        mine: list[tuple[int, ...]] = [] if low > 0 else [(0, 0, 0)]
        mine += [type_sequence for type_sequence in product((8, 4), repeat=3) if low <= sum(type_sequence) <= high]
        plans.append(mine)
    best = np.inf
    for choice in product(*plans):
        there = np.zeros(168)
        for type_sequence in choice:
            for day, length in enumerate(type_sequence):
                there[24 * day + 8 : 24 * day + 8 + length] += 1
        wages = 10.0 * sum(map(sum, choice))
        best = min(best, wages + price * np.maximum(need - there, 0).sum())
    return float(best)


@pytest.mark.parametrize("seed", range(6))
def test_limits_of_hours_agree_with_brute_force(seed: int) -> None:
    """Three people of one contract, two with limits: every mix of theirs is tried."""
    rng = np.random.default_rng(seed)
    need = np.zeros(168)
    for day in range(3):
        need[24 * day + 8 : 24 * day + 16] = rng.integers(0, 4, 8)
    days = ["mon", "tue", "wed"]
    contract = LONG_OR_SHORT | {"shifts": [shift | {"days": days} for shift in LONG_OR_SHORT["shifts"]]}
    low, high = [0.0, float(rng.choice([12, 16])), 0.0], [24.0, 20.0, float(rng.choice([12, 16, 20]))]
    roster = plan(contract, need, 3, 25.0, hours_min=low, hours_max=high)
    optimum = brute_force(need, list(zip(low, high, strict=True)), 25.0)
    assert roster.bound <= optimum + 1e-6
    assert roster.cost.total == pytest.approx(optimum)


@given(
    st.integers(1, 5),
    st.integers(1, 5),
    st.lists(st.sampled_from([4, 6, 8]), min_size=1, max_size=2, unique=True),
    st.integers(0, 40),
    st.integers(4, 40),
)
def test_ways_to_work_are_those_the_slow_way_finds(days: int, least: int, lengths: list, low: int, high: int) -> None:
    """Every set of days, every kind on each: kept are those with days and hours inside the limits.

    Where no mix of the least number of days keeps the hours, the most days that do are worked.
    """
    contract = weeks.config_of(
        contracts={
            "d": {
                "agents": 1, "days_per_week": days, "min_days": min(least, days), "cost_per_hour": 1, "days_off": "any",
                "shifts": [{"length": f"{hours}h", "start": "08:00"} for hours in lengths],
            }
        }
    ).contracts["d"]  # fmt: skip
    load = load_of(contract, {"hours_min": float(low), "hours_max": float(high)}, 0)
    fits = {
        k: [
            type_sequence
            for type_sequence in product(range(len(lengths)), repeat=k)
            if low <= sum(lengths[kind] for kind in type_sequence) <= high
        ]
        for k in range(1, days + 1)
    }
    most = max((k for k, type_sequences in fits.items() if type_sequences), default=0)
    expected = {
        (pattern, type_sequence)
        for k in range(min(least, days, most), most + 1)
        for pattern in combinations(range(7), k)
        for type_sequence in fits.get(k, [])
        if _longest(pattern) <= 6
    }
    ways = ways_to_work(load, (), WorkdayRules(6, 0, together=False), tuple(map(float, lengths)), lambda _d, _f: True)
    listed = set(zip(ways.patterns, ways.type_sequences, strict=True)) if load.limited else set()
    if len(expected) > COLUMNS and load.limited:  # some of every set of days, and the choice that makes the others
        assert ways.choice is not None
        assert listed < expected
        assert {pattern for pattern, _ in listed} == {pattern for pattern, _ in expected}
    elif load.limited:
        assert ways.choice is None
        assert listed == expected
    else:
        assert {pattern for pattern, _ in expected} == set(ways.patterns)


def _longest(pattern: tuple[int, ...]) -> int:
    rows = [0]
    for day in range(7):
        rows.append(rows[-1] + 1 if day in pattern else 0)
    return max(rows)


def test_too_many_weeks_are_listed_in_part_and_all_of_them_are_known() -> None:
    """Five days of four kinds with twenty hours: over 600 weeks; some of every set of days are listed, none is lost."""
    lengths = (4, 5, 6, 8)
    contract = weeks.config_of(
        contracts={
            "d": {
                "agents": 1, "days_per_week": 5, "min_days": 1, "cost_per_hour": 1, "days_off": "any",
                "shifts": [{"length": f"{hours}h", "start": "08:00"} for hours in lengths],
            }
        }
    ).contracts["d"]  # fmt: skip
    load = load_of(contract, {"hours_min": 20.0, "hours_max": 20.0}, 0)
    ways = ways_to_work(
        load, (), WorkdayRules(6, None, together=False), tuple(map(float, lengths)), lambda _d, _f: True
    )
    everything = {
        (days, type_sequence)
        for number in range(1, 6)
        for days in combinations(range(7), number)
        for type_sequence in product(range(4), repeat=number)
        if sum(lengths[kind] for kind in type_sequence) == 20
    }
    listed = set(zip(ways.patterns, ways.type_sequences, strict=True))
    assert len(everything) == 1036
    assert ways.choice is not None
    assert listed < everything
    assert {days for days, _ in listed} == {days for days, _ in everything} == set(ways.choice.days)
    assert {
        (days, type_sequence) for days in ways.choice.days for type_sequence in ways.choice.type_sequences(days)
    } == everything
    assert all(ways.choice.holds(*week) for week in everything)
    assert not ways.choice.holds((0, 1), (3, 3))


def test_hours_no_shifts_give_are_told() -> None:
    """Between ten and eleven hours lie no shifts of four or eight."""
    config = weeks.config_of(contracts={"d": LONG_OR_SHORT}, roster={"agents": "agents.csv"})
    people = weeks.people_of([("a", "d", "phone")])
    people.agents[["hours_min", "hours_max"]] = [[10.0, 11.0]]
    with pytest.raises(DataError, match="between hours_min 10 and hours_max 11; the closest are 8 and 12"):
        check_people(config, people)


def test_days_off_are_apart_where_availability_leaves_no_choice() -> None:
    """Available on Monday, Wednesday and Friday only, three days with days off together: three days it is."""
    contract = {"days_per_week": 3, "cost_per_hour": 10, "shifts": [{"length": "8h", "start": "08:00"}]}
    roster = plan(contract, 1.0, available=["mon,wed,fri"])
    assert roster.table["date"].dt.day_of_week.tolist() == [0, 2, 4]


def test_a_published_roster_is_followed_within_the_limits_of_hours() -> None:
    """Published are three long shifts each; whoever may work sixteen hours keeps what fits, and the hours are kept."""
    horizon = weeks.horizon_of(weeks.config_of())
    need = weeks.requirement_of(horizon, phone=2 * weeks.hours_between(horizon, 8, 16) * (horizon.day < 3))
    config = weeks.config_of(contracts={"d": LONG_OR_SHORT}, roster={"agents": "x", "gap": 0.0, "change_cost": 5})
    people = weeks.people_of([("a", "d", "phone"), ("b", "d", "phone")])
    published = plan_week(config, horizon, need, people)
    assert published.table["paid_h"].tolist() == [8.0] * 6
    people.agents["hours_max"] = [16.0, 24.0]
    roster = plan_week(config, horizon, need, replace(people, published=published.table))
    assert roster.table.groupby("agent")["paid_h"].sum().tolist() == [16.0, 24.0]
