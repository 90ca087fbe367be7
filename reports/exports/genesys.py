"""``genesys.csv``: the forecast for Genesys Cloud, short-term forecast import, as its help page states the format.

``Interval Start UTC Date, Planning Group, Offered, Average Handle Time``; quarter hours in UTC.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from configs.tables import records
from reports.exports.files import write_rows
from reports.exports.numbers import inside, plain

if TYPE_CHECKING:
    from pathlib import Path

    from reports.run import Run

HEADS = ("Interval Start UTC Date", "Planning Group", "Offered", "Average Handle Time")


def write(run: Run, home: Path) -> list[Path]:
    """Write the file; a planning group is a channel."""
    rows = (
        (f"{row['start']:%Y-%m-%dT%H:%M:%S}.000Z", channel, plain(row["volume"]), plain(row.get("aht_s")))
        for channel in sorted(run.config.channels)
        for row in records(inside(run, channel))
    )
    return [write_rows([HEADS, *rows], home / "genesys.csv")]
