"""Rosters of everybody, person by person: taken out, priced exactly next to the others, and put back.

At first prices are blurred over some people around what is needed, so that early choices do not settle everything; the
last sweeps use the true gain of one more person. Every roster on the way keeps every hard rule.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from optimize.roster.joined.centre import Rosters
from optimize.roster.joined.fairness import Taken
from optimize.roster.joined.frame import NEVER
from optimize.roster.joined.problem import FIXED, OFF
from optimize.roster.joined.sharing import Shared, open_channels, shared
from optimize.roster.joined.whole_days import WholeDays

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from optimize.roster.joined.centre import Centre
    from optimize.roster.joined.pricer import Pricer

    Array = NDArray[np.float64]
    Ints = NDArray[np.int64]

EXACT = 3
"""Last sweeps at the true gain of one more person."""
DAY_SWEEPS, DAY_WEIGHT = 2, 0.7
"""Sweeps for whole days, and the weight of the prices of whole days in them."""
DAY_SPREADS = (0.5, 0.0, 0.0)
"""People over which prices are blurred in the sweeps after them, in which the days worked stay."""


@dataclass(frozen=True)
class Manner:
    """How sweeps go: their number, and the people over which prices are blurred in the first and the last."""

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
        self.taken = Taken(problem.fairness, self.shapes)
        self.present = np.zeros((len(centre.skills.known), problem.intervals))
        np.add.at(self.present, centre.set_of, self.mine)
        sets = len(centre.skills.sets)
        self._there = Shared(np.zeros(problem.demand.base.shape), np.zeros((sets, problem.intervals)))
        self._stale = np.ones(problem.intervals, dtype=bool)
        self._prices = np.zeros(problem.demand.base.shape)
        self._blurred: tuple[float, Array | None] = (0.0, None)
        self._days = WholeDays(problem)

    @property
    def rosters(self) -> Rosters:
        """Rosters as they are now, as copies."""
        return Rosters(self.shapes.copy(), self.breaks.copy())

    def expect(self, mine: Array) -> None:
        """Let people who have not chosen yet be at work with these chances; shape (P, T)."""
        self.mine = mine.copy()
        self.present[:] = 0.0
        np.add.at(self.present, self.centre.set_of, self.mine)
        self._stale[:] = True

    def again(self, person: int, spread: float, lean: Array, by_day: float = 0.0, *, same_days: bool = False) -> None:
        """Give one person their cheapest roster next to the others; see `Demand.smooth`.

        `by_day` is the weight of the prices of whole days, from 0 to 1; see `WholeDays`. With `same_days` the days
        worked stay.
        """
        prices = self._priced_without(person, spread, lean, by_day)
        placed = self.centre.shapes[self.centre.problem.people[person].contract].placed(prices)
        worth = placed.value
        if same_days:
            worth = worth + np.where(self.shapes[person] != OFF, FIXED, -NEVER)[:, None]
        found = self.taken.cheapest(self.pricer, person, worth, self.shapes[person])
        on = np.flatnonzero(found != OFF)
        self.shapes[person], self.breaks[person] = found, -1
        self.breaks[person, on, : placed.breaks.shape[2]] = placed.breaks[on, found[on]]
        self._put_in(person)

    def breaks_again(self, person: int, day: int, spread: float, lean: Array) -> None:
        """Place the breaks of one shift again next to the others."""
        prices = self._priced_without(person, spread, lean)
        shapes = self.centre.shapes[self.centre.problem.people[person].contract]
        placed = shapes.placed(prices, slice(day, day + 1))
        self.breaks[person, day, : placed.breaks.shape[2]] = placed.breaks[0, self.shapes[person, day]]
        self._put_in(person)

    def set_day(self, person: int, day: int, shape: int, breaks: Ints) -> None:
        """Give one person another shape and breaks on a day they work."""
        self._take_out(person)
        self.shapes[person, day], self.breaks[person, day] = shape, breaks
        self._put_in(person)

    def _priced_without(self, person: int, spread: float, lean: Array, by_day: float = 0.0) -> Array:
        """Take a person out, and price one more of their skills next to the others; shape (T,)."""
        centre, skill_set = self.centre, int(self.centre.set_of[person])
        self._take_out(person)
        self._share(spread, lean)
        prices = self._prices
        if by_day:
            prices = (1.0 - by_day) * prices + by_day * self._days.prices(self._there.people)
        return open_channels(centre.skills, skill_set, prices, self._there.room)

    def _share(self, spread: float, lean: Array) -> None:
        """Share people out again in the intervals that have changed, and price one more there."""
        if spread != self._blurred[0] or lean is not self._blurred[1]:
            self._stale[:], self._blurred = True, (spread, lean)
        moments, demand = np.flatnonzero(self._stale), self.centre.problem.demand
        if moments.size:
            part = shared(self.centre.skills, self.present[:, moments], demand.balanced, moments)
            self._there.people[:, moments], self._there.room[:, moments] = part.people, part.room
            self._prices[:, moments] = demand.smooth(part.people, spread, lean, moments)
            self._stale[:] = False

    def _take_out(self, person: int) -> None:
        self.present[self.centre.set_of[person]] -= self.mine[person]
        self._stale |= self.mine[person] != 0.0

    def _put_in(self, person: int) -> None:
        self.taken.put(person, self.shapes[person])
        one = Rosters(self.shapes[[person]], self.breaks[[person]])
        row = np.zeros(1, dtype=int)
        self.mine[person] = self.centre.present(np.array([person]), one, row=row, rows=1)[0]
        self.present[self.centre.set_of[person]] += self.mine[person]
        self._stale |= self.mine[person] != 0.0

    def cost(self) -> float:
        """Cost of the rosters as they are now, with the price of fairness."""
        own = float(self.centre.own(np.arange(len(self.shapes)), self.shapes).sum())
        return own + self.centre.cover_cost(self.present) + self.taken.price


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


def for_whole_days(team: Team, random: np.random.Generator, lean: Array) -> Rosters:
    """Sweep so that every day has the time at work it needs, whatever the present starts cost.

    The rosters mostly cost more until their days are planned again; parameters as of `swept`.
    """
    for _ in range(DAY_SWEEPS):
        for person in random.permutation(team.centre.people).tolist():
            team.again(person, 0.0, lean, DAY_WEIGHT)
    for spread in DAY_SPREADS:
        for person in random.permutation(team.centre.people).tolist():
            team.again(person, spread, lean, same_days=True)
    return team.rosters
