"""Recount of forbidden and required successions of days."""

from __future__ import annotations

from typing import TYPE_CHECKING

from optimize.roster.rule_facts import WrongSuccession

if TYPE_CHECKING:
    from collections.abc import Iterator

    from optimize.roster.verify.rules.person import Person


def wrong_successions(person: Person) -> Iterator[WrongSuccession]:
    """Planned days that may not follow the days before them; leave on any of the days lifts the rule."""
    for limit in person.rules.successions:
        length = len(limit.before)
        for day in range(max(0, person.known + length), person.rules.days):
            before = range(day - length, day)
            if not person.leave.isdisjoint([*before, day]):
                continue
            if not all(person.is_day(each, word) for each, word in zip(before, limit.before, strict=True)):
                continue
            found = next((word for word in limit.forbid if person.is_day(day, word)), None)
            if found is not None or (limit.allow and not any(person.is_day(day, word) for word in limit.allow)):
                span = person.date(before[0]), person.date(day)
                yield WrongSuccession(person.agent, limit.rule, *span, limit.price, limit.before, found, limit.allow)
