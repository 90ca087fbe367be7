"""One channel's history for the models: on the grid, within opening hours, cleaned as the config says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from configs.errors import DataError, Fault
from configs.horizon import LocalTimes
from configs.units import DAY_MINUTES
from configs.zones import zone as zone_of
from forecast.cleaning import cleaned
from forecast.data.gaps import index_of, open_intervals, seen_days
from forecast.data.grid import to_grid

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from configs.schema import Config
    from configs.units import OpeningHours
    from forecast.calendar.marks import Calendar
    from forecast.cleaning import Finding
    from forecast.data.grid import Grid


@dataclass(frozen=True)
class Prepared:
    """A channel ready to be forecast.

    Parameters
    ----------
    name
        The channel.
    rows
        Its history within opening hours.
    clock
        Local clock time of every row, naive, down to the slot.
    grid
        Its volume by local day and slot, cleaned.
    is_open
        Opening hours per weekday, shape (7, slots).
    timezone
        Zone of the channel, whose clock and days these are.
    findings
        What looked odd in the history, and what was done about it.
    """

    name: str
    rows: pd.DataFrame
    clock: pd.DatetimeIndex
    grid: Grid
    is_open: NDArray[np.bool_]
    timezone: str
    findings: tuple[Finding, ...] = ()


def prepare(config: Config, name: str, rows: pd.DataFrame, calendar: Calendar) -> Prepared:
    """Prepare the rows of one channel.

    Parameters
    ----------
    config
        Gives the channel's zone and opening hours, the interval, and the cleaning rules.
    name
        The channel.
    rows
        Its rows of the ``history`` table, all before the days to be forecast.
    calendar
        Closed days, which are not observed, and the effects that cleaning must not take for faults.

    Raises
    ------
    DataError
        When no row lies within the opening hours.
    """
    zone, step_min = config.timezone_of(name), config.plan.interval_s // 60
    times_of_day = np.arange(DAY_MINUTES // step_min, dtype=np.int64) * step_min
    past = seen_days(rows, zone, step_min)
    at = index_of(past, rows.start)
    kept = open_intervals(config, name, calendar, past)[at]
    if not kept.any():
        words = f'no row of channel "{name}" is within its opening hours; check channels.{name}.open'
        raise DataError(Fault(f"history of {name}", words))
    rows, at = rows.loc[kept], at[kept]
    clock = pd.DatetimeIndex(rows.start).tz_convert(zone_of(zone)).tz_localize(None).floor(f"{step_min}min")
    grid = to_grid(clock, rows.volume.to_numpy(float), times_of_day, past.first, past.days)
    is_open = _open_slots(config.channels[name].open, step_min, np.unique(past.minute[at] % step_min))
    grid, findings = cleaned(name, grid, calendar.effects(name, past.first, past.days), config.history.cleaning)
    return Prepared(name, rows, clock, grid, is_open, zone, findings)


def _open_slots(hours: OpeningHours, step_min: int, late_min: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Opening hours per weekday and slot, shape (7, slots), of intervals that begin so many minutes after their slot.

    Intervals begin late where the channel's clock is off the plan's by a part of an interval.
    """
    monday = pd.date_range("2024-01-01", "2024-01-08", freq=f"{step_min}min", tz="UTC", inclusive="left")
    late = (LocalTimes(monday + pd.Timedelta(minutes=int(late)), step_min, "UTC") for late in late_min)
    return np.asarray(np.any([times.is_open(hours) for times in late], axis=0)).reshape(7, -1)


def aht_grid(ready: Prepared) -> Grid | None:
    """Lay the handle times of a channel on the grid of its volume; None when the history has none."""
    if "aht_s" not in ready.rows.columns or not ready.rows.aht_s.notna().any():
        return None
    known, grid = ready.rows.aht_s.notna().to_numpy(), ready.grid
    return to_grid(
        ready.clock[known], ready.rows.aht_s.to_numpy(float)[known], grid.times_of_day, grid.first, grid.days
    )
