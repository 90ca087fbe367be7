"""The previous week as the recount sees it: rest, days worked in a row, and people still at work."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import numpy as np

from configs.tables import records
from optimize.roster.verify.texts import activities_of, breaks_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd
    from numpy.typing import NDArray

    from configs.schema import Config, Contract
    from optimize.roster.result import Roster

Row = dict[str, Any]


@dataclass(frozen=True)
class Edge:
    """Rows of the previous week's roster by agent, in order, and the days worked in a row before that week."""

    rows: dict[str, list[Row]]
    running: dict[str, int]

    def last_row(self, agent: str) -> list[Row]:
        """Last shift of the previous week; empty for somebody who had none."""
        return self.rows.get(agent, [])[-1:]

    def holds(self, agent: str, contract: Contract, monday: date, begin: pd.Timestamp) -> bool:
        """Whether rest or days in a row may prevent somebody from working all contract days."""
        tired = any(row["end"] + contract.rest > begin for row in self.last_row(agent))
        return tired or self.longest(agent, [monday]) + contract.days_per_week - 1 > contract.max_consecutive_days

    def longest(self, agent: str, days: list[date]) -> int:
        """Longest run of working days that reaches into this week."""
        earlier = sorted({as_day(row) for row in self.rows.get(agent, [])})
        worked = {*earlier, *days}
        longest = 0
        for day in days:
            back = day
            while back - timedelta(days=1) in worked:
                back -= timedelta(days=1)
            whole = len(earlier) == 7 and back == earlier[0]
            longest = max(longest, (day - back).days + 1 + (self.running.get(agent, 0) if whole else 0))
        return longest


def as_day(row: Row) -> date:
    """Local date of a row of a roster."""
    return date.fromisoformat(str(row["date"])[:10])


def edge_of(roster: Roster) -> Edge | None:
    """Read the previous week of a roster; None where it was made without one."""
    previous = roster.people.previous
    if previous is None:
        return None
    rows: dict[str, list[Row]] = {}
    for row in records(previous.table.sort_values(["agent", "start"], kind="stable")):
        rows.setdefault(str(row["agent"]), []).append(row)
    return Edge(rows, dict(previous.running))


def left_at_work(
    config: Config, roster: Roster, begin: pd.Timestamp, size: int
) -> Iterator[tuple[frozenset[str], NDArray[np.float64]]]:
    """Yield skills and intervals at work of each shift of the previous week that runs into this one."""
    previous = roster.people.previous
    if previous is None:
        return
    skills = {
        str(row["agent"]): frozenset(s.strip() for s in str(row["skills"]).split(";")) & set(config.channels)
        for row in records(previous.agents)
    }
    moments = int(begin.timestamp()) + np.arange(size) * config.plan.interval_s
    for row in records(previous.table[previous.table["end"] > begin]):
        known = skills.get(str(row["agent"]), frozenset())
        there = moments < row["end"].timestamp()
        segments = activities_of(row, config.plan.zone) or ()
        for first, last in (*(breaks_of(row, config.plan.zone) or ()), *((each.start, each.end) for each in segments)):
            there &= (moments < first.timestamp()) | (moments >= last.timestamp())
        if known:
            yield known, there.astype(float)
