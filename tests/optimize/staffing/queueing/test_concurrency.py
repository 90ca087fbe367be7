"""Agents with several conversations against the chain counted state by state, published figures and laws."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from configs.errors import DataError
from optimize.staffing import Curve, erlang_a, erlang_k
from optimize.staffing.queueing.measures import DEFINITIONS
from tests.optimize.staffing import oracle

CHAT = Curve.from_touches(3, 30, 60, 8)


def test_published_slow_down():
    """Touch 30 s, think 60 s, 8 touches: replies take 30 to 188 s and conversations closed level off at 15 an hour."""
    curve = Curve.from_touches(8, 30, 60, 8)
    assert [round(seconds) for seconds in curve.reply_s] == [30, 41, 56, 77, 101, 129, 158, 188]
    per_hour = [3600 * held / length for held, length in enumerate(curve.session_s, 1)]
    assert per_hour == pytest.approx([5.5, 9.6, 12.4, 14.0, 14.6, 14.9, 15.0, 15.0], abs=0.06)
    assert 8 / curve.session_s[7] == pytest.approx(0.004165086889104488, rel=1e-12)


def test_one_conversation_has_no_pause_after_the_last_message():
    """Alone, a conversation of 8 touches takes 8 x 30 s and 7 pauses of 60 s."""
    assert CHAT.session_s[0] == pytest.approx(8 * 30 + 7 * 60, rel=1e-14)
    assert CHAT.reply_s[0] == pytest.approx(30, rel=1e-14)


def test_switching_makes_a_fourth_conversation_the_last_that_pays():
    """With 5 % more time per message for each open conversation, the most is closed with four."""
    curve = Curve.from_touches(8, 30, 60, 8, switch=0.05)
    per_hour = [3600 * held / length for held, length in enumerate(curve.session_s, 1)]
    assert int(np.argmax(per_hour)) == 3
    assert [per_hour[3], per_hour[7]] == pytest.approx([12.4, 11.1], abs=0.06)
    assert curve.handle_s == pytest.approx(3600 / per_hour[3])


@pytest.mark.parametrize(
    ("agents", "slots", "rate", "patience", "within", "switch"),
    [
        (3, 3, 0.0093, 120, 20, 0),
        (1, 3, 0.003, 120, 20, 0),
        (4, 5, 0.02, 60, 40, 0),
        (5, 2, 0.005, 300, 0, 0),
        (2, 8, 0.02, 90, 20, 0.05),
        (6, 1, 0.011, 100, 20, 0),
    ],
)
def test_erlang_k_equals_the_chain(agents, slots, rate, patience, within, switch):
    """All measures agree with the birth-death chain in which each agent's conversations are counted one by one."""
    curve = Curve.from_touches(slots, 30, 60, 8, switch)
    closing = [held / length for held, length in enumerate(curve.session_s, 1)]
    seen = oracle.chain(agents, rate, closing, patience, within, list(curve.reply_s))
    service = erlang_k(agents, rate * curve.handle_s, curve, patience, within)
    assert float(service.probability_wait) == pytest.approx(seen.wait, rel=1e-9)
    assert float(service.abandonment) == pytest.approx(seen.abandonment, rel=1e-8)
    assert float(service.asa_s) == pytest.approx(seen.asa_s, rel=1e-8)
    assert float(service.response_s) == pytest.approx(seen.response_s, rel=1e-8)
    assert float(service.occupancy) == pytest.approx(rate * (1 - seen.abandonment) / (agents * max(closing)), rel=1e-8)
    for definition in DEFINITIONS:
        level = erlang_k(agents, rate * curve.handle_s, curve, patience, within, definition=definition).service_level
        assert float(level) == pytest.approx(getattr(seen, definition.replace("-", "_")), abs=1e-9), definition


def test_message_level_simulation():
    """A simulation of every message gave .836 +- .005 for 10 agents with 3 slots, .984 +- .003 with 8."""
    for slots, rate, level in ((3, 0.033, 0.8357), (8, 0.0396, 0.9844)):
        curve = Curve.from_touches(slots, 30, 60, 8)
        assert float(erlang_k(10, rate * curve.handle_s, curve, 120, 20).service_level) == pytest.approx(
            level, abs=0.005
        )


@settings(max_examples=100, deadline=None)
@given(
    st.integers(0, 300),
    st.floats(0.01, 300),
    st.floats(1, 3600),
    st.sampled_from([5.0, 60.0, 900.0, np.inf]),
    st.floats(0, 600),
)
def test_one_slot_is_erlang_a(agents, load, aht, patience, within):
    """With one conversation at a time Erlang K is Erlang A to 1e-12, and Erlang C without patience."""
    with_slot, plain = (
        erlang_k(agents, load, Curve.measured([aht]), patience, within),
        erlang_a(agents, load, aht, patience, within),
    )
    for name in ("probability_wait", "service_level", "abandonment", "occupancy"):
        assert float(getattr(with_slot, name)) == pytest.approx(float(getattr(plain, name)), rel=1e-12, abs=1e-13), name
    if load < 0.99 * agents or patience < np.inf:
        assert float(with_slot.asa_s) == pytest.approx(float(plain.asa_s), rel=1e-11, abs=1e-90)


@settings(max_examples=60, deadline=None)
@given(
    st.integers(1, 80),
    st.floats(0.1, 1.3),
    st.integers(1, 8),
    st.floats(5, 120),
    st.floats(0, 900),
    st.floats(1, 12),
    st.sampled_from([30.0, 300.0, np.inf]),
)
def test_more_agents_are_never_worse(agents, busy, slots, touch, think, touches, patience):
    """One agent more never lowers the service level nor makes a reply slower."""
    curve = Curve.from_touches(slots, touch, think, touches)
    service = erlang_k([agents, agents + 1], agents * busy, curve, patience, 20)
    assert service.service_level[1] >= service.service_level[0] - 1e-12
    assert service.response_s[1] <= service.response_s[0] * (1 + 1e-12)
    assert service.abandonment[1] <= service.abandonment[0] + 1e-12


def test_between_whole_numbers_the_measures_are_interpolated():
    """10.25 agents give three quarters of the service of 10 and a quarter of that of 11."""
    ten, between, eleven = erlang_k([10, 10.25, 11], 9.7, CHAT, 120, 20).service_level
    assert between == pytest.approx(0.75 * ten + 0.25 * eleven, rel=1e-14)


def test_edges_have_numbers():
    """No load, no agents, overload and a hardly used large team give numbers."""
    idle = erlang_k(5, 0, CHAT, 120, 20)
    assert [float(value) for value in vars(idle).values()] == pytest.approx([0, 1, 0, 0, 0, 0, 30])
    nobody = erlang_k(0, 5, CHAT, 120, 20)
    assert [float(nobody.service_level), float(nobody.abandonment), float(nobody.asa_s)] == [0, 1, 120]
    swamped = erlang_k(2, 50, CHAT, np.inf, 20)
    assert [float(swamped.service_level), float(swamped.asa_s), float(swamped.occupancy)] == [0, np.inf, 1]
    assert float(swamped.response_s) == pytest.approx(CHAT.reply_s[2])
    roomy = erlang_k(3000, 1e-6, CHAT, 120, 20)
    assert float(roomy.service_level) == 1
    assert float(roomy.response_s) == pytest.approx(30, rel=1e-6)


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: Curve.from_touches(0, 30, 60, 8), "slots: must be a whole number of 1 or more, got 0"),
        (lambda: Curve.from_touches(3, 0, 60, 8), "touch_s: must be a number above 0, got 0"),
        (lambda: Curve.from_touches(3, 30, -1, 8), "think_s: must be a number of 0 or more, got -1"),
        (lambda: Curve.from_touches(3, 30, 60, 0.5), "touches: must be 1 or more, got 0.5"),
        (lambda: Curve.measured([300, -1]), "aht_by_slots: must be a number above 0, got -1"),
    ],
)
def test_wrong_curves_are_told(call, words):
    """What cannot be a curve is refused with the name and the value."""
    with pytest.raises(DataError) as error:
        call()
    assert str(error.value) == words
