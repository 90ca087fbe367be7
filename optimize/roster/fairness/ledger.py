"""What people took before the days planned, and what their fair share of it was.

The run of the week before has its own ledger, which knows the weeks before it. What is not in it is counted from the
columns of the agents file and from the rosters known, and shared by the chances of those who were there.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np

from configs.tables import records
from optimize.roster.inputs.workload import hours
from optimize.roster.schedule.schedule import Schedule

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from numpy.typing import NDArray

    from optimize.roster.fairness.burdens import Burdens
    from optimize.roster.inputs.people import People
    from optimize.roster.inputs.previous import Previous

    Array = NDArray[np.float64]
    Mask = NDArray[np.bool_]

MINUTE = timedelta(minutes=1)
COLUMNS = ("nights", "weekends")
"""Burdens of which the agents file may say how many a person had before."""


@dataclass(frozen=True)
class Ledger:
    """Burdens that each person took before, and their fair share of them; shape (P, K) each."""

    worked: Array
    share: Array


def ledger_of(people: People, burdens: Burdens, chances: Array, zone: ZoneInfo) -> Ledger:
    """Return the ledger of the weeks before.

    Parameters
    ----------
    people
        Agents, and the week before with its ledger.
    burdens
        What is shared.
    chances
        What each person could take of each burden; shape (P, K).
    zone
        Zone of the plan.
    """
    agents = [str(agent) for agent in people.agents["agent"]]
    worked, share, known = (np.zeros(chances.shape), np.zeros(chances.shape), np.zeros(chances.shape, dtype=bool))
    place, number = ({name: at for at, name in enumerate(names)} for names in (agents, burdens.names))
    ledger = None if people.previous is None else people.previous.ledger
    for row in [] if ledger is None else records(ledger):
        at = place.get(str(row["agent"])), number.get(str(row["kind"]))
        if None not in at:
            worked[at], share[at], known[at] = float(row["worked"]) + float(row["earlier"]), float(row["share"]), True
    counted, there = _counted(people, burdens, agents, zone)
    counted[known], there[known] = 0.0, False
    parts = chances * there
    totals = parts.sum(axis=0)
    parts = np.divide(parts, totals, out=np.zeros_like(parts), where=totals > 0)
    return Ledger(worked + counted, share + parts * counted.sum(axis=0))


def _counted(people: People, burdens: Burdens, agents: list[str], zone: ZoneInfo) -> tuple[Array, Mask]:
    """Burdens by the agents file and the rosters known, and who is known to have been there; shape (P, K) each."""
    counted, there = (np.zeros((len(agents), len(burdens.names))), np.zeros((len(agents), len(burdens.names)), bool))
    for k, name in enumerate(burdens.names):
        if name in COLUMNS and name in people.agents:
            cells = [hours(cell, np.nan) for cell in people.agents[name]]
            there[:, k] = np.isfinite(cells)
            counted[:, k] = np.nan_to_num(cells)
    if people.previous is not None:
        before = {str(agent) for agent in people.previous.agents["agent"]}
        there[[agent in before for agent in agents]] = True
        counted += burdens_worked(_known(people.previous, zone), burdens, agents)
    return counted, there


def _known(previous: Previous, zone: ZoneInfo) -> Schedule:
    """Shifts of the week before and of those before it."""
    if previous.earlier is None:
        return previous.schedule(zone)
    return Schedule.from_table(previous.so_far, zone, previous.label)


def burdens_worked(schedule: Schedule, burdens: Burdens, agents: list[str]) -> Array:
    """Count the burdens of the shifts of some people; shape (P, K)."""
    found = np.zeros((len(agents), len(burdens.names)))
    for at, agent in enumerate(agents):
        for shift in schedule.by_agent.get(agent, ()):
            local, length = shift.start.astimezone(schedule.zone), (shift.end - shift.start) // MINUTE
            found[at] += burdens.of(shift.contract, shift.day, local.hour * 60 + local.minute, length)
    return found
