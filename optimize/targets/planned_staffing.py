"""Who is where in a week of the program, whole or relaxed, as a simulation needs it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from configs.schema import SynchronousChannel
from optimize.simulation.at_once.staffing import Staffing

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from configs.schema import Config
    from optimize.roster.program import Program

    Array = NDArray[np.float64]


def planned_staffing(config: Config, program: Program, values: Array, order: tuple[str, ...]) -> Staffing:
    """Read the flows of a week: people at calls by all calls they can serve, others by their channel.

    Parameters
    ----------
    config
        The channels.
    program, values
        The week and its column values; people may be fractions, which are carried on until they are whole: a roster
        has whole people in every interval too.
    order
        Channels in order of priority.
    """
    week, layout = program.week, program.layout
    calls = {m for m, name in enumerate(week.channels) if isinstance(config.channels[name], SynchronousChannel)}
    nobody = np.zeros(week.size)
    groups: dict[tuple[str, ...], Array] = {}
    alone: dict[str, Array] = {name: nobody for m, name in enumerate(week.channels) if m not in calls}
    for (pool, m), flow in sorted(layout.flow.items()):
        people = np.where(flow >= 0, np.maximum(values[flow], 0.0), 0.0)
        name = week.channels[m]
        if m not in calls:
            alone[name] = alone[name] + people
            continue
        skills = tuple(each for each in order if week.channels.index(each) in calls.intersection(week.pools[pool]))
        groups[skills] = groups.get(skills, nobody) + people
    for name in _by_themselves(tuple(groups)):
        alone[name] = groups.pop((name,))
    alone |= {week.channels[m]: nobody for m in calls if not _served(week.channels[m], groups, alone)}
    return Staffing(
        {skills: _whole(people) for skills, people in groups.items()},
        {name: _whole(people) for name, people in alone.items()},
    )


def _whole(people: Array) -> Array:
    """Whole numbers whose sum up to any interval is within half a person of that of the fractions."""
    return np.diff(np.round(np.cumsum(people)), prepend=0.0)


def _by_themselves(groups: tuple[tuple[str, ...], ...]) -> list[str]:
    """Channels whose people serve no other call and whose calls nobody else serves."""
    return [skills[0] for skills in groups if len(skills) == 1 and sum(skills[0] in other for other in groups) == 1]


def _served(name: str, groups: dict[tuple[str, ...], Array], alone: dict[str, Array]) -> bool:
    return name in alone or any(name in skills for skills in groups)
