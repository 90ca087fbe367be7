"""The week before: rest, days in a row and cover carry over; what does not fit is refused in a sentence."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations, product

import numpy as np
import pandas as pd
import pytest

from configs.errors import DataError, VerificationError
from optimize.roster.account.notices import single_days_off
from optimize.roster.carry_over import previous_of
from optimize.roster.inputs.people import People
from optimize.roster.inputs.previous import Previous
from optimize.roster.planner import plan_week
from optimize.roster.result import Roster
from optimize.roster.schedule.schedule import Schedule
from optimize.roster.verify import verify
from tests.optimize.roster import weeks
from tests.optimize.roster.schedule.build import schedule_of, shift_of

SUNDAY = weeks.MONDAY - timedelta(days=1)
NIGHT = {"length": "8h", "start": "22:00"}


def before_of(shifts: list[tuple[str, str, int, str]], until: date = weeks.MONDAY, **running: int) -> Previous:
    """A roster of the week before: (agent, UTC start, hours, breaks); everybody phones."""
    rows = [
        {
            "agent": agent, "name": agent, "contract": "d", "date": pd.Timestamp(start[:10]),
            "start": pd.Timestamp(start, tz="UTC"), "end": pd.Timestamp(start, tz="UTC") + pd.Timedelta(hours=hours),
            "breaks": breaks, "paid_h": float(hours), "cost": 0.0,
        }
        for agent, start, hours, breaks in shifts
    ]  # fmt: skip
    agents = weeks.people_of([(agent, "d", "phone") for agent in sorted({row["agent"] for row in rows})]).agents
    return Previous(pd.DataFrame(rows), agents, until, running)


def plan(contract: dict, need, people: People, previous: Previous | None, price: float = 100) -> Roster:
    config = weeks.config_of(
        contracts={"d": contract}, costs={"shortage_per_hour": price}, roster={"agents": "x", "gap": 0.0}
    )
    horizon = weeks.horizon_of(config)
    requirement = weeks.requirement_of(horizon, phone=need)
    return plan_week(config, horizon, requirement, replace(people, previous=previous))


def test_people_still_at_work_cover_the_first_hours_and_the_last_night_covers_the_next_week() -> None:
    """Sunday night of last week is at work until 06:00 but for a break at 02:00; this Sunday's night ends at midnight here."""
    contract = {"days_per_week": 1, "days_off": "any", "cost_per_hour": 10, "shifts": [NIGHT]}
    horizon = weeks.horizon_of(weeks.config_of())
    need = np.where(horizon.day == 0, weeks.hours_between(horizon, 0, 6), 0)
    need += np.where(horizon.day == 6, weeks.hours_between(horizon, 22, 24), 0)
    previous = before_of([("z", "2026-11-29 22:00", 8, "02:00-03:00")])
    roster = plan(contract, need, weeks.people_of([("a", "d", "phone")]), previous)
    assert roster.table["start"].tolist() == [pd.Timestamp("2026-12-06 22:00", tz="UTC")]
    assert roster.coverage["staffed"].iloc[:6].tolist() == [1, 1, 0, 1, 1, 1]
    assert roster.coverage["staffed"].sum() == 7
    assert roster.cost.wages == 80
    assert roster.cost.shortage == 100
    assert roster.status == "optimal"
    assert any("paid in this week and cover the next" in note.sentence for note in roster.notes)
    circle = plan(contract, need, weeks.people_of([("a", "d", "phone")]), None)
    assert circle.cost.shortage == 0


def test_whoever_ended_late_on_sunday_begins_late_on_monday() -> None:
    """Ended at 23:00, eleven hours of rest: not at 8, but at 10; somebody who was free begins at 8."""
    contract = {
        "days_per_week": 1, "days_off": "any", "cost_per_hour": 10,
        "shifts": [{"length": "6h", "start": "08:00-10:00", "step": "1h"}],
    }  # fmt: skip
    horizon = weeks.horizon_of(weeks.config_of())
    need = np.where(horizon.day == 0, 2 * weeks.hours_between(horizon, 8, 14), 0)
    previous = before_of([("b", "2026-11-29 15:00", 8, "")])
    roster = plan(contract, need, weeks.people_of([("a", "d", "phone"), ("b", "d", "phone")]), previous)
    assert dict(zip(roster.table["agent"], roster.table["start"].dt.hour, strict=True)) == {"a": 8, "b": 10}
    assert roster.cost.shortage == 200


@pytest.mark.parametrize("worked", [0, 2, 4, 6, 9])
def test_days_in_a_row_count_on_over_the_edge(worked: int) -> None:
    """Five days are needed from Monday on, six in a row allowed: what was worked before is taken off the first row.

    Days off together, the week read as a circle: with two days behind them somebody can give only four of the five.
    """
    contract = {"days_per_week": 5, "cost_per_hour": 10, "shifts": [{"length": "8h", "start": "08:00"}]}
    horizon = weeks.horizon_of(weeks.config_of())
    need = weeks.hours_between(horizon, 8, 16) * (horizon.weekday < 5)
    days = [("a", f"{weeks.MONDAY - timedelta(days=back)} 08:00", 8, "") for back in range(1, min(worked, 7) + 1)]
    previous = before_of(days or [("z", f"{SUNDAY} 08:00", 8, "")], a=max(0, worked - 7))
    roster = plan(contract, need, weeks.people_of([("a", "d", "phone")]), previous)
    worked_days = [(day.date() - weeks.MONDAY).days for day in roster.table["date"]]
    row = next(day for day in range(8) if day not in worked_days)
    assert len(worked_days) == 5
    assert row == 0 or worked + row <= 6
    assert roster.coverage["shortage"].sum() == 8 * (worked > 1)


def brute_force(need: np.ndarray, rested: tuple[int, ...], allowed: tuple[int, ...], price: float) -> float:
    """Cheapest week by trying all of it: two days each, 8-hour shifts from 6, 10 or 14, eleven hours of rest."""
    starts = (6, 10, 14)
    weeks_of: list[list[tuple[int, ...]]] = []
    for free, row in zip(rested, allowed, strict=True):
        mine: list[tuple[int, ...]] = [()]
        for days in combinations(range(3), 2):
            for clock in product(starts, repeat=2):
                begins = tuple(24 * day + hour for day, hour in zip(days, clock, strict=True))
                tired = begins[0] < free or (days[1] == days[0] + 1 and begins[1] < begins[0] + 8 + 11)
                running = len(days) if days == (0, 1) else int(days[0] == 0)
                if not tired and running <= row:
                    mine.append(begins)
        weeks_of.append(mine)
    best = np.inf
    for choice in product(*weeks_of):
        there = np.zeros(72)
        for begins in choice:
            for begin in begins:
                there[begin : begin + 8] += 1
        wages = 10.0 * 8 * sum(len(begins) for begins in choice)
        best = min(best, wages + price * np.maximum(need - there, 0).sum())
    return float(best)


@pytest.mark.parametrize("seed", range(5))
def test_carry_over_agrees_with_brute_force(seed: int) -> None:
    """Three people of one contract who come fresh, tired, or after five days: all their weeks are tried."""
    rng = np.random.default_rng(seed)
    need = np.zeros(168)
    need[6:22], need[30:46], need[54:70] = rng.integers(0, 4, (3, 16))
    days = ["mon", "tue", "wed"]
    contract = {
        "days_per_week": 2, "days_off": "any", "cost_per_hour": 10,
        "shifts": [{"length": "8h", "start": "06:00-14:00", "step": "4h", "days": days}],
    }  # fmt: skip
    previous = before_of(
        [("b", f"{SUNDAY} 15:00", 8, "")]
        + [("c", f"{weeks.MONDAY - timedelta(days=back)} 06:00", 8, "") for back in range(1, 6)]
    )
    people = weeks.people_of([(name, "d", "phone") for name in "abc"])
    roster = plan(contract, need, people, previous, 30.0)
    optimum = brute_force(need[:72], (0, 10, 1), (6, 5, 1), 30.0)
    assert roster.bound <= optimum + 1e-6
    assert roster.cost.total == pytest.approx(optimum)


def test_the_recount_reads_the_week_before_by_itself() -> None:
    """Each breach over the edge is told: too little rest, too many days, people nobody left at work."""
    contract = {
        "days_per_week": 5,
        "cost_per_hour": 10,
        "shifts": [{"length": "8h", "start": "06:00-08:00", "step": "1h"}],
    }
    config = weeks.config_of(contracts={"d": contract}, roster={"agents": "x", "gap": 0.0})
    horizon = weeks.horizon_of(config)
    need = weeks.requirement_of(horizon, phone=weeks.hours_between(horizon, 6, 14) * (horizon.weekday < 5))
    people = replace(weeks.people_of([("a", "d", "phone")]), previous=before_of([("z", f"{SUNDAY} 08:00", 8, "")]))
    roster = plan_week(config, horizon, need, people)
    for shifts, words in (
        ([("a", f"{SUNDAY} 14:00", 8, "")], "rests 8h after the shift that ends Sun 29 Nov 22:00"),
        (
            [("a", f"{weeks.MONDAY - timedelta(days=k)} 06:00", 8, "") for k in (1, 2)],
            "works 7 days in a row; 6 are allowed",
        ),
        ([("z", f"{SUNDAY} 22:00", 8, "")], "people are counted at 2026-11-30 00:00:00"),
    ):
        other = replace(roster, people=replace(people, previous=before_of(shifts)))
        with pytest.raises(VerificationError, match=words):
            verify(config, need, other)


@pytest.mark.parametrize("first", [date(2026, 3, 23), date(2026, 10, 19)])
def test_nights_follow_one_another_over_a_clock_change(first: date) -> None:
    """Two weeks of nights over the last Sunday of March and October: every hour is covered once, on both sides."""
    contract = {"agents": 2, "days_per_week": 4, "days_off": "any", "cost_per_hour": 10, "shifts": [NIGHT]}
    plan = {"name": "tiny", "timezone": "Europe/London", "interval": "60min"}
    config = weeks.config_of(plan=plan, contracts={"d": contract})
    from optimize.roster.inputs.people import read_people

    made: list[Roster] = []
    for monday in (first, first + timedelta(days=7)):
        horizon = weeks.horizon_of(config, monday)
        need = np.maximum(weeks.hours_between(horizon, 22, 24), weeks.hours_between(horizon, 0, 5))
        people = read_people(config)
        if made:
            people = replace(people, previous=previous_of(made[-1], "Europe/London"))
        made.append(plan_week(config, horizon, weeks.requirement_of(horizon, phone=need), people))
    sunday = made[0].table.iloc[made[0].table["start"].argmax()]
    assert (sunday["end"] - sunday["start"]) == pd.Timedelta(hours=8)
    assert made[1].people.previous.until == first + timedelta(days=7)
    assert made[1].coverage["shortage"].sum() == 0
    assert made[1].coverage["staffed"].iloc[:6].tolist() == [1] * 6


def test_a_roster_of_another_week_is_refused() -> None:
    """The week before is named."""
    previous = before_of([("z", "2026-11-22 22:00", 8, "")], until=date(2026, 11, 23))
    contract = {"days_per_week": 1, "cost_per_hour": 10, "shifts": [NIGHT]}
    words = "is the roster for the week of 2026-11-16; the week of 2026-11-30 needs the one for 2026-11-23"
    with pytest.raises(DataError, match=words):
        plan(contract, 0, weeks.people_of([("a", "d", "phone")]), previous)


def test_a_single_day_off_where_two_weeks_meet_is_noted() -> None:
    """Off on Sunday and worked again from Monday to Saturday but Tuesday; a day off at each end is two in a row."""
    contract = {"agents": 1, "days_per_week": 5, "shifts": [{"length": "8h", "start": "08:00"}], "cost_per_hour": 1}
    config = weeks.config_of(contracts={"day": contract})

    def worked(first: str, days: list[int]) -> Schedule:
        dates = [pd.Timestamp(first) + pd.Timedelta(days=day) for day in days]
        return schedule_of(*(shift_of("a", f"{day:%Y-%m-%d} 08:00", contract="day") for day in dates))

    before = previous_of_schedule(worked("2026-11-23", [0, 1, 2, 3, 4, 5]))
    for days, told in (
        ([0, 1, 2, 3, 4], True),
        ([1, 2, 3, 4, 5], False),
        ([0, 2, 3, 4, 5], True),
        ([0, 3, 4, 5, 6], True),
    ):
        notes = list(single_days_off(config, before, weeks.MONDAY, worked("2026-11-30", days)))
        assert [note.sentence.rpartition(": ")[2] for note in notes] == (["a"] if told else [])
    rested = previous_of_schedule(worked("2026-11-23", [0, 1, 2, 3, 4]))
    assert not list(single_days_off(config, rested, weeks.MONDAY, worked("2026-11-30", [0, 1, 2, 3, 4])))
    assert not list(single_days_off(config, None, weeks.MONDAY, worked("2026-11-30", [0, 1, 2, 3, 4])))


def previous_of_schedule(schedule: Schedule) -> Previous:
    return Previous(schedule.table, pd.DataFrame(), weeks.MONDAY)
