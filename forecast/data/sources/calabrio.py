"""Calabrio ONE and Teleopti WFM: queue files, 21 fields without a header, also written by other telephone systems."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from forecast.data.sources.profile import Profile

if TYPE_CHECKING:
    from collections.abc import Sequence

FIELDS = 21
MINUTES = {"15", "30", "45", "60"}


def _is_queue_file(records: Sequence[Sequence[str]]) -> bool:
    filled = [record for record in records if any(cell.strip() for cell in record)]
    return bool(filled) and all(_is_row([cell.strip() for cell in record]) for record in filled)


def _is_row(cells: list[str]) -> bool:
    """``interval; date_from; time; queue; queue_name; ...``: minutes, yyyymmdd, HH:MM."""
    return (
        len(cells) in {FIELDS, FIELDS + 1}
        and not any(cells[FIELDS:])
        and cells[0] in MINUTES
        and re.fullmatch(r"\d{8}", cells[1]) is not None
        and re.fullmatch(r"\d{2}:\d{2}", cells[2]) is not None
    )


PROFILE = Profile(
    name="calabrio",
    system="Calabrio queue file",
    export="queue statistics file, one row a queue and interval",
    proof="vendor page",
    evidence=(
        'Calabrio help, "Queue data file format"; names and order also in the public database scripts of Teleopti '
        "(procedure mart.fact_queue_export)"
    ),
    columns=(),
    settings={
        "header": "none",
        "date_format": "ymd",
        "columns": {
            "date": 2,
            "time": 3,
            "queue": 5,
            "volume": 6,
            "abandoned": 8,
            "handled": 10,
            "aht_s": (13, 14),
        },
        "aht": {"unit": "s", "is": "total"},
    },
    recognises=_is_queue_file,
)
"""Contacts offered are those of the queue itself (field 6), as Teleopti loads them. Field 7, overflow from another
queue, is not counted: the other queue has those contacts.
"""
