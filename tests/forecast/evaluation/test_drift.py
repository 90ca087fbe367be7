"""Drift and bands, counted by hand and held against published tables."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecast.evaluation.drift import LIMIT, band, design_effect, drift, tracking_signal

SAID = np.full(8, 100.0)
NONE = np.zeros(8)


def test_sums_by_hand() -> None:
    """Errors 2, -2, 2, 2, 4, 4, 4, 4 per cent have a mean moving range of 10/7, so sigma is 0.0142857/1.128."""
    error = np.array([2, -2, 2, 2, 4, 4, 4, 4]) / 100
    found = drift(100 * (1 + error), SAID, NONE)
    assert found is not None
    sigma = (4 + 4 + 0 + 2 + 0 + 0 + 0) / 7 / 100 / 1.128
    assert found.sigma == pytest.approx(sigma)
    total, sums = 0.0, []
    for each in error:
        total = max(0.0, total + each / sigma - 0.5)
        sums.append(total)
    assert found.up == pytest.approx(sums)
    assert found.down == pytest.approx([0, -(0.02 / sigma - 0.5), 0, 0, 0, 0, 0, 0])
    assert sums[4] < LIMIT < sums[5]
    assert (found.alarm, found.since, found.above) == (5, 2, True)


def test_fewer_than_forecast_is_told_as_such() -> None:
    """A drop of six per cent from the fifth day on is told as fewer, since that day."""
    wave = np.array([-1, 1, -1, 1, -1, 1, -1, 1, -1, 1]) * 0.01
    came = 100 * (1 + wave - np.where(np.arange(10) >= 4, 0.06, 0.0))
    found = drift(came, np.full(10, 100.0), np.zeros(10))
    assert found is not None
    assert found.alarm is not None
    assert not found.above
    assert found.since == 4


def test_too_few_days_say_nothing() -> None:
    """Six days are none, seven are enough."""
    assert drift(SAID[:6], SAID[:6], NONE[:6]) is None
    assert drift(SAID[:7], SAID[:7], NONE[:7]) is not None


def test_noise_of_counts_is_no_drift() -> None:
    """Days of 4 contacts that differ by one from the forecast stay below Poisson noise of a half."""
    found = drift(np.array([5, 5, 5, 5, 5, 5, 5, 5.0]), np.full(8, 4.0), np.full(8, 0.5))
    assert found is not None
    assert found.sigma == 0.5
    assert found.alarm is None


def test_average_run_lengths_are_those_of_the_textbook() -> None:
    """Slack 0.5, limit 5: 465 days without drift, 10.4 days with one deviation (Montgomery, table 9.3)."""
    rng = np.random.default_rng(1)

    def mean_length(shift: float, runs: int) -> float:
        lengths = []
        for _ in range(runs):
            up = down = 0.0
            day = 0
            while max(up, down) <= LIMIT:
                z = rng.normal(shift)
                up, down, day = max(0.0, up + z - 0.5), max(0.0, down - z - 0.5), day + 1
            lengths.append(day)
        return float(np.mean(lengths))

    assert mean_length(1.0, 3000) == pytest.approx(10.4, abs=0.4)
    assert mean_length(0.0, 300) == pytest.approx(465, rel=0.2)


def test_few_false_alarms_with_estimated_noise() -> None:
    """Four weeks without drift give an alarm in less than one case in seven, a drift of two deviations in nearly all."""
    rng = np.random.default_rng(2)
    said, least = np.full(28, 100.0), np.zeros(28)
    quiet = [drift(100 + rng.normal(0, 5, 28), said, least).alarm for _ in range(400)]
    moved = [drift(100 + rng.normal(0, 5, 28) + np.where(np.arange(28) > 13, 10, 0), said, least) for _ in range(200)]
    assert np.mean([alarm is not None for alarm in quiet]) < 1 / 7
    assert np.mean([one.alarm is not None and one.above for one in moved]) > 0.97


@given(st.lists(st.floats(0.5, 2.0), min_size=7, max_size=40), st.floats(0.1, 1000.0))
def test_laws_of_the_sums(errors: list[float], scale: float) -> None:
    """Days ten times as large drift alike; errors the other way round swap the sums; both stay on their side of 0."""
    said = np.full(len(errors), 100.0)
    came, noise = 100 * np.array(errors), np.full(len(errors), 0.05)
    one, large = drift(came, said, noise), drift(scale * came, scale * said, noise)
    other = drift(2 * said - came, said, noise)
    assert min(one.up) >= 0 >= max(one.down)
    np.testing.assert_allclose(large.up, one.up, rtol=1e-6, atol=1e-9)
    np.testing.assert_allclose(other.up, -one.down, rtol=1e-6, atol=1e-9)
    np.testing.assert_allclose(other.down, -one.up, rtol=1e-6, atol=1e-9)


def test_tracking_signal_by_hand() -> None:
    """Errors 10, -5, 15 sum to 20, their mean size is 10: the signal is 2; always 10 too many gives the days."""
    assert tracking_signal(np.array([110, 95, 115.0]), np.full(3, 100.0)) == pytest.approx(2.0)
    assert tracking_signal(np.full(7, 110.0), np.full(7, 100.0)) == pytest.approx(7.0)
    assert tracking_signal(np.full(7, 100.0), np.full(7, 100.0)) == 0.0


def test_clopper_pearson_as_published() -> None:
    """Of ten, four: 12.16 % to 73.76 % at 95 % (Newcombe 1998, method 5 by the F distribution); here at 99 %."""
    from scipy.stats import beta

    inside = np.array([1, 1, 1, 1, 0, 0, 0, 0, 0, 0], dtype=bool)
    found = band(inside, np.zeros(10, dtype=np.int64), 0.8)
    assert found is not None
    assert found.effect == 1.0
    assert (found.low, found.high) == pytest.approx((beta.ppf(0.005, 4, 7), beta.ppf(0.995, 5, 6)))
    assert float(beta.ppf(0.025, 4, 7)) == pytest.approx(0.1216, abs=5e-5)
    assert found.verdict == "right"


def test_a_band_that_holds_too_little_is_narrow() -> None:
    """Half of 400 intervals in an 80 % band is narrow, 80 % is right, all of them is wide; none at all is no answer."""
    day = np.repeat(np.arange(20), 20)
    half = np.tile([True, False], 200)
    assert band(half, day, 0.8).verdict == "narrow"
    assert band(np.tile([True, True, True, True, False], 80), day, 0.8).verdict == "right"
    assert band(np.ones(400, dtype=bool), day, 0.8).verdict == "wide"
    assert band(np.zeros(0, dtype=bool), np.zeros(0, dtype=np.int64), 0.8) is None


def test_days_that_miss_as_a_whole_count_as_days() -> None:
    """Four days of ten intervals, one missed as a whole: variance by days 4/3 * (3 * 2.5^2 + 7.5^2) / 1600 = 0.0625
    against 0.75 * 0.25 / 40 of as many independent intervals, so 13.33 times as much."""
    inside = np.array([1] * 30 + [0] * 10, dtype=bool)
    day = np.repeat(np.arange(4), 10)
    assert design_effect(inside, day) == pytest.approx(0.0625 / (0.75 * 0.25 / 40))
    assert band(inside, day, 0.95).verdict == "right"
    assert band(inside, np.arange(40), 0.95).verdict == "narrow"
