"""A bound of a horizon too long for column generation, from prices that windows left."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from optimize.roster.people.generation import Generation

    Array = NDArray[np.float64]

STEPS = 30
"""Most steps of the prices."""
SHORTER = 0.7
"""Part of the length of a step that is left after one that raised nothing."""


def raise_bound(
    generation: Generation, prices: Array, cost: float, is_over: Callable[[], bool], steps: int = STEPS
) -> None:
    """Raise the proof of a whole problem by steps of its prices of cover.

    A day and kind with more people wanted than the cheapest rosters have gets a higher price, over the distance between
    bound and cost of a known roster (Polyak 1969).

    Parameters
    ----------
    generation
        Whose proof is raised; nothing is fixed in it.
    prices
        To begin with; shape (D, S).
    cost
        Of a known roster.
    is_over
        Whether time is up.
    steps
        Most steps.
    """
    problem = generation.problem
    best, length = np.clip(prices, -problem.over, problem.short), 1.0
    now = best
    for _ in range(steps):
        before = generation.proof.bound
        bound, present = generation.prove_at(now)
        if bound > before:
            best = now
            missing = problem.need - present
        else:
            length *= SHORTER
        if is_over() or not missing.any():
            return
        move = length * max(cost - generation.proof.bound, 0.0) / float((missing**2).sum()) * missing
        now = np.clip(best + move, -problem.over, problem.short)
