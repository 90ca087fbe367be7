"""Kinds that rules do not tell apart, and states that may follow each other.

Kinds with the same neighbours and working time are one class, whose price is the least of theirs. Of the last shift
only what it forbids on the next day matters: classes that forbid the same are one group, and states are groups.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from optimize.roster.people.problem import OFF

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from optimize.roster.people.problem import Problem

    Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Classes:
    """Classes of kinds, and groups of classes.

    Parameters
    ----------
    members
        Numbers of the kinds of each class; a kind that is counted exactly is alone.
    group
        Group of each class; shape (C,).
    before
        Groups that may come the day before each class.
    """

    members: tuple[Ints, ...]
    group: Ints
    before: tuple[tuple[int, ...], ...]

    @property
    def size(self) -> int:
        """Number of classes."""
        return len(self.members)

    @property
    def groups(self) -> int:
        """Number of groups."""
        return int(self.group.max()) + 1

    def of(self, value: Ints) -> Ints:
        """A value of kinds, by class."""
        return np.array([value[kinds[0]] for kinds in self.members])

    def group_of_kind(self, kind: int) -> int:
        """Group of the class that holds a kind."""
        return int(self.group[next(c for c, kinds in enumerate(self.members) if kind in kinds)])

    def kinds_of_groups(self) -> list[list[int]]:
        """Kinds of each group."""
        return [
            [int(kind) for c in np.flatnonzero(self.group == group) for kind in self.members[c]]
            for group in range(self.groups)
        ]


def classes_of(problem: Problem, exact: Sequence[int]) -> Classes:
    """Classes of the kinds; those in `exact` are classes of their own."""
    found: dict[tuple[bytes, bytes, int, int], list[int]] = {}
    for s, kind in enumerate(problem.kinds):
        own = s if s in exact else -1
        key = (problem.barred[s].tobytes(), problem.barred[:, s].tobytes(), kind.minutes, own)
        found.setdefault(key, []).append(s)
    members = tuple(np.array(kinds) for kinds in found.values())
    barred = [problem.barred[kinds[0]] for kinds in members]
    order = sorted({(int(row.sum()), row.tobytes()) for row in barred})
    group = np.array([order.index((int(row.sum()), row.tobytes())) for row in barred])
    rows = [barred[int(np.flatnonzero(group == g)[0])] for g in range(len(order))]
    before = tuple(tuple(g for g, row in enumerate(rows) if not row[kinds[0]]) for kinds in members)
    return Classes(members, group, before)


@dataclass(frozen=True)
class Came:
    """From which state, by which class, each state may have come; shapes (states, most ways).

    `state` is -1 where a state has fewer ways, `number` is the class or OFF. `run` is the length of a run that the way
    ends, and 0 where it ends none; `first` says that the way begins a run.
    """

    state: Ints
    number: Ints
    run: Ints
    first: NDArray[np.bool_]


def came_of(classes: Classes, runs: int, offs: int) -> Came:
    """Ways between the states of two days."""
    working = classes.groups * runs
    ways: list[list[tuple[int, int, int]]] = [[] for _ in range(working + offs)]
    for number, group in enumerate(classes.group.tolist()):
        ways[group * runs].append((working + offs - 1, number, 0))
        for run in range(1, runs):
            ways[group * runs + run] += [(g * runs + run - 1, number, 0) for g in classes.before[number]]
    ways[working] += [(g * runs + run, OFF, run + 1) for g in range(classes.groups) for run in range(runs)]
    for off in range(1, offs):
        ways[working + off].append((working + off - 1, OFF, 0))
    ways[-1].append((working + offs - 1, OFF, 0))
    most = max(len(each) for each in ways)
    table = np.array([each + [(-1, OFF, 0)] * (most - len(each)) for each in ways])
    first = (table[:, :, 0] == working + offs - 1) & (table[:, :, 1] != OFF)
    return Came(table[:, :, 0], table[:, :, 1], table[:, :, 2], first)
