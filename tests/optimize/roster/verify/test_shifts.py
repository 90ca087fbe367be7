"""Lengths, starts, dates and contracts of single shifts, on their edges."""

from __future__ import annotations

import pandas as pd
import pytest

from tests.optimize.roster.verify.made import Line, at, fails, made, passes

HOURLY = {
    "days_per_week": 1,
    "shifts": [{"length": "8h", "start": "06:00-12:00", "step": "1h", "days": ["mon", "tue"]}],
}


@pytest.mark.parametrize("clock", ["06:00", "09:00", "12:00"])
def test_a_shift_may_begin_at_both_ends_of_its_window(clock: str) -> None:
    """From 6 to 12, every hour."""
    assert passes(made([Line("a", f"mon {clock}")], contract=HOURLY))


@pytest.mark.parametrize("clock", ["05:00", "05:30", "06:30", "12:30", "13:00"])
def test_a_shift_begun_a_step_outside_or_between_steps_is_found(clock: str) -> None:
    """An hour or half an hour too early, between two steps, or too late."""
    assert fails(made([Line("a", f"mon {clock}")], contract=HOURLY), f"8h from {clock}")


def test_a_shift_begins_on_its_weekdays_only() -> None:
    """Monday and Tuesday; Wednesday is one day too late, Sunday one too early."""
    assert passes(made([Line("a", "tue 08:00")], contract=HOURLY))
    for day in ("wed", "sun"):
        assert fails(made([Line("a", f"{day} 08:00")], contract=HOURLY), "8h from 08:00")


@pytest.mark.parametrize("hours", [7.5, 8.5])
def test_a_shift_has_its_length_to_the_interval(hours: float) -> None:
    """Eight hours, and half an hour less or more."""
    assert passes(made([Line("a", "mon 08:00", 8.0)]))
    assert fails(made([Line("a", "mon 08:00", hours)]), "from 08:00")


def test_each_length_has_its_own_window() -> None:
    """Eight hours from 8, four from 14: neither may begin when the other does."""
    contract = {"shifts": [{"length": "8h", "start": "08:00"}, {"length": "4h", "start": "14:00"}]}
    assert passes(made([Line("a", "mon 08:00", 8.0), Line("b", "mon 14:00", 4.0)], contract=contract))
    assert fails(made([Line("a", "mon 08:00", 4.0)], contract=contract), "4h from 08:00")
    assert fails(made([Line("a", "mon 14:00", 8.0)], contract=contract), "8h from 14:00")


def test_a_shift_is_dated_by_the_day_it_begins_on() -> None:
    """A night from Monday 22:00 belongs to Monday, and to neither neighbour."""
    night = made([Line("a", "mon 22:00")])
    assert passes(night)
    for day in ("last sun 00:00", "tue 00:00"):
        assert fails(night.cell(0, date=at(day).tz_localize(None)), "is dated")


def test_a_shift_on_the_first_and_the_last_day_lies_in_the_week() -> None:
    """Monday and Sunday pass; the Sunday before and the Monday after do not."""
    assert passes(made([Line("a", "mon 08:00"), Line("a", "sun 08:00")]))
    for day in ("last sun", "next mon"):
        assert fails(made([Line("a", f"{day} 08:00")]), "outside the week of 2026-11-30")


def test_a_shift_of_another_contract_is_found() -> None:
    """The row names a contract that is not the person's."""
    contracts = {
        name: {"days_per_week": 5, "cost_per_hour": 10, "shifts": [{"length": "8h", "start": "08:00"}]}
        for name in ("day", "other")
    }
    sound = made([Line("a", "mon 08:00")], contracts=contracts)
    assert passes(sound)
    assert fails(sound.cell(0, contract="other"), "agent a", "another contract than day")


def test_only_agents_work() -> None:
    """A row of somebody who is not in the agents table."""
    sound = made([Line("a", "mon 08:00"), Line("b", "mon 08:00")])
    assert passes(sound)
    stranger = made([Line("a", "mon 08:00"), Line("b", "mon 08:00")], people={"a": {}, "c": {}})
    assert fails(stranger, "agent b", "not among the agents")


def test_two_shifts_of_one_day_are_found() -> None:
    """Four hours from 6 and four from 14, rested well between them, are one shift too many; on two days they pass."""
    contract = {"shifts": [{"length": "4h", "start": "06:00-22:00"}], "rest": "2h"}
    assert passes(made([Line("a", "mon 06:00", 4.0), Line("a", "tue 14:00", 4.0)], contract=contract))
    assert fails(
        made([Line("a", "mon 06:00", 4.0), Line("a", "mon 14:00", 4.0)], contract=contract), "two shifts on one day"
    )


def test_a_start_the_clock_skips_is_made_up_when_the_skip_ends() -> None:
    """In London 01:00 to 02:00 of 28 March 2027 does not exist: a shift of 01:00 or 01:30 begins at 02:00, none at 02:30."""
    from optimize.roster.verify.kinds import may_begin

    def shift(window: str):
        return made([], contract={"shifts": [{"length": "8h", "start": window}]}).config.contracts["day"].shifts[0]

    def london(clock: str) -> pd.Timestamp:
        return pd.Timestamp(f"2027-03-28 {clock}", tz="Europe/London")

    for window in ("01:00", "01:30", "02:00"):
        assert may_begin(shift(window), london("02:00"))
    for window in ("00:30", "02:30"):
        assert not may_begin(shift(window), london("02:00"))
    for window in ("01:30", "02:00"):
        assert not may_begin(shift(window), london("02:30"))
    assert not may_begin(shift("01:30"), pd.Timestamp("2027-03-27 02:00", tz="Europe/London"))
