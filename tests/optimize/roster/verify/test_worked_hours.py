"""Hours in which work that may wait may be done, interval by interval, on their edges."""

from __future__ import annotations

from typing import Any

import numpy as np

from optimize.roster.verify.worked import may_be_worked
from tests.optimize.roster import weeks

ASKED = {"target": {"within": "10h", "clock": "clock"}, "aht": "30min"}


def hours(email: dict[str, Any], phone: dict[str, Any] | None = None, need: Any = 0, **tables: Any) -> list[int]:
    """Hours of the week from Monday at midnight in which e-mail may be done; `phone` and what it needs."""
    channels = {"email": {"kind": "deferrable", **ASKED, **email}}
    if phone is not None:
        channels = {"phone": {"kind": "synchronous", **phone}} | channels
    plan = {"name": "tiny", "timezone": "UTC", "interval": "60min"} | tables.pop("plan", {})
    config = weeks.config_of(channels=channels, plan=plan, **tables)
    horizon = weeks.horizon_of(config)
    requirement = weeks.requirement_of(horizon, **({} if phone is None else {"phone": need}), email=(0.1, 11))
    starts = requirement["start"][requirement["channel"] == "email"]
    return np.flatnonzero(may_be_worked(config, requirement, config.channels["email"], starts)).tolist()


def daily(first: int, last: int, days: range = range(7)) -> list[int]:
    return [24 * day + hour for day in days for hour in range(first, last)]


def only(*asked: int) -> np.ndarray:
    need = np.zeros(168)
    need[list(asked)] = 1
    return need


def test_stated_hours_are_those() -> None:
    """From 9 to 17: at 9 and not at 8, at 16 and not at 17, whatever the phone asks for."""
    assert hours({"worked": "09:00-17:00"}) == daily(9, 17)
    assert hours({"worked": "09:00-17:00"}, {}, 1) == daily(9, 17)
    assert hours({"worked": "mon-fri 09:00-17:00"}) == daily(9, 17, range(5))


def test_without_a_live_channel_its_own_hours_count() -> None:
    """Open from 8 to 12; always, where nothing is stated."""
    assert hours({"open": "08:00-12:00"}) == daily(8, 12)
    assert hours({}) == list(range(168))


def test_it_is_done_where_a_live_channel_asks_for_somebody() -> None:
    """The phone asks for one person on Tuesday from 10 to 11 and is open from 9 to 12: all of Tuesday's hours, no other."""
    assert hours({}, {"open": "09:00-12:00"}, only(34)) == [33, 34, 35]
    assert hours({}, {"open": "09:00-12:00"}, only(33, 35)) == [33, 34, 35]


def test_a_live_channel_that_asks_outside_its_hours_is_staffed_then_too() -> None:
    """Asked for at 13:00 on Tuesday, an hour after it closes."""
    assert hours({}, {"open": "09:00-12:00"}, only(37)) == [33, 34, 35, 37]


def test_a_live_channel_that_asks_for_nobody_does_not_count() -> None:
    """Where no live channel asks for anybody its own hours count."""
    assert hours({"open": "08:00-12:00"}, {"open": "09:00-17:00"}, 0) == daily(8, 12)


def test_hours_stated_for_the_channel_are_added() -> None:
    """The phone is staffed on Tuesday from 9 to 12; e-mail is open daily from 11 to 13."""
    assert hours({"open": "11:00-13:00"}, {"open": "09:00-12:00"}, only(34)) == sorted({33, 34, 35, *daily(11, 13)})


def test_days_are_those_of_the_live_channel() -> None:
    """A phone in Auckland, 13 hours ahead: asked for on its Tuesday at 9:00, Monday 20:00 here; open there until 12."""
    phone = {"open": "09:00-12:00", "timezone": "Pacific/Auckland"}
    assert hours({}, phone, only(20)) == [20, 21, 22]


def test_own_hours_are_by_the_clock_of_the_customers_and_worked_hours_by_the_plan() -> None:
    """Customers in Auckland, 13 hours ahead: open from 9 to 12 there is 20 to 23 here; worked hours are ours."""
    assert hours({"open": "09:00-12:00", "timezone": "Pacific/Auckland"}) == daily(20, 23)
    assert hours({"worked": "09:00-12:00", "timezone": "Pacific/Auckland"}) == daily(9, 12)


def test_public_holidays_are_taken_off_where_the_channel_closes_on_them() -> None:
    """St Andrew's Day, 30 November 2026, is Monday of this week in Scotland."""
    scotland = {"calendar": {"country": "GB", "region": "SCT"}}
    for settings in ({"worked": "09:00-17:00"}, {"open": "09:00-17:00"}):
        assert hours(settings | {"closed_on_holidays": True}, **scotland) == daily(9, 17, range(1, 7))
        assert hours(settings, **scotland) == daily(9, 17)


def test_a_holiday_on_the_last_day_counts() -> None:
    """Christmas 2026 is a Friday; of a horizon whose last intervals are Friday's, they are taken off."""
    import pandas as pd

    channels = {"email": {"kind": "deferrable", **ASKED, "worked": "09:00-17:00", "closed_on_holidays": True}}
    config = weeks.config_of(channels=channels, calendar={"country": "US"})
    starts = pd.Series(pd.date_range("2026-12-24", "2026-12-25 23:00", freq="h", tz="UTC"))
    found = may_be_worked(
        config, weeks.requirement_of(weeks.horizon_of(config), email=(0, 1)), config.channels["email"], starts
    )
    assert np.flatnonzero(found).tolist() == daily(9, 17, range(1))


def test_no_interval_is_no_answer() -> None:
    """A channel without rows has no hours, whatever its holidays."""
    import pandas as pd

    channels = {"email": {"kind": "deferrable", **ASKED, "closed_on_holidays": True}}
    config = weeks.config_of(channels=channels, calendar={"country": "US"})
    empty = pd.Series(pd.DatetimeIndex([], tz="UTC"))
    requirement = weeks.requirement_of(weeks.horizon_of(config), email=(0, 1))
    assert may_be_worked(config, requirement, config.channels["email"], empty).tolist() == []
