"""Dives of some people while the others keep their rosters; hopeless choices fail early, at their bound."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from optimize.roster.people.dive import Manner, dive
from optimize.roster.people.problem import OFF

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from optimize.roster.people.generation import Generation
    from optimize.roster.people.master import Master

    Array = NDArray[np.float64]
    Ints = NDArray[np.int64]

MANNER = Manner(rounds=5, step=0.12, sure=0.8, undo=12)
PART = 0.3
"""Part of the people to begin with."""
LEAST_PEOPLE = 5
SPREAD = (0.6, 1.4)
"""Size of a choice around the present one."""
LARGER, SMALLER = 1.05, 0.99
"""Growth where a choice was hopeless, and shrinking where a dive found nothing."""
PRICES_AFTER = 15
"""Choices after which the prices of the whole problem are computed again."""
A_CELL, ANYBODY = 0.5, 0.3
"""Chance to choose people for one costly cell, and else to choose everybody alike."""
OTHERS = 0.15
"""Weight of people who cannot work that cell."""
KNOWN = 100
"""Most rosters of each person that a choice begins with."""
LESS = 1.0
"""Least improvement of a cost of whole numbers."""


class Subsets:
    """The best roster so far, and choices of people around it."""

    word, dry = "some people", False

    def __init__(self, generation: Generation, random: np.random.Generator, roster: Ints) -> None:
        self.generation, self.random = generation, random
        self.roster, self.cost = roster, generation.problem.cost(roster)
        self.size, self.missed = max(float(LEAST_PEOPLE), PART * len(roster)), 0
        generation.know(roster)

    def improve(self, is_over: Callable[[], bool]) -> bool:
        """Try one choice of people; tell whether the roster became cheaper."""
        generation, people = self.generation, len(self.roster)
        if self.missed % PRICES_AFTER == 0:
            generation.release()
            generation.master.open_only(generation.fits())
            self.prices = generation.master.solve()
        wanted = round(self.size * self.random.uniform(*SPREAD))
        weights = self._weights()
        chosen = self.random.choice(people, size=min(people, max(3, wanted)), replace=False, p=weights / weights.sum())
        part = generation.keeping(self.roster, chosen, self._useful(generation.master))
        cutoff = self.cost - generation.problem.constant - LESS + 1e-3
        dived = dive(part, self.random, MANNER, cutoff, is_over)
        useful = self._useful(part.master)
        generation.master.add(part.master.owner[useful], part.master.rosters[useful], part.master.cost[useful])
        self.missed += 1
        better = dived.roster is not None and generation.problem.cost(dived.roster) < self.cost - 1e-6
        if better and dived.roster is not None:
            self.roster, self.cost, self.missed = dived.roster, generation.problem.cost(dived.roster), 0
            generation.know(self.roster)
        elif dived.hopeless:
            self.size = min(float(people), self.size * LARGER)
        else:
            self.size = max(float(LEAST_PEOPLE), self.size * SMALLER)
        return better

    def _useful(self, master: Master) -> Ints:
        """Rosters whose reduced cost is within the gap, the lowest of each person.

        Where no roster has a reduced cost below 0, the others are in no cheaper roster of everybody.
        """
        gap = self.cost - self.generation.problem.constant - self.prices.value
        reduced = self.generation.reduced(self.prices, master)
        order = np.lexsort((reduced, master.owner))
        owner = master.owner[order]
        place = np.arange(order.size) - np.searchsorted(owner, owner)
        return order[(place < KNOWN) & (reduced[order] <= gap)]

    def _weights(self) -> Array:
        """Who pays for the gap: the reduced cost of each present roster; sometimes who could mend one costly cell."""
        generation, roster = self.generation, self.roster
        at, day = np.nonzero(roster != OFF)
        paid = np.bincount(at, self.prices.cover[day, roster[at, day]], len(roster))
        loss = np.maximum(generation.own_cost(np.arange(len(roster)), roster) - paid - self.prices.person, 0.0)
        weights = 1e-3 + 0.2 * loss.mean() + loss
        problem = generation.problem
        missing = problem.need - problem.present(roster)
        costly = problem.short * np.maximum(missing, 0.0) + problem.over * np.maximum(-missing, 0.0)
        if self.random.random() < A_CELL and costly.sum() > 0:
            cell = self.random.choice(costly.size, p=(costly / costly.sum()).ravel())
            on, kind = np.unravel_index(cell, costly.shape)
            can = [person.most_of[kind] > 0 and int(on) not in person.free for person in problem.persons]
            return np.asarray(weights * np.where(can, 1.0, OTHERS))
        return np.ones(len(roster)) if self.random.random() < ANYBODY else weights
