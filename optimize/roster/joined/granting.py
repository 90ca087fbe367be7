"""What a wish that was not granted would cost: the person priced again with the wish hard, everybody else as planned.

Next to the others the gain of one more person is known in each interval, so the best roster with the wish is found
exactly by the programme of the person; the price is that of the two whole rosters, counted for everybody. Others could
change their rosters too, so granting the wish may cost less, and never more.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from optimize.roster.joined.centre import Centre, Rosters
from optimize.roster.joined.diagnosis import freed_by
from optimize.roster.joined.pricer import Pricer
from optimize.roster.joined.sharing import open_channels, shared

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from optimize.roster.facts import Families
    from optimize.roster.joined.asked import Asked
    from optimize.roster.joined.breaks import Placed
    from optimize.roster.joined.problem import Problem

    Array = NDArray[np.float64]
    Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Wished:
    """A wish that is not granted: who wished it, what they asked for, and its weight in the cost of a roster."""

    person: int
    asked: Asked
    weight: float


@dataclass(frozen=True)
class Granting:
    """What granting a wish costs.

    Parameters
    ----------
    cost
        Wages, cover and other wishes of everybody, more than as planned; the weight of the wish itself is not in it.
        None where the person has no lawful roster with the wish.
    cover
        The part of cover: what the others leave understaffed, less what is overstaffed no more.
    freed_by
        Where there is no such roster: the smallest sets of rule families that make one possible.
    """

    cost: float | None
    cover: float = 0.0
    freed_by: tuple[Families, ...] = ()


def granting(problem: Problem, rosters: Rosters, wishes: Sequence[Wished]) -> tuple[Granting, ...]:
    """Price some wishes, each alone.

    Parameters
    ----------
    problem
        Days, people, rules and demand; costs of shapes contain all wishes.
    rosters
        Rosters of everybody, with breaks, that grant none of these wishes.
    wishes
        What is to be granted.
    """
    if not wishes:
        return ()
    next_to = _NextToOthers(problem, rosters)
    people = [wish.person for wish in wishes]
    placed = [next_to.placed(person) for person in people]
    pricer = Pricer(problem, edges=None, precision=np.float64)
    worth = [each.value + wish.asked.worth for each, wish in zip(placed, wishes, strict=True)]
    priced = pricer.cheapest(people, worth)
    lawful = [wish.asked.is_kept(value) for wish, value in zip(wishes, priced.values.tolist(), strict=True)]
    lost = [at for at, each in enumerate(lawful) if not each]
    freed = freed_by(problem, [problem.people[people[at]] for at in lost], [wishes[at].asked for at in lost])
    freed_of = dict(zip(lost, freed, strict=True))
    return tuple(
        next_to.cost(wish, priced.rosters[at], placed[at]) if lawful[at] else Granting(None, freed_by=freed_of[at])
        for at, wish in enumerate(wishes)
    )


class _NextToOthers:
    """One person at a time, with everybody else at work as planned."""

    def __init__(self, problem: Problem, rosters: Rosters) -> None:
        self.problem, self.rosters = problem, rosters
        self.centre = Centre(problem)
        self.present = self.centre.present(np.arange(self.centre.people), rosters)
        self.cover = self.centre.cover_cost(self.present)
        self._placed: dict[int, Placed] = {}

    def placed(self, person: int) -> Placed:
        """Value and breaks of every shape on every day, as one more person next to the others."""
        if person not in self._placed:
            centre, demand = self.centre, self.problem.demand
            there = shared(centre.skills, self._others(person), demand)
            gains = demand.smooth(there.people, 0.0, np.zeros(demand.base.shape))
            prices = open_channels(centre.skills, int(centre.set_of[person]), gains, there.room)
            self._placed[person] = centre.shapes[self.problem.people[person].contract].placed(prices)
        return self._placed[person]

    def cost(self, wish: Wished, shapes: Ints, placed: Placed) -> Granting:
        """Cost of a roster of the person in place of the one planned."""
        person = np.array([wish.person])
        breaks = np.full((1, self.problem.days, self.centre.most_breaks), -1)
        on = np.flatnonzero(shapes >= 0)
        breaks[0, on, : placed.breaks.shape[2]] = placed.breaks[on, shapes[on]]
        with_it = Rosters(shapes[None], breaks)
        cover = self.centre.cover_cost(self._others(wish.person) + self.centre.present(person, with_it)) - self.cover
        own = self.centre.own(person, with_it.shapes) - self.centre.own(person, self.rosters.shapes[person])
        return Granting(float(own[0]) + cover + wish.weight, cover)

    def _others(self, person: int) -> Array:
        """People at work without one of them; shape (K, T)."""
        one = np.array([person])
        mine = Rosters(self.rosters.shapes[one], self.rosters.breaks[one])
        return self.present - self.centre.present(one, mine)
