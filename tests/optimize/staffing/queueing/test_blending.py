"""Deferrable work in idle time."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from configs.errors import DataError
from optimize.staffing import blend, erlang_a


def test_thresholds_as_computed_elsewhere() -> None:
    """Twenty agents, 14 Erlang: service level and agents' worth of e-mail by agents kept free (independent program)."""
    found = blend(20, 14, 300, [0, 1, 2, 3, 4, 6], 120, 20)
    assert found.service_level == pytest.approx([0.435, 0.652, 0.772, 0.841, 0.884, 0.930], abs=6e-4)
    assert found.deferrable_erl == pytest.approx([8.7, 7.3, 6.2, 5.2, 4.3, 2.8], abs=0.06)
    assert float(blend(60, 48, 300, 1, 120, 20).service_level) == pytest.approx(0.771838660007, rel=1e-9)


def test_the_chain_solved_state_by_state() -> None:
    """Eight agents, three kept free: the chain from five busy on, solved as a linear system."""
    n, reserve, load, theta = 8, 3, 6.0, 300 / 120
    states = np.arange(n - reserve, 120)
    deaths = np.minimum(states, n) + np.maximum(states - n, 0) * theta
    log = np.concatenate([[0.0], np.cumsum(np.log(load / deaths[1:]))])
    p = np.exp(log - log.max())
    p /= p.sum()
    found = blend(n, load, 300, reserve, 120)
    waiting = p[states >= n].sum()
    lost = theta * (p * np.maximum(states - n, 0)).sum() / load
    assert float(found.probability_wait) == pytest.approx(waiting, rel=1e-10)
    assert float(found.abandonment) == pytest.approx(lost, rel=1e-10)
    busy = (p * np.minimum(states, n)).sum()
    assert float(found.deferrable_erl) == pytest.approx(busy - load * (1 - lost), rel=1e-9)
    assert float(found.occupancy) == pytest.approx(busy / n, rel=1e-10)


@given(agents=st.integers(1, 60), load=st.floats(0.1, 80), reserve=st.integers(0, 70))
def test_more_kept_free_is_better_for_calls_and_worse_for_mail(agents: int, load: float, reserve: int) -> None:
    """And with everybody kept free it is Erlang A."""
    less, more = blend(agents, load, 240, [reserve, reserve + 1], 120, 20).service_level
    assert more >= less - 1e-12
    mail = blend(agents, load, 240, [reserve, reserve + 1], 120, 20).deferrable_erl
    assert mail[1] <= mail[0] + 1e-9
    alone = erlang_a(agents, load, 240, 120, 20)
    kept = blend(agents, load, 240, agents, 120, 20)
    assert float(kept.service_level) == pytest.approx(float(alone.service_level), abs=1e-12)
    assert float(kept.deferrable_erl) == pytest.approx(0, abs=1e-9 * agents)


def test_no_calls_leave_everybody_but_the_reserve_for_mail() -> None:
    """Ten agents, two kept free: eight on e-mail."""
    quiet = blend(10, 0, 300, 2, 120, 20)
    assert float(quiet.deferrable_erl) == 8
    assert float(quiet.service_level) == 1


def test_half_an_agent_is_refused() -> None:
    """The threshold counts people."""
    with pytest.raises(DataError, match=r"reserve: must be whole numbers, got 1\.5"):
        blend(10, 5, 300, 1.5)
