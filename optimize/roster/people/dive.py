"""From the relaxed master program to one roster of everybody: cells of people are fixed, batch after batch.

Fixing whole rosters is too coarse, since the last people find nothing that fits. A cell is a day of a person: a kind, a
day off, or just work. The pricing completes the rest around what is fixed. Where a batch costs too much it is undone,
and fewer cells are fixed, or a single one the other way.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from optimize.roster.people.problem import OFF

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from optimize.roster.people.generation import Generation
    from optimize.roster.people.master import Solved

    Array = NDArray[np.float64]
    Ints = NDArray[np.int64]

TURNS = 400
NOTHING = 1e-6
"""Part of a roster below which it is not taken."""
WHOLE = 1.0 - 1e-5
LEAST_PART = 0.05
"""Part of a cell below which it is not looked at."""
NOISE = 0.04
"""Random part of the order of cells."""
FASTER, FASTEST = 1.3, 6.0
"""Growth of the batch while fixing costs nothing, and its limit."""
NO_COST, NO_PART = 0.3, 1e-4
"""Rise of the program that counts as nothing, and the same as a part of the cost."""
A_ROUNDING, LAST_ROUNDS = 0.2, 2
"""Part of the people whose rosters are fixed at once when time is up, and rounds of pricing after it."""


@dataclass(frozen=True)
class Manner:
    """How a dive goes: rounds of pricing after each batch, its gap, cells of a batch, and how much it may undo.

    Parameters
    ----------
    rounds, gap
        As in ``Generation.run``.
    step
        Part of the open cells that a batch fixes.
    sure
        Part of a cell from which it is fixed whatever the others are.
    undo
        Batches that may be undone.
    rise
        Part of the cost by which a batch may raise the program where there is no cutoff.
    twice
        Whether everybody is priced before a batch is undone: slower, and fewer are undone for want of rosters.
    """

    rounds: int = 6
    gap: float = 1e-3
    step: float = 0.06
    sure: float = 0.9
    undo: int = 40
    rise: float = 4e-3
    twice: bool = False


@dataclass(frozen=True)
class Dived:
    """What a dive ended with: a roster and its cost without the constant, or None and inf.

    Where time ended it, the last people have rosters that were fixed as a whole: lawful, and dearer. `hopeless` says
    that the bound rose above the cutoff.
    """

    roster: Ints | None
    value: float
    hopeless: bool = False


NOTHING_FOUND = Dived(None, np.inf)


def dive(
    generation: Generation,
    random: np.random.Generator,
    manner: Manner,
    cutoff: float = np.inf,
    is_over: Callable[[], bool] = lambda: False,
) -> Dived:
    """Fix cells until everybody has one roster; `cutoff` is the value, without the constant, it must stay below."""
    return _Dive(generation, random, manner, cutoff, is_over).ended()


Cell = tuple[int, int, int]
"""Person, day, and what is fixed: a kind, the number of kinds for a day off, or one more for any work."""


class _Dive:
    def __init__(
        self,
        generation: Generation,
        random: np.random.Generator,
        manner: Manner,
        cutoff: float,
        is_over: Callable[[], bool],
    ) -> None:
        self.generation, self.random, self.manner = generation, random, manner
        self.cutoff, self.is_over, self.undo = cutoff, is_over, manner.undo
        self.kinds = len(generation.problem.kinds)
        self.hot: Ints = np.empty(0, dtype=np.int64)
        self.pace, self.cells = 1.0, list[Cell]()
        generation.forbidden[:], generation.must[:] = False, False
        self.before = (generation.forbidden.copy(), generation.must.copy())

    def ended(self) -> Dived:
        """Take turns until there is a roster, the bound is above the cutoff, or nothing can be fixed."""
        solved, bound = self.generation.run(
            gap=self.manner.gap, rounds=4 * self.manner.rounds, cutoff=self.cutoff, is_over=self.is_over
        )
        reached = solved.value
        for turn in range(TURNS):
            few: int | None = None
            if turn:
                solved, bound = self._priced(everybody=turn % 6 == 5)
                if self.manner.twice and solved.value > reached + self._allowed(reached):
                    solved, bound = self._priced(everybody=True)
                if solved.value > reached + self._allowed(reached) and self.undo > 0 and bound <= self.cutoff:
                    few = max(1, len(self.cells) // 5)
                    solved, bound, reached = self._undone(reached)
                rose = solved.value > reached + max(NO_COST, NO_PART * self._cost(reached))
                self.pace = 1.0 if few or rose else min(FASTEST, self.pace * FASTER)
                reached = max(solved.value, reached) if few else solved.value
            if bound > self.cutoff:
                return Dived(None, np.inf, hopeless=True)
            if solved.missing > NOTHING:
                return NOTHING_FOUND
            taken = np.flatnonzero(solved.taken > NOTHING)
            parts = taken[solved.taken[taken] < WHOLE]
            if not parts.size:
                return self._roster(solved)
            if self.is_over() or not self._fix(solved, taken, parts, few):
                return self._rounded(solved) if np.isinf(self.cutoff) else self._roster(solved)
        return self._roster(solved)

    def _rounded(self, solved: Solved) -> Dived:
        """The end of a dive that ran out of time or of cells: whole rosters are fixed, the surest first."""
        generation, master = self.generation, self.generation.master
        for _ in range(TURNS):
            taken = np.flatnonzero(solved.taken > NOTHING)
            parts = taken[solved.taken[taken] < WHOLE]
            if not parts.size or solved.missing > NOTHING:
                break
            order = parts[np.argsort(-solved.taken[parts], kind="stable")]
            people, first = np.unique(master.owner[order], return_index=True)
            wanted = max(1, int(A_ROUNDING * people.size))
            for column in order[np.sort(first)[:wanted]].tolist():
                self._fix_person(int(master.owner[column]), master.rosters[column])
            solved, _ = generation.run(gap=self.manner.gap, rounds=LAST_ROUNDS, hot=people)
        return self._roster(solved)

    def _fix_person(self, person: int, roster: Ints) -> None:
        worked = roster != OFF
        self.generation.forbidden[person] = True
        self.generation.forbidden[person, np.flatnonzero(worked), roster[worked]] = False
        self.generation.must[person] = worked

    def _allowed(self, reached: float) -> float:
        """Rise of the program above which a batch is undone."""
        if np.isfinite(self.cutoff):
            return max(1.0, 0.15 * (self.cutoff - reached))
        return max(1.0, self.manner.rise * self._cost(reached))

    def _cost(self, value: float) -> float:
        return abs(value + self.generation.problem.constant)

    def _priced(self, *, everybody: bool) -> tuple[Solved, float]:
        hot = None if everybody else self.hot
        manner = self.manner
        return self.generation.run(
            gap=manner.gap, rounds=manner.rounds, cutoff=self.cutoff, hot=hot, some=True, is_over=self.is_over
        )

    def _undone(self, reached: float) -> tuple[Solved, float, float]:
        """Undo the last batch; a batch of one cell is then fixed the other way."""
        generation = self.generation
        self.undo -= 1
        generation.forbidden, generation.must = self.before[0].copy(), self.before[1].copy()
        if len(self.cells) == 1:
            person, day, what = self.cells[0]
            if what == self.kinds:
                generation.must[person, day] = True
            elif what < self.kinds:
                generation.forbidden[person, day, what] = True
            else:
                generation.forbidden[person, day] = True
            reached += 1.0
        solved, bound = self._priced(everybody=self.manner.twice and len(self.cells) == 1)
        return solved, bound, reached

    def _fix(self, solved: Solved, taken: Ints, parts: Ints, few: int | None) -> bool:
        """Fix the next cells, the surest first; False where there is none."""
        generation, manner = self.generation, self.manner
        self.before = (generation.forbidden.copy(), generation.must.copy())
        worth = self._cells(solved, parts)
        wanted = few or max(2, int(self.pace * manner.step * (worth.max(axis=2) > 0).sum()))
        noise = NOISE * self.random.random(worth.shape) * (worth > 0)
        self.cells = []
        for place in np.argsort(-worth - noise, axis=None)[:4000].tolist():
            person, day, what = (int(each) for each in np.unravel_index(place, worth.shape))
            value = worth[person, day, what]
            enough = value < manner.sure and len(self.cells) >= max(1, wanted // 4)
            if value < 0 or len(self.cells) >= wanted or enough:
                break
            if self._can(taken, person, day, what):
                generation.must[person, day] |= what != self.kinds
                if what <= self.kinds:
                    generation.forbidden[person, day, np.arange(self.kinds) != what] = True
                self.cells.append((person, day, what))
        owners = generation.master.owner[parts]
        self.hot = np.union1d(owners, [person for person, _, _ in self.cells]).astype(np.int64)
        return bool(self.cells)

    def _cells(self, solved: Solved, parts: Ints) -> Array:
        """Part of each open cell; shape (P, D, S + 2): the kinds, a day off, any work. -1 where it is not open."""
        generation = self.generation
        rosters, owner = generation.master.rosters[parts], generation.master.owner[parts]
        people, days = generation.must.shape
        cell = np.zeros((people, days, self.kinds + 1))
        np.add.at(cell, (owner[:, None], np.arange(days)[None, :], rosters), solved.taken[parts][:, None])
        worth = np.concatenate([cell, cell[:, :, : self.kinds].sum(axis=2)[:, :, None]], axis=2)
        worth[(worth > WHOLE) | (worth < LEAST_PART)] = -1.0
        one_kind = worth[:, :, : self.kinds].max(axis=2) >= worth[:, :, self.kinds + 1] - NOTHING
        worth[:, :, self.kinds + 1][one_kind] = -1.0
        return worth

    def _can(self, taken: Ints, person: int, day: int, what: int) -> bool:
        """Whether a roster that is taken in part agrees with all that is fixed for its person, and with the cell."""
        generation = self.generation
        mine = taken[generation.master.owner[taken] == person]
        rosters = generation.master.rosters[mine]
        days = np.arange(rosters.shape[1])
        banned = generation.forbidden[person, days[None, :], np.maximum(rosters, 0)]
        agrees = ~np.where(rosters != OFF, banned, generation.must[person][None, :]).any(axis=1)
        there = rosters[agrees, day]
        if what == self.kinds:
            return bool((there == OFF).any())
        return bool((there != OFF if what > self.kinds else there == what).any())

    def _roster(self, solved: Solved) -> Dived:
        """Everybody's roster with the largest part."""
        master, problem = self.generation.master, self.generation.problem
        order = np.argsort(solved.taken, kind="stable")
        roster = np.full((self.generation.free.size, problem.days), OFF)
        roster[master.owner[order]] = master.rosters[order]
        return Dived(roster, problem.cost(roster) - problem.constant)
