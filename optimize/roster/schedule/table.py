"""Shifts as rows of the ``roster`` table."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from configs.errors import DataError, Fault
from configs.tables import ROSTER, check
from optimize.roster.schedule.codec import read_activities, read_breaks, write_activities, write_breaks
from optimize.roster.schedule.shift import Shift

if TYPE_CHECKING:
    from collections.abc import Sequence
    from zoneinfo import ZoneInfo

HOW = "breaks are written as 12:00-12:30;15:15-15:30"


def write_shifts(shifts: Sequence[Shift], zone: ZoneInfo, *, activities: bool) -> pd.DataFrame:
    """Return one row for each shift, in their order."""
    columns = {
        "agent": pd.Series([each.agent for each in shifts], dtype="str"),
        "name": pd.Series([each.name for each in shifts], dtype="str"),
        "contract": pd.Series([each.contract for each in shifts], dtype="str"),
        "date": pd.Series([each.day for each in shifts], dtype="datetime64[us]"),
        "start": pd.Series([each.start for each in shifts], dtype="datetime64[us, UTC]"),
        "end": pd.Series([each.end for each in shifts], dtype="datetime64[us, UTC]"),
        "breaks": pd.Series([write_breaks(each.breaks, zone) for each in shifts], dtype="str"),
        "paid_h": pd.Series([each.paid_h for each in shifts], dtype="float64"),
        "cost": pd.Series([each.cost for each in shifts], dtype="float64"),
    }
    if activities:
        columns["activities"] = pd.Series([write_activities(each.activities, zone) for each in shifts], dtype="str")
    return check(pd.DataFrame(columns), ROSTER)


def read_shifts(table: pd.DataFrame, zone: ZoneInfo, where: str) -> list[Shift]:
    """Read every row; see `Schedule.from_table`."""
    if table.empty:
        return []
    days = pd.DatetimeIndex(pd.to_datetime(table["date"])).date
    starts, ends = (pd.DatetimeIndex(table[name]).tz_convert("UTC").to_pydatetime() for name in ("start", "end"))
    agents, contracts = (table[name].astype(str).tolist() for name in ("agent", "contract"))
    names, breaks, activities = (_texts(table, name) for name in ("name", "breaks", "activities"))
    paid, cost = (table[name].tolist() for name in ("paid_h", "cost"))
    found: list[Shift] = []
    faults: list[Fault] = []
    for i, number in enumerate(table.index):
        start, end = starts[i], ends[i]
        try:
            rests = read_breaks(breaks[i], start, end, zone) if breaks[i] else ()
            planned = read_activities(activities[i], start, end, zone) if activities[i] else ()
        except ValueError as error:
            faults.append(Fault(f"{where}, row {number}", f"{error}; {HOW}"))
            continue
        found.append(Shift(agents[i], names[i], contracts[i], days[i], start, end, rests, planned, paid[i], cost[i]))
    if faults:
        raise DataError(faults)
    return found


def _texts(table: pd.DataFrame, name: str) -> list[str]:
    """Cells of a column that may be empty or absent."""
    return table[name].fillna("").tolist() if name in table else [""] * len(table)
