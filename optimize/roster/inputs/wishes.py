"""Wishes for shifts and days off, as the file of requests writes them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

NEAR_MINUTES = 30
"""A wish for a start is granted by a shift that begins within this of it."""


def as_date(value: Any) -> date:  # noqa: ANN401 - a date, a time stamp or ISO text
    """Local date of a cell that holds a day."""
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else date.fromisoformat(str(value)[:10])


def wished_start(text: object) -> int | None:
    """Minutes after midnight of a wish such as ``07:00``; None where any shift will do."""
    from configs.units import parse_clock

    words = "" if text is None or text != text else str(text).strip()  # noqa: PLR0124 - NaN
    return parse_clock(words.partition("-")[0]) if words else None
