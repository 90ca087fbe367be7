"""Everybody over several weeks, with the shifts and leave of all of them and their accounts."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from configs.schema.rules import KINDS, SATURDAY_AND_SUNDAY
from reports.metrics.accounts import Account, Worked, account
from reports.metrics.agreed_hours import HourLimits, agreed_weeks
from reports.weeks.known import KnownWeek

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from configs.schema.rules import Rules, ShiftKind
    from optimize.roster.rule_facts import Breach
    from reports.metrics.people import Person
    from reports.metrics.week import Week


@dataclass(frozen=True)
class PersonWeeks:
    """One person over several weeks.

    Parameters
    ----------
    person
        The person as their last week has them, with the shifts of all weeks; leave by day number from the first day of
        the first week.
    weeks
        The account of each week.
    total
        The account of all of them.
    run_before
        Days worked in a row up to the day before the first.
    """

    person: Person
    weeks: tuple[Account, ...]
    total: Account
    run_before: int


def everybody(weeks: Sequence[Week], breaches: Iterable[Breach]) -> tuple[PersonWeeks, ...]:
    """Count everybody who is in any of the weeks, in order of contract, team and id."""
    known = [KnownWeek(week) for week in weeks]
    broken: dict[str, list[Breach]] = {}
    for breach in breaches:
        broken.setdefault(breach.agent, []).append(breach)
    found = [_counted(person, known, tuple(broken.get(person.agent, ()))) for person in _merged(weeks)]
    contracts = list(weeks[-1].run.config.contracts)
    return tuple(sorted(found, key=lambda each: _place(each.person, contracts)))


def _place(person: Person, contracts: list[str]) -> tuple[int, str, str, str]:
    """Order of a person; a contract that the last week no longer has comes last."""
    at = contracts.index(person.contract) if person.contract in contracts else len(contracts)
    return at, person.contract, person.team, person.agent


def _merged(weeks: Sequence[Week]) -> list[Person]:
    """Everybody once, with the shifts and leave of all weeks."""
    found: dict[str, Person] = {}
    begun = 0
    for week in weeks:
        for person in week.people:
            leave = tuple((begun + number, reason) for number, reason in person.leave)
            before = found.get(person.agent, replace(person, shifts=(), leave=()))
            shifts = (*before.shifts, *person.shifts)
            found[person.agent] = replace(person, shifts=shifts, leave=(*before.leave, *leave))
        begun += len(week.days)
    return list(found.values())


def _counted(person: Person, known: Sequence[KnownWeek], breaches: tuple[Breach, ...]) -> PersonWeeks:
    """The accounts of one person; nothing is agreed for a week in which they are not there."""
    agent, there = person.agent, [each for each in known if person.agent in each.rows]
    rules = there[-1].rules.get(agent)
    worked = _worked(person, known, breaches, rules)
    agreed = {each.week.first: each.agreed(agent) for each in there}
    limits = {first: week.hours for first, week in agreed.items()}
    weeks = tuple(
        account(worked, each.week.first, each.week.days[-1], limits.get(each.week.first, HourLimits()))
        for each in known
    )
    total = account(worked, worked.first, worked.last, agreed_weeks(list(agreed.values()), rules))
    return PersonWeeks(person, weeks, total, worked.run_before)


def _worked(person: Person, known: Sequence[KnownWeek], breaches: tuple[Breach, ...], rules: Rules | None) -> Worked:
    agent, first = person.agent, known[0]
    return Worked(
        first=first.week.first,
        last=known[-1].week.days[-1],
        shifts=person.shifts,
        leave=frozenset(day for each in known for day in each.leave.get(agent, ())),
        wishes=tuple(wish for each in known for wish in each.week.wishes if wish.agent == agent),
        breaches=breaches,
        night=_night(rules),
        weekend=_weekend(rules),
        run_before=first.run_before.get(agent, 0),
        ended=first.ended.get(agent),
    )


def _night(rules: Rules | None) -> ShiftKind:
    return (KINDS if rules is None else rules.all_kinds)["night"]


def _weekend(rules: Rules | None) -> tuple[int, ...]:
    """Weekdays of a weekend, in order."""
    if rules is None or rules.weekends is None:
        return SATURDAY_AND_SUNDAY
    weekends = rules.weekends
    return tuple((weekends.first + number) % 7 for number in range(len(weekends.days)))
