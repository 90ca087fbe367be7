"""Clock times of a zone as UTC: the hour that comes twice, the hour that is skipped, and the ends of intervals."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from configs.reading.raw import at_rows
from configs.reading.source import Bad, Source
from configs.zones import zone as zone_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from configs.tables import Column

    Times = NDArray[np.datetime64]

HALF_A_DAY = np.int64(43_200_000_000)


@dataclass(frozen=True)
class RowTimes:
    """The moments of a column row by row: as written (`naive`), and their `kind` ("utc", "local", "day" or "").

    `length` is that of spans in microseconds, 0 where the row is none.
    """

    naive: Times
    kind: NDArray[np.str_]
    length: NDArray[np.int64]


def utc_times(source: Source, column: Column, rows: RowTimes, *, ends: bool) -> Times:
    """Naive UTC of every row; what carries no offset is local time of the zone.

    `ends` says that the times are ends of intervals: the first instant that the clock skips is then the end of the last
    interval before. Faults and notes go to the source.
    """
    local, day = rows.kind == "local", rows.kind == "day"
    if not (local | day).any():
        return rows.naive
    out = rows.naive.copy()
    if local.any():
        out[local] = _localized(source, column, rows, np.flatnonzero(local), ends=ends)
        count = f"{int(local.sum()):,} of {len(rows.naive):,} times have no offset"
        hint = f"{source.name(column.name)}: {count} and were read as local time in {source.zone}"
        source.note(hint)
    if day.any():
        # The last day of a leave is a day of leave: it ends at the midnight after it.
        over = np.timedelta64(int(source.table.name == "leave" and column.name == "end"), "D")
        days = pd.DatetimeIndex(rows.naive[day] + over)
        first = np.ones(len(days), dtype=bool)
        out[day] = _naive_utc(days.tz_localize(zone_of(source.zone), ambiguous=first, nonexistent="shift_forward"))
    return out


def _naive_utc(index: pd.DatetimeIndex) -> Times:
    return np.asarray(index.tz_convert("UTC").tz_localize(None), dtype="datetime64[us]")


def _localized(source: Source, column: Column, rows: RowTimes, positions: NDArray[np.int64], *, ends: bool) -> Times:
    """Local clock times to UTC; skipped times with contacts are faults, double ones go by order of appearance."""
    naive = pd.DatetimeIndex(rows.naive[positions])
    summer = np.ones(len(naive), dtype=bool)
    zone = zone_of(source.zone)
    double = np.asarray(naive.tz_localize(zone, ambiguous="NaT", nonexistent="shift_forward").isna())
    if double.any():
        summer[double] = _first_pass(source, column, rows, positions[double])
    known = naive.tz_localize(zone, ambiguous=summer, nonexistent="NaT")
    lost = np.asarray(known.isna())
    if ends and lost.any():
        shifted = naive.tz_localize(zone, ambiguous=summer, nonexistent="shift_forward")
        before = naive.tz_localize(zone, ambiguous=summer, nonexistent="shift_backward")
        at_its_start = np.asarray(naive == before.tz_localize(None) + pd.Timedelta(1, unit=naive.unit))
        known = known.where(~(lost & at_its_start), shifted)
        lost = lost & ~at_its_start
    _refuse_skipped(source, column, [int(i) for i in positions[lost]])
    return _naive_utc(known)


def _refuse_skipped(source: Source, column: Column, skipped: list[int]) -> None:
    """Some systems write a row for skipped hours too; it means nothing where it counts nothing."""
    empty = {i for i in skipped if source.idle is not None and source.idle[i]}
    source.left_out += sorted(empty)
    if len(skipped) > len(empty):
        words = f"the clock skips this time in {source.zone}; check the zone, or write times with an offset"
        source.fault(column, Bad(words), [i for i in skipped if i not in empty])


def _first_pass(source: Source, column: Column, rows: RowTimes, positions: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Whether each double time is the first of its pair.

    A span that ends before it begins, such as 01:30-01:00, is the last of the first pass. All other times are counted
    per key in the order of the file.
    """
    others = [
        key
        for key in source.table.key
        if key != column.name and key in source.parts and source.table.column(key).kind != "time"
    ]
    times = rows.naive[positions].astype(str)
    names = [
        (*(source.text_at(key, int(i)) for key in others), str(at)) for i, at in zip(positions, times, strict=True)
    ]
    told = rows.length[positions] > HALF_A_DAY
    keyed = bool(source.table.key)
    seen = {name: 1 for name, backwards in zip(names, told, strict=True) if backwards}
    first: list[bool] = []
    for name, backwards in zip(names, told, strict=True):
        first.append(bool(backwards) or not keyed or seen.get(name, 0) == 0)
        seen[name] = seen.get(name, 0) + (not backwards)
    single = [
        int(i)
        for i, name, backwards in zip(positions, names, told, strict=True)
        if not backwards and (seen[name] == 1 or not keyed)
    ]
    if single:
        where = at_rows(source.name(column.name), [source.cells.rows[i] for i in single])
        source.note(f"{where}: this time occurs twice and the file has it once; it was read as the first")
    return np.array(first, dtype=bool)
