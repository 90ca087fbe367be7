"""What targets over a day or a week count, from a few intervals by hand."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest

from configs.horizon import Horizon
from configs.loader import build
from optimize.roster.result import Cost, Roster, TargetCount
from optimize.roster.rounds import Kept, Round
from optimize.simulation.result import DayProbability, Replay, TargetProbability
from reports.metrics.targets import Met, span_targets
from reports.run import Rostered
from tests.reports.runs import SMALL

MONDAY = date(2026, 11, 30)
NOTHING = pd.DataFrame()
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
    assert phone.worst_hour is not None
    assert phone.worst_hour.share == pytest.approx(0.6)
    assert phone.point_cost == pytest.approx(8.0)
    assert phone.met == Met(0.92, 0.88, 0.95)
    assert phone.judged == phone.days == (Met(0.92, 0.88, 0.95, MONDAY),)


def test_without_a_replay_the_learning_weeks_tell() -> None:
    """Each day of the round chosen, with the 95 % interval of the weeks simulated there: .8 of 300 is .75 to .84."""
    rostered, _ = made([0.5, 0.9, 0.7])
    (phone,) = span_targets(rostered, None)
    assert (phone.seen, phone.worst_hour) == ("learnt", None)
    assert [each.day for each in phone.days] == [MONDAY, date(2026, 12, 1)]
    assert phone.met is not None
    assert np.round([phone.met.low, phone.met.high], 2).tolist() == [0.75, 0.84]
    assert phone.missed == (phone.met,)


def test_deferrable_work_of_a_day_has_neither_floor_nor_worst_hour() -> None:
    """Its probability is that of the least likely day, which the simulation does not name."""
    mail = SMALL["channels"]["email"]
    mail = mail | {"target": mail["target"] | {"over": "day", "share": 0.9}}
    config = build(SMALL | {"channels": SMALL["channels"] | {"email": mail}})
    told = TargetProbability("email", "", 0.97, 0.94, 0.98, over="day")
    table = pd.DataFrame({"channel": "email", "start": HORIZON.starts[:1], "service_level": [1.0]})
    replay = Replay(table, (), 300, 1, (told,))
    volume = table.rename(columns={"service_level": "volume"})
    (email,) = span_targets(Rostered(config, HORIZON, volume, ROSTER), replay)
    assert (email.promised, email.over, email.floor) == ("90% within 8 open hours", "day", None)
    assert email.judged == (Met(0.97, 0.94, 0.98),)
    assert (email.worst_day, email.worst_hour, email.point_cost) == (None, None, None)
