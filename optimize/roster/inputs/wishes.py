"""Wishes for shifts and days off, as the file of requests writes them."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from configs.tables import records

if TYPE_CHECKING:
    import pandas as pd

    from configs.horizon import Horizon

NEAR_MINUTES = 30
"""A wish for a start is granted by a shift that begins within this of it."""


@dataclass(frozen=True)
class Wish:
    """A wish for a day of the horizon: to work, from `start` in minutes after midnight or at any time, or not to."""

    day: int
    start: int | None
    wants_work: bool
    weight: float

    def is_granted(self, begins: int | None) -> bool:
        """Whether a shift that begins so many minutes after midnight grants it, or None, a day off."""
        meets = begins is not None and (self.start is None or abs(begins - self.start) <= NEAR_MINUTES)
        return meets == self.wants_work


def wishes_of(requests: pd.DataFrame, horizon: Horizon) -> dict[str, list[Wish]]:
    """Wishes for days of a horizon, by agent."""
    found: dict[str, list[Wish]] = defaultdict(list)
    for row in records(requests):
        day = (as_date(row["date"]) - horizon.first).days
        if 0 <= day < horizon.days:
            weight = float(row.get("weight", 1.0))
            weight = 1.0 if math.isnan(weight) else weight
            found[str(row["agent"])].append(Wish(day, wished_start(row.get("shift")), row["wish"] == "on", weight))
    return found


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
