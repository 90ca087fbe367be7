"""The forecast of the weekly run: every channel of a config, every interval of the planned days."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from configs.errors import ConfigError, DataError, Fault
from configs.horizon import Horizon
from configs.notes import Note
from configs.tables import FORECAST, check, settled
from forecast.gaps import index_of, open_intervals
from forecast.grid import Grid, to_grid
from forecast.handle_time import forecast_handle_time
from forecast.history import needs_handle_time
from forecast.recipe import forecast_channel
from forecast.result import Forecast

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from configs.schema import Config
    from forecast.calendar import Calendar
    from forecast.history import History
    from forecast.recipe import Outlook
    from forecast.result import Accuracy

    Array = NDArray[np.float64]

LONG_GAP_DAYS = 60


def default_week(history: History, config: Config) -> date:
    """Monday of the first whole week after the history ends."""
    last = history.table.start.max() + pd.Timedelta(seconds=history.interval_s)
    local = last.tz_convert(config.plan.timezone)
    day = (local.normalize() if local == local.normalize() else local.normalize() + pd.Timedelta(days=1)).date()
    return date.fromordinal(day.toordinal() + -day.weekday() % 7)


def forecast_week(config: Config, history: History, calendar: Calendar, horizon: Horizon) -> Forecast:
    """Forecast every interval of the horizon for every channel of the config; 0 where it is closed.

    Only what was known before the horizon is used. A gap between the end of the history and the horizon is
    forecast through.

    Raises
    ------
    ConfigError
        When a channel has no handle time in the history and none in the config.
    DataError
        When a channel has no history before the horizon.
    """
    tables: list[pd.DataFrame] = []
    records: list[Accuracy] = []
    faults: list[Fault] = []
    notes: list[Note] = []
    for name in config.channels:
        rows = history.channel(name)
        rows = rows.loc[rows.start < horizon.begin]
        if rows.empty:
            words = f'no row of channel "{name}" lies before {horizon.first}; plan a later week or give more history'
            raise DataError(Fault(f"history of {name}", words))
        try:
            table, outlook = _channel_week(name, config, rows, calendar, horizon, notes)
        except ConfigError as error:
            faults.extend(error.faults)
            continue
        tables.append(table)
        if outlook.accuracy is not None:
            records.append(outlook.accuracy)
    if faults:
        raise ConfigError(faults)
    return Forecast(settled(check(pd.concat(tables, ignore_index=True), FORECAST)), tuple(records), tuple(notes))


def _channel_week(
    name: str, config: Config, rows: pd.DataFrame, calendar: Calendar, horizon: Horizon, notes: list[Note]
) -> tuple[pd.DataFrame, Outlook]:
    """Forecast table of one channel over the horizon, and the outlook it was cut from."""
    slots = np.arange(horizon.slots, dtype=np.int64) * horizon.interval_min
    local = pd.DatetimeIndex(rows.start).tz_convert(horizon.timezone)
    first, last = local.min().date(), local.max().date()
    past = Horizon(first, (last - first).days + 1, horizon.interval_min, horizon.timezone)
    ahead = (horizon.first - last).days - 1 + horizon.days
    kept = open_intervals(config, name, calendar, past)[index_of(past, rows.start)]
    if not kept.any():
        words = f'no row of channel "{name}" lies within its opening hours; check channels.{name}.open'
        raise DataError(Fault(f"history of {name}", words))
    rows, clock = rows.loc[kept], local[kept].tz_localize(None)
    grid = to_grid(clock, rows.volume.to_numpy(float), slots, first, past.days)
    effects = calendar.effects(name, first, past.days + ahead)
    outlook = forecast_channel(name, grid, ahead, effects, _weekly_opening(config, name, horizon))
    _note_method(name, outlook, grid, ahead - horizon.days, notes)
    at = (ahead - horizon.days + horizon.day, horizon.slot)
    is_open = open_intervals(config, name, calendar, horizon)
    table = pd.DataFrame({"channel": name, "start": horizon.starts, "volume": np.where(is_open, outlook.mean[at], 0.0)})
    for quantile, ahead_of in outlook.quantiles.items():
        table[quantile] = np.where(is_open, ahead_of[at], 0.0)
    aht = _handle_time(config, name, rows, clock, grid)
    table["aht_s"] = aht[horizon.weekday, horizon.slot]
    return table.astype({"channel": "str"}), outlook


def _weekly_opening(config: Config, name: str, horizon: Horizon) -> NDArray[np.bool_]:
    """Opening hours as a mask of shape (7, slots), Monday first."""
    week = Horizon(date(2024, 1, 1), 7, horizon.interval_min, "UTC")
    return week.is_open(config.channels[name].open).reshape(7, week.slots)


def _handle_time(config: Config, name: str, rows: pd.DataFrame, clock: pd.DatetimeIndex, grid: Grid) -> Array:
    """Handle time per weekday and slot: from the history, else the one set, else that of one conversation at a time."""
    if "aht_s" in rows.columns and rows.aht_s.notna().any():
        known = rows.aht_s.notna().to_numpy()
        seen = to_grid(clock[known], rows.aht_s.to_numpy(float)[known], grid.slots, grid.first, grid.days)
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


def _note_method(name: str, outlook: Outlook, grid: Grid, gap: int, notes: list[Note]) -> None:
    """Tell when the recipe could not be used, or has to look far."""
    said = []
    if outlook.method == "short":
        said.append(
            f"has {grid.days} days of history; its forecast is the mean of each weekday, eight weeks would improve it"
        )
    if outlook.method == "silent":
        said.append("had no contacts in the last eight weeks; its forecast is 0")
    if gap > LONG_GAP_DAYS:
        said.append(f"its history ends {gap} days before the planned week; newer data would forecast better")
    notes.extend(Note(f"channel {name}", words) for words in said)
