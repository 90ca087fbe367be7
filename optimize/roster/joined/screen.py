"""A quick look at a roster before all of its rules are examined: rest, runs, weekends, and shifts and hours counted.

A roster that is turned away breaks a rule; one that passes may still break another.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from optimize.roster.joined.problem import OFF, SATURDAY

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from optimize.roster.joined.problem import Limits, Problem

    Ints = NDArray[np.int64]

WEEK = 7


def may_be_lawful(problem: Problem, person: int, row: Ints) -> bool:
    """Whether a roster passes; False only where it breaks a rule.

    Parameters
    ----------
    problem, person
        Whose rules.
    row
        Shape of each day; shape (D,).
    """
    who = problem.people[person]
    contract, hours, rules = problem.contracts[who.contract], who.hours, who.rules
    on = np.flatnonzero(row != OFF)
    if not on.size:
        return True
    starts, ends = contract.starts[on, row[on]], contract.ends[on, row[on]]
    if ((starts[1:] - ends[:-1]) * problem.interval < rules.rest).any():
        return False
    breaks = np.flatnonzero(np.diff(on) > 1)
    runs = np.diff(np.concatenate([[-1], breaks, [on.size - 1]]))
    if runs.max() > rules.most_run or (np.diff(on)[breaks] <= rules.least_off).any():
        return False
    minutes = contract.minutes[row[on]]
    if not (_inside(hours.shifts, on.size) and _inside(hours.minutes, int(minutes.sum()))):
        return False
    return _keeps_weeks(problem, person, on, minutes) and _keeps_weekends(problem, person, on)


def _keeps_weeks(problem: Problem, person: int, on: Ints, minutes: Ints) -> bool:
    """Whether no calendar week has too many shifts or minutes."""
    hours = problem.people[person].hours
    week = (problem.first_weekday + on) // WEEK
    shifts = np.bincount(week)
    most = [each.most if (each := hours.of_week(number)) is not None else WEEK for number in range(shifts.size)]
    worked = np.bincount(week, weights=minutes)
    too_long = hours.week_minutes is not None and bool((worked > hours.week_minutes.most).any())
    return bool((shifts <= most).all()) and not too_long


def _keeps_weekends(problem: Problem, person: int, on: Ints) -> bool:
    """Whether whole weekends are whole, and not too many are worked."""
    who, weekday = problem.people[person], (problem.first_weekday + on) % WEEK
    saturday = on[weekday >= SATURDAY] - (weekday[weekday >= SATURDAY] - SATURDAY)
    first, days = np.unique(saturday, return_counts=True)
    whole = (first >= 0) & (first + 1 < problem.days)
    if who.rules.whole_weekends and (days[whole] == 1).any():
        return False
    return who.hours.most_weekends is None or first.size <= who.hours.most_weekends


def _inside(limits: Limits | None, number: int) -> bool:
    return limits is None or limits.least <= number <= limits.most
