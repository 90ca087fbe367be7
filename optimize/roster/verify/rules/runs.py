"""Recount of runs: days in a row with a shift, without one, or with one of a kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from optimize.roster.rule_facts import RunOutside

if TYPE_CHECKING:
    from collections.abc import Iterator

    from configs.rules.person import RunLimit
    from optimize.roster.verify.rules.person import Person


def runs_outside(person: Person) -> Iterator[RunOutside]:
    """Runs longer than the most by what is known of them, and finished ones shorter than the least."""
    for limit in person.rules.runs:
        for first, last in _runs(person, limit.of):
            yield from _long(person, limit, first, last)
            yield from _short(person, limit, first, last)


def run_up_to(person: Person, of: str, day: int) -> int:
    """Days of the run that ends on a day; at the first day known, with those worked in a row before it."""
    back = day
    while back >= person.known and person.is_day(back, of):
        back -= 1
    return day - back + (person.running if of == "work" and back < person.known else 0)


def _runs(person: Person, of: str) -> Iterator[tuple[int, int]]:
    """First and last day of every run of days known."""
    begun: int | None = None
    for day in person.known_days:
        if person.is_day(day, of):
            begun = day if begun is None else begun
        elif begun is not None:
            yield begun, day - 1
            begun = None
    if begun is not None:
        yield begun, person.rules.days - 1


def _long(person: Person, limit: RunLimit, first: int, last: int) -> Iterator[RunOutside]:
    days = run_up_to(person, limit.of, last)
    if limit.of == "off":
        days -= len(person.leave.intersection(range(first, last + 1)))
    if limit.most is not None and days > limit.most and last >= 0:
        yield _outside(person, limit, first, last, days, limit.most, too_few=False)


def _short(person: Person, limit: RunLimit, first: int, last: int) -> Iterator[RunOutside]:
    """A run that ended on the day before the first planned one counts too: the plan ended it."""
    days, ends_known = last - first + 1, first > person.known and last < person.rules.days - 1
    met = not person.leave.isdisjoint(range(first - 1, last + 2))
    if limit.least is not None and days < limit.least and ends_known and last >= -1 and not met:
        yield _outside(person, limit, first, last, days, limit.least, too_few=True)


def _outside(
    person: Person, limit: RunLimit, first: int, last: int, days: int, bound: int, *, too_few: bool
) -> RunOutside:
    price = None if limit.price is None else limit.price * abs(days - bound)
    span = person.date(first), person.date(last)
    return RunOutside(person.agent, limit.rule, *span, price, limit.of, days, bound, too_few)
