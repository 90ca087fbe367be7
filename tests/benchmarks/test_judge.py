"""The judge of plans: exact queues, cases by hand, absence of nobody and of everybody."""

from __future__ import annotations

import csv
import json
from datetime import datetime
from math import exp, factorial
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from benchmarks.centres.judge import judge
from benchmarks.centres.judging.backlog import work_off
from benchmarks.centres.judging.centre import FOREVER, Centre, Duty, Line
from benchmarks.centres.judging.customers import Contact, contacts_of
from benchmarks.centres.judging.floor import Floor
from benchmarks.centres.judging.reading import NotJudgedError, read, seconds, worked
from benchmarks.centres.judging.seats import CALLS, Stint, stints_of

HOUR = 3600.0
SIZE = 24 * 7


def line(name: str = "a", *, calls: float = 120.0, **more) -> Line:
    return Line(
        **{
            "name": name,
            "kind": "synchronous",
            "share": 0.8,
            "within_s": 20.0,
            "volume": (calls,) * SIZE,
            "aht_s": (120.0,) * SIZE,
            "day_cv": (0.0,) * 7,
        }
        | more
    )  # type: ignore[arg-type]


def centre(lines: tuple[Line, ...], people: int, absence: float = 0.0) -> Centre:
    everything = frozenset(each.name for each in lines)
    duties = tuple(Duty(f"p{number:02d}", everything, ((0.0, SIZE * HOUR),)) for number in range(people))
    staffed = {lines[0].name: (float(people),) * SIZE} | {each.name: (0.0,) * SIZE for each in lines[1:]}
    day = tuple(hour // 24 for hour in range(SIZE))
    return Centre(HOUR, day, tuple(f"day {number}" for number in range(7)), lines, duties, staffed, absence)


def erlang_c(load: float, agents: int, aht_s: float, within_s: float) -> float:
    top = load**agents / factorial(agents) * agents / (agents - load)
    wait = top / (sum(load**k / factorial(k) for k in range(agents)) + top)
    return 1 - wait * exp(-(agents - load) * within_s / aht_s)


def erlang_a(load: float, agents: int, aht_s: float, patience_s: float, within_s: float) -> float:
    """Share answered in time of all who come, by the states of the queue one after the other.

    Who finds `k` waiting is answered when `k + 1` have left, at rates that fall by one customer's impatience a step; the
    chance of that within the time while still patient is integrated numerically over the wait.
    """
    rate, serve, leave = load / aht_s, 1 / aht_s, 1 / patience_s
    weights = [load**k / factorial(k) for k in range(agents + 1)]
    for waiting in range(1, 200):
        weights.append(weights[-1] * rate / (agents * serve + waiting * leave))
    chance = np.array(weights) / sum(weights)
    moments = np.linspace(0, within_s, 4001)
    good = float(chance[:agents].sum())
    for ahead in range(199 - 1):
        steps = agents * serve + leave * np.arange(
            ahead + 1
        )  # `ahead` others may leave; one's own patience comes apart
        state = np.zeros(ahead + 1)
        state[-1] = 1.0
        if chance[agents + ahead] < 1e-9:
            break
        density = []
        span = moments[1] - moments[0]
        for moment in moments:
            density.append(state[0] * steps[0] * exp(-leave * moment))
            flow = state * steps
            state = state + span * (np.append(flow[1:], 0.0) - flow)
        good += chance[agents + ahead] * float(np.trapezoid(density, moments))
    return good


@pytest.mark.parametrize("agents", [5, 6])
def test_one_line_without_patience_is_erlang_c(agents: int) -> None:
    """4 Erlang: the share within 20 s is the formula's, within a point over six weeks of 20,000 calls."""
    found = judge(centre((line(),), agents), 6, 1)[-1]
    assert found.span == "week"
    assert found.share == pytest.approx(erlang_c(4.0, agents, 120.0, 20.0), abs=0.01)


def test_one_line_with_patience_is_erlang_a() -> None:
    """5 Erlang and 5 people, who wait a minute: the share within 20 s is the chain's, within a point."""
    queue = line(calls=150.0, patience_s=60.0)
    exact = erlang_a(5.0, 5, 120.0, 60.0, 20.0)
    assert judge(centre((queue,), 5), 6, 2)[-1].share == pytest.approx(exact, abs=0.01)


def test_people_of_two_lines_by_hand() -> None:
    """Who knows both takes the urgent line first; a specialist spares them; a wait ends when patience does."""
    urgent, other = line("urgent"), line("other")
    floor = Floor((urgent, other), HOUR, Random(1))
    floor.join(frozenset({"urgent", "other"}), [Stint(0.0, HOUR, CALLS)], HOUR)
    floor.join(frozenset({"urgent"}), [Stint(0.0, HOUR, CALLS)], HOUR)
    first = Contact(urgent, 1.0, 10.0, FOREVER)  # the specialist, until 11
    second = Contact(urgent, 2.0, 30.0, FOREVER)  # the generalist, until 32
    waits = Contact(other, 3.0, 10.0, FOREVER)  # nobody: the specialist does not know it
    gives_up = Contact(other, 4.0, 10.0, 20.0)
    third = Contact(urgent, 5.0, 100.0, FOREVER)  # the specialist at 11, until 111
    fourth = Contact(urgent, 30.0, 10.0, FOREVER)  # the generalist at 32, before the other line, until 42
    for contact in (first, second, waits, gives_up, third, fourth):
        floor.expect(contact)
    floor.run()
    assert [each.wait_s for each in (first, second, third, fourth)] == [0.0, 0.0, 6.0, 2.0]
    assert waits.wait_s == 39.0
    assert gives_up.wait_s is None
    assert not waits.in_time


def test_a_break_that_begins_late_has_its_whole_length() -> None:
    """A call from 50 to 80 takes the break from 60 to 120 to 80 to 140: who comes at 100 waits 40 seconds."""
    queue = line()
    floor = Floor((queue,), HOUR, Random(1))
    floor.join(frozenset({"a"}), [Stint(0.0, 60.0, CALLS), Stint(120.0, HOUR, CALLS)], HOUR)
    calls = [Contact(queue, 50.0, 30.0, FOREVER), Contact(queue, 100.0, 10.0, FOREVER)]
    for call in calls:
        floor.expect(call)
    floor.run()
    assert [call.wait_s for call in calls] == [0.0, 40.0]


def test_a_call_longer_than_the_break_is_followed_by_the_break() -> None:
    """A call from 50 to 200 over a break from 60 to 120: back at 260, not before."""
    queue = line()
    floor = Floor((queue,), HOUR, Random(1))
    floor.join(frozenset({"a"}), [Stint(0.0, 60.0, CALLS), Stint(120.0, HOUR, CALLS)], HOUR)
    calls = [Contact(queue, 50.0, 150.0, FOREVER), Contact(queue, 100.0, 10.0, FOREVER)]
    for call in calls:
        floor.expect(call)
    floor.run()
    assert [call.wait_s for call in calls] == [0.0, 160.0]


def test_nobody_absent_and_everybody_absent() -> None:
    """With absence 0 plenty of people answer everything, with absence 1 nobody answers anything."""
    queue = line(patience_s=60.0)
    there, away = (judge(centre((queue,), 30, absence), 2, 1)[-1] for absence in (0.0, 1.0))
    assert (there.share, there.probability) == (1.0, 1.0)
    assert (away.share, away.probability) == (0.0, 0.0)


def test_half_absent_is_a_binomial_number_of_people() -> None:
    """One of two people there a day, with half absent: a quarter of the days has nobody, who then answers nothing."""
    queue = line(calls=1.0, aht_s=(0.001,) * SIZE, patience_s=1.0)
    two = centre((queue,), 2)
    daily = tuple(
        Duty(f"p{number}", frozenset({"a"}), ((day * 24 * HOUR, (day + 1) * 24 * HOUR),))
        for number in range(2)
        for day in range(7)
    )
    half = Centre(HOUR, two.day, two.dates, (queue,), daily, two.staffed, 0.5)
    found = judge(half, 150, 3)[-1]
    assert found.share == pytest.approx(0.75, abs=3 * np.sqrt(0.75 * 0.25 / (150 * 7)))


def test_conversations_take_slots_and_messages_come_one_by_one() -> None:
    """Two slots: the third customer waits for the end of a conversation, however quick the replies are."""
    chat = line("chat", kind="concurrent", slots=2, touch_s=1e-9, think_s=1e-9, aht_s=())
    floor = Floor((chat,), HOUR, Random(1))
    floor.join(frozenset({"chat"}), [Stint(0.0, HOUR, "chat")], HOUR)
    made = [Contact(chat, moment, 0.0, FOREVER, messages) for moment, messages in ((1.0, 5), (2.0, 5), (3.0, 5))]
    slow = line("chat", kind="concurrent", slots=2, touch_s=10.0, think_s=1e9, aht_s=())
    for contact in made:
        floor.expect(contact)
    floor.run()
    assert all(each.wait_s == 0.0 for each in made)  # each is over at once
    floor = Floor((slow,), HOUR, Random(1))
    floor.join(frozenset({"chat"}), [Stint(0.0, HOUR, "chat")], HOUR)
    made = [Contact(slow, moment, 0.0, FOREVER, messages) for moment, messages in ((1.0, 2), (2.0, 2), (3.0, 1))]
    for contact in made:
        floor.expect(contact)
    floor.run()
    assert made[0].wait_s == made[1].wait_s == 0.0
    assert made[2].wait_s is not None
    assert made[2].wait_s > 1e5  # customers think for years


def test_one_slot_without_thinking_is_erlang_c() -> None:
    """A conversation of one message with one slot is a call: 4 Erlang, 6 people."""
    chat = line("a", kind="concurrent", slots=1, touch_s=120.0, think_s=1.0, aht_s=())
    found = judge(centre((chat,), 6), 4, 4)[-1]
    assert found.share == pytest.approx(erlang_c(4.0, 6, 120.0, 20.0), abs=0.015)


def test_work_that_waits_is_worked_off_by_hand() -> None:
    """1 h, 2 h and 1 h of work at 0, 0 and 5 h; one person, none in the second hour, two from the fourth on."""
    mail = line(kind="deferrable")
    contacts = [Contact(mail, moment * HOUR, hours * HOUR, FOREVER) for moment, hours in ((0, 1), (0, 2), (5, 1))]
    people = [1, 0, 1, 2] + [2] * (SIZE - 4)
    assert work_off(centre((mail,), 1), contacts, people) == [1.0 * HOUR, 3.5 * HOUR, 5.5 * HOUR]


def test_everybody_sits_where_the_coverage_counts_them() -> None:
    """One at chat, one at calls: who knows both moves over where nobody else knows the other channel."""
    chat, calls = line("chat", kind="concurrent", aht_s=()), line("calls")
    duties = (
        Duty("both", frozenset({"chat", "calls"}), ((0.0, SIZE * HOUR),)),
        Duty("chat only", frozenset({"chat"}), ((0.0, SIZE * HOUR),)),
    )
    staffed = {"chat": (1.0,) * SIZE, "calls": (1.0,) * SIZE}
    made = Centre(HOUR, (0,) * SIZE, ("day",), (chat, calls), duties, staffed)
    assert [[stint.place for stint in each] for each in stints_of(made, Random(1))] == [[CALLS], ["chat"]]


def test_days_are_as_busy_as_the_spread_says() -> None:
    """Contacts of a day: mean as expected, variance that of the gamma factor and of chance."""
    queue = line(calls=20.0, day_cv=(0.2,) * 7)
    made = centre((queue,), 1)
    counts = []
    for number in range(300):
        found = contacts_of(made, queue, Random(number))
        counts += np.bincount([int(each.at_s // (24 * HOUR)) for each in found], minlength=7).tolist()
    mean, variance = 480.0, 480.0 + (0.2 * 480.0) ** 2
    assert np.mean(counts) == pytest.approx(mean, abs=3 * np.sqrt(variance / len(counts)))
    assert np.var(counts) == pytest.approx(variance, rel=0.15)


def test_a_shift_is_read_with_its_breaks() -> None:
    """A night shift with a break after midnight: two stretches at work, in moments of the world."""
    row = {"start": "2026-03-09T22:00:00+00:00", "end": "2026-03-10T06:00:00+00:00", "breaks": "01:00-01:30"}
    stretches = worked(row, ZoneInfo("Europe/London"))
    assert [(end - begin).total_seconds() / HOUR for begin, end in stretches] == [3.0, 4.5]
    assert stretches[1][0] == datetime.fromisoformat("2026-03-10T01:30:00+00:00")


@pytest.mark.parametrize(
    ("text", "length"), [("20s", 20), ("1h30m", 5400), ("5min", 300), ("1d", 86400), ("1.5h", 5400)]
)
def test_lengths_of_time_are_read(text: str, length: float) -> None:
    """Units one after the other."""
    assert seconds(text) == length


def test_what_is_not_known_is_not_judged(tmp_path: Path) -> None:
    """Blending and an unreadable time are refused, with the setting."""
    with pytest.raises(NotJudgedError, match="not a length of time"):
        seconds("20 parsecs")
    config = {"channels": {"mail": {"kind": "deferrable", "blend": True}}, "plan": {}}
    (tmp_path / "manifest.json").write_text(json.dumps({"config": config}), encoding="utf-8")
    with pytest.raises(NotJudgedError, match=r"channels\.mail\.blend is not judged"):
        read(tmp_path)


def test_a_run_folder_is_read(tmp_path: Path) -> None:
    """A day with one line and one person from 8 to 10 with a break: its volume, spread and stints."""
    config = {
        "plan": {"timezone": "UTC"},
        "staffing": {"absence": 0.1},
        "channels": {"phone": {"kind": "synchronous", "patience": "2min", "target": {"share": 0.9, "within": "10s"}}},
    }
    (tmp_path / "inputs").mkdir()
    (tmp_path / "manifest.json").write_text(json.dumps({"config": config}), encoding="utf-8")
    starts = [f"2026-03-09T{hour:02d}:00:00+00:00" for hour in range(8, 12)]
    wide = 0.1 * 400 * 2 * 1.2815515655446004  # own spread of 10 %, chance of 400 contacts on top
    edge = (wide**2 + 400 * (2 * 1.2815515655446004) ** 2) ** 0.5 / 2
    tables = {
        "forecast.csv": [
            {"channel": "phone", "start": each, "volume": 400, "q10": 400 - edge, "q90": 400 + edge} for each in starts
        ],
        "requirement.csv": [
            {"channel": "phone", "start": each, "aht_s": 100, "load_erl": 3 * (each != starts[3]), "due": ""}
            for each in starts
        ],
        "coverage.csv": [{"channel": "phone", "start": each, "staffed": int(each in starts[:2])} for each in starts],
        "roster.csv": [{"agent": "p1", "start": starts[0], "end": starts[2], "breaks": "09:00-09:15"}],
        "inputs/agents.csv": [{"agent": "p1", "skills": "phone;other"}],
    }
    for name, rows in tables.items():
        with (tmp_path / name).open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
    found = read(tmp_path)
    assert found.lines[0].volume == (400.0, 400.0, 400.0, 0.0)
    assert found.lines[0].day_cv == (pytest.approx(0.1),)
    assert (found.lines[0].patience_s, found.lines[0].within_s, found.absence) == (120.0, 10.0, 0.1)
    assert found.duties == (Duty("p1", frozenset({"phone"}), ((0.0, HOUR), (1.25 * HOUR, 2 * HOUR))),)
    assert stints_of(found, Random(1)) == [[Stint(0.0, HOUR, CALLS)]]  # with its break the second hour is no whole one
