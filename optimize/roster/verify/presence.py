"""Who is at work when, read once from the rows of the roster and counted from there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from configs.tables import records
from optimize.roster.verify.activities import read_held
from optimize.roster.verify.edge import left_at_work
from optimize.roster.verify.kinds import kind_of, pauses_of

if TYPE_CHECKING:
    from datetime import datetime

    import pandas as pd
    from numpy.typing import NDArray

    from configs.pauses import Held
    from configs.schema import Config, Shift
    from optimize.roster.result import Roster


@dataclass(frozen=True)
class Duty:
    """One row of the roster with the kind of shift it is, None where it is none of its contract.

    `starts` holds the beginning of each of its intervals in seconds since 1970; `works` and `paid` say whether the
    person is at work in it, and whether it is paid. `activities` is None where the cell cannot be read.
    """

    row: dict[str, Any]
    kind: Shift | None
    starts: NDArray[np.int64]
    works: NDArray[np.bool_]
    paid: NDArray[np.bool_]
    pauses: tuple[tuple[datetime, datetime], ...] = ()
    activities: tuple[Held, ...] | None = ()


def read_duties(config: Config, table: pd.DataFrame) -> list[Duty]:
    """Read every row of a roster, in order of agent and start."""
    return [_duty(config, row) for row in records(table.sort_values(["agent", "start"], kind="stable"))]


def _duty(config: Config, row: dict[str, Any]) -> Duty:
    starts = np.arange(row["start"].timestamp(), row["end"].timestamp(), config.plan.interval_s).astype(np.int64)
    works, paid = np.ones(len(starts), dtype=bool), np.ones(len(starts), dtype=bool)
    kind = kind_of(config, row)
    breaks = config.contracts[str(row["contract"])].breaks_of(kind) if kind else ()
    for pause, (first, last) in zip(breaks, pauses_of(config, row) or (), strict=False):
        resting = (first.timestamp() <= starts) & (starts < last.timestamp())
        works[resting], paid[resting] = False, pause.paid
    held = read_held(config, row)
    unpaid = {activity.name for activity in config.activities if not activity.paid}
    for each in held or ():
        away = (each.start.timestamp() <= starts) & (starts < each.end.timestamp())
        works[away] = False
        paid[away] &= each.name not in unpaid
    return Duty(row, kind, starts, works, paid, pauses_of(config, row) or (), held)


def at_work(
    config: Config, roster: Roster, duties: list[Duty], begin: pd.Timestamp, size: int
) -> dict[frozenset[str], NDArray[np.float64]]:
    """People at work per set of skills in each of `size` intervals from `begin` on.

    Where the week before is known its people are counted as long as their shifts run, and what runs over the end of
    the horizon is not counted. Otherwise that is counted at its beginning: the last night of the week is taken to be
    staffed like the night before it.
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
