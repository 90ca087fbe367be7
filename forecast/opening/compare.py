"""The hours of the week that look closed in a history next to the opening hours a config states, both ways round."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal

import numpy as np
import pandas as pd

from configs.horizon import Horizon, LocalTimes
from configs.units import DAY_MINUTES
from forecast.data.grid import to_grid
from forecast.opening.activity import activity
from forecast.opening.chance import LONG_ENOUGH, LONGEST_WEEKS
from forecast.opening.changes import since_changes
from forecast.opening.hours import spans_of
from forecast.opening.quiet import beyond_chance, touching

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from configs.schema import Config
    from configs.units import OpeningHours
    from forecast.calendar.marks import Calendar
    from forecast.data.grid import Grid
    from forecast.opening.hours import DaySpan

    Array = NDArray[np.float64]
    Mask = NDArray[np.bool_]

Kind = Literal["never_busy", "seldom_busy", "busy_outside", "never_observed"]
SELDOM = 0.05
"""An hour with less than this part of a mean open hour, and hardly a contact, is seldom busy."""


@dataclass(frozen=True)
class Hours:
    """Hours of the week, shape (7, slots), in which history and opening hours differ; contacts a week in them."""

    channel: str
    kind: Kind
    mask: Mask
    contacts_a_week: float

    @property
    def spans(self) -> tuple[DaySpan, ...]:
        """The hours, day by day."""
        return spans_of(self.mask)


def compare_opening(config: Config, name: str, rows: pd.DataFrame, calendar: Calendar) -> tuple[Hours, ...]:
    """Compare the history of one channel, closed hours included, with its opening hours.

    Only the weeks since the hours last changed count, at most 60. Slots look closed when nothing or hardly anything
    came in them and chance does not explain that of the run they lie in. Days marked as closed by the calendar are
    left out.

    Parameters
    ----------
    config, name
        The channel and its opening hours.
    rows
        ``history`` table of this channel.
    calendar
        Closed days.
    """
    step = config.plan.interval_s // 60
    settings = config.channels[name]
    stated = Horizon(date(2024, 1, 1), 7, step, "UTC").is_open(settings.open).reshape(7, -1)
    local = _slot_times(rows, settings.open, config.timezone_of(name), stated)
    grid = to_grid(local, rows.volume.to_numpy(float), np.arange(stated.shape[1], dtype=np.int64) * step)
    grid = grid.without(calendar.closed(name, grid.first, grid.days, on_holidays=settings.closed_on_holidays))
    times, busy, contacts = _watched(since_changes(activity(grid, 1).grid))
    rate = np.divide(contacts, times, out=np.zeros_like(contacts), where=times > 0)
    open_rate = _mean_rate(contacts, times, stated)
    never = stated & (times > 0) & (contacts == 0)
    seldom = stated & (contacts > 0) & (LONG_ENOUGH * rate <= 1) & (rate < SELDOM * open_rate)
    quiet = beyond_chance(never | seldom, times, busy, stated)
    never, seldom = never & quiet, seldom & quiet
    if touching(never, seldom):
        never, seldom = np.zeros_like(never), never | seldom
    masks: dict[Kind, Mask] = {
        "never_busy": never,
        "seldom_busy": seldom,
        "busy_outside": ~stated & (contacts > 0),
        "never_observed": stated & (times == 0),
    }
    return tuple(Hours(name, kind, mask, float(rate[mask].sum())) for kind, mask in masks.items() if mask.any())


def _slot_times(rows: pd.DataFrame, opening: OpeningHours, zone: str, stated: Mask) -> pd.DatetimeIndex:
    """Slot of the clock for each row; of the two that a row off the grid reaches into, the one open or closed as it is.

    A row is open when it overlaps the opening hours in part, as everywhere.
    """
    step = DAY_MINUTES // stated.shape[1]
    times = LocalTimes(pd.DatetimeIndex(rows.start), step, zone)
    local = times.local.tz_localize(None)
    off = (times.minute % step > 0) & (times.is_open(opening) != stated[times.weekday, times.time_of_day])
    return pd.DatetimeIndex(local.floor(f"{step}min") + pd.to_timedelta(off * step, unit="min"))


def _watched(grid: Grid) -> tuple[Array, Array, Array]:
    """Times observed, times with a contact, and contacts per weekday and slot, shape (7, slots)."""
    recent = grid.days - 1 - np.arange(grid.days) <= 7 * LONGEST_WEEKS
    of_weekday = ((np.arange(7)[:, None] == grid.weekday) & recent).astype(float)
    seen = np.isfinite(grid.values)
    values = np.where(seen, grid.values, 0.0)
    return of_weekday @ seen.astype(float), of_weekday @ (values > 0).astype(float), of_weekday @ values


def _mean_rate(contacts: Array, times: Array, stated: Mask) -> float:
    """Contacts in a mean open slot that is busy at all; 0 without one."""
    busy = stated & (contacts > 0)
    return float(contacts[busy].sum() / times[busy].sum()) if busy.any() else 0.0
