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
OF_CUTOFF = 0.15
"""Part of the way to the cutoff by which a batch may raise the program."""
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
        Most part of the cost by which a batch may raise the program.
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


HURRIED = Manner(rounds=2, step=0.25, sure=0.7, undo=0)
"""The rest of a dive whose time is up."""


@dataclass(frozen=True)
class Dived:
    """What a dive ended with: a roster and its cost without the constant, or None and inf.

    Where time ended it, the last cells were fixed in large steps: lawful, and dearer. `hopeless` says that the bound
    rose above the cutoff.
    """

    roster: Ints | None
    value: float
    hopeless: bool = False


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
        self.floor = self.reached = -np.inf
        generation.forbidden[:], generation.must[:] = False, False
        self.before = (generation.forbidden.copy(), generation.must.copy())

    def ended(self) -> Dived:
        """Take turns until there is a roster, the cutoff is out of reach, or nothing can be fixed."""
        solved, bound = self.generation.run(
            gap=self.manner.gap, rounds=4 * self.manner.rounds, cutoff=self.cutoff, is_over=self.is_over
        )
        few: int | None = None
        self.floor = self.reached = solved.value
        for turn in range(TURNS):
            if turn:
                solved, bound, few = self._turned(everybody=turn % 6 == 5)
            if self._fails(solved, bound):
                return Dived(None, np.inf, hopeless=bound > self.cutoff)
            taken = np.flatnonzero(solved.taken > NOTHING)
            parts = taken[solved.taken[taken] < WHOLE]
            if not parts.size:
                return self._roster(solved)
            if self.is_over() and np.isinf(self.cutoff):
                self._hurry()
            if self.is_over() or not self._fix(solved, taken, parts, few):
                return self._rounded(solved) if np.isinf(self.cutoff) else self._roster(solved)
        return self._roster(solved)

    def _turned(self, *, everybody: bool) -> tuple[Solved, float, int | None]:
        """Price after a batch; where it cost too much it is undone, and fewer cells are to be fixed instead."""
        solved, bound = self._priced(everybody=everybody)
        most, few = self.reached + self._allowed(self.reached), None
        if solved.value > min(most if self.manner.twice else np.inf, self.cutoff) and bound <= self.cutoff:
            solved, bound = self._priced(everybody=True)
        if solved.value > most and self.undo > 0 and bound <= self.cutoff:
            few = max(1, len(self.cells) // 5)
            solved, bound = self._undone((solved, bound))
        rose = solved.value > self.reached + self._nothing(self.reached)
        self.pace = 1.0 if few or rose else min(FASTEST, self.pace * FASTER)
        self.reached = max(solved.value, self.reached) if few else solved.value
        return solved, bound, few

    def _fails(self, solved: Solved, bound: float) -> bool:
        """Whether the cutoff is out of reach, or somebody has no roster."""
        return bound > self.cutoff or solved.value > self.cutoff or solved.missing > NOTHING

    def _hurry(self) -> None:
        """Time is up: the rest in large steps, and nothing is undone."""
        self.manner, self.undo, self.is_over = HURRIED, 0, lambda: False

    def _rounded(self, solved: Solved) -> Dived:
        """The end of a dive that ran out of cells: whole rosters are fixed, the surest first."""
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
        return max(1.0, min(self.manner.rise * self._cost(reached), OF_CUTOFF * (self.cutoff - reached)))

    def _nothing(self, value: float) -> float:
        return max(NO_COST, NO_PART * self._cost(value))

    def _cost(self, value: float) -> float:
        return abs(value + self.generation.problem.constant)

    def _priced(self, *, everybody: bool) -> tuple[Solved, float]:
        hot = None if everybody else self.hot
        manner = self.manner
        enough = -np.inf if everybody else self.floor + self._nothing(self.floor)
        found = self.generation.run(
            gap=manner.gap, rounds=manner.rounds, cutoff=self.cutoff, enough=enough, hot=hot, some=True,
            is_over=self.is_over,
        )  # fmt: skip
        if found[0].value > enough:
            self.floor = found[0].value
        return found

    def _undone(self, dear: tuple[Solved, float]) -> tuple[Solved, float]:
        """Undo the last batch, whose program is `dear`; of a batch of one cell the cheaper way is kept."""
        generation = self.generation
        self.undo -= 1
        self.floor = self.reached
        fixed = (generation.forbidden, generation.must)
        generation.forbidden, generation.must = self.before[0].copy(), self.before[1].copy()
        alone = len(self.cells) == 1
        if alone:
            self._fix_other(*self.cells[0])
        solved, bound = self._priced(everybody=self.manner.twice and alone)
        if alone and (solved.value > dear[0].value or bound > self.cutoff):
            generation.forbidden, generation.must = fixed
            solved, bound = self._priced(everybody=False)
        return solved, bound

    def _fix_other(self, person: int, day: int, what: int) -> None:
        """Fix a cell to anything but what it was fixed to."""
        generation = self.generation
        if what == self.kinds:
            generation.must[person, day] = True
        elif what < self.kinds:
            generation.forbidden[person, day, what] = True
        else:
            generation.forbidden[person, day] = True

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
