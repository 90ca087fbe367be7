"""Search of joined weeks (temporary)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from optimize.roster.joined.centre import Centre, Rosters
from optimize.roster.joined.certificate import bound_at
from optimize.roster.joined.pricer import Pricer
from optimize.roster.joined.sweeps import Manner, Team, swept
from optimize.roster.joined.volume import volume


@dataclass(frozen=True)
class FoundWeeks:
    rosters: Rosters
    cost: float
    bound: float


def search(problem, seed, tell, end):
    centre, pricer = Centre(problem), Pricer(problem)
    demand = problem.demand
    random = np.random.default_rng(seed)
    flat = demand.lean((demand.most + demand.least) / 2)
    team = Team(centre, pricer)
    first, cost = swept(team, Manner(8), random, flat)
    v = volume(centre, pricer, (demand.most + demand.least) / 2, cost, 300)
    team = Team(centre, pricer, first)
    best, cost2 = swept(team, Manner(20), random, demand.lean(v.prices))
    if cost2 < cost:
        first, cost = best, cost2
    return FoundWeeks(first, cost, bound_at(problem, v.prices))
