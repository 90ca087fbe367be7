"""People whose rosters are found together, and the states that their rules need.

A state is what a day leaves for the next: a group of shifts with the number of working days in a row so far, or the
number of days off so far. Working time, weekends and scarce kinds are counters next to the state.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from optimize.roster.people.counters import counters_of
from optimize.roster.people.moves import moves_of
from optimize.roster.people.sides import sides_of
from optimize.roster.people.states import came_of, classes_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from optimize.roster.people.counters import Counter
    from optimize.roster.people.moves import Moves
    from optimize.roster.people.problem import Problem
    from optimize.roster.people.sides import Sides
    from optimize.roster.people.states import Came, Classes

    Ints = NDArray[np.int64]
    Bools = NDArray[np.bool_]

NEVER = 1e7
"""Price of what must not be; far above any sum of prices, and small enough for single precision."""


@dataclass(frozen=True)
class Batch:
    """People with the same longest run and least days off.

    Parameters
    ----------
    people
        Their numbers; shape (n,).
    classes
        Of the kinds of shifts.
    runs, offs
        Working days in a row and days off in a row that states tell apart.
    counters
        Axes next to the state.
    forbidden
        Kinds that each may not work on each day; shape (n, D, S).
    may_stop
        Whether a run of each length may end for each; shape (R, n).
    limits
        Least and most working time in minutes; shape (n, 2).
    sides
        States before the first day and after the last.
    moves
        What each day does to the counters.
    came
        From where each state may have come.
    """

    people: Ints
    days: int
    classes: Classes
    runs: int
    offs: int
    counters: tuple[Counter, ...]
    forbidden: Bools
    may_stop: Bools
    limits: Ints
    sides: Sides
    moves: Moves
    came: Came

    @property
    def working(self) -> int:
        """Number of states with work; the states of days off follow them."""
        return self.classes.groups * self.runs

    @property
    def states(self) -> int:
        """Number of states."""
        return self.working + self.offs

    @property
    def sizes(self) -> tuple[int, ...]:
        """Size of each counter."""
        return tuple(counter.size for counter in self.counters)

    def take(self, chosen: Ints) -> Batch:
        """The same for some of the people, by their places in the batch."""
        return replace(
            self,
            people=self.people[chosen],
            counters=tuple(counter.take(chosen) for counter in self.counters),
            forbidden=self.forbidden[chosen],
            may_stop=self.may_stop[:, chosen],
            limits=self.limits[chosen],
            sides=self.sides.take(chosen),
        )


def batch_of(problem: Problem, people: Sequence[int], exact: Sequence[int], *, timed: bool = True) -> Batch:
    """States and counters of some people; shifts of the kinds in `exact` are counted, and working time if `timed`."""
    persons = [problem.persons[p] for p in people]
    classes = classes_of(problem, exact)
    counters = counters_of(problem, people, classes, exact, timed=timed)
    runs, offs = max(person.most_run for person in persons), max(person.least_off for person in persons)
    forbidden = np.zeros((len(persons), problem.days, len(problem.kinds)), dtype=bool)
    for n, person in enumerate(persons):
        forbidden[n, sorted(person.free)] = True
        forbidden[n, :, np.array(person.most_of) <= 0] = True
    may_stop = np.array([[run >= person.least_run for person in persons] for run in range(1, runs + 1)])
    limits = np.array([(person.least_minutes, person.most_minutes) if timed else (0, 0) for person in persons])
    return Batch(
        np.array(people), problem.days, classes, runs, offs, counters, forbidden, may_stop, limits,
        sides_of(problem, persons, classes, runs, offs), moves_of(counters, problem.days, classes.size),
        came_of(classes, runs, offs),
    )  # fmt: skip
