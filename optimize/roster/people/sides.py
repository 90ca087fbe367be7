"""How fixed days before and after a horizon bind the states of its first and last day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from optimize.roster.people.problem import OFF

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from optimize.roster.people.problem import Person, Problem
    from optimize.roster.people.states import Classes

    Bools = NDArray[np.bool_]
    Ints = NDArray[np.int64]

APART = -1_000
"""Days worked before a horizon by people whose run began inside: no run is so long."""


@dataclass(frozen=True)
class Sides:
    """Both ends of the horizon of some people.

    Parameters
    ----------
    start
        State before the first day; shape (n,).
    worked
        Days worked before the first, where they fill all that is known; else APART. Such a run may be short.
    ends
        Whether a state may be the last; shape (states, n).
    """

    start: Ints
    worked: Ints
    ends: Bools

    def take(self, people: Ints) -> Sides:
        """The same for some of the people."""
        return Sides(self.start[people], self.worked[people], self.ends[:, people])


def sides_of(problem: Problem, persons: Sequence[Person], classes: Classes, runs: int, offs: int) -> Sides:
    """Ends of people with the same least days off; `runs` and `offs` are what states tell apart."""
    worked = np.array([len(p.before) if OFF not in p.before else APART for p in persons])
    start = np.array([_start(person, classes, runs, offs) for person in persons])
    ends = [
        _ends(problem, person, classes, runs, offs, run)
        for person, run in zip(persons, worked + problem.days, strict=True)
    ]
    return Sides(start, worked, np.stack(ends, axis=1))


def touching(days: Sequence[int]) -> tuple[int, bool]:
    """Days from the first on that are worked, or off, like it; and whether these are all."""
    same = next((n for n, day in enumerate(days) if (day == OFF) != (days[0] == OFF)), len(days))
    return same, same == len(days)


def _start(person: Person, classes: Classes, runs: int, offs: int) -> int:
    free = classes.groups * runs + offs - 1
    if not person.before:
        return free
    length, all_known = touching(person.before[::-1])
    if person.before[-1] == OFF:
        return free if all_known or length >= offs else classes.groups * runs + length - 1
    return classes.group_of_kind(person.before[-1]) * runs + length - 1


def _ends(problem: Problem, person: Person, classes: Classes, runs: int, offs: int, exempt: int) -> Bools:
    """States after which the fixed days are lawful; a run of `exempt` days began before all that is known."""
    if not person.after:
        return np.ones(classes.groups * runs + offs, dtype=bool)
    length, all_known = touching(person.after)
    run, off = np.tile(np.arange(1, runs + 1), classes.groups), np.arange(1, offs + 1)
    if person.after[0] == OFF:
        stops = ((run >= person.least_run) | (run == exempt)) & (all_known or length >= offs)
        rested = (off == offs) | (off + length >= offs) | all_known
        return np.concatenate([stops, rested])
    first = [not problem.barred[kinds[0], person.after[0]] for kinds in classes.kinds_of_groups()]
    long_enough = all_known | (run + length >= person.least_run) | (run == exempt)
    goes_on = np.repeat(first, runs) & (run + length <= person.most_run) & long_enough
    return np.concatenate([goes_on, (off == offs) & (all_known or length >= person.least_run)])
