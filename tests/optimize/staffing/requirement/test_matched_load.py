"""Loads matched to the exact day: they give its service where they were matched, and stay near it beyond."""

from __future__ import annotations

import numpy as np
import pytest

from configs.loader import build
from optimize.staffing import exact_day, staff
from optimize.staffing.queueing.queues import Queues
from optimize.staffing.requirement.lag import lagged_load
from optimize.staffing.requirement.least_agents import required_agents
from optimize.staffing.requirement.matched_load import matched_load
from optimize.staffing.requirement.staircase import staircases
from optimize.staffing.requirement.teams import sharing_of

STEP = 1800.0
VOLUME = np.concatenate([np.zeros(8), 12 * np.sin(np.arange(1, 24) / 24 * np.pi), np.zeros(3)])
VOLUME[16:18] *= 2.2


def day_of(aht_s: float, patience_s: float) -> tuple[Queues, Queues, np.ndarray]:
    """A day with a spike, its lagged loads, and the staff that keeps 80 % in 20 s at these."""
    row = np.ones(VOLUME.size)
    queues = Queues(VOLUME * aht_s / STEP, aht_s * row, patience_s * row, 20.0 * row)
    lagged = queues.at(lagged_load(VOLUME / STEP, queues.aht_s, STEP))
    staff_ = required_agents(lagged.load_erl, queues.aht_s, share=0.8, within_s=20.0, patience_s=patience_s)
    return queues, lagged, staff_


@pytest.mark.parametrize("patience_s", [120.0, np.inf])
@pytest.mark.parametrize("aht_s", [300.0, 1200.0, 2400.0])
def test_the_formula_gives_the_exact_day(aht_s: float, patience_s: float) -> None:
    """With the staff it was matched for, each interval has the service of the day followed through."""
    queues, lagged, people = day_of(aht_s, patience_s)
    matched = queues.at(matched_load(queues, lagged, 0.8, STEP))
    day = exact_day(VOLUME, people, STEP, queues.aht_s, patience_s, 20.0).service_level
    served = matched.serve(people).service_level
    inside = (VOLUME > 0) & (day > 0.01) & (day < 0.999)
    assert inside.sum() >= 20
    assert served[inside] == pytest.approx(day[inside], abs=1e-6)
    assert matched.load_erl[VOLUME == 0].tolist() == lagged.load_erl[VOLUME == 0].tolist()


@pytest.mark.parametrize("more", [-2, -1, 1, 2])
@pytest.mark.parametrize("aht_s", [1200.0, 2400.0])
def test_with_other_staff_it_is_nearer_than_lagged_loads(aht_s: float, more: int) -> None:
    """One or two people more or fewer all day: within 1.5 points of the exact day by contact, and twice as near."""
    queues, lagged, people = day_of(aht_s, 120.0)
    matched = queues.at(matched_load(queues, lagged, 0.8, STEP))
    there = np.where(VOLUME > 0, np.maximum(people + more, 0), 0)
    day = np.nan_to_num(exact_day(VOLUME, there, STEP, queues.aht_s, 120.0, 20.0).service_level)

    def missed(asked: Queues) -> float:
        served = np.nan_to_num(asked.serve(there).service_level)
        return float(np.average(np.abs(served - day), weights=VOLUME))

    assert missed(matched) < 0.015
    assert 2 * missed(matched) < missed(lagged)


def test_staircases_of_the_exact_method_follow_the_exact_day(raw, forecast, horizon) -> None:
    """Calls of 25 minutes on days as forecast: with the staff matched for, the steps have the service of that day."""
    raw["channels"]["phone"]["target"] |= {"over": "day"}
    raw["staffing"] = {"method": "exact", "absence": 0.0}
    config = build(raw)
    calls = forecast["channel"] == "phone"
    longer = forecast.assign(aht_s=np.where(calls, 1500.0, forecast["aht_s"]))
    longer["volume"] = longer["volume"].where(~calls, longer["volume"] / 10)
    table = staff(config, longer, horizon).table.assign(rate_cv=0.0)
    made = {each.channel: each for each in staircases(config, table, horizon, sharing_of(config, None))}["phone"]
    lengths = np.full(made.volume.size, 1500.0)
    load = lagged_load(made.volume / STEP, lengths, STEP)
    people = required_agents(load, lengths, share=0.8, within_s=20.0, patience_s=120.0)
    day = exact_day(made.volume, people, STEP, lengths, 120.0, 20.0).service_level
    steps = made.average["share"][np.arange(people.size), people.astype(int)]
    busy = made.volume > 0
    assert busy.sum() == 2 * 20
    assert steps[busy] == pytest.approx(day[busy], abs=1e-4)
