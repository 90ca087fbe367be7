"""Some weeks of a roster as a problem of their own: all other days are fixed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from optimize.roster.people.problem import OFF, SATURDAY, WEEK, Problem

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from optimize.roster.people.problem import Person

    Roster = NDArray[np.int64]


def window(problem: Problem, roster: Roster, first: int, last: int) -> Problem:
    """Days ``first`` to before ``last``; limits of people are what the other days of the roster leave over.

    Parameters
    ----------
    problem
        The whole horizon.
    roster
        A lawful roster of everybody; shape (P, D).
    first, last
        First day, and the day after the last; both begin a week or are an end of the horizon, so that no weekend lies
        on both sides.

    Raises
    ------
    ValueError
        A day that begins no week.

    Notes
    -----
    Its cost is that of its days alone: the constant is 0.
    """
    if first % WEEK or (last % WEEK and last != problem.days):
        raise ValueError(f"days {first} and {last}: a window is of whole weeks")
    persons = tuple(
        _left(problem, person, days, first, last) for person, days in zip(problem.persons, roster, strict=True)
    )
    days = slice(first, last)
    return Problem(
        last - first, problem.kinds, persons, problem.barred, problem.wishes[:, days], 0.0, problem.need[days],
        problem.short[days], problem.over[days],
    )  # fmt: skip


def _left(problem: Problem, person: Person, days: Roster, first: int, last: int) -> Person:
    others = days.copy()
    others[first:last] = OFF
    kinds = np.bincount(others[others != OFF], minlength=len(problem.kinds)).tolist()
    minutes = sum(count * kind.minutes for count, kind in zip(kinds, problem.kinds, strict=True))
    weekends = sum(bool((others[day : day + 2] != OFF).any()) for day in range(SATURDAY, days.size, WEEK))
    known = max(person.most_run, person.least_off) + 1
    return replace(
        person,
        least_minutes=person.least_minutes - minutes,
        most_minutes=person.most_minutes - minutes,
        most_weekends=person.most_weekends - weekends,
        most_of=tuple(most - count for most, count in zip(person.most_of, kinds, strict=True)),
        free=frozenset(day - first for day in person.free if first <= day < last),
        before=(*person.before, *days[:first].tolist())[-known:],
        after=(*days[last:].tolist(), *person.after)[:known],
    )
