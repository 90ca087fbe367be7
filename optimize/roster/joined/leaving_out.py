"""Families of rules, left out of what a person must keep."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, get_args

import numpy as np

from optimize.roster.facts import RuleFamily
from optimize.roster.joined.problem import RESTED

if TYPE_CHECKING:
    from optimize.roster.joined.problem import Person, Problem

FAMILIES: tuple[RuleFamily, ...] = get_args(RuleFamily)
"""Families of rules, in the order in which a planner would relax them last."""
WEEK = 7
USUAL_RUN = 6
"""Days in a row that people bring from before day 0 at most, as a rule; so most of them share their tables."""


def binding(problem: Problem, person: Person) -> tuple[RuleFamily, ...]:
    """Families of rules that ask something of a person."""
    return tuple(family for family in FAMILIES if _differs(person, without(problem, person, family)))


def _differs(one: Person, other: Person) -> bool:
    same = (one.rules, one.hours, one.history, one.due) == (other.rules, other.hours, other.history, other.due)
    return not (same and np.array_equal(one.extra, other.extra))


def without(problem: Problem, person: Person, *families: RuleFamily) -> Person:
    """Return a person with some families of rules left out; wishes stay."""
    for family in FAMILIES:
        person = _without(problem, person, family) if family in families else person
    return person


def _without(problem: Problem, person: Person, family: RuleFamily) -> Person:
    rules, hours = person.rules, person.hours
    if family == "availability":
        return replace(person, extra=np.where(np.isfinite(person.extra), person.extra, 0.0), due=frozenset())
    if family == "history":
        return replace(person, history=RESTED)
    if family == "hours":
        return replace(person, hours=replace(hours, shifts=None, minutes=None))
    if family == "weeks":
        return replace(person, hours=replace(hours, week_shifts=None, week_minutes=None, each_week=()))
    if family == "weekends":
        return replace(person, rules=replace(rules, whole_weekends=False), hours=replace(hours, most_weekends=None))
    if family == "runs":
        return replace(person, rules=replace(rules, least_run=1, most_run=longest_run(problem, person)))
    if family == "days off":
        return replace(person, rules=replace(rules, least_off=1))
    if family == "nights":
        return replace(person, rules=replace(rules, least_nights=1, most_nights=None, rest_after_nights=0))
    if family == "rest":
        return replace(person, rules=replace(rules, rest=0, rest_after_nights=0))
    return replace(person, rules=replace(rules, barred=frozenset()))


def longest_run(problem: Problem, person: Person) -> int:
    """Days in a row that the other rules of a person never let them exceed, those before day 0 included.

    A run over a whole week has seven shifts in it. With fewer allowed it lies in two weeks, and tables stay small.
    Where hours and weeks are both counted and shifts differ in length, the engine knows runs of a week at most; then
    seven days are allowed and not more.
    """
    days, before = problem.days, person.history.run
    if days > WEEK and _counts_weeks(problem, person):
        return max(WEEK, person.rules.most_run)
    limits = [person.hours.of_week(week) for week in range(days // WEEK + 2)]
    most = max(WEEK if each is None else each.most for each in limits)
    inside = days if most >= WEEK else min(2 * most, days)
    return max(inside + (max(before, USUAL_RUN) if before else 0), 1)


def _counts_weeks(problem: Problem, person: Person) -> bool:
    """Whether working time and weeks are both counted, and shifts differ in what they count for."""
    hours = person.hours
    counted = hours.minutes is not None or hours.week_minutes is not None
    by_week = hours.week_minutes is not None or hours.week_shifts is not None or bool(hours.each_week)
    return counted and by_week and np.unique(problem.contracts[person.contract].minutes).size > 1
