"""Due times worked out by hand: open hours, closed Sundays, and the weekends the clock changes."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest

from configs.errors import ConfigError
from configs.horizon import Horizon
from configs.units import OpeningHours
from optimize.staffing.requirement.deferrable import due_times, open_mask, work_hours

WEEKDAYS = OpeningHours.parse({"mon-fri": "08:00-18:00", "sat": "09:00-13:00"})
WEEK = Horizon(date(2026, 11, 30), 7, 15, "Europe/London")  # in winter local time is UTC


def _due(horizon, hours, within, clock, arrival, **more):
    """Local due time of the interval that begins at a local time."""
    due = due_times(horizon, hours, within, clock, **more)
    at = horizon.index(pd.Timestamp(arrival).tz_localize(horizon.timezone).tz_convert("UTC"))
    return due[at].tz_convert(horizon.timezone).strftime("%a %Y-%m-%d %H:%M")


@pytest.mark.parametrize(
    ("arrival", "hours", "due"),
    [
        ("2026-11-30 08:00", 4, "Mon 2026-11-30 12:15"),  # the interval ends at 08:15
        ("2026-11-30 07:45", 10, "Mon 2026-11-30 18:00"),  # the clock starts at opening and ends at closing
        ("2026-11-30 08:00", 10, "Tue 2026-12-01 08:15"),
        ("2026-11-30 17:45", 1, "Tue 2026-12-01 09:00"),  # ends at closing: starts at the next opening
        ("2026-11-30 22:00", 1, "Tue 2026-12-01 09:00"),
        ("2026-12-04 17:00", 2, "Sat 2026-12-05 10:15"),  # 45 min on Friday, 75 min on Saturday
        ("2026-12-05 12:45", 1, "Mon 2026-12-07 09:00"),  # closed on Sunday, beyond the horizon
        ("2026-12-06 03:00", 11, "Tue 2026-12-08 09:00"),
    ],
)
def test_open_hours(arrival, hours, due):
    """The clock runs in opening hours only: what comes in while closed starts at the next opening."""
    assert _due(WEEK, WEEKDAYS, timedelta(hours=hours), "open", arrival) == due


def test_clock_hours():
    """Round the clock, due is the end of the interval and the time allowed, whatever the opening hours."""
    assert _due(WEEK, WEEKDAYS, timedelta(hours=24), "clock", "2026-12-05 12:45") == "Sun 2026-12-06 13:00"


def test_a_deadline_off_the_grid():
    """Fifty minutes after 08:15 are 09:05."""
    assert _due(WEEK, WEEKDAYS, timedelta(minutes=50), "open", "2026-11-30 08:00") == "Mon 2026-11-30 09:05"


def test_hours_that_go_on_over_midnight():
    """Open 20:00-02:00: three hours from 23:00 end with the night at 02:00, four end an hour into the next."""
    nights = OpeningHours.parse("20:00-02:00")
    assert _due(WEEK, nights, timedelta(hours=3), "open", "2026-11-30 22:45") == "Tue 2026-12-01 02:00"
    assert _due(WEEK, nights, timedelta(hours=4), "open", "2026-11-30 22:45") == "Tue 2026-12-01 21:00"


@pytest.mark.parametrize(
    ("monday", "clock", "arrival", "due"),
    [
        (date(2026, 10, 19), "clock", "2026-10-24 12:00", "Sun 2026-10-25 11:15"),  # the day of 25 hours
        (date(2026, 3, 23), "clock", "2026-03-28 12:00", "Sun 2026-03-29 13:15"),  # the day of 23 hours
        (
            date(2026, 10, 19),
            "open",
            "2026-10-24 12:00",
            "Wed 2026-10-28 11:15",
        ),  # Sat 45 min, Mon and Tue 10 h, Wed 3 h 15
        (date(2026, 3, 23), "open", "2026-03-28 12:00", "Wed 2026-04-01 11:15"),
    ],
)
def test_weekends_the_clock_changes(monday, clock, arrival, due):
    """24 hours are elapsed hours; opening hours are local, so that they do not see a change on a closed Sunday."""
    horizon = Horizon(monday, 7, 15, "Europe/London")
    assert _due(horizon, WEEKDAYS, timedelta(hours=24), clock, arrival) == due


def test_a_day_open_round_the_clock_has_25_hours_in_autumn():
    """Always open, open hours are elapsed hours also over the change."""
    horizon = Horizon(date(2026, 10, 19), 7, 15, "Europe/London")
    always = OpeningHours.parse("00:00-24:00")
    assert (
        due_times(horizon, always, timedelta(hours=24), "open")
        == due_times(horizon, always, timedelta(hours=24), "clock")
    ).all()


def test_closed_days_are_passed_over():
    """A holiday on Tuesday moves Monday evening's work to Wednesday."""
    assert (
        _due(WEEK, WEEKDAYS, timedelta(hours=1), "open", "2026-11-30 17:45", closed_days=[date(2026, 12, 1)])
        == "Wed 2026-12-02 09:00"
    )


def test_due_times_never_run_backwards():
    """What comes later is due later or at the same time, and always after it came."""
    due = due_times(WEEK, WEEKDAYS, timedelta(hours=7, minutes=10), "open")
    assert due.is_monotonic_increasing
    assert (due > WEEK.starts).all()
    assert due.tz is not None


def test_never_open_is_told():
    """Work of a channel that is never open would never be due."""
    with pytest.raises(
        ConfigError,
        match=r"channels.email.open: the channel is open for less than 8h in ten years, so work would never be due",
    ):
        due_times(WEEK, OpeningHours.parse({"mon": "closed"}), timedelta(hours=8), "open", where="channels.email.open")


def test_work_includes_occupancy_and_absence():
    """10 contacts of 360 s are one hour; at 80 % occupancy and 20 % absence they take 1.5625 rostered hours."""
    assert work_hours(np.array([10.0]), np.array([360.0]), 0.8, 0.2).tolist() == pytest.approx([1.5625])


@pytest.mark.parametrize(
    ("monday", "arrival", "due"),
    [
        (date(2026, 11, 30), "2026-11-30 10:00", "Mon 2026-11-30 18:00"),  # opens at 17:00 in London
        (date(2026, 3, 9), "2026-03-09 10:00", "Mon 2026-03-09 17:00"),  # America has changed its clock, at 16:00
        (date(2026, 11, 30), "2026-12-01 00:15", "Tue 2026-12-01 17:30"),  # half of it on Monday evening there
    ],
)
def test_deadlines_run_on_the_clock_of_the_customers(monday, arrival, due):
    """An hour of opening hours of Los Angeles, nine to five, as the site in London sees it."""
    hours = OpeningHours.parse({"mon-fri": "09:00-17:00"})
    horizon = Horizon(monday, 7, 15, "Europe/London")
    assert _due(horizon, hours, timedelta(hours=1), "open", arrival, timezone="America/Los_Angeles") == due


def test_closed_days_are_those_of_the_customers():
    """Closed on Tuesday in Los Angeles: from 08:00 on Tuesday to 08:00 on Wednesday in London."""
    horizon = Horizon(date(2026, 11, 30), 7, 60, "Europe/London")
    mask = open_mask(horizon, OpeningHours.parse("00:00-24:00"), [date(2026, 12, 1)], "America/Los_Angeles")
    closed = horizon.local[~mask]
    assert [f"{moment:%a %H:%M}" for moment in (closed[0], closed[-1])] == ["Tue 08:00", "Wed 07:00"]
    assert len(closed) == 24
