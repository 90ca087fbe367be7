"""The forecast in the import formats of other systems, as their own help pages state them.

``genesys``: Genesys Cloud, short-term forecast import. ``Interval Start UTC Date, Planning Group, Offered,
Average Handle Time``; quarter hours in UTC.

``amazon-connect``: Amazon Connect, forecast override. ``QueueName, QueueId, ChannelType, TimeStamp, IntervalDuration,
IncomingContactVolume, AverageHandleTime``; 15 or 30 minutes; `QueueId` is left for the user to fill.

``calabrio``: Calabrio (Teleopti), forecast file with staffing. Skill, begin, end, volume, task time, time after the
task, agents; no headings, local time, sorted by skill.
"""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

import pandas as pd

from configs.tables import records

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from reports.run import Run


def genesys(run: Run) -> str:
    """Return the file for Genesys Cloud; a planning group is a channel."""
    heads = ("Interval Start UTC Date", "Planning Group", "Offered", "Average Handle Time")
    rows = (
        (f"{row['start']:%Y-%m-%dT%H:%M:%S}.000Z", row["channel"], _number(row["volume"]), _number(row.get("aht_s")))
        for row in _rows(run)
    )
    return _csv([heads, *rows])


def amazon_connect(run: Run) -> str:
    """Return the file for Amazon Connect; deferrable channels, which it has none of, are left out."""
    heads = (
        "QueueName", "QueueId", "ChannelType", "TimeStamp", "IntervalDuration", "IncomingContactVolume",
        "AverageHandleTime",
    )  # fmt: skip
    kinds = {"synchronous": "VOICE", "concurrent": "CHAT"}
    length = f"{run.horizon.interval_min}mins"
    rows = (
        (
            row["channel"], "", kinds[run.config.channels[str(row["channel"])].kind],
            f"{row['start']:%Y-%m-%dT%H:%M:%SZ}", length, _number(row["volume"]), _number(row.get("aht_s")),
        )
        for row in _rows(run)
        if run.config.channels[str(row["channel"])].kind in kinds
    )  # fmt: skip
    return _csv([heads, *rows])


def calabrio(run: Run) -> str:
    """Return the file for Calabrio; agents are those required, left out for deferrable channels as it asks."""
    required = run.requirement.table.set_index(["channel", "start"])["agents"]
    step = pd.Timedelta(minutes=run.horizon.interval_min)
    lines = []
    for row in _rows(run):
        start = row["start"].tz_convert(run.horizon.zone)
        end = (row["start"] + step).tz_convert(run.horizon.zone)
        staff = required.get((row["channel"], row["start"]))
        times = (f"{start:%Y%m%d %H:%M}", f"{end:%Y%m%d %H:%M}")
        agents = () if run.config.channels[str(row["channel"])].kind == "deferrable" else (_number(staff),)
        lines.append((row["channel"], *times, _number(row["volume"]), _number(row.get("aht_s")), "0", *agents))
    return _csv(lines)


def _rows(run: Run) -> Iterator[dict[str, Any]]:
    """Rows of the forecast inside the week, in order of channel and start."""
    table = run.forecast.table
    inside = table[table["start"].between(run.horizon.begin, run.horizon.end, inclusive="left")]
    yield from records(inside.sort_values(["channel", "start"], kind="stable"))


def _number(value: object) -> str:
    """Write a number with at most two decimals; nothing is zero, since an import has no empty cells."""
    number = 0.0 if value is None or value != value else float(str(value))  # noqa: PLR0124 - NaN
    return f"{number:.2f}".rstrip("0").rstrip(".")


def _csv(rows: Iterable[Sequence[object]]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()
