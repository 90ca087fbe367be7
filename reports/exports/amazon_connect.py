"""``amazon-connect.csv``: the forecast for Amazon Connect, forecast override, as its help page states the format.

``QueueName, QueueId, ChannelType, TimeStamp, IntervalDuration, IncomingContactVolume, AverageHandleTime``; 15 or 30
minutes; volumes are whole numbers; `QueueId` is left for the user to fill.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from configs.tables import records
from reports.exports.files import write_rows
from reports.exports.numbers import days_of, inside, plain, whole

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from reports.run import Run

HEADS = (
    "QueueName", "QueueId", "ChannelType", "TimeStamp", "IntervalDuration", "IncomingContactVolume",
    "AverageHandleTime",
)  # fmt: skip
KINDS = {"synchronous": "VOICE", "concurrent": "CHAT"}
"""Channel types; deferrable channels have none and are left out."""


def write(run: Run, home: Path) -> list[Path]:
    """Write the file."""
    return [write_rows([HEADS, *_rows(run)], home / "amazon-connect.csv")]


def _rows(run: Run) -> Iterator[tuple[str, ...]]:
    length = f"{run.horizon.interval_min}mins"
    for channel, settings in sorted(run.config.channels.items()):
        if settings.kind not in KINDS:
            continue
        table = inside(run, channel)
        counts = whole(table["volume"].to_numpy(dtype=float), days_of(run, table))
        for row, count in zip(records(table), counts, strict=True):
            start = f"{row['start']:%Y-%m-%dT%H:%M:%SZ}"
            yield channel, "", KINDS[settings.kind], start, length, str(count), plain(row.get("aht_s"))
