"""Trainees follow their mentors: once mentors have rosters, those of trainees are made again inside them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from optimize.roster.joined.centre import Centre
from optimize.roster.joined.pricer import Pricer
from optimize.roster.joined.problem import OFF
from optimize.roster.joined.sweeps import Team

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from configs.rules.person import PairingLimit
    from optimize.roster.joined.problem import Person, Problem
    from optimize.roster.joined.search import Searched

    Mask = NDArray[np.bool_]
    Ints = NDArray[np.int64]

ROUNDING = 1e-9


def with_mentors(problem: Problem, found: Searched, pairings: dict[str, PairingLimit]) -> Searched:
    """Return the rosters with those of trainees made again, one after the other, at least cost next to the others.

    A trainee may then only begin shapes of which enough lies inside the shifts of mentors. Somebody who has no such
    roster keeps the one they have, which the recount of rules names. The bound still holds: it knows no mentors.

    Parameters
    ----------
    problem
        Days and people.
    found
        Rosters of everybody.
    pairings
        Of each trainee, by name.
    """
    number = {person.name: p for p, person in enumerate(problem.people)}
    rosters, cost = found.rosters, found.cost
    for name, pairing in pairings.items():
        trainee = number[name]
        there = _at_work(problem, rosters.shapes, [number[mentor] for mentor in pairing.mentors])
        people = list(problem.people)
        people[trainee] = _inside(problem, people[trainee], there, pairing.least)
        narrower = replace(problem, people=tuple(people))
        centre, pricer = Centre(narrower), Pricer(narrower)
        free = np.zeros_like(people[trainee].extra)
        if np.isfinite(pricer.cheapest([trainee], [free]).values[0]):
            team = Team(centre, pricer, rosters)
            team.again(trainee, 0.0, problem.demand.lean(found.prices))
            rosters, cost = team.rosters, team.cost()
    return replace(found, rosters=rosters, cost=cost)


def _at_work(problem: Problem, shapes: Ints, mentors: list[int]) -> Mask:
    """Whether any of some people is on a shift in each interval, and in those of two days after the horizon."""
    there = np.zeros(problem.intervals + 2 * 24 * 60 // problem.interval, dtype=bool)
    for mentor in mentors:
        contract = problem.contracts[problem.people[mentor].contract]
        for day in np.flatnonzero(shapes[mentor] != OFF).tolist():
            shape = shapes[mentor, day]
            there[contract.starts[day, shape] : contract.ends[day, shape]] = True
    return there


def _inside(problem: Problem, person: Person, there: Mask, least: float) -> Person:
    """A trainee who may not begin shapes of which less than a share lies inside the shifts of mentors."""
    contract = problem.contracts[person.contract]
    counted = np.concatenate([[0], np.cumsum(there)])
    together = counted[contract.ends] - counted[contract.starts]
    enough = together >= least * contract.lengths - ROUNDING
    return replace(person, extra=np.where(enough, person.extra, np.inf))
