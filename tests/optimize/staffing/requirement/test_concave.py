"""Curves made concave, and moved sideways."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from optimize.staffing.requirement.concave import concave, shifted

CURVES = st.integers(1, 4).flatmap(
    lambda rows: st.integers(1, 9).flatmap(
        lambda width: st.tuples(
            arrays(float, (rows, width), elements=st.floats(-10, 10)),
            arrays(np.int64, rows, elements=st.integers(0, width - 1)),
        )
    )
)


def slowly(row: np.ndarray, first: int) -> np.ndarray:
    """The majorant at each column: the highest of all lines between two points of the curve, one on either side."""
    made = np.full(row.size, row[first])
    for n in range(first, row.size):
        lines = [row[n]]
        for i in range(first, n):
            lines += [row[i] + (row[j] - row[i]) * (n - i) / (j - i) for j in range(n + 1, row.size)]
        made[n] = max(lines)
    return made


@given(CURVES)
def test_the_majorant_is_the_highest_line_between_two_points(drawn) -> None:
    """Row by row it is what trying every pair of points gives."""
    values, first = drawn
    slow = np.array([slowly(row, begin) for row, begin in zip(values, first, strict=True)])
    np.testing.assert_allclose(concave(values, first), slow, atol=1e-9)


@given(CURVES)
def test_the_majorant_is_concave_from_the_first_column_and_flat_before(drawn) -> None:
    """Its steps never grow, it lies nowhere below the curve, and before the first column it has the value there."""
    values, first = drawn
    made = concave(values, first)
    for row, curve, begin in zip(made, values, first, strict=True):
        assert (np.diff(row[begin:], 2) <= 1e-9).all()
        assert (row[begin:] >= curve[begin:] - 1e-9).all()
        assert (row[:begin] == curve[begin]).all()


def test_a_concave_curve_stays_as_it_is() -> None:
    """Nothing is to be done where every step is smaller than the one before."""
    curve = np.array([[0.0, 0.5, 0.8, 0.9, 0.9]])
    assert (concave(curve, np.array([0])) == curve).all()


def test_the_bend_before_the_floor_does_not_count() -> None:
    """0, .1, .8: from 0 on the line to .8 counts; from column 1 on the curve itself."""
    curve = np.array([[0.0, 0.1, 0.8, 0.9], [0.0, 0.1, 0.8, 0.9]])
    made = concave(curve, np.array([0, 1]))
    assert made[0].tolist() == pytest.approx([0.0, 0.4, 0.8, 0.9])
    assert made[1].tolist() == pytest.approx([0.1, 0.1, 0.8, 0.9])


@given(CURVES, st.floats(-12, 12))
def test_a_shifted_curve_is_the_curve_read_further_on(drawn, by: float) -> None:
    """As numpy interpolates, and beyond the ends the value there."""
    values, _ = drawn
    n = np.arange(values.shape[1])
    slow = [np.interp(n + by, n, row) for row in values]
    np.testing.assert_allclose(shifted(values, np.full(len(values), by)), slow, atol=1e-9)
