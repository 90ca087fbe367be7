"""The links of a chain: a stint with the days off that must follow it, or one more day off.

Which days a link covers says what it adds to each counter, so a chain of links counts exactly.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from optimize.roster.joined.frame import Frame
    from optimize.roster.joined.stints import Extra

    Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Link:
    """One link.

    Parameters
    ----------
    source, target
        Days on which a stint may begin before and after it; the day after the horizon ends the chain, and the one
        after that is the start of those who continue a run.
    edge
        Edge that holds on the target day.
    row, length, last, extra
        The stint; length 0 for a day off.
    weekends, shifts, minutes
        What it adds.
    old, new
        Shifts and minutes it adds to the week of the source, and of the target; None for `new` within one week.
    between
        Shifts and minutes of full weeks between them.
    closes
        Whether the week of the source is whole, so that its least counts.
    week
        Calendar week of the source.
    off_from
        First day that it has off; all up to the target are.
    """

    source: int
    target: int
    edge: int
    row: int = 0
    length: int = 0
    last: int = 0
    extra: int = 0
    weekends: int = 0
    shifts: int = 0
    minutes: int = 0
    old: tuple[int, int] = (0, 0)
    new: tuple[int, int] | None = None
    between: tuple[tuple[int, int], ...] = ()
    closes: bool = False
    week: int = 0
    off_from: int = 0


@dataclass(frozen=True)
class LinkTable:
    """Links as columns."""

    source: Ints
    row: Ints
    length: Ints
    last: Ints
    extra: Ints
    weekends: Ints
    shifts: Ints
    minutes: Ints

    @classmethod
    def of(cls, links: Sequence[Link]) -> LinkTable:
        """Return the columns of links."""
        rows = [
            (one.source, one.row, one.length, one.last, one.extra, one.weekends, one.shifts, one.minutes)
            for one in links
        ]
        return cls(*np.array(rows, dtype=np.int64).reshape(-1, 8).T)


@dataclass(frozen=True)
class Links:
    """All links of a frame, in the order of their sources.

    Parameters
    ----------
    links, table
        As objects and as columns.
    starts
        First link of each block of links that differ in the class of the last shape and the edge only.
    """

    links: list[Link]
    table: LinkTable
    starts: list[int]

    @classmethod
    def of(cls, links: list[Link]) -> Links:
        """Return the links with their columns and blocks."""
        starts = [k for k, link in enumerate(links) if k == 0 or not _next_to(links[k - 1], link)]
        return cls(links, LinkTable.of(links), starts)


def _next_to(one: Link, two: Link) -> bool:
    """Whether the second link continues the block of the first."""
    return two.length > 0 and replace(one, last=one.last + 1, edge=one.edge + 1) == two


def weeks(frame: Frame, first_weekday: int) -> Ints:
    """Calendar week of each day, and of the day after the horizon; shape (D + 1,)."""
    return (first_weekday + np.arange(frame.days + 1)) // 7


def links(frame: Frame, extra: Extra, first_weekday: int, *, by_week: bool) -> Links:
    """All links in the order of their sources: those that continue a run first."""
    make = _Links(frame, extra, weeks(frame, first_weekday), first_weekday, by_week=by_week)
    found = list(make.stints(frame.days))
    for day in range(frame.days):
        found.append(make.day_off(day))
        found += make.stints(day)
    return Links.of(found)


class _Links:
    def __init__(self, frame: Frame, extra: Extra, week: Ints, first_weekday: int, *, by_week: bool) -> None:
        self.frame, self.extra, self.week, self.by_week = frame, extra, week, by_week
        self.first_weekday = first_weekday

    def day_off(self, day: int) -> Link:
        if not self.by_week or self.week[day] == self.week[day + 1]:
            return Link(day, day + 1, 0, off_from=day)
        whole, week = self._is_whole(day), int(self.week[day])
        return Link(day, day + 1, 0, new=(0, 0), closes=whole, week=week, off_from=day)

    def stints(self, row: int) -> Iterator[Link]:
        frame, extra = self.frame, self.extra
        source, first = (frame.days + 1, 0) if row == frame.days else (row, row)
        for length in range(1, min(frame.longest, frame.days - first) + 1):
            if not frame.whole[row, length]:
                continue
            for x in range(extra.size):
                yield from self._ends(source, row, first, length, x)

    def _ends(self, source: int, row: int, first: int, length: int, x: int) -> Iterator[Link]:
        """Links of one stint by the class of its last shape."""
        frame, extra = self.frame, self.extra
        units = length * extra.base + sum(extra.parts(x))
        weekends = int(frame.weekends[row, length])
        for last in range(frame.tail.size):
            target = int(frame.tail.to[first + length - 1, last])
            edge = int(frame.tail.edge[first + length - 1, last])
            old, new, between = self._of_weeks(first, length, target, x)
            closes = new is not None and self._is_whole(first)
            week = int(self.week[first])
            counted = (weekends, length, units, old, new, between, closes, week, first + length)
            yield Link(source, target, edge, row, length, last, x, *counted)

    def _of_weeks(
        self, first: int, length: int, target: int, x: int
    ) -> tuple[tuple[int, int], tuple[int, int] | None, tuple[tuple[int, int], ...]]:
        if not self.by_week:
            return (0, 0), None, ()
        week, base, (in_old, in_new) = self.week, self.extra.base, self.extra.parts(x)
        if self.extra.stride == 1:
            in_old, in_new = 0, 0
        worked = np.bincount(week[first : first + length] - week[first], minlength=int(week[target] - week[first]) + 1)
        old = (int(worked[0]), int(worked[0]) * base + in_old)
        if week[target] == week[first]:
            return old, None, ()
        rest = [(int(days), int(days) * base) for days in worked[1:]]
        second = int(week[min(first + length - 1, self.frame.days - 1)] - week[first]) - 1
        if in_new and second >= 0:
            rest[second] = (rest[second][0], rest[second][1] + in_new)
        return old, rest[-1], tuple(rest[:-1])

    def _is_whole(self, day: int) -> bool:
        """Whether the week of a day lies inside the horizon."""
        monday = day - (self.first_weekday + day) % 7
        return monday >= 0 and monday + 7 <= self.frame.days
