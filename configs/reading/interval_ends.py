"""Tables whose times are the ends of their intervals: each is moved back by the file's own interval."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from configs.reading.source import Bad, Source

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from configs.reading.local_times import RowTimes, Times
    from configs.tables import Column

ONE_DAY = np.timedelta64(86_400_000_000, "us")


def as_starts(source: Source, column: Column, ends: Times) -> Times:
    """Move ends of intervals, in naive UTC, back to their starts; the interval is found, or the `period` stated."""
    period = getattr(source.shape, "period", None)
    length = np.timedelta64(period, "us") if period is not None else usual_step(ends)
    if length is None:
        words = 'label = "end" needs the length of the intervals, and one time does not show it'
        words = f"{words}; set {source.setting}.period"
        source.fault(column, Bad(words), [0])
        return ends
    minutes = length / np.timedelta64(1, "m")
    source.note(f'{source.name(column.name)}: times are ends of intervals of {minutes:g} minutes (label = "end")')
    return ends - length


def usual_step(times: Times) -> np.timedelta64 | None:
    """Most frequent distance between neighbouring times, the shorter one of a tie; None for a single time."""
    steps = np.diff(np.unique(times[~np.isnat(times)]))
    if not len(steps):
        return None
    lengths, count = np.unique(steps, return_counts=True)
    found: np.timedelta64 = lengths[int(np.argmax(count))]
    return found


def midnights_that_end_a_day(source: Source, column: Column, rows: RowTimes) -> RowTimes:
    """Move the midnights of a table whose rows have the day of their interval, not of its end, to the next day.

    There 00:00 comes after 23:30 of the same date; a table with the day of the end has it before 00:30. The order of
    the rows of each date says which it is.
    """
    day = rows.naive.astype("datetime64[D]")
    midnight = (rows.naive == day) & (rows.kind != "utc") & ~np.isnat(rows.naive)
    if not midnight.any():
        return rows
    after, before = _neighbours(rows.naive, day, midnight)
    if after <= before:
        return rows
    source.note(f"{source.name(column.name)}: midnight is the end of the day it is written with, as 24:00 would be")
    at = rows.naive.copy()
    at[midnight] += ONE_DAY
    kind = rows.kind.copy()
    kind[midnight] = "local"
    return replace(rows, naive=at, kind=kind)


def _neighbours(at: Times, day: Times, midnight: NDArray[np.bool_]) -> tuple[int, int]:
    """How many midnights directly follow a later time of their date, and how many directly precede one."""
    same = day[1:] == day[:-1]
    follows = same & midnight[1:] & (at[:-1] > at[1:])
    precedes = same & midnight[:-1] & (at[1:] > at[:-1])
    return int(follows.sum()), int(precedes.sum())
