"""Gaps of a history: filled with zeros where the config says so, reported with share and dates otherwise."""

from __future__ import annotations

from math import gcd
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from configs.errors import DataError, Fault
from configs.horizon import Horizon, LocalTimes
from forecast.calendar.marks import read_calendar
from forecast.data.intervals import by_channel
from forecast.facts import ContactsOutsideHours, MoreHandledThanOffered, OpenIntervalsAbsent

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from configs.notes import Noticed
    from configs.schema import Config
    from forecast.calendar.marks import Calendar


def open_intervals(config: Config, channel: str, calendar: Calendar, days: Horizon | LocalTimes) -> NDArray[np.bool_]:
    """Whether a channel is open in each interval: opening hours, less closed days, both on the channel's own clock."""
    settings, seen = config.channels[channel], days.seen_in(config.timezone_of(channel))
    closed = calendar.closed(channel, seen.first, seen.days, on_holidays=settings.closed_on_holidays)
    mask: NDArray[np.bool_] = seen.is_open(settings.open) & ~closed[seen.day]
    return mask


def seen_days(rows: pd.DataFrame, zone: str, interval_min: int) -> LocalTimes:
    """Every interval of the local days from the first row to the last; the rows lie on it.

    Where the rows follow a clock that changes by a part of an interval, so do the intervals.
    """
    local = rows.start.dt.tz_convert(zone)
    first, last = local.min().date(), local.max().date()
    days = Horizon(first, (last - first).days + 1, interval_min, zone)
    # The rows lie on the plan's intervals, which the clock of another zone may show off the hour.
    step, earliest = pd.Timedelta(minutes=interval_min), rows.start.min()
    begin = earliest - (earliest - days.begin) // step * step
    phases = np.asarray((rows.start - begin) % step // pd.Timedelta(minutes=1), dtype=np.int64)
    freq = pd.Timedelta(minutes=gcd(interval_min, *np.unique(phases).tolist()))
    starts = pd.date_range(begin, days.end, freq=freq, inclusive="left", unit=days.starts.unit)
    if freq < step:
        starts = _in_phase(starts, rows.start, phases, interval_min)
    return LocalTimes(starts, interval_min, zone)


def _in_phase(
    starts: pd.DatetimeIndex, rows: pd.Series, phases: NDArray[np.int64], interval_min: int
) -> pd.DatetimeIndex:
    """Keep the starts that lie as the last row before them does, less those whose interval reaches into the next."""
    order = np.argsort(rows.to_numpy(), kind="stable")
    last = np.searchsorted(rows.to_numpy()[order], starts.to_numpy(), side="right") - 1
    step = pd.Timedelta(minutes=interval_min)
    minutes = np.asarray((starts - starts[0]) % step // pd.Timedelta(minutes=1), dtype=np.int64)
    kept = starts[minutes == phases[order][np.maximum(last, 0)]]
    apart = np.append(np.diff(kept.to_numpy()) >= step.to_timedelta64(), True)
    return pd.DatetimeIndex(kept[apart | kept.isin(rows)])


def index_of(days: LocalTimes, start: pd.Series) -> NDArray[np.int64]:
    """Number of the interval each start falls in; all lie within the days."""
    found = days.starts.searchsorted(pd.DatetimeIndex(start), side="right")
    return np.asarray(found, dtype=np.int64) - 1


def fill_and_note(frame: pd.DataFrame, config: Config, label: str, notes: list[Noticed]) -> pd.DataFrame:
    """Compare every channel with its opening hours: fill or count what is absent, report what lies outside.

    Raises
    ------
    DataError
        When a larger share of open intervals is absent than ``history.max_missing`` allows.
    """
    calendar = read_calendar(config)
    faults: list[Fault] = []
    zeros = []
    for name, rows in by_channel(frame):
        days = seen_days(rows, config.timezone_of(name), config.plan.interval_s // 60)
        is_open = open_intervals(config, name, calendar, days)
        at = index_of(days, rows.start)
        outside = ~is_open[at]
        _note_outside(rows, outside, name, label, notes)
        absent = is_open.copy()
        absent[at] = False
        if config.history.counting != "spread":  # there the share handled of a contact may come later
            _note_backwards(rows, name, label, notes)
        if config.history.missing == "zero":
            zeros.append(_zeros(days.starts[absent], name))
            continue
        share = absent.sum() / max(is_open.sum(), 1)
        if share > config.history.max_missing:
            faults.append(Fault(label, _too_much(name, share, days, config.history.max_missing)))
        elif absent.any():
            notes.append(_gaps(name, absent, is_open, days, label))
    if faults:
        raise DataError(faults)
    return pd.concat([frame, *zeros], ignore_index=True) if any(map(len, zeros)) else frame


def _note_outside(
    rows: pd.DataFrame, outside: NDArray[np.bool_], channel: str, label: str, notes: list[Noticed]
) -> None:
    lost = float(rows.volume.to_numpy()[outside].sum())
    if lost > 0:
        notes.append(ContactsOutsideHours(label, channel, lost, lost / float(rows.volume.sum())))


def _note_backwards(rows: pd.DataFrame, channel: str, label: str, notes: list[Noticed]) -> None:
    """More handled than offered is possible where work waits; it is reported, since columns may be swapped."""
    if "handled" in rows.columns:
        count = int((rows.handled > rows.volume).sum())
        if count > len(rows) / 10:
            notes.append(MoreHandledThanOffered(label, channel, count))


def _zeros(absent: pd.DatetimeIndex, channel: str) -> pd.DataFrame:
    return pd.DataFrame({"channel": channel, "start": absent, "volume": 0.0})


def _too_much(channel: str, share: float, days: LocalTimes, limit: float) -> str:
    span = f"{days.first} to {days.date(days.days - 1)}"
    said = f'channel "{channel}": {share:.0%} of its open intervals from {span} are absent, more than {limit:.0%}'
    ways = 'check its opening hours, set history.missing = "zero" if absent means none, or raise history.max_missing'
    return f"{said}; {ways}"


def _gaps(
    channel: str, absent: NDArray[np.bool_], is_open: NDArray[np.bool_], days: LocalTimes, label: str
) -> OpenIntervalsAbsent:
    """Share of the open intervals absent, and the days that are absent altogether or in part."""
    lost = np.bincount(days.day[absent], minlength=days.days)
    due = np.bincount(days.day[is_open], minlength=days.days)
    whole, part = np.flatnonzero((lost > 0) & (lost == due)), np.flatnonzero((lost > 0) & (lost < due))
    dates = (tuple(days.date(day) for day in found.tolist()) for found in (whole, part))
    return OpenIntervalsAbsent(label, channel, int(absent.sum()), float(absent.sum() / is_open.sum()), *dates)
