"""The master program: one roster of each person, so that every day has its people at least cost.

Its columns are whole rosters, added while they lower the cost. A person without a roster costs more than any cover, so
that the program always has an answer.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from optimize.roster.people.problem import OFF
from optimize.roster.program.backends.fed import FedProgram
from optimize.roster.program.model import Model

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from optimize.roster.people.problem import Problem

    Array = NDArray[np.float64]
    Ints = NDArray[np.int64]

NOBODY = 2e4
"""Price of a person without a roster."""


class Master:
    """Rosters of everybody as columns, and the cover of the days as rows.

    Parameters
    ----------
    problem
        The people and days.
    seed
        Of the solver.
    """

    def __init__(self, problem: Problem, seed: int = 1) -> None:
        self.problem = problem
        self.people, self.days, self.kinds = len(problem.persons), problem.days, len(problem.kinds)
        self.program = FedProgram(_first_program(problem), seed)
        self.first = self.program.columns
        self.rosters = np.zeros((0, problem.days), dtype=np.int64)
        self.owner = np.zeros(0, dtype=np.int64)
        self.cost = np.zeros(0)
        self._known: dict[tuple[int, bytes], int] = {}
        self._closed = False

    def number(self, person: int, roster: Ints) -> int:
        """Number of a roster among the columns of rosters."""
        return self._known[person, roster.tobytes()]

    def add(self, people: Sequence[int] | Ints, rosters: Ints, cost: Array) -> int:
        """Add rosters of people with their own cost; return how many are new."""
        new: list[int] = []
        for n, (person, roster) in enumerate(zip(people, rosters, strict=True)):
            key = (int(person), roster.tobytes())
            if key not in self._known:
                self._known[key] = self.owner.size + len(new)
                new.append(n)
        if not new:
            return 0
        who, chosen = np.asarray(people)[new], rosters[new]
        worked = chosen != OFF
        sizes = 1 + worked.sum(axis=1)
        starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
        entries = np.empty(int(sizes.sum()), dtype=np.int64)
        at, day = np.nonzero(worked)
        entries[starts] = who
        within = np.concatenate([np.arange(1, size) for size in sizes.tolist()])
        entries[starts[at] + within] = self.people + day * self.kinds + chosen[at, day]
        self.program.add(cost[new], starts, entries)
        self.rosters = np.concatenate([self.rosters, chosen])
        self.owner, self.cost = np.concatenate([self.owner, who]), np.concatenate([self.cost, cost[new]])
        return len(new)

    def open_only(self, is_open: NDArray[np.bool_]) -> None:
        """Close all rosters but these; those added later are open."""
        self.program.open_only(self.first, is_open)
        self._closed = True

    def solve(self) -> Solved:
        """Solve the program without whole numbers."""
        relaxed = self.program.solve(closed=self._closed)
        self._closed = False
        cover = relaxed.duals[self.people :].reshape(self.days, self.kinds)
        missing = float(relaxed.columns[self.first - self.people : self.first].sum())
        return Solved(relaxed.value, relaxed.duals[: self.people], cover, relaxed.columns[self.first :], missing)


@dataclass(frozen=True)
class Solved:
    """Optimum of the master program without whole numbers.

    Parameters
    ----------
    value
        Its cost, without the constant of the problem.
    person, cover
        Prices of the rows; shapes (P,) and (D, S).
    taken
        Part of each roster; shape (number of rosters,).
    missing
        People without a roster.
    """

    value: float
    person: Array
    cover: Array
    taken: Array
    missing: float


def _first_program(problem: Problem) -> Model:
    """``sum of rosters == 1`` of each person, ``sum + short - over == need`` of each day and kind."""
    model = Model("people")
    people, days, kinds = len(problem.persons), problem.days, len(problem.kinds)
    cells = [(day, kind) for day in range(days) for kind in range(kinds)]
    most = float(people + problem.need.max(initial=0.0))
    short = {at: model.column(f"short_{at[0]}_{at[1]}", 0, most) for at in cells}
    over = {at: model.column(f"over_{at[0]}_{at[1]}", 0, most) for at in cells}
    nobody = [model.column(f"nobody_{p}", 0, 1) for p in range(people)]
    for p, column in enumerate(nobody):
        model.row(f"person_{p}", [(column, 1.0)], "==", 1.0)
    for at in cells:
        model.row(f"cover_{at[0]}_{at[1]}", [(short[at], 1.0), (over[at], -1.0)], "==", float(problem.need[at]))
        model.add_cost([(short[at], float(problem.short[at])), (over[at], float(problem.over[at]))])
    model.add_cost((column, NOBODY) for column in nobody)
    return model
