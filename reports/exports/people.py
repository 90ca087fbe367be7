"""The people of a run as exports know them: the id in the other system, the name, the team, the leave."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from configs.export_ids import ids_of
from configs.tables import records
from reports.shifts import local, text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from reports.run import Run


@dataclass(frozen=True)
class Member:
    """One agent: `id` in the other system; `name` is the id of the agent if there is none; `team` may be blank."""

    agent: str
    id: str
    name: str
    team: str


@dataclass(frozen=True)
class Away:
    """A span of leave inside the week, in local time; `reason` may be blank."""

    agent: str
    start: datetime
    end: datetime
    reason: str


def members_of(run: Run, export: str) -> dict[str, Member]:
    """Everybody by agent, in order of id of the agent.

    Raises
    ------
    DataError
        When somebody has no id that the export takes.
    """
    rows = records(run.roster.people.agents)
    ids = ids_of(export, rows)
    found = [
        Member(agent, ids[agent], text(row.get("name")) or agent, text(row.get("team")))
        for row in rows
        for agent in (str(row["agent"]),)
    ]
    return {member.agent: member for member in sorted(found, key=lambda member: member.agent)}


def away(run: Run) -> Iterator[Away]:
    """Leave, cut to the week, in order of agent and start: an import that only adds would add the rest again."""
    horizon = run.horizon
    leave = run.roster.people.leave
    for row in records(leave.sort_values(["agent", "start"], kind="stable")):
        start, end = max(row["start"], horizon.begin), min(row["end"], horizon.end)
        if start < end:
            yield Away(str(row["agent"]), local(start, horizon), local(end, horizon), text(row.get("reason")))
