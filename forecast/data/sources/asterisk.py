"""Asterisk: the log of its queues, as a file of lines with bars or as a table of a database."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from forecast.data.sources.profile import Profile

if TYPE_CHECKING:
    from collections.abc import Sequence


def _is_queue_log(records: Sequence[Sequence[str]]) -> bool:
    filled = [record for record in records if any(cell.strip() for cell in record)]
    return bool(filled) and all(_is_line([cell.strip() for cell in record]) for record in filled)


def _is_line(cells: list[str]) -> bool:
    """``epoch|callid|queue|agent|event|data1|...``."""
    return (
        len(cells) >= 5
        and re.fullmatch(r"\d{9,10}(\.\d+)?", cells[0]) is not None
        and re.fullmatch(r"[A-Z]+", cells[4]) is not None
    )


PROFILE = Profile(
    name="asterisk-queue-log",
    system="Asterisk queue log",
    export="the file queue_log, or a query of the table queue_log",
    proof="source",
    evidence=(
        "asterisk/asterisk 22 (2026): app_queue and logger for the lines, "
        "contrib/realtime/mysql/mysql_queue_log.sql for the table"
    ),
    columns=("time", "callid", "queuename", "agent", "event", "data1", "data2", "data3", "data4", "data5"),
    settings={"rows": "events"},
    loose=True,
    recognises=_is_queue_log,
)
