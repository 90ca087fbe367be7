"""Conversations of many weeks at once against formulas, and against one week at a time, message by message."""

from __future__ import annotations

from dataclasses import fields

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from configs.errors import DataError
from optimize.simulation import Conversation, Draws, Grid, simulate_chat, simulate_measured_chat
from optimize.simulation.at_once.called import Called
from optimize.simulation.at_once.conversations import _opening, simulate_conversations
from optimize.simulation.at_once.customers import Customers, Demand, draw_customers
from optimize.simulation.at_once.desks import Desks
from optimize.simulation.at_once.measured import simulate_measured
from optimize.simulation.at_once.seen import Seen
from optimize.simulation.intervals import counted
from optimize.staffing import Curve, erlang_a, erlang_k

CHAT = Conversation(3, 30, 60, 8)
MESSAGING = Conversation(8, 40, 300, 5)


def customers(volume, weeks: int, patience_s: float = np.inf, interval_s: float = 900.0, seed: int = 1) -> Customers:
    """Customers of weeks that are all as busy as forecast."""
    volume = np.asarray(volume, dtype=float)
    day = np.zeros(volume.size, dtype=np.int64)
    demand = Demand(interval_s, volume, np.ones(volume.size), day, np.zeros(1), patience_s)
    return draw_customers(demand, Draws(seed, "chat"), weeks)


def steady(rate_per_s: float, agents: int, patience_s: float, weeks: int = 60, hours: int = 24):
    """Weeks that never change: their line and their people."""
    drawn = customers(np.full(hours, rate_per_s * 3600.0), weeks, patience_s, 3600.0)
    return Called(drawn, 20.0), np.full((weeks, hours), agents)


def near(top, bottom, exact: float, slack: float = 0.0) -> bool:
    """Whether the exact value lies within three and a half standard errors of the ratio of sums over weeks."""
    top, bottom = top.sum(axis=1), bottom.sum(axis=1)
    ratio = top.sum() / bottom.sum()
    error = np.std(top - ratio * bottom, ddof=1) / bottom.mean() / np.sqrt(top.size)
    return bool(abs(ratio - exact) <= 3.5 * error + slack)


def weeks_of(line: Called, present, simulate) -> dict[str, np.ndarray]:
    """The slow obvious way: the same weeks one after another, other customers of the same volume."""
    each = []
    drawn = line.customers
    for number, (volume, people) in enumerate(zip(drawn.volume, present, strict=True)):
        log = simulate(Grid(drawn.interval_s, volume, people), Draws(9, "chat", number))
        each.append(counted(log, line.within_s, line.definition, drawn.interval_s, people * drawn.interval_s))
    return {
        name: np.stack([getattr(week, name) for week in each])
        for name in ("good", "counted", "left", "busy_s", "wait_s")
    }


def agrees(seen: Seen, slow: dict[str, np.ndarray], what: str, of: str, columns=slice(None)) -> bool:
    """Whether two simulations differ by no more than three and a half standard errors of their difference."""
    found = []
    for top, bottom in (
        (getattr(seen, what)[:, columns].sum(axis=1), getattr(seen, of)[:, columns].sum(axis=1)),
        (slow[what][:, columns].sum(axis=1), slow[of][:, columns].sum(axis=1)),
    ):
        ratio = top.sum() / bottom.sum()
        found.append((ratio, np.std(top - ratio * bottom, ddof=1) / bottom.mean() / np.sqrt(top.size)))
    (one, error), (other, error_too) = found
    return bool(abs(one - other) <= 3.5 * np.hypot(error, error_too))


@pytest.mark.parametrize("days", [1, 3])
def test_one_slot_is_erlang_a(days: int) -> None:
    """Twelve agents with one slot are the exact Erlang A, also where days are simulated side by side."""
    line, present = steady(0.07, 12, 60.0, 120, 24 * days)
    seen = simulate_conversations(line, present, Conversation(1, 30, 1e-6, 4))
    exact = erlang_a(12, 8.4, 120.0, 60.0, 20.0)
    assert near(seen.good, seen.counted, float(exact.service_level), 0.001)
    assert near(seen.left, seen.offered, float(exact.abandonment), 0.001)
    assert near(seen.wait_s, seen.offered, float(exact.asa_s), 0.05)
    assert near(seen.busy_s, seen.there_s, float(exact.occupancy), 0.003)


@pytest.mark.parametrize(("agents", "slots", "rate"), [(10, 3, 0.033), (3, 3, 0.0093), (5, 8, 0.019)])
def test_slots_agree_with_erlang_k(agents: int, slots: int, rate: float) -> None:
    """Level, those who give up and the time to reply are those of Erlang A with slots."""
    curve = Curve.from_touches(slots, 30, 60, 8)
    exact = erlang_k(agents, rate * curve.handle_s, curve, 120.0, 20.0)
    line, present = steady(rate, agents, 120.0)
    seen = simulate_conversations(line, present, Conversation(slots, 30, 60, 8))
    assert near(seen.good, seen.counted, float(exact.service_level), 0.006)
    assert near(seen.left, seen.offered, float(exact.abandonment), 0.006)
    assert near(seen.response_s, seen.messages, float(exact.response_s), 0.8)


def test_fullest_first_keeps_customers_waiting_longer() -> None:
    """Ten agents with eight slots: .985 in time and 108 s a reply when spread, .93 and 170 s when packed."""
    line, present = steady(0.0396, 10, 120.0)
    spread = simulate_conversations(line, present, Conversation(8, 30, 60, 8))
    packed = simulate_conversations(line, present, Conversation(8, 30, 60, 8), routing="fullest-first")
    assert near(spread.good, spread.counted, 0.9842, 0.003)
    assert near(spread.response_s, spread.messages, 108.555, 1.5)
    assert 0.915 < packed.good.sum() / packed.counted.sum() < 0.955
    assert packed.response_s.sum() / packed.messages.sum() == pytest.approx(170, abs=4)


DAY = np.array([0, 8, 20, 40, 40, 40, 20, 8, 0, 0], dtype=float)
CASES = {
    "staff that rises and falls": (DAY, np.array([0, 1, 3, 5, 5, 5, 3, 1, 0, 0]), CHAT, 120.0),
    "messaging": (DAY, np.array([0, 2, 3, 4, 5, 4, 3, 2, 1, 0]), MESSAGING, 1800.0),
    "overload": (2 * DAY, np.array([0, 1, 2, 3, 3, 3, 2, 1, 1, 0]), CHAT, 180.0),
    "slower with each conversation": (
        DAY,
        np.array([0, 2, 4, 6, 6, 6, 4, 2, 1, 0]),
        Conversation(3, 30, 60, 8, 0.15),
        120.0,
    ),
    "nobody gives up": (DAY, np.array([0, 2, 4, 6, 6, 6, 4, 2, 2, 2]), CHAT, np.inf),
    "staff that swings": (np.full(10, 40.0), np.array([6, 0, 6, 0, 6, 0, 6, 0, 6, 6]), MESSAGING, 600.0),
    "few customers": (np.full(10, 0.3), np.ones(10, dtype=np.int64), CHAT, 60.0),
    "answers only": (DAY, np.array([0, 1, 2, 3, 3, 3, 2, 1, 0, 0]), Conversation(2, 240, 60, 1), 120.0),
}


@pytest.mark.parametrize("name", CASES)
def test_agrees_with_one_week_at_a_time(name: str) -> None:
    """Service, waits, those who give up and time worked are those of the simulation message by message."""
    volume, people, conversation, patience_s = CASES[name]
    weeks = 400
    line = Called(customers(volume, weeks, patience_s), 40.0)
    present = np.repeat(people[None, :], weeks, axis=0)
    seen = simulate_conversations(line, present, conversation)
    slow = weeks_of(line, present, lambda grid, draws: simulate_chat(grid, conversation, patience_s, draws=draws))
    slow["there_s"] = seen.there_s
    assert agrees(seen, slow, "good", "counted")
    assert agrees(seen, slow, "wait_s", "counted")
    assert agrees(seen, slow, "left", "counted")
    assert agrees(seen, slow, "busy_s", "there_s")
    middle = slice(3, 6)
    assert agrees(seen, slow, "good", "counted", middle)
    assert agrees(seen, slow, "busy_s", "there_s", middle)


def test_people_finish_their_conversations_after_the_shift() -> None:
    """All go home after two hours with full slots: what they work after that is what they would message by message."""
    people, weeks = np.array([4, 4, 4, 4, 4, 4, 4, 4, 0, 0, 0, 0]), 400
    line = Called(customers(np.full(12, 40.0), weeks, 300.0), 40.0)
    present = np.repeat(people[None, :], weeks, axis=0)
    seen = simulate_conversations(line, present, MESSAGING)
    slow = weeks_of(line, present, lambda grid, draws: simulate_chat(grid, MESSAGING, 300.0, draws=draws))
    for number in (8, 9, 10):
        after, before = seen.busy_s[:, number], slow["busy_s"][:, number]
        error = np.hypot(np.std(after), np.std(before)) / np.sqrt(weeks)
        assert before.mean() > 10 * error
        assert abs(after.mean() - before.mean()) <= 3.5 * error
    assert not seen.good[:, 8:].any()


def test_the_time_to_reply_is_that_of_the_messages() -> None:
    """Over a day with quiet and busy hours the mean time to reply is that message by message."""
    volume, people, conversation, patience_s = CASES["messaging"]
    volume, people = (np.concatenate([each, np.zeros(10, dtype=each.dtype)]) for each in (volume, people))  # all finish
    weeks = 400
    line = Called(customers(volume, weeks, patience_s), 40.0)
    seen = simulate_conversations(line, np.repeat(people[None, :], weeks, axis=0), conversation)
    grids = (Grid(900.0, volume, people) for _ in range(weeks))
    logs = [simulate_chat(g, conversation, patience_s, draws=Draws(9, "chat", n)) for n, g in enumerate(grids)]
    slow = np.array([log.response_s for log in logs])
    each = seen.response_s.sum(axis=1) / seen.messages.sum(axis=1)
    error = np.hypot(np.std(slow), np.std(each)) / np.sqrt(weeks)
    assert abs(each.mean() - slow.mean()) <= 3.5 * error
    assert error < 0.02 * slow.mean()
    assert seen.messages.sum() == pytest.approx(conversation.touches * (seen.offered - seen.left).sum(), rel=1e-3)


def test_measured_lengths_agree_with_the_formula_and_with_one_week_at_a_time() -> None:
    """The curve of three slots given as measured lengths leads to the service of Erlang A with slots."""
    curve = Curve.from_touches(3, 30, 60, 8)
    exact = erlang_k(10, 0.033 * curve.handle_s, curve, 120.0, 20.0)
    line, present = steady(0.033, 10, 120.0)
    seen = simulate_measured(line, present, curve.session_s)
    assert near(seen.good, seen.counted, float(exact.service_level), 0.001)
    assert near(seen.left, seen.offered, float(exact.abandonment), 0.001)
    slow = weeks_of(
        line, present, lambda grid, draws: simulate_measured_chat(grid, curve.session_s, 120.0, draws=draws)
    )
    slow["there_s"] = seen.there_s
    assert agrees(seen, slow, "busy_s", "there_s")
    assert agrees(seen, slow, "good", "counted")


def test_nobody_there_serves_nobody() -> None:
    """Without agents all customers give up, and nobody works."""
    line = Called(customers(np.full(4, 10.0), 3, 60.0), 40.0)
    seen = simulate_conversations(line, np.zeros((3, 4), dtype=np.int64), CHAT)
    assert not seen.good.any()
    assert not seen.busy_s.any()
    assert np.array_equal(seen.left, seen.offered)
    assert seen.offered.sum() > 0


def test_those_who_do_not_give_up_wait_for_the_morning() -> None:
    """Customers of a night without staff are served when people come, where patience is endless."""
    volume = np.zeros(48)
    volume[20] = 5.0  # at ten in the evening
    people = np.zeros(48, dtype=np.int64)
    people[32:40] = 2
    line = Called(customers(volume, 50, np.inf, 3600.0), 40.0)
    seen = simulate_conversations(line, np.repeat(people[None, :], 50, axis=0), CHAT)
    assert not seen.left.any()
    assert seen.wait_s.sum() / seen.offered.sum() == pytest.approx(11.5 * 3600, rel=0.02)


def test_the_same_draws_give_the_same_bytes() -> None:
    """Twice the same, and one agent more meets the same customers."""
    line = Called(customers(DAY, 20, 120.0), 40.0)
    people = np.repeat(CASES["messaging"][1][None, :], 20, axis=0)
    once, again, more = (simulate_conversations(line, each, CHAT) for each in (people, people, people + 1))
    for field in fields(Seen):
        assert getattr(once, field.name).tobytes() == getattr(again, field.name).tobytes()
    assert np.array_equal(once.offered, more.offered)
    assert more.good.sum() > once.good.sum()


def test_places_are_added_for_people_who_are_not_done() -> None:
    """Staff that swings leaves more people with open conversations than ever are planned: places grow."""
    from optimize.simulation.at_once.closing import closing_of
    from optimize.simulation.at_once.lanes import lanes_of

    people = np.repeat(CASES["staff that swings"][1][None, :], 20, axis=0)
    drawn = customers(np.full(10, 60.0), 20, 600.0)
    desks = Desks(drawn, people, closing_of(MESSAGING), "least-loaded", lanes_of(20, 10, (), 0))
    first = desks.width
    desks.run()
    assert desks.width > first


LARGE = {
    "more places than 1,024": (np.full(4, 1300.0), np.full(4, 1100)),
    "places that become more than 1,024": (np.full(6, 900.0), np.array([700, 100, 700, 100, 700, 700])),
}


@pytest.mark.parametrize("name", LARGE)
def test_a_team_above_a_thousand_agrees_with_one_week_at_a_time(name: str) -> None:
    """Numbers of places need more room, at once or when people who finish late are replaced: service is the same."""
    volume, people = LARGE[name]
    once, weeks = Conversation(1, 1200, 60, 1), 6
    line = Called(customers(volume, weeks, 300.0), 40.0)
    present = np.repeat(people[None, :], weeks, axis=0)
    seen = simulate_conversations(line, present, once)
    slow = weeks_of(line, present, lambda grid, draws: simulate_chat(grid, once, 300.0, draws=draws))
    slow["there_s"] = seen.there_s
    assert agrees(seen, slow, "good", "counted")
    assert agrees(seen, slow, "wait_s", "counted")
    assert agrees(seen, slow, "left", "counted")
    assert agrees(seen, slow, "busy_s", "there_s")


@pytest.mark.parametrize(("people", "places"), [(1022, 1024), (1023, 2048), (65_534, 65_536)])
def test_there_are_places_for_everybody(people: int, places: int) -> None:
    """Two more than people, and as many numbers as the next power of two."""
    from optimize.simulation.at_once.closing import closing_of
    from optimize.simulation.at_once.lanes import lanes_of

    drawn, present = customers([1.0], 1), np.array([[people]])
    desks = Desks(drawn, present, closing_of(CHAT), "least-loaded", lanes_of(1, 1, (), 0))
    assert (desks.width, desks.places) == (people + 2, places)
    assert ((desks.load & (desks.places - 1)) == np.arange(desks.width)).all()


def test_a_team_too_large_to_simulate_is_told() -> None:
    """Rather than people whose numbers are those of others."""
    line = Called(customers([1.0], 1), 40.0)
    with pytest.raises(DataError, match="people with conversations: more than 65,536 in one team cannot be simulated"):
        simulate_conversations(line, np.array([[65_535]]), CHAT)


@pytest.mark.parametrize(
    ("volume", "opens"),
    [([0, 0, 3, 5, 2, 0], 2), ([3, 5, 2, 0, 0, 1], 5), ([4, 4, 1, 4], 3), ([0, 0, 0], 0), ([2, 0, 2, 0, 0], 0)],
)
def test_lanes_begin_after_the_longest_quiet_time(volume: list[int], opens: int) -> None:
    """The quiet time may go on after midnight; without any, the day begins at midnight."""
    assert _opening(np.array(volume, dtype=float)) == opens


def test_days_side_by_side_are_those_of_the_week() -> None:
    """A chat that never closes: four days cut into lanes give the service of whole weeks."""
    volume = np.tile(np.repeat([6.0, 30.0, 60.0, 24.0], 6), 4)
    people = np.repeat(np.tile(np.repeat([1, 2, 4, 2], 6), 4)[None, :], 60, axis=0)
    cut = simulate_conversations(Called(customers(volume, 60, 240.0, 3600.0), 40.0), people, CHAT)
    slow = weeks_of(
        Called(customers(volume, 60, 240.0, 3600.0), 40.0),
        people,
        lambda grid, draws: simulate_chat(grid, CHAT, 240.0, draws=draws),
    )
    slow["there_s"] = cut.there_s
    assert agrees(cut, slow, "good", "counted")
    assert agrees(cut, slow, "busy_s", "there_s")
    for day in range(4):
        assert agrees(cut, slow, "good", "counted", slice(24 * day, 24 * day + 4))


def test_times_to_think_are_exponential() -> None:
    """Another law of thinking is refused with a sentence."""
    line = Called(customers(DAY, 2, 120.0), 40.0)
    with pytest.raises(DataError, match=r"think_cv: must be 1 \(exponential\) for many weeks at once, got 0.5"):
        simulate_conversations(line, np.ones((2, 10), dtype=np.int64), Conversation(3, 30, 60, 8, think_cv=0.5))


@settings(max_examples=25, deadline=None)
@given(
    volume=st.lists(st.floats(0, 30), min_size=1, max_size=6),
    people=st.lists(st.integers(0, 4), min_size=6, max_size=6),
    slots=st.integers(1, 4),
    touches=st.floats(1, 6),
    patience_s=st.sampled_from([20.0, 600.0, np.inf]),
    definition=st.sampled_from(["offered", "answered", "abandon-ok", "exclude-short"]),
)
def test_counts_are_counts(volume, people, slots, touches, patience_s, definition) -> None:
    """Waits are never negative, no more are good than counted, and those who give up have come."""
    line = Called(customers(volume, 3, patience_s), 30.0, definition)
    present = np.repeat(np.array(people[: len(volume)])[None, :], 3, axis=0)
    seen = simulate_conversations(line, present, Conversation(slots, 30, 60, touches))
    assert (seen.wait_s >= 0).all()
    assert (seen.good <= seen.counted).all()
    assert (seen.counted <= seen.offered).all()
    assert (seen.left <= seen.offered).all()
    assert (seen.busy_s >= 0).all()
    assert (seen.offered.sum(axis=1) == np.isfinite(line.customers.at).sum(axis=1)).all()
