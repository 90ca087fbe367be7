"""From people present to people rostered."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from configs.errors import DataError
from configs.loader import build
from optimize.staffing import staff
from optimize.staffing.requirement.absence import staff_for_attendance, to_roster


@pytest.mark.parametrize(
    ("present", "absence", "rostered"),
    [(21, 0.3, 30), (100, 0.3, 143), (30, 0.1, 34), (10, 0.3, 15), (0, 0.5, 0), (7, 0, 7), (9, 0.1, 10), (2, 1 / 3, 3)],
)
def test_absence_divides(present, absence, rostered):
    """21 people with 30 % absent are 30; in floating point the division gives 30.000000000000004 and 31."""
    assert float(to_roster(present, absence)) == rostered


@given(st.integers(0, 100_000), st.integers(0, 999))
def test_the_ceiling_is_exact(present, thousandth):
    """Against fractions, for every absence of three decimals."""
    coming = 1 - Fraction(thousandth, 1000)
    assert int(to_roster(present, thousandth / 1000)) == -(-present // coming)


def test_endless_stays_endless():
    """What no number keeps is not turned into one, and arrays keep their shape."""
    assert to_roster([[4.0, np.inf]], 0.2).tolist() == [[5.0, np.inf]]


@pytest.mark.parametrize("absence", [-0.1, 1.0, float("nan")])
def test_impossible_absence_is_told(absence):
    """Everybody absent, or less than nobody, is refused."""
    with pytest.raises(DataError, match="absence: must be 0 or more and below 1"):
        to_roster(5, absence)


@pytest.mark.parametrize(
    ("present", "absence", "people"), [(100, 0.3, 153), (30, 0.1, 36), (10, 0.3, 18), (0, 0.3, 0), (7, 0.0, 7)]
)
def test_enough_with_nine_in_ten(present, absence, people):
    """People needed so that enough come in nine weeks of ten (computed elsewhere), and one fewer is not enough."""
    from scipy.stats import binom

    assert float(staff_for_attendance(present, absence, 0.9)) == people
    if present and absence:
        assert binom.sf(present - 1, people, 1 - absence) >= 0.9 > binom.sf(present - 1, people - 1, 1 - absence)


def test_arrays_and_the_unreachable_pass_through():
    """Shapes are kept; inf stays inf; a certainty of 1 is refused."""
    assert staff_for_attendance([[10, np.inf]], 0.3, 0.9).tolist() == [[18, np.inf]]
    with pytest.raises(DataError, match="sure: must be above 0 and below 1"):
        staff_for_attendance(3, 0.1, 1.0)


def test_the_config_can_ask_for_it(raw, forecast, horizon):
    """``enough_with`` rosters more people than the division."""
    raw["staffing"] = {"absence": 0.1}
    divided = staff(build(raw), forecast, horizon).table["agents"].sum()
    raw["staffing"] |= {"enough_with": 0.9}
    assert staff(build(raw), forecast, horizon).table["agents"].sum() > divided
