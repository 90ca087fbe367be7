"""The forecast of one channel in the order of the horizon, checked before it is staffed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from configs.break_times import clock_of
from configs.errors import DataError, Fault, nearest
from configs.schema import ConcurrentChannel
from optimize.staffing.facts import RowsOutsideWeek
from optimize.staffing.requirement.channel_queues import used_curve

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from configs.horizon import Horizon
    from configs.notes import Noticed
    from configs.schema import Channel

    Array = NDArray[np.float64]


def rows_of(name: str, channel: Channel, table: pd.DataFrame, horizon: Horizon) -> tuple[pd.DataFrame, list[Noticed]]:
    """Rows of a channel in the order of the horizon, with a handle time wherever contacts are expected.

    Raises
    ------
    DataError
        A channel or an interval is missing, or contacts have no handle time.
    """
    where = f'forecast table, channel "{name}"'
    mine = table.loc[table["channel"] == name]
    if mine.empty:
        known = sorted({str(other) for other in table["channel"].unique()})
        raise DataError(
            Fault(
                "forecast table",
                f'has no rows for channel "{name}"; it has {", ".join(known) or "none"}{nearest(name, known)}',
            )
        )
    rows = mine.set_index("start").reindex(horizon.starts)
    volume = rows["volume"].to_numpy(dtype=float)
    missing = np.isnan(volume)
    if missing.any():
        first = _clock_text(horizon.starts[int(missing.argmax())], horizon)
        message = f"has no row for {int(missing.sum())} intervals of the planned days, the first at {first}"
        raise DataError(Fault(where, f"{message}; write 0 where no contact is expected"))
    outside = len(mine) - horizon.size
    notes: list[Noticed] = [RowsOutsideWeek(where, outside)] if outside > 0 else []
    return rows.assign(aht_s=_handle_times(channel, rows, volume, where, horizon)), notes


def _handle_times(channel: Channel, rows: pd.DataFrame, volume: Array, where: str, horizon: Horizon) -> Array:
    """Handle times, from the config where the table has none; needed only where there are contacts."""
    aht = (
        rows["aht_s"].to_numpy(dtype=float, na_value=np.nan) if "aht_s" in rows.columns else np.full(len(rows), np.nan)
    )
    if channel.aht is not None:
        aht = np.where(aht > 0, aht, channel.aht.total_seconds())
    if isinstance(channel, ConcurrentChannel):
        aht = np.where(aht > 0, aht, used_curve(channel).handle_s)
    lacking = ~((aht > 0) & np.isfinite(aht)) & (volume > 0)
    if lacking.any():
        at = int(lacking.argmax())
        moment = _clock_text(horizon.starts[at], horizon)
        message = f"aht_s must be above 0 where there are contacts, got {aht[at]:g} at {moment}"
        raise DataError(Fault(where, f"{message}; give it there, or set aht for the channel"))
    return np.where(np.isfinite(aht), aht, 0.0)


def _clock_text(moment: pd.Timestamp, horizon: Horizon) -> str:
    local = moment.tz_convert(horizon.zone)
    return f"{local:%Y-%m-%d} {clock_of(local)}"
