"""The forecast of the weekly run: every channel of a config, every interval of the planned days."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from configs.errors import ConfigError, DataError, Fault
from configs.tables import FORECAST, check, settled
from forecast.adjustments import adjusted, read_adjustments
from forecast.channel import forecast_channel
from forecast.channel_notes import activity_notes, method_notes, patience_notes, volume_notes
from forecast.data.contacts.facts import MeasuredPatience
from forecast.data.gaps import open_intervals
from forecast.data.history import needs_handle_time
from forecast.data.shape import shape_name
from forecast.facts import (
    HistoryTooShort,
    VolumeStated,
)
from forecast.models.handle_time import forecast_handle_time
from forecast.new_channel import borrowed, lender_of, observed_days, stated_volume, takes_stated_volume
from forecast.parallel import each
from forecast.patience import Patience
from forecast.prepare import aht_grid, prepare
from forecast.result import Forecast

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from configs.horizon import Horizon
    from configs.notes import Noticed
    from configs.schema import Config
    from forecast.calendar.marks import Calendar
    from forecast.channel import ChannelForecast
    from forecast.cleaning import Finding
    from forecast.data.history import History
    from forecast.parallel import Backend
    from forecast.prepare import Prepared

    Array = NDArray[np.float64]


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
    forecast through. Adjustments the config names are applied last.

    Parameters
    ----------
    config
        Channels with their opening hours and handle times, cleaning rules and adjustments.
    history
        What was observed, as `read_history` gives it.
    calendar
        Events and public holidays, future ones included, as `read_calendar` gives them.
    horizon
        The planned days and their intervals.
    jobs, backend
        Processes that share the channels, -1 for every core; on this machine or a cluster (see
        ``forecast.parallel.each``). The forecast does not depend on them.

    Returns
    -------
    Forecast
        ``table`` has a row for every channel and interval of the horizon (see ``configs.tables.FORECAST``): contacts
        with quantiles, and handle time in seconds. The error in the backtest, explanations, findings and notes are
        given with it.

    Raises
    ------
    ConfigError
        When a channel has no handle time in the history and none in the config.
    DataError
        When a channel has no history before the horizon.
    """
    adjustments, notes = read_adjustments(config)
    tasks = [_task(name, config, history, calendar, horizon) for name in config.channels]
    done = _in_order(tasks, each(channel_week, [task for task in tasks if not task.is_new], jobs, backend))
    faults = [fault for one in done for fault in one.faults]
    if faults:
        raise ConfigError(faults)
    table = settled(check(pd.concat([one.table for one in done], ignore_index=True), FORECAST))
    said = [*notes, *_said(done, history)]
    if adjustments is not None:
        table, applied = adjusted(table, adjustments, config.plan.timezone)
        table, said = settled(table), [*said, *applied]
    records = tuple(
        one.channel_forecast.accuracy
        for one in done
        if one.channel_forecast is not None and one.channel_forecast.accuracy is not None
    )
    explanations = tuple(one.channel_forecast.explanation for one in done if one.channel_forecast is not None)
    findings = tuple(finding for one in done for finding in one.findings)
    past = tuple(
        one.channel_forecast.past
        for one in done
        if one.channel_forecast is not None and one.channel_forecast.past is not None
    )
    return Forecast(table, records, tuple(said), explanations, findings, past)


def _said(done: list[Done], history: History) -> Iterator[Noticed]:
    """Notes on the channels; patience estimated from intervals is left out where single contacts have measured it."""
    measured = {note.channel for note in history.notes if isinstance(note, MeasuredPatience)}
    for one in done:
        yield from (note for note in one.notes if not (isinstance(note, Patience) and note.channel in measured))


def _task(name: str, config: Config, history: History, calendar: Calendar, horizon: Horizon) -> Task:
    rows = history.channel(name)
    rows = rows.loc[rows.start < _first_day_begins(horizon, config.timezone_of(name))]
    if rows.empty and config.channels[name].volume is None:
        words = f'no row of channel "{name}" is before {horizon.first}; plan a later week or give more history'
        raise DataError(Fault(f"history of {name}", words))
    return Task(name, config, rows, calendar, horizon)


def _in_order(tasks: list[Task], learned: list[Done]) -> list[Done]:
    """Forecasts of all channels in the order of the config: those learned from history, then those of stated volume."""
    done = {task.name: one for task, one in zip([task for task in tasks if not task.is_new], learned, strict=True)}
    for task in tasks:
        if task.is_new:
            lender = lender_of(task.config.channels[task.name])
            lent = done[lender].table if lender is not None and not done[lender].faults else None
            done[task.name] = new_channel_week(task, lent)
    return [done[task.name] for task in tasks]


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

    @property
    def is_new(self) -> bool:
        """Whether the volume stated is used, because there is too little history."""
        return takes_stated_volume(self.config.channels[self.name], self.rows, self.config.timezone_of(self.name))


@dataclass(frozen=True)
class Done:
    """Forecast table of one channel, the `ChannelForecast` it was cut from, and notices; or the faults."""

    table: pd.DataFrame
    channel_forecast: ChannelForecast | None
    notes: tuple[Noticed, ...] = ()
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
    channel_forecast = forecast_channel(name, grid, gap + seen.days, effects, ready.is_open, fast=fast)
    at = (gap + seen.day, seen.time_of_day)
    is_open = open_intervals(config, name, task.calendar, horizon)
    table = pd.DataFrame(
        {"channel": name, "start": horizon.starts, "volume": np.where(is_open, channel_forecast.mean[at], 0.0)}
    )
    for quantile, ahead_of in channel_forecast.quantiles.items():
        table[quantile] = np.where(is_open, ahead_of[at], 0.0)
    table["aht_s"] = aht[seen.weekday, seen.time_of_day]
    notes = [
        *volume_notes(config, name, task.rows),
        *ready.findings,
        *method_notes(name, channel_forecast, gap),
        *activity_notes(name, channel_forecast),
        *patience_notes(ready),
    ]
    return Done(table.astype({"channel": "str"}), channel_forecast, tuple(notes), ready.findings)


def new_channel_week(task: Task, lent: pd.DataFrame | None) -> Done:
    """Forecast of a channel whose volume is stated; `lent` is the table of the channel that lends its shape."""
    name, config, horizon = task.name, task.config, task.horizon
    try:
        aht_s = _stated_handle_time(config, name)
    except ConfigError as error:
        return Done(pd.DataFrame(), None, faults=error.faults)
    weights = None if lent is None else borrowed(config, name, lent.volume.to_numpy(float), horizon)
    made = stated_volume(config, name, task.calendar, horizon, weights)
    table = pd.DataFrame({"channel": name, "start": horizon.starts, "volume": made.mean, **made.quantiles})
    settings, days = config.channels[name], observed_days(task.rows, config.timezone_of(name))
    shape = shape_name(settings.shape)
    notes: list[Noticed] = [VolumeStated(f"channel {name}", settings.volume or 0.0, shape, settings.from_)]
    if days:
        notes.append(HistoryTooShort(f"channel {name}", days))
    return Done(table.assign(aht_s=aht_s).astype({"channel": "str"}), None, tuple(notes))


def _handle_time(config: Config, name: str, ready: Prepared) -> Array:
    """Handle time per weekday and slot: from the history, else the one set, else that of one conversation at a time."""
    grid, seen = ready.grid, aht_grid(ready)
    if seen is not None:
        learned = forecast_handle_time(grid, seen)
        if learned is not None:
            return learned
    return np.full((7, len(grid.times_of_day)), _stated_handle_time(config, name))


def _stated_handle_time(config: Config, name: str) -> float:
    """Seconds that the config states: the handle time, or that of one conversation at a time."""
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
    return seconds
