"""Logs of events as contacts: Asterisk's queue log, files of lines or a table with its columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from configs.errors import DataError, Fault
from configs.reading.grid import Grid
from forecast.data.contacts.queue_log import QueueLog, read_queue_log, read_queue_log_table

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from configs.schema import History

ONLY_ASTERISK = (
    'rows = "events" reads logs of Asterisk (time, callid, queuename, agent, event, data1 ...); '
    'bring other events to a row a contact and state rows = "contacts"'
)


def contacts_of_log(paths: Sequence[Path | Grid], history: History, zone: str, label: str) -> QueueLog:
    """Read the files of one log.

    Parameters
    ----------
    paths
        Its files or the records of a database, in any order; all of lines with bars, or all tables.
    history
        The settings: how a table is laid out.
    zone
        Zone of the times of a table, which are local text.
    label
        Name of the log in messages.

    Raises
    ------
    DataError
        When a file cannot be read, or is no log of Asterisk.
    """
    from configs.reading.peek import first_records

    if _is_lines(first_records(paths[0], (), label)):
        return read_queue_log([path for path in paths if not isinstance(path, Grid)])
    import pandas as pd

    from configs.reading.raw import read_cells

    tables = [read_cells(path, COLUMNS, label, shape=history).columns for path in paths]
    frames = [pd.DataFrame({name.casefold(): cells for name, cells in table.items()}) for table in tables]
    if not all("event" in frame.columns for frame in frames):
        raise DataError(Fault(label, ONLY_ASTERISK))
    return read_queue_log_table(frames, zone, label=label)


COLUMNS = frozenset({"time", "callid", "queuename", "agent", "event", *(f"data{n}" for n in range(1, 6))})


def _is_lines(records: Sequence[Sequence[str]]) -> bool:
    """Whether the first line begins with seconds since 1970."""
    return bool(records) and bool(records[0]) and records[0][0].strip().replace(".", "", 1).isdigit()
