"""Calls of many weeks at once, against exact queues and against the simulation of one week after another."""

from __future__ import annotations

import numpy as np
import pytest

from optimize.simulation import Draws, Grid, Group, Line, Redials, simulate_phone, simulate_skills
from optimize.simulation.at_once.called import Called
from optimize.simulation.at_once.calls import Crew, simulate_calls
from optimize.simulation.at_once.customers import Demand, draw_customers
from optimize.simulation.intervals import counted
from optimize.staffing import erlang_a, erlang_c, erlang_x

HOUR = 3600.0


def called(name, volume, aht_s, patience_s=np.inf, weeks=40, *, redials=None, interval_s=HOUR, cv=1.0):
    """A channel with the same handle time all week, and no day busier than forecast."""
    volume = np.asarray(volume, dtype=float)
    day = np.arange(volume.size) // 24
    demand = Demand(interval_s, volume, np.full(volume.size, aht_s), day, np.zeros(day[-1] + 1), patience_s, cv)
    customers = draw_customers(demand, Draws(1, name), weeks)
    return Called(customers, 20.0, redials=redials or Redials(), patience_s=patience_s)


def crew(agents, weeks=40, *skills):
    """People at work, the same in every week."""
    return Crew(skills or ("a",), np.tile(np.asarray(agents, dtype=np.int64), (weeks, 1)))


def share(over, under, columns=slice(None)) -> float:
    """Ratio of two sums over weeks and intervals."""
    return float(over[:, columns].sum() / under[:, columns].sum())


@pytest.mark.parametrize(("cuts", "before"), [((), 0), ((24, 48, 72), 4)])
def test_one_queue_agrees_with_erlang_a(cuts, before) -> None:
    """12 agents, 9 Erlang, patience 120 s over 4,000 hours: service level, abandonment, wait and occupancy are exact."""
    seen = simulate_calls({"a": called("a", np.full(100, 180.0), 180.0, 120.0)}, [crew([12] * 100)], cuts, before)["a"]
    exact = erlang_a(12, 9.0, 180.0, 120.0, 20.0)
    assert share(seen.good, seen.counted) == pytest.approx(float(exact.service_level), abs=0.003)
    assert share(seen.left, seen.offered) == pytest.approx(float(exact.abandonment), abs=0.002)
    assert share(seen.wait_s, seen.offered) == pytest.approx(float(exact.asa_s), abs=0.3)
    assert share(seen.busy_s, seen.there_s) == pytest.approx(float(exact.occupancy), abs=0.003)


def test_nobody_gives_up_and_it_is_erlang_c() -> None:
    """12 agents, 9 Erlang, endless patience, from the sixth hour on: 80.9 % within 20 s."""
    seen = simulate_calls({"a": called("a", np.full(100, 180.0), 180.0, weeks=80)}, [crew([12] * 100, 80)])["a"]
    exact = erlang_c(12, 9.0, 180.0, 20.0)
    assert share(seen.good, seen.counted, slice(5, None)) == pytest.approx(float(exact.service_level), abs=0.006)
    assert share(seen.wait_s, seen.offered, slice(5, None)) == pytest.approx(float(exact.asa_s), abs=0.8)
    assert seen.left.sum() == 0.0


@pytest.mark.parametrize(("cuts", "before"), [((), 0), ((12,), 4)])
def test_those_who_call_again_agree_with_erlang_x(cuts, before) -> None:
    """20 agents, 22 Erlang, patience 120 s, half of those who give up call again: abandonment of attempts is exact."""
    line = called("a", np.full(24, 264.0), 300.0, 120.0, 140, redials=Redials(0.5))
    seen = simulate_calls({"a": line}, [crew([20] * 24, 140)], cuts, before)["a"]
    exact = erlang_x(20, 22.0, 300.0, 120.0, 0.5)
    assert share(seen.left, seen.offered, slice(5, 23)) == pytest.approx(float(exact.abandonment), abs=0.004)
    inner = (line.customers.interval >= 5) & (line.customers.interval < 23)
    more = seen.offered[:, 5:23].sum() / inner.sum()
    assert more == pytest.approx(1 / (1 - 0.5 * float(exact.abandonment)), abs=0.008)


def test_shifts_that_change_agree_with_the_simulation_of_one_week_after_another() -> None:
    """Staff up and down by the half hour, calls of eight minutes: service by interval agrees within its error."""
    volume = np.tile([6.0, 12.0, 20.0, 20.0, 9.0, 3.0], 8)
    agents = np.tile([3, 7, 10, 8, 6, 2], 8)
    weeks = 300
    line = called("a", volume, 480.0, 150.0, weeks, interval_s=1800.0)
    seen = simulate_calls({"a": line}, [crew(agents, weeks)])["a"]
    there_s = agents * 1800.0
    one = [
        counted(simulate_phone(Grid(1800.0, volume, agents), 480.0, 150.0, draws=Draws(7, "a", number)), 20.0,
                "offered", 1800.0, there_s)
        for number in range(weeks)
    ]  # fmt: skip
    for what in ("good", "left", "wait_s", "busy_s"):
        mine, theirs = getattr(seen, what), np.array([getattr(each, what) for each in one])
        error = np.sqrt((mine.var(axis=0) + theirs.var(axis=0)) / weeks) + 1e-9
        z = (mine.mean(axis=0) - theirs.mean(axis=0)) / error
        assert np.abs(z).max() < 4.2  # 48 intervals
        assert abs(z.mean()) < 0.6


def team(weeks: int, redial: float = 0.0):
    """Phone and video; specialists of both and people who know both, phone first."""
    redials = Redials(redial, 600.0)
    phone = np.tile([20.0, 40.0, 60.0, 30.0], 12)
    video = np.tile([6.0, 10.0, 14.0, 5.0], 12)
    crews = {
        ("phone",): np.tile([3, 7, 9, 5], 12), ("video",): np.tile([1, 1, 2, 1], 12),
        ("phone", "video"): np.tile([2, 3, 4, 2], 12),
    }  # fmt: skip
    lines = {
        "phone": called("phone", phone, 200.0, 120.0, weeks, redials=redials, interval_s=1800.0),
        "video": called("video", video, 300.0, 180.0, weeks, redials=redials, interval_s=1800.0),
    }
    return phone, video, crews, lines, redials


@pytest.mark.parametrize("redial", [0.0, 0.4])
def test_people_of_several_skills_agree_with_the_simulation_of_one_week_after_another(redial) -> None:
    """Two channels, three groups, priority to the phone: all measures of both channels agree within their error."""
    weeks = 150
    phone, video, crews, lines, redials = team(weeks, redial)
    seen = simulate_calls(lines, [crew(people, weeks, *skills) for skills, people in crews.items()], (24,), 8)
    groups = [Group("+".join(skills), skills, people) for skills, people in crews.items()]
    asked = {
        "phone": Line(phone, 200.0, 120.0, redials),
        "video": Line(video, 300.0, 180.0, redials),
    }
    one = [simulate_skills(1800.0, asked, groups, draws=Draws(5, "skills", number)) for number in range(weeks)]
    there_s = np.sum(list(crews.values()), axis=0) * 1800.0
    for name in ("phone", "video"):
        rows = [counted(each[name], 20.0, "offered", 1800.0, there_s) for each in one]
        for what in ("good", "offered", "left", "wait_s"):
            mine = getattr(seen[name], what).sum(axis=1)
            theirs = np.array([getattr(row, what).sum() for row in rows])
            error = np.sqrt((mine.var() + theirs.var()) / weeks)
            assert abs(mine.mean() - theirs.mean()) < 3.5 * error, (name, what)
    busy = np.array([sum(each[name].busy_s.sum() for name in asked) for each in one])
    error = np.sqrt((busy.var() + seen["phone"].busy_s.sum(axis=1).var()) / weeks)
    assert abs(seen["phone"].busy_s.sum(axis=1).mean() - busy.mean()) < 3.5 * error


def test_nobody_is_counted_twice() -> None:
    """Two channels of 6 and 3 Erlang and twelve people who know both: their abandonment is Erlang A's of 9 Erlang."""
    lines = {
        "a": called("a", np.full(100, 120.0), 180.0, 120.0),
        "b": called("b", np.full(100, 60.0), 180.0, 120.0),
    }
    seen = simulate_calls(lines, [crew([12] * 100, 40, "a", "b")])
    lost = (seen["a"].left.sum() + seen["b"].left.sum()) / (seen["a"].offered.sum() + seen["b"].offered.sum())
    assert lost == pytest.approx(float(erlang_a(12, 9.0, 180.0, 120.0).abandonment), abs=0.002)
    assert (seen["a"].busy_s <= seen["a"].there_s + 1e-6).all()
    assert share(seen["a"].wait_s, seen["a"].offered) < share(seen["b"].wait_s, seen["b"].offered)


def test_priority_turned_round_turns_the_waits_round() -> None:
    """The same people with the other channel at the front: that one waits less."""
    lines = {name: called(name, np.full(48, 90.0), 180.0, 120.0) for name in ("a", "b")}
    for first, second in (("a", "b"), ("b", "a")):
        seen = simulate_calls(lines, [crew([9] * 48, 40, first, second)])
        assert share(seen[first].wait_s, seen[first].offered) < 0.75 * share(seen[second].wait_s, seen[second].offered)


def test_a_call_is_finished_after_the_end_of_the_shift_and_taken_by_nobody_then() -> None:
    """One agent for one hour, calls of exactly an hour, who came in it: a call is answered at most once, and ends later."""
    line = called("a", [1.0, 0.0, 0.0], HOUR, weeks=200, cv=0.0)
    seen = simulate_calls({"a": line}, [crew([1, 0, 0], 200)])["a"]
    answered = seen.busy_s.sum(axis=1) / HOUR
    came = seen.offered.sum(axis=1)
    assert np.allclose(answered, np.minimum(came, 1))
    begun = came > 0
    assert (seen.busy_s[begun, 1] > 0).all()
    first = line.customers.at[begun, 0]
    assert np.allclose(seen.busy_s[begun, 1], first, atol=1e-2)  # begun at t, it ends at one hour + t


def test_without_people_everybody_gives_up_and_a_closed_day_has_no_calls() -> None:
    """No staff on the first day, no volume on the second: all lost, then nothing at all."""
    volume = np.repeat([30.0, 0.0, 30.0], 24)
    agents = np.repeat([0, 0, 6], 24)
    for cuts, before in (((), 0), ((24, 48), 4)):
        seen = simulate_calls({"a": called("a", volume, 300.0, 60.0)}, [crew(agents)], cuts, before)["a"]
        assert share(seen.left, seen.offered, slice(0, 24)) > 0.999  # the last minute of the day may be lucky
        assert seen.offered[:, 24:48].sum() == seen.busy_s[:, 1:24].sum() == 0.0
        assert share(seen.good, seen.counted, slice(48, 72)) > 0.9


def test_an_overloaded_night_is_not_forgotten_at_the_cut() -> None:
    """Endless patience and half the people needed: the queue of the first day is there on the second, cut or not."""
    line = called("a", np.full(48, 20.0), 600.0, weeks=20)
    people = [crew([2] * 24 + [6] * 24, 20)]
    whole = simulate_calls({"a": line}, people)["a"]
    cut = simulate_calls({"a": line}, people, (24,), 4)["a"]
    assert np.allclose(whole.wait_s, cut.wait_s)
    assert share(whole.wait_s, whole.offered, slice(24, 28)) > HOUR


def test_whole_weeks_and_days_side_by_side_see_the_same() -> None:
    """A day cut at a quiet hour and begun four hours early agrees with the whole week to a thousandth."""
    volume = np.tile(np.r_[np.full(6, 6.0), np.full(18, 60.0)], 4)
    agents = np.tile(np.r_[np.full(6, 3), np.full(18, 9)], 4)
    line = called("a", volume, 400.0, 120.0)
    whole = simulate_calls({"a": line}, [crew(agents)])["a"]
    cut = simulate_calls({"a": line}, [crew(agents)], (28, 52, 76), 4)["a"]
    assert cut.offered.tolist() == whole.offered.tolist()
    assert share(cut.good, cut.counted) == pytest.approx(share(whole.good, whole.counted), abs=1e-3)
    assert share(cut.left, cut.offered) == pytest.approx(share(whole.left, whole.offered), abs=1e-3)


def test_each_of_a_large_team_takes_one_call() -> None:
    """By hand: 1,500 people and calls of 100 hours, about 1,700 of them in an hour: the first 1,500 do not wait."""
    seen = simulate_calls({"a": called("a", [1700.0, 0.0], 360_000.0, weeks=2, cv=0.0)}, [crew([1500, 1500], 2)])["a"]
    assert (seen.offered.sum(axis=1) > 1500).all()
    assert seen.good.sum(axis=1).tolist() == [1500.0, 1500.0]
