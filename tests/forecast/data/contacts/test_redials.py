"""Redials by caller: by hand, by a plain loop, and against a simulation with callers who call anyway."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from forecast.data.contacts.redials import WEEK_S, measure_redials
from tests.forecast.data.contacts.made import at

DAY_S = 86_400.0


def frame(start, caller, gone, wait=10.0, channel="phone"):
    """Contacts of callers; those who gave up waited for `wait` seconds."""
    return pd.DataFrame(
        {
            "channel": channel,
            "start": at(np.asarray(start, float)),
            "caller": caller,
            "abandoned": np.asarray(gone, float),
            "wait_s": wait,
        }
    )


def test_the_share_and_the_time_are_counted_from_the_moment_of_giving_up():
    """Of 60 who gave up after 10 s, 30 call again 120 s after they called: half, after 110 s."""
    first = np.arange(60) * 3600.0
    again = first[::2] + 120
    start = np.r_[first, again, 30 * DAY_S]
    caller = [f"c{n}" for n in range(60)] + [f"c{n}" for n in range(0, 60, 2)] + ["late"]
    (fact,) = measure_redials(frame(start, caller, [1] * 60 + [0] * 31))
    assert (fact.contacts, fact.share, fact.after_s, fact.by_chance) == (60, 0.5, 110.0, 0.0)
    assert fact.where == "channel phone"


def test_only_the_same_channel_and_a_known_caller_count():
    """A call of the same number to another queue is not a redial, and withheld numbers are many people."""
    start = np.arange(60) * 3600.0
    other = frame(start + 60, [f"c{n}" for n in range(60)], np.zeros(60), channel="orders")
    end = frame([30 * DAY_S], ["late"], [0])
    (fact,) = measure_redials(pd.concat([frame(start, [f"c{n}" for n in range(60)], np.ones(60)), other, end]))
    assert (fact.channel, fact.share, fact.after_s) == ("phone", 0.0, None)
    withheld = frame(start, ["Anonymous", "", None] * 20, np.ones(60))
    assert list(measure_redials(pd.concat([withheld, end]))) == []
    assert list(measure_redials(withheld.drop(columns="caller"))) == []


def test_contacts_whose_window_runs_past_the_end_do_not_count():
    """The log ends 1,000 s after the last of them; 50 of 51 are followed for half an hour."""
    start = np.r_[np.arange(50) * 3600.0, 60 * 3600.0]
    table = pd.concat(
        [frame(start, [f"c{n}" for n in range(51)], np.ones(51)), frame([60 * 3600.0 + 1000], ["x"], [0])]
    )
    (fact,) = measure_redials(table)
    assert (fact.contacts, fact.by_chance) == (50, None)


def test_callers_who_call_anyway_are_seen_as_chance():
    """A third redials; everybody also calls every week at that time with 5 percent: 37 percent against 5."""
    random = np.random.default_rng(6)
    count = 4000
    start = random.uniform(0, 20 * DAY_S, count)
    gone = np.ones(count)
    caller = np.array([f"c{n}" for n in range(count)])
    redial, anyway = random.random(count) < 1 / 3, random.random((2, count)) < 0.05
    parts = [
        frame(start, caller, gone),
        frame((start + 10 + random.exponential(240, count))[redial], caller[redial], np.zeros(redial.sum())),
        frame((start + 900)[anyway[0]], caller[anyway[0]], np.zeros(anyway[0].sum())),
        frame((start + WEEK_S + 900)[anyway[1]], caller[anyway[1]], np.zeros(anyway[1].sum())),
        frame([40 * DAY_S], ["late"], [0]),
    ]
    (fact,) = measure_redials(pd.concat(parts))
    assert fact.share == pytest.approx(1 - 2 / 3 * 0.95, abs=0.02)
    assert fact.by_chance == pytest.approx(0.05, abs=0.01)


def test_a_plain_loop_finds_the_same():
    """Forty callers with a thousand calls of two channels, the next call of each looked up one by one."""
    random = np.random.default_rng(7)
    table = frame(
        np.sort(random.integers(0, 5 * 86_400, 1000)),
        random.choice([f"c{n}" for n in range(40)], 1000),
        random.random(1000) < 0.4,
    )
    table["channel"] = random.choice(["a", "b"], 1000)
    last = table.start.max()
    for fact in measure_redials(table, 3600.0):
        mine = table[table.channel == fact.channel]
        delays = []
        for row in mine[mine.abandoned > 0].itertuples():
            gone = row.start + pd.Timedelta(seconds=row.wait_s)
            if gone + pd.Timedelta(hours=1) <= last:
                later = mine[(mine.caller == row.caller) & (mine.start > gone)].start
                delays.append((later.min() - gone).total_seconds() if len(later) else np.inf)
        near = [delay for delay in delays if delay <= 3600]
        assert fact.contacts == len(delays)
        assert fact.share == pytest.approx(len(near) / len(delays))
        assert fact.after_s == pytest.approx(np.mean(near))
