"""Sentences about rules of people that a roster breaks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from optimize.roster.rule_facts import (
    Breach,
    FixedDayWorked,
    HoursOutside,
    LockBroken,
    MentorAbsent,
    OffRotation,
    RestTooShort,
    RuleBroken,
    RuleRelaxed,
    RulesRecounted,
    RunOutside,
    ShiftsOutside,
    StartMoved,
    TooManyWeekends,
    WeekendSplit,
    WeeklyRestTooShort,
    WrongSuccession,
)
from reports.english import units
from reports.english.registry import written

if TYPE_CHECKING:
    from datetime import datetime


@written.register
def _(fact: RulesRecounted) -> str:
    who = units.count(fact.people, "person has rules", "people have rules")
    by = f" by which the search plans{_but_for(fact.left)}" if fact.planned else " that the search does not plan by"
    begin = f"{who}{by}; the finished roster was checked against all of them"
    broken = units.count(fact.broken, "rule of a person is broken", "rules of people are broken")
    relaxed = units.count(fact.relaxed, "rule with a price", "rules with a price")
    if not fact.relaxed:
        return f"{begin}: {broken}"
    return f"{begin}: {broken}, and {relaxed}, which cost {units.number(fact.price, 2)} not in the cost of the roster"


def _but_for(left: tuple[str, ...]) -> str:
    return f", but for {units.listed(left)}" if left else ""


@written.register
def _(fact: RuleBroken) -> str:
    more = f"; so in {units.count(fact.more, 'other case')}" if fact.more else ""
    return f"{fact.breach.agent} {written(fact.breach)}{more}"


@written.register
def _(fact: RuleRelaxed) -> str:
    more = f"; so in {units.count(fact.more, 'other case')}" if fact.more else ""
    return f"{fact.breach.agent} {written(fact.breach)}{more}; by its price this costs {units.number(fact.price, 2)}"


@written.register
def _(breach: HoursOutside) -> str:
    return f"works {_hours(breach.minutes)} {_when(breach)}; {_hour_limit(breach.limit, too_few=breach.too_few)}"


@written.register
def _(breach: ShiftsOutside) -> str:
    kind = "" if breach.of == "work" else f"{breach.of} "
    number = units.count(breach.number, f"{kind}shift")
    return f"works {number} {_when(breach)}; {_limit(breach.limit, too_few=breach.too_few)}"


@written.register
def _(breach: RunOutside) -> str:
    if breach.of == "off":
        done = f"is off for {units.count(breach.days, 'day')}"
    elif breach.of == "work":
        done = f"works for {units.count(breach.days, 'day')}"
    else:
        done = f"works {breach.of} shifts for {units.count(breach.days, 'day')}"
    row = " in a row" if breach.days > 1 else ""
    return f"{done}{row} {_when(breach)}; {_limit(breach.limit, too_few=breach.too_few)}"


@written.register
def _(breach: RestTooShort) -> str:
    rest, least = _hours(breach.minutes), _hours(breach.limit)
    before = f", before {_a(breach.before)} shift" if breach.before else ""
    begin = f"rests {rest} after {_first_shift(breach)} that ends {_moment(breach.ended)}{before}"
    return f"{begin}, until {_moment(breach.began)}; {least} are required"


def _first_shift(breach: RestTooShort) -> str:
    if breach.run == "work":
        return "a run of working days"
    return f"{_a(breach.after)} shift" if breach.run is None else f"a run of {breach.run} shifts"


def _moment(moment: datetime) -> str:
    return f"{units.day(moment)} {units.clock(moment)}"


@written.register
def _(breach: WeeklyRestTooShort) -> str:
    rest, least = _hours(breach.minutes), _hours(breach.limit)
    return f"has a longest rest of {rest} {_when(breach)}; {least} without a shift are required"


@written.register
def _(breach: WeekendSplit) -> str:
    return f"works {breach.worked} of {breach.days} days of the weekend {_span(breach)}; it must be all or none"


@written.register
def _(breach: TooManyWeekends) -> str:
    number = units.count(breach.number, "weekend")
    return f"works on {number} {_when(breach)}; {_limit(breach.limit, too_few=False)}"


@written.register
def _(breach: WrongSuccession) -> str:
    days = units.listed(breach.before)
    if breach.found is not None:
        return f"has {breach.found} after {days}, {_span(breach)}; this is forbidden"
    return f"has none of {' or '.join(breach.allow)} after {days}, {_span(breach)}; one of them is required"


@written.register
def _(breach: OffRotation) -> str:
    kind = None if breach.expected == "work" else breach.expected
    expected = "a day off" if breach.expected is None else f"{_a(kind)} shift"
    days = units.count(breach.days, "day differs", "days differ")
    return f"leaves the rotation: {days}, the first {units.day(breach.first)}, on which it has {expected}"


@written.register
def _(breach: FixedDayWorked) -> str:
    return f"has a shift on {units.day(breach.first)}, a fixed day off"


@written.register
def _(breach: MentorAbsent) -> str:
    together, least = _hours(breach.minutes), _hours(breach.limit)
    return f"works with a mentor for {together} of the shift {_when(breach)}; at least {least} are required"


@written.register
def _(breach: LockBroken) -> str:
    day = units.day(breach.first)
    if not breach.works:
        return f"has a shift on {day}, which is locked as a day off"
    at = "" if breach.start_min is None else f" at {breach.start_min // 60:02d}:{breach.start_min % 60:02d}"
    return f"has no shift on {day} that begins{at}; one is locked" if at else f"is off on {day}; a shift is locked"


@written.register
def _(breach: StartMoved) -> str:
    moved, limit = _hours(breach.minutes), _hour_limit(breach.limit, too_few=False)
    return f"begins {moved} earlier or later than on the day before, {units.day(breach.last)}; {limit}"


def _when(breach: Breach) -> str:
    if breach.first == breach.last:
        return f"on {units.day(breach.first)}"
    return f"from {_span(breach)}"


def _span(breach: Breach) -> str:
    first, last = units.day(breach.first), units.day(breach.last)
    return first if breach.first == breach.last else f"{first} to {last}"


def _hours(minutes: int) -> str:
    """Write minutes in hours; rest between shifts that overlap is below zero."""
    text = units.seconds(60 * abs(minutes)) if minutes else "0 h"
    return f"-{text}" if minutes < 0 else text


def _hour_limit(minutes: int, *, too_few: bool) -> str:
    verb = "is" if minutes == 60 else "are"
    return f"at least {_hours(minutes)} {verb} required" if too_few else f"at most {_hours(minutes)} {verb} allowed"


def _limit(number: int, *, too_few: bool) -> str:
    verb = "is" if number == 1 else "are"
    return f"at least {number} {verb} required" if too_few else f"at most {number} {verb} allowed"


def _a(kind: str | None) -> str:
    return "a" if kind is None else f"{'an' if kind[:1] in 'aeiou' else 'a'} {kind}"
