"""One channel's history as a matrix of local days and clock slots; NaN is what was not observed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np

from configs.units import DAY_MINUTES

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

WEEKS_LOOKED_AT = 8
OPEN_FROM_SHARE = 0.25
LEAST_DAYS_SEEN = 5
EPOCH = date(1970, 1, 1).toordinal()


@dataclass(frozen=True)
class Grid:
    """Volumes by local day (rows) and slot of the clock (columns).

    Parameters
    ----------
    first
        Local date of the first row.
    slots
        Minutes after local midnight of each column, in order.
    values
        Contacts, shape (days, slots); NaN where nothing was observed. A slot the clock skips is not observed; a slot
        the clock shows twice has the mean of both.
    """

    first: date
    times_of_day: NDArray[np.int64]
    values: Array

    @property
    def days(self) -> int:
        """Number of days."""
        return len(self.values)

    @property
    def weekday(self) -> NDArray[np.int64]:
        """Weekday of every row, Monday being 0."""
        return weekdays(self.first, self.days)

    def date(self, day: int) -> date:
        """Local date of a row; rows after the last are counted on."""
        return self.first + timedelta(days=day)

    def until(self, day: int) -> Grid:
        """Rows before day number `day`."""
        return replace(self, values=self.values[:day])

    def since(self, day: int) -> Array:
        """Values of the rows from day number `day` on."""
        return self.values[day:]

    def flat(self) -> Array:
        """All values, one interval after another."""
        return self.values.ravel()

    def without(self, closed: NDArray[np.bool_]) -> Grid:
        """Take what came on closed days as not observed."""
        return replace(self, values=np.where(closed[:, None], np.nan, self.values)) if closed.any() else self

    def open(self) -> NDArray[np.bool_]:
        """Slots that look open per weekday, shape (7, slots): seen on a quarter of the last eight of that weekday.

        A history with hardly a day in the last eight weeks is looked at as a whole. A weekday that it has not
        reached yet counts as open like the others.
        """
        seen, weekday = np.isfinite(self.values), self.weekday
        begin = max(0, self.days - 7 * WEEKS_LOOKED_AT)
        if seen[begin:].any(axis=1).sum() >= LEAST_DAYS_SEEN:
            seen, weekday = seen[begin:], weekday[begin:]
        else:
            dated = seen.any(axis=1)
            seen, weekday = seen[dated], weekday[dated]
        mask = np.zeros((7, len(self.times_of_day)), dtype=bool)
        for w in range(7):
            mask[w] = (seen[weekday == w] if (weekday == w).any() else seen).mean(axis=0) > OPEN_FROM_SHARE
        return mask


def minutes_of_day(local: pd.DatetimeIndex) -> NDArray[np.int64]:
    """Minutes after midnight of naive local times."""
    return _minutes(local) % DAY_MINUTES


def _minutes(local: pd.DatetimeIndex) -> NDArray[np.int64]:
    """Whole minutes since 1970 of naive local times."""
    return local.to_numpy().astype("datetime64[m]").astype(np.int64)


def weekdays(first: date, days: int) -> NDArray[np.int64]:
    """Weekday of consecutive days, Monday being 0."""
    return (np.arange(days) + first.weekday()) % 7


def to_grid(
    local: pd.DatetimeIndex,
    values: Array,
    times_of_day: NDArray[np.int64],
    first: date | None = None,
    days: int | None = None,
) -> Grid:
    """Lay interval values on the grid.

    Parameters
    ----------
    local
        Local clock time of every value, without zone; a time may come twice when the clock goes back.
    values
        The values; sorted here, so that the order of rows does not matter.
    slots
        Minutes after midnight of the columns; every time falls on one of them.
    first, days
        First local day and number of days; by default those of the values.
    """
    minutes = _minutes(local)
    number = minutes // DAY_MINUTES
    first = first or date.fromordinal(EPOCH + int(number.min()))
    row = number - (first.toordinal() - EPOCH)
    days = int(row.max()) + 1 if days is None else days
    cell = row * len(times_of_day) + np.searchsorted(times_of_day, minutes % DAY_MINUTES)
    size = days * len(times_of_day)
    count = np.bincount(cell, minlength=size)
    if count.max(initial=0) > 1:  # the sum of several must not depend on their order
        order = np.lexsort((values, cell))
        cell, values = cell[order], values[order]
    total = np.bincount(cell, weights=values, minlength=size)
    mean = np.divide(total, count, out=np.full(size, np.nan), where=count > 0)
    return Grid(first, times_of_day, mean.reshape(days, len(times_of_day)))
