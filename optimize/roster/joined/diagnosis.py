"""Why a person has no roster: families of rules are left out one at a time, exactly.

A family frees a person if a roster exists once it is left out and all others hold. Nobody is freed by one family alone
when two families forbid everything separately; then the answer is empty.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, get_args

import numpy as np

from optimize.roster.facts import RuleFamily
from optimize.roster.joined.pricer import Pricer
from optimize.roster.joined.problem import RESTED

if TYPE_CHECKING:
    from optimize.roster.joined.problem import Person, Problem

FAMILIES: tuple[RuleFamily, ...] = get_args(RuleFamily)
"""Families of rules, in the order in which a planner would relax them last."""


@dataclass(frozen=True)
class Stuck:
    """A person without a roster, and the families of rules each of which frees them when left out."""

    person: int
    freed_by: tuple[RuleFamily, ...]


def stuck_people(problem: Problem) -> tuple[Stuck, ...]:
    """Return everybody who has no roster under their rules."""
    lost = np.flatnonzero(~_have_rosters(problem, problem.people)).tolist()
    return tuple(Stuck(person, _freed_by(problem, problem.people[person])) for person in lost)


def without(person: Person, family: RuleFamily) -> Person:
    """Return the person with one family of rules left out."""
    rules, hours, history = person.rules, person.hours, person.history
    if family == "availability":
        return replace(person, extra=np.zeros_like(person.extra), due=frozenset())
    if family == "history":
        return replace(person, history=RESTED)
    if family == "hours":
        return replace(person, hours=replace(hours, shifts=None, minutes=None))
    if family == "weeks":
        return replace(person, hours=replace(hours, week_shifts=None, week_minutes=None))
    if family == "weekends":
        return replace(person, rules=replace(rules, whole_weekends=False), hours=replace(hours, most_weekends=None))
    if family == "runs":
        return replace(person, rules=replace(rules, least_run=1, most_run=person.extra.shape[0] + history.run))
    if family == "days off":
        return replace(person, rules=replace(rules, least_off=1))
    if family == "nights":
        return replace(person, rules=replace(rules, least_nights=1, most_nights=None, rest_after_nights=0))
    if family == "rest":
        return replace(person, rules=replace(rules, rest=0, rest_after_nights=0))
    return replace(person, rules=replace(rules, barred=frozenset()))


def _freed_by(problem: Problem, person: Person) -> tuple[RuleFamily, ...]:
    return tuple(family for family in FAMILIES if bool(_have_rosters(problem, (without(person, family),))[0]))


def _have_rosters(problem: Problem, people: tuple[Person, ...]) -> np.ndarray:
    """Whether each of some people has a roster under the exact rules; those watched never leave nobody one."""
    people = tuple(replace(person, watched=None) for person in people)
    pricer = Pricer(replace(problem, people=people), edges=None)
    free = [np.zeros_like(person.extra) for person in people]
    return np.isfinite(pricer.cheapest(range(len(people)), free).values)
