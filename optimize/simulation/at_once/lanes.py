"""Weeks cut into days that are simulated side by side: a wider array needs fewer steps.

Each lane begins some hours before its own day, with nobody in the queue, on the customers and people of its week. By
the beginning of its own day it has forgotten that start; only its own day is counted.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Whole = NDArray[np.int64]


@dataclass(frozen=True)
class Lanes:
    """What is simulated side by side, one element a lane.

    Parameters
    ----------
    week
        Number of the week.
    begin
        Interval in which the lane begins.
    own, end
        Intervals whose contacts are counted: from `own` up to, not including, `end`.
    """

    week: Whole
    begin: Whole
    own: Whole
    end: Whole

    def of(self, keep: Whole) -> Lanes:
        """Some of the lanes."""
        return Lanes(self.week[keep], self.begin[keep], self.own[keep], self.end[keep])


def lanes_of(weeks: int, intervals: int, cuts: tuple[int, ...], before: int) -> Lanes:
    """One lane for each week and each span between the cuts.

    Parameters
    ----------
    weeks, intervals
        Number of weeks, and of the intervals of each.
    cuts
        Intervals at which a week is cut, in order; none for whole weeks.
    before
        Intervals that a lane begins before its own first one.
    """
    bounds = np.array([0, *cuts, intervals])
    own, end = np.tile(bounds[:-1], weeks), np.tile(bounds[1:], weeks)
    week = np.repeat(np.arange(weeks), bounds.size - 1)
    return Lanes(week, np.maximum(own - before, 0), own, end)
