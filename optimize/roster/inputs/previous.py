"""The week before: what its roster hands on to this one - ends of shifts, days worked running, people still at work."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from configs.errors import DataError, Fault
from configs.pauses import read_pauses
from configs.tables import records

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from numpy.typing import NDArray

    from configs.horizon import Horizon

WEEK_DAYS = 7


@dataclass(frozen=True)
class Previous:
    """A roster and its people, the first local day after it, and where it stands in messages.

    `running` holds the days each of its people had worked in a row when that week itself began.
    """

    table: pd.DataFrame
    agents: pd.DataFrame
    until: date
    running: Mapping[str, int] = field(default_factory=dict)
    told_as: str = "roster.previous"

    def ended(self) -> dict[str, pd.Timestamp]:
        """End of the last shift of everybody who worked."""
        ends = self.table.groupby("agent")["end"].max()
        return {str(agent): end for agent, end in ends.items()}

    def days_running(self) -> dict[str, int]:
        """Days in a row everybody has worked up to the last day; who was free on it is left out."""
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
    """Refuse a roster that does not end where the week begins.

    Raises
    ------
    DataError
        It is the roster of another week.
    """
    if previous is None or previous.until == horizon.first:
        return
    given, wanted = (day - timedelta(days=WEEK_DAYS) for day in (previous.until, horizon.first))
    words = f"is the roster of the week of {given}; the week of {horizon.first} needs that of {wanted}"
    raise DataError(Fault(previous.told_as, words))


def still_at_work(previous: Previous, horizon: Horizon) -> Iterator[tuple[str, NDArray[np.int64]]]:
    """Yield agent and intervals of this week worked by shifts of the week before that run past its end."""
    step = pd.Timedelta(minutes=horizon.interval_min)
    late = previous.table[previous.table["end"] > horizon.begin]
    for row in records(late.sort_values(["agent", "start"], kind="stable")):
        start, end = ((row[name] - horizon.begin) // step for name in ("start", "end"))
        works = np.ones(end - start, dtype=bool)
        text = row["breaks"] if isinstance(row["breaks"], str) else ""
        for first, last in read_pauses(text, row["start"].to_pydatetime(), row["end"].to_pydatetime(), horizon.zone):
            begin, until = ((pd.Timestamp(moment) - horizon.begin) // step for moment in (first, last))
            works[begin - start : until - start] = False
        moments = start + np.flatnonzero(works)
        yield str(row["agent"]), moments[(moments >= 0) & (moments < horizon.size)]
