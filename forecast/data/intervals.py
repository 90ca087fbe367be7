"""Interval length of a history: found, checked against its grid, and brought to that of the plan."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from configs.errors import DataError, Fault
from configs.units import format_duration
from forecast.facts import IntervalsAddedUp

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from configs.notes import Noticed
    from forecast.data.account import Ledger

COUNTS = ("volume", "handled", "abandoned")
SUMS = (*COUNTS, "backlog")
DAY_S = 86_400
MEANS = ("aht_s", "wait_s", "response_s", "service_level", "first_contact_resolution", "satisfaction")
"""Columns that are means over contacts."""


def found_interval_s(start: pd.Series) -> int | None:
    """Most frequent distance between neighbouring starts in seconds; the shorter one of a tie, None for one row."""
    seconds = start.dt.tz_convert("UTC").dt.tz_localize(None).to_numpy().astype("datetime64[s]").astype(np.int64)
    if (seconds[1:] < seconds[:-1]).any():
        seconds = np.sort(seconds)
    steps = seconds[1:] - seconds[:-1]
    steps = steps[steps > 0]
    if not len(steps):
        return None
    length, count = np.unique(steps, return_counts=True)
    return int(length[int(np.argmax(count))])


def by_channel(frame: pd.DataFrame) -> Iterator[tuple[str, pd.DataFrame]]:
    """Rows of each channel, in the order of the names.

    They are taken out one channel at a time: grouping would copy the whole table first.
    """
    for name in sorted(frame.channel.unique()):
        mine = (frame.channel == name).to_numpy()
        yield str(name), frame if mine.all() else frame.loc[mine]


def second_of_day(start: pd.Series, zone: str) -> NDArray[np.int64]:
    """Local clock time of each start in seconds after midnight."""
    local = start.dt.tz_convert(zone).dt.tz_localize(None).to_numpy()
    return np.asarray(local.astype("datetime64[s]").astype(np.int64) % DAY_S, dtype=np.int64)


def to_interval(
    frame: pd.DataFrame, interval_s: int, zone: str, label: str, notes: list[Noticed], ledger: Ledger | None = None
) -> pd.DataFrame:
    """Bring every channel to the planning interval; finer rows are added up, coarser ones refused.

    Parameters
    ----------
    frame
        ``channel``, ``start`` and the columns of a history; ``file`` and ``row`` are told in messages where given.
    interval_s
        Interval of the plan in seconds.
    zone
        Zone on whose clock the intervals begin.
    told_as
        What messages call the table.
    notes
        Gets a note for each channel that was added up.
    ledger
        Gets the rows of intervals seen in part only, which are left out.

    Raises
    ------
    DataError
        A channel is coarser than the plan, does not add up to it, or is off its grid.
    """
    faults: list[Fault] = []
    done: dict[str, pd.DataFrame] = {}
    for channel, rows in by_channel(frame):
        finer = _Finer(channel, found_interval_s(rows.start) or interval_s, interval_s, zone)
        fault = finer.fault(rows, label)
        if fault is not None:
            faults.append(fault)
        elif finer.found_s != interval_s:
            done[channel], noticed = finer.added_up(rows, label, ledger)
            notes.append(noticed)
    if faults:
        raise DataError(faults)
    rest = frame.loc[~frame.channel.isin(list(done))] if done else frame
    return pd.concat([rest, *done.values()], ignore_index=True) if done else frame.reset_index(drop=True)


@dataclass(frozen=True)
class _Finer:
    """A channel whose rows are as long as found, to be brought to the interval of the plan on the clock of a zone."""

    channel: str
    found_s: int
    interval_s: int
    zone: str

    def fault(self, rows: pd.DataFrame, label: str) -> Fault | None:
        """What keeps the rows from being added up; None where nothing does."""
        whose, have, want = f'channel "{self.channel}"', _words(self.found_s), _words(self.interval_s)
        if self.found_s > self.interval_s:
            words = f"{whose} has intervals of {have}, the plan of {want}; a history cannot be split further"
            hint = (
                f'set plan.interval = "{have}"' if self.found_s <= 3600 else "export it in intervals of an hour or less"
            )
            if self.found_s == DAY_S:
                hint += f", or set channels.{self.channel}.shape to spread the days"
            return Fault(label, f"{words}; {hint}")
        if self.interval_s % self.found_s:
            return Fault(label, f"{whose} has intervals of {have}, which do not add up to {want}")
        off = second_of_day(rows.start, self.zone) % self.found_s != 0
        if not off.any():
            return None
        shown = rows.loc[off].iloc[0]
        where = f"{shown.file} row {shown.row}" if "row" in rows.columns else label
        words = f"{whose} at {shown.start.tz_convert(self.zone):%Y-%m-%d %H:%M:%S} is not on the grid of {have}"
        return Fault(where, f"{words}; {int(off.sum()):,} of {len(rows):,} rows are")

    def added_up(self, rows: pd.DataFrame, label: str, ledger: Ledger | None) -> tuple[pd.DataFrame, IntervalsAddedUp]:
        """Add up finer rows, and say so; an interval counts as observed when every part of it was."""
        # Counted from the local hour: a zone a quarter of an hour off UTC has its hours there.
        late_s = second_of_day(rows.start, self.zone) % self.interval_s
        begin = rows.start - pd.to_timedelta(late_s, unit="s")
        whole = (begin.groupby(begin).transform("size") == self.interval_s // self.found_s).to_numpy()
        lost = int(begin[~whole].nunique())
        if lost and ledger is not None:
            ledger.leave_out_intervals("part", self.channel, rows.start[~whole])
        if "backlog" in rows.columns:
            rows = rows.assign(backlog=rows.backlog.where(rows.start == begin))
        noticed = IntervalsAddedUp(label, self.channel, self.found_s, self.interval_s, lost)
        return added_up(rows.assign(start=begin).loc[whole]), noticed


def _words(seconds: int) -> str:
    return (
        f"{seconds // 60}min" if seconds % 60 == 0 and seconds < 3600 else format_duration(timedelta(seconds=seconds))
    )


def added_up(rows: pd.DataFrame, key: Sequence[str] = ("channel", "start")) -> pd.DataFrame:
    """One row per key: contacts and backlogs are summed; handle times and waits are means over contacts.

    Handle times are weighted by contacts handled where they are known, otherwise, like waits, by contacts offered. A
    sum of nothing known is not known.
    """
    rows = rows.sort_values([*key, *(n for n in ("volume", *MEANS) if n in rows.columns)], kind="stable")
    sums = [name for name in SUMS if name in rows.columns]
    firsts = [name for name in ("file", "row") if name in rows.columns]
    means = [name for name in MEANS if name in rows.columns]
    for name in means:
        weight = weight_of(name, rows).where(rows[name].notna(), 0.0)
        rows = rows.assign(**{f"_work_{name}": (rows[name] * weight).fillna(0.0), f"_weight_{name}": weight})
    groups = rows.groupby(list(key), sort=True)
    added = [name for name in rows.columns if name.startswith(("_work_", "_weight_"))]
    out = pd.concat([groups[sums].sum(min_count=1), groups[firsts].first(), groups[added].sum()], axis=1).reset_index()
    for name in means:
        weight = out[f"_weight_{name}"]
        out[name] = (out[f"_work_{name}"] / weight.where(weight > 0)).astype(float)
    return out.drop(columns=added)


def weight_of(name: str, rows: pd.DataFrame) -> pd.Series:
    """Contacts that a mean of a row is over: those handled for a handle time, where known; those offered otherwise."""
    if name == "aht_s" and "handled" in rows.columns:
        return rows.handled.fillna(rows.volume)
    return rows.volume
