"""The last weeks of a history, as they are handed to the report."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from configs.horizon import Horizon
from forecast.data.history import History
from forecast.data.recent import recent_weeks

ZONE = "Europe/London"


def history(first, days, channel="phone", volume=1.0):
    """Hourly contacts of some days from local midnight on."""
    begin = pd.Timestamp(first)
    edges = [moment.tz_localize(ZONE) for moment in (begin, begin + pd.Timedelta(days=days))]
    starts = pd.date_range(*edges, freq="h", inclusive="left").tz_convert("UTC")
    return pd.DataFrame({"channel": channel, "start": starts, "volume": volume, "aht_s": 200.0})


def test_four_weeks_before_the_plan_are_kept():
    """A history of ten weeks up to the plan: the last 28 days and no other column."""
    table = history("2026-09-21", 70)
    found = recent_weeks(History(table, 3600), Horizon(date(2026, 11, 30), 7, 60, ZONE))
    assert list(found.columns) == ["channel", "start", "volume"]
    assert found["start"].min() == pd.Timestamp("2026-11-02", tz=ZONE)
    assert found["start"].max() == pd.Timestamp("2026-11-29 23:00", tz=ZONE)
    assert len(found) == 28 * 24


def test_a_plan_further_ahead_goes_back_to_where_the_history_is():
    """The history ends two and a half weeks before the plan: weeks begin on the same weekday, the first is in part."""
    table = history("2026-09-21", 70 - 18)
    found = recent_weeks(History(table, 3600), Horizon(date(2026, 11, 30), 7, 60, ZONE))
    assert found["start"].min() == pd.Timestamp("2026-10-19", tz=ZONE)
    assert found["start"].max() == table["start"].max()


def test_the_planned_week_itself_is_never_among_them():
    """A week that is over and planned again is not shown its own contacts."""
    table = history("2026-09-21", 90)
    for days in (7, 28):
        found = recent_weeks(History(table, 3600), Horizon(date(2026, 11, 30), days, 60, ZONE))
        assert found["start"].max() < pd.Timestamp("2026-11-30", tz=ZONE)


def test_days_without_any_contact_are_left_out():
    """A channel that is closed on a day has no rows of it."""
    table = history("2026-11-02", 28)
    sunday = table["start"].dt.tz_convert(ZONE).dt.day_of_week == 6
    table.loc[sunday, "volume"] = 0.0
    found = recent_weeks(History(table, 3600), Horizon(date(2026, 11, 30), 7, 60, ZONE))
    assert set(found["start"].dt.tz_convert(ZONE).dt.day_of_week) == {0, 1, 2, 3, 4, 5}


@pytest.mark.parametrize("days", [0, 1])
def test_little_history_is_no_trouble(days):
    """None at all gives none; one day gives that day."""
    table = history("2026-11-02", days)
    found = recent_weeks(History(table, 3600), Horizon(date(2026, 11, 30), 7, 60, ZONE))
    assert len(found) == 24 * days
