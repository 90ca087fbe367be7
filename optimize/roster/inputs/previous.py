"""The previous week: last ends of shifts, days worked in a row, and people still at work."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from functools import cached_property
from typing import TYPE_CHECKING

import pandas as pd

from configs.errors import DataError, Fault
from configs.tables import records
from optimize.roster.schedule.schedule import Schedule

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from zoneinfo import ZoneInfo

    from configs.horizon import Horizon

WEEK_DAYS = 7


@dataclass(frozen=True)
class Previous:
    """A roster and its people, the first local day after it, and its name in messages.

    `running` holds the days each person had worked in a row when that week began. `earlier` has the rosters of weeks
    before it, where rules look back that far. `ledger` is the ``fairness`` table of that week, where it had one.
    """

    table: pd.DataFrame
    agents: pd.DataFrame
    until: date
    running: Mapping[str, int] = field(default_factory=dict)
    label: str = "roster.previous"
    earlier: pd.DataFrame | None = None
    ledger: pd.DataFrame | None = None

    def schedule(self, zone: ZoneInfo) -> Schedule:
        """Its shifts as objects, read once; the clock times of its table are those of `zone`."""
        if zone not in self._schedules:
            self._schedules[zone] = Schedule.from_table(self.table, zone, self.label)
        return self._schedules[zone]

    @cached_property
    def _schedules(self) -> dict[ZoneInfo, Schedule]:
        return {}

    @property
    def so_far(self) -> pd.DataFrame:
        """Its roster and the earlier ones."""
        return self.table if self.earlier is None else pd.concat([self.table, self.earlier], ignore_index=True)

    def ended(self) -> dict[str, pd.Timestamp]:
        """End of the last shift of everybody who worked."""
        ends = self.table.groupby("agent")["end"].max()
        return {str(agent): end for agent, end in ends.items()}

    def days_running(self) -> dict[str, int]:
        """Days in a row each person has worked up to the last day; people off on the last day are left out."""
        worked: dict[str, set[int]] = {}
        for row in records(self.table):
            worked.setdefault(str(row["agent"]), set()).add((self.until - pd.Timestamp(row["date"]).date()).days)
        runs = {}
        for agent, days in sorted(worked.items()):
            run = next(back for back in range(1, WEEK_DAYS + 2) if back not in days) - 1
            whole = run == WEEK_DAYS
            runs[agent] = run + (self.running.get(agent, 0) if whole else 0)
        return {agent: run for agent, run in runs.items() if run}


def check_previous(previous: Previous | None, horizon: Horizon) -> None:
    """Refuse a roster that does not end where this week begins.

    Raises
    ------
    DataError
        It is the roster of another week.
    """
    if previous is None or previous.until == horizon.first:
        return
    given, wanted = (day - timedelta(days=WEEK_DAYS) for day in (previous.until, horizon.first))
    words = f"is the roster for the week of {given}; the week of {horizon.first} needs the one for {wanted}"
    raise DataError(Fault(previous.label, words))


def still_at_work(previous: Previous, horizon: Horizon) -> Schedule:
    """Shifts of the previous week that run past its end."""
    return previous.schedule(horizon.zone).ending_after(horizon.begin)
