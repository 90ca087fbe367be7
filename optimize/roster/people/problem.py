"""People, kinds of shifts, their rules, and what a roster of all of them costs."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float64]
    Roster = NDArray[np.int64]

OFF = -1
"""A day off, where other days have the number of a kind of shift."""
WEEK = 7
SATURDAY, SUNDAY = 5, 6
"""Days of a week that begins on day 0, a Monday."""


@dataclass(frozen=True)
class Kind:
    """A kind of shift: its name, and its working time in minutes."""

    name: str
    minutes: int


@dataclass(frozen=True)
class Person:
    """A person and the hard rules of their roster.

    Parameters
    ----------
    name
        As in the files.
    least_minutes, most_minutes
        Working time over the horizon.
    least_run, most_run
        Working days in a row. A run that touches an end of the horizon may be shorter: it may go on outside.
    least_off
        Days off in a row, but at the ends of the horizon.
    most_weekends
        Weekends with work on Saturday or Sunday.
    most_of
        Shifts of each kind over the horizon.
    free
        Numbers of the days that are off in any case.
    before, after
        Fixed days on both sides of the horizon, numbers of kinds or OFF, in order of time. They are in none of the
        limits, but their runs go on inside. A run that fills a side may be shorter, as at an end of the horizon.
    """

    name: str
    least_minutes: int
    most_minutes: int
    least_run: int
    most_run: int
    least_off: int
    most_weekends: int
    most_of: tuple[int, ...]
    free: frozenset[int] = field(default_factory=frozenset)
    before: tuple[int, ...] = ()
    after: tuple[int, ...] = ()


@dataclass(frozen=True)
class Problem:
    """A horizon to be worked by named people.

    Parameters
    ----------
    days
        Days of the horizon; day 0 is a Monday.
    kinds, persons
        Kinds of shifts and people.
    barred
        ``barred[a, b]``: kind b is forbidden on the day after kind a; shape (S, S).
    wishes
        Price of each person, day and kind; shape (P, D, S).
    constant
        Cost that no roster changes.
    need
        People wanted on each day in each kind; shape (D, S).
    short, over
        Price of a person too few and too many; shape (D, S).
    """

    days: int
    kinds: tuple[Kind, ...]
    persons: tuple[Person, ...]
    barred: NDArray[np.bool_]
    wishes: Array
    constant: float
    need: Array
    short: Array
    over: Array

    def present(self, roster: Roster) -> Array:
        """People on each day in each kind; shape (D, S)."""
        days, size = roster.shape[1], len(self.kinds)
        at, day = np.nonzero(roster != OFF)
        return np.bincount(day * size + roster[at, day], minlength=days * size).reshape(days, size).astype(float)

    def cost(self, roster: Roster) -> float:
        """Cost of a roster of everybody, shape (P, D): wishes and people too few or too many."""
        at, day = np.nonzero(roster != OFF)
        missing = self.need - self.present(roster)
        cover = self.short * np.maximum(missing, 0.0) + self.over * np.maximum(-missing, 0.0)
        return float(self.constant + self.wishes[at, day, roster[at, day]].sum() + cover.sum())
