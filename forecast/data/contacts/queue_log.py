"""Asterisk's ``queue_log``, a file or the table of a database, read into contacts.

A line is ``epoch|callid|queue|agent|event|data1|...``: seconds since 1970 (UTC), the caller's channel, what happened.
The table has ``time`` as local text, ``callid, queuename, agent, event`` and ``data1`` to ``data5``, or one ``data``.
Which events matter is in ``event_lines``, and what they mean for a call in ``visits``.
"""

from __future__ import annotations

import csv
import gzip
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

from configs.errors import DataError, Fault
from configs.reading.bytes import is_packed
from forecast.data.contacts.event_lines import COLUMNS, EventLines, unsorted
from forecast.data.contacts.facts import QueueLogRead
from forecast.data.contacts.visits import Visits

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    import pandas as pd

PART_BYTES = 16 * 2**20
ALL_DIFFERENT = ("callid", "data2")
"""Columns of nearly as many values as calls; the parser would sort the categories, which takes half its time."""
ASKED = ("time", "callid", "queuename", "event")


@dataclass(frozen=True)
class QueueLog:
    """Contacts of a queue log, table CONTACT_ROWS ordered by arrival, and what is to say of them."""

    contacts: pd.DataFrame
    fact: QueueLogRead


def read_queue_log(paths: Sequence[Path], wrap_up_s: float = 0.0) -> QueueLog:
    """Read files of a queue log, plain or packed (gzip); those of a rotated log in any order.

    Parameters
    ----------
    paths
        The files; at least one.
    wrap_up_s
        Work after each call, which the log does not know: a handle time is the time talked and this.

    Raises
    ------
    DataError
        A file cannot be read, or no line of the files is one of a queue log.
    """
    label = str(paths[0]) if len(paths) == 1 else str(paths[0].parent)
    lines = EventLines.joined([EventLines.of_file(part) for path in paths for part in _parts(path)])
    return _followed(lines.in_file_order(), wrap_up_s, label)


def read_queue_log_table(
    frames: Iterable[pd.DataFrame], timezone: str, wrap_up_s: float = 0.0, label: str = "queue_log"
) -> QueueLog:
    """Read the table of a database, whole or in parts, rows in any order.

    Parameters
    ----------
    frames
        Columns ``time, callid, queuename, event`` and ``data1`` to ``data5`` or ``data``; more do not matter.
    timezone
        Zone of ``time`` where it is text or has no zone: that of the server, UTC if its logger is set to GMT.
    wrap_up_s
        Work after each call, which the log does not know.
    label
        What messages call the table.

    Raises
    ------
    DataError
        A column is absent, or no row is one of a queue log.
    """
    parts = [EventLines.of_table(_with_columns(frame, label), timezone) for frame in frames]
    return _followed(EventLines.joined(parts), wrap_up_s, label)


def _followed(lines: EventLines, wrap_up_s: float, label: str) -> QueueLog:
    """Follow every call through the lines."""
    if lines.unreadable == lines.count:
        words = f"none of its {lines.count:,} lines is a line of a queue log" if lines.count else "has no lines"
        raise DataError(Fault(label, f"{words}; a line is epoch|callid|queue|agent|event|values"))
    visits = Visits.of(lines)
    contacts = visits.contacts(wrap_up_s)
    fact = QueueLogRead(
        where=label,
        lines=lines.count,
        entered=len(contacts),
        answered=int(visits.is_answered.sum()),
        abandoned=int(visits.gave_up.sum()),
        left=int(visits.left.sum()),
        unfinished=int(visits.unfinished.sum()),
        earlier=visits.earlier,
        unreadable=lines.unreadable,
        wrap_up_s=wrap_up_s,
    )
    return QueueLog(contacts, fact)


def _with_columns(frame: pd.DataFrame, label: str) -> pd.DataFrame:
    absent = [name for name in ASKED if name not in frame.columns]
    if not absent:
        return frame
    words = f"has no column {', '.join(absent)}; it has {', '.join(map(str, frame.columns))}"
    raise DataError(Fault(label, f"{words}; select the columns of Asterisk's queue_log"))


def _parts(path: Path) -> Iterator[pd.DataFrame]:
    """Lines of a file in parts, every text as a category; values after the sixth are not read."""
    try:
        with gzip.open(path) if is_packed(path) else path.open("rb") as file:
            while block := file.read(PART_BYTES) + file.readline():
                yield _cells(block)
    except (OSError, EOFError) as error:
        raise DataError(Fault(str(path), f"cannot be read: {error}")) from error


def _cells(block: bytes) -> pd.DataFrame:
    """Cells of whole lines; a line of bars before them makes the parser expect every column."""
    import pandas as pd

    table = pd.read_csv(
        BytesIO(b"0" + b"|" * (len(COLUMNS) - 1) + b"\n" + block),
        sep="|",
        header=None,
        names=list(COLUMNS),
        usecols=[name for name in COLUMNS if name != "agent"],
        dtype=dict.fromkeys(COLUMNS[1:], "category") | dict.fromkeys(ALL_DIFFERENT, "str"),
        keep_default_na=False,
        quoting=csv.QUOTE_NONE,
        encoding_errors="replace",
        low_memory=False,
    )
    return table.assign(**{name: unsorted(table[name]) for name in ALL_DIFFERENT}).iloc[1:]
