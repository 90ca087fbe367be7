"""The last weeks of the history laid on the intervals of the planned one, by local clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from datetime import date

    from reports.run import Run
    from reports.series import Numbers


@dataclass(frozen=True)
class PastWeek:
    """Contacts that came at the same local time some weeks before; `first` is the day that matches the first one."""

    first: date
    volume: Numbers


def past_weeks(run: Run, channel: str) -> tuple[PastWeek, ...]:
    """Return the last weeks of a channel, the latest first; NaN where nothing was observed or the clock skips."""
    if run.recent is None:
        return ()
    rows = run.recent[run.recent["channel"] == channel].set_index("start")["volume"]
    if rows.empty:
        return ()
    horizon, seen = run.horizon, run.horizon.seen_in(run.config.channels[channel].timezone)
    oldest = rows.index.min().tz_convert(horizon.zone).date()
    most = -(-(horizon.first - oldest).days // 7)
    found = []
    for back in range(1, most + 1):
        clock = seen.local.tz_localize(None) - pd.Timedelta(days=7 * back)
        then = clock.tz_localize(seen.zone, ambiguous=np.ones(horizon.size, dtype=bool), nonexistent="NaT")
        volume = rows.reindex(then.tz_convert("UTC")).to_numpy(dtype=float)
        if np.isfinite(volume).any():
            found.append(PastWeek(horizon.first - timedelta(days=7 * back), volume))
    return tuple(found)
