"""Simulated queues against closed forms, against published simulations, and against each other."""

from __future__ import annotations

import numpy as np
import pytest

from optimize.simulation import (
    Conversation,
    DeferrableWork,
    Draws,
    Grid,
    Group,
    Line,
    Redials,
    simulate_backlog,
    simulate_chat,
    simulate_measured_chat,
    simulate_phone,
    simulate_skills,
)
from optimize.simulation.days import arrivals, busy_seconds, day_factor, durations, present
from optimize.staffing import Curve, erlang_a, erlang_c, erlang_k, erlang_x


def steady(rate_per_s: float, agents: int, hours: int) -> Grid:
    """A grid that never changes."""
    return Grid(3600.0, np.full(hours, rate_per_s * 3600.0), np.full(hours, agents))


def level(seen, within_s: float = 20.0) -> float:
    return float((seen.served & (seen.wait_s <= within_s)).mean())


def near(values: list[float], exact: float, slack: float = 0.0) -> bool:
    """Whether the exact value lies within three and a half standard errors of the replications' mean."""
    error = np.std(values, ddof=1) / np.sqrt(len(values))
    return abs(np.mean(values) - exact) <= 3.5 * error + slack


def test_calls_agree_with_erlang_a() -> None:
    """Service level, abandonment, wait and occupancy of twelve agents lie at the exact Erlang A."""
    runs = [simulate_phone(steady(0.07, 12, 40), 120.0, 60.0, draws=Draws(1, "phone", number)) for number in range(25)]
    exact = erlang_a(12, 8.4, 120.0, 60.0, 20.0)
    assert near([level(run) for run in runs], float(exact.service_level))
    assert near([1 - run.served.mean() for run in runs], float(exact.abandonment))
    assert near([float(run.wait_s.mean()) for run in runs], float(exact.asa_s))
    assert near([run.busy_s.sum() / (12 * 40 * 3600) for run in runs], float(exact.occupancy), 0.002)


def test_endless_patience_is_erlang_c() -> None:
    """With nobody giving up the simulation is Erlang C."""
    runs = [simulate_phone(steady(10 / 180, 13, 60), 180.0, draws=Draws(1, "phone", number)) for number in range(20)]
    exact = erlang_c(13, 10.0, 180.0, 20.0)
    assert near([level(run) for run in runs], float(exact.service_level), 0.002)
    assert all(run.served.all() for run in runs)


def test_late_redials_agree_with_erlang_x() -> None:
    """With half an hour before the next try the fixed point of Erlang X holds: 1.127 attempts a call, 22.5 % given up."""
    runs = [
        simulate_phone(steady(22 / 300, 20, 100), 300.0, 120.0, redials=Redials(0.5), draws=Draws(1, "phone", number))
        for number in range(6)
    ]
    exact = erlang_x(20, 22.0, 300.0, 120.0, 0.5, 20.0)
    assert near([1 - run.served.mean() for run in runs], float(exact.abandonment), 0.003)
    assert np.mean([run.arrival_s.size for run in runs]) / (22 / 300 * 360_000) == pytest.approx(1.127, abs=0.006)


def test_quick_redials_agree_with_another_simulator() -> None:
    """After a minute on average the service level per attempt is .413 +- .0055 (an independent simulator)."""
    runs = [
        simulate_phone(
            steady(22 / 300, 20, 100), 300.0, 120.0, redials=Redials(0.5, 60.0), draws=Draws(1, "phone", number)
        )
        for number in range(8)
    ]
    assert near([level(run) for run in runs], 0.41302, 0.0055)


def test_published_day_of_a_queue_that_starts_empty() -> None:
    """MMC of the contact-centre library of Montreal: .902 of a day's calls in 20 s (95 % interval .900 to .904)."""
    grid = Grid(28_800.0, np.array([4.2 * 480]), np.array([12]))
    runs = [level(simulate_phone(grid, 120.0, draws=Draws(1, "phone", number))) for number in range(150)]
    assert near(runs, 0.902, 0.002)


def test_leavers_finish_their_call_as_in_another_simulator() -> None:
    """Staff of 3 to 12 changing every quarter hour: independent simulations of 40,000 days, by interval of arrival."""
    volume = np.array([0.6, 1.2, 1.9, 2.4, 2.4, 1.6, 1.0, 0.6]) * 15
    grid = Grid(900.0, volume, np.array([3, 6, 9, 12, 10, 8, 5, 3]))
    good, left, came = np.zeros(8), np.zeros(8), np.zeros(8)
    for number in range(3000):
        seen = simulate_phone(grid, 240.0, 180.0, draws=Draws(1, "phone", number))
        at = (seen.arrival_s // 900).astype(int)
        came += np.bincount(at, minlength=8)
        good += np.bincount(at, seen.served & (seen.wait_s <= 20), 8)
        left += np.bincount(at, ~seen.served, 8)
    assert good[1] / came[1] == pytest.approx(0.81593, abs=0.008)
    assert left[3] / came[3] == pytest.approx(0.03835, abs=0.004)
    assert good[6] / came[6] == pytest.approx(0.69793, abs=0.011)


def test_lognormal_patience_agrees_with_another_simulator() -> None:
    """Lognormal patience with a cv of 1.5: service level .601 +- .0056."""
    runs = [
        level(simulate_phone(steady(22 / 300, 20, 100), 300.0, 120.0, patience_cv=1.5, draws=Draws(1, "phone", number)))
        for number in range(8)
    ]
    assert near(runs, 0.601, 0.0056)


@pytest.mark.parametrize(("agents", "slots", "rate", "slack"), [(10, 3, 0.033, 0.006), (3, 3, 0.0093, 0.006)])
def test_messages_agree_with_erlang_k(agents: int, slots: int, rate: float, slack: float) -> None:
    """The slow-down curve comes out of the messages: level, abandonment and reply as Erlang A with slots has them."""
    curve = Curve.from_touches(slots, 30, 60, 8)
    exact = erlang_k(agents, rate * curve.handle_s, curve, 120.0, 20.0)
    runs = [
        simulate_chat(steady(rate, agents, 60), Conversation(slots, 30, 60, 8), 120.0, draws=Draws(1, "chat", number))
        for number in range(8)
    ]
    assert near([level(run) for run in runs], float(exact.service_level), slack)
    assert near([1 - run.served.mean() for run in runs], float(exact.abandonment), slack)
    assert near([run.response_s for run in runs], float(exact.response_s), 0.8)


def test_fullest_first_keeps_customers_waiting_longer() -> None:
    """Ten agents with eight slots: .985 in time and 107 s a reply when spread, .93 and 170 s when packed."""
    grid = steady(0.0396, 10, 60)
    spread = [
        simulate_chat(grid, Conversation(8, 30, 60, 8), 120.0, draws=Draws(1, "chat", number)) for number in range(5)
    ]
    packed = [
        simulate_chat(grid, Conversation(8, 30, 60, 8), 120.0, routing="fullest-first", draws=Draws(1, "chat", number))
        for number in range(5)
    ]
    assert near([level(run) for run in spread], 0.9842, 0.006)
    assert near([run.response_s for run in spread], 108.555, 2.4)
    assert 0.915 < np.mean([level(run) for run in packed]) < 0.955
    assert np.mean([run.response_s for run in packed]) == pytest.approx(170, abs=6)


def test_measured_lengths_agree_with_erlang_k() -> None:
    """The same curve given as measured lengths leads to the same service."""
    curve = Curve.from_touches(3, 30, 60, 8)
    exact = erlang_k(10, 0.033 * curve.handle_s, curve, 120.0, 20.0)
    runs = [
        simulate_measured_chat(steady(0.033, 10, 80), curve.session_s, 120.0, draws=Draws(1, "chat", number))
        for number in range(10)
    ]
    assert near([level(run) for run in runs], float(exact.service_level), 0.006)
    assert near([1 - run.served.mean() for run in runs], float(exact.abandonment), 0.006)


def test_one_slot_and_one_touch_is_a_call() -> None:
    """A conversation of one message with one slot is a call of that length."""
    exact = erlang_a(12, 8.4, 120.0, 60.0, 20.0)
    runs = [
        level(simulate_chat(steady(0.07, 12, 40), Conversation(1, 120, 0, 1), 60.0, draws=Draws(1, "chat", n)))
        for n in range(15)
    ]
    assert near(runs, float(exact.service_level))


def test_one_group_with_one_skill_is_the_phone() -> None:
    """The same streams give the same waits, contact by contact, in both simulators."""
    grid = Grid(900.0, np.array([20.0, 40.0, 30.0, 5.0]), np.array([5, 6, 9, 9]))
    phone = simulate_phone(grid, 200.0, 100.0, draws=Draws(1, "a", 3))
    pooled = simulate_skills(
        900.0, {"a": Line(grid.volume, 200.0, 100.0)}, [Group("g", ("a",), grid.agents)], draws=Draws(1, "skills", 3)
    )
    assert pooled["a"].arrival_s.tolist() == phone.arrival_s.tolist()
    assert pooled["a"].wait_s == pytest.approx(phone.wait_s, abs=1e-9)


def test_equal_channels_pooled_are_one_erlang_a() -> None:
    """Two channels of equal handle time served by people who know both are one queue."""
    ones = np.ones(60)
    good = []
    for number in range(10):
        seen = simulate_skills(
            3600.0, {"a": Line(120 * ones, 180.0, 120.0), "b": Line(60 * ones, 180.0, 120.0)},
            [Group("both", ("a", "b"), np.full(60, 9))], draws=Draws(1, "skills", number),
        )  # fmt: skip
        both = np.concatenate([seen[name].served for name in ("a", "b")])
        good.append(float(1 - both.mean()))
        assert seen["a"].wait_s.mean() < seen["b"].wait_s.mean()  # the first skill is served first
    # whom the agents take first does not change how many customers are there, nor therefore how many give up
    assert near(good, float(erlang_a(9, 9.0, 180.0, 120.0, 20.0).abandonment))


def test_a_flexible_agent_counts_once() -> None:
    """Five people who know both skills do not do the work of five and three: far below the 80 % that eight give."""
    ones = np.ones(300)
    lines = {"a": Line(60 * ones, 180.0), "b": Line(30 * ones, 180.0)}
    apart = [Group("x", ("a",), np.full(300, 5)), Group("y", ("b",), np.full(300, 3))]
    eight = simulate_skills(3600.0, lines, apart)
    five = simulate_skills(3600.0, lines, [Group("z", ("a", "b"), np.full(300, 5))])
    assert level(eight["a"]) > 0.78
    assert level(eight["b"]) > 0.78
    assert level(five["b"]) < 0.6


def test_specialists_are_asked_first_and_priorities_can_say_otherwise() -> None:
    """With priorities turned round the generalists take the calls the specialists had."""
    ones = np.ones(30)
    groups = [Group("special", ("a",), np.full(30, 6)), Group("general", ("a", "b"), np.full(30, 6))]
    lines = {"a": Line(60 * ones, 180.0, 300.0), "b": Line(30 * ones, 180.0, 300.0)}
    usual = simulate_skills(3600.0, lines, groups)
    turned = simulate_skills(3600.0, lines, groups, priorities={"a": ["general", "special"]})
    assert level(usual["b"]) > level(turned["b"])


def test_a_backlog_is_worked_off_in_order_by_hand() -> None:
    """Three contacts of ten minutes at the start, one person from the second hour on: done after 70, 80 and 90 minutes."""
    grid = Grid(3600.0, np.zeros(3), np.array([0, 1, 1]))
    seen = simulate_backlog(grid, DeferrableWork(600.0, opening=3, service_cv=0))
    assert (seen.wait_s / 60).tolist() == pytest.approx([70, 80, 90])
    assert seen.busy_s.tolist() == pytest.approx([0, 1800, 0])


def test_a_backlog_that_outgrows_the_people_is_not_served() -> None:
    """Ten contacts of half an hour for one person and two hours: four are done, six are not."""
    seen = simulate_backlog(
        Grid(3600.0, np.zeros(2), np.array([1, 1])), DeferrableWork(1800.0, opening=10, service_cv=0)
    )
    assert seen.served.tolist() == [True] * 4 + [False] * 6
    assert seen.busy_s.tolist() == pytest.approx([3600, 3600])


def test_work_done_and_left_add_up() -> None:
    """In every interval nobody works more than there are people, and all work done is that of contacts come so far."""
    grid = Grid(900.0, np.array([30.0, 0, 10, 50, 0, 0, 0, 0]), np.array([0, 5, 2, 3, 9, 1, 0, 8]))
    seen = simulate_backlog(grid, DeferrableWork(300.0, opening=4))
    assert (seen.busy_s <= grid.agents * 900 + 1e-6).all()
    late = seen.arrival_s[~seen.served]
    assert not late.size or late.min() >= seen.arrival_s[seen.served].max()


def test_the_same_seed_gives_the_same_customers_whatever_the_staff() -> None:
    """Common random numbers: arrivals do not depend on who is there, and everything is the same twice."""
    few, many = (simulate_phone(steady(0.05, agents, 5), 200.0, 100.0, draws=Draws(4, "phone")) for agents in (8, 14))
    assert few.arrival_s.tolist() == many.arrival_s.tolist()
    assert level(many) >= level(few)
    again = simulate_phone(steady(0.05, 8, 5), 200.0, 100.0, draws=Draws(4, "phone"))
    assert again.wait_s.tolist() == few.wait_s.tolist()
    other = simulate_phone(steady(0.05, 8, 5), 200.0, 100.0, draws=Draws(5, "phone"))
    assert other.arrival_s.tolist() != few.arrival_s.tolist()


def test_every_kind_channel_and_replication_has_a_stream_of_its_own() -> None:
    """Sixteen names of a stream give sixteen different first numbers, and the same name gives the same one again."""
    names = [
        (Draws(seed, channel, number), kind)
        for seed in (1, 2)
        for channel in "ab"
        for number in (0, 1)
        for kind in (0, 1)
    ]
    first = [draws.stream(kind).random() for draws, kind in names]
    assert len(set(first)) == 16
    assert [draws.stream(kind).random() for draws, kind in names] == first
    assert Draws(1, "a", 1).of("b") == Draws(1, "b", 1)


def test_nobody_there_and_nobody_calling_are_ordinary() -> None:
    """No agents: everybody gives up. No calls: nothing happens."""
    alone = simulate_phone(steady(0.01, 0, 2), 100.0, 60.0)
    assert not alone.served.any()
    for quiet in (
        simulate_phone(steady(0.0, 3, 2), 100.0, 60.0),
        simulate_chat(steady(0.0, 3, 2), Conversation(3, 30, 60, 8), 60.0),
    ):
        assert quiet.arrival_s.size == 0
        assert quiet.busy_s.tolist() == [0, 0]


def test_busy_seconds_by_hand() -> None:
    """A call from 50 to 130 in intervals of 60 s: 10, 60 and 10 seconds."""
    assert busy_seconds(np.array([50.0]), np.array([130.0]), 60.0, 4).tolist() == [10, 60, 10, 0]


def test_draws_have_the_moments_they_say() -> None:
    """Means and coefficients of variation of times, days and people who come."""
    rng = Draws(1, "x").stream(0)
    times = durations(rng, 200_000, 90.0, 1.7)
    assert times.mean() == pytest.approx(90, rel=0.02)
    assert times.std() / times.mean() == pytest.approx(1.7, rel=0.05)
    days = day_factor(rng, 100_000, 0.2)
    assert days.mean() == pytest.approx(1, abs=0.003)
    assert days.std() == pytest.approx(0.2, abs=0.005)
    assert day_factor(rng, 3, 0.0).tolist() == [1, 1, 1]
    come = present(rng, np.full(50_000, 10.0), np.arange(50_000), 0.1)
    assert come.mean() == pytest.approx(9, abs=0.02)
    assert come.var() == pytest.approx(0.9, abs=0.03)
    assert present(rng, np.full(20_000, 2.25), np.arange(20_000), 0.0).mean() == pytest.approx(2.25, abs=0.02)
    moments = arrivals(rng, 60.0, np.array([0.0, 1e5]))
    assert ((moments >= 60) & (moments < 120)).all()
