"""Requirements that know the forecast's spread."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from configs.loader import build
from optimize.staffing import erlang_a, staff
from optimize.staffing.queueing.queues import Queues
from optimize.staffing.requirement.risk import rate_cv
from optimize.staffing.requirement.spread import mean_service_level, mixed_agents, rate_quantile
from optimize.staffing.requirement.targets import Targets

NOT = np.array([np.nan])


def queue(load: float, patience: float) -> Queues:
    return Queues(np.array([load]), np.array([300.0]), np.array([patience]), np.array([20.0]))


TARGET = Targets(np.array([0.8]), NOT, NOT, NOT, NOT)


@pytest.mark.parametrize(
    ("load", "cv", "patience", "point", "level", "mean", "nine_in_ten"),
    [
        (20, 0.10, 120, 22, 0.797, 23, 25),
        (20, 0.20, 120, 22, 0.751, 24, 27),
        (100, 0.05, 120, 98, 0.799, 99, 104),
        (100, 0.10, 120, 98, 0.763, 101, 110),
        (100, 0.20, 120, 98, 0.673, 108, 122),
        (20, 0.10, np.inf, 25, 0.779, 26, None),
        (100, 0.10, np.inf, 108, 0.596, 115, None),
        (100, 0.20, np.inf, 108, 0.510, 127, None),
    ],
)
def test_gamma_mixed_requirements(load, cv, patience, point, level, mean, nine_in_ten) -> None:
    """Agents for the point forecast, its true mean level, agents for the mean and for nine in ten (200 nodes, elsewhere)."""
    q = queue(load, patience)
    assert mixed_agents(q, TARGET, 0.0)[0] == point
    assert mean_service_level(q, np.array([float(point)]), cv)[0] == pytest.approx(level, abs=0.0015)
    assert mixed_agents(q, TARGET, cv)[0] == mean
    if nine_in_ten:
        assert mixed_agents(q, TARGET, cv, 0.9)[0] == nine_in_ten


def test_the_mean_level_against_drawn_rates() -> None:
    """200,000 rates drawn from the gamma law: contacts in time over contacts."""
    rng = np.random.default_rng(3)
    factor = rng.standard_gamma(25.0, 200_000) / 25.0
    level = erlang_a(24.0, 20 * factor, 300, 120, 20).service_level
    slow = float((factor * level).sum() / factor.sum())
    assert mean_service_level(queue(20, 120), np.array([24.0]), 0.2)[0] == pytest.approx(slow, abs=0.002)


@given(load=st.floats(0.5, 200), cv=st.floats(0, 0.5))
def test_more_spread_never_needs_fewer(load: float, cv: float) -> None:
    """For a promise of 80 % and a risk of 90 %."""
    q = queue(load, 120)
    assert mixed_agents(q, TARGET, cv + 0.1, 0.9)[0] >= mixed_agents(q, TARGET, cv, 0.9)[0]
    assert mixed_agents(q, TARGET, cv)[0] >= mixed_agents(q, TARGET, 0.0)[0] - 1


def test_quantiles_have_mean_one() -> None:
    """The mean of the quantiles over a fine grid is 1."""
    shares = (np.arange(20_000) + 0.5) / 20_000
    assert rate_quantile(np.array([0.3]), shares).mean() == pytest.approx(1, abs=1e-4)
    assert rate_quantile(np.array([0.0]), np.array([0.1, 0.9])).tolist() == [[1, 1]]


def test_the_spread_of_a_forecast_by_hand() -> None:
    """100 contacts with 10 % and 90 % quantiles at 100 -+ 25.63 (sd 20): variance 400, of which 100 is chance."""
    frame = pd.DataFrame({"volume": [100.0, 100.0, 0.0], "q10": [74.369, 95, 0], "q90": [125.631, 105, 0]})
    assert rate_cv(frame) == pytest.approx([np.sqrt(300) / 100, 0, 0], abs=1e-4)
    assert rate_cv(frame[["volume"]]).tolist() == [0, 0, 0]


def test_the_config_asks_for_the_mean_service(raw, forecast, horizon) -> None:
    """``risk = "mean-service"`` staffs more than "mean" as soon as the forecast has a spread."""
    volume = forecast["volume"]
    wide = forecast.assign(q10=volume * 0.6, q90=volume * 1.4, q50=volume, q025=volume * 0.4, q975=volume * 1.6)
    hours = {}
    for risk in ("mean", "mean-service", 0.9):
        raw["staffing"] = {"risk": risk}
        hours[risk] = staff(build(raw), wide, horizon).table["agents"].sum()
    assert hours["mean"] < hours["mean-service"] < hours[0.9]
