"""A roster people were given before: what a new one stays close to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from configs.errors import DataError, Fault
from configs.pauses import read_activities, read_pauses
from configs.tables import records

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from configs.schema import Config


@dataclass(frozen=True)
class Published:
    """A ``roster`` table whose index is the row in its file, and the name of that file in messages."""

    table: pd.DataFrame
    label: str


def check_breaks(config: Config, published: Published) -> Published:
    """Return a published roster whose breaks and activities can be read; calendars repeat them.

    Raises
    ------
    DataError
        With every row whose breaks or activities are not within its shift.
    """
    faults = list(_unreadable(config, published))
    if faults:
        raise DataError(faults)
    return published


def _unreadable(config: Config, published: Published) -> Iterator[Fault]:
    zone, table = config.plan.zone, published.table
    for number, row in zip(table.index, records(table), strict=True):
        texts = [text if isinstance(text, str) else "" for text in (row["breaks"], row.get("activities"))]
        try:
            for read, text in zip((read_pauses, read_activities), texts, strict=True):
                read(text, row["start"].tz_convert(zone), row["end"], zone)
        except ValueError as error:
            where = f"{published.label}, row {number}"
            yield Fault(where, f"{error}; breaks are written as 12:00-12:30;15:15-15:30")
