"""Rosters of everybody, person by person: taken out, priced exactly next to the others, and put back.

At first prices are blurred over some people around what is needed, so that early choices do not settle everything; the
last sweeps use the true gain of one more person. Every roster on the way keeps every hard rule.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from optimize.roster.joined.centre import Rosters
from optimize.roster.joined.problem import OFF
from optimize.roster.joined.sharing import open_channels, shared

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from optimize.roster.joined.centre import Centre
    from optimize.roster.joined.pricer import Pricer

    Array = NDArray[np.float64]
    Ints = NDArray[np.int64]

EXACT = 3
"""Last sweeps at the true gain of one more person."""


@dataclass(frozen=True)
class Manner:
    """How sweeps go: their number, and the people over which prices are blurred in the first and in the last of them."""

    sweeps: int
    first: float = 3.0
    last: float = 0.25

    def spread(self, sweep: int) -> float:
        """People over which a sweep blurs; 0 for the true gain."""
        if sweep >= self.sweeps - EXACT:
            return 0.0
        return float(self.first * (self.last / self.first) ** (sweep / max(1, self.sweeps - EXACT - 1)))


class Team:
    """Rosters of everybody that change one at a time, with the people at work.

    Parameters
    ----------
    centre, pricer
        Who works, and their cheapest rosters.
    rosters
        To begin with; None for nobody at work.
    """

    def __init__(self, centre: Centre, pricer: Pricer, rosters: Rosters | None = None) -> None:
        self.centre, self.pricer = centre, pricer
        people, problem = centre.people, centre.problem
        if rosters is None:
            self.shapes = np.full((people, problem.days), OFF)
            self.breaks = np.full((people, problem.days, centre.most_breaks), -1)
            self.mine = np.zeros((people, problem.intervals))
        else:
            self.shapes, self.breaks = rosters.shapes.copy(), rosters.breaks.copy()
            every = np.arange(people)
            self.mine = centre.present(every, rosters, row=every, rows=people)
        self.present = np.zeros((len(centre.skills.known), problem.intervals))
        np.add.at(self.present, centre.set_of, self.mine)

    @property
    def rosters(self) -> Rosters:
        """Rosters as they are now, as copies."""
        return Rosters(self.shapes.copy(), self.breaks.copy())

    def expect(self, mine: Array) -> None:
        """Let people who have not chosen yet be at work with these chances; shape (P, T)."""
        self.mine = mine.copy()
        self.present[:] = 0.0
        np.add.at(self.present, self.centre.set_of, self.mine)

    def again(self, person: int, spread: float, lean: Array) -> None:
        """Give one person their cheapest roster next to the others; see `Demand.smooth`."""
        centre, skill_set = self.centre, int(self.centre.set_of[person])
        demand = centre.problem.demand
        self.present[skill_set] -= self.mine[person]
        there = shared(centre.skills, self.present, demand.balanced)
        own = open_channels(centre.skills, skill_set, demand.smooth(there.people, spread, lean), there.room)
        placed = centre.shapes[centre.problem.people[person].contract].placed(own)
        found = self.pricer.cheapest([person], [placed.value]).rosters[0]
        on = np.flatnonzero(found != OFF)
        self.shapes[person], self.breaks[person] = found, -1
        self.breaks[person, on, : placed.breaks.shape[2]] = placed.breaks[on, found[on]]
        one = Rosters(self.shapes[[person]], self.breaks[[person]])
        self.mine[person] = centre.present(np.array([person]), one, row=np.zeros(1, dtype=int), rows=1)[0]
        self.present[skill_set] += self.mine[person]

    def cost(self) -> float:
        """Cost of the rosters as they are now."""
        own = float(self.centre.own(np.arange(len(self.shapes)), self.shapes).sum())
        return own + self.centre.cover_cost(self.present)


def swept(
    team: Team,
    manner: Manner,
    random: np.random.Generator,
    lean: Array,
    people: Sequence[int] | None = None,
    is_over: Callable[[], bool] = lambda: False,
) -> tuple[Rosters, float]:
    """Sweep over people, and return the best rosters of everybody on the way with their cost.

    Parameters
    ----------
    team
        Rosters to begin with.
    manner
        How.
    random
        Draws the order of people.
    lean
        See `Demand.smooth`; shape (C, T).
    people
        Those who are swept; everybody where it is not given.
    is_over
        Asked after each sweep; true goes on to the last sweeps.
    """
    members = np.arange(team.centre.people) if people is None else np.asarray(people)
    best: tuple[Rosters, float] | None = None
    sweep = 0
    while sweep < manner.sweeps:
        spread = manner.spread(sweep)
        for person in random.permutation(members).tolist():
            team.again(person, spread, lean)
        cost = team.cost()
        if best is None or cost < best[1]:
            best = team.rosters, cost
        sweep += 1
        if is_over() and sweep < manner.sweeps - EXACT:
            sweep = manner.sweeps - EXACT
    return best if best is not None else (team.rosters, team.cost())
