"""Redials: the fixed point and its published figures."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from configs.errors import DataError
from optimize.staffing import erlang_a, erlang_x


def test_published_fixed_point():
    """20 agents, 22 Erlang, patience 120 s, half call again: 1.127 attempts per first call, 22.5 % lost, level .428."""
    service = erlang_x(20, 22, 300, 120, 0.5, 20)
    assert float(service.abandonment) == pytest.approx(0.225, abs=0.0006)
    assert float(service.service_level) == pytest.approx(0.428, abs=0.0006)
    assert 1 / (1 - 0.5 * float(service.abandonment)) == pytest.approx(1.127, abs=0.0006)


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 200), st.floats(0.01, 300), st.floats(10, 900), st.floats(5, 900), st.floats(0, 0.99))
def test_attempts_are_first_calls_and_redials(agents, load, aht, patience, share):
    """The load of all attempts is that of first calls plus the share that gave up and tries again."""
    service = erlang_x(agents, load, aht, patience, share, 20)
    attempts = load / (1 - share * float(service.abandonment))
    again = erlang_a(agents, attempts, aht, patience, 20)
    assert float(again.abandonment) == pytest.approx(float(service.abandonment), rel=1e-9, abs=1e-12)


def test_nobody_calling_again_is_erlang_a():
    """Without redials, without load or with endless patience nothing changes."""
    plain, redialled = (
        erlang_a([20, 20, 30], [22, 0, 22], 300, [120, 120, np.inf], 20),
        erlang_x([20, 20, 30], [22, 0, 22], 300, [120, 120, np.inf], [0, 0.5, 0.5], 20),
    )
    for name, values in vars(plain).items():
        assert getattr(redialled, name).tolist() == values.tolist(), name


def test_everybody_calling_again_is_refused():
    """A share of 1 has no answer in overload and is told so."""
    with pytest.raises(DataError, match="redial_share: must be below 1, got 1"):
        erlang_x(20, 22, 300, 120, 1.0)
