"""The least number of agents: published and exact answers, and the law that one fewer breaks a promise."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from configs.errors import DataError
from optimize.staffing import Curve, erlang_a, erlang_c, erlang_k, erlang_x, required_agents
from optimize.staffing.queueing.measures import DEFINITIONS
from tests.optimize.staffing import oracle

CHAT = Curve.from_touches(3, 30, 60, 8)


@pytest.mark.parametrize(
    ("calls", "offered", "virtual"), [(100, 12, 12), (600, 60, 59), (2000, 187, 184), (6000, 541, 532)]
)
def test_erlang_a_may_need_fewer_agents_than_the_load(calls, offered, virtual):
    """180 s of handle time, 120 s of patience, 80 % in 20 s: 600 Erlang take 541 agents."""
    load = calls * 180 / 1800
    assert float(required_agents(load, 180, share=0.8, within_s=20, patience_s=120)) == offered
    assert float(required_agents(load, 180, share=0.8, within_s=20, patience_s=120, definition="virtual")) == virtual


def test_erlang_c_against_a_plain_search():
    """The answer is the first number that a walk from zero with exact arithmetic finds."""
    for load in (0.05, 0.2, 0.5, 1.0, 4.0, 9.99, 50.0, 120.0):
        agents = int(load) + 1
        while oracle.erlang_c_level(agents, load, 300, 20) < 0.8:
            agents += 1
        assert float(required_agents(load, 300, share=0.8, within_s=20)) == agents


def test_low_targets_are_not_overstaffed():
    """Half an Erlang with 20 % in 20 s takes one agent; searches that begin at load + 1 say two."""
    assert float(required_agents(0.5, 300, share=0.2, within_s=20)) == 1
    assert float(required_agents(6.67, 300, share=0.8, within_s=4 * 3600)) == 7


def test_no_calls_take_no_agents():
    """Zero load is an ordinary interval with zero agents."""
    assert required_agents([0.0, 1.0], 300, share=0.8, within_s=20).tolist() == [0, 3]


def test_occupancy_has_no_float_noise():
    """35.7 Erlang at 85 % are 42 agents; at 100 % it is one more than the load, or the queue never ends."""
    assert float(required_agents(35.7, 300, max_occupancy=0.85)) == 42
    assert float(required_agents(1000, 300, max_occupancy=1.0)) == 1001


@pytest.mark.parametrize(
    "promise",
    [
        {"share": 1.0},
        {"asa_s": 0},
        {"abandonment": 0.0, "patience_s": 60},
        {"max_occupancy": 0.0},
        {"response_s": 30.0, "curve": CHAT},
    ],
)
def test_what_no_number_keeps_is_infinite(promise):
    """A share of 1, no wait at all, nobody lost, nobody busy, a reply as quick as a touch: inf, and 0 without load."""
    assert required_agents([5.0, 0.0], 300, **promise).tolist() == [np.inf, 0]


def test_published_chat_requirements():
    """Touch 30 s, think 60 s, 8 touches: 600 conversations an hour take 47 agents with 3 slots, 39 with 5."""
    for slots, per_hour, agents in ((3, 120, 10), (3, 600, 47), (5, 600, 39), (8, 600, 38), (8, 30, 2)):
        curve = Curve.from_touches(slots, 30, 60, 8)
        load = per_hour / 3600 * curve.handle_s
        assert float(required_agents(load, curve=curve, share=0.8, within_s=20, patience_s=120)) == agents


def test_response_target_takes_more_agents():
    """A quicker reply than three conversations allow needs agents who hold fewer."""
    plain, quick = (
        float(required_agents(9.7, curve=CHAT, share=0.8, within_s=20, patience_s=120, response_s=most))
        for most in (300, 45)
    )
    assert quick > plain
    assert (
        float(erlang_k(quick, 9.7, CHAT, 120).response_s) <= 45 < float(erlang_k(quick - 1, 9.7, CHAT, 120).response_s)
    )


def test_redials_take_more_agents():
    """With half of the lost calling again, the answer keeps the promise per attempt and one agent fewer does not."""
    once = float(required_agents(100, 180, share=0.8, within_s=20, patience_s=120))
    again = float(required_agents(100, 180, share=0.8, within_s=20, patience_s=120, redial_share=0.5))
    assert again > once
    fewer, enough = erlang_x([again - 1, again], 100, 180, 120, 0.5, 20).service_level
    assert fewer < 0.8 <= enough


@settings(max_examples=150, deadline=None)
@given(
    st.floats(0.001, 800),
    st.floats(10, 1200),
    st.sampled_from([15.0, 120.0, 2000.0, np.inf]),
    st.floats(0.05, 0.995),
    st.floats(0, 300),
    st.sampled_from(DEFINITIONS),
    st.sampled_from([None, 0.6, 0.9]),
)
def test_the_answer_keeps_the_promise_and_one_fewer_does_not(load, aht, patience, share, within, definition, occupancy):
    """Whatever is promised, n is enough and n - 1 is not."""
    agents = float(
        required_agents(
            load, aht, share=share, within_s=within, patience_s=patience, definition=definition, max_occupancy=occupancy
        )
    )
    service = erlang_a([agents, max(agents - 1, 0)], load, aht, patience, within, definition=definition)
    kept = (service.service_level >= share - 1e-12) & (service.occupancy <= (occupancy or 1) * (1 + 1e-12))
    assert kept[0]
    assert agents == 0 or not kept[1]


@settings(max_examples=40, deadline=None)
@given(st.floats(0.01, 60), st.integers(1, 8), st.floats(0.3, 0.97), st.sampled_from([60.0, np.inf]))
def test_the_answer_with_slots_is_exact_too(load, slots, share, patience):
    """The same law for agents with several conversations."""
    curve = Curve.from_touches(slots, 30, 90, 6)
    agents = float(required_agents(load, curve=curve, share=share, within_s=30, patience_s=patience))
    enough, fewer = erlang_k([agents, max(agents - 1, 0)], load, curve, patience, 30).service_level
    assert enough >= share - 1e-12
    assert agents == 0 or fewer < share - 1e-12


@pytest.mark.parametrize(
    "kind",
    [
        {},
        {"patience_s": 120},
        {"curve": CHAT, "patience_s": 120, "response_s": 60},
        {"patience_s": 120, "redial_share": 0.4},
    ],
)
def test_table_and_walk_agree(kind):
    """Many rows of one kind are answered from a table of capacities; each answer is that of the search by itself."""
    load = np.random.default_rng(5).uniform(0, 60, 3000)
    whole = required_agents(load, 300, share=0.8, within_s=20, **kind)
    assert (
        whole.tolist()
        == np.concatenate(
            [required_agents(part, 300, share=0.8, within_s=20, **kind) for part in np.split(load, 3)]
        ).tolist()
    )


def test_kinds_may_be_mixed():
    """Two kinds of rows in any order get the answers they get alone, and order changes nothing."""
    rng = np.random.default_rng(6)
    load, patience = rng.uniform(0.1, 50, 6000), rng.choice([60.0, 600.0], 6000)
    answer = required_agents(load, 300, share=0.8, within_s=20, patience_s=patience)
    for value in (60.0, 600.0):
        mine = patience == value
        assert (
            answer[mine].tolist() == required_agents(load[mine], 300, share=0.8, within_s=20, patience_s=value).tolist()
        )
    order = rng.permutation(6000)
    assert (
        required_agents(load[order], 300, share=0.8, within_s=20, patience_s=patience[order]).tolist()
        == answer[order].tolist()
    )


def test_a_table_of_many_loads_says_what_each_load_says_alone():
    """100,000 loads through the capacity table, and a sample of them one by one."""
    load = np.random.default_rng(7).uniform(0.2, 300, 100_000)
    for patience in (np.inf, 120.0):
        many = required_agents(load, 300, share=0.8, within_s=20, patience_s=patience)
        alone = [float(required_agents(one, 300, share=0.8, within_s=20, patience_s=patience)) for one in load[::5000]]
        assert many[::5000].tolist() == alone


def test_handle_time_may_vary_by_row():
    """20,000 rows with a handle time of their own are answered exactly."""
    rng = np.random.default_rng(8)
    load, aht = rng.uniform(0.2, 300, 20_000), rng.uniform(120, 900, 20_000)
    agents = required_agents(load, aht, share=0.8, within_s=20)
    assert (erlang_c(agents, load, aht, 20).service_level >= 0.8 - 1e-12).all()
    assert (erlang_c(agents - 1, load, aht, 20).service_level < 0.8).all()


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (
            lambda: required_agents(5, 300),
            "required_agents: needs a target to meet: one of share, asa_s, abandonment, max_occupancy, response_s",
        ),
        (lambda: required_agents(5, share=0.8), "aht_s: is needed without a curve"),
        (lambda: required_agents(5, 300, response_s=60), "response_s: needs a curve made of touch, think and touches"),
        (lambda: required_agents(5, 300, share=0.8, redial_share=1), "redial_share: must be below 1, got 1"),
        (lambda: required_agents(-5, 300, share=0.8), "load_erl: must be a number of 0 or more, got -5"),
    ],
)
def test_wrong_questions_are_told(call, words):
    """What cannot be asked is refused with the name and what is lacking."""
    with pytest.raises(DataError) as error:
        call()
    assert str(error.value) == words
