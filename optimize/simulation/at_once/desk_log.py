"""What is added up of conversations while they are simulated: how many are open, and the work of those that close."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from optimize.simulation.at_once.lanes import Lanes

    Array = NDArray[np.float64]
    Whole = NDArray[np.int64]


class DeskLog:
    """Sums by week and interval, shape (weeks, T), added up some steps at a time.

    A lane counts within its own intervals only. Time is counted in the interval of the event at its end.
    """

    def __init__(self, weeks: int, intervals: int, interval_s: float) -> None:
        self.shape, self.interval_s = (weeks, intervals), interval_s
        self.open_s, self.worked_s, self.closes = (np.zeros(self.shape) for _ in range(3))

    def begin(self, lanes: Lanes, steps: int) -> None:
        """Make room for some steps."""
        self.lanes = lanes
        size = (steps, lanes.week.size)
        self._moment, self._open_s = np.empty(size), np.empty(size)
        self._worked_s = np.zeros(size)

    def passes(self, step: int, now: Array, open_s: Array) -> None:
        """Time goes on to an event of each lane, with so much time of open conversations."""
        self._moment[step], self._open_s[step] = now, open_s

    def closed(self, step: int, rows: Whole, worked_s: Array) -> None:
        """Conversations close in some lanes, and stand for so much work."""
        self._worked_s[step][rows] = worked_s

    def add_up(self) -> None:
        """Add the steps to the sums."""
        weeks, size = self.shape
        interval = np.minimum(self._moment / self.interval_s, size).astype(np.int64)
        own = (interval >= self.lanes.own) & (interval < self.lanes.end)
        cell = np.where(own, interval + self.lanes.week * size, weeks * size).ravel()
        closes = self._worked_s > 0  # every close stands for some work
        for total, each in ((self.open_s, self._open_s), (self.worked_s, self._worked_s), (self.closes, closes)):
            np.add(total, np.bincount(cell, each.ravel(), weeks * size + 1)[:-1].reshape(self.shape), out=total)
