"""All shifts of a week, in order of agent and start: by person, by interval, paid hours and rest."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from optimize.roster.schedule.intervals import at_work
from optimize.roster.schedule.table import read_shifts, write_shifts

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime, timedelta
    from zoneinfo import ZoneInfo

    import pandas as pd
    from numpy.typing import NDArray

    from configs.horizon import Horizon
    from optimize.roster.schedule.shift import Shift

    GroupKey = TypeVar("GroupKey")


@dataclass(frozen=True)
class Schedule:
    """Finished shifts, in order of agent and start.

    Parameters
    ----------
    shifts
        The shifts; see `Schedule.of` for shifts in any order.
    zone
        Zone whose clock the text of the table follows.
    has_activities
        Whether the table has a column of activities; it has one where the plan has activities.
    """

    shifts: tuple[Shift, ...]
    zone: ZoneInfo
    has_activities: bool = False

    @classmethod
    def of(cls, shifts: Iterable[Shift], zone: ZoneInfo, *, has_activities: bool = False) -> Schedule:
        """Put shifts in order."""
        return cls(tuple(sorted(shifts, key=lambda each: (each.agent, each.start))), zone, has_activities)

    @classmethod
    def from_table(cls, table: pd.DataFrame, zone: ZoneInfo, where: str = "roster table") -> Schedule:
        """Read a ``roster`` table; its rows may be in any order.

        Parameters
        ----------
        table
            The table; its `start` and `end` carry their zone.
        zone
            Zone whose clock the text of breaks and activities follows.
        where
            What the table is called in messages.

        Raises
        ------
        DataError
            With every row whose breaks or activities cannot be read.
        """
        return cls.of(read_shifts(table, zone, where), zone, has_activities="activities" in table)

    def to_table(self) -> pd.DataFrame:
        """Return the ``roster`` table, one row for each shift; `from_table` reads the same schedule from it."""
        return write_shifts(self.shifts, self.zone, activities=self.has_activities)

    @cached_property
    def table(self) -> pd.DataFrame:
        """The ``roster`` table, made once."""
        return self.to_table()

    def ending_after(self, moment: datetime) -> Schedule:
        """Return the shifts that end after a moment."""
        return replace(self, shifts=tuple(shift for shift in self.shifts if shift.end > moment))

    @cached_property
    def by_agent(self) -> dict[str, tuple[Shift, ...]]:
        """Shifts of each person who has one, in order of start."""
        found: dict[str, list[Shift]] = {}
        for shift in self.shifts:
            found.setdefault(shift.agent, []).append(shift)
        return {agent: tuple(shifts) for agent, shifts in found.items()}

    @cached_property
    def paid_h(self) -> dict[str, float]:
        """Paid hours of each person who has a shift."""
        return {agent: sum(shift.paid_h for shift in shifts) for agent, shifts in self.by_agent.items()}

    @cached_property
    def rests(self) -> dict[str, tuple[timedelta, ...]]:
        """Rest between the consecutive shifts of each person who has one; negative where they overlap."""
        return {
            agent: tuple(after.start - before.end for before, after in pairwise(shifts))
            for agent, shifts in self.by_agent.items()
        }

    def at_work(
        self, horizon: Horizon, groups: Mapping[str, GroupKey], *, circle: bool
    ) -> dict[GroupKey, NDArray[np.float64]]:
        """People at work in each interval of a horizon, by group; breaks and activities are left out.

        Parameters
        ----------
        horizon
            The intervals.
        groups
            Group of each person, such as their skills; people without one are not counted.
        circle
            Whether work past the end counts at the beginning: the night before the week is then assumed to be staffed
            like its last night. Otherwise it does not count.
        """
        people: dict[GroupKey, NDArray[np.float64]] = {}
        for shift in self.shifts:
            if shift.agent not in groups:
                continue
            counts = people.setdefault(groups[shift.agent], np.zeros(horizon.size))
            worked = at_work(shift, horizon)
            index = worked % horizon.size if circle else worked[(worked >= 0) & (worked < horizon.size)]
            np.add.at(counts, index, 1.0)
        return people
