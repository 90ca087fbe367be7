"""People at work by skills: those of a roster, and those of the previous week still at work."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from configs.skills import skills_of
from configs.tables import records
from optimize.roster.inputs.previous import still_at_work

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from configs.horizon import Horizon
    from configs.schema import Config
    from optimize.roster.result import Roster

Skills = frozenset[str]
NONE: Skills = frozenset()


def people_at_work(config: Config, roster: Roster, horizon: Horizon) -> dict[Skills, NDArray[np.float64]]:
    """People at work per set of skills in each interval of a horizon.

    With a previous week, its people count until their shifts end, and work past the end of the horizon does not count.
    Without one, work past the end counts at the beginning.
    """
    previous, skills = roster.people.previous, _skills(roster.people.agents)
    groups = {agent: skills.get(agent, NONE) for agent in roster.schedule.by_agent}
    people = roster.schedule.at_work(horizon, groups, circle=previous is None)
    if previous is None:
        return people
    known = {agent: each & set(config.channels) for agent, each in _skills(previous.agents).items()}
    skilled = {agent: each for agent, each in known.items() if each}
    carried = still_at_work(previous, horizon).at_work(horizon, skilled, circle=False)
    nobody = np.zeros(horizon.size)
    return {group: carried.get(group, nobody) + people.get(group, nobody) for group in [*carried, *people]}


def _skills(agents: pd.DataFrame) -> dict[str, Skills]:
    return {str(row["agent"]): frozenset(skills_of(str(row["skills"]))) for row in records(agents)}
