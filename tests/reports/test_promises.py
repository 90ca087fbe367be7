"""Targets over a day or a week in words, from numbers given by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest

from configs.horizon import Horizon
from configs.loader import build
from optimize.roster.result import Cost, Roster, TargetCount
from optimize.roster.rounds import Kept, Round
from optimize.simulation.result import DayProbability, Replay, TargetProbability
from reports import promises
from reports.metrics.spans import Met, SpanTarget, span_targets
from reports.run import Rostered
from tests.reports.runs import SMALL

MONDAY = date(2026, 11, 30)
DAYS = tuple(Met(p, p - 0.03, p + 0.02, date(2026, 12, d)) for d, p in ((1, 0.95), (2, 0.91), (3, 0.93)))
PHONE = SpanTarget("phone", 0.8, "20 s", "day", 0.9, DAYS, "fresh", 0.574, 62.3)
VIDEO = SpanTarget("video", 0.8, "30 s", "week", 0.95, (Met(0.93, 0.89, 0.96),), "fresh")
NOTHING = pd.DataFrame()


@pytest.mark.parametrize(
    ("target", "words"),
    [
        (PHONE, "Phone, 80% in 20 s each day, asked 9 days in 10: 91 to 95 in 100, least on Wed (88 to 93); worst hour 57%; one more point costs £62 a week"),
        (VIDEO, "Video, 80% in 30 s over the week, asked 95 weeks in 100: 93 in 100 (89 to 96)"),
        (replace(PHONE, met=(Met(0.77, 0.65, 0.86),), worst_hour=None), "Phone, 80% in 20 s each day, asked 9 days in 10: 77 in 100 (65 to 86) on the worst day; one more point costs £62 a week"),
        (replace(VIDEO, seen="learnt"), "Video, 80% in 30 s over the week, asked 95 weeks in 100: 93 in 100 (89 to 96) in the weeks it was planned on"),
        (replace(VIDEO, met=()), "Video, 80% in 30 s over the week, asked 95 weeks in 100: not simulated"),
        (replace(VIDEO, name="voice", allowed="", asked=0.9), "Voice, 80% in time over the week, asked 9 weeks in 10: 93 in 100 (89 to 96)"),
    ],
)  # fmt: skip
def test_a_target_is_told_on_a_line(target: SpanTarget, words: str) -> None:
    """What is asked, how often it is met with the worst day, the worst hour, what a point more costs."""
    assert promises.line(target, "GBP") == words


@pytest.mark.parametrize(
    ("share", "words"), [(0.9, "9 days in 10"), (0.95, "95 days in 100"), (0.999, "99.9 days in 100")]
)
def test_a_probability_is_asked_in_whole_days_where_it_can_be(share: float, words: str) -> None:
    """Nothing is rounded up to certainty."""
    assert promises.asked(replace(PHONE, asked=share)).endswith(f"asked {words}")


def test_a_target_is_missed_when_its_interval_lies_below_what_is_asked() -> None:
    """91 (88 to 93) may be chance at 90; 86 (83 to 88) is not, and is told with its day."""
    assert not PHONE.missed
    short = Met(0.86, 0.83, 0.88, date(2026, 12, 2))
    missed = replace(PHONE, met=(*DAYS[:1], short))
    assert missed.missed
    assert promises.missed(missed) == (
        "Phone, 80% in 20 s each day, asked 9 days in 10: met only 86 in 100 on Wed 2 Dec (83 to 88)."
    )
    twice = replace(missed, met=(short, replace(short, probability=0.87, day=MONDAY)))
    assert promises.missed(twice).endswith("met only 86 in 100 on Wed 2 Dec (83 to 88), and on 1 other day.")


CONFIG = build(
    SMALL
    | {
        "channels": SMALL["channels"]
        | {"phone": {"kind": "synchronous", "target": {"share": 0.8, "within": "20s", "over": "day"}}}
    }
)
HORIZON = Horizon(MONDAY, 7, 15, "Europe/London")
KEPT = tuple(Kept("phone", "share", day, 0.8, 0.84, 0.85, p, 0.04) for day, p in enumerate((0.9, 0.8)))
ROSTER = Roster(
    NOTHING, NOTHING, None, "optimal", Cost(990.0, 0.0, 0.0, 0.0, targets=10.0), 950.0, 0.0, 0.0,
    targets=tuple(TargetCount("phone", "share", day, 100.0, 82.0, 82.0, worth, 9.0) for day, worth in ((0, 3.0), (1, 5.0))),
    rounds=(Round(1, "whole", 990.0, 950.0, KEPT, chosen=True),),
    interval_bound=1046.0,
)  # fmt: skip


def made(shares: list[float]) -> tuple[Rostered, Replay]:
    """A roster with two busy quarters of an hour at midnight, 30 and 10 contacts, then one at one o'clock."""
    starts = HORIZON.starts[[0, 1, 4]]
    volume = pd.DataFrame({"channel": "phone", "start": starts, "volume": [30.0, 10.0, 5.0]})
    table = pd.DataFrame({"channel": "phone", "start": starts, "service_level": shares})
    days = (DayProbability("phone", MONDAY, 0.9, 0.92, 0.88, 0.95),)
    target = TargetProbability("phone", "", 0.92, 0.88, 0.95, over="day")
    return Rostered(CONFIG, HORIZON, volume, ROSTER), Replay(table, (), 300, 1, (target,), days=days)


def test_an_hour_weighs_its_intervals_by_their_contacts() -> None:
    """30 at .5 and 10 at .9 make an hour of .6; the other has .7. A point of 100 contacts at 3 and at 5 is 3 + 5."""
    rostered, replay = made([0.5, 0.9, 0.7])
    (phone,) = span_targets(rostered, replay)
    assert phone.worst_hour == pytest.approx(0.6)
    assert phone.point_cost == pytest.approx(8.0)
    assert phone.met == (Met(0.92, 0.88, 0.95, MONDAY),)


def test_without_a_replay_the_learning_weeks_tell() -> None:
    """Each day of the round chosen, with the 95 % interval of the weeks simulated there: .8 of 300 is .75 to .84."""
    rostered, _ = made([0.5, 0.9, 0.7])
    (phone,) = span_targets(rostered, None)
    assert (phone.seen, phone.worst_hour) == ("learnt", None)
    assert [each.day for each in phone.met] == [MONDAY, date(2026, 12, 1)]
    assert np.round([phone.worst.low, phone.worst.high], 2).tolist() == [0.75, 0.84]
    assert phone.missed


def test_what_every_interval_would_cost_is_told_with_its_distance() -> None:
    """1,046 is 4.6 % above 1,000; without such a count nothing is said."""
    assert promises.by_interval(ROSTER, "GBP") == "Targets met in every interval would cost at least £1,046: 4.6% more."
    assert promises.by_interval(replace(ROSTER, interval_bound=980.0), "GBP").endswith("£980: 2% less.")
    assert promises.by_interval(replace(ROSTER, interval_bound=None), "GBP") == ""
