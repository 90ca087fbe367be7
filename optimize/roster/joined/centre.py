"""A problem made ready: shapes by contract, sets of skills, and who is at work when."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from optimize.roster.joined.breaks import Shapes
from optimize.roster.joined.fairness import Taken
from optimize.roster.joined.problem import OFF
from optimize.roster.joined.sharing import Skills, shared

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from optimize.roster.joined.breaks import Placed
    from optimize.roster.joined.problem import Problem

    Array = NDArray[np.float64]
    Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Rosters:
    """Rosters of everybody.

    Parameters
    ----------
    shapes
        Shape of each person on each day, `OFF` for a day off; shape (P, D).
    breaks
        Starts of the breaks in intervals after the shift began, -1 where there is none; shape (P, D, B).
    """

    shapes: Ints
    breaks: Ints


class Centre:
    """A problem with what all steps of the search look up.

    Attributes
    ----------
    shapes
        Shapes of each contract.
    skills
        The different sets of skills.
    set_of
        Number of the set of each person; shape (P,).
    pairs, pair_of
        Contract and set of skills of the different pairs, and the pair of each person; shape (P,).
    """

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.shapes = [Shapes(contract, problem.intervals) for contract in problem.contracts]
        self.most_breaks = max(each.most_breaks for each in self.shapes)
        sets = list(dict.fromkeys(person.skills for person in problem.people))
        self.skills = Skills.of(sets, problem.demand.channels)
        self.set_of = np.array([sets.index(person.skills) for person in problem.people])
        of_person = [(person.contract, sets.index(person.skills)) for person in problem.people]
        self.pairs = list(dict.fromkeys(of_person))
        self.pair_of = np.array([self.pairs.index(each) for each in of_person])
        self._costs: dict[int, Array] = {}

    @property
    def people(self) -> int:
        """Number of people."""
        return len(self.problem.people)

    def placed(self, prices: Array) -> list[Placed]:
        """Value and breaks of every shape for each pair, at prices of each set's time; shape (K, T)."""
        return [self.shapes[contract].placed(prices[skill_set]) for contract, skill_set in self.pairs]

    def present(
        self, people: Ints, rosters: Rosters, weights: Array | None = None, row: Ints | None = None, rows: int = 0
    ) -> Array:
        """People at work in each interval.

        Parameters
        ----------
        people, rosters
            Numbers of people, and their rosters in the same order.
        weights
            How often each one counts; once where it is not given.
        row, rows
            Row of each one in the answer, and how many there are; rows are sets of skills where it is not given.

        Returns
        -------
        People; shape (rows, T).
        """
        row = self.set_of[people] if row is None else row
        rows = rows or len(self.skills.known)
        ahead = self.problem.intervals + 1 + max(int(each.contract.lengths.max()) for each in self.shapes)
        change = np.zeros(rows * ahead)
        contract_of = np.array([self.problem.people[p].contract for p in people.tolist()], dtype=int)
        for number, each in enumerate(self.shapes):
            at, day = np.nonzero((rosters.shapes != OFF) & (contract_of == number)[:, None])
            shape = rosters.shapes[at, day]
            begin = each.contract.starts[day, shape] + row[at] * ahead
            weight = np.ones(at.size) if weights is None else weights[at]
            np.add.at(change, begin, weight)
            np.add.at(change, begin + each.contract.lengths[shape], -weight)
            for k in range(each.most_breaks):
                length, start = each.break_lengths[shape, k], begin + np.maximum(rosters.breaks[at, day, k], 0)
                np.add.at(change, start, -weight * (length > 0))
                np.add.at(change, start + length, weight * (length > 0))
        return np.cumsum(change.reshape(rows, ahead), axis=1)[:, : self.problem.intervals]

    def own(self, people: Ints, shapes: Ints) -> Array:
        """Wages, wishes and priced rules of each one's roster; shape (n,)."""
        found = self._by_shift(people, shapes)
        for k, person in enumerate(people.tolist()):
            watched = self.problem.people[person].watched
            if watched is not None and watched.has_prices:
                found[k] += watched.price(shapes[k])
        return found

    def _by_shift(self, people: Ints, shapes: Ints) -> Array:
        """Wages and wishes of each one's roster; shape (n,)."""
        found = np.zeros(len(people))
        days = np.arange(self.problem.days)
        for k, person in enumerate(people.tolist()):
            if person not in self._costs:
                self._costs[person] = self.problem.own(person)
            on = shapes[k] != OFF
            found[k] = self._costs[person][days[on], shapes[k, on]].sum()
        return found

    def rosters(self, shapes: Ints, people: Sequence[int] | Ints, placed: list[Placed]) -> Rosters:
        """Give shapes of some people the breaks placed for their pairs."""
        breaks = np.full((*shapes.shape, self.most_breaks), -1)
        for k, person in enumerate(people):
            on = np.flatnonzero(shapes[k] != OFF)
            found = placed[self.pair_of[person]].breaks[on, shapes[k, on]]
            breaks[k, on, : found.shape[1]] = found
        return Rosters(shapes, breaks)

    def cover_cost(self, present: Array) -> float:
        """Cost of cover by people at work, shared out at least cost; shape (K, T)."""
        return self.problem.demand.cost(shared(self.skills, present, self.problem.demand).people)

    def by_week(self, rosters: Rosters) -> Array:
        """Cost of rosters of everybody in each seven days of the horizon: shifts that begin there, and cover."""
        problem, everybody = self.problem, np.arange(self.people)
        people = shared(self.skills, self.present(everybody, rosters), problem.demand).people
        cover = problem.demand.by_interval(people)
        found = np.zeros(-(-problem.days // 7))
        for week in range(found.size):
            first, last = 7 * week, min(7 * week + 7, problem.days)
            part = np.full(rosters.shapes.shape, OFF)
            part[:, first:last] = rosters.shapes[:, first:last]
            own = self._by_shift(everybody, part).sum()
            found[week] = own + cover[problem.midnights[first] : problem.midnights[last]].sum()
        return found

    def cost(self, rosters: Rosters) -> float:
        """Cost of rosters of everybody, with the price of fairness."""
        return self.money(rosters) + Taken(self.problem.fairness, rosters.shapes).price

    def money(self, rosters: Rosters) -> float:
        """Cost of rosters of everybody without the price of fairness."""
        everybody = np.arange(self.people)
        return float(self.own(everybody, rosters.shapes).sum()) + self.cover_cost(self.present(everybody, rosters))
