"""The last weeks of a history before a plan, to compare with the forecast."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

    from configs.horizon import Horizon
    from forecast.data.history import History

WEEKS = 4
"""How many steps of a week to go back, from the first one that the history touches."""


def recent_weeks(history: History, horizon: Horizon) -> pd.DataFrame:
    """Return the last whole-week steps back from the planned days that the history reaches, as it has them.

    Parameters
    ----------
    history
        Everything that was observed.
    horizon
        The planned days.

    Returns
    -------
    DataFrame
        ``channel, start, volume``; intervals without contacts on a day without any are left out, so that closed days
        and nights do not fill the table. Empty where the history ends before any of it.
    """
    table = history.table[["channel", "start", "volume"]]
    if table.empty:
        return table
    last = table["start"].max()
    back = 1
    while _moment(horizon, 7 * back) > last:
        back += 1
    first = _moment(horizon, 7 * (back + WEEKS - 1))
    end = min(_moment(horizon, 7 * back - horizon.days), horizon.begin)
    rows = table[(table["start"] >= first) & (table["start"] < end)]
    days = rows["start"].dt.tz_convert(horizon.zone).dt.date
    open_days = rows.groupby([rows["channel"], days])["volume"].transform("max") > 0
    return rows[open_days].reset_index(drop=True)


def _moment(horizon: Horizon, days_back: int) -> pd.Timestamp:
    """Local midnight some days before the first planned one, UTC."""
    from datetime import datetime

    import pandas as pd

    midnight = datetime.combine(horizon.first - timedelta(days=days_back), datetime.min.time())
    return pd.Timestamp(midnight).tz_localize(horizon.zone, ambiguous=True, nonexistent="shift_forward")
