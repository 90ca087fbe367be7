"""Contacts counted by interval: by hand, by a plain loop, and as a law on every clock."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from datetime import date
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from configs.errors import DataError
from configs.tables import HISTORY, check
from forecast.data.contacts.clock import LocalIntervals
from forecast.data.contacts.intervals import count_contacts
from tests.forecast.data.contacts.made import contacts

CALLS = [
    {
        "start": "2026-01-05 08:05",
        "answered": "2026-01-05 08:06",
        "aht_s": 600.0,
        "abandoned": 0.0,
        "end": "2026-01-05 08:16",
    },
    {
        "start": "2026-01-05 08:14",
        "answered": "2026-01-05 08:14",
        "aht_s": 1800.0,
        "abandoned": 0.0,
        "end": "2026-01-05 08:44",
    },
    {"start": "2026-01-05 08:20", "answered": None, "aht_s": None, "abandoned": 1.0, "end": "2026-01-05 08:22"},
    {
        "start": "2026-01-05 08:50",
        "answered": "2026-01-05 08:50",
        "aht_s": 60.0,
        "abandoned": 0.0,
        "end": "2026-01-05 08:51",
    },
]


def rows(table, column):
    """A column by local interval start, as a list."""
    return table[column].tolist()


def test_by_arrival_a_contact_counts_whole_where_it_came():
    """Two calls, one given up, none, one: means are over those handled, waits over all, and the empty interval is zero."""
    found = count_contacts(contacts(CALLS, channel="phone"), 15, "UTC").rows
    assert rows(found, "volume") == [2, 1, 0, 1]
    assert rows(found, "handled") == [2, 0, 0, 1]
    assert rows(found, "abandoned") == [0, 1, 0, 0]
    np.testing.assert_equal(rows(found, "aht_s"), [1200, math.nan, math.nan, 60])
    np.testing.assert_equal(rows(found, "wait_s"), [30, 120, math.nan, 0])
    assert list(found.columns) == ["channel", "start", "volume", "handled", "aht_s", "abandoned", "wait_s"]
    check(found, HISTORY)


def test_by_end_a_contact_counts_whole_where_it_ended():
    """08:16, 08:44, 08:22, 08:51: nothing ended before 08:15, where the intervals begin."""
    made = count_contacts(contacts(CALLS, channel="phone"), 15, "UTC", "end")
    assert rows(made.rows, "volume") == [2, 1, 1]
    assert rows(made.rows, "aht_s") == [600, 1800, 60]
    assert made.fact.first.hour == 8
    assert made.fact.first.minute == 15


def test_spread_shares_the_handle_time_over_the_intervals_worked():
    """540 s of 600 and 60 s of 1,800 lie before 08:15; handled times mean is the time worked, and totals stay."""
    found = count_contacts(contacts(CALLS, channel="phone"), 15, "UTC", "spread").rows
    assert rows(found, "volume") == [2, 1, 0, 1]
    assert rows(found, "handled") == pytest.approx([0.9 + 1 / 30, 0.1 + 0.5, 1 - 1 / 30 - 0.5, 1])
    assert (found.handled * found.aht_s).tolist() == pytest.approx([600, 60 + 900, 840, 60])
    assert found.handled.sum() == pytest.approx(3)
    assert rows(found, "abandoned") == [0, 1, 0, 0]


def test_work_after_the_observed_intervals_is_left_out_and_said():
    """The last call runs 20 minutes into intervals whose arrivals are unknown."""
    late = [CALLS[0], {**CALLS[3], "aht_s": 1800.0, "end": None}]
    made = count_contacts(contacts(late, channel="phone"), 15, "UTC", "spread")
    assert made.fact.outside_h == pytest.approx(1200 / 3600)
    assert (made.rows.handled * made.rows.aht_s).sum() == pytest.approx(600 + 600)


def test_a_contact_without_an_end_is_not_counted_by_end_and_said():
    """A ticket still open has no interval in which it ended."""
    made = count_contacts(
        contacts([*CALLS, {"start": "2026-01-05 08:30", "end": None}], channel="mail"), 15, "UTC", "end"
    )
    assert made.rows.volume.sum() == 4
    assert made.fact.not_ended == 1


def test_a_day_without_any_contact_is_unknown_unless_it_is_said_to_be_zero():
    """Tuesday has nothing of either channel; on Wednesday chat alone came, so phone is known to have none."""
    table = contacts(
        [
            {"start": "2026-01-05 10:00", "channel": "phone"},
            {"start": "2026-01-07 11:00", "channel": "chat"},
            {"start": "2026-01-08 09:00", "channel": "phone"},
        ]
    )
    made = count_contacts(table, 60, "UTC")
    days = made.rows.groupby([made.rows.channel, made.rows.start.dt.day]).size()
    assert days.to_dict() == {
        ("chat", 5): 14, ("chat", 7): 24, ("chat", 8): 10, ("phone", 5): 14, ("phone", 7): 24, ("phone", 8): 10,
    }  # fmt: skip
    assert made.fact.quiet == (date(2026, 1, 6),)
    zero = count_contacts(table, 60, "UTC", quiet_days="zero")
    assert len(zero.rows) == 2 * (14 + 24 + 24 + 10)
    assert zero.fact.quiet == (date(2026, 1, 6),)
    assert zero.fact.quiet_are_zero


def test_nothing_is_known_before_the_first_and_after_the_last_contact():
    """An export drawn at noon says nothing about the afternoon."""
    made = count_contacts(contacts([{"start": "2026-01-05 08:59:59"}, {"start": "2026-01-05 12:00"}]), 60, "UTC")
    assert made.rows.start.dt.hour.tolist() == [8, 9, 10, 11, 12]
    assert made.rows.channel.unique().tolist() == [""]


def test_an_hour_that_comes_twice_is_counted_twice():
    """London, 25 October 2026: half past one before and after the clock goes back are two intervals."""
    table = contacts([{"start": "2026-10-25 00:30"}, {"start": "2026-10-25 01:30"}, {"start": "2026-10-25 01:40"}])
    found = count_contacts(table, 60, "Europe/London").rows
    assert rows(found, "volume") == [1, 2]


def test_intervals_begin_on_the_local_clock_of_a_zone_part_of_an_hour_off():
    """India is five and a half hours ahead: 08:40 there is 03:10 UTC, in the hour from 02:30 UTC."""
    found = count_contacts(contacts([{"start": "2026-01-05 03:10"}]), 60, "Asia/Kolkata").rows
    assert found.start.tolist() == [pd.Timestamp("2026-01-05 02:30", tz="UTC")]


def test_a_change_of_half_an_hour_leaves_no_moment_without_an_interval():
    """Lord Howe, 5 April 2026: the clock goes back from 02:00 to 01:30; the hour from 01:00 lasts 90 minutes."""
    day = LocalIntervals(
        pd.Timestamp("2026-04-04 13:00", tz="UTC").timestamp(),
        pd.Timestamp("2026-04-04 17:00", tz="UTC").timestamp(), 60, "Australia/Lord_Howe",
    )  # fmt: skip
    assert [f"{day.local(n):%H:%M}" for n in range(4)] == ["00:00", "01:00", "02:00", "03:00"]
    assert np.diff(day.edges_s).tolist()[:3] == [3600, 5400, 3600]


@pytest.mark.parametrize(
    ("rows_", "words"),
    [
        ([], "holds no contacts"),
        (
            [{"start": "2026-01-05 08:00", "end": "2026-01-05 07:00"}],
            "end is 2026-01-05 07:00:00 UTC, before the arrival at 08:00:00; 1 of 1 contacts are like this; check the columns and their time zone",
        ),
        ([{"start": "2026-01-05 08:00", "answered": "2026-01-05 07:59"}], "answered is 2026-01-05 07:59:00 UTC"),
    ],
)
def test_what_cannot_be_counted_is_refused_in_a_sentence(rows_, words):
    """No contacts, and contacts that end or are answered before they arrive."""
    table = contacts(rows_) if rows_ else contacts([{"start": "2026-01-05"}]).iloc[:0]
    with pytest.raises(DataError, match=r"log\.csv") as error:
        count_contacts(table, 15, "UTC", label="log.csv")
    assert words in str(error.value)


def test_no_ends_at_all_is_a_fault_of_the_setting():
    """The remedy is the setting that needs no ends."""
    with pytest.raises(DataError, match=r'none of its 1 contacts has an end, .* set counting = "arrival"'):
        count_contacts(contacts([{"start": "2026-01-05", "end": None}]), 15, "UTC", "end")


def test_rows_in_another_order_give_the_same_history():
    """Only what came when counts."""
    table = contacts(CALLS, channel="phone")
    for counting in ("arrival", "end", "spread"):
        one, other = (count_contacts(each, 15, "UTC", counting).rows for each in (table, table.iloc[::-1]))
        pd.testing.assert_frame_equal(one, other)


ZONES = (
    "Europe/London",
    "America/New_York",
    "Asia/Kolkata",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
    "America/St_Johns",
    "Pacific/Apia",
)
CHANGES = ("2026-03-29", "2026-10-25", "2026-03-08", "2026-11-01", "2026-04-04", "2026-10-03", "2011-12-29")


@st.composite
def logs(draw):
    """Contacts around a clock change of some zone, three channels, some handled and some not."""
    begin = pd.Timestamp(draw(st.sampled_from(CHANGES)), tz="UTC").timestamp()
    count = draw(st.integers(1, 40))
    numbers = st.lists(st.integers(0, 3 * 86_400), min_size=count, max_size=count)
    start = begin + np.array(draw(numbers), float)
    wait = np.array(draw(st.lists(st.integers(0, 900), min_size=count, max_size=count)), float)
    aht = np.array(draw(st.lists(st.integers(0, 20_000), min_size=count, max_size=count)), float)
    gone = np.array(draw(st.lists(st.booleans(), min_size=count, max_size=count)))

    def moment(seconds):
        return pd.Series(pd.to_datetime(seconds, unit="s", utc=True)).dt.as_unit("us")

    return pd.DataFrame(
        {
            "channel": draw(st.lists(st.sampled_from(["a", "b", "c"]), min_size=count, max_size=count)),
            "start": moment(start),
            "answered": moment(np.where(gone, np.nan, start + wait)),
            "end": moment(start + wait + np.where(gone, 0.0, aht)),
            "aht_s": np.where(gone, np.nan, aht),
            "abandoned": gone.astype(float),
        }
    )


@settings(max_examples=150, deadline=None)
@given(
    table=logs(),
    zone=st.sampled_from(ZONES),
    interval=st.sampled_from([5, 15, 20, 30, 60]),
    counting=st.sampled_from(["arrival", "end", "spread"]),
)
def test_every_contact_is_counted_once_on_any_clock(table, zone, interval, counting):
    """Totals of contacts, of handled ones and of their time are those of the source; every start is on the clock."""
    made = count_contacts(table, interval, zone, counting)
    local = made.rows.start.dt.tz_convert(zone).dt
    assert made.rows.volume.sum() == len(table)
    assert made.rows.abandoned.sum() == table.abandoned.sum()
    assert (local.minute % interval == 0).all()
    assert not made.rows.duplicated(["channel", "start"]).any()
    work = (made.rows.handled * made.rows.get("aht_s", np.nan)).sum() + 3600 * made.fact.outside_h
    assert work == pytest.approx(table.aht_s.sum())
    if counting != "spread":
        assert made.rows.handled.sum() == (table.abandoned == 0).sum()


@settings(max_examples=60, deadline=None)
@given(table=logs(), zone=st.sampled_from(ZONES))
def test_counting_is_that_of_a_plain_loop(table, zone):
    """By local hour of the arrival, with Python's own clock; both passes of an hour are told apart by their fold."""
    seen, waits = Counter(), defaultdict(list)
    for row in table.itertuples():
        local = row.start.to_pydatetime().astimezone(ZoneInfo(zone))
        cell = (row.channel, local.date(), local.hour, local.utcoffset())
        seen[cell] += 1
        until = row.end if row.abandoned else row.answered
        waits[cell].append((until - row.start).total_seconds())
    made = count_contacts(table, 60, zone).rows
    if zone == "Australia/Lord_Howe":  # its hour of 90 minutes has two offsets
        seen, waits = Counter(), {}
    counted = Counter()
    for row in made.itertuples():
        local = row.start.to_pydatetime().astimezone(ZoneInfo(zone))
        cell = (row.channel, local.date(), local.hour, local.utcoffset())
        counted[cell] += int(row.volume)
        if cell in waits:
            assert row.wait_s == pytest.approx(np.mean(waits[cell]))
    assert not seen or +counted == seen
