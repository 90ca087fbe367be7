"""Who comes to work in many random weeks, and when each place at work is filled."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from optimize.simulation.draws import Draws

    Array = NDArray[np.float64]
    Whole = NDArray[np.int64]

_PART = 100  # kind of draw, after those of ``draws``: whether a part of a person is at work


def people_present(draws: Draws, kind: int, staffed: Array, day: Whole, absence: float, weeks: int) -> Whole:
    """People who come in each of many weeks, of those rostered, shape (weeks, T).

    A person is absent all day, and all with equal probability. A fraction of a person is at work with that
    probability. The draws of a person do not depend on how many there are: one more rostered changes nobody else.

    Parameters
    ----------
    draws, kind
        Name the stream of random numbers.
    staffed
        People rostered in each interval, shape (T,); 0 or more, not only whole numbers.
    day
        Number of the day of each interval, from 0.
    absence
        Probability that a person is absent on a day.
    weeks
        How many weeks.
    """
    rows = [_of_week(draws.week(week), kind, staffed, day, absence) for week in range(weeks)]
    return np.stack(rows)


def _of_week(draws: Draws, kind: int, staffed: Array, day: Whole, absence: float) -> Whole:
    rostered = np.floor(staffed + 1e-9).astype(np.int64)
    part = np.maximum(staffed - rostered, 0.0)
    if (part > 0).any():
        rostered += draws.stream(_PART + kind).random(part.size) < part
    most = int(rostered.max(initial=0))
    if absence <= 0 or not most:
        return rostered
    comes = draws.stream(kind).random((most, int(day.max()) + 1)) >= absence
    come = np.zeros((most + 1, comes.shape[1]), dtype=np.int64)
    np.cumsum(comes, axis=0, out=come[1:])
    return np.asarray(come[rostered, day])


@dataclass(frozen=True)
class Places:
    """Places at work, filled from the first on: place j of a group is filled while more than j of its people are there.

    Arrays have shape (R * T, W): a row is an interval of a week, a column a place; groups stand side by side.

    Parameters
    ----------
    interval_s, intervals
        Length of an interval in seconds, and the number of intervals of a week, T.
    ends
        Columns of group g are ``ends[g]`` to ``ends[g + 1]``.
    opens_s
        Moment from which a place that is empty in the interval is filled again; 0 where it is filled, inf for never.
    until_s
        Moment at which a place that is filled in the interval becomes empty, inf after the last interval; 0 where it
        is empty.
    """

    interval_s: float
    intervals: int
    ends: tuple[int, ...]
    opens_s: NDArray[np.float32]
    until_s: NDArray[np.float32]

    @property
    def width(self) -> int:
        """Number of places of all groups, W."""
        return self.ends[-1]

    @property
    def bounds(self) -> tuple[tuple[int, int], ...]:
        """First column of each group, and the one after its last."""
        return tuple(zip(self.ends, self.ends[1:], strict=False))

    def interval_at(self, moment_s: Array) -> Whole:
        """Number of the interval of each moment; the last one for later moments."""
        return np.minimum(moment_s / self.interval_s, self.intervals - 1).astype(np.int64)


def places_of(present: Sequence[Whole], interval_s: float) -> Places:
    """Places of several groups of people, each given by its people present, shape (R, T)."""
    weeks, size = present[0].shape
    widths = [max(1, int(each.max(initial=0))) for each in present]
    ends = (0, *(int(end) for end in np.cumsum(widths)))
    opens = np.empty((weeks, size, ends[-1]), dtype=np.float32)
    until = np.empty_like(opens)
    place = np.concatenate([np.arange(width) for width in widths])
    group = np.repeat(np.arange(len(widths)), widths)
    there = np.stack(present)
    again = np.full((weeks, ends[-1]), np.inf, dtype=np.float32)
    over = again.copy()
    for number in range(size - 1, -1, -1):
        filled = place < there[group, :, number].T
        begin = np.float32(number * interval_s)
        opens[:, number] = np.where(filled, np.float32(0), again)
        until[:, number] = np.where(filled, over, np.float32(0))
        again = np.where(filled, begin, again)
        over = np.where(filled, over, begin)
    flat = (weeks * size, ends[-1])
    return Places(interval_s, size, ends, opens.reshape(flat), until.reshape(flat))
