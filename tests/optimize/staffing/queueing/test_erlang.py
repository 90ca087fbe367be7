"""Erlang B, C and A against exact arithmetic, the chain solved state by state, and laws."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from configs.errors import DataError
from optimize.staffing import erlang_a, erlang_b, erlang_c
from optimize.staffing.queueing.measures import DEFINITIONS
from tests.optimize.staffing import oracle

AGENTS = st.floats(0, 2000)
LOADS = st.floats(1e-6, 2000)
SECONDS = st.floats(1, 3600)


@pytest.mark.parametrize(
    ("agents", "load"),
    [
        (0, 5.0),
        (1, 1e-9),
        (1, 10.0),
        (5, 500.0),
        (15, 8.108),
        (50, 5.0),
        (100, 84.06),
        (1000, 900.0),
        (3000, 4000.0),
        (20_000, 19_800.0),
    ],
)
def test_blocking_equals_the_exact_recurrence(agents, load):
    """Erlang B agrees with its recurrence in 50 digits to 1e-12, near and far from the load."""
    assert float(erlang_b(agents, load)) == pytest.approx(float(oracle.erlang_b(agents, load)), rel=1e-12)


def test_published_blocking():
    """15 lines lose 1 % of 8.108 Erlang, as printed in every table of Erlang B."""
    assert float(erlang_b(15, 8.108)) == pytest.approx(0.01, rel=5e-5)


def test_100_000_agents():
    """At 100,000 agents the probability of waiting is right in 12 digits (value from 50-digit arithmetic)."""
    assert float(erlang_c(100_000, 99_700, 300).probability_wait) == pytest.approx(0.2443230780825742, rel=1e-12)


@pytest.mark.parametrize(
    ("agents", "load"), [(1, 0.5), (2, 1.999), (14, 10.0), (57, 50.0), (1000, 980.0), (5000, 4000.0)]
)
def test_erlang_c_equals_the_exact_recurrence(agents, load):
    """Erlang C, its service level and its mean wait agree with exact arithmetic."""
    service = erlang_c(agents, load, 180, 20)
    wait = oracle.erlang_c(agents, load)
    assert float(service.probability_wait) == pytest.approx(float(wait), rel=1e-12)
    assert float(service.service_level) == pytest.approx(float(oracle.erlang_c_level(agents, load, 180, 20)), abs=1e-12)
    assert float(service.asa_s) == pytest.approx(float(wait) * 180 / (agents - load), rel=1e-11)
    assert float(service.queue_length) == pytest.approx(float(service.asa_s) * load / 180, rel=1e-12)
    assert float(service.occupancy) == pytest.approx(load / agents)
    assert float(service.abandonment) == 0


@pytest.mark.parametrize(
    ("agents", "load", "aht", "patience", "within"),
    [
        (12, 8.4, 120, 60, 20),
        (1, 0.6, 300, 60, 20),
        (10, 15.0, 300, 120, 20),
        (3, 0.3, 300, 600, 0),
        (20, 15.0, 100, 1000, 30),
        (5, 9.0, 60, 20, 60),
    ],
)
def test_erlang_a_equals_the_chain(agents, load, aht, patience, within):
    """Erlang A and all five service levels agree with the birth-death chain counted state by state."""
    seen = oracle.chain(agents, load / aht, [1 / aht], patience, within)
    service = erlang_a(agents, load, aht, patience, within)
    assert float(service.probability_wait) == pytest.approx(seen.wait, rel=1e-9)
    assert float(service.abandonment) == pytest.approx(seen.abandonment, rel=1e-9)
    assert float(service.asa_s) == pytest.approx(seen.asa_s, rel=1e-9)
    assert float(service.queue_length) == pytest.approx(seen.queue_length, rel=1e-9)
    assert float(service.occupancy) == pytest.approx(load * (1 - seen.abandonment) / agents, rel=1e-9)
    for definition in DEFINITIONS:
        level = erlang_a(agents, load, aht, patience, within, definition=definition).service_level
        assert float(level) == pytest.approx(getattr(seen, definition.replace("-", "_")), abs=1e-9), definition


def test_definitions_differ_by_the_published_points():
    """12 agents, 8.4 Erlang, patience 60 s: offered .945, abandon-ok .969, answered .974."""
    levels = {name: float(erlang_a(12, 8.4, 120, 60, 20, definition=name).service_level) for name in DEFINITIONS}
    assert round(levels["offered"], 3) == 0.945
    assert round(levels["abandon-ok"], 3) == 0.969
    assert round(levels["answered"], 3) == 0.974


def test_no_volume_is_a_kept_promise():
    """Without contacts nobody waits: the service level is 1 and everything else 0, with and without agents."""
    for agents in (0, 7):
        for patience in (60, np.inf):
            service = erlang_a(agents, 0, 180, patience, 20)
            assert [float(value) for value in vars(service).values()] == [0, 1, 0, 0, 0, 0]


def test_no_agents_serve_nobody():
    """Without agents everybody waits and, with patience, everybody gives up after it."""
    service = erlang_a(0, 5, 180, 60, 20)
    assert [float(value) for value in vars(service).values()] == pytest.approx([1, 0, 60, 1, 1, 5 / 180 * 60])
    assert float(erlang_a(0, 5, 180, 60, 20, definition="abandon-ok").service_level) == pytest.approx(
        1 - np.exp(-1 / 3)
    )
    assert float(erlang_c(0, 5, 180, 20).asa_s) == np.inf
    assert float(erlang_b(0, 5)) == 1


@pytest.mark.parametrize("load", [10.0, 10.5, 1e6])
def test_overload_without_abandonment_has_numbers(load):
    """From one Erlang per agent on the queue grows without end: P(wait) is 1, never more, and the level 0."""
    service = erlang_c(10, load, 180, 20)
    assert [float(value) for value in vars(service).values()] == [1, 0, np.inf, 0, 1, np.inf]


def test_overload_with_abandonment_loses_what_cannot_be_served():
    """At twice the capacity half give up, and the mean wait is half the patience."""
    service = erlang_a(1000, 2000, 180, 60, 20)
    assert float(service.abandonment) == pytest.approx(0.5, abs=1e-9)
    assert float(service.asa_s) == pytest.approx(30, abs=1e-6)


def test_answer_within_no_time_is_not_waiting():
    """Within 0 seconds all definitions but those over fewer contacts are 1 - P(wait)."""
    for definition in ("offered", "abandon-ok", "exclude-short", "virtual"):
        service = erlang_a(12, 9, 180, 90, 0, definition=definition)
        assert float(service.service_level) == pytest.approx(1 - float(service.probability_wait), abs=1e-14)


def test_arrays_broadcast():
    """A column of agents against a row of loads gives a table, equal to its cells one by one."""
    table = erlang_a(np.arange(1, 6)[:, None], np.array([1.0, 3.0, 9.0]), 180, [60, np.inf, 60], 20).service_level
    assert table.shape == (5, 3)
    for i in range(5):
        for j, (load, patience) in enumerate([(1, 60), (3, np.inf), (9, 60)]):
            assert table[i, j] == erlang_a(i + 1, load, 180, patience, 20).service_level


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: erlang_b(-1, 5), "agents: must be a number of 0 or more, got -1"),
        (lambda: erlang_c(5, float("nan"), 180), "load_erl: must be a number of 0 or more, got nan"),
        (lambda: erlang_c(5, 3, 0), "aht_s: must be a number above 0, got 0"),
        (lambda: erlang_a(5, 3, 180, 0), "patience_s: must be a number above 0, got 0"),
        (lambda: erlang_a(5, np.inf, 180, 60), "load_erl: must be a number of 0 or more, got inf"),
        (
            lambda: erlang_a(5, 3, 180, 60, definition="ofered"),
            (
                'definition: "ofered" is not one of offered, answered, abandon-ok, exclude-short, virtual; '
                'did you mean "offered"?'
            ),
        ),
    ],
)
def test_wrong_numbers_are_told(call, words):
    """What cannot be is refused with the name, the value and what would be right."""
    with pytest.raises(DataError) as error:
        call()
    assert str(error.value) == words


@settings(max_examples=200, deadline=None)
@given(AGENTS, LOADS, SECONDS, SECONDS, st.floats(0, 600), st.sampled_from(DEFINITIONS))
def test_measures_stay_in_range(agents, load, aht, patience, within, definition):
    """Whatever is asked, shares lie in 0..1 and nothing is NaN."""
    service = erlang_a(agents, load, aht, [patience, np.inf], within, definition=definition)
    for name in ("probability_wait", "service_level", "abandonment", "occupancy"):
        values = getattr(service, name)
        assert ((values >= 0) & (values <= 1)).all(), name
    assert (service.asa_s >= 0).all()
    assert (service.queue_length >= 0).all()


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 500), st.floats(0.01, 500), SECONDS, SECONDS, st.floats(0, 600))
def test_more_agents_are_never_worse(agents, load, aht, patience, within):
    """One agent more never lowers the service level nor raises waiting, abandonment or occupancy."""
    for definition in ("offered", "abandon-ok", "virtual"):
        service = erlang_a([agents, agents + 1], load, aht, patience, within, definition=definition)
        assert service.service_level[1] >= service.service_level[0] - 1e-12
        assert service.abandonment[1] <= service.abandonment[0] + 1e-12
        assert service.probability_wait[1] <= service.probability_wait[0] + 1e-12
        assert service.occupancy[1] <= service.occupancy[0] + 1e-12


@settings(max_examples=100, deadline=None)
@given(st.integers(1, 300), st.floats(0.05, 0.97), SECONDS, st.floats(0, 600))
def test_endless_patience_is_erlang_c(agents, occupancy, aht, within):
    """As patience grows Erlang A becomes Erlang C."""
    load = agents * occupancy
    patient, endless = erlang_a(agents, load, aht, aht * 1e9, within), erlang_c(agents, load, aht, within)
    assert float(patient.probability_wait) == pytest.approx(float(endless.probability_wait), rel=1e-5, abs=1e-300)
    assert float(patient.service_level) == pytest.approx(float(endless.service_level), abs=1e-5)


@settings(max_examples=100, deadline=None)
@given(st.floats(0.5, 300), st.floats(0.05, 400))
def test_real_valued_agents_lie_between_their_neighbours(agents, load):
    """Erlang B of 10.5 agents lies between those of 10 and 11, and follows the recurrence B(n+1) = aB/(n+1+aB)."""
    here, there = erlang_b([agents, agents + 1], load)
    assert there == pytest.approx(load * here / (agents + 1 + load * here), rel=1e-11)
