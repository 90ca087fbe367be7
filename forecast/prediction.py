"""Public API for notebooks: a plain table of history in, a plain table of forecast out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from math import gcd
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from pydantic import ValidationError

from configs.errors import DataError, Fault, nearest
from configs.schema import HandleTimes
from configs.units import DAY_SECONDS, format_duration, parse_duration
from configs.zones import known_zones
from forecast.calendar.marks import Calendar, no_events
from forecast.channel import forecast_channel
from forecast.data.grid import to_grid
from forecast.data.handle_check import InputSource, odd_handle_times
from forecast.data.handle_units import in_seconds
from forecast.data.intervals import added_up
from forecast.models.handle_time import forecast_handle_time
from forecast.parallel import each

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import tzinfo

    from numpy.typing import NDArray

    from forecast.parallel import Backend

MOST_DAYS = 400
HOUR_S = 3_600


def predict(
    history: pd.DataFrame,
    days: int = 28,
    events: pd.DataFrame | None = None,
    *,
    timezone: str | None = None,
    interval: str | None = None,
    aht: Mapping[str, str] | None = None,
    fast: bool = False,
    jobs: int = 1,
    backend: Backend = "loky",
) -> pd.DataFrame:
    """Forecast the days after a history.

    Parameters
    ----------
    history
        Columns ``start`` and ``volume``, optionally ``channel``, ``aht_s`` and ``handled``; a row for every interval
        observed, in any order. Starts may be naive local times, or moments with a zone or offset.
    days
        Number of local days to forecast, from the day after the last row.
    events
        Columns ``start``, ``end``, ``name``, optionally ``channel`` and ``closed``; future ones included.
    timezone
        Zone whose days and weekdays count, such as ``"Europe/London"``; by default that of ``start``. A column in UTC
        has days of UTC unless the zone of the customers is named here. Naive starts are local times of their zone
        already.
    interval
        Length of an interval such as ``"30min"``; by default the one found in the history. Finer rows are added up.
    aht
        What ``aht_s`` holds, as ``history.aht`` of a config states it: ``{"unit": "ms", "is": "total"}`` is the
        milliseconds of all contacts handled. Without it, mean seconds are expected and other values refused.
    fast
        Fewer models and a shorter backtest: a few percent less accurate, several times as fast.
    jobs, backend
        Processes that share the channels, -1 for every core; on this machine (``loky``) or a ``dask`` cluster.

    Returns
    -------
    DataFrame
        ``start, volume, q025, q10, q50, q90, q975`` of every interval observed in most weeks, 0 where nothing ever
        came (hours never observed have no row: no opening hours say that they are open), and ``channel`` or
        ``aht_s`` when the history has them; ``start`` is naive local when it was, otherwise in the zone of the days:
        an hour that the clock shows twice has two rows, one that it skips none.

    Raises
    ------
    DataError
        When the table cannot be read as a history, its rows are longer than `interval`, or its handle times do not
        look like mean seconds and `aht` does not state what they are.

    >>> import pandas as pd
    >>> start = pd.date_range("2026-01-05", periods=28 * 24, freq="h")
    >>> ahead = predict(pd.DataFrame({"start": start, "volume": 10.0}), days=1)
    >>> len(ahead), round(float(ahead.volume.iloc[0]), 3)
    (24, 10.0)
    """
    if isinstance(days, bool) or not isinstance(days, int) or not 1 <= days <= MOST_DAYS:
        raise DataError(Fault("days", f"{days} days is out of range; forecast 1 to {MOST_DAYS}"))
    if timezone is not None and timezone not in known_zones():
        close = nearest(str(timezone), sorted(known_zones()))
        raise DataError(Fault("timezone", f'"{timezone}" is not a time zone{close}'))
    rows, zone = _rows(history, timezone)
    rows = _in_seconds(rows, aht)
    step_s = _step_s(rows, interval)
    _refuse_coarser(rows, interval, step_s)
    rows = _on_grid(rows, step_s)
    calendar = Calendar(_events(events))
    last = rows.clock.max().date()
    tasks = [
        _Task(str(name), part, days + (last - part.clock.max().date()).days, calendar, fast)
        for name, part in rows.groupby("channel", sort=True)
    ]
    parts = each(_channel, tasks, jobs, backend)
    out = pd.concat([part.loc[part.start > pd.Timestamp(last) + pd.Timedelta(hours=23, minutes=59)] for part in parts])
    out = out.reset_index(drop=True)
    if zone is not None:
        out = _moments(out, zone, step_s)
    names = ["channel", "start", "volume", "q025", "q10", "q50", "q90", "q975", "aht_s"]
    kept = [name for name in names if name in (history.columns if name in {"channel", "aht_s"} else out.columns)]
    return out[[name for name in kept if name in out.columns]]


def _moments(out: pd.DataFrame, zone: str | tzinfo, step_s: int) -> pd.DataFrame:
    """Clock times as moments of a zone: a time shown twice becomes two rows, a skipped one none.

    Intervals longer than an hour have one row each: a day whose midnight is skipped begins when the skip ends.
    """
    longer = step_s > HOUR_S
    clock, every = out.start.dt, np.ones(len(out), dtype=bool)
    first = clock.tz_localize(zone, ambiguous=every, nonexistent="shift_forward" if longer else "NaT")
    if longer:
        return out.assign(start=first)
    second = clock.tz_localize(zone, ambiguous=~every, nonexistent="NaT")
    again = out.assign(start=second).loc[first != second]
    both: pd.DataFrame = pd.concat([out.assign(start=first), again]).dropna(subset=["start"])
    return both.sort_values(["channel", "start"], kind="stable", ignore_index=True)


def _rows(history: pd.DataFrame, timezone: str | None) -> tuple[pd.DataFrame, str | tzinfo | None]:
    """Columns channel, clock (naive local), volume, aht_s of the rows, checked; and their zone, None where naive."""
    absent = [name for name in ("start", "volume") if name not in history.columns]
    if absent:
        found = [str(name) for name in history.columns]
        raise DataError(
            [
                Fault("history", f'has no column "{name}"{nearest(name, found)}; it has {", ".join(found)}')
                for name in absent
            ]
        )
    if history.empty:
        raise DataError(Fault("history", "has no rows"))
    start = _starts(history["start"], timezone)
    volume = pd.to_numeric(history["volume"], errors="coerce").to_numpy(float)
    wrong = ~np.isfinite(volume) | (volume < 0)
    if wrong.any() or start.isna().any():
        at = int(np.flatnonzero(wrong | start.isna().to_numpy())[0])
        value = history["volume"].iloc[at]
        words = f"volume is {value} at {start.iloc[at]}; volumes are 0 or more; leave out rows that were not observed"
        raise DataError(Fault(f"history row {at + 1}", words))
    zone = _zone_of(start, timezone)
    clock = start if zone is None else start.dt.tz_convert(zone).dt.tz_localize(None)
    channel = history["channel"].astype("str").to_numpy() if "channel" in history.columns else ""
    utc = start if zone is None else start.dt.tz_convert("UTC").dt.tz_localize(None)
    offset = (clock - utc).dt.total_seconds().to_numpy()
    rows = pd.DataFrame({"channel": channel, "clock": clock.to_numpy(), "volume": volume, "offset_s": offset})
    if "aht_s" in history.columns:
        for name in ("aht_s", "handled"):
            if name in history.columns:
                rows[name] = pd.to_numeric(history[name], errors="coerce").to_numpy(float)
    one_channel = bool((rows.channel == rows.channel.iloc[0]).all())
    one_after_another = one_channel and rows.clock.is_monotonic_increasing and rows.clock.is_unique
    return rows if one_after_another else rows.sort_values(list(rows.columns), kind="stable", ignore_index=True), zone


def _starts(column: pd.Series, timezone: str | None) -> pd.Series:
    """Read starts; texts that mix offsets, as local times over a clock change do, need a time zone."""
    try:
        return pd.to_datetime(column)
    except (ValueError, TypeError) as error:
        try:
            naive = any(pd.Timestamp(start).tz is None for start in column)
        except (ValueError, TypeError):
            naive = True
        if naive:
            raise DataError(Fault("history", f"start cannot be read as times ({error})")) from error
        if timezone is None:
            words = 'start has several UTC offsets; give the local zone, such as timezone="Europe/London"'
            raise DataError(Fault("history", words)) from error
    return pd.to_datetime(column, utc=True)


def _zone_of(start: pd.Series, timezone: str | None) -> str | tzinfo | None:
    """Zone of the days: the one asked for, else that of the starts, by name where it has one; None for naive starts."""
    if start.dt.tz is None:
        return None
    # By name, since a zone made before the newest rules were chosen keeps the old ones.
    return timezone or getattr(start.dt.tz, "key", None) or start.dt.tz


def _in_seconds(rows: pd.DataFrame, aht: Mapping[str, str] | None) -> pd.DataFrame:
    """Read handle times as stated; refuse them where they do not look like it."""
    stated = None
    if aht is not None:
        try:
            stated = HandleTimes.model_validate(dict(aht))
        except ValidationError as error:
            words = f'{dict(aht)} is not valid; write, for example, {{"unit": "ms", "is": "mean"}}'
            raise DataError(Fault("aht", f"{words}; units are s, ms and min, is may be mean or total")) from error
    input_source = InputSource("history", "aht_s", lambda one: f'aht={{"unit": "{one.unit}", "is": "{one.is_}"}}')
    faults, _ = odd_handle_times(rows, rows.clock, {}, stated, input_source)
    if faults:
        raise DataError(faults)
    return in_seconds(rows, stated)


def _step_s(rows: pd.DataFrame, interval: str | None) -> int:
    """Interval in seconds: the one asked for, else the most frequent distance of neighbours; at most a day."""
    if interval is not None:
        try:
            seconds = int(parse_duration(interval).total_seconds())
        except ValueError as error:
            raise DataError(Fault("interval", str(error))) from error
        if seconds < 60 or DAY_SECONDS % seconds:
            raise DataError(
                Fault("interval", f'"{interval}" does not divide a day; write one such as "15min", "1h" or "1d"')
            )
        return seconds
    clock = np.unique(_seconds(rows.clock))
    if len(clock) < 2:
        return DAY_SECONDS
    length, count = np.unique(np.diff(clock), return_counts=True)
    return min(int(length[int(np.argmax(count))]), DAY_SECONDS)


def _refuse_coarser(rows: pd.DataFrame, interval: str | None, step_s: int) -> None:
    """Refuse an interval finer than the rows of a channel: nothing says how their contacts lie within them."""
    faults = []
    for name, part in rows.groupby("channel", sort=True) if interval is not None else ():
        apart = np.diff(np.unique(_seconds(part.clock) - part.offset_s.to_numpy().astype(np.int64)))
        if len(apart) and apart.min() > step_s:
            whose = f'channel "{name!s}" has' if name else "the history has"
            length = format_duration(timedelta(seconds=int(apart.min())))
            words = f"{whose} rows of {length}, and cannot be split into shorter intervals"
            faults.append(Fault("interval", f'"{interval}": {words}; give rows of {interval} or leave interval out'))
    if faults:
        raise DataError(faults)


def _on_grid(rows: pd.DataFrame, step_s: int) -> pd.DataFrame:
    """Add up rows finer than the interval; the double hour of a clock change stays two rows.

    Rows of an hour or less that all begin at the same minute of it, as hours of UTC do at half past in India, keep it.
    """
    row_s = _step_s(rows, None)
    rows = _divided(rows, row_s)
    late = np.unique(_seconds(rows.clock) % row_s)
    kept = pd.Timedelta(seconds=int(late[0]) if row_s <= HOUR_S and len(late) == 1 else 0)
    floored = (rows.clock - kept).dt.floor(f"{step_s}s") + kept
    if (floored == rows.clock).all():
        return rows
    fold = rows.offset_s if step_s <= HOUR_S else 0
    return added_up(rows.assign(clock=floored, offset_s=fold), ["channel", "clock", "offset_s"])


def _divided(rows: pd.DataFrame, row_s: int) -> pd.DataFrame:
    """Divide hours evenly over the local ones they lie in, where a zone half an hour off changes to and fro."""
    seconds = _seconds(rows.clock)
    late, moments = np.unique(seconds % row_s), (seconds - rows.offset_s.to_numpy()) % row_s
    if row_s > HOUR_S or len(late) < 2 or (moments != moments[0]).any():
        return rows
    part_s = gcd(row_s, *late.tolist())
    number = row_s // part_s
    parts = rows.loc[rows.index.repeat(number)].reset_index(drop=True)
    later = pd.to_timedelta(np.tile(np.arange(number) * part_s, len(rows)), unit="s")
    parts = parts.assign(clock=parts.clock + later, volume=parts.volume / number)
    # The last hour may reach past midnight: that makes no day of the next one.
    last = rows.groupby("channel").clock.max().dt.normalize() + pd.Timedelta(days=1)
    return parts.loc[parts.clock < parts.channel.map(last)].reset_index(drop=True)


def _seconds(clock: pd.Series) -> NDArray[np.int64]:
    return np.asarray(clock.to_numpy().astype("datetime64[s]").astype(np.int64))


def _events(events: pd.DataFrame | None) -> pd.DataFrame:
    if events is None or events.empty:
        return no_events()
    absent = [name for name in ("start", "end", "name") if name not in events.columns]
    if absent:
        raise DataError(
            Fault("events", f"has no column {', '.join(absent)}; it has {', '.join(map(str, events.columns))}")
        )
    texts = {
        name: (events[name].fillna("").astype("str").to_numpy() if name in events.columns else "")
        for name in ("channel", "name", "closed")
    }
    try:
        dates = {name: pd.to_datetime(events[name]).dt.tz_localize(None).to_numpy() for name in ("start", "end")}
    except (ValueError, TypeError, AttributeError) as error:
        raise DataError(Fault("events", f"start and end cannot be read as dates ({error})")) from error
    return pd.DataFrame({**texts, **dates})


@dataclass(frozen=True)
class _Task:
    """One channel to forecast for `ahead` days after its own last one."""

    name: str
    rows: pd.DataFrame
    ahead: int
    calendar: Calendar
    fast: bool


def _channel(task: _Task) -> pd.DataFrame:
    """Forecast one channel, rows where it looks open."""
    name, rows, ahead, calendar = task.name, task.rows, task.ahead, task.calendar
    clock = pd.DatetimeIndex(rows.clock)
    times_of_day = np.unique(np.asarray(clock.hour * 60 + clock.minute, dtype=np.int64))
    grid = to_grid(clock, rows.volume.to_numpy(float), times_of_day)
    closed = calendar.closed(name, grid.first, grid.days + ahead)
    grid = grid.without(closed[: grid.days])
    is_open = grid.open()
    effects = calendar.effects(name, grid.first, grid.days + ahead)
    channel_forecast = forecast_channel(name, grid, ahead, effects, is_open, fast=task.fast)
    begin = grid.date(grid.days)
    days = pd.date_range(begin, periods=ahead, freq="D")
    weekday = np.asarray(days.day_of_week)
    start = (days.to_numpy().astype("datetime64[s]")[:, None] + times_of_day.astype("timedelta64[m]")[None, :]).astype(
        "datetime64[us]"
    )
    shown = is_open[weekday] & ~closed[grid.days :, None]
    columns: dict[str, NDArray[np.generic]] = {"start": start[shown], "volume": channel_forecast.mean[shown]}
    columns |= {quantile: values[shown] for quantile, values in channel_forecast.quantiles.items()}
    if "aht_s" in rows.columns and rows.aht_s.notna().any():
        known = rows.aht_s.notna().to_numpy()
        seen = to_grid(clock[known], rows.aht_s.to_numpy(float)[known], times_of_day, grid.first, grid.days)
        aht = forecast_handle_time(grid, seen)
        if aht is not None:
            columns["aht_s"] = aht[weekday][shown]
    out = pd.DataFrame(columns)
    out.insert(0, "channel", name)
    return out.astype({"channel": "str"})
