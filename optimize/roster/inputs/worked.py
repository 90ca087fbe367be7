"""Hours in which deferrable work may be done."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from configs.schema import DeferrableChannel
from forecast.calendar.marks import public_holidays

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from configs.horizon import Horizon
    from configs.schema import Config

    Mask = NDArray[np.bool_]


def worked_hours(config: Config, horizon: Horizon, requirement: pd.DataFrame, channel: str) -> Mask:
    """Return whether the work of a deferrable channel may be done, for each interval of the horizon.

    `worked` of the config says so. By default it may be done while a live channel is open, on days on which that
    channel needs somebody, and during opening hours the config states for its own channel. Where no live channel needs
    anybody all week, it may be done while its own channel is open.

    Parameters
    ----------
    config
        The channels.
    horizon
        The week.
    requirement
        The ``requirement`` table: `agents` says when live channels need people.
    channel
        Name of the deferrable channel.
    """
    settings = config.channels[channel]
    if not isinstance(settings, DeferrableChannel):
        raise TypeError(f"{channel} is not deferrable")
    # Agents work by the clock of the plan; customers write by that of their channel.
    seen = horizon.seen_in(settings.timezone if settings.worked is None else None)
    own = seen.is_open(settings.open if settings.worked is None else settings.worked)
    if settings.closed_on_holidays:
        holidays = public_holidays(config, seen.first, seen.days)
        own &= ~np.isin(seen.day, [day for day in range(seen.days) if seen.date(day) in holidays])
    live = _live_hours(config, horizon, requirement)
    if settings.worked is not None or not live.any():
        return own
    return live | own if settings.states_open else live


def _live_hours(config: Config, horizon: Horizon, requirement: pd.DataFrame) -> Mask:
    """Intervals in which a live channel needs somebody, and all its opening hours on a day on which it does."""
    mask = np.zeros(horizon.size, dtype=bool)
    for name, settings in config.channels.items():
        if isinstance(settings, DeferrableChannel):
            continue
        rows = requirement[requirement["channel"] == name].set_index("start")["agents"]
        needed = rows.reindex(horizon.starts).fillna(0.0).to_numpy(dtype=float) > 0
        seen = horizon.seen_in(settings.timezone)
        mask |= needed | (seen.is_open(settings.open) & np.isin(seen.day, seen.day[needed]))
    return mask
