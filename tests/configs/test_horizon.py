"""Local days cut into intervals, clock changes included."""

from __future__ import annotations

from datetime import date

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from configs.horizon import Horizon
from configs.units import OpeningHours

LONDON = "Europe/London"


def test_an_ordinary_week_has_672_quarter_hours() -> None:
    """Seven days of 96."""
    assert Horizon(date(2026, 11, 30), 7, 15, LONDON).size == 672


def test_the_clock_going_forward_takes_an_hour() -> None:
    """On 29 March 2026 the slots of 01:00 to 01:45 are skipped."""
    horizon = Horizon(date(2026, 3, 29), 1, 15, LONDON)
    assert horizon.size == 92
    assert list(horizon.time_of_day[:6]) == [0, 1, 2, 3, 8, 9]


def test_the_clock_going_back_gives_an_hour_twice() -> None:
    """On 25 October 2026 the slots of 01:00 to 01:45 come twice."""
    horizon = Horizon(date(2026, 10, 25), 1, 15, LONDON)
    assert horizon.size == 100
    assert list(horizon.time_of_day[4:12]) == [4, 5, 6, 7, 4, 5, 6, 7]


def test_a_skipped_time_is_the_moment_the_skip_ends() -> None:
    """01:30 does not exist on 29 March; 02:00 local is 01:00 UTC."""
    horizon = Horizon(date(2026, 3, 29), 1, 15, LONDON)
    assert horizon.moment(0, 90) == pd.Timestamp("2026-03-29T01:00Z")


def test_a_double_time_is_its_first_moment() -> None:
    """01:30 comes at 00:30 UTC and at 01:30 UTC on 25 October."""
    horizon = Horizon(date(2026, 10, 25), 1, 15, LONDON)
    assert horizon.moment(0, 90) == pd.Timestamp("2026-10-25T00:30Z")


def test_opening_hours_are_local() -> None:
    """Nine to five is eight hours on the day the clock changes too, and a night over the change is an hour shorter."""
    horizon = Horizon(date(2026, 3, 28), 2, 15, LONDON)
    assert horizon.is_open(OpeningHours.parse("09:00-17:00")).sum() == 2 * 32
    night = horizon.is_open(OpeningHours.parse({"sat": "22:00-06:00"}))
    assert night.sum() == 8 + 24 - 4


def test_another_zone_sees_the_same_intervals_on_its_own_clock() -> None:
    """Monday 09:00 in Los Angeles is 16:00 in London while only America has changed its clock, 17:00 in winter."""
    hours = OpeningHours.parse({"mon": "09:00-10:00"})
    for monday, clock in ((date(2026, 3, 9), "16:00"), (date(2026, 1, 12), "17:00")):
        horizon = Horizon(monday, 7, 30, LONDON)
        seen = horizon.seen_in("America/Los_Angeles")
        assert (seen.first, seen.days) == (date(monday.year, monday.month, monday.day - 1), 8)
        found = horizon.local[seen.is_open(hours)]
        assert [f"{moment:%a %H:%M}" for moment in found] == [f"Mon {clock}", f"Mon {clock[:3]}30"]
    assert horizon.seen_in(None).is_open(hours).tolist() == horizon.is_open(hours).tolist()


def test_an_interval_that_is_open_in_part_is_open() -> None:
    """Hours of London begin at half past in Kolkata: 09:00 to 10:00 there lies in two of them, midnight too."""
    horizon = Horizon(date(2026, 11, 30), 7, 60, LONDON)
    seen = horizon.seen_in("Asia/Kolkata")
    clocks = [f"{moment:%a %H:%M}" for moment in seen.local[seen.is_open(OpeningHours.parse({"tue": "09:00-10:00"}))]]
    assert clocks == ["Tue 08:30", "Tue 09:30"]
    clocks = [f"{moment:%a %H:%M}" for moment in seen.local[seen.is_open(OpeningHours.parse({"mon": "00:00-00:20"}))]]
    assert clocks == ["Sun 23:30"]  # also over the end of the week
    assert Horizon(date(2026, 11, 30), 1, 30, LONDON).is_open(OpeningHours.parse("08:15-08:45")).nonzero()[
        0
    ].tolist() == [
        16,
        17,
    ]


@given(
    st.dates(date(2000, 1, 1), date(2037, 12, 1)),
    st.sampled_from([LONDON, "America/New_York", "Asia/Tokyo", "Australia/Lord_Howe"]),
)
def test_intervals_are_equal_and_days_are_whole(first: date, zone: str) -> None:
    """Starts are fifteen minutes apart, every day is there, and each start finds its own number again."""
    horizon = Horizon(first, 8, 15, zone)
    assert (horizon.starts[1:] - horizon.starts[:-1] == pd.Timedelta(minutes=15)).all()
    assert sorted(set(horizon.day)) == list(range(8))
    assert [horizon.index(moment) for moment in horizon.starts[::97]] == list(range(0, horizon.size, 97))
