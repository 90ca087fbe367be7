"""Deferrable work of which a share of each day or of the week must be in time: the roster chooses which work that is.

The work of a channel goes into two lanes: what is done in time, and the rest, which may take longer. Within a lane work
is done in order of arrival. So a lane has the bounds of any class of work, but the work it gets is chosen, and its
bounds are places in the order of arrival instead of hours.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float64]


@dataclass(frozen=True)
class Lane:
    """When the work of a lane falls due, whichever work it gets.

    Place x is all the work that arrived up to the end of interval x; -1 is none. In a week that repeats itself, places
    from -2 on lie in the week before: place ``x - size`` ends with the work of its interval x, ``-size - 1`` is its
    beginning.

    Parameters
    ----------
    due
        Place up to which work is due by the end of each interval.
    carried
        Hours by which a known opening backlog changes the least work done, 0 or less in each interval: what is not yet
        due of it.
    closing
        Place up to which work must be done at the end of the week, and `carried_at_end` hours of the backlog.
    opening
        Places between which the work of the week before ends that was done by then; None where the backlog is known.
    """

    due: NDArray[np.int64]
    carried: Array
    closing: int
    carried_at_end: float
    opening: tuple[int, int] | None

    def floor(self, arrivals: Array) -> Array:
        """Least work done by the end of each interval, less the opening backlog."""
        return hours_at(arrivals, self.due) + self.carried

    def level(self, arrivals: Array) -> float:
        """Work that must be done at the end of the week, less the opening backlog."""
        return float(hours_at(arrivals, np.array([self.closing]))[0]) + self.carried_at_end

    def most_backlog(self, arrivals: Array) -> float:
        """Greatest opening backlog of a week that repeats itself; 0 where the backlog is known."""
        return 0.0 if self.opening is None else -float(hours_at(arrivals, np.array(self.opening[:1]))[0])


@dataclass(frozen=True)
class Span:
    """A day or the week: its first and last interval with work that can be judged, and the hours to be in time."""

    first: int
    last: int
    required_h: float


@dataclass(frozen=True)
class Split:
    """The two lanes of a channel by the number of their class, the one in time first, and the spans of its target."""

    lanes: dict[int, Lane]
    spans: tuple[Span, ...]

    @property
    def in_time(self) -> int:
        """Class of the work done in time."""
        return min(self.lanes)

    @property
    def rest(self) -> int:
        """Class of all other work."""
        return max(self.lanes)

    def missed_h(self, in_time: Array) -> float:
        """Hours that are missing for the target, from the hours of each interval that are done in time."""
        return sum(max(0.0, span.required_h - float(in_time[span.first : span.last + 1].sum())) for span in self.spans)


def hours_at(arrivals: Array, places: NDArray[np.int64]) -> Array:
    """Hours that had arrived at each place, counted from the beginning of the week; below 0 before it."""
    arrived = np.concatenate([[0.0], np.cumsum(arrivals)])
    size = len(arrivals)
    before = places < -1
    return np.asarray(arrived[np.where(before, places + size, places) + 1] - before * arrived[-1], dtype=np.float64)
