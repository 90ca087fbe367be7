"""The forecast of the weekly run: every channel of a config, every interval of the planned days."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from configs.errors import ConfigError, DataError, Fault
from configs.notes import Note
from configs.tables import FORECAST, check, settled
from forecast.adjustments import adjusted, read_adjustments
from forecast.gaps import open_intervals
from forecast.handle_time import forecast_handle_time
from forecast.history import needs_handle_time
from forecast.hours import hours_told
from forecast.parallel import each
from forecast.patience import read_patience
from forecast.prepare import aht_grid, prepare
from forecast.recipe import forecast_channel
from forecast.result import Forecast

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from configs.horizon import Horizon
    from configs.schema import Config
    from forecast.activity import Use
    from forecast.calendar import Calendar
    from forecast.cleaning import Finding
    from forecast.history import History
    from forecast.parallel import Backend
    from forecast.prepare import Prepared
    from forecast.recipe import Outlook

    Array = NDArray[np.float64]

LONG_GAP_DAYS = 60
SILENT_DAYS = 56
NOT_RECORDED = "if contacts were not recorded then, drop these days with [[history.cleaning]]"


def default_week(history: History, config: Config) -> date:
    """Monday of the first whole week after the history ends."""
    last = history.table.start.max() + pd.Timedelta(seconds=history.interval_s)
    local = last.tz_convert(config.plan.timezone)
    day = (local.normalize() if local == local.normalize() else local.normalize() + pd.Timedelta(days=1)).date()
    return date.fromordinal(day.toordinal() + -day.weekday() % 7)


def forecast_week(
    config: Config,
    history: History,
    calendar: Calendar,
    horizon: Horizon,
    *,
    jobs: int = 1,
    backend: Backend = "loky",
) -> Forecast:
    """Forecast every interval of the horizon for every channel of the config; 0 where it is closed.

    Only what was known before the horizon is used. A gap between the end of the history and the horizon is
    forecast through. `jobs` processes share the channels (see ``forecast.parallel.each``).

    Raises
    ------
    ConfigError
        When a channel has no handle time in the history and none in the config.
    DataError
        When a channel has no history before the horizon.
    """
    adjustments, notes = read_adjustments(config)
    tasks = []
    for name in config.channels:
        rows = history.channel(name)
        rows = rows.loc[rows.start < _first_day_begins(horizon, config.timezone_of(name))]
        if rows.empty:
            words = f'no row of channel "{name}" is before {horizon.first}; plan a later week or give more history'
            raise DataError(Fault(f"history of {name}", words))
        tasks.append(Task(name, config, rows, calendar, horizon))
    done = each(channel_week, tasks, jobs, backend)
    faults = [fault for one in done for fault in one.faults]
    if faults:
        raise ConfigError(faults)
    table = settled(check(pd.concat([one.table for one in done], ignore_index=True), FORECAST))
    said = [*notes, *(note for one in done for note in one.notes)]
    if adjustments is not None:
        table, applied = adjusted(table, adjustments, config.plan.timezone)
        table, said = settled(table), [*said, *applied]
    records = tuple(
        one.outlook.accuracy for one in done if one.outlook is not None and one.outlook.accuracy is not None
    )
    explanations = tuple(one.outlook.explanation for one in done if one.outlook is not None)
    findings = tuple(finding for one in done for finding in one.findings)
    past = tuple(one.outlook.past for one in done if one.outlook is not None and one.outlook.past is not None)
    return Forecast(table, records, tuple(said), explanations, findings, past)


def _first_day_begins(horizon: Horizon, timezone: str) -> pd.Timestamp:
    """Midnight at which the local day of the first planned interval begins in a zone; that day is forecast whole."""
    return replace(horizon, first=horizon.seen_in(timezone).first, timezone=timezone).begin


@dataclass(frozen=True)
class Task:
    """All that is needed to forecast one channel, here or in another process."""

    name: str
    config: Config
    rows: pd.DataFrame
    calendar: Calendar
    horizon: Horizon


@dataclass(frozen=True)
class Done:
    """Forecast table of one channel, the outlook it was cut from, and what was noticed; or the faults."""

    table: pd.DataFrame
    outlook: Outlook | None
    notes: tuple[Note, ...] = ()
    findings: tuple[Finding, ...] = ()
    faults: tuple[Fault, ...] = ()


def channel_week(task: Task) -> Done:
    """Forecast one channel over the horizon."""
    name, config, horizon = task.name, task.config, task.horizon
    ready = prepare(config, name, task.rows, task.calendar)
    grid, seen = ready.grid, horizon.seen_in(ready.timezone)
    try:
        aht = _handle_time(config, name, ready)
    except ConfigError as error:
        return Done(pd.DataFrame(), None, faults=error.faults)
    last = grid.first.toordinal() + grid.days - 1
    gap = seen.first.toordinal() - last - 1
    effects = task.calendar.effects(name, grid.first, grid.days + gap + seen.days)
    fast = config.forecast.fast
    outlook = forecast_channel(name, grid, gap + seen.days, effects, ready.is_open, fast=fast)
    at = (gap + seen.day, seen.slot)
    is_open = open_intervals(config, name, task.calendar, horizon)
    table = pd.DataFrame({"channel": name, "start": horizon.starts, "volume": np.where(is_open, outlook.mean[at], 0.0)})
    for quantile, ahead_of in outlook.quantiles.items():
        table[quantile] = np.where(is_open, ahead_of[at], 0.0)
    table["aht_s"] = aht[seen.weekday, seen.slot]
    notes = [
        *(finding.note() for finding in ready.findings),
        *_method_notes(name, outlook, gap),
        *_activity_notes(name, outlook),
    ]
    patience = read_patience(ready)
    said = patience.note() if patience is not None else None
    notes += [said] if said is not None else []
    return Done(table.astype({"channel": "str"}), outlook, tuple(notes), ready.findings)


def _handle_time(config: Config, name: str, ready: Prepared) -> Array:
    """Handle time per weekday and slot: from the history, else the one set, else that of one conversation at a time."""
    grid, seen = ready.grid, aht_grid(ready)
    if seen is not None:
        learned = forecast_handle_time(grid, seen)
        if learned is not None:
            return learned
    channel = config.channels[name]
    seconds: float | None = None
    if channel.aht is not None:
        seconds = channel.aht.total_seconds()
    elif channel.kind == "concurrent":
        if channel.aht_by_slots:
            seconds = channel.aht_by_slots[0].total_seconds()
        elif channel.touch is not None and channel.touches is not None:
            seconds = channel.touch.total_seconds() * channel.touches
    if seconds is None:
        raise needs_handle_time(name)
    return np.full((7, len(grid.slots)), seconds)


def _method_notes(name: str, outlook: Outlook, gap: int) -> list[Note]:
    """Tell when the recipe could not be used, was wrong in sum on the past, or has to look far."""
    said = []
    used = outlook.use
    if outlook.method == "short":
        days = f"{used.days} days of history" + (f" since it began on {used.began}" if used.began else "")
        said.append(f"has {days}; its forecast is the mean of each weekday, eight weeks would improve it")
    record = outlook.accuracy
    if record is not None and record.is_biased:
        said.append(
            f"was forecast {abs(record.bias):.1%} too {'high' if record.bias > 0 else 'low'} on past weeks, more than "
            f"chance explains (standard error {record.bias_error:.1%}); look for days that history.cleaning or the "
            f"calendar should name, or adjust the forecast (calendar.adjustments)"
        )
    if gap > LONG_GAP_DAYS:
        said.append(f"its history ends {gap} days before the planned week; newer data would forecast better")
    return [Note(f"channel {name}", words) for words in said]


def _activity_notes(name: str, outlook: Outlook) -> list[Note]:
    """Tell where zeros were taken for a channel that was not in use, and what was never observed and is filled."""
    used, said = outlook.use, []
    if used.quiet is not None:
        said.append(_quiet_told(used, *used.quiet))
    if used.began is not None and outlook.method != "short":
        said.append(f"began on {used.began}; the zeros recorded before are not counted")
    for first, last in used.seasons:
        said.append(f"had no contacts from {first} to {last}; the same season is forecast as 0; {NOT_RECORDED}")
    for first, last in used.gaps:
        said.append(f"had no contacts from {first} to {last}; these days count as not in use")
    if outlook.filled is not None and outlook.filled.any():
        said.append(f"was never observed {hours_told(outlook.filled)}; these hours are filled from similar ones")
    return [Note(f"channel {name}", words) for words in said]


def _quiet_told(used: Use, first: date, last: date) -> str:
    """How zeros at the end of the history are read."""
    if used.reading == "outage":
        return f"had no contacts since {first}; it is forecast as before, since two weeks of zeros would be its end"
    if used.reading == "season":
        until = f" until {used.back}" if used.back else ""
        return f"had no contacts since {first} and none at that time of the year before; its forecast is 0{until}"
    if (last - first).days + 1 >= SILENT_DAYS:
        return "had no contacts in the last eight weeks; its forecast is 0"
    return f"had no contacts since {first}; its forecast is 0; {NOT_RECORDED}"
