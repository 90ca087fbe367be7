"""From people present to people rostered."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from configs.errors import DataError
from optimize.staffing.absence import to_roster


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
