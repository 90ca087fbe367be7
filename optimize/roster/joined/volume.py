"""Prices of time that prove a high bound, by the volume method (Barahona and Anbil 2000): no linear program is solved.

Each round prices everybody's cheapest roster at the present prices. Their cover, averaged over rounds, says where
prices must rise or fall; prices that prove more become the centre of the next step. The average is not a roster, but it
says how often each person is at work in each interval.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from optimize.roster.joined.sharing import best_channels

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from optimize.roster.joined.centre import Centre
    from optimize.roster.joined.pricer import Pricer

    Array = NDArray[np.float64]
    Ints = NDArray[np.int64]

FIRST_STEP, LEAST_STEP, LARGEST_STEP = 0.3, 0.005, 2.0
SHRINK, GROW = 0.7, 1.1
PATIENCE, PROGRESS = 12, 1e-4
"""Rounds without a better bound before steps shrink; share of the bound that is a step worth growing for."""
FIRST_WEIGHT, LEAST_WEIGHT, WEIGHT_ROUNDS, WEIGHT_SHRINK = 0.1, 0.01, 60, 0.8
"""Weight of a new round in the average, and how it falls."""
TRIED_WEIGHTS = (0.1, 0.3, 1.0)
CLOSE = 5e-4
"""Share of the cost at which average and bound are close enough."""
AT_EDGE = 1e-9


@dataclass(frozen=True)
class Volume:
    """Outcome of the rounds.

    Parameters
    ----------
    bound
        The best bound, in single precision and under the stricter edges of the search; see `certificate`.
    prices
        That prove it; shape (C, T).
    average
        Cost of the averaged rosters; not attainable.
    present
        Averaged time at work of each group of identical people, for one of them; shape (G, T).
    rounds
        Rounds taken.
    """

    bound: float
    prices: Array
    average: float
    present: Array
    rounds: int


@dataclass
class _Mean:
    """Averages over the rounds so far."""

    own: float
    people: Array
    wanted: Array
    present: Array

    def mixed(self, new: _Mean, weight: float) -> _Mean:
        keep = 1.0 - weight
        return _Mean(
            keep * self.own + weight * new.own,
            keep * self.people + weight * new.people,
            keep * self.wanted + weight * new.wanted,
            keep * self.present + weight * new.present,
        )


@dataclass
class _Steps:
    """Length of the next step."""

    factor: float = FIRST_STEP
    worse: int = 0
    better: int = 0

    def note(self, *, gained: float, best: float) -> None:
        """Shrink after some rounds without a better bound, grow after two good ones."""
        if gained <= 0.0:
            self.worse, self.better = self.worse + 1, 0
            if self.worse >= PATIENCE:
                self.factor, self.worse = max(LEAST_STEP, SHRINK * self.factor), 0
            return
        self.worse = 0
        self.better += gained > PROGRESS * abs(best)
        if self.better >= 2:
            self.factor, self.better = min(LARGEST_STEP, GROW * self.factor), 0


def volume(
    centre: Centre,
    pricer: Pricer,
    prices: Array,
    cost: float,
    rounds: int,
    is_over: Callable[[], bool] = lambda: False,
) -> Volume:
    """Search prices.

    Parameters
    ----------
    centre, pricer
        Who works, and their cheapest rosters.
    prices
        To begin with; shape (C, T).
    cost
        Of a known roster.
    rounds
        Most rounds.
    is_over
        Asked after each round.
    """
    demand, steps = centre.problem.demand, _Steps()
    best, prices = -np.inf, demand.within(prices)
    chosen, weight, taken = prices, FIRST_WEIGHT, 0
    mean: _Mean | None = None
    average = np.inf
    for taken in range(1, rounds + 1):
        bound, new = _round(centre, pricer, prices)
        mean, average = (new, _cost(centre, new)) if mean is None else _averaged(centre, mean, new, weight)
        steps.note(gained=bound - best, best=best if np.isfinite(best) else bound)
        if bound > best:
            best, chosen = bound, prices
        if average - best < CLOSE * average or is_over():
            break
        if taken % WEIGHT_ROUNDS == 0:
            weight = max(LEAST_WEIGHT, WEIGHT_SHRINK * weight)
        prices = _step(centre, chosen, mean, steps.factor, min(cost, average) - best)
    present = np.zeros((len(pricer.groups), centre.problem.intervals)) if mean is None else mean.present
    return Volume(best, chosen, average, present, taken)


def _round(centre: Centre, pricer: Pricer, prices: Array) -> tuple[float, _Mean]:
    """Bound at prices, and the cheapest rosters of everybody there."""
    by_set = best_channels(centre.skills, prices)
    placed = centre.placed(by_set)
    leaders = np.array([group[0] for group in pricer.groups])
    sizes = np.array([len(group) for group in pricer.groups], dtype=float)
    priced = pricer.cheapest(leaders.tolist(), [placed[centre.pair_of[p]].value for p in leaders.tolist()])
    rosters = centre.rosters(priced.rosters, leaders, placed)
    each = centre.present(leaders, rosters, row=np.arange(len(leaders)), rows=len(leaders))
    own = float(centre.own(leaders, priced.rosters) @ sizes)
    demand = centre.problem.demand
    people = _at_best(centre, by_set, prices, centre.set_of[leaders], each * sizes[:, None])
    return demand.worth(prices) + float(priced.values @ sizes), _Mean(own, people, demand.wanted(prices), each)


def _at_best(centre: Centre, by_set: Array, prices: Array, set_of: Ints, present: Array) -> Array:
    """People at the channel of the best price they know, shared where prices are equal; shape (C, T)."""
    total = np.zeros((len(by_set), present.shape[1]))
    np.add.at(total, set_of, present)
    known = centre.skills.known
    best = known[:, :, None] & (prices[None] >= by_set[:, None] - AT_EDGE)
    people: Array = (total[:, None] * best / best.sum(axis=1, keepdims=True)).sum(axis=0)
    return people


def _cost(centre: Centre, mean: _Mean) -> float:
    return mean.own + centre.problem.demand.cost(mean.people)


def _averaged(centre: Centre, mean: _Mean, new: _Mean, weight: float) -> tuple[_Mean, float]:
    """Mix a round into the average with the weight that costs least."""
    tried = [mean.mixed(new, weight * part) for part in TRIED_WEIGHTS]
    costs = [_cost(centre, each) for each in tried]
    best = int(np.argmin(costs))
    return tried[best], costs[best]


def _step(centre: Centre, chosen: Array, mean: _Mean, factor: float, gap: float) -> Array:
    """Prices a step away from the best ones, towards the averaged cover that is missing."""
    demand = centre.problem.demand
    missing = mean.wanted - mean.people
    stuck = ((chosen >= demand.most - AT_EDGE) & (missing > 0)) | ((chosen <= demand.least + AT_EDGE) & (missing < 0))
    square = float((missing[~stuck] ** 2).sum())
    length = factor * max(gap, 1e-3 * abs(gap)) / max(square, 1.0)
    return demand.within(chosen + length * missing)
