"""People whose rosters are found together, and the states that their rules need.

A state is what a day leaves for the next: a class of shift with the number of working days in a row so far, or the
number of days off so far. Kinds that rules do not tell apart are one class. Working time, weekends and scarce kinds are
counters beside the state.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from optimize.roster.people.counters import shifts_of, time_of, unit_of, weekends_of
from optimize.roster.people.moves import moves_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from optimize.roster.people.counters import Counter
    from optimize.roster.people.moves import Moves
    from optimize.roster.people.problem import Problem

    Ints = NDArray[np.int64]
    Bools = NDArray[np.bool_]

NEVER = 1e7
"""Price of what must not be; far above any sum of prices, and small enough for single precision."""


@dataclass(frozen=True)
class Classes:
    """Kinds that rules do not tell apart: the same neighbours, working time, and no exact counter of their own.

    Parameters
    ----------
    members
        Numbers of the kinds of each class.
    before
        Classes that may come the day before each class; None where all may.
    """

    members: tuple[Ints, ...]
    before: tuple[Ints | None, ...]

    @property
    def size(self) -> int:
        """Number of classes."""
        return len(self.members)

    def of(self, value: Ints) -> Ints:
        """A value of kinds, by class."""
        return np.array([value[kinds[0]] for kinds in self.members])


def classes_of(problem: Problem, exact: Sequence[int]) -> Classes:
    """Classes of the kinds; those in `exact` are classes of their own."""
    found: dict[tuple[bytes, bytes, int, int], list[int]] = {}
    for s, kind in enumerate(problem.kinds):
        own = s if s in exact else -1
        key = (problem.barred[s].tobytes(), problem.barred[:, s].tobytes(), kind.minutes, own)
        found.setdefault(key, []).append(s)
    members = tuple(np.array(kinds) for kinds in found.values())
    first = [int(kinds[0]) for kinds in members]
    lawful = [np.array([k for k, a in enumerate(first) if not problem.barred[a, b]], dtype=np.int64) for b in first]
    return Classes(members, tuple(None if each.size == len(first) else each for each in lawful))


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
        Axes beside the state.
    forbidden
        Kinds that each may not work on each day; shape (n, D, S).
    may_stop
        Whether a run of each length may end for each; shape (R, n).
    moves
        What each day does to the counters.
    """

    people: Ints
    days: int
    classes: Classes
    runs: int
    offs: int
    counters: tuple[Counter, ...]
    forbidden: Bools
    may_stop: Bools
    moves: Moves

    @property
    def working(self) -> int:
        """Number of states with work; the states of days off follow them."""
        return self.classes.size * self.runs

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
        )


def batch_of(problem: Problem, people: Sequence[int], exact: Sequence[int]) -> Batch:
    """States and counters of some people; shifts of the kinds in `exact` are counted."""
    persons = [problem.persons[p] for p in people]
    classes = classes_of(problem, exact)
    minutes = classes.of(np.array([kind.minutes for kind in problem.kinds]))
    counters = [time_of(problem, people, minutes // unit_of(problem)), weekends_of(problem, people, classes.size)]
    for kind in exact:
        mine = np.array([int(kind in members) for members in classes.members])
        counters.insert(0, shifts_of(problem, people, kind, mine))
    runs = max(person.most_run for person in persons)
    forbidden = np.zeros((len(persons), problem.days, len(problem.kinds)), dtype=bool)
    for n, person in enumerate(persons):
        forbidden[n, sorted(person.free)] = True
        forbidden[n, :, np.array(person.most_of) <= 0] = True
    may_stop = np.array([[run >= person.least_run for person in persons] for run in range(1, runs + 1)])
    offs = max(person.least_off for person in persons)
    moves = moves_of(counters, problem.days, classes.before, runs, offs)
    return Batch(np.array(people), problem.days, classes, runs, offs, tuple(counters), forbidden, may_stop, moves)
