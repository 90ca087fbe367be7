"""What is expected of each channel in the planned week, read from forecast and requirement."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from configs.errors import DataError, Fault
from configs.schema import ConcurrentChannel, DeferrableChannel, SynchronousChannel
from optimize.simulation.at_once.customers import Demand
from optimize.staffing.requirement.risk import day_rate_cv, rate_cv

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from configs.horizon import Horizon
    from configs.schema import Channel

    Array = NDArray[np.float64]


def rows_of(table: pd.DataFrame, name: str, horizon: Horizon, where: str) -> pd.DataFrame:
    """Rows of a channel, one for each interval of the planned days.

    Raises
    ------
    DataError
        The table has none.
    """
    mine = table.loc[table["channel"] == name]
    if mine.empty:
        raise DataError(Fault(where, f'has no rows for channel "{name}"'))
    return mine.set_index("start").reindex(horizon.starts)


def demand_of(name: str, channel: Channel, expected: pd.DataFrame, asked: pd.DataFrame, horizon: Horizon) -> Demand:
    """Read what is expected of a channel.

    Parameters
    ----------
    name, channel
        The channel.
    expected, asked
        The ``forecast`` and the ``requirement`` table.
    horizon
        The planned days.

    Raises
    ------
    DataError
        A table has no rows of the channel.
    """
    rows = rows_of(expected, name, horizon, "forecast")
    needs = rows_of(asked, name, horizon, "requirement")
    served = isinstance(channel, DeferrableChannel) | (needs["load_erl"].to_numpy(dtype=float, na_value=np.nan) > 0)
    volume = np.where(served, np.nan_to_num(rows["volume"].to_numpy(dtype=float)), 0.0)
    day = horizon.seen_in(channel.timezone).day  # customers have the days of their own zone
    return Demand(
        horizon.interval_h * 3600.0,
        volume,
        _handle_times(needs, channel),
        day,
        day_rate_cv(rate_cv(rows), volume, day),
        _patience_s(channel),
        channel.service_cv if isinstance(channel, SynchronousChannel) else 1.0,
    )


def _patience_s(channel: Channel) -> float:
    if isinstance(channel, DeferrableChannel) or channel.patience is None:
        return float("inf")
    return channel.patience.total_seconds()


def _handle_times(asked: pd.DataFrame, channel: Channel) -> Array:
    """Handle times of contacts; those of a concurrent channel come from its touches and are not used."""
    if isinstance(channel, ConcurrentChannel):
        return np.ones(len(asked))
    aht = asked["aht_s"].to_numpy(dtype=float, na_value=np.nan)
    return np.where(aht > 0, aht, 1.0)
