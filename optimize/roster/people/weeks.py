"""A long horizon is improved by windows of whole weeks: everybody is free there, all other days are fixed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from optimize.roster.people.descent import descended
from optimize.roster.people.dive import Manner, dive
from optimize.roster.people.generation import Generation
from optimize.roster.people.problem import WEEK
from optimize.roster.people.window import window

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from optimize.roster.people.problem import Problem

    Array = NDArray[np.float64]
    Ints = NDArray[np.int64]

MANNER = Manner(rounds=4, gap=2e-3, step=0.12, sure=0.85, undo=12)
FIRST, LONGER = 4 * WEEK, 4 * WEEK
"""Days of the first windows, and of what is added once these are dry."""
ROUNDS = 60
"""Rounds of pricing of a window."""
AGAIN, NEIGHBOURS = 0.15, 0.3
"""Parts of a gain that is promised again: of what is left over in a window, and of a gain to those that overlap it."""
LESS = 1.0
"""Least improvement of a cost of whole numbers."""


class Weeks:
    """The best roster so far, and windows over it: a sweep, then where most was promised.

    `prices` of cover are those of the last window over each day; shape (D, S).
    """

    word = "some weeks"

    def __init__(self, problem: Problem, random: np.random.Generator, roster: Ints, seed: int) -> None:
        self.problem, self.random, self.seed = problem, random, seed
        self.roster, self.cost = roster, problem.cost(roster)
        self.prices = np.zeros(problem.need.shape)
        self.days = FIRST
        self.promise: dict[int, float] = {}
        self.sweep = self._starts()

    @property
    def dry(self) -> bool:
        """Whether no window of any length promises more."""
        return self.days > self.problem.days

    def improve(self, is_over: Callable[[], bool]) -> bool:
        """Try one window; tell whether the roster became cheaper."""
        if self.sweep:
            first = self.sweep.pop(0)
        else:
            first = max(self.promise, key=lambda day: self.promise[day] * self.random.uniform(0.5, 1.0))
        better = self._improved(first, min(first + self.days, self.problem.days), is_over)
        if not self.sweep and max(self.promise.values()) <= LESS:
            self._longer()
        return better

    def _starts(self) -> list[int]:
        """First days of a sweep: windows that follow each other, then windows over their seams."""
        half = self.days // 2 // WEEK * WEEK
        last = max(0, -(-(self.problem.days - self.days) // WEEK) * WEEK)
        starts = [*range(0, last, self.days), last, *range(half, last, self.days)]
        return list(dict.fromkeys(starts))

    def _longer(self) -> None:
        self.days += LONGER
        self.promise = {}
        self.sweep = self._starts() if not self.dry else []

    def _improved(self, first: int, last: int, is_over: Callable[[], bool]) -> bool:
        generation = Generation(window(self.problem, self.roster, first, last), self.seed)
        part = generation.problem
        before = part.cost(self.roster[:, first:last])
        now = descended(generation, self.random, np.ascontiguousarray(self.roster[:, first:last]), passes=1)
        here = part.cost(now)
        solved, _ = generation.run(rounds=ROUNDS, cutoff=here - LESS, is_over=is_over)
        self.prices[first:last] = np.clip(solved.cover, -part.over, part.short)
        promised = here - solved.value
        if promised >= LESS and not is_over():
            dived = dive(generation, self.random, MANNER, here - LESS + 1e-3, is_over)
            if dived.roster is not None and dived.value < here:
                now = dived.roster
        gain = before - part.cost(now)
        if gain > 1e-6:
            self.roster = self.roster.copy()
            self.roster[:, first:last] = now
            self.cost = self.problem.cost(self.roster)
        for day in self.promise:
            if gain > 0.0 and abs(day - first) < self.days:
                self.promise[day] = max(self.promise[day], NEIGHBOURS * gain)
        self.promise[first] = AGAIN * (part.cost(now) - solved.value)
        return gain > 1e-6
