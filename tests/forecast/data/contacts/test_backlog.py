"""Contacts open at the start of each interval, against a plain loop."""

from __future__ import annotations

import numpy as np
import pandas as pd

from forecast.data.contacts.backlog import with_backlog
from forecast.data.contacts.intervals import count_contacts
from tests.forecast.data.contacts.made import contacts


def test_a_ticket_is_open_from_after_its_arrival_until_its_end():
    """One from 08:00 to 10:00, one still open, one that ends as it arrives: a border belongs to the interval it opens."""
    table = contacts(
        [
            {"start": "2026-01-05 08:00", "end": "2026-01-05 10:00"},
            {"start": "2026-01-05 08:30", "end": None},
            {"start": "2026-01-05 09:00", "end": "2026-01-05 09:00"},
            {"start": "2026-01-05 11:59", "end": "2026-01-05 12:30"},
        ],
        channel="mail",
    )
    found = with_backlog(count_contacts(table, 60, "UTC").rows, table)
    assert found.start.dt.hour.tolist() == [8, 9, 10, 11]
    assert found.backlog.tolist() == [0, 2, 1, 1]


def test_without_ends_everything_stays_open():
    """A table without the column knows of no end."""
    table = contacts([{"start": "2026-01-05 08:00"}, {"start": "2026-01-05 09:30"}])
    assert with_backlog(count_contacts(table, 60, "UTC").rows, table).backlog.tolist() == [0, 1]


def test_a_plain_loop_finds_the_same():
    """Five hundred tickets of three channels, a fifth of them open, some of them on the very borders."""
    random = np.random.default_rng(5)
    start = random.integers(0, 20 * 96, 500) * 450.0
    end = np.where(random.random(500) < 0.2, np.nan, start + random.integers(0, 400, 500) * 450.0)
    begin = pd.Timestamp("2026-03-20", tz="UTC")
    table = pd.DataFrame(
        {
            "channel": random.choice(["a", "b", "c"], 500),
            "start": (begin + pd.to_timedelta(start, unit="s")).as_unit("us"),
            "end": (begin + pd.to_timedelta(end, unit="s")).as_unit("us"),
        }
    )
    found = with_backlog(count_contacts(table, 30, "Europe/Berlin").rows, table)
    for row in found.iloc[::17].itertuples():
        open_now = sum(
            one.channel == row.channel and one.start < row.start and not one.end <= row.start
            for one in table.itertuples()
        )
        assert row.backlog == open_now
