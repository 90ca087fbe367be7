"""What a chain of stints counts: weekends, shifts and minutes over the horizon and in the week.

Each counter is an axis of the chain's table. One that nobody of the batch needs has a single value and costs nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from optimize.roster.joined.problem import Limits

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from optimize.roster.joined.problem import Hours
    from optimize.roster.joined.stints import Extra

    Ints = NDArray[np.int64]
    Mask = NDArray[np.bool_]

ANY = 10**6
"""A limit that nobody reaches."""


@dataclass(frozen=True)
class Counter:
    """One axis: limits of each person in its unit, and its number of values."""

    least: Ints
    most: Ints

    @cached_property
    def size(self) -> int:
        """Values of the axis; 1 where nothing is counted."""
        return 1 if not self.counts else max(2, int(self.most.max()) + 1)

    @cached_property
    def counts(self) -> bool:
        """Whether anybody has a limit."""
        return bool((self.most < ANY).any() or (self.least > 0).any())


@dataclass(frozen=True)
class WeekCounter(Counter):
    """An axis that begins again every week: limits of shape (n, W), and who may have a week of nothing; shape (n,)."""

    off: Mask

    def lawful(self, week: int, add: int, *, least: bool) -> Mask:
        """Whether each person may end a week with each place and `add` more; shape (n, size)."""
        if self.size == 1:
            return np.ones((self.off.size, 1), dtype=bool)
        total = np.arange(self.size)[None, :] + add
        enough = (total >= self.least[:, [week]]) | (self.off[:, None] & (total == 0))
        lawful: Mask = total <= self.most[:, [week]]
        return lawful & enough if least else lawful

    def fits(self, week: int, total: int) -> Mask:
        """Whether each person may have a whole week of so many; shape (n,)."""
        if self.size == 1:
            return np.ones(self.off.size, dtype=bool)
        fits: Mask = (total <= self.most[:, week]) & ((total >= self.least[:, week]) | (self.off & (total == 0)))
        return fits


@dataclass(frozen=True)
class Counters:
    """Axes of a batch, in the order of the table."""

    weekends: Counter
    shifts: Counter
    minutes: Counter
    week_shifts: WeekCounter
    week_minutes: WeekCounter

    @cached_property
    def shape(self) -> tuple[int, ...]:
        """Values of each axis."""
        axes = (self.weekends, self.shifts, self.minutes, self.week_shifts, self.week_minutes)
        return tuple(each.size for each in axes)


def counters(hours: Sequence[Hours], extra: Extra, most_days: int, weeks: int) -> Counters:
    """Make the axes; minutes become shifts where all shapes have the same working time."""
    shifts, minutes = [], []
    by_week = [[_both(each.of_week(week), each.week_minutes, extra) for week in range(weeks)] for each in hours]
    off = np.array([each.week_off for each in hours])
    for each in hours:
        of_shifts, of_minutes = _both(each.shifts, each.minutes, extra)
        shifts.append(of_shifts)
        minutes.append(of_minutes)
    weekends = [Limits(0, ANY if each.most_weekends is None else each.most_weekends) for each in hours]
    longest = extra.base + int(extra.of_shape.max())
    return Counters(
        _counter(weekends, most_days),
        _counter(shifts, most_days),
        _counter(minutes, most_days * longest),
        _week_counter([[shifts for shifts, _ in each] for each in by_week], 7, off),
        _week_counter([[units for _, units in each] for each in by_week], 7 * longest, off),
    )


def _week_counter(limits: Sequence[Sequence[Limits]], reach: int, off: Mask) -> WeekCounter:
    whole = _counter([one for each in limits for one in each], reach)
    shape = (len(limits), -1)
    return WeekCounter(whole.least.reshape(shape), whole.most.reshape(shape), off)


def _both(shifts: Limits | None, minutes: Limits | None, extra: Extra) -> tuple[Limits, Limits]:
    """Limits in shifts, and in units of minutes where shapes differ."""
    shifts = shifts or Limits(0, ANY)
    if minutes is None:
        return shifts, Limits(0, ANY)
    units = Limits(max(0, -(-minutes.least // extra.unit)), minutes.most // extra.unit)
    if extra.size > 1:
        return shifts, units
    least = -(-units.least // extra.base)
    return Limits(max(shifts.least, least), min(shifts.most, units.most // extra.base)), Limits(0, ANY)


def _counter(limits: Sequence[Limits], reach: int) -> Counter:
    """One axis; a limit above what can be reached is no limit, and a least above it stays unreachable."""
    least = np.array([each.least for each in limits])
    most = np.array([each.most if each.most < ANY else (reach if (least > 0).any() else ANY) for each in limits])
    if (most < ANY).any():
        most = np.minimum(most, reach)
    return Counter(least, most)
