"""Backlog carried over: work that waits when a week ends, with the moments it is due."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from configs.tables import WAITING, check, settled

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from configs.horizon import Horizon
    from configs.schema import Config

    Array = NDArray[np.float64]

LEAST_H = 1e-4
REST = "rest"
"""The part of a channel's work that may take longer than its service target; the other part is called "promised"."""


def closing_backlog(config: Config, requirement: pd.DataFrame, coverage: pd.DataFrame) -> pd.DataFrame:
    """Return the ``waiting`` table: the backlog a finished week leaves, by channel and moment due.

    Within a class work is done in order of arrival, so the backlog is what came last; what has waited since before that
    week is due at once.

    Parameters
    ----------
    config
        The config of that week.
    requirement, coverage
        Its tables.
    """
    rows = []
    for name, channel in config.channels.items():
        if channel.kind != "deferrable":
            continue
        need = requirement[requirement["channel"] == name].sort_values("start").reset_index(drop=True)
        have = coverage[coverage["channel"] == name].sort_values("start").reset_index(drop=True)
        if need.empty or have.empty:
            continue
        share, left = channel.target.share, float(have["backlog_h"].iloc[-1])
        slow = float(have["rest_backlog_h"].iloc[-1]) if "rest_backlog_h" in have and share < 1 else 0.0
        arrived = need["work_h"].fillna(0.0).to_numpy(dtype=float)
        chosen = "rest_work_h" in have and have["rest_work_h"].notna().all()
        later = have["rest_work_h"].to_numpy(dtype=float) if chosen else (1 - share) * arrived
        end = have["start"].iloc[-1] + config.plan.interval
        rest = need["rest_due"] if "rest_due" in need else need["due"]
        for part, hours, due, waits in (
            ("promised", arrived - later if chosen else share * arrived, need["due"], left - slow),
            (REST, later, rest, slow),
        ):
            rows += [{"channel": name, "due": d, "work_h": h, "part": part} for d, h in _last(hours, due, waits, end)]
    kinds = {"channel": "str", "due": "datetime64[us, UTC]", "work_h": "float64", "part": "str"}
    return settled(check(pd.DataFrame(rows, columns=WAITING.names).astype(kinds), WAITING))


def _last(hours: Array, due: pd.Series, waits: float, end: pd.Timestamp) -> list[tuple[pd.Timestamp, float]]:
    """The last `waits` hours of work, each with the moment it is due."""
    found = []
    for i in np.flatnonzero(hours > 0)[::-1].tolist():
        if waits <= LEAST_H:
            break
        taken = min(waits, float(hours[i]))
        found.append((due[i], taken))
        waits -= taken
    return [*([(end, waits)] if waits > LEAST_H else []), *found[::-1]]


def found_waiting(waiting: pd.DataFrame | None, config: Config, channel: str) -> Mapping[bool, pd.DataFrame] | None:
    """Opening backlog of a channel, by whether it belongs to the rest; None where it is not known.

    A backlog stated in the config replaces the one carried over.
    """
    settings = config.channels[channel]
    if waiting is None or settings.kind != "deferrable" or settings.backlog is not None:
        return None
    mine = waiting[waiting["channel"] == channel]
    slow = (mine["part"] == REST) & (settings.target.share < 1)
    return {False: mine[~slow], True: mine[slow]}


def due_of_waiting(mine: pd.DataFrame, horizon: Horizon) -> Array:
    """Cumulative hours due by the end of each interval of the horizon; overdue work is due in the first."""
    step = pd.Timedelta(minutes=horizon.interval_min)
    ends = np.asarray((mine["due"] - horizon.begin) // step, dtype=float).clip(min=1) - 1
    inside = ends < horizon.size
    hours = mine["work_h"].to_numpy(dtype=float)
    due = np.bincount(ends[inside].astype(np.int64), weights=hours[inside], minlength=horizon.size)
    return np.asarray(np.cumsum(due), dtype=np.float64)
