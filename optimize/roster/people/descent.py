"""Person after person gets the cheapest roster next to all others; every hard rule is kept throughout."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from optimize.roster.people.problem import OFF

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from optimize.roster.people.generation import Generation

    Ints = NDArray[np.int64]

PASSES = 3
"""Most times everybody has a turn."""
LEAST = 1e-6
"""Cost below which a change is no gain."""


def descended(
    generation: Generation,
    random: np.random.Generator,
    lawful: Ints,
    *,
    first: bool = False,
    passes: int = PASSES,
    is_over: Callable[[], bool] = lambda: False,
) -> Ints:
    """Return a roster of everybody, shape (P, D), no dearer than `lawful`; persons in random order.

    The `first` roster grows from nobody at work and may be dearer; who gets none in the first pass keeps `lawful`.
    """
    problem = generation.problem
    people = len(problem.persons)
    found = np.full((people, problem.days), OFF) if first else lawful.copy()
    made = np.full(people, not first)
    for turn in range(passes):
        if turn and is_over():
            break
        for person in random.permutation(people).tolist():
            others = np.delete(found, person, axis=0)
            wanted = problem.present(others) < problem.need
            price = problem.wishes[person] + np.where(wanted, -problem.short, problem.over)
            only = np.arange(people) == person
            everybody = np.broadcast_to(price, (people, *price.shape))
            priced = generation.pricer.cheapest(everybody, only=only)
            day = np.flatnonzero(found[person] != OFF)
            now = float(price[day, found[person][day]].sum()) if made[person] else np.inf
            if priced.values[person] < now - LEAST:
                found[person], made[person] = priced.rosters[person], True
        found[~made], made[:] = lawful[~made], True
        generation.know(found)
    return found
