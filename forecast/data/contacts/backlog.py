"""Contacts that are open at the start of each interval: arrived before, and not ended yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from forecast.data.contacts import single

if TYPE_CHECKING:
    import pandas as pd


def with_backlog(rows: pd.DataFrame, contacts: pd.DataFrame) -> pd.DataFrame:
    """Add the column ``backlog`` to a history by channel and interval: contacts open when the interval starts.

    A contact is open after its arrival and until its end; one without an end is open for good. A ticket that was opened
    again counts as its rows say: one row is one span, from its arrival to its last end. What arrived before the source
    begins is unknown, so the first days are a lower bound.

    Parameters
    ----------
    rows
        ``channel, start``, as ``count_contacts`` returns them.
    contacts
        Table CONTACT_ROWS with the column ``end``.
    """
    start, end = single.moment_s(contacts, "start"), single.moment_s(contacts, "end")
    lasts = ~(end <= start)  # what ends as it arrives is never open; no end is NaN
    channel, at = single.channels(contacts).to_numpy(str), single.moment_s(rows, "start")
    open_now = np.zeros(len(rows))
    for name, mine in rows.groupby("channel").indices.items():
        its = lasts & (channel == name)
        arrived = np.searchsorted(np.sort(start[its]), at[mine], side="left")
        ended = np.searchsorted(np.sort(end[its & np.isfinite(end)]), at[mine], side="right")
        open_now[mine] = arrived - ended
    return rows.assign(backlog=open_now)
