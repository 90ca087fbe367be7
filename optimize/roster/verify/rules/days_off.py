"""Recount of fixed days off, settled days, rotations, and starts of consecutive days."""

from __future__ import annotations

from typing import TYPE_CHECKING

from configs.units import DAY_MINUTES
from optimize.roster.rule_facts import FixedDayWorked, LockBroken, OffRotation, StartMoved

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from optimize.roster.verify.rules.person import Person


def fixed_days_worked(person: Person) -> Iterator[FixedDayWorked]:
    """Shifts that begin on a fixed day off."""
    for day in range(person.rules.days):
        if person.rules.off >> day & 1 and day in person.by_day:
            yield FixedDayWorked(person.agent, "fixed_off", person.date(day), person.date(day), None)


def locks_broken(person: Person) -> Iterator[LockBroken]:
    """Settled days on which something else is planned; leave of a whole day takes the place of a settled shift."""
    for lock in person.rules.locks:
        starts = [shift.clock_min for shift in person.by_day.get(lock.day, [])]
        kept = (lock.start_min is None or lock.start_min in starts) if lock.works and starts else not starts
        missing = lock.works and not starts and lock.day not in person.leave
        if not kept or missing:
            day = person.date(lock.day)
            yield LockBroken(person.agent, "locks", day, day, None, lock.works, lock.start_min)


def off_rotation(person: Person) -> Iterator[OffRotation]:
    """Planned days that differ from the rotation, which leave interrupts.

    A free phase is one that all earlier days known agree with, so that a plan does not begin a new one each week; where
    there is none, the rotation is new and any will do. Of several it is the one that most planned days agree with.
    """
    limit = person.rules.rotation
    if limit is None:
        return
    planned, earlier = range(person.rules.days), range(person.known, 0)
    phases = range(len(limit.days)) if limit.phase is None else [limit.phase]
    going = [phase for phase in phases if not _wrong(person, phase, earlier)]
    phase = min(going or phases, key=lambda each: len(_wrong(person, each, planned)))
    if found := _wrong(person, phase, planned):
        expected = limit.days[(found[0] + phase) % len(limit.days)]
        span = person.date(found[0]), person.date(found[-1])
        price = None if limit.price is None else limit.price * len(found)
        yield OffRotation(person.agent, "rotation", *span, price, len(found), expected)


def _wrong(person: Person, phase: int, days: Iterable[int]) -> list[int]:
    limit = person.rules.rotation
    if limit is None:
        return []
    kinds = {day: limit.days[(day + phase) % len(limit.days)] or "off" for day in days if day not in person.leave}
    return [day for day, kind in kinds.items() if not person.is_day(day, kind)]


def starts_moved(person: Person) -> Iterator[StartMoved]:
    """Planned days whose first shift begins at another clock time than the last one of the day before."""
    limit = person.rules.near_start_min
    if limit is None:
        return
    for day in range(person.rules.days):
        if day in person.by_day and day - 1 in person.by_day:
            apart = abs(person.by_day[day][0].clock_min - person.by_day[day - 1][-1].clock_min)
            by = min(apart, DAY_MINUTES - apart)
            if by > limit:
                yield StartMoved(person.agent, "near_start", person.date(day - 1), person.date(day), None, by, limit)
