"""To which day a shift belongs: nights, midnights, nights of a clock change, and one place that a change of it takes."""

from __future__ import annotations

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from configs.errors import VerificationError
from configs.horizon import Horizon
from optimize.roster.fairness.burdens import Burdens
from optimize.roster.fairness.ledger import burdens_worked
from optimize.roster.inputs.availability import Availability
from optimize.roster.inputs.people import read_people
from optimize.roster.inputs.staff_groups import shift_type_of
from optimize.roster.planner import plan_week
from optimize.roster.schedule import day
from optimize.roster.schedule.day import begins_on, day_of
from optimize.roster.schedule.schedule import Schedule
from optimize.roster.verify import kinds
from tests.optimize.roster import weeks

LONDON = ZoneInfo("Europe/London")
SPRING, AUTUMN = date(2026, 3, 23), date(2026, 10, 19)
"""Mondays of the weeks whose Sunday has 23 and 25 hours."""


def shift(start: str, hours: float) -> tuple[pd.Timestamp, pd.Timestamp]:
    begin = pd.Timestamp(start, tz=LONDON)
    return begin.tz_convert("UTC"), begin.tz_convert("UTC") + pd.Timedelta(hours=hours)


@pytest.mark.parametrize(
    ("start", "hours", "own"),
    [
        ("2026-11-30 22:00", 8, "2026-11-30"),  # a night is of the evening it begins on
        ("2026-11-30 23:59", 8, "2026-11-30"),
        ("2026-12-01 00:00", 8, "2026-12-01"),  # midnight begins the new day
        ("2026-11-30 16:00", 8, "2026-11-30"),  # and a shift up to it is of the old one
        ("2026-12-01 00:00", 24, "2026-12-01"),
        ("2026-03-28 23:00", 8, "2026-03-28"),  # the clock goes forward within the shift
        ("2026-03-29 00:30", 8, "2026-03-29"),
        ("2026-07-01 00:30", 8, "2026-07-01"),  # 23:30 of the day before in UTC
        ("2026-10-24 22:00", 8, "2026-10-24"),  # the clock goes back within the shift
    ],
)
def test_a_shift_belongs_to_the_local_day_it_begins_on(start: str, hours: float, own: str) -> None:
    """Neither the hours after midnight nor a change of the clock move it, and UTC has no say."""
    assert day_of(*shift(start, hours), LONDON) == date.fromisoformat(own)


def test_both_passes_of_an_hour_belong_to_the_same_day() -> None:
    """On 25 October 2026 London's clock shows 01:30 twice."""
    for utc in ("2026-10-25 00:30", "2026-10-25 01:30"):
        start = pd.Timestamp(utc, tz="UTC")
        assert day_of(start, start + pd.Timedelta(hours=8), LONDON) == date(2026, 10, 25)


@given(
    st.sampled_from([SPRING, AUTUMN, weeks.MONDAY]),
    st.sampled_from(["Europe/London", "America/Santiago", "Pacific/Apia", "UTC"]),
    st.integers(0, 6),
    st.integers(0, 1439),
    st.integers(1, 24),
)
def test_a_shift_placed_on_a_day_belongs_to_it(first: date, zone: str, number: int, minutes: int, hours: int) -> None:
    """`begins_on` and `day_of` are each other's inverse, in weeks with a change of the clock too."""
    horizon, length = Horizon(first, 7, 15, zone), timedelta(hours=hours)
    begin = horizon.moment(begins_on(horizon, number, minutes, length), minutes)
    assert day_of(begin, begin + length, horizon.zone) == horizon.date(number)


def from_four(start: pd.Timestamp, end: pd.Timestamp, zone: ZoneInfo) -> date:
    """A day of business that begins at 04:00; another rule than ours."""
    return day_of(start - pd.Timedelta(hours=4), end, zone)


def nights(**settings):
    """Somebody who works nights begun at 00:30, on weekdays as far as they are weekdays."""
    contract = {
        "agents": 1, "days_per_week": 5, "cost_per_hour": 10, "rest": "11h",
        "shifts": [{"length": "8h", "start": "00:30", "days": "mon-fri"}],
    }  # fmt: skip
    return weeks.config_of(
        plan={"name": "nights", "timezone": "Europe/London", "interval": "30min"},
        contracts={"night": contract},
        **settings,
    )


def test_a_change_of_the_rule_is_made_in_one_place(monkeypatch) -> None:
    """With a day that begins at 04:00 the night of Monday begins on Tuesday at 00:30: planned, dated and counted so.

    Only `day_of` is replaced, and the statement the recount has for itself; with ours the recount objects.
    """
    config = nights()
    horizon = weeks.horizon_of(config)
    need = weeks.requirement_of(horizon, phone=weeks.hours_between(horizon, 1, 8))
    monkeypatch.setattr(day, "day_of", from_four)
    with pytest.raises(VerificationError, match="is dated 2026-11-30"):
        plan_week(config, horizon, need, read_people(config))
    monkeypatch.setattr(kinds, "day_of", lambda start: (start - pd.Timedelta(hours=4)).date())
    monkeypatch.setattr("optimize.roster.verify.shifts.day_of", kinds.day_of)
    shift_type = shift_type_of(config.contracts["night"], 0, horizon, Availability())
    assert shift_type.starts == tuple((48 * number + 49,) if number < 5 else () for number in range(7))
    table = plan_week(config, horizon, need, read_people(config)).table
    assert len(table) == 5
    begun = [start.tz_convert(LONDON) for start in table["start"]]
    assert [f"{at:%a %H:%M}" for at in begun] == [f"{each} 00:30" for each in ("Tue", "Wed", "Thu", "Fri", "Sat")]
    assert [f"{each:%a}" for each in table["date"]] == ["Mon", "Tue", "Wed", "Thu", "Fri"]
    fair = config.model_copy(
        update={"roster": weeks.config_of(roster={"fairness": {"weight": 0, "weekends": 1}}).roster}
    )
    agents = sorted(set(table["agent"]))
    worked = burdens_worked(Schedule.from_table(table, LONDON), Burdens(fair, horizon.first, 7), agents)
    assert worked.tolist() == [[0.0]]


def test_with_our_rule_the_same_nights_are_of_the_morning_they_begin_in() -> None:
    """Monday to Friday at 00:30, none of them on a weekend."""
    config = nights()
    horizon = weeks.horizon_of(config)
    need = weeks.requirement_of(horizon, phone=weeks.hours_between(horizon, 1, 8))
    table = plan_week(config, horizon, need, read_people(config)).table
    assert [f"{start.tz_convert(LONDON):%a %H:%M}" for start in table["start"]] == [
        f"{each} 00:30" for each in ("Mon", "Tue", "Wed", "Thu", "Fri")
    ]
    assert (pd.DatetimeIndex(table["date"]).date == pd.DatetimeIndex(table["start"]).tz_convert(LONDON).date).all()
