"""Recount of what differs from a published roster."""

from __future__ import annotations

from typing import TYPE_CHECKING

from configs.tables import records

if TYPE_CHECKING:
    import pandas as pd

    from optimize.roster.result import Roster


def changed_cells(roster: Roster) -> int:
    """Shifts in only one of the two rosters; published shifts of people who have left or are on leave do not count."""
    published = roster.people.published
    if published is None:
        return 0
    keys = ["agent", "start", "end"]
    both = published[keys].merge(roster.table[keys], on=keys, how="outer", indicator="side")
    there = set(roster.people.agents["agent"])
    count = 0
    for row in records(both[both["side"] != "both"]):
        agent = str(row["agent"])
        lost = agent not in there or _on_leave(roster.people.leave, agent, row["start"], row["end"])
        count += not (row["side"] == "left_only" and lost)
    return count


def _on_leave(leave: pd.DataFrame, agent: str, start: pd.Timestamp, end: pd.Timestamp) -> bool:
    """Whether a span of leave meets the hours of a shift."""
    own = leave[leave["agent"] == agent]
    return bool(((own["start"] < end) & (own["end"] > start)).any())
