"""Recount of what differs from a published roster."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pandas as pd

from configs.tables import records

if TYPE_CHECKING:
    from configs.schema import Config
    from optimize.roster.result import Roster


def changed_cells(config: Config, roster: Roster) -> int:
    """Shifts that stand in one of two rosters only, but those of people who are gone or on leave that day."""
    published = roster.people.published
    if published is None:
        return 0
    keys = ["agent", "start", "end"]
    both = published[keys].merge(roster.table[keys], on=keys, how="outer", indicator="side")
    there = set(roster.people.agents["agent"])
    count = 0
    for row in records(both[both["side"] != "both"]):
        agent = str(row["agent"])
        lost = agent not in there or _on_leave(config, roster.people.leave, agent, row["start"], row["end"])
        count += not (row["side"] == "left_only" and lost)
    return count


def _on_leave(config: Config, leave: pd.DataFrame, agent: str, start: pd.Timestamp, end: pd.Timestamp) -> bool:
    """Whether a span of leave meets the hours from the midnight before a shift to its end or the next midnight."""
    own = leave[leave["agent"] == agent]
    local = start.tz_convert(config.plan.zone).date()
    midnight, next_one = (
        pd.Timestamp(local + timedelta(days=days)).tz_localize(
            config.plan.zone, ambiguous=True, nonexistent="shift_forward"
        )
        for days in (0, 1)
    )
    return bool(((own["start"] < max(end, next_one)) & (own["end"] > min(start, midnight))).any())
