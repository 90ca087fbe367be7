"""Who is at work when, counted from the rows of the roster."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from configs.tables import records
from optimize.roster.verify.edge import left_at_work

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from configs.schema import Config
    from optimize.roster.result import Roster
    from optimize.roster.verify.duty import Duty


def at_work(
    config: Config, roster: Roster, duties: list[Duty], begin: pd.Timestamp, size: int
) -> dict[frozenset[str], NDArray[np.float64]]:
    """People at work per set of skills in each of `size` intervals from `begin` on.

    With a previous week, its people count until their shifts end, and work past the end of the horizon does not count.
    Without one it counts at the beginning: the night before the week is assumed to be staffed like its last night.
    """
    skills = {
        str(row["agent"]): frozenset(s.strip() for s in str(row["skills"]).split(";"))
        for row in records(roster.people.agents)
    }
    people: dict[frozenset[str], NDArray[np.float64]] = {}
    for group, there in left_at_work(config, roster, begin, size):
        people[group] = people.get(group, np.zeros(size)) + there
    for duty in duties:
        counts = people.setdefault(skills.get(str(duty.row["agent"]), frozenset()), np.zeros(size))
        index = (duty.starts[duty.works] - int(begin.timestamp())) // config.plan.interval_s
        np.add.at(counts, index % size if roster.people.previous is None else index[index < size], 1.0)
    return people
