"""Where the breaks of a shift may lie; everything that places, counts or moves breaks uses this.

`configs.breaks.BreakRule` states the rule (windows, order and `break_gap`) once, since a config without a placement is
refused. This module applies it to the breaks of one shift and to counts of many. The verifier states the rule for
itself in `optimize.roster.verify.kinds`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import timedelta

    from numpy.typing import NDArray

    from configs.breaks import BreakRule, BreakType
    from configs.schema import Contract, Shift

    Numbers = NDArray[np.int64]
    Counts = NDArray[np.float64]


def break_windows(contract: Contract, shift: Shift, interval: timedelta) -> BreakWindows:
    """Lawful starts of the breaks of one of a contract's shifts, on a grid of intervals."""
    return windows_of(contract.break_rule(shift, interval))


def windows_of(rule: BreakRule) -> BreakWindows:
    """Cut the windows of a rule to the starts that some placement has; the placements stay the same."""
    spans = zip(rule.break_types, rule.earliest, rule.latest, strict=True)
    break_types = tuple(replace(break_type, first=first, last=last) for break_type, first, last in spans)
    return BreakWindows(rule.shift, break_types, rule.apart)


@dataclass(frozen=True)
class BreakWindows:
    """The breaks of one shift type in their order, with the starts that some placement uses.

    Parameters
    ----------
    length
        Length of the shift in intervals, breaks included.
    break_types
        Window, length and pay of each break; windows count intervals from the start of the shift.
    apart
        Least distance from the start of the shift to that of the first break, from the start of each break to that of
        the next, and from the start of the last break to the end of the shift.
    """

    length: int
    break_types: tuple[BreakType, ...]
    apart: tuple[int, ...]

    def starts(self, k: int) -> range:
        """Lawful starts of break `k`, in intervals from the start of the shift."""
        return range(self.break_types[k].first, self.break_types[k].last + 1)

    def allow(self, starts: Sequence[int]) -> bool:
        """Return whether breaks may begin at these intervals from the start of the shift, one for each break."""
        within = all(start in self.starts(k) for k, start in enumerate(starts))
        edges = zip((0, *starts), (*starts, self.length), self.apart, strict=True)
        return within and all(after - before >= least for before, after, least in edges)

    def cheapest(self, cost: Callable[[int, int], float]) -> tuple[float, tuple[int, ...]] | None:
        """Find the placement of least cost, each break as early as possible among equals; None where there is none.

        Dynamic programming over the breaks: for each start a break may have, the cheapest way up to it.

        Parameters
        ----------
        cost
            ``cost(k, u)`` of break `k` begun at `u`; infinite where it may not be.
        """
        ways: list[tuple[int, float, tuple[int, ...]]] = [(0, 0.0, ())]  # starts rise, costs fall
        for k in range(len(self.break_types)):
            longer: list[tuple[int, float, tuple[int, ...]]] = []
            reached = 0
            for u in self.starts(k):
                while reached < len(ways) and ways[reached][0] + self.apart[k] <= u:
                    reached += 1
                if not reached:
                    continue
                _, price, starts = ways[reached - 1]
                total = price + cost(k, u)
                if total < (longer[-1][1] if longer else math.inf):
                    longer.append((u, total, (*starts, u)))
            ways = longer
        return ways[-1][1:] if ways else None

    def moments(self, k: int, shifts: Sequence[int]) -> Numbers:
        """Intervals from the first to the last in which somebody may begin break `k`.

        Parameters
        ----------
        k
            Number of the break.
        shifts
            Intervals in which shifts of this type begin, in order.
        """
        return np.arange(shifts[0] + self.break_types[k].first, shifts[-1] + self.break_types[k].last + 1)

    def begun(self, k: int, shifts: Sequence[int]) -> tuple[Numbers, Numbers]:
        """How many of the starts in `shifts` have opened, and how many have closed, the window of break `k`.

        One number of each for each of its `moments`. Windows of equal shifts open and close in the order of their
        starts: who began at the first ``opened`` starts may have begun the break, at the first ``closed`` must have.
        """
        moments, break_type = self.moments(k, shifts), self.break_types[k]
        opened, closed = (
            np.searchsorted(shifts, moments - offset, side="right") for offset in (break_type.first, break_type.last)
        )
        return opened, closed

    def follows(self, k: int, shifts: Sequence[int]) -> tuple[Numbers, Numbers]:
        """Places in the `moments` of break `k`, and for each the place in those of the break before that it follows.

        By each of these moments no more people may have begun the break than the one before it by the other. Moments at
        which the windows imply this are left out: all who may have begun the break must have begun the one before it in
        time.
        """
        if k == 0:
            return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64)
        before = self.moments(k, shifts) - self.apart[k]
        opened, _ = self.begun(k, shifts)
        due = np.searchsorted(shifts, before - self.break_types[k - 1].last, side="right")
        places = np.flatnonzero(opened > due)
        return places, before[places] - self.moments(k - 1, shifts)[0]

    def nearest_counts(self, shifts: Sequence[int], started: Counts, wanted: Sequence[Counts]) -> list[Counts]:
        """Counts of people who have begun each break, as close to those wanted as the rule allows.

        Every start of a window allows all other breaks, so breaks are fixed in their order, and no count exceeds what
        the break before it allows.

        Parameters
        ----------
        shifts
            Intervals in which shifts of this type begin, in order.
        started
            People who have begun their shift by each of these starts.
        wanted
            For each break people who have begun it by each of its `moments`; any numbers.
        """
        people = np.concatenate([[0.0], started])
        found: list[Counts] = []
        for k, counts in enumerate(wanted):
            opened, closed = self.begun(k, shifts)
            most, least = people[opened], people[closed]
            places, before = self.follows(k, shifts)
            if len(places):
                most[places] = np.minimum(most[places], found[k - 1][before])
            found.append(np.clip(np.maximum.accumulate(np.round(counts)), least, most))
        return found
