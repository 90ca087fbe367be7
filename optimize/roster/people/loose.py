"""Bounds of people over horizons too long to count their working time: it has a price instead.

Rosters are then cheapest with ``minute price * minutes`` added and without limits of working time. Less the price of
the most minutes (of the least, where the price is below 0), their cost is a bound of the person (Lagrange).
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from optimize.roster.people.batch import batch_of
from optimize.roster.people.forward import Forward
from optimize.roster.people.problem import OFF

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from optimize.roster.people.problem import Problem

    Array = NDArray[np.float64]
    Ints = NDArray[np.int64]

LARGEST = 30_000_000
"""Numbers in the table of one batch."""


class Loose:
    """Everybody in batches, weekends counted, working time priced, most shifts of a kind left out."""

    def __init__(self, problem: Problem, precision: type[np.floating] = np.float32) -> None:
        self.problem, self.precision = problem, precision
        self.minutes = np.array([kind.minutes for kind in problem.kinds])
        self.limits = np.array([(person.least_minutes, person.most_minutes) for person in problem.persons])
        groups: dict[tuple[int, int], list[int]] = {}
        for p, person in enumerate(problem.persons):
            groups.setdefault((person.most_run, person.least_off), []).append(p)
        self.batches = []
        for people in groups.values():
            batch = batch_of(problem, people, (), timed=False)
            step = max(1, LARGEST // (batch.states * math.prod(batch.sizes) * (problem.days + 1)))
            self.batches += [
                batch.take(np.arange(first, min(first + step, len(people)))) for first in range(0, len(people), step)
            ]

    def cheapest(self, price: Array, minute_price: Array) -> tuple[Ints, Array]:
        """Rosters and bounds of everybody at prices, shape (P, D, S), and prices of a minute, shape (P,)."""
        priced = price + (minute_price[:, None] * self.minutes)[:, None, :]
        rosters, values = np.full(price.shape[:2], OFF), np.zeros(len(price))
        for batch in self.batches:
            rosters[batch.people], values[batch.people] = Forward(
                batch, priced[batch.people], None, self.precision
            ).best()
        least, most = self.limits.T
        return rosters, values - np.where(minute_price > 0.0, most, least) * minute_price

    def beyond(self, rosters: Ints) -> Array:
        """Minutes of rosters above their most, or below their least (less than 0); shape (P,)."""
        worked = np.where(rosters == OFF, 0, self.minutes[np.maximum(rosters, 0)]).sum(axis=1)
        least, most = self.limits.T
        return np.asarray(np.maximum(worked - most, 0) + np.minimum(worked - least, 0), dtype=float)
