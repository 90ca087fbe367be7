"""Days next to public holidays and at year's end: where they stand out, they are learned separately.

The day after a holiday has the contacts of two, the last days of the year hardly any. Left among the ordinary days
they would lift or lower the level and their weekday for weeks.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from forecast.calendar.outstanding_days import NEIGHBOUR, YEAR_END

if TYPE_CHECKING:
    from datetime import date

    from numpy.typing import NDArray

    from forecast.calendar.day_kinds import DayKinds
    from forecast.calendar.marks import Marks
    from forecast.calendar.outstanding_days import Proof
    from forecast.data.grid import Grid

    Array = NDArray[np.float64]
    Mask = NDArray[np.bool_]

MOST_DAYS_BETWEEN = 4
"""Days off in a row across which a holiday still is a neighbour; a longer break is no weekend."""
YEAR_END_DAYS = {
    "24 December": (1224, 1224),
    "25 and 26 December": (1225, 1226),
    "27 to 30 December": (1227, 1230),
    "31 December": (1231, 1231),
    "1 January": (101, 101),
    "2 January": (102, 102),
}
"""First and last day of each as month and day."""
LEAST_ORDINARY = 3
"""A weekday with fewer ordinary days than this keeps its special ones: they are all that is known of it."""


@dataclass(frozen=True)
class NearDays:
    """Marks of days near holidays and at year's end: 1 where a day is of that kind, shape (days, names)."""

    names: tuple[str, ...]
    columns: Array

    @classmethod
    def of(cls, kinds: DayKinds) -> NearDays:
        """Mark the days; a public holiday is not near another one, it has a name of its own."""
        found = {**_neighbours(kinds), **_year_end(kinds.dates)}
        marked = np.column_stack(list(found.values())) & ~kinds.holidays[:, None]
        return cls(tuple(found), marked[kinds.inner].astype(float))

    @classmethod
    def none(cls, days: int) -> NearDays:
        """Nothing is near where no country says which days are holidays, and when its year ends."""
        return cls((), np.zeros((days, 0)))

    @property
    def proofs(self) -> tuple[tuple[Proof, list[int]], ...]:
        """What it takes for each mark to be learned."""
        at_end = [i for i, name in enumerate(self.names) if name in YEAR_END_DAYS]
        others = [i for i in range(len(self.names)) if i not in at_end]
        return ((YEAR_END, at_end), (NEIGHBOUR, others))


def _neighbours(kinds: DayKinds) -> dict[str, Mask]:
    """Working days and weekends with nothing but days off between them and a holiday."""
    work, off = kinds.workdays, ~kinds.workdays
    after = _after_holiday(kinds.holidays, work)
    before = _after_holiday(kinds.holidays[::-1], work[::-1])[::-1]
    between = np.zeros(len(off), dtype=bool)
    between[1:-1] = off[:-2] & off[2:]
    bridge = work & between & (after | before)
    alone = work & ~bridge
    followed, led = np.append(kinds.holidays[1:], False), np.append(False, kinds.holidays[:-1])
    return {
        "day before a public holiday": alone & followed,
        "day after a public holiday": alone & led,
        "working day before a long weekend": alone & before & ~followed,
        "working day after a long weekend": alone & after & ~led,
        "bridge day": bridge,
        "weekend next to a public holiday": off & (after | before),
    }


def _after_holiday(holidays: Mask, work: Mask) -> Mask:
    """Days that follow a holiday with nothing but a few days off between."""
    found = np.zeros(len(holidays), dtype=bool)
    between = MOST_DAYS_BETWEEN + 1
    for i in range(len(holidays)):
        found[i] = between <= MOST_DAYS_BETWEEN and not holidays[i]
        past = MOST_DAYS_BETWEEN + 1 if work[i] else between + 1
        between = 0 if holidays[i] else past
    return found


def _year_end(dates: list[date]) -> dict[str, Mask]:
    """Days of year's end that are alike every year; those that are public holidays have names of their own."""
    at = np.array([100 * day.month + day.day for day in dates])
    return {name: (at >= first) & (at <= last) for name, (first, last) in YEAR_END_DAYS.items()}


def ordinary(totals: Array, usual: Mask, weekday: NDArray[np.int64]) -> Array:
    """Day totals with unusual days unknown (NaN), but for weekdays of which hardly a day would be left."""
    masked = np.where(usual, totals, np.nan)
    for w in range(7):
        of_weekday = weekday == w
        if np.isfinite(masked[of_weekday]).sum() < LEAST_ORDINARY:
            masked[of_weekday] = totals[of_weekday]
    return masked


def without_holidays(grid: Grid, totals: Array, events: Marks) -> Grid:
    """Take public holidays and the days near them as not observed, where each weekday is known without them.

    A mean of weekdays has no effect of a holiday to set apart; a quiet Monday would only lower the other Mondays.
    """
    if events.kinds is None:
        return grid
    kinds = events.kinds.until(grid.days)
    near = NearDays.of(kinds).columns.any(axis=1) | kinds.holidays[kinds.inner]
    left = np.isfinite(ordinary(totals, ~near, grid.weekday))
    return grid.without(near & ~left)
