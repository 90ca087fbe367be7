"""Verint Strategic Planner: files of daily totals, four fields without a header."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from forecast.data.sources.profile import Profile

if TYPE_CHECKING:
    from collections.abc import Sequence

FIELDS = 4
NUMBER = re.compile(r"\d+(\.\d*)?")


def _is_daily_file(records: Sequence[Sequence[str]]) -> bool:
    filled = [record for record in records if any(cell.strip() for cell in record)]
    return bool(filled) and all(_is_row([cell.strip() for cell in record]) for record in filled)


def _is_row(cells: list[str]) -> bool:
    """``queue, M-D-YYYY, volume, AHT``."""
    return (
        len(cells) == FIELDS
        and re.fullmatch(r"\d{1,2}-\d{1,2}-\d{4}", cells[1]) is not None
        and all(NUMBER.fullmatch(cell) for cell in cells[2:])
    )


PROFILE = Profile(
    name="verint-daily",
    system="Verint daily file",
    export="Strategic Planner, import file",
    proof="vendor page",
    evidence='Verint online library, Strategic Planner 15.2, "Format of the Import File", without the unit of AHT',
    columns=(),
    settings={
        "header": "none",
        "date_format": "mdy",
        "columns": {"queue": 1, "start": 2, "volume": 3, "aht_s": 4},
    },
    recognises=_is_daily_file,
)
