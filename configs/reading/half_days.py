"""Times of a twelve-hour clock that lost AM and PM: they go from 12:30 to 1:00 within a day, and nothing tells it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from configs.reading.local_times import Times

HALF = np.timedelta64(12, "h")
HOUR = np.timedelta64(1, "h")


def lost_halves(local: Times) -> str:
    """Say what is wrong with local times, in the order of their rows; blank where nothing is.

    All are from 1:00 to 12:59, the first day does not begin with its earliest time, and an hour before one comes right
    before an hour after twelve. Rows in any other order do not look so.
    """
    known = local[~np.isnat(local)]
    steps = np.diff(known)
    back = np.flatnonzero((steps > -HALF) & (steps <= HOUR - HALF))
    if not len(back):
        return ""
    days = known.astype("datetime64[D]")
    hours = (known - days).astype("timedelta64[h]").astype(np.int64)
    same = back[days[back] == days[back + 1]]
    if hours.min() < 1 or hours.max() > 12 or not len(same) or known[0] == known[days == days[0]].min():
        return ""
    before, after = (str(known[at])[11:16] for at in (same[0], same[0] + 1))
    return (
        f"times go from {before} to {after} on {days[same[0]]}, so AM and PM are missing; "
        "export them too, or times such as 13:00"
    )
