"""Recount of weekends: whole ones, and how many are worked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from optimize.roster.rule_facts import TooManyWeekends, WeekendSplit

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from configs.rules.person import WeekendLimit
    from optimize.roster.verify.rules.person import Person


def split_weekends(person: Person) -> Iterator[WeekendSplit]:
    """Weekends with a planned day, all of their days known and free of leave, of which a part is worked."""
    limit = person.rules.weekends
    if limit is None or not limit.whole:
        return
    for days in _weekends(person, limit, range(1 - limit.length, person.rules.days)):
        known = all(day in person.known_days for day in days)
        worked = sum(day in person.by_day for day in days)
        if known and person.leave.isdisjoint(days) and 0 < worked < limit.length:
            span = person.date(days[0]), person.date(days[-1])
            yield WeekendSplit(person.agent, "weekends.whole", *span, None, worked, limit.length)


def too_many_weekends(person: Person) -> Iterator[TooManyWeekends]:
    """Weekends that begin in a window and have a shift, as far as their days are known."""
    limit = person.rules.weekends
    if limit is None or limit.most is None:
        return
    for window in limit.windows:
        weekends = [days for days in _weekends(person, limit, window.days) if any(d in person.by_day for d in days)]
        number, planned = len(weekends), any(day >= 0 and day in person.by_day for days in weekends for day in days)
        if number > limit.most and planned:
            span = person.date(window.first), person.date(window.last)
            price = None if limit.price is None else limit.price * (number - limit.most)
            yield TooManyWeekends(person.agent, "weekends.most", *span, price, number, limit.most)


def _weekends(person: Person, limit: WeekendLimit, days: Iterable[int]) -> Iterator[range]:
    """Days of every weekend that begins on one of `days`."""
    for day in days:
        if person.date(day).weekday() == limit.first:
            yield range(day, day + limit.length)
