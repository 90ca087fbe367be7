"""What peers need and a history does not give: a regular series without gaps, and a way back to intervals."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from benchmarks.forecasting.sets import DAYS
from forecast.data.day_totals import day_totals
from forecast.data.grid import to_grid

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from benchmarks.forecasting.sets import Case
    from forecast.data.grid import Grid

    Array = NDArray[np.float64]

PROFILE_WEEKS = 8


@dataclass(frozen=True)
class Regular:
    """A history on days x slots up to the origin; days ahead follow it."""

    grid: Grid
    is_open: NDArray[np.bool_]

    @classmethod
    def of(cls, case: Case) -> Regular:
        """Lay the history of a case on the grid; days before the origin without rows are not observed."""
        clock = pd.DatetimeIndex(case.history.start)
        slots = np.unique(np.asarray(clock.hour * 60 + clock.minute, dtype=np.int64))
        first = clock.min().date()
        days = (case.origin.date() - first).days
        grid = to_grid(clock, case.history.volume.to_numpy(float), slots, first, days)
        return cls(grid, grid.open())

    @property
    def totals(self) -> Array:
        """Total of every day, NaN unknown."""
        return day_totals(self.grid)

    @property
    def ahead(self) -> NDArray[np.int64]:
        """Weekdays of the days ahead."""
        return (np.arange(DAYS) + self.grid.first.weekday() + self.grid.days) % 7

    @property
    def open_days(self) -> NDArray[np.int64]:
        """Weekdays that are open."""
        return np.flatnonzero(self.is_open.any(axis=1))

    def series(self) -> Array:
        """Return intervals of open weekdays one after another; a gap holds the value one week before, else the mean."""
        values = self.grid.values[np.isin(self.grid.weekday, self.open_days)]
        return _without_gaps(values, len(self.open_days)).ravel()

    def daily(self) -> Array:
        """Return totals of open weekdays one after another, gaps filled likewise."""
        totals = self.totals[np.isin(self.grid.weekday, self.open_days)]
        return _without_gaps(totals[:, None], len(self.open_days)).ravel()

    def days_ahead(self) -> int:
        """Return the number of open days ahead."""
        return int(np.isin(self.ahead, self.open_days).sum())

    def spread_days(self, totals: Array) -> Array:
        """Return totals of the open days ahead as intervals: times the mean day of the last eight of its weekday."""
        shape = np.zeros((7, len(self.grid.slots)))
        for w in self.open_days:
            rows = np.nan_to_num(self.grid.values[self.grid.weekday == w][-PROFILE_WEEKS:])
            shape[w] = rows.mean(axis=0) / max(rows.mean(axis=0).sum(), 1e-9)
        whole = np.zeros(DAYS)
        whole[np.isin(self.ahead, self.open_days)] = np.maximum(totals, 0.0)
        return whole[:, None] * shape[self.ahead]

    def spread_series(self, values: Array) -> Array:
        """Return a continued series as days x slots."""
        out = np.zeros((DAYS, len(self.grid.slots)))
        out[np.isin(self.ahead, self.open_days)] = np.maximum(values, 0.0).reshape(-1, len(self.grid.slots))
        return out


def _without_gaps(values: Array, period: int) -> Array:
    values = values.copy()
    mean = np.nan_to_num(np.nanmean(values, axis=0))
    for i in range(len(values)):
        gap = ~np.isfinite(values[i])
        if gap.any():
            values[i, gap] = (values[i - period] if i >= period else mean)[gap]
    return values
