"""Deferrable work: how many hours it takes, and by when it is due."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Literal

import numpy as np
import pandas as pd

from configs.errors import ConfigError, Fault
from configs.units import format_duration

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date, timedelta

    from numpy.typing import NDArray

    from configs.horizon import Horizon
    from configs.units import OpeningHours

    Array = NDArray[np.float64]

_MOST_DAYS = 3660


def work_hours(volume: Array, aht_s: Array, max_occupancy: float, absence: float) -> Array:
    """Rostered agent-hours that the contacts of each interval take.

    These are ``volume * aht_s / 3600 / max_occupancy / (1 - absence)``.

    Parameters
    ----------
    volume, aht_s
        Contacts of each interval and their mean handle time in seconds.
    max_occupancy
        Largest share of the hours at work that may go into contacts; above 0.
    absence
        Share of rostered hours in which people are not there; below 1.
    """
    return volume * aht_s / 3600.0 / max_occupancy / (1.0 - absence)


def due_times(
    horizon: Horizon,
    hours: OpeningHours,
    within: timedelta,
    clock: Literal["open", "clock"],
    *,
    timezone: str | None = None,
    closed_days: Collection[date] = (),
    where: str = "open",
) -> pd.DatetimeIndex:
    """Moment by which the work of each interval of the horizon is to be finished, UTC.

    The clock starts when the interval of arrival ends. It runs round the clock, or during opening hours only: then
    work that comes in while closed starts its clock at the next opening, and hours go on beyond the horizon. Hours
    are elapsed hours also on the days the clock changes.

    Parameters
    ----------
    horizon
        The planned days.
    hours
        Opening hours of the channel.
    within
        Time to finish; above 0.
    clock
        ``"open"`` counts opening hours, ``"clock"`` every hour.
    timezone
        Zone of the channel, where it is another than that of the horizon: opening hours and days are local there.
    closed_days
        Local days on which the channel is closed despite its opening hours.
    where
        Key of the opening hours, for the fault.

    Raises
    ------
    ConfigError
        The channel is open so rarely that the work would never be due.
    """
    if clock == "clock":
        return pd.DatetimeIndex(horizon.starts + pd.Timedelta(minutes=horizon.interval_min) + pd.Timedelta(within))
    step_s = horizon.interval_min * 60.0
    days = horizon.days + 14
    while days <= _MOST_DAYS:
        longer = replace(horizon, days=days)
        open_s = np.concatenate([[0.0], np.cumsum(open_mask(longer, hours, closed_days, timezone) * step_s)])
        target = open_s[1 : horizon.size + 1] + within.total_seconds()
        if target[-1] <= open_s[-1]:
            last = np.searchsorted(open_s, target)  # the first grid point by which that much open time has passed
            early_s = open_s[last] - target
            ends = longer.begin + pd.to_timedelta(last * step_s - early_s, unit="s")
            return pd.DatetimeIndex(ends).as_unit(horizon.starts.unit)
        days *= 2
    raise ConfigError(
        Fault(
            where,
            f"the channel is open for less than {format_duration(within)} in ten years, so work would never be due",
        )
    )


def open_mask(
    horizon: Horizon, hours: OpeningHours, closed_days: Collection[date] = (), timezone: str | None = None
) -> NDArray[np.bool_]:
    """Return whether a channel whose days and hours are those of `timezone` is open in each interval of the horizon."""
    seen = horizon.seen_in(timezone)
    mask = seen.is_open(hours)
    closed = [number for number in range(seen.days) if seen.date(number) in closed_days]
    return mask & ~np.isin(seen.day, closed) if closed else mask
