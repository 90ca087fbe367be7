"""The forecast in the import formats of other systems, as their own help pages state them.

``genesys``: Genesys Cloud, short-term forecast import. ``Interval Start UTC Date, Planning Group, Offered,
Average Handle Time``; quarter hours in UTC.

``amazon-connect``: Amazon Connect, forecast override. ``QueueName, QueueId, ChannelType, TimeStamp, IntervalDuration,
IncomingContactVolume, AverageHandleTime``; 15 or 30 minutes; volumes are whole numbers; `QueueId` is left for the user
to fill.
"""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from configs.tables import records
from reports.exports.numbers import days_of, inside, plain, whole

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from reports.run import Run


def genesys(run: Run) -> str:
    """Return the file for Genesys Cloud; a planning group is a channel."""
    heads = ("Interval Start UTC Date", "Planning Group", "Offered", "Average Handle Time")
    rows = (
        (f"{row['start']:%Y-%m-%dT%H:%M:%S}.000Z", channel, plain(row["volume"]), plain(row.get("aht_s")))
        for channel in sorted(run.config.channels)
        for row in records(inside(run, channel))
    )
    return _csv([heads, *rows])


def amazon_connect(run: Run) -> str:
    """Return the file for Amazon Connect; deferrable channels, which it has none of, are left out."""
    heads = (
        "QueueName", "QueueId", "ChannelType", "TimeStamp", "IntervalDuration", "IncomingContactVolume",
        "AverageHandleTime",
    )  # fmt: skip
    kinds = {"synchronous": "VOICE", "concurrent": "CHAT"}
    length, rows = f"{run.horizon.interval_min}mins", []
    for channel, settings in sorted(run.config.channels.items()):
        if settings.kind not in kinds:
            continue
        table = inside(run, channel)
        counts = whole(table["volume"].to_numpy(dtype=float), days_of(run, table))
        for row, count in zip(records(table), counts, strict=True):
            start = f"{row['start']:%Y-%m-%dT%H:%M:%SZ}"
            rows.append((channel, "", kinds[settings.kind], start, length, str(count), plain(row.get("aht_s"))))
    return _csv([heads, *rows])


def _csv(rows: Iterable[Sequence[object]]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()
