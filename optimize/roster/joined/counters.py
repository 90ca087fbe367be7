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
class Counters:
    """Axes of a batch, in the order of the table."""

    weekends: Counter
    shifts: Counter
    minutes: Counter
    week_shifts: Counter
    week_minutes: Counter

    @cached_property
    def shape(self) -> tuple[int, ...]:
        """Values of each axis."""
        axes = (self.weekends, self.shifts, self.minutes, self.week_shifts, self.week_minutes)
        return tuple(each.size for each in axes)


def counters(hours: Sequence[Hours], extra: Extra, most_days: int) -> Counters:
    """Make the axes; minutes become shifts where all shapes have the same working time."""
    shifts, minutes = [], []
    week_shifts, week_minutes = [], []
    for each in hours:
        of_shifts, of_minutes = _both(each.shifts, each.minutes, extra)
        in_week, in_week_minutes = _both(each.week_shifts, each.week_minutes, extra)
        shifts.append(of_shifts)
        minutes.append(of_minutes)
        week_shifts.append(in_week)
        week_minutes.append(in_week_minutes)
    weekends = [Limits(0, ANY if each.most_weekends is None else each.most_weekends) for each in hours]
    longest = extra.base + int(extra.of_shape.max())
    return Counters(
        _counter(weekends, most_days),
        _counter(shifts, most_days),
        _counter(minutes, most_days * longest),
        _counter(week_shifts, 7),
        _counter(week_minutes, 7 * longest),
    )


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
