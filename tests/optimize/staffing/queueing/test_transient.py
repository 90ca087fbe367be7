"""Demand and staff that move through the day."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy.stats import hypergeom

from configs.errors import DataError
from configs.loader import build
from optimize.staffing import erlang_a, erlang_c, exact_day, serve, staff
from optimize.staffing.queueing.transient import exact_agents, served_in_time, without
from optimize.staffing.requirement.lag import lagged_load
from optimize.staffing.requirement.least_agents import required_agents
from optimize.staffing.requirement.returning import with_returns

# service level and abandonment of 40,000 simulated days of an independent program, where the sample table has them
VOLUME = np.array([0.6, 1.2, 1.9, 2.4, 2.4, 1.6, 1.0, 0.6]) * 15
AGENTS = np.array([3, 6, 9, 12, 10, 8, 5, 3])


def test_a_day_that_never_changes_ends_in_the_steady_state() -> None:
    """After twelve equal hours the queue is Erlang A, or C, to many digits."""
    steady = exact_day(np.full(12, 252.0), np.full(12, 12), 3600, 120, 60, 20)
    exact = erlang_a(12, 8.4, 120, 60, 20)
    assert steady.service_level[-1] == pytest.approx(float(exact.service_level), abs=1e-10)
    assert steady.abandonment[-1] == pytest.approx(float(exact.abandonment), abs=1e-10)
    assert steady.queue_length[-1] == pytest.approx(float(exact.queue_length), abs=1e-9)
    patient = exact_day(np.full(12, 200.0), np.full(12, 13), 3600, 180, np.inf, 20)
    assert patient.service_level[-1] == pytest.approx(float(erlang_c(13, 10, 180, 20).service_level), abs=1e-10)


def test_a_changing_day_agrees_with_40_000_simulated_days() -> None:
    """Inside .006 of an independent simulator; waits across a rise of staff are overstated by under a point."""
    day = exact_day(VOLUME, AGENTS, 900, 240, 180, 20)
    assert day.service_level[[1, 6]] == pytest.approx([0.81593, 0.69793], abs=0.006)
    assert day.abandonment[3] == pytest.approx(0.03835, abs=0.003)


def test_agents_who_leave_take_their_customer_along() -> None:
    """One leaver after the other is the hypergeometric law."""
    law = np.random.default_rng(1).dirichlet(np.ones(15))
    after = without(law, 8, 5)
    slow = np.zeros(15)
    for m, weight in enumerate(law):
        busy = min(m, 8)
        for gone in range(4):
            if m >= gone:
                slow[m - gone] += weight * hypergeom.pmf(gone, 8, busy, 3)
    assert after == pytest.approx(slow, abs=1e-14)


def test_the_wait_of_one_customer_state_by_state() -> None:
    """Probability of an answer in time by place in the queue, against the matrix exponential."""
    from scipy.linalg import expm

    agents, mu, theta, within, deepest = 4, 1 / 100, 1 / 60, 30.0, 40
    q = np.zeros((deepest + 3, deepest + 3))
    for i in range(deepest + 1):
        q[i, i - 1 if i else deepest + 1] += agents * mu + i * theta
        q[i, deepest + 2] += theta
        q[i, i] = -q[i].sum()
    slow = expm(q * within)[: deepest + 1, deepest + 1]
    found = served_in_time(agents, agents + 20, mu, theta, within)
    assert found[:agents] == pytest.approx(1)
    assert found[agents:] == pytest.approx(slow[:21], abs=1e-10)


def test_staffing_one_after_another_keeps_the_share_and_one_fewer_does_not() -> None:
    """In every interval, with what the ones before leave behind."""
    volume = np.array([10.0, 20, 40, 60, 50, 30, 12])
    found = exact_agents(
        volume, 900, 600, 240, 20, 0.8, required_agents(volume * 600 / 900, 600, share=0.8, within_s=20)
    )
    level = exact_day(volume, found, 900, 600, 240, 20).service_level
    assert (level >= 0.8 - 1e-9).all()
    for number in range(volume.size):
        fewer = found[: number + 1].copy()
        fewer[number] -= 1
        assert exact_day(volume[: number + 1], fewer, 900, 600, 240, 20).service_level[number] < 0.8


def test_long_calls_take_fewer_agent_hours_exactly_than_interval_by_interval() -> None:
    """Calls of 30 min in quarter hours: work lags, so following the day saves hours at the same worst interval."""
    volume = 15 * np.exp(-(((np.arange(24) - 12) / 6) ** 2))
    by_itself = required_agents(volume * 1800 / 900, 1800, share=0.8, within_s=20, patience_s=600)
    found = exact_agents(volume, 900, 1800, 600, 20, 0.8, by_itself)
    assert 0.75 < found.sum() / by_itself.sum() < 0.97


def test_lagged_load_by_hand() -> None:
    """Sixty contacts an hour of one hour each, from nothing: 60 (1 - 1/e) at the end of the first hour."""
    load = lagged_load(np.array([1 / 60, 1 / 60, 0, 0]), np.full(4, 3600.0), 3600.0)
    first = 60 * (1 - np.exp(-1))
    assert load[0] == pytest.approx(first)
    assert load[1] == pytest.approx(60 + (first - 60) * (1 - np.exp(-1)))  # second interval: the mean
    assert load[2:].tolist() == [0, 0]
    long_run = lagged_load(np.full(50, 1 / 60), np.full(50, 3600.0), 3600.0)
    assert long_run[-1] == pytest.approx(60, rel=1e-9)


def test_auto_takes_lagged_loads_for_long_contacts_only(raw, forecast, horizon) -> None:
    """180 s in half hours: each interval by itself. Half an hour: lagged, and the first interval needs fewer."""
    phone = dict.fromkeys(("phone",), raw["channels"]["phone"])
    raw["channels"] = phone
    long = forecast[forecast["channel"] == "phone"].assign(aht_s=1800.0)
    short = long.assign(aht_s=180.0)
    agents = {}
    for method in ("auto", "sipp", "mol", "exact"):
        raw["staffing"] = {"method": method}
        for label, table in (("long", long), ("short", short)):
            found = staff(build(raw), table, horizon)
            agents[method, label] = found.table["agents"].to_numpy()
            if label == "long" and method == "sipp":
                assert any("differs by more than 5 points" in note.sentence for note in found.notes)
    assert agents["auto", "short"].tolist() == agents["sipp", "short"].tolist()
    assert agents["auto", "long"].tolist() == agents["mol", "long"].tolist()
    assert agents["mol", "long"].sum() < agents["sipp", "long"].sum()
    assert agents["exact", "long"].sum() < agents["sipp", "long"].sum()


def test_the_service_of_a_roster_is_judged_as_it_was_staffed(raw, forecast, horizon) -> None:
    """The people required, rostered, keep the promise in the coverage too, whatever the method."""
    raw["channels"] = {"phone": raw["channels"]["phone"]}
    raw["staffing"] = {"method": "mol"}
    config = build(raw)
    table = staff(config, forecast[forecast["channel"] == "phone"].assign(aht_s=1500.0), horizon).table
    given = serve(config, table, table[["channel", "start"]].assign(staffed=table["agents"]))
    level = given["service_level"].dropna()
    assert (level >= 0.8 - 1e-9).all()


def test_unequal_lists_are_told() -> None:
    """Volume and agents have one value for each interval."""
    with pytest.raises(DataError, match="has 2 values for 3 of volume"):
        exact_day([1, 2, 3], [1, 2], 900, 200)


def test_threads_that_come_back() -> None:
    """Three in ten come back, so a thread has 1/0.7 contacts; a pulse comes back as the law says."""
    steady = with_returns(np.full(10, 7.0), 0.3, 7200.0, 900.0)
    assert steady == pytest.approx(np.full(10, 10.0))
    uneven = np.array([0.0, 50, 3, 0, 20, 0])
    assert with_returns(uneven, 0.3, 1800.0, 900.0).sum() == pytest.approx(uneven.sum() / 0.7)
    assert with_returns(uneven, 0.0, 1800.0, 900.0) is uneven
    pulse = with_returns(np.concatenate([[100.0], np.zeros(400)]), 0.5, 3600.0, 900.0)
    back = 50 * (1 - np.exp(-0.25))
    assert pulse[1] == pytest.approx(back, rel=1e-6)


def test_returns_enter_the_work(raw, forecast, horizon) -> None:
    """E-mails of which one in five comes back take a quarter more hours."""
    before = staff(build(raw), forecast, horizon).table
    raw["channels"]["email"] |= {"returns": 0.2, "returns_after": "4h"}
    after = staff(build(raw), forecast, horizon).table
    assert after["work_h"].sum() == pytest.approx(before["work_h"].sum() / 0.8, rel=1e-6)
    assert pd.notna(after.loc[after["work_h"] > 0, "due"]).all()
