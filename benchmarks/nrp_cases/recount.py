"""Recounts rosters in plain loops, from the words of the rules: nothing is shared with the search."""

from __future__ import annotations

from itertools import groupby, pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from optimize.roster.people.problem import Person, Problem

Days = list[int]


def faults(problem: Problem, roster: list[Days]) -> list[str]:
    """Sentences about every hard rule that a roster breaks; days off are -1."""
    return [
        f"{person.name}: {fault}"
        for person, days in zip(problem.persons, roster, strict=True)
        for fault in _of_person(problem, person, days)
    ]


def cost(problem: Problem, roster: list[Days]) -> float:
    """Wishes not granted, people too few and too many."""
    total = problem.constant
    have: dict[tuple[int, int], int] = {}
    for p, days in enumerate(roster):
        for day, kind in enumerate(days):
            if kind >= 0:
                total += float(problem.wishes[p, day, kind])
                have[day, kind] = have.get((day, kind), 0) + 1
    for day in range(problem.days):
        for kind in range(len(problem.kinds)):
            missing = float(problem.need[day, kind]) - have.get((day, kind), 0)
            total += float(problem.short[day, kind]) * max(missing, 0.0)
            total += float(problem.over[day, kind]) * max(-missing, 0.0)
    return total


def _of_person(problem: Problem, person: Person, days: Days) -> Iterator[str]:
    minutes = sum(problem.kinds[kind].minutes for kind in days if kind >= 0)
    if not person.least_minutes <= minutes <= person.most_minutes:
        yield f"{minutes} minutes, {person.least_minutes} to {person.most_minutes} are allowed"
    for kind, most in enumerate(person.most_of):
        if days.count(kind) > most:
            yield f"{days.count(kind)} shifts {problem.kinds[kind].name}, {most} are allowed"
    for day in sorted(person.free):
        if days[day] >= 0:
            yield f"works on day {day}, which is off"
    for day, (one, next_one) in enumerate(pairwise(days)):
        if one >= 0 and next_one >= 0 and problem.barred[one, next_one]:
            yield f"{problem.kinds[next_one].name} on day {day + 1} after {problem.kinds[one].name}"
    weekends = sum(any(kind >= 0 for kind in days[day : day + 2]) for day in range(5, len(days), 7))
    if weekends > person.most_weekends:
        yield f"{weekends} weekends, {person.most_weekends} are allowed"
    yield from _runs(person, days)


def _runs(person: Person, days: Days) -> Iterator[str]:
    first = 0
    for working, run in groupby(days, key=lambda kind: kind >= 0):
        length = len(list(run))
        inside = first > 0 and first + length < len(days)
        if working and length > person.most_run:
            yield f"{length} working days in a row from day {first}, {person.most_run} are allowed"
        if working and inside and length < person.least_run:
            yield f"{length} working days in a row from day {first}, {person.least_run} are the least"
        if not working and inside and length < person.least_off:
            yield f"{length} days off in a row from day {first}, {person.least_off} are the least"
        first += length
