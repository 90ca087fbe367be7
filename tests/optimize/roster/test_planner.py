"""Whole rosters of small weeks: by brute force, by hand, and by laws."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import combinations, product

import numpy as np
import pandas as pd
import pytest

from configs.errors import DataError, InfeasibleError
from optimize.roster.inputs.people import read_people
from optimize.roster.planner import plan_week, relaxed_week
from optimize.roster.result import Roster
from tests.optimize.roster import weeks

SHORT_DAYS = {
    "days_per_week": 2,
    "shifts": [{"length": "6h", "start": "08:00-10:00", "step": "1h"}],
    "cost_per_hour": 10,
}


def roster_of(config, requirement, people=None, first=weeks.MONDAY) -> Roster:
    return plan_week(config, weeks.horizon_of(config, first), requirement, people or read_people(config))


def brute_force(
    need: np.ndarray, people: int, starts: tuple[int, ...], length: int, break_type: tuple[int, int], price: float
) -> float:
    """Cheapest day of identical people by trying every start and every break of everybody."""
    shifts = [
        None,
        *((start, rest) for start in starts for rest in range(start + break_type[0], start + break_type[1] + 1)),
    ]
    best = np.inf
    for choice in product(shifts, repeat=people):
        there = np.zeros(24)
        cost = 0.0
        for shift in choice:
            if shift is not None:
                there[shift[0] : shift[0] + length] += 1
                there[shift[1]] -= 1
                cost += (length - 1) * 10.0
        best = min(best, cost + price * np.maximum(need - there, 0).sum())
    return float(best)


@pytest.mark.parametrize("seed", range(4))
def test_bound_and_cost_enclose_the_optimum_found_by_brute_force(seed: int) -> None:
    """Two people on one day a week, every start and break tried: the true optimum lies between bound and cost."""
    rng = np.random.default_rng(seed)
    need = np.zeros(24)
    need[8:16] = rng.integers(0, 3, 8)
    contract = {
        "agents": 2, "days_per_week": 1, "days_off": "any", "cost_per_hour": 10,
        "shifts": [{"length": "5h", "start": "08:00-11:00", "step": "1h"}], "breaks": [{"length": "1h", "after": "1h-3h"}],
    }  # fmt: skip
    config = weeks.config_of(contracts={"day": contract}, costs={"shortage_per_hour": 30})
    horizon = weeks.horizon_of(config)
    monday = np.where(horizon.day == 0, need[horizon.time_of_day], 0)
    roster = roster_of(config, weeks.requirement_of(horizon, phone=monday))
    optimum = brute_force(need, 2, (8, 9, 10, 11), 5, (1, 3), 30.0)
    assert roster.bound <= optimum + 1e-6
    assert roster.cost.total >= optimum - 1e-6
    assert roster.cost.total <= 1.15 * optimum


def test_flat_need_of_five_days_takes_as_many_people() -> None:
    """Two at work from 8 to 14 on five days: two people, five shifts each, nobody short, at 2 x 5 x 6 h x 10."""
    contract = SHORT_DAYS | {"agents": 4, "days_per_week": 5}
    config = weeks.config_of(contracts={"day": contract})
    horizon = weeks.horizon_of(config)
    need = 2 * weeks.hours_between(horizon, 8, 14) * (horizon.weekday < 5)
    roster = roster_of(config, weeks.requirement_of(horizon, phone=need))
    assert roster.status == "optimal"
    assert roster.cost_before_naming == pytest.approx(600.0)
    assert roster.cost.total == pytest.approx(600.0)
    assert roster.table.groupby("agent").size().tolist() == [5, 5]
    assert roster.coverage["shortage"].sum() == 0


def test_night_shifts_cross_midnight_and_the_edge_of_the_week() -> None:
    """One at work from 22 to 6 every night: seven shifts, the last of which covers the first Monday morning."""
    night = {
        "days_per_week": 4,
        "agents": 2,
        "days_off": "any",
        "shifts": [{"length": "8h", "start": "22:00"}],
        "cost_per_hour": 10,
    }
    config = weeks.config_of(contracts={"night": night})
    horizon = weeks.horizon_of(config)
    need = np.maximum(weeks.hours_between(horizon, 22, 24), weeks.hours_between(horizon, 0, 6))
    roster = roster_of(config, weeks.requirement_of(horizon, phone=need))
    assert roster.coverage["shortage"].sum() == 0
    assert len(roster.table) == 8
    assert ((roster.table["end"] - roster.table["start"]) == pd.Timedelta(hours=8)).all()
    assert any("assumed to be staffed the same in the previous week" in note.sentence for note in roster.notes)


@pytest.mark.parametrize(("first", "size", "hours"), [(date(2026, 3, 23), 167, 7.0), (date(2026, 10, 19), 169, 9.0)])
def test_a_clock_change_makes_the_night_longer_or_shorter_on_the_wall_only(
    first: date, size: int, hours: float
) -> None:
    """A night shift of eight hours is paid eight hours; between its clock times lie seven or nine."""
    night = {
        "days_per_week": 7,
        "agents": 1,
        "max_consecutive_days": 7,
        "shifts": [{"length": "8h", "start": "22:00"}],
        "cost_per_hour": 10,
    }
    plan = {"name": "tiny", "timezone": "Europe/London", "interval": "60min"}
    config = weeks.config_of(plan=plan, contracts={"night": night})
    horizon = weeks.horizon_of(config, first)
    assert horizon.size == size
    need = np.maximum(weeks.hours_between(horizon, 22, 24), weeks.hours_between(horizon, 0, 5))
    roster = roster_of(config, weeks.requirement_of(horizon, phone=need), first=first)
    assert (roster.table["paid_h"] == 8.0).all()
    saturday = roster.table[
        roster.table["date"].astype(str).str.startswith((first + pd.Timedelta(days=5)).isoformat()[:10])
    ].iloc[0]
    local = [saturday[column].tz_convert("Europe/London").tz_localize(None) for column in ("start", "end")]
    assert (local[1] - local[0]) / pd.Timedelta(hours=1) == 16 - hours


def test_everybody_rests_eleven_hours() -> None:
    """Late on one day and early on the next is never asked of one person, though both are needed."""
    contract = {
        "agents": 6, "days_per_week": 5, "cost_per_hour": 10,
        "shifts": [{"length": "8h", "start": "06:00"}, {"length": "8h", "start": "15:00"}],
    }  # fmt: skip
    config = weeks.config_of(contracts={"day": contract})
    horizon = weeks.horizon_of(config)
    need = 2 * weeks.hours_between(horizon, 6, 23)
    roster = roster_of(config, weeks.requirement_of(horizon, phone=need))
    for _, rows in roster.table.sort_values("start").groupby("agent"):
        rest = rows["start"].iloc[1:].reset_index(drop=True) - rows["end"].iloc[:-1].reset_index(drop=True)
        assert (rest >= pd.Timedelta(hours=11)).all()


def test_leave_is_free_and_takes_the_place_of_working_days() -> None:
    """Somebody on leave Tuesday and Wednesday works at most three days, none of them then."""
    config = weeks.config_of(contracts={"day": SHORT_DAYS | {"days_per_week": 5}}, roster={"agents": "x", "gap": 0.0})
    horizon = weeks.horizon_of(config)
    people = weeks.people_of([("a", "day", "phone"), ("b", "day", "phone")], [("a", "2026-12-01", "2026-12-03")])
    roster = roster_of(config, weeks.requirement_of(horizon, phone=2 * weeks.hours_between(horizon, 8, 14)), people)
    days = roster.table[roster.table["agent"] == "a"]["start"].dt.day.tolist()
    assert len(days) == 3
    assert not {1, 2} & set(days)


def test_wishes_decide_who_gets_which_tour() -> None:
    """Two tours that differ in their days off go to the people who asked for them."""
    config = weeks.config_of(contracts={"day": SHORT_DAYS | {"days_per_week": 5}}, roster={"agents": "x", "gap": 0.0})
    horizon = weeks.horizon_of(config)
    need = weeks.hours_between(horizon, 8, 14) * np.where(horizon.weekday < 5, 1, 0) + weeks.hours_between(
        horizon, 8, 14
    ) * ((horizon.weekday >= 2).astype(float))
    for agent, other in (("a", "b"), ("b", "a")):
        wish = [{"agent": agent, "date": "2026-12-06", "shift": "", "wish": "off", "weight": 1.0}]
        people = weeks.people_of([("a", "day", "phone"), ("b", "day", "phone")], requests=wish)
        roster = roster_of(config, weeks.requirement_of(horizon, phone=need), people)
        sunday = roster.table[roster.table["start"].dt.day_of_week == 6]["agent"].tolist()
        assert sunday == [other]


def test_a_person_with_two_skills_counts_once() -> None:
    """Five and three required with five people of both skills leaves three short, whatever a matrix of skills suggests."""
    channels = {name: {"kind": "synchronous"} for name in ("phone", "chat")}
    config = weeks.config_of(
        channels=channels, contracts={"day": SHORT_DAYS | {"agents": 5, "days_per_week": 7, "max_consecutive_days": 7}}
    )
    horizon = weeks.horizon_of(config)
    open_hours = weeks.hours_between(horizon, 8, 14)
    roster = roster_of(config, weeks.requirement_of(horizon, phone=5 * open_hours, chat=3 * open_hours))
    assert roster.coverage["shortage"].sum() == pytest.approx(3 * 6 * 7)
    assert roster.coverage["staffed"].sum() == pytest.approx(5 * 6 * 7)


def test_deferrable_work_fills_quiet_hours_before_its_deadline() -> None:
    """Work of the morning is done in the afternoon that nobody phones in, and costs nobody more."""
    channels = {"phone": {"kind": "synchronous"}, "email": {"kind": "deferrable", "target": {"within": "8h"}}}
    config = weeks.config_of(
        channels=channels, contracts={"day": SHORT_DAYS | {"agents": 1, "days_per_week": 7, "max_consecutive_days": 7}}
    )
    horizon = weeks.horizon_of(config)
    phone = weeks.hours_between(horizon, 8, 11)
    work = weeks.hours_between(horizon, 8, 11)
    roster = roster_of(config, weeks.requirement_of(horizon, phone=phone, email=(work, 8)))
    email = roster.coverage[roster.coverage["channel"] == "email"]
    assert roster.cost.total == pytest.approx(7 * 6 * 10)
    assert email["done_h"].sum() == pytest.approx(21)
    done_at = email[email["done_h"] > 0]["start"].dt.hour
    assert done_at.between(11, 13).all()
    assert email["backlog_h"].max() == pytest.approx(3)


def test_work_inside_the_program_never_costs_more_than_work_spread_by_interval() -> None:
    """Spreading is one of the placements the program may choose."""
    channels = {"phone": {"kind": "synchronous"}, "email": {"kind": "deferrable", "target": {"within": "6h"}}}
    config = weeks.config_of(
        channels=channels, contracts={"day": SHORT_DAYS | {"agents": 6, "days_per_week": 7, "max_consecutive_days": 7}}
    )
    horizon = weeks.horizon_of(config)
    open_hours = weeks.hours_between(horizon, 8, 14)
    rng = np.random.default_rng(5)
    phone = rng.integers(0, 3, horizon.size) * open_hours
    placed = roster_of(config, weeks.requirement_of(horizon, phone=phone, email=(open_hours, 6)))
    spread = roster_of(
        config, weeks.requirement_of(horizon, phone=phone + open_hours, email=(np.zeros(horizon.size), 6))
    )
    assert placed.bound <= spread.bound + 1e-4
    assert placed.cost.total <= spread.cost.total * 1.02


def test_too_much_work_is_late_and_paid_for_not_lost() -> None:
    """One person cannot do twelve hours a day in six: the rest is late, said in the cost, and the roster stands."""
    channels = {"email": {"kind": "deferrable", "target": {"within": "8h"}}}
    config = weeks.config_of(channels=channels, contracts={"day": SHORT_DAYS | {"agents": 1, "days_per_week": 5}})
    horizon = weeks.horizon_of(config)
    roster = roster_of(config, weeks.requirement_of(horizon, email=(2 * weeks.hours_between(horizon, 8, 14), 8)))
    assert roster.cost.late > 0
    assert roster.coverage["done_h"].sum() == pytest.approx(30)


def test_a_stated_backlog_is_done_first() -> None:
    """Ten contacts waiting at the start, half an hour each, are due like the first work of the week."""
    channels = {"email": {"kind": "deferrable", "target": {"within": "24h"}, "backlog": 10}}
    config = weeks.config_of(
        channels=channels, contracts={"day": SHORT_DAYS | {"agents": 3, "days_per_week": 7, "max_consecutive_days": 7}}
    )
    horizon = weeks.horizon_of(config)
    need = weeks.requirement_of(horizon, email=(0.5 * weeks.hours_between(horizon, 8, 14), 24)).assign(volume=1.0)
    need.loc[need["work_h"] == 0, "volume"] = 0.0
    roster = roster_of(config, need)
    assert roster.coverage["done_h"].sum() >= 21.0 - 1e-6
    assert roster.coverage["backlog_h"].iloc[0] == pytest.approx(5.0)
    assert roster.coverage["backlog_h"].iloc[-1] <= 5.0 + 1e-6


def test_guaranteed_people_all_work_their_days() -> None:
    """With nothing to do, guaranteed people work five days and the others stay at home."""
    for guaranteed, shifts in ((True, 10), (False, 0)):
        contract = SHORT_DAYS | {"agents": 2, "days_per_week": 5, "guaranteed": guaranteed}
        config = weeks.config_of(contracts={"day": contract})
        roster = roster_of(config, weeks.requirement_of(weeks.horizon_of(config), phone=0))
        assert len(roster.table) == shifts
        assert roster.status == "optimal"


def test_guaranteed_days_that_cannot_be_worked_are_told() -> None:
    """A Monday night that ends when the only Tuesday shift begins leaves no rest for two guaranteed days."""
    contract = {"agents": 2, "days_per_week": 2, "guaranteed": True, "cost_per_hour": 10, "days_off": "any"}
    contract["shifts"] = [
        {"length": "8h", "start": "22:00", "days": ["mon"]},
        {"length": "8h", "start": "06:00", "days": ["tue"]},
    ]
    config = weeks.config_of(contracts={"day": contract})
    with pytest.raises(InfeasibleError, match="guaranteed"):
        roster_of(config, weeks.requirement_of(weeks.horizon_of(config), phone=0))


def test_the_order_of_agents_does_not_matter() -> None:
    """Rows in another order give the same roster, to the last break."""
    config = weeks.config_of(contracts={"day": SHORT_DAYS | {"days_per_week": 4}}, roster={"agents": "x", "gap": 0.0})
    horizon = weeks.horizon_of(config)
    need = weeks.requirement_of(horizon, phone=3 * weeks.hours_between(horizon, 8, 16))
    rows = [(f"p{i}", "day", "phone") for i in range(7)]
    one, other = (roster_of(config, need, weeks.people_of(order)) for order in (rows, rows[::-1]))
    pd.testing.assert_frame_equal(one.table, other.table)
    pd.testing.assert_frame_equal(one.coverage, other.coverage)


def test_more_people_never_raise_the_bound() -> None:
    """Nobody has to be used."""
    bounds = []
    for agents in (2, 4, 6, 8):
        config = weeks.config_of(contracts={"day": SHORT_DAYS | {"agents": agents, "days_per_week": 5}})
        horizon = weeks.horizon_of(config)
        bounds.append(
            roster_of(config, weeks.requirement_of(horizon, phone=4 * weeks.hours_between(horizon, 8, 15))).bound
        )
    assert all(b <= a + 1e-6 for a, b in combinations(bounds, 2))


def test_a_requirement_with_a_hole_is_refused() -> None:
    """The first missing interval is named."""
    config = weeks.config_of()
    need = weeks.requirement_of(weeks.horizon_of(config), phone=1).drop(index=30)
    with pytest.raises(DataError, match=r'channel "phone" has no agents at 2026-12-01T06:00:00\+00:00'):
        roster_of(config, need)


@pytest.mark.parametrize("days", [6, 8, 14])
def test_a_roster_is_of_seven_days(days: int) -> None:
    """Working patterns are of a week: fewer or more days are refused, whether the week is relaxed or whole."""
    config = weeks.config_of()
    horizon = replace(weeks.horizon_of(config), days=days)
    need, people = weeks.requirement_of(horizon, phone=1), read_people(config)
    said = f"horizon: must be of 7 days, got {days}; plan one week after another"
    with pytest.raises(DataError, match=said):
        plan_week(config, horizon, need, people)
    with pytest.raises(DataError, match=said):
        relaxed_week(config, horizon, need, people, None)


def test_the_door_takes_plain_frames() -> None:
    """``optimize.roster.plan`` needs a requirement and contracts, no file."""
    from staffcurve import optimize

    config = weeks.config_of()
    need = weeks.requirement_of(weeks.horizon_of(config), phone=1)[["channel", "start", "agents"]]
    roster = optimize.roster.plan(
        need, {"day": SHORT_DAYS | {"agents": 3, "days_per_week": 5}}, rules={"costs": {"shortage_per_hour": 20}}
    )
    assert roster.gap >= 0
    assert {"agent", "start", "end", "breaks", "cost"} <= set(roster.table.columns)
