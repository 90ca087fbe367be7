"""The axis of the week: local days and hours at their place among the intervals, days of 23 and 25 hours included."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from reports import formatting

if TYPE_CHECKING:
    from datetime import date

    from configs.horizon import Horizon

MAJOR_HOURS = 6
"""Hours between two labels while the whole week is shown."""
MID_HOURS = 3
"""Hours between two labels where a day is narrow."""


@dataclass(frozen=True)
class Day:
    """One local day on the axis; `at` and `size` count intervals, `left` and `width` are per cent of the axis."""

    number: int
    date: date
    at: int
    size: int
    left: str
    width: str
    label: str
    changed: str


@dataclass(frozen=True)
class Hour:
    """One hour mark; `rank` is ``major`` (labelled while the whole week is shown), ``mid`` or ``fine``."""

    at: int
    left: str
    label: str
    rank: str


@dataclass(frozen=True)
class Axis:
    """The intervals of a horizon."""

    horizon: Horizon

    @property
    def size(self) -> int:
        """Intervals on the axis."""
        return self.horizon.size

    @cached_property
    def days(self) -> tuple[Day, ...]:
        """The local days."""
        edges = np.searchsorted(self.horizon.day, np.arange(self.horizon.days + 1))
        found = []
        for number in range(self.horizon.days):
            at, size, moment = int(edges[number]), int(edges[number + 1] - edges[number]), self.horizon.date(number)
            hours = size * self.horizon.interval_h
            changed = f"{formatting.number(hours)} h, the clock changes" if size != self.horizon.times_of_day else ""
            found.append(
                Day(number, moment, at, size, self.place(at), self.place(size), formatting.day(moment), changed)
            )
        return tuple(found)

    @cached_property
    def hours(self) -> tuple[Hour, ...]:
        """Every full local hour but midnight."""
        local, slot = self.horizon.local, self.horizon.time_of_day
        per_hour = 60 // self.horizon.interval_min
        marks = [number for number in range(self.horizon.size) if slot[number] % per_hour == 0 and slot[number] > 0]
        return tuple(
            Hour(number, self.place(number), formatting.clock(local[number]), _rank(local[number].hour))
            for number in marks
        )

    def place(self, intervals: float) -> str:
        """Return a number of intervals as per cent of the axis."""
        return f"{100 * intervals / self.size:.3f}".rstrip("0").rstrip(".")

    def grid(self, top: float) -> str:
        """Path of the lines between days."""
        return "".join(f"M{day.at} 0V{top:g}" for day in self.days[1:])


def _rank(hour: int) -> str:
    return "major" if hour % MAJOR_HOURS == 0 else "mid" if hour % MID_HOURS == 0 else "fine"
