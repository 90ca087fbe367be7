"""What a person uses up day by day: working time, weekends, shifts of a kind. Each is an axis of the dynamic programme.

People of a batch have different limits. Each begins at an offset, so that the limit of everybody is the last place of
the axis and nobody can pass it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from optimize.roster.people.problem import SATURDAY, SUNDAY, WEEK

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from optimize.roster.people.problem import Problem

    Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Counter:
    """An axis of the dynamic programme.

    Parameters
    ----------
    size
        Places of the axis that are stored.
    last
        Place that nobody may pass.
    start
        Place on which each person begins; shape (n,).
    least
        Place that each person has at least reached at the end; shape (n,).
    low
        First place that is stored after so many days, as no lawful roster is below; shape (D + 1,).
    of_class
        Places a shift of each class takes; shape (S,). Unused for weekends.
    weekends
        Whether it counts weekends: Saturdays, and Sundays after a Saturday off.
    """

    size: int
    last: int
    start: Ints
    least: Ints
    low: Ints
    of_class: Ints
    weekends: bool = False

    def places(self, day: int, number: int, *, first: bool) -> int:
        """Places taken by a shift of a class on a day; `first` where the day before is off."""
        if not self.weekends:
            return int(self.of_class[number])
        return int(day % WEEK == SATURDAY or (day % WEEK == SUNDAY and first))

    def risen(self, day: int) -> int:
        """Places by which the stored part moves up over a day."""
        return int(self.low[day + 1] - self.low[day])

    def take(self, people: Ints) -> Counter:
        """The same for some of the people."""
        return replace(self, start=self.start[people], least=self.least[people])


def weekends_of(problem: Problem, people: Sequence[int], classes: int) -> Counter:
    """Weekends with work."""
    most = np.array([problem.persons[p].most_weekends for p in people])
    size = int(min(most.max(), problem.days // WEEK + 2)) + 1
    start = size - 1 - np.minimum(most, size - 1)
    nothing = np.zeros(problem.days + 1, dtype=np.int64)
    return Counter(size, size - 1, start, start, nothing, np.zeros(classes, dtype=np.int64), weekends=True)


def shifts_of(problem: Problem, people: Sequence[int], kind: int, of_class: Ints) -> Counter:
    """Shifts of one kind, whose class holds no other."""
    most = np.array([max(problem.persons[p].most_of[kind], 0) for p in people])
    size = int(most.max()) + 1
    start = size - 1 - most
    return Counter(size, size - 1, start, start, np.zeros(problem.days + 1, dtype=np.int64), of_class)


def time_of(problem: Problem, people: Sequence[int], of_class: Ints) -> Counter:
    """Working time, in units of which every kind is a multiple.

    Only a band is stored: after each day enough must be worked for the least at the end to be in reach, and no more can
    be worked than rules allow. People whose most is little above their least have a narrow one.
    """
    unit = unit_of(problem)
    persons = [problem.persons[p] for p in people]
    most = np.array([person.most_minutes // unit for person in persons])
    least = np.array([-(-person.least_minutes // unit) for person in persons])
    days = problem.days
    longest = max(kind.minutes for kind in problem.kinds) // unit
    last = int(min(most.max(), days * longest))
    start = last - np.minimum(most, last)
    reach = np.array([[_reach(problem, p, m) for m in range(days + 1)] for p in people])
    missing = np.maximum(np.minimum(least, reach[:, days])[:, None] - reach[:, ::-1], 0)
    low = np.minimum((start[:, None] + missing).min(axis=0), last)
    high = np.minimum(start[:, None] + reach, last).max(axis=0)
    size = int(max(1, (high - low).max() + 1))
    return Counter(size, last, start, start + least, low, of_class)


def unit_of(problem: Problem) -> int:
    """Minutes of which the working time of every kind is a multiple."""
    return math.gcd(*(kind.minutes for kind in problem.kinds))


def _reach(problem: Problem, number: int, days: int) -> int:
    """Most units of time that a person can work in so many days: longest runs, least days off, longest shifts."""
    person, unit = problem.persons[number], unit_of(problem)
    cycle = person.most_run + person.least_off
    left = person.most_run * (days // cycle) + min(person.most_run, days % cycle)
    total = 0
    for kind, most in sorted(zip(problem.kinds, person.most_of, strict=True), key=lambda each: -each[0].minutes):
        taken = min(left, max(most, 0))
        total, left = total + taken * (kind.minutes // unit), left - taken
    return total
