"""Changes of a roster from the published one: cells, people, and unavoidable changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from configs.errors import DataError, Fault
from configs.tables import records
from optimize.roster.result import Changes
from optimize.roster.schedule.schedule import Schedule

if TYPE_CHECKING:
    from datetime import datetime

    import pandas as pd

    from configs.horizon import Horizon
    from configs.schema import Config
    from optimize.roster.inputs.people import People

Cell = tuple[str, "datetime", "datetime"]
"""Agent, begin and end of a shift."""


def check_published(config: Config, horizon: Horizon, people: People) -> None:
    """Refuse a published roster of another week.

    Raises
    ------
    DataError
        It has shifts, and none of them begins in the week that is planned.
    """
    published_table = people.published
    if (
        published_table is None
        or published_table.empty
        or published_table["start"].between(horizon.begin, horizon.end, inclusive="left").any()
    ):
        return
    first = published_table["start"].min().tz_convert(horizon.zone).date()
    where = f"roster.published = {config.roster.published}"
    raise DataError(Fault(where, f"begins on {first}; the week planned begins on {horizon.first}"))


def changes_between(people: People, schedule: Schedule) -> Changes | None:
    """Compare a schedule with the published one; None where nothing was published."""
    if people.published is None:
        return None
    before, after = _cells(Schedule.from_table(people.published, schedule.zone)), _cells(schedule)
    known = set(people.agents["agent"])
    away: dict[str, list[tuple[pd.Timestamp, pd.Timestamp]]] = {}
    for row in records(people.leave):
        away.setdefault(str(row["agent"]), []).append((row["start"], row["end"]))
    gone = before - after
    lost = {cell for cell in gone if cell[0] not in known or _is_away(away.get(cell[0], []), cell)}
    changed = (gone - lost) | (after - before)
    return Changes(people=len({agent for agent, _, _ in changed}), cells=len(changed), unavoidable=len(lost))


def _cells(schedule: Schedule) -> set[Cell]:
    return {(shift.agent, shift.start, shift.end) for shift in schedule.shifts}


def _is_away(spans: list[tuple[pd.Timestamp, pd.Timestamp]], cell: Cell) -> bool:
    """Whether leave meets the shift."""
    _, start, end = cell
    return any(begin < end and start < until for begin, until in spans)
