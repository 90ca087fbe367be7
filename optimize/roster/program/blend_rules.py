"""Deferrable work done by agents between their calls.

Staffing says for each live channel and interval how many agents on average can do other work when the channel has the
people it requires (`idle`). The program may give that time to deferrable channels its people know.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from optimize.roster.inputs.week import Week
    from optimize.roster.program.layout import Layout
    from optimize.roster.program.model import Model


def idle_time_is_shared(model: Model, week: Week, layout: Layout) -> None:
    """``sum_m x[s,l,m,t] <= idle[l,t] / required[l,t] * a[s,l,t]``: people give at most their part of the idle time.

    Of n people q of whom know the work, at least q/n of the work can be done by the q: while j of n are idle beyond the
    reserve, min(q, j) of them can work, and that is no less than j * q / n.
    """
    for pool in range(len(week.pools)):
        for m, idle in week.blending.idle.items():
            for t in np.flatnonzero(idle > 0).tolist():
                given = [(int(columns[t]), 1.0) for _, columns in _of(layout, pool, m) if columns[t] >= 0]
                there = layout.flow[pool, m][t] if given else -1
                if given and there >= 0:
                    part = float(idle[t] / week.live[m][t])
                    model.row(f"share_{pool}_{m}_{t}", [*given, (int(there), -part)], "<=", 0)


def idle_time_needs_enough_people(model: Model, week: Week, layout: Layout) -> None:
    """``sum_{s,m} x[s,l,m,t] + idle[l,t] * understaff[l,t] <= idle[l,t]``: with one agent short there is none left."""
    for m, idle in week.blending.idle.items():
        for t in np.flatnonzero(idle > 0).tolist():
            pools = range(len(week.pools))
            given = [(int(c[t]), 1.0) for pool in pools for _, c in _of(layout, pool, m) if c[t] >= 0]
            if given:
                missing = (int(layout.understaff[m][t]), float(idle[t]))
                model.row(f"idle_{m}_{t}", [*given, missing], "<=", float(idle[t]))


def blended(week: Week, layout: Layout, m: int, t: int) -> list[tuple[int, float]]:
    """Terms that count the rostered agents whose work of channel m is done between calls."""
    worth = week.blending.worth.get(m, 0.0)
    return [(int(c[t]), worth) for (_, _, work), c in sorted(layout.blend.items()) if work == m and c[t] >= 0]


def _of(layout: Layout, pool: int, m: int) -> Iterator[tuple[int, np.ndarray]]:
    for (s, live, work), columns in sorted(layout.blend.items()):
        if (s, live) == (pool, m):
            yield work, columns
