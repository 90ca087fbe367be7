"""A long horizon with shifts of one length for each person: lawful rosters of it are lawful, and found sooner.

With shifts of many lengths the working time so far takes hundreds of values over a year, with one length a few.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from optimize.roster.people.pricer import Pricer

if TYPE_CHECKING:
    from optimize.roster.people.problem import Person, Problem


def plain(problem: Problem) -> Problem:
    """Return the problem with kinds of one length for each person who has a roster with them.

    The length is the one most wanted of those that a roster was found with; a person without any keeps all kinds.
    """
    lengths = sorted({kind.minutes for kind in problem.kinds}, key=lambda minutes: -_wanted(problem, minutes))
    persons, open_ = list(problem.persons), np.ones(len(problem.persons), dtype=bool)
    for minutes in lengths:
        trial = replace(problem, persons=tuple(_only(problem, person, minutes) for person in persons))
        found = np.isfinite(Pricer(trial).cheapest(problem.wishes, only=open_).values) & open_
        for p in np.flatnonzero(found).tolist():
            persons[p] = trial.persons[p]
        open_ &= ~found
        if not open_.any():
            break
    return replace(problem, persons=tuple(persons))


def _wanted(problem: Problem, minutes: int) -> float:
    return float(sum(problem.need[:, k].sum() for k, kind in enumerate(problem.kinds) if kind.minutes == minutes))


def _only(problem: Problem, person: Person, minutes: int) -> Person:
    most = zip(person.most_of, problem.kinds, strict=True)
    return replace(person, most_of=tuple(count if kind.minutes == minutes else 0 for count, kind in most))
