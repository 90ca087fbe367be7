"""Rows and numbers of a forecast as imports of other systems want them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from reports.run import Run


def inside(run: Run, channel: str) -> pd.DataFrame:
    """Rows of the forecast of a channel inside the week, in order of time."""
    table = run.forecast.table
    mine = (table["channel"] == channel) & table["start"].between(run.horizon.begin, run.horizon.end, inclusive="left")
    return table[mine].sort_values("start", kind="stable")


def days_of(run: Run, table: pd.DataFrame) -> NDArray[np.int64]:
    """Number of the local day of each row."""
    return run.horizon.day[places(run, table)]


def places(run: Run, table: pd.DataFrame) -> NDArray[np.int64]:
    """Number of the interval of each row."""
    import pandas as pd

    return np.asarray(run.horizon.starts.get_indexer(pd.DatetimeIndex(table["start"])), dtype=np.int64)


def plain(value: object) -> str:
    """Write a number with at most two decimals."""
    text = f"{known(value):.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def known(value: object) -> float:
    """Read a number; nothing is zero, since an import has no empty cells."""
    return 0.0 if value is None or value != value else float(str(value))  # noqa: PLR0124 - NaN


def whole(values: NDArray[np.float64], days: NDArray[np.int64]) -> NDArray[np.int64]:
    """Round volumes to whole contacts so that each day keeps its sum, rounded.

    Every count is its volume rounded up or down, and the count of any span of a day is within one contact of its
    volume: what rounding one interval leaves over goes to the next. (Giving it to the largest remainders instead would
    empty the quiet hours: 0.3 contacts each quarter hour of a night would be none at all next to busier hours.)

    Parameters
    ----------
    values
        Volumes in order of time, 0 or more; not a number counts as 0.
    days
        Number of the day of each.
    """
    counts = np.zeros(len(values), dtype=np.int64)
    for day in np.unique(days):
        mine = days == day
        # sums of decimals such as 0.1 stop just short of a half
        sums = np.floor(np.cumsum(np.nan_to_num(values[mine])) + 0.5 + 1e-9).astype(np.int64)
        counts[mine] = np.diff(sums, prepend=0)
    return counts
