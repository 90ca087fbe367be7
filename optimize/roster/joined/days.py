"""Days planned again, one at a time: only what costs less is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from optimize.roster.joined.day_program import DayProgram, DayTask
from optimize.roster.joined.day_shapes import all_lawful, freedom, lawful_shapes
from optimize.roster.joined.problem import OFF
from optimize.roster.joined.sweeps import Team

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from optimize.roster.joined.centre import Centre, Rosters
    from optimize.roster.joined.pricer import Pricer
    from optimize.roster.program.problem import Problem
    from optimize.roster.program.solver import Solver

    Array = NDArray[np.float64]
    Ints = NDArray[np.int64]

FORBIDDEN = 1e7
"""Cost of a shape or day off that is not lawful, where people are assigned to starts."""
BREAK_NODES = 50
"""Branch-and-bound nodes of the breaks of a day."""
WHOLE = 1e-6
"""Distance to a whole number that is rounding."""
SAVED = 1e-6
"""Least saving that counts."""


class Days:
    """Rosters of everybody whose days are planned again.

    Parameters
    ----------
    centre, pricer
        Who works, and the rules.
    solver
        Solves the program of a day within its nodes.
    rosters
        To begin with.
    lean
        See `Demand.smooth`; shape (C, T).
    """

    def __init__(self, centre: Centre, pricer: Pricer, solver: Solver, rosters: Rosters, lean: Array) -> None:
        self.centre, self.pricer, self.solver, self.lean = centre, pricer, solver, lean
        self.begin_with(rosters)

    def improve(self, day: int, nodes: int, gap: float) -> bool:
        """Plan a day again; whether it costs less now.

        Parameters
        ----------
        day
            Its number.
        nodes, gap
            Branch-and-bound nodes at most, and the gap that is enough, as a share of an average day's cost.
        """
        from optimize.roster.program.budget import Limits
        from optimize.roster.program.problem import Problem

        task = self._task(day)
        if task is None:
            return False
        program, enough = DayProgram(self.centre, task), gap * self.cost / self.centre.problem.days
        relaxed = self.solver.solve("day, relaxed", Problem(program.model, relaxed=True))
        if not relaxed.values.size:
            return False
        near = Problem(program.model, bounds=_near(program, relaxed.values))
        found = self.solver.solve("day", near, Limits(absolute_gap=enough, nodes=nodes))
        if not found.values.size:
            return False
        whole = self.solver.solve("day breaks", _breaks_only(program, found.values), Limits(nodes=BREAK_NODES))
        return whole.values.size > 0 and self._take(task, program, whole.values)

    def begin_with(self, rosters: Rosters) -> None:
        """Begin with other rosters of everybody, whatever they cost."""
        self.rosters, self.cost = rosters, self.centre.cost(rosters)

    def take(self, rosters: Rosters, cost: float) -> None:
        """Take other rosters of everybody if they cost less."""
        if cost < self.cost - SAVED:
            self.rosters, self.cost = rosters, cost

    def _task(self, day: int) -> DayTask | None:
        shapes = self.rosters.shapes
        other = freedom(self.pricer, shapes, day)
        people = np.flatnonzero((shapes[:, day] != OFF) | (other != OFF))
        if not people.size:
            return None
        size = max(len(contract.lengths) for contract in self.centre.problem.contracts)
        lawful, cost = np.zeros((people.size, size), dtype=bool), np.zeros((people.size, size))
        for k, person in enumerate(people.tolist()):
            working = shapes[person].copy()
            working[day] = max(working[day], other[person])
            mask = lawful_shapes(self.pricer, person, working, day)
            lawful[k, : mask.size], cost[k, : mask.size] = mask, self.pricer.own[person][day]
        alone = np.full_like(shapes[people], OFF)
        alone[:, day] = shapes[people, day]
        today = type(self.rosters)(alone, self.rosters.breaks[people])
        everybody = np.arange(len(shapes))
        others = self.centre.present(everybody, self.rosters) - self.centre.present(people, today)
        may_rest = (shapes[people, day] == OFF) | (other[people] == OFF)
        return DayTask(day, people, lawful, may_rest, cost, shapes[people, day], others)

    def _take(self, task: DayTask, program: DayProgram, values: Array) -> bool:
        """Give people the starts and breaks of a solution, each at the least cost of their wishes."""
        team, starts, breaks = (
            Team(self.centre, self.pricer, self.rosters),
            program.starts(values),
            program.breaks(values),
        )
        for pair in sorted({pair for pair, _ in starts}):
            members = np.flatnonzero(self.centre.pair_of[task.people] == pair)
            slots = [(s, k) for (of, s), count in starts.items() if of == pair for k in range(count)]
            shapes = [s for s, _ in slots]
            given = _assigned(task, members, shapes)
            if given is None:
                return False
            for member, slot in zip(members.tolist(), given, strict=True):
                row, shape = np.full(self.centre.most_breaks, -1), OFF
                if slot < len(slots):
                    shape, number = slots[slot]
                    begun = breaks[pair, shape][number]
                    row[: len(begun)] = begun
                team.set_day(int(task.people[member]), task.day, shape, row)
        return self._place(team, task.people, task.day)

    def _place(self, team: Team, people: Ints, day: int) -> bool:
        """Place breaks one by one where they cost least, and keep the rosters if they cost less."""
        for person in people[team.shapes[people, day] != OFF].tolist():
            team.breaks_again(person, day, 0.0, self.lean)
        cost = team.cost()
        if cost > self.cost - SAVED or not all_lawful(self.pricer, team.shapes, self.rosters.shapes):
            return False
        self.rosters, self.cost = team.rosters, cost
        return True


def days_again(days: Days, order: Ints, nodes: int, gap: float, is_over: Callable[[], bool]) -> int:
    """Plan days again in an order; returns how many cost less."""
    saved = 0
    for day in order.tolist():
        if is_over():
            break
        saved += days.improve(day, nodes, gap)
    return saved


def _near(program: DayProgram, values: Array) -> tuple[Array, Array]:
    """Bounds of the columns with every number of starts at a whole number next to its relaxed one.

    Root nodes without this take four times as long and find the same or less.
    """
    lower, upper = program.model.bounds()
    columns = list(program.begun.values())
    lower[columns] = np.maximum(lower[columns], np.floor(values[columns] + WHOLE))
    upper[columns] = np.minimum(upper[columns], np.ceil(values[columns] - WHOLE))
    return lower, upper


def _breaks_only(program: DayProgram, values: Array) -> Problem:
    """The program of a day with its starts fixed and its breaks whole."""
    from optimize.roster.program.problem import Problem

    lower, upper = program.model.bounds()
    for column in program.begun.values():
        lower[column] = upper[column] = round(float(values[column]))
    return Problem(program.model, bounds=(lower, upper), whole=program.break_columns())


def _assigned(task: DayTask, members: Ints, slots: list[int]) -> list[int] | None:
    """Slot of each member at the least cost, a number beyond the slots for a day off; None if somebody fits nowhere.

    Those who can keep what they do, do.
    """
    from scipy.optimize import linear_sum_assignment

    if len(slots) > members.size:
        return None
    now = task.shapes[members]
    work = np.where(task.lawful[members][:, slots], task.cost[members][:, slots], FORBIDDEN)
    work -= (np.array(slots, dtype=int)[None, :] == now[:, None]) * SAVED
    rest = np.where(task.may_rest[members], np.where(now == OFF, -SAVED, 0.0), FORBIDDEN)
    price = np.concatenate([work, np.repeat(rest[:, None], members.size - len(slots), axis=1)], axis=1)
    rows, columns = linear_sum_assignment(price)
    if price[rows, columns].max(initial=0.0) >= FORBIDDEN - 1.0:
        return None
    return [int(column) for column in columns]
