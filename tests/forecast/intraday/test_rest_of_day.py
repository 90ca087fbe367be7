"""Today again: exponents by hand, laws, and real days."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forecast.data.grid import Grid
from forecast.intraday.rest_of_day import LEAST_DAYS, day_ahead, learn, update
from tests.forecast.test_parts import MONDAY

SLOTS, HALF = 10, 5
MORNING = np.arange(SLOTS) < HALF


def past(days: int, exponent: float, spread: float = 0.1, seed: int = 3):
    """Days said to bring 1000 a slot, whose mornings are off by a factor and whose rest by its power."""
    morning = np.exp(np.random.default_rng(seed).normal(0, spread, days))
    said = np.full((days, SLOTS), 1000.0)
    came = np.where(MORNING, morning[:, None], morning[:, None] ** exponent) * said
    return said, came


@pytest.mark.parametrize("exponent", [0.0, 0.3, 0.8, 1.0])
def test_the_exponent_is_found(exponent):
    """Where the rest of each day is off by a power of the morning's factor, that power is the exponent."""
    rule = learn(*past(60, exponent, 0.02), MORNING)
    assert rule.exponent == pytest.approx(exponent, abs=0.01)


def test_a_busy_morning_moves_the_rest_by_its_power():
    """A fifth more in the last hour at exponent 0.5 raises the rest by the root of 1.2; what came stands."""
    said, came = past(60, 0.5)
    today = np.where(MORNING, 1200.0, np.nan)
    rule = learn(said, came, MORNING)
    again = update(rule, said[0], today)
    np.testing.assert_allclose(again.volume[MORNING], 1200.0)
    assert again.ratio == pytest.approx(1.2, rel=1e-3)
    assert again.factor == pytest.approx(1.2**0.5, rel=0.03)


def test_only_the_last_hour_counts():
    """A burst at the start of the day that is over does not change the rest."""
    said, came = past(60, 0.8)
    today = np.where(MORNING, 1000.0, np.nan)
    today[0] = 3000.0
    rule = learn(said, came, MORNING)
    assert rule.method == "ratio"
    assert update(rule, said[0], today).factor == pytest.approx(1.0)


def test_shapes_that_the_ratio_misses_are_left_to_components():
    """When contacts of the last hour are early ones of the evening, components foresee the dip and the ratio does not."""
    rng = np.random.default_rng(4)
    said = np.full((60, SLOTS), 1000.0)
    moved = rng.normal(0, 200, 60)
    mean = said.copy()
    mean[:, 0] += moved
    mean[:, 8] -= moved
    came = rng.poisson(mean).astype(float)
    rule = learn(said, came, MORNING)
    assert rule.method == "components"
    assert rule.errors[1] < 0.9
    today = np.where(MORNING, 1000.0, np.nan)
    today[0] = 1300.0
    assert update(rule, said[0], today).volume[8] == pytest.approx(700, abs=60)


def test_too_little_history_leaves_the_day_alone():
    """Fourteen past days, a day that has not begun, and a day that is over teach nothing."""
    said, came = past(LEAST_DAYS - 1, 1.0)
    assert learn(said, came, MORNING).method == "none"
    said, came = past(60, 1.0)
    nothing = learn(said, came, np.zeros(SLOTS, dtype=bool))
    assert nothing.method == "none"
    np.testing.assert_array_equal(update(nothing, said[0], np.full(SLOTS, np.nan)).volume, said[0])
    assert learn(said, came, np.ones(SLOTS, dtype=bool)).method == "none"


@settings(max_examples=40, deadline=None)
@given(
    seed=st.integers(0, 2**16),
    level=st.sampled_from([0.0, 0.3, 5.0, 400.0]),
    now=st.integers(0, SLOTS),
    gap=st.booleans(),
)
def test_any_day_stays_sound(seed, level, now, gap):
    """Whatever came, every volume is a number of 0 or more, and the same from the same input."""
    rng = np.random.default_rng(seed)
    said = np.full((30, SLOTS), level)
    came = rng.poisson(level, (30, SLOTS)).astype(float)
    if gap:
        came[rng.integers(0, 30), rng.integers(0, SLOTS)] = np.nan
    so_far = np.arange(SLOTS) < now
    today = np.where(so_far, rng.poisson(3 * level + 1, SLOTS).astype(float), np.nan)
    again = update(learn(said, came, so_far), said[0], today)
    assert np.isfinite(again.volume).all()
    assert (again.volume >= 0).all()
    np.testing.assert_array_equal(again.volume, update(learn(said, came, so_far), said[0], today).volume)


def test_the_evening_before_knows_nothing_of_the_day():
    """Changing the last day changes nothing that was said of it."""
    rng = np.random.default_rng(5)
    values = rng.poisson(50, (90, 4)).astype(float)
    grid = Grid(MONDAY, np.arange(4) * 60, values)
    later = Grid(MONDAY, grid.times_of_day, np.vstack([values[:-1], values[-1:] * 7]))
    marks = np.zeros((90, 0))
    np.testing.assert_array_equal(day_ahead(grid, marks, 5), day_ahead(later, marks, 5))
