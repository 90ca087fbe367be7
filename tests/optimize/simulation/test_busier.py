"""The same roster in busier weeks: against replays of a forecast scaled by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from configs.loader import build
from forecast.result import Forecast
from optimize.simulation import busier, replay
from optimize.simulation.busier import busier_weeks
from tests.optimize.simulation.at_once.test_centre import target_over
from tests.optimize.simulation.test_teams import HORIZON, shared_week

CONFIG = build(target_over("day"))


@pytest.fixture(scope="module")
def week():
    """Eleven people who know both channels."""
    return shared_week(["phone;video"] * 11, 4.0)


def scaled(forecast: Forecast, factor: float) -> Forecast:
    return replace(forecast, table=forecast.table.assign(volume=factor * forecast.table["volume"]))


def test_busier_weeks_are_replays_of_more_contacts(week) -> None:
    """For each factor the channels in the order of the config, and then the target over both; number for number."""
    roster, forecast, requirement = week
    found = busier_weeks(roster, forecast, requirement, CONFIG, HORIZON, replications=20)
    assert [(each.channel, each.factor) for each in found] == [
        (name, factor) for factor in (1.05, 1.10) for name in ("phone", "video", "voice")
    ]
    for factor in busier.FACTORS:
        again = replay(roster, scaled(forecast, factor), requirement, CONFIG, HORIZON, replications=20)
        assert {each.channel: each.probability for each in found if each.factor == factor} == {
            each.channel: each.probability for each in again.service_targets
        }


def test_a_target_is_kept_less_surely_the_more_contacts_come(week, monkeypatch) -> None:
    """From as many as forecast to a third more: never surer, and in the end hardly ever."""
    monkeypatch.setattr(busier, "FACTORS", (1.0, 1.1, 1.2, 1.35))
    found = busier_weeks(*week, CONFIG, HORIZON, replications=60)
    phone = [each.probability for each in found if each.channel == "voice"]
    assert phone == sorted(phone, reverse=True)
    assert phone[0] > phone[-1] + 0.3


def test_a_slope_is_told_by_a_hundred_weeks_at_most(week, monkeypatch) -> None:
    """More replications are not made for it; fewer are where the plan asks for fewer."""
    asked = []

    def counted(*args, replications: int):
        asked.append(replications)
        return replay(*args, replications=2)

    monkeypatch.setattr(busier, "replay", counted)
    busier_weeks(*week, CONFIG, HORIZON, replications=5000)
    busier_weeks(*week, CONFIG, HORIZON, replications=30)
    assert asked == [100, 100, 30, 30]


def test_volume_and_its_quantiles_rise_and_nothing_else() -> None:
    """Handle times stay, and so does the spread in parts of the mean."""
    _, forecast, _ = shared_week(["phone"] * 2, 1.0)
    table = forecast.table.assign(q10=0.8 * forecast.table["volume"], q90=1.2 * forecast.table["volume"])
    more = busier._scaled(table, 1.1)
    for name in ("volume", "q10", "q90"):
        assert more[name].to_numpy() == pytest.approx(1.1 * table[name].to_numpy())
    assert more["aht_s"].equals(table["aht_s"])
    assert table["q10"].equals(0.8 * forecast.table["volume"])
