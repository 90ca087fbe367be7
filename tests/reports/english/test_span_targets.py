"""Targets over a day or a week in words, from numbers given by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pandas as pd
import pytest

from optimize.roster.result import Cost, Roster
from reports.english import span_targets as words
from reports.metrics.targets import Met, SpanTarget
from reports.metrics.worst_hour import WorstHour

MONDAY = date(2026, 11, 30)
DAYS = tuple(Met(p, p - 0.03, p + 0.02, date(2026, 12, d)) for d, p in ((1, 0.95), (2, 0.91), (3, 0.93)))
HOUR = WorstHour(datetime(2026, 12, 1, 12, tzinfo=UTC), 0.574)
PHONE = SpanTarget("phone", "80% within 20 s", "day", 0.9, 0.5, DAYS[1], DAYS, worst_hour=HOUR, point_cost=62.3)
VIDEO = SpanTarget("video", "80% within 30 s", "week", 0.95, 0.6, Met(0.93, 0.89, 0.96))
WORST = Met(0.77, 0.65, 0.86)


@pytest.mark.parametrize(
    ("target", "said"),
    [
        (PHONE, "Phone, 80% within 20 s each day, asked 9 days in 10: 91 to 95 in 100, least on Wed (88 to 93); worst hour 57%; one more point costs £62 a week"),
        (VIDEO, "Video, 80% within 30 s over the week, asked 95 weeks in 100: 93 in 100 (89 to 96)"),
        (replace(VIDEO, days=DAYS), "Video, 80% within 30 s over the week, asked 95 weeks in 100: 93 in 100 (89 to 96)"),
        (replace(PHONE, met=WORST, days=(), worst_hour=None), "Phone, 80% within 20 s each day, asked 9 days in 10: 77 in 100 (65 to 86) on the worst day; one more point costs £62 a week"),
        (replace(VIDEO, seen="learnt"), "Video, 80% within 30 s over the week, asked 95 weeks in 100: 93 in 100 (89 to 96) in the weeks it was planned on"),
        (replace(VIDEO, met=None), "Video, 80% within 30 s over the week, asked 95 weeks in 100: not simulated"),
        (replace(VIDEO, name="voice", promised="80% of phone and video in time", sure=0.9), "Voice, 80% of phone and video in time over the week, asked 9 weeks in 10: 93 in 100 (89 to 96)"),
    ],
)  # fmt: skip
def test_a_target_is_told_on_a_line(target: SpanTarget, said: str) -> None:
    """What is asked, how often it is met with the worst day, the worst hour, what a point more costs."""
    assert words.line(target, "GBP") == said


@pytest.mark.parametrize(
    ("share", "said"), [(0.9, "9 days in 10"), (0.95, "95 days in 100"), (0.999, "99.9 days in 100")]
)
def test_a_probability_is_asked_in_whole_days_where_it_can_be(share: float, said: str) -> None:
    """Nothing is rounded up to certainty."""
    assert f", asked {said}: " in words.line(replace(PHONE, sure=share), "GBP")


def test_a_target_is_missed_when_its_interval_lies_below_what_is_asked() -> None:
    """91 (88 to 93) may be chance at 90; 86 (83 to 88) is not, and is told with its day."""
    assert PHONE.missed == ()
    short = Met(0.86, 0.83, 0.88, date(2026, 12, 2))
    missed = replace(PHONE, met=short, days=(*DAYS[:1], short))
    assert missed.missed == (short,)
    assert words.missed(missed) == (
        "Phone, 80% within 20 s each day, asked 9 days in 10: met only 86 in 100 on Wed 2 Dec (83 to 88)."
    )
    twice = replace(missed, days=(short, replace(short, probability=0.87, day=MONDAY)))
    assert words.missed(twice).endswith("met only 86 in 100 on Wed 2 Dec (83 to 88), and on 1 other day.")


def test_a_target_over_the_week_is_held_against_the_week() -> None:
    """A Sunday far below what is asked of the week is no reason to call it missed."""
    low = replace(VIDEO, days=(Met(0.2, 0.16, 0.25, date(2026, 12, 6)),))
    assert low.missed == ()
    assert low.worst_day == low.days[0]


@pytest.mark.parametrize(
    ("cost", "every", "said"),
    [
        (1451.0, 1600.0, "This plan costs £1,451, 9.3% less than £1,600, the least that every interval planned separately would cost; its own bound is £90."),
        (104.0, 100.0, "This plan costs £104, 4% more than £100, the least that every interval planned separately would cost; its own bound is £90."),
        (100.0, 100.0, "This plan costs £100, as much as £100, the least that every interval planned separately would cost; its own bound is £90."),
        (100.0, None, ""),
        (100.0, 0.0, ""),
    ],
)  # fmt: skip
def test_a_plan_is_held_against_planning_every_interval(cost: float, every: float | None, said: str) -> None:
    """Whichever costs less; a penalty counts as the plan counts it, and without such a bound nothing is said."""
    table = pd.DataFrame()
    priced = Cost(cost - 10.0, 0.0, 0.0, 0.0, targets=10.0)
    roster = Roster(table, table, None, "optimal", priced, 90.0, 0.0, 0.0, interval_bound=every)
    assert words.by_interval(roster, "GBP") == said


def test_a_roster_explains_what_planning_every_interval_would_cost() -> None:
    """On a line of its own under its bound, only where that was counted."""
    table = pd.DataFrame()
    roster = Roster(table, table, None, "optimal", Cost(95.0, 0.0, 0.0, 0.0), 90.0, 0.0, 0.0, interval_bound=100.0)
    said = "interval 100.00 at least, if every interval were planned separately"
    assert said in roster.explain().splitlines()
    assert "interval" not in replace(roster, interval_bound=None).explain()


def test_what_a_probability_is_of_is_said_once_for_all_targets() -> None:
    """Days are counted where a day is asked for; weeks that the roster was planned on are called so."""
    daily, weekly = words.meant((PHONE, VIDEO))
    assert "each of 3 channel-days judged separately" in daily
    assert weekly.startswith("A weekly probability is that of the week as a whole")
    assert words.meant((replace(VIDEO, seen="learnt"),))[1:] == (
        "Probabilities are those of the weeks that the roster was planned on; it was not simulated.",
    )
    assert words.meant((replace(PHONE, met=None, days=(), seen="learnt"),)) == ()
