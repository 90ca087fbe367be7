"""What a history lacks: filled with zeros where the config says so, told with share and dates otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from configs.errors import DataError, Fault
from configs.horizon import Horizon, LocalTimes
from configs.notes import Note
from forecast.calendar import read_calendar

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from configs.schema import Config
    from forecast.calendar import Calendar

MOST_DAYS_TOLD = 5


def open_intervals(config: Config, channel: str, calendar: Calendar, days: Horizon | LocalTimes) -> NDArray[np.bool_]:
    """Whether a channel is open in each interval: opening hours, less closed days, both on the channel's own clock."""
    settings, seen = config.channels[channel], days.seen_in(config.timezone_of(channel))
    closed = calendar.closed(channel, seen.first, seen.days, on_holidays=settings.closed_on_holidays)
    mask: NDArray[np.bool_] = seen.is_open(settings.open) & ~closed[seen.day]
    return mask


def seen_days(rows: pd.DataFrame, zone: str, interval_min: int) -> LocalTimes:
    """Every interval of the local days from the first row to the last; the rows lie on it."""
    local = rows.start.dt.tz_convert(zone)
    first, last = local.min().date(), local.max().date()
    days = Horizon(first, (last - first).days + 1, interval_min, zone)
    # The rows lie on the plan's intervals, which the clock of another zone may show off the hour.
    step, earliest = pd.Timedelta(minutes=interval_min), rows.start.min()
    begin = earliest - (earliest - days.begin) // step * step
    starts = pd.date_range(begin, days.end, freq=step, inclusive="left", unit=days.starts.unit)
    return LocalTimes(starts, interval_min, zone)


def index_of(days: LocalTimes, start: pd.Series) -> NDArray[np.int64]:
    """Number of the interval each start falls in; all lie within the days."""
    step = pd.Timedelta(minutes=days.interval_min)
    return np.asarray((start - days.begin) // step, dtype=np.int64)


def fill_and_note(frame: pd.DataFrame, config: Config, told_as: str, notes: list[Note]) -> pd.DataFrame:
    """Hold every channel against its opening hours: fill or count what is absent, note what lies outside.

    Raises
    ------
    DataError
        When a larger share of open intervals is absent than ``history.max_missing`` allows.
    """
    calendar = read_calendar(config)
    faults: list[Fault] = []
    done = []
    for channel, rows in frame.groupby("channel", sort=True):
        name = str(channel)
        days = seen_days(rows, config.timezone_of(name), config.plan.interval_s // 60)
        is_open = open_intervals(config, name, calendar, days)
        at = index_of(days, rows.start)
        outside = ~is_open[at]
        _note_outside(rows, outside, name, told_as, notes)
        absent = is_open.copy()
        absent[at] = False
        _note_backwards(rows, name, told_as, notes)
        if config.history.missing == "zero":
            done.append(_filled(rows, days.starts[absent], name))
            continue
        share = absent.sum() / max(is_open.sum(), 1)
        if share > config.history.max_missing:
            faults.append(Fault(told_as, _too_much(name, share, days, config.history.max_missing)))
        elif absent.any():
            notes.append(Note(told_as, _gaps(name, absent, is_open, days)))
        done.append(rows)
    if faults:
        raise DataError(faults)
    return pd.concat(done, ignore_index=True)


def _note_outside(
    rows: pd.DataFrame, outside: NDArray[np.bool_], channel: str, told_as: str, notes: list[Note]
) -> None:
    lost = float(rows.volume.to_numpy()[outside].sum())
    if lost > 0:
        share = lost / float(rows.volume.sum())
        said = f'channel "{channel}": {lost:,.0f} contacts ({share:.1%}) came outside the opening hours'
        notes.append(Note(told_as, f"{said} and are not planned for; check channels.{channel}.open"))


def _note_backwards(rows: pd.DataFrame, channel: str, told_as: str, notes: list[Note]) -> None:
    """More handled than offered is possible where work waits; it is told, since it may be a swapped column."""
    if "handled" in rows.columns:
        count = int((rows.handled > rows.volume).sum())
        if count > len(rows) / 10:
            notes.append(Note(told_as, f'channel "{channel}": {count:,} intervals have more handled than offered'))


def _filled(rows: pd.DataFrame, absent: pd.DatetimeIndex, channel: str) -> pd.DataFrame:
    zeros = pd.DataFrame({"channel": channel, "start": absent, "volume": 0.0})
    return pd.concat([rows, zeros], ignore_index=True) if len(zeros) else rows


def _too_much(channel: str, share: float, days: LocalTimes, limit: float) -> str:
    span = f"{days.first} to {days.date(days.days - 1)}"
    said = f'channel "{channel}": {share:.0%} of its open intervals from {span} are absent, more than {limit:.0%}'
    ways = 'check its opening hours, set history.missing = "zero" if absent means none, or raise history.max_missing'
    return f"{said}; {ways}"


def _gaps(channel: str, absent: NDArray[np.bool_], is_open: NDArray[np.bool_], days: LocalTimes) -> str:
    """Share of the open intervals absent, and the days that are absent altogether or in part."""
    lost = np.bincount(days.day[absent], minlength=days.days)
    due = np.bincount(days.day[is_open], minlength=days.days)
    whole, part = np.flatnonzero((lost > 0) & (lost == due)), np.flatnonzero((lost > 0) & (lost < due))
    share = absent.sum() / is_open.sum()
    said = (
        f'channel "{channel}": {int(absent.sum()):,} open intervals ({share:.1%}) are absent and count as not observed'
    )
    for words, numbers in (("whole days", whole), ("parts of", part)):
        if len(numbers):
            listed = ", ".join(str(days.date(int(day))) for day in numbers[:MOST_DAYS_TOLD])
            more = f" and {len(numbers) - MOST_DAYS_TOLD} more" if len(numbers) > MOST_DAYS_TOLD else ""
            said += f"; {words} {listed}{more}"
    return said
