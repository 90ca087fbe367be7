"""The small week with targets over a day (phone) and over the week (chat), its simulation and rounds made by hand."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace
from datetime import date

import numpy as np

from configs import loader
from optimize.roster.inputs.service import ServiceModel
from optimize.roster.inputs.service_model import Corrections, ServicePlan
from optimize.roster.result import TargetCount
from optimize.roster.rounds import Kept, Round
from optimize.simulation.result import Busier, DayProbability, TargetProbability
from optimize.staffing.requirement.staircase import Staircase
from tests.reports.replays import with_replay
from tests.reports.runs import SMALL, small_run

PHONE_DAYS = {date(2026, 11, 30): 0.97, date(2026, 12, 1): 0.82, date(2026, 12, 2): 0.93, date(2026, 12, 6): 0.91}
CHAT_DAYS = {date(2026, 11, 30): 0.42}


def span_run():
    """The small week, phone planned for each day and chat for the week."""
    run = with_replay(small_run())
    table = run.requirement.table
    phone = (table["channel"] == "phone") & (table["agents"] > 0)
    table = table.assign(agents_interval=(table["agents"] + 1).where(phone))
    replay = replace(
        run.replay,
        service_targets=(
            TargetProbability("phone", "80% in 20s, each day", 0.82, 0.78, 0.84, over="day"),
            TargetProbability("chat", "80% in 40s, over the week", 0.92, 0.88, 0.95, over="week"),
            run.replay.service_targets[2],
        ),
        days=(*_days("phone", PHONE_DAYS), *_days("chat", CHAT_DAYS)),
        busier=tuple(
            Busier(name, factor, likely)
            for factor, found in ((1.05, (0.71, 0.9)), (1.1, (0.45, 0.88)))
            for name, likely in zip(("phone", "chat"), found, strict=True)
        ),
    )
    roster = replace(
        run.roster,
        targets=(
            TargetCount("phone", "share", 0, 128.0, 104.0, 105.0, 2.0, 450.0),
            TargetCount("phone", "share", 6, 32.0, 26.0, 26.0, 5.0, 450.0),
            TargetCount("chat", "share", None, 48.0, 40.0, 41.0, 0.0, 450.0),
        ),
        rounds=(
            Round(1, "relaxed", 1380.0, 1380.0, _kept(0.61, 0.85)),
            Round(2, "whole", 1451.0, 1400.0, _kept(0.9, 0.94), chosen=True),
        ),
        interval_bound=1600.0,
        service=_service(run),
    )
    config = span_config()
    requirement = replace(run.requirement, table=table)
    return replace(run, config=config, requirement=requirement, replay=replay, roster=roster)


def span_config():
    """The config of the small week with its spans."""
    raw = deepcopy(SMALL)
    raw["plan"]["week"] = date(2026, 11, 30)
    raw["channels"]["phone"]["target"] |= {"over": "day", "sure": 0.9, "floor": 0.5}
    raw["channels"]["chat"]["target"] |= {"over": "week", "floor": 0.6}
    return loader.build(raw)


def _days(name, found):
    return [DayProbability(name, day, 0.85, likely, likely - 0.04, likely + 0.02) for day, likely in found.items()]


def _kept(least, other):
    told = (0.8, 0.84, 0.83)
    return (Kept("phone", "share", 0, *told, least, 0.03), Kept("chat", "share", None, *told, other, 0.02))


def _service(run):
    """One person answers 90 % of calls and 95 % of chats, two answer all; the rounds moved phone up and chat down."""
    size = run.horizon.size
    stairs, ones = [], np.ones((size, 1))
    for name, share in (("phone", 0.9), ("chat", 0.95)):
        rows = run.forecast.table[run.forecast.table["channel"] == name]
        curve = {"share": ones * np.array([0.0, share, 1.0])}
        stairs.append(Staircase(name, (name,), rows["volume"].to_numpy(), curve, curve))
    moved = {"phone": np.full(size, 0.5), "chat": np.full(size, -0.06)}
    return ServicePlan(tuple(stairs), Corrections(moved), ServiceModel((), ()))
