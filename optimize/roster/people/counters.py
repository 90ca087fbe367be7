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

    from optimize.roster.people.problem import Person, Problem
    from optimize.roster.people.states import Classes

    Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Counter:
    """An axis of the dynamic programme.

    Parameters
    ----------
    size
        Places of the axis that are stored.
    start
        Place on which each person begins; shape (n,).
    low
        First place that is stored after so many days, as no lawful roster is below; shape (D + 1,).
    of_class
        Places a shift of each class takes; shape (C,). Unused for weekends.
    minutes
        Working time that a place stands for. The sum over all counters is the working time of a roster.
    weekends
        Whether it counts weekends: Saturdays, and Sundays after a Saturday off.
    """

    size: int
    start: Ints
    low: Ints
    of_class: Ints
    minutes: int = 0
    weekends: bool = False

    def places(self, day: int, number: int, *, first: bool) -> int:
        """Places taken by a shift of a class on a day; `first` where the day before is off."""
        if not self.weekends:
            return int(self.of_class[number])
        return int(day % WEEK == SATURDAY or (day % WEEK == SUNDAY and first))

    def risen(self, day: int) -> int:
        """Places by which the stored part moves up over a day."""
        return int(self.low[day + 1] - self.low[day])

    def used(self, day: int) -> Ints:
        """Minutes that each stored place stands for after so many days, for each person; shape (n, size)."""
        return np.asarray(self.minutes * (np.arange(self.size)[None, :] + self.low[day] - self.start[:, None]))

    def take(self, people: Ints) -> Counter:
        """The same for some of the people."""
        return replace(self, start=self.start[people])


def counters_of(
    problem: Problem, people: Sequence[int], classes: Classes, exact: Sequence[int], *, timed: bool = True
) -> tuple[Counter, ...]:
    """Counters of the kinds in `exact`, of working time, and of weekends.

    A unit of working time divides all kinds that have no counter of their own. Of the others whole units are counted
    with the time, and the rest of each shift is known from its counter: fewer places than in minutes that divide all.
    Where it is not `timed`, weekends alone are counted.
    """
    weekends = _weekends_of(problem, people, classes.size)
    if not timed:
        return (weekends,)
    unit = unit_of(problem, people, exact)
    rest = [problem.kinds[kind].minutes % unit for kind in exact]
    counted = [
        _shifts_of(problem, people, kind, np.array([int(kind in each) for each in classes.members]), minutes)
        for kind, minutes in zip(exact, rest, strict=True)
    ]
    time = _time_of(problem, people, classes.of(np.array([kind.minutes // unit for kind in problem.kinds])), exact)
    return (*reversed(counted), time, weekends)


def _weekends_of(problem: Problem, people: Sequence[int], classes: int) -> Counter:
    most = np.array([problem.persons[p].most_weekends for p in people])
    size = int(min(most.max(), problem.days // WEEK + 2)) + 1
    start = size - 1 - np.minimum(most, size - 1)
    nothing = np.zeros(problem.days + 1, dtype=np.int64)
    return Counter(size, start, nothing, np.zeros(classes, dtype=np.int64), weekends=True)


def _shifts_of(problem: Problem, people: Sequence[int], kind: int, of_class: Ints, minutes: int) -> Counter:
    """Shifts of one kind, whose class holds no other."""
    most = np.array([max(problem.persons[p].most_of[kind], 0) for p in people])
    size = int(most.max()) + 1
    return Counter(size, size - 1 - most, np.zeros(problem.days + 1, dtype=np.int64), of_class, minutes)


def _time_of(problem: Problem, people: Sequence[int], of_class: Ints, exact: Sequence[int]) -> Counter:
    """Working time.

    Only a band is stored: after each day enough must be worked for the least at the end to be in reach, and no more can
    be worked than rules allow. People whose most is little above their least have a narrow one.
    """
    unit, days = unit_of(problem, people, exact), problem.days
    persons = [problem.persons[p] for p in people]
    most = np.array([person.most_minutes // unit for person in persons])
    rest = np.array([[person.most_of[k] * (problem.kinds[k].minutes % unit) for k in exact] for person in persons])
    least = -(-(np.array([person.least_minutes for person in persons]) - rest.sum(axis=1).astype(np.int64)) // unit)
    last = int(min(most.max(), days * max(kind.minutes // unit for kind in problem.kinds)))
    start = last - np.minimum(most, last)
    reach = np.array([_reach(problem, person, unit) for person in persons])
    missing = np.maximum(np.minimum(least, reach[:, days])[:, None] - reach[:, ::-1], 0)
    low = np.minimum((start[:, None] + missing).min(axis=0), last)
    high = np.minimum(start[:, None] + reach, last).max(axis=0)
    return Counter(int(max(1, (high - low).max() + 1)), start, low, of_class, unit)


def unit_of(problem: Problem, people: Sequence[int], exact: Sequence[int] = ()) -> int:
    """Minutes of which the working time of each kind that is not counted exactly is a multiple.

    Only kinds that somebody of these people may work.
    """
    own = [k for k in range(len(problem.kinds)) if any(problem.persons[p].most_of[k] > 0 for p in people)]
    others = [k for k in own if k not in exact] or own
    return math.gcd(*(problem.kinds[k].minutes for k in others)) if others else 1


def _reach(problem: Problem, person: Person, unit: int) -> Ints:
    """Most units of time that a person can work in 0, 1, ... days: longest runs, least days off, longest shifts."""
    cycle = person.most_run + person.least_off
    days = np.arange(problem.days + 1)
    left = person.most_run * (days // cycle) + np.minimum(person.most_run, days % cycle)
    total = np.zeros_like(left)
    for kind, most in sorted(zip(problem.kinds, person.most_of, strict=True), key=lambda each: -each[0].minutes):
        taken = np.minimum(left, max(most, 0))
        total, left = total + taken * (kind.minutes // unit), left - taken
    return total
