"""Rows counted by a clock a part of an hour off the plan's, divided over the intervals of the plan."""

from __future__ import annotations

from dataclasses import dataclass
from math import gcd
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from configs.horizon import LocalTimes
from forecast.data.intervals import COUNTS, added_up, by_channel, found_interval_s, second_of_day
from forecast.facts import RowsDivided

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from configs.notes import Noticed
    from configs.schema import Config

HOUR_MIN = 60
QUARTER_MIN = 15
"""Every zone's clock is off UTC by whole quarter hours."""


@dataclass(frozen=True)
class Division:
    """How rows of `row_min` minutes are cut: into parts of `part_min`; `late_min` is how far off the clock they begin.

    `late_min` has several values where the zone changes its clock by a part of an hour.
    """

    row_min: int
    part_min: int
    late_min: tuple[int, ...]

    @property
    def number(self) -> int:
        """Parts of a row."""
        return self.row_min // self.part_min


def on_local_clock(frame: pd.DataFrame, config: Config, label: str, notes: list[Noticed]) -> pd.DataFrame:
    """Divide the rows of channels that were counted by the clock of a zone a part of an hour off the plan's.

    Hours in UTC begin at half past where the zone is half an hour off it. The contacts of such a row are divided evenly
    over the parts of it in which the channel is open, over all of it where it is closed throughout; handle times and
    other means are those of the row. No contact is lost. Other rows are returned as they are.

    Parameters
    ----------
    frame
        Rows with ``channel``, ``start`` in UTC and counts.
    config
        The plan's interval and zone, and the opening hours.
    told_as
        Name of the source in messages.
    notes
        A note for each channel divided is appended.
    """
    interval_min = config.plan.interval_s // 60
    done: dict[str, pd.DataFrame] = {}
    for channel, rows in by_channel(frame):
        cut = division(rows.start, config.plan.timezone)
        if cut is None or interval_min % cut.part_min or channel not in config.channels:
            continue
        notes.append(RowsDivided(label, channel, config.plan.timezone, cut.row_min, cut.part_min, cut.late_min))
        done[channel] = _divided(rows, cut, config, channel)
    if not done:
        return frame
    return pd.concat([frame.loc[~frame.channel.isin(list(done))], *done.values()], ignore_index=True)


def division(start: pd.Series, zone: str) -> Division | None:
    """Find how rows have to be cut to fit the clock of a zone; None where they fit, or fit the clock of no zone.

    Rows that all begin at the same quarter of an hour were counted by a clock of some zone; rows that begin elsewhere
    are off every clock.
    """
    row_s = found_interval_s(start)
    if row_s is None or row_s % 60 or row_s > HOUR_MIN * 60:
        return None
    begin = np.flatnonzero(np.bincount(second_of_day(start, "UTC") % row_s))
    late = np.flatnonzero(np.bincount(second_of_day(start, zone) % row_s))
    if len(begin) > 1 or begin[0] % (QUARTER_MIN * 60) or not late.any():
        return None
    late_min = [int(seconds) // 60 for seconds in late]
    return Division(row_s // 60, gcd(row_s // 60, *late_min), tuple(late_min))


def _divided(rows: pd.DataFrame, cut: Division, config: Config, channel: str) -> pd.DataFrame:
    """Cut rows into parts and add those up to the plan's intervals."""
    zone, interval_s = config.plan.timezone, config.plan.interval_s
    rows = rows.sort_values("start", kind="stable").reset_index(drop=True)
    parts = rows.loc[rows.index.repeat(cut.number)].reset_index(drop=True)
    start = parts.start + pd.to_timedelta(np.tile(np.arange(cut.number), len(rows)) * cut.part_min, unit="min")
    begin = _floored(_floored(start, zone, interval_s), zone, interval_s)  # again, for an hour of ninety minutes
    share = _shares(start, cut, config, channel)
    counts = {name: parts[name] * share for name in COUNTS if name in parts.columns}
    if "backlog" in parts.columns:
        counts["backlog"] = parts.backlog.where(start == begin)
    return added_up(parts.assign(start=begin, **counts))


def _floored(start: pd.Series, zone: str, interval_s: int) -> pd.Series:
    """Take moments back to where the clock of a zone shows the start of an interval."""
    return start - pd.to_timedelta(second_of_day(start, zone) % interval_s, unit="s")


def _shares(start: pd.Series, cut: Division, config: Config, channel: str) -> NDArray[np.float64]:
    """Share of its row's contacts that each part gets."""
    times = LocalTimes(pd.DatetimeIndex(start), cut.part_min, config.timezone_of(channel))
    is_open = times.is_open(config.channels[channel].open).reshape(-1, cut.number)
    taking = is_open | ~is_open.any(axis=1, keepdims=True)
    return np.asarray((taking / taking.sum(axis=1, keepdims=True)).ravel(), dtype=np.float64)
