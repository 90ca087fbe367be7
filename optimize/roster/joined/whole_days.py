"""Prices of whole days: what a person is worth on a day once everybody's starts and breaks fit them.

Next to the present starts, a person too few on a day is missing in scattered intervals, and no single shift covers
them. When the day is planned again the others move, and one more shift fills all of it. So a day is one interval here,
with the time at work of everybody and all that is needed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from optimize.roster.joined.demand import Demand

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from optimize.roster.joined.problem import Problem

    Array = NDArray[np.float64]

HALF_SHIFT_MINUTES = 240
"""Time over which a step of a day is blurred: shifts are not divided."""


class WholeDays:
    """The demand of whole days.

    Parameters
    ----------
    problem
        Days and demand.
    """

    def __init__(self, problem: Problem) -> None:
        demand, self._first = problem.demand, problem.midnights[:-1]
        self._lengths = np.diff(problem.midnights)
        width, last = self._sum(demand.width), self._sum(demand.least) / self._lengths
        mean = self._sum(demand.width * demand.gain[:-1]) / np.maximum(width, 1.0)
        gain = np.concatenate([np.where(width > 0.0, mean, last), last[None]])
        self.demand = Demand(self._sum(demand.base), width, np.minimum.accumulate(gain, axis=0))
        self._spread = HALF_SHIFT_MINUTES / problem.interval / 2.0
        self._lean = np.zeros(last.shape)

    def prices(self, people: Array) -> Array:
        """Gain of more time at each channel on each day, for each of its intervals; shape (C, T).

        Parameters
        ----------
        people
            People there; shape (C, T).
        """
        by_day = self.demand.smooth(self._sum(people), self._spread, self._lean)
        return np.repeat(by_day, self._lengths, axis=1)

    def _sum(self, by_interval: Array) -> Array:
        total: Array = np.add.reduceat(by_interval, self._first, axis=-1)
        return total
