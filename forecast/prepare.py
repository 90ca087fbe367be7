"""One channel's history as the recipe wants it: on the grid, within opening hours, cleaned as the config says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from configs.errors import DataError, Fault
from configs.horizon import Horizon
from forecast.cleaning import cleaned
from forecast.gaps import index_of, open_intervals
from forecast.grid import to_grid

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from configs.schema import Config
    from forecast.calendar import Calendar
    from forecast.cleaning import Finding
    from forecast.grid import Grid


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
        Local clock time of every row, naive.
    grid
        Its volume, cleaned.
    is_open
        Opening hours per weekday, shape (7, slots).
    findings
        What looked odd in the history, and what was done about it.
    """

    name: str
    rows: pd.DataFrame
    clock: pd.DatetimeIndex
    grid: Grid
    is_open: NDArray[np.bool_]
    findings: tuple[Finding, ...] = ()


def prepare(config: Config, name: str, rows: pd.DataFrame, calendar: Calendar) -> Prepared:
    """Prepare the rows of one channel.

    Raises
    ------
    DataError
        When no row lies within the opening hours.
    """
    zone, step_min = config.plan.timezone, config.plan.interval_s // 60
    slots = np.arange(24 * 60 // step_min, dtype=np.int64) * step_min
    local = pd.DatetimeIndex(rows.start).tz_convert(zone)
    first, last = local.min().date(), local.max().date()
    past = Horizon(first, (last - first).days + 1, step_min, zone)
    kept = open_intervals(config, name, calendar, past)[index_of(past, rows.start)]
    if not kept.any():
        words = f'no row of channel "{name}" lies within its opening hours; check channels.{name}.open'
        raise DataError(Fault(f"history of {name}", words))
    rows, clock = rows.loc[kept], local[kept].tz_localize(None)
    grid = to_grid(clock, rows.volume.to_numpy(float), slots, first, past.days)
    week = Horizon(date(2024, 1, 1), 7, step_min, "UTC")
    is_open = week.is_open(config.channels[name].open).reshape(7, week.slots)
    grid, findings = cleaned(name, grid, calendar.effects(name, first, past.days), config.history.cleaning)
    return Prepared(name, rows, clock, grid, is_open, findings)


def aht_grid(ready: Prepared) -> Grid | None:
    """Lay the handle times of a channel on the grid of its volume; None when the history has none."""
    if "aht_s" not in ready.rows.columns or not ready.rows.aht_s.notna().any():
        return None
    known, grid = ready.rows.aht_s.notna().to_numpy(), ready.grid
    return to_grid(ready.clock[known], ready.rows.aht_s.to_numpy(float)[known], grid.slots, grid.first, grid.days)
