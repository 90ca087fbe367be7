"""Premiums on public holidays: from midnight to midnight of the plan's zone, alone or with weekdays and hours."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import pytest

from configs.errors import ConfigError, VerificationError
from optimize.roster.inputs.pay import premium_shares
from optimize.roster.inputs.people import read_people
from optimize.roster.planner import plan_week
from optimize.roster.verify import verify
from tests.optimize.roster import weeks

CHRISTMAS_WEEK = date(2026, 12, 21)
"""Friday 25 is a holiday in England; Saturday 26 too, with Monday 28, outside the week, as its substitute."""
ENGLAND = {"country": "GB", "region": "ENG"}
EVERY_DAY = {
    "agents": 1, "days_per_week": 7, "max_consecutive_days": 7, "guaranteed": True, "cost_per_hour": 10, "rest": "8h",
}  # fmt: skip


def site(premiums: list[dict[str, Any]], shift: dict[str, Any], zone: str = "Europe/London", **tables: Any):
    return weeks.config_of(
        plan={"name": "tiny", "timezone": zone, "interval": "60min"},
        costs={"shortage_per_hour": 100, "premiums": premiums},
        contracts={"day": EVERY_DAY | {"shifts": [shift]}},
        **({"calendar": ENGLAND} | tables),
    )


def planned(config, first: date = CHRISTMAS_WEEK):
    horizon = weeks.horizon_of(config, first)
    need = weeks.requirement_of(horizon, phone=0)
    return horizon, need, plan_week(config, horizon, need, read_people(config))


def extra_by_day(roster) -> list[float]:
    """Premium of each day's one shift, in hours of pay, Monday first."""
    extra = roster.table.sort_values("start")["cost"] - 10 * roster.table.sort_values("start")["paid_h"]
    return (extra / 10).round(6).tolist()


DAY = {"length": "8h", "start": "09:00"}
NIGHT = {"length": "8h", "start": "22:00"}
CASES = [
    # premium, shift, paid extra hours of the shifts from Monday to Sunday
    ({"days": ["holidays"], "add": 1.0}, DAY, [0, 0, 0, 0, 8, 8, 0]),
    ({"days": "holidays", "add": 0.5}, DAY, [0, 0, 0, 0, 4, 4, 0]),
    ({"days": ["sun", "holidays"], "add": 1.0}, DAY, [0, 0, 0, 0, 8, 8, 8]),
    ({"days": ["fri", "holidays"], "add": 1.0}, DAY, [0, 0, 0, 0, 8, 8, 0]),
    ({"days": ["holidays"], "from": "12:00", "to": "15:00", "add": 1.0}, DAY, [0, 0, 0, 0, 3, 3, 0]),
    # nights: two hours before midnight, six after it, each on its own local day; Sunday's night ends on the 28th
    ({"days": ["holidays"], "add": 1.0}, NIGHT, [0, 0, 0, 6, 8, 2, 6]),
    # a span over midnight belongs to the day it began on: the nights of the 25th and the 26th only
    ({"days": ["holidays"], "from": "22:00", "to": "06:00", "add": 1.0}, NIGHT, [0, 0, 0, 0, 8, 8, 0]),
    ({"days": ["sun"], "from": "22:00", "to": "06:00", "add": 1.0}, NIGHT, [0, 0, 0, 0, 0, 0, 8]),
]


@pytest.mark.parametrize(("premium", "shift", "hours"), CASES)
def test_each_shift_is_paid_what_the_calendar_says(
    premium: dict[str, Any], shift: dict[str, Any], hours: list[float]
) -> None:
    """By hand, a shift a day of the week of Christmas 2026; the recount of its own arithmetic agrees."""
    config = site([{"name": "holiday", **premium}], shift)
    _, need, roster = planned(config)
    assert extra_by_day(roster) == hours
    assert roster.cost.premiums == pytest.approx(10 * sum(hours))
    assert verify(config, need, roster) is None


def test_the_night_into_the_next_monday_is_priced_as_that_monday() -> None:
    """Without the week before the week is a circle; Monday 21 is no holiday, and Sunday's night ends on Monday 28.

    The other way round, the week of the 28th: its own Monday is a holiday, and its Sunday's night ends on 4 January,
    which is none.
    """
    config = site([{"name": "holiday", "days": ["holidays"], "add": 1.0}], NIGHT)
    horizon = weeks.horizon_of(config, CHRISTMAS_WEEK)
    shares = premium_shares(config, horizon)
    assert shares[:24].tolist() == [0.0] * 24
    assert shares[168:192].tolist() == [1.0] * 24
    _, _, roster = planned(config, date(2026, 12, 28))
    assert extra_by_day(roster) == [2, 0, 0, 6, 2, 0, 0]


def test_a_holiday_is_a_day_of_the_plans_zone() -> None:
    """Christmas in New York runs from 05:00 to 05:00 UTC."""
    config = site(
        [{"name": "holiday", "days": ["holidays"], "add": 1.0}], DAY, "America/New_York", calendar={"country": "US"}
    )
    horizon, _, roster = planned(config)
    paid = horizon.starts[premium_shares(config, horizon)[: horizon.size] > 0]
    assert [paid[0], paid[-1]] == [
        pd.Timestamp("2026-12-25 05:00", tz="UTC"),
        pd.Timestamp("2026-12-26 04:00", tz="UTC"),
    ]
    assert extra_by_day(roster) == [0, 0, 0, 0, 8, 0, 0]


def test_regions_have_their_own_holidays() -> None:
    """30 November 2026 is St Andrew's Day: a holiday in Scotland and not in England."""
    for region, hours in (("SCT", 8), ("ENG", 0)):
        config = site(
            [{"name": "holiday", "days": ["holidays"], "add": 1.0}], DAY, calendar={"country": "GB", "region": region}
        )
        assert extra_by_day(planned(config, date(2026, 11, 30))[2])[0] == hours


def test_people_are_put_where_no_holiday_is_paid() -> None:
    """Five days of seven are worked, and two are holidays at double pay: these two are the days off."""
    contract = {
        "agents": 1, "days_per_week": 5, "days_off": "any", "guaranteed": True, "cost_per_hour": 10, "shifts": [DAY],
    }  # fmt: skip
    config = site([{"name": "holiday", "days": ["holidays"], "add": 1.0}], DAY)
    config = weeks.config_of(
        plan=config.raw["plan"], costs=config.raw["costs"], calendar=ENGLAND, contracts={"day": contract}
    )
    roster = planned(config)[2]
    assert sorted(pd.to_datetime(roster.table["date"]).dt.day.unique()) == [21, 22, 23, 24, 27]
    assert roster.cost.premiums == 0


def test_the_recount_finds_a_holiday_that_is_not_paid() -> None:
    """A shift of the 25th at the plain wage, and one of the 24th paid as a holiday, are told."""
    config = site([{"name": "holiday", "days": ["holidays"], "add": 1.0}], DAY)
    _, need, roster = planned(config)
    for row, cost, words in (
        (4, 80.0, "cost is 80; the recount says 160"),
        (3, 160.0, "cost is 160; the recount says 80"),
    ):
        table = roster.table.copy()
        table.loc[row, "cost"] = cost
        with pytest.raises(VerificationError) as caught:
            verify(config, need, replace(roster, table=table))
        assert words in str(caught.value)


def test_payroll_and_assumptions_show_the_premium() -> None:
    """A row of its own for each shift with holiday hours; the amounts add up to what the roster pays."""
    from types import SimpleNamespace

    from reports.assumptions import assumptions
    from reports.exports.payroll import payroll

    config = site([{"name": "holiday", "days": ["sun", "holidays"], "add": 1.0}], NIGHT)
    horizon, _, roster = planned(config)
    run = SimpleNamespace(config=config, horizon=horizon, roster=roster)
    table = payroll(run)
    hours = table[table["code"] == "holiday"].groupby("date")["hours"].sum()
    assert {day.day: value for day, value in hours.items()} == {24: 6, 25: 8, 26: 8, 27: 8}
    assert table["amount"].sum() == pytest.approx(roster.cost.wages + roster.cost.premiums)
    told = {each.setting: each.value for each in assumptions(run)}
    assert told["Premium holiday"] == "100% more, Sun and public holidays"


def test_holidays_without_a_country_are_a_fault() -> None:
    """The sentence names the premium and the setting to add."""
    with pytest.raises(ConfigError) as caught:
        site([{"name": "holiday", "days": ["holidays"], "add": 1.0}], DAY, calendar={})
    words = 'costs.premiums[0].days: "holidays" needs a country; set calendar.country, such as "GB"'
    assert words in str(caught.value)


def test_days_that_are_none_are_told() -> None:
    """The words of a weekday, and "holidays"; a country nobody knows is told as ever."""
    with pytest.raises(ConfigError, match=r'"funday" is not a weekday; .* or "daily", or "holidays"'):
        site([{"name": "x", "days": ["funday"], "add": 1.0}], DAY)
    config = site([{"name": "x", "days": ["holidays"], "add": 1.0}], DAY, calendar={"country": "XX"})
    with pytest.raises(ConfigError, match='"XX" is not a country with known holidays'):
        planned(config)


def test_premiums_without_holidays_are_as_they_were() -> None:
    """A plain loop over the hours of a week: weekday by weekday, spans over midnight on the day they begin."""
    premiums = [
        {"name": "night", "from": "22:00", "to": "06:00", "add": 0.25},
        {"name": "sunday", "days": ["sun"], "add": 0.5},
        {"name": "late", "days": ["fri", "sat"], "from": "20:00", "to": "02:00", "add": 0.1},
    ]
    config = site(premiums, DAY, calendar={})
    horizon = weeks.horizon_of(config)
    wanted = []
    for t in range(24 * 9):
        day, hour = (t // 24) % 7, t % 24
        share = 0.25 * (hour >= 22 or hour < 6) + 0.5 * (day == 6)
        share += 0.1 * ((day in {4, 5} and hour >= 20) or (day in {5, 6} and hour < 2))
        wanted.append(share)
    assert premium_shares(config, horizon).tolist() == pytest.approx(wanted)
    assert np.isclose(premium_shares(config, horizon).sum(), sum(wanted))
