"""Single days of the month that may always stand out: pay day, billing day, the last working day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from datetime import date

    from numpy.typing import NDArray

    from forecast.calendar.day_kinds import DayKinds

    Array = NDArray[np.float64]
    Mask = NDArray[np.bool_]

LAST_MOVED = 30
LAST_DAYS, WORKING_DAYS = 3, 5
ORDINALS = ("first", "second", "third", "fourth", "fifth")


@dataclass(frozen=True)
class MonthDays:
    """Days of the month that might stand out, a column of `columns` (days, names) for each."""

    names: tuple[str, ...]
    columns: Array

    @classmethod
    def of(cls, kinds: DayKinds) -> MonthDays:
        """Mark days of the month by date, by date moved off weekends and holidays, and by working days."""
        number = np.array([day.day for day in kinds.dates])
        found = {f"day {d} of the month": number == d for d in range(1, 32)}
        found |= _last_days(kinds.dates)
        for d in range(1, LAST_MOVED + 1):
            found[f"day {d} or the working day before"] = _moved(number == d, kinds.workdays)
            found[f"day {d} or the working day after"] = _moved((number == d)[::-1], kinds.workdays[::-1])[::-1]
        found |= _working_days(kinds)
        return cls(tuple(found), np.column_stack(list(found.values()))[kinds.inner].astype(float))


def _last_days(dates: list[date]) -> dict[str, Mask]:
    """Last days of the month: so many days before the first of the next."""
    number = np.array([day.day for day in dates])
    starts = np.flatnonzero(number == 1)
    found = {}
    for back in range(1, LAST_DAYS + 1):
        mask = np.zeros(len(dates), dtype=bool)
        mask[starts[starts >= back] - back] = True
        found[f"{_from_the_end(back)}day of the month"] = mask
    return found


def _moved(mask: Mask, work: Mask) -> Mask:
    """Marked days, those off work moved to the working day before."""
    at = np.where(work, np.arange(len(work)), -1)
    last = np.maximum.accumulate(at)[mask]
    out = np.zeros(len(mask), dtype=bool)
    out[last[last >= 0]] = True
    return out


def _working_days(kinds: DayKinds) -> dict[str, Mask]:
    """First and last working days of the month."""
    month = np.array([12 * day.year + day.month for day in kinds.dates])
    days = np.flatnonzero(kinds.workdays)
    found = {}
    for n in range(1, WORKING_DAYS + 1):
        early, late = np.zeros(len(month), dtype=bool), np.zeros(len(month), dtype=bool)
        early[days] = _rank(month[days]) == n
        late[days[::-1]] = _rank(month[days][::-1]) == n
        found[f"{ORDINALS[n - 1]} working day of the month"] = early
        found[f"{_from_the_end(n)}working day of the month"] = late
    return found


def _rank(group: NDArray[np.int64]) -> NDArray[np.int64]:
    """Number within its run of equal values, from 1 on."""
    starts = np.concatenate([[True], group[1:] != group[:-1]]) if len(group) else np.zeros(0, dtype=bool)
    number = np.arange(len(group))
    rank: NDArray[np.int64] = number - np.maximum.accumulate(np.where(starts, number, 0)) + 1
    return rank


def _from_the_end(n: int) -> str:
    return "last " if n == 1 else f"{ORDINALS[n - 1]} last "
