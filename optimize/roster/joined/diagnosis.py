"""Why a person has no roster: the smallest sets of rule families that free them, and the first days that fail.

Every answer is exact: it comes from the programme of one person, which finds a roster whenever there is one.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import combinations
from typing import TYPE_CHECKING

from optimize.roster.joined.asked import have_rosters
from optimize.roster.joined.leaving_out import binding, without

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from optimize.roster.facts import Families
    from optimize.roster.joined.asked import Asked
    from optimize.roster.joined.problem import Person, Problem

MOST_TOGETHER = 3
"""Families left out at once, at most; more would be no advice."""


@dataclass(frozen=True)
class Stuck:
    """A person without a roster.

    Parameters
    ----------
    person
        Their number.
    freed_by
        The smallest sets of families that free them when left out together: all sets of one family, else all of two,
        else all of three; none where more are needed.
    days
        The fewest first days of the horizon that have no lawful roster; None where all days have one and only the least
        of hours or shifts over the horizon is out of reach.
    """

    person: int
    freed_by: tuple[Families, ...]
    days: int | None


def stuck_people(problem: Problem) -> tuple[Stuck, ...]:
    """Return everybody who has no roster under their rules."""
    lost = [person for person, has in enumerate(have_rosters(problem, problem.people)) if not has]
    people = [problem.people[person] for person in lost]
    return tuple(map(Stuck, lost, freed_by(problem, people), fewest_days(problem, people)))


def freed_by(
    problem: Problem, people: Sequence[Person], asked: Sequence[Asked | None] | None = None
) -> tuple[tuple[Families, ...], ...]:
    """Return the smallest sets of families that free each of some people; see `Stuck`.

    Parameters
    ----------
    problem
        Days and contracts.
    people
        Persons without a roster.
    asked
        What each one's roster must have on top of the rules; nothing where it is not given.
    """
    asked = asked or [None] * len(people)
    found: dict[int, list[Families]] = {}
    for size in range(1, MOST_TOGETHER + 1):
        left = [at for at in range(len(people)) if at not in found]
        trials = [(at, families) for at in left for families in combinations(binding(problem, people[at]), size)]
        freer = [without(problem, people[at], *families) for at, families in trials]
        free = have_rosters(problem, freer, [asked[at] for at, _ in trials])
        for (at, families), is_free in zip(trials, free, strict=True):
            if is_free:
                found.setdefault(at, []).append(families)
    return tuple(tuple(found.get(at, ())) for at in range(len(people)))


def fewest_days(problem: Problem, people: Sequence[Person]) -> tuple[int | None, ...]:
    """Return the fewest first days that have no roster of each of some people who have none; see `Stuck`.

    The first days of a lawful roster are lawful as long as runs and weeks may go on after them and the least over the
    horizon is not asked for. So where some first days fail, more days fail too, and the number is found by halving.
    """
    has = have_rosters(problem, [_more_may_follow(person) for person in people])
    lost = {at: person for at, person in enumerate(people) if not has[at]}
    days = dict(_halved(problem, lost, 1, problem.days))
    return tuple(days.get(at) for at in range(len(people)))


def _halved(problem: Problem, people: dict[int, Person], low: int, high: int) -> Iterator[tuple[int, int]]:
    """Fewest days from `low` on without a roster, of people who have none over `high` days."""
    if not people or low == high:
        yield from ((at, high) for at in people)
        return
    middle = (low + high) // 2
    has = have_rosters(_first_days(problem, middle), [_cut(person, middle) for person in people.values()])
    on, lost = (
        {at: person for (at, person), each in zip(people.items(), has, strict=True) if each == wanted}
        for wanted in (True, False)
    )
    yield from _halved(problem, lost, low, middle)
    yield from _halved(problem, on, middle + 1, high)


def _first_days(problem: Problem, days: int) -> Problem:
    contracts = tuple(
        replace(each, starts=each.starts[:days], offered=each.offered[:days], wage=each.wage[:days])
        for each in problem.contracts
    )
    return replace(problem, midnights=problem.midnights[: days + 1], contracts=contracts)


def _cut(person: Person, days: int) -> Person:
    due = frozenset(day for day in person.due if day < days)
    return replace(_more_may_follow(person), extra=person.extra[:days], due=due)


def _more_may_follow(person: Person) -> Person:
    """The person without a least over the horizon."""
    shifts, minutes = (each and replace(each, least=0) for each in (person.hours.shifts, person.hours.minutes))
    return replace(person, hours=replace(person.hours, shifts=shifts, minutes=minutes))
