"""Tables of contacts for tests: a row is written as short as it can be."""

from __future__ import annotations

import pandas as pd

MOMENTS = ("start", "answered", "end")


def contacts(rows, **columns):
    """Contacts from rows of a dict each; moments are texts, UTC unless they say otherwise."""
    table = pd.DataFrame(rows).assign(**columns)
    for name in MOMENTS:
        if name in table.columns:
            table[name] = pd.to_datetime(table[name], utc=True, format="ISO8601").dt.as_unit("us")
    return table


def at(seconds):
    """Moments from seconds after 2026-01-05 08:00 UTC, a Monday."""
    return pd.Series(pd.Timestamp("2026-01-05 08:00", tz="UTC") + pd.to_timedelta(seconds, unit="s")).dt.as_unit("us")
