"""Expected service where a roster staffs more or fewer people than required."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from configs.errors import DataError, Fault
from configs.schema import DeferrableChannel
from optimize.staffing.requirement.channel_queues import live_queues
from optimize.staffing.requirement.interval_method import service_by_method

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from configs.schema import Config

    Array = NDArray[np.float64]

_MEASURES = ("service_level", "abandonment", "occupancy")


def serve(config: Config, requirement_table: pd.DataFrame, staffed: pd.DataFrame) -> pd.DataFrame:
    """Service of the live channels with the people rostered, absence taken off.

    Parameters
    ----------
    config
        The channels and the absence.
    requirement_table
        ``requirement`` table; needs `channel, start`, and `volume, aht_s` for a service level.
    staffed
        `channel, start, staffed`: people rostered, a row for each live interval of the requirement.

    Returns
    -------
    DataFrame
        `channel, start, service_level, abandonment, occupancy` for each live interval of the requirement, NaN where no
        contact is expected or the volume is not known.

    Raises
    ------
    DataError
        An interval has no row in `staffed`.
    """
    live = {name: channel for name, channel in config.channels.items() if not isinstance(channel, DeferrableChannel)}
    frames = []
    for name, channel in live.items():
        rows = requirement_table.loc[requirement_table["channel"] == name].sort_values("start")
        present = _present(rows, staffed.loc[staffed["channel"] == name], name) * (1.0 - config.staffing.absence)
        volume = _column(rows, "volume")
        aht = _column(rows, "aht_s")
        known = (volume > 0) & ((aht > 0) | (channel.kind == "concurrent"))
        queues = live_queues(
            channel, config.service_definition_of(name), np.where(known, volume, 0.0), aht, config.plan.interval_s
        )
        service = service_by_method(config, queues).serve(present)
        given = {measure: np.where(known, getattr(service, measure), np.nan) for measure in _MEASURES}
        frames.append(pd.DataFrame({"channel": name, "start": rows["start"].array, **given}))
    if not frames:
        return pd.DataFrame(columns=["channel", "start", *_MEASURES])
    return pd.concat(frames, ignore_index=True)


def _present(rows: pd.DataFrame, staffed: pd.DataFrame, name: str) -> Array:
    people = staffed.set_index("start")["staffed"].reindex(pd.DatetimeIndex(rows["start"])).to_numpy(dtype=float)
    if np.isnan(people).any():
        first = rows["start"].iloc[int(np.isnan(people).argmax())]
        raise DataError(
            Fault(
                "staffed",
                f'has no people for channel "{name}" at {first:%Y-%m-%d %H:%M} UTC; write 0 where nobody works',
            )
        )
    return people


def _column(rows: pd.DataFrame, name: str) -> Array:
    if name not in rows.columns:
        return np.full(len(rows), np.nan)
    return rows[name].to_numpy(dtype=float, na_value=np.nan)
