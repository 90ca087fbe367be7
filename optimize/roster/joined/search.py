"""The search for rosters of everybody: first rosters, prices with their bound, sweeps, then days planned again.

Anytime: the first rosters keep every hard rule, and everything after only improves them. All random choices come from
the seed; an effort in rounds alone makes two runs the same on any machine.
"""

from __future__ import annotations

import math
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from optimize.roster.joined.centre import Centre
from optimize.roster.joined.certificate import bound_at
from optimize.roster.joined.days import Days, days_again
from optimize.roster.joined.exchanges import exchanged
from optimize.roster.joined.pricer import Pricer
from optimize.roster.joined.sweeps import Manner, Team, for_whole_days, swept
from optimize.roster.joined.volume import volume

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from optimize.roster.joined.centre import Rosters
    from optimize.roster.joined.problem import Problem
    from optimize.roster.joined.volume import Volume
    from optimize.roster.program.solver import Solver

    Array = NDArray[np.float64]

FIRST = Manner(8, 2.0, 0.3)
"""Sweeps to the first rosters."""
AGAIN = Manner(2)
"""Sweeps at true gains between two passes over the days."""
LITTLE, MORE_NODES, MOST_NODES = 3e-3, 5, 100
"""Share of the cost below which a pass over the days saves little; growth of the nodes after it, and their most."""
BEGIN = 0.27
"""Share of the range of prices at which the first prices are: dear hours are rare."""


@dataclass(frozen=True)
class Effort:
    """How much is tried.

    Parameters
    ----------
    rounds, sweeps, passes
        Rounds of the volume method, sweeps after them, and passes over the days.
    nodes, gap
        Branch-and-bound nodes of the program of a day in the first pass, and its gap as a share of an average day's
        cost. A pass that saves little is followed by one with more nodes.
    seconds
        CPU seconds of this process; parts of them end the rounds and the sweeps. Endless for the same result anywhere.
    rounds_until, sweeps_until
        Shares of `seconds`.
    """

    rounds: int = 4000
    sweeps: int = 24
    passes: int = 12
    nodes: int = 1
    gap: float = 2e-3
    seconds: float = math.inf
    rounds_until: float = 0.35
    sweeps_until: float = 0.45


@dataclass(frozen=True)
class Searched:
    """Rosters of everybody and what they cost.

    Parameters
    ----------
    rosters, cost
        The best found; the cost is without the price of fairness, and so is the bound.
    bound, prices
        A cost that no rosters are below, and the prices of time that prove it; shape (C, T).
    first_seconds, seconds
        CPU seconds to the first rosters, and in all.
    """

    rosters: Rosters
    cost: float
    bound: float
    prices: Array
    first_seconds: float
    seconds: float

    @property
    def gap(self) -> float:
        """Share of the cost that may be above the least."""
        return (self.cost - self.bound) / self.cost if self.cost else 0.0


def search(
    problem: Problem,
    effort: Effort,
    *,
    seed: int = 1,
    tell: Callable[[str, float], None] = lambda _stage, _cost: None,
    stop: Callable[[], bool] = lambda: False,
) -> Searched:
    """Search for rosters of least cost.

    Parameters
    ----------
    problem
        Days, people, rules and demand.
    effort
        How much is tried.
    seed
        Of every random choice.
    tell
        Called with a stage and the cost of the best rosters so far.
    stop
        Asked now and then; true ends the search early, with the best rosters so far.

    Raises
    ------
    ValueError
        Somebody has no roster that keeps their rules; they are named. See `diagnosis`.
    """
    begun = time.process_time()

    def over(part: float = 1.0) -> Callable[[], bool]:
        return lambda: stop() or time.process_time() - begun > part * effort.seconds

    centre, pricer, random = Centre(problem), Pricer(problem), np.random.default_rng(seed)
    _everybody_has_one(problem, pricer)
    demand = problem.demand
    prices = demand.least + BEGIN * (demand.most - demand.least)
    rosters, cost = swept(Team(centre, pricer), FIRST, random, demand.lean(prices))
    first_seconds = time.process_time() - begun
    tell("first rosters", cost)
    found = volume(centre, pricer, prices, cost, effort.rounds, over(effort.rounds_until))
    tell(f"at least {found.bound:,.0f}, average {found.average:,.0f} after round {found.rounds}", cost)
    lean = demand.lean(found.prices)
    again, cheaper = _from_average(centre, pricer, found, effort, random, over(effort.sweeps_until))
    if cheaper < cost:
        rosters, cost = again, cheaper
    tell("sweeps", cost)
    days = Days(centre, pricer, _solver(seed), rosters, lean)
    _plan_days(days, effort, random, tell, over())
    rosters = exchanged(centre, pricer, days.rosters, stop)
    money = days.cost if problem.fairness is None else centre.money(rosters)
    bound = bound_at(problem, found.prices)
    return Searched(rosters, money, bound, found.prices, first_seconds, time.process_time() - begun)


def _everybody_has_one(problem: Problem, pricer: Pricer) -> None:
    people = list(range(len(problem.people)))
    free = [np.zeros_like(problem.contracts[person.contract].wage) for person in problem.people]
    stuck = np.flatnonzero(~np.isfinite(pricer.cheapest(people, free).values)).tolist()
    if stuck:
        names = ", ".join(problem.people[p].name for p in stuck)
        raise ValueError(f"no roster keeps the rules of {names}; relax a rule that the diagnosis names")


def _from_average(
    centre: Centre, pricer: Pricer, found: Volume, effort: Effort, random: np.random.Generator, over: Callable[[], bool]
) -> tuple[Rosters, float]:
    """Sweep from the averaged time at work of everybody."""
    team = Team(centre, pricer)
    mine = np.zeros((centre.people, centre.problem.intervals))
    for group, present in zip(pricer.groups, found.present, strict=True):
        mine[list(group)] = present
    team.expect(mine)
    return swept(team, Manner(effort.sweeps), random, centre.problem.demand.lean(found.prices), is_over=over)


def _plan_days(
    days: Days,
    effort: Effort,
    random: np.random.Generator,
    tell: Callable[[str, float], None],
    is_over: Callable[[], bool],
) -> None:
    """Pass over the days; where a pass saves little, the next begins with rosters for whole days."""
    nodes, saves_little = effort.nodes, False
    for number in range(effort.passes):
        if is_over():
            break
        best, cost = days.rosters, days.cost
        if saves_little:
            days.begin_with(for_whole_days(Team(days.centre, days.pricer, best), random, days.lean))
        order = random.permutation(days.centre.problem.days)
        days_again(days, order, nodes, effort.gap, is_over)
        if not is_over():
            days.take(*swept(Team(days.centre, days.pricer, days.rosters), AGAIN, random, days.lean))
        saved = cost - days.cost
        days.take(best, cost)
        tell(f"days, pass {number + 1}", days.cost)
        if saved <= 0.0 and nodes >= MOST_NODES:
            break
        saves_little = saved < LITTLE * cost
        if saves_little:
            nodes = min(MOST_NODES, MORE_NODES * nodes)


def _solver(seed: int) -> Solver:
    from optimize.roster.program.budget import Budget
    from optimize.roster.program.solver import Solver, backend_named

    return Solver(backend_named("highs"), Budget(seed=seed))
