"""A channel without history yet: the contacts a week that the config states, spread by a shape."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from forecast.data.gaps import open_intervals
from forecast.data.shape import EVEN, clock_weights, shares, weekday_weights
from forecast.models.quantiles import SHORT_SPREAD, quantiles

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from configs.horizon import Horizon
    from configs.schema import Config
    from configs.schema.channels import AnyChannel
    from forecast.calendar.marks import Calendar

    Array = NDArray[np.float64]

WEEK = 7
ENOUGH_DAYS = 14
"""Days of history from which on it is used instead of the volume stated: two weeks show every weekday twice."""


def takes_stated_volume(settings: AnyChannel, rows: pd.DataFrame, zone: str) -> bool:
    """Whether a channel has a volume stated and no history, or too little of it."""
    return settings.volume is not None and observed_days(rows, zone) < ENOUGH_DAYS


def observed_days(rows: pd.DataFrame, zone: str) -> int:
    """Local days with a row."""
    return 0 if rows.empty else int(rows.start.dt.tz_convert(zone).dt.date.nunique())


@dataclass(frozen=True)
class StatedVolume:
    """What is expected of a channel whose volume is stated: arrays with a value for each interval of the horizon."""

    mean: Array
    quantiles: dict[str, Array]


def stated_volume(config: Config, name: str, calendar: Calendar, horizon: Horizon, lent: Array | None) -> StatedVolume:
    """Spread the contacts a week of a channel over each week of the horizon.

    A week of its opening hours gets all of them; the share of hours that the calendar closes, or that lie before its
    first day, does not come. Quantiles have the spread of a channel with a short history.

    Parameters
    ----------
    config, name
        The channel, its hours, its volume and its shape.
    calendar
        Closed days.
    horizon
        The planned days.
    lent
        Contacts forecast for the channel that lends its shape, for each interval; None where none does.
    """
    settings, seen = config.channels[name], horizon.seen_in(config.timezone_of(name))
    is_open = seen.is_open(settings.open)
    if isinstance(settings.shape, dict):
        weights = clock_weights(settings.shape, seen)
    else:
        weights = np.ones(horizon.size) if lent is None else lent
    week = horizon.day // WEEK
    days = np.bincount(week, weights=1.0 / np.bincount(horizon.day)[horizon.day])
    whole = (settings.volume or 0.0) * days[week] / WEEK
    mean = whole * shares(weights * is_open, week, is_open.astype(float))
    comes = open_intervals(config, name, calendar, horizon)
    if settings.from_ is not None:
        comes &= np.array([seen.date(int(day)) >= settings.from_ for day in range(seen.days)])[seen.day]
    mean = np.where(comes, mean, 0.0)
    return StatedVolume(mean, quantiles(mean, horizon.day + 1, SHORT_SPREAD))


def borrowed(config: Config, name: str, volume: Array, horizon: Horizon) -> Array:
    """Weights of a channel that borrows its shape, for each interval of the horizon.

    A channel in another zone has them at the same weekday and time of day on its own clock: what is busy is the
    morning of its customers, not the moment.

    Parameters
    ----------
    config, name
        The channel that borrows.
    volume
        Contacts forecast for the one that lends, for each interval.
    horizon
        The planned days.
    """
    own, lender = config.timezone_of(name), config.timezone_of(lender_of(config.channels[name]) or name)
    if own == lender:
        return volume
    seen = horizon.seen_in(own)
    return weekday_weights(volume, horizon.seen_in(lender))[seen.weekday, seen.time_of_day]


def lender_of(settings: AnyChannel) -> str | None:
    """Name of the channel whose shape is borrowed; None where none is."""
    return settings.shape if isinstance(settings.shape, str) and settings.shape != EVEN else None
