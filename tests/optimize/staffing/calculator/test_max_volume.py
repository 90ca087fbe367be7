"""How many contacts a staff can carry."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from configs.errors import DataError
from optimize.staffing import Curve, required_agents, volume_for

PROMISE = {"share": 0.8, "within_s": 20.0, "patience_s": 120.0}


@given(agents=st.integers(1, 400), aht=st.floats(30, 900), share=st.floats(0.3, 0.99))
def test_it_is_the_inverse_of_required_agents(agents: int, aht: float, share: float) -> None:
    """The volume found needs these agents, and a little more needs one more."""
    promise = PROMISE | {"share": share}
    volume = float(volume_for(agents, aht, 1800, **promise))
    load = volume * aht / 1800
    assert float(required_agents(load, aht, **promise)) == agents
    assert float(required_agents(load * (1 + 1e-9) + 1e-12, aht, **promise)) == agents + 1


def test_several_promises_and_slots() -> None:
    """The strictest promise decides; with slots too."""
    both = float(volume_for(20, 300, 1800, **PROMISE, max_occupancy=0.7))
    assert both * 300 / 1800 <= 20 * 0.7 / 0.9
    curve = Curve.from_touches(3, 30, 60, 8)
    volume = float(volume_for(10, None, 3600, **PROMISE, curve=curve))
    assert float(required_agents(volume * curve.handle_s / 3600, curve=curve, **PROMISE)) == 10
    assert float(required_agents(volume * 1.001 * curve.handle_s / 3600, curve=curve, **PROMISE)) == 11


def test_nobody_carries_nothing_and_a_promise_is_needed() -> None:
    """No agents: no contacts. No promise: a sentence."""
    assert float(volume_for(0, 300, **PROMISE)) == 0
    with pytest.raises(DataError, match="needs a target"):
        volume_for(10, 300)


def test_a_wrong_target_is_named_and_a_reply_needs_a_curve() -> None:
    """A number out of range is told under its own name; a time to reply without a curve is refused, not passed over."""
    with pytest.raises(DataError, match="asa_s: must be a number of 0 or more, got -1"):
        volume_for(10, 300, asa_s=-1)
    with pytest.raises(DataError, match="response_s: needs a curve made of touch, think and touches"):
        volume_for(10, 300, response_s=60)
