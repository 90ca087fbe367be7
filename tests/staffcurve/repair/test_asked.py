"""What ``--absent`` and ``--locked`` are read as: dates and times, ends, lists, and what is refused."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from configs.errors import DataError
from configs.horizon import Horizon
from staffcurve.repair.asked import question_of

WEEK = Horizon(date(2026, 11, 30), 7, 30, "Europe/London")
BERLIN = Horizon(date(2026, 11, 30), 7, 30, "Europe/Berlin")


def span(text: str, horizon: Horizon = WEEK) -> tuple[str, str, str]:
    (found,) = question_of([text], [], horizon).absences
    return found.agent, f"{found.start:%d %H:%M}", f"{found.end:%d %H:%M}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A1:2026-12-01", ("A1", "01 00:00", "02 00:00")),
        ("A1:2026-12-01:2026-12-03", ("A1", "01 00:00", "04 00:00")),
        ("A1:2026-12-01T08:30:2026-12-01T12:00", ("A1", "01 08:30", "01 12:00")),
        ("A1:2026-12-01T08:30:2026-12-02", ("A1", "01 08:30", "03 00:00")),
        ("team:7:2026-12-01", ("team:7", "01 00:00", "02 00:00")),
    ],
)
def test_dates_end_with_their_day_and_times_where_they_say(text: str, expected: tuple[str, str, str]) -> None:
    """An end that is a date is inclusive; an id may hold a colon."""
    assert span(text) == expected


def test_moments_are_those_of_the_zone() -> None:
    """Midnight in Berlin is 23:00 UTC in winter."""
    assert span("A1:2026-12-01", BERLIN) == ("A1", "30 23:00", "01 23:00")


def test_several_are_separated_by_commas_or_repeated() -> None:
    """Both ways give the same absences; ``all`` locks every shift next to single cells."""
    both = question_of(["A1:2026-12-01, A2:2026-12-02", "A3:2026-12-03"], ["all,A4", "A5:2026-12-04"], WEEK)
    assert [each.agent for each in both.absences] == ["A1", "A2", "A3"]
    assert both.locked.shifts
    assert both.locked.cells == {("A4", None), ("A5", date(2026, 12, 4))}
    assert both.locked.holds("A4", date(2026, 12, 1))
    assert both.locked.holds("A5", date(2026, 12, 4))
    assert not both.locked.holds("A5", date(2026, 12, 3))


@pytest.mark.parametrize(
    ("absent", "words"),
    [
        ("A1", "is not an absence; write AGENT:FROM"),
        ("A1:tomorrow", "is not an absence; write AGENT:FROM"),
        ("A1:2026-13-01", "month must be in 1..12"),
        ("A1:2026-12-03:2026-12-02", "ends before it starts"),
        ("A1:2026-12-01T08:00:2026-12-01T08:00", "ends before it starts, or when it starts"),
        ("A1:2026-12-01T08:00", "ends before it starts, or when it starts"),
    ],
)
def test_what_cannot_be_read_is_refused(absent: str, words: str) -> None:
    """One sentence with the text, the reason and the form that would be right."""
    with pytest.raises(DataError) as told:
        question_of([absent], [], WEEK)
    assert f"--absent {absent}" in str(told.value)
    assert words in str(told.value)


def test_a_locked_day_that_no_calendar_has_is_refused() -> None:
    """The 31st of November does not exist."""
    with pytest.raises(DataError, match="--locked A1:2026-11-31: has no such day"):
        question_of(["A1:2026-12-01"], ["A1:2026-11-31"], WEEK)


def test_a_time_the_clock_skips_is_the_moment_after() -> None:
    """Half past one does not exist on the last Sunday of March in London."""
    spring = Horizon(date(2027, 3, 22), 7, 30, "Europe/London")
    (found,) = question_of(["A1:2027-03-28T01:30:2027-03-28T05:00"], [], spring).absences
    assert found.start == pd.Timestamp("2027-03-28T01:00Z")
