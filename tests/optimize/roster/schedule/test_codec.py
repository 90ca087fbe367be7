"""The text of breaks and activities."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from configs.zones import zone
from optimize.roster.schedule.codec import read_activities, read_breaks, write_activities, write_breaks
from optimize.roster.schedule.shift import PlannedActivity
from optimize.roster.verify import texts
from tests.optimize.roster.schedule.build import utc
from tests.optimize.roster.schedule.drawn import horizons, shifts

LONDON = zone("Europe/London")
BACK = (utc("2026-10-25 00:00"), utc("2026-10-25 08:00"))
"""A shift from 01:00 to 08:00 of the night on which 01:00 to 02:00 comes twice."""
FORWARD = (utc("2026-03-29 00:00"), utc("2026-03-29 08:00"))
"""A shift from 00:00 to 09:00 of the night on which the clock skips 01:00 to 02:00."""
DAY = (utc("2026-11-30 09:00"), utc("2026-11-30 17:00"))


@given(st.data())
def test_what_is_written_is_read_back(data: Any) -> None:
    """Breaks and activities of any shift come back as the same moments, also where the clock changes."""
    horizon = data.draw(horizons())
    shift = data.draw(shifts(horizon))
    where = (shift.start, shift.end, horizon.zone)
    assert read_breaks(write_breaks(shift.breaks, horizon.zone), *where) == shift.breaks
    assert read_activities(write_activities(shift.activities, horizon.zone), *where) == shift.activities


@given(st.data())
def test_the_verifier_reads_the_same_moments_in_its_own_way(data: Any) -> None:
    """Two algorithms, one for the product and one for the recount, agree on whatever is written."""
    horizon = data.draw(horizons())
    shift = data.draw(shifts(horizon))
    row = {
        "start": pd.Timestamp(shift.start),
        "end": pd.Timestamp(shift.end),
        "breaks": write_breaks(shift.breaks, horizon.zone),
        "activities": write_activities(shift.activities, horizon.zone),
    }
    assert _instants(texts.breaks_of(row, horizon.zone)) == [(a.timestamp(), b.timestamp()) for a, b in shift.breaks]
    segments = texts.activities_of(row, horizon.zone)
    assert segments is not None
    assert [each.name for each in segments] == [each.name for each in shift.activities]
    assert _instants((each.start, each.end) for each in segments) == _instants(
        (each.start, each.end) for each in shift.activities
    )


def _instants(spans: Any) -> list[tuple[float, float]]:
    return [(first.timestamp(), last.timestamp()) for first, last in spans]


def test_an_hour_that_comes_twice_has_a_star_the_second_time() -> None:
    """The same clock times are an hour apart, and a span may begin in the first pass and end in the second."""
    hour = timedelta(hours=1)
    first = (utc("2026-10-25 00:15"), utc("2026-10-25 00:30"))
    second = (first[0] + hour, first[1] + hour)
    assert write_breaks([first], LONDON) == "01:15-01:30"
    assert write_breaks([second], LONDON) == "01:15*-01:30*"
    assert read_breaks("01:15-01:30", *BACK, LONDON) == (first,)
    assert read_breaks("01:15*-01:30*", *BACK, LONDON) == (second,)
    assert read_breaks("01:15-01:30*", *BACK, LONDON) == ((first[0], second[1]),)


@pytest.mark.parametrize(
    ("text", "span", "wrong"),
    [
        ("08:45-09:15", DAY, "08:45"),
        ("16:45-17:01", DAY, "17:01"),
        ("12:00*-12:30*", DAY, "12:00*"),
        ("01:30-02:30", FORWARD, "01:30"),
        ("12:30-12:00", DAY, "12:00"),
        ("25:00-26:00", DAY, "25:00"),
        ("lunch", DAY, "lunch"),
        ("12:00", DAY, ""),
    ],
)
def test_a_time_the_clock_does_not_show_in_the_shift_is_refused(
    text: str, span: tuple[datetime, datetime], wrong: str
) -> None:
    """Before the shift, a minute past its end, a second pass that is none, a skipped hour, backwards, no time at all."""
    with pytest.raises(ValueError, match=rf'"{wrong.replace("*", "[*]")}"'):
        read_breaks(text, *span, LONDON)


def test_a_break_may_touch_both_ends_of_its_shift() -> None:
    """The first and the last moment of a shift belong to it."""
    assert read_breaks("09:00-17:00", *DAY, LONDON) == (DAY,)


def test_texts_may_have_spaces_and_empty_parts() -> None:
    """People type tables by hand."""
    lunch = (utc("2026-11-30 12:00"), utc("2026-11-30 12:30"))
    assert read_breaks(" 12:00 - 12:30 ; ", *DAY, LONDON) == (lunch,)
    assert read_breaks("", *DAY, LONDON) == ()
    assert read_activities("team talk 12:00-12:30;", *DAY, LONDON) == (PlannedActivity("team talk", *lunch),)


@pytest.mark.parametrize("text", ["10:00-11:00", "training", "training 10:00", " 10:00-11:00"])
def test_an_activity_without_name_or_times_is_refused(text: str) -> None:
    """The message shows how to write one."""
    with pytest.raises(ValueError, match='write one such as "training 10:00-11:00"'):
        read_activities(text, *DAY, LONDON)


def test_moments_are_utc() -> None:
    """Differences of moments that are read are elapsed time, whatever the clock does between them."""
    ((first, last),) = read_breaks("01:15-02:15", *BACK, LONDON)
    assert first.tzinfo is last.tzinfo is UTC
    assert last - first == timedelta(hours=2)
