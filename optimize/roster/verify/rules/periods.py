"""Recount of hours and of shifts in periods."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from optimize.roster.rule_facts import HoursOutside, ShiftsOutside

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from configs.rules.person import Limit
    from optimize.roster.verify.rules.person import Person


@dataclass(frozen=True)
class Outside:
    """An amount of a window that is outside its limits."""

    first: date
    last: date
    amount: int
    limit: int
    too_few: bool

    def price(self, each: float | None, unit: int) -> float | None:
        """Price of what is missing or too much, by the unit; None of a hard rule."""
        return None if each is None else each * abs(self.amount - self.limit) / unit


def hours_outside(person: Person) -> Iterator[HoursOutside]:
    """Paid or worked minutes of every window."""
    for limit in person.rules.hours:
        minutes = {
            day: sum(shift.paid_min if limit.paid else shift.worked_min for shift in shifts)
            for day, shifts in person.by_day.items()
        }
        if limit.leave_min is not None:
            minutes |= {day: minutes.get(day, 0) + limit.leave_min for day in person.leave}
        for each in _outside(person, limit, minutes, leave_counts=limit.leave_min is not None):
            cost = each.price(limit.price, 60)
            yield HoursOutside(
                person.agent, limit.rule, each.first, each.last, cost, each.amount, each.limit, each.too_few
            )


def shifts_outside(person: Person) -> Iterator[ShiftsOutside]:
    """Shifts of every window."""
    for limit in person.rules.shifts:
        number = {day: sum(shift.is_of(limit.of) for shift in shifts) for day, shifts in person.by_day.items()}
        for each in _outside(person, limit, number, leave_counts=False):
            cost = each.price(limit.price, 1)
            yield ShiftsOutside(
                person.agent, limit.rule, each.first, each.last, cost, each.amount, each.limit, each.too_few, limit.of
            )


def _outside(person: Person, limit: Limit, amounts: Mapping[int, int], *, leave_counts: bool) -> Iterator[Outside]:
    """Windows above the most by the days known, and below the least where all are known and leave does not excuse.

    A window that earlier weeks took above the most is theirs, unless a planned day adds to it.
    """
    for window in limit.windows:
        known = [day for day in window.days if day in person.known_days]
        amount = sum(amounts.get(day, 0) for day in known)
        span = person.date(window.first), person.date(window.last)
        planned = any(amounts.get(day, 0) for day in known if day >= 0)
        if limit.most is not None and amount > limit.most and planned:
            yield Outside(*span, amount, limit.most, too_few=False)
        excused = not leave_counts and not person.leave.isdisjoint(known)
        if limit.least is not None and len(known) == len(window.days) and not excused and amount < limit.least:
            yield Outside(*span, amount, limit.least, too_few=True)
