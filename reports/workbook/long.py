"""Long tables: one row for each channel and interval, channel after channel."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reports.series import laid_out
from reports.workbook.book import Column

if TYPE_CHECKING:
    import pandas as pd

    from reports.metrics.week import Week


def stacked(week: Week, table: pd.DataFrame, column: str) -> list[float]:
    """Return one column of a table, all channels under each other."""
    return [
        float(value)
        for channel in week.channels
        for value in laid_out(table, channel.channel, column, week.run.horizon)
    ]


def channel_and_start(week: Week) -> list[Column]:
    """Make the two columns every long table begins with: the channel and the local start as a real time."""
    starts: list[Any] = [moment.to_pydatetime().replace(tzinfo=None) for moment in week.run.horizon.local]
    channels = [channel.channel for channel in week.channels for _ in starts]
    return [Column("Channel", 12, "text", channels), Column("Start", 18, "moment", starts * len(week.channels))]


def rows_of(week: Week, channel: str) -> tuple[int, int]:
    """Return the first and last row (0 is the heading) of one channel in a long table."""
    size = week.run.horizon.size
    at = [known.channel for known in week.channels].index(channel)
    return 1 + at * size, (at + 1) * size
