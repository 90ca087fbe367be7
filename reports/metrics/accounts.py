"""The account of each person over several weeks: hours, days, nights, weekends, runs, rest, wishes, broken rules."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, timedelta
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

from reports.metrics.shift_kinds import is_of_kind

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime

    from configs.schema.rules import ShiftKind
    from optimize.roster.rule_facts import Breach
    from reports.metrics.agreed_hours import HourLimits
    from reports.metrics.people import Wish
    from reports.shifts import ShiftLine

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Account:
    """What one person works from `first` to `last`, both included; a shift belongs to the day on which it begins.

    Parameters
    ----------
    first, last
        The days.
    paid_h, agreed
        Paid hours, and the least and most that are agreed.
    days, nights
        Days with a shift; shifts of the kind `night` of the person's rules.
    leave_days
        Whole days of leave, also those that would be off.
    weekends_worked, weekends_free
        Weekends that begin within the days, with a shift or without; one that is not wholly planned is not free.
    longest_run
        Days worked in a row up to a day of the span, those before it included.
    shortest_rest_h
        Shortest time between a shift of the span and the one before it, in real hours; None without two.
    wishes_granted, wishes_refused
        Wishes for these days.
    rules_broken, rules_relaxed
        Times that a hard rule is broken, and one that has a price. A period counts on its last planned day.
    """

    first: date
    last: date
    paid_h: float
    agreed: HourLimits
    days: int
    nights: int
    leave_days: int
    weekends_worked: int
    weekends_free: int
    longest_run: int
    shortest_rest_h: float | None
    wishes_granted: int
    wishes_refused: int
    rules_broken: int
    rules_relaxed: int

    @property
    def difference_h(self) -> float | None:
        """Paid hours above the most, or below the least as a negative number; 0 within, None where none is agreed."""
        least, most = self.agreed.least_h, self.agreed.most_h
        if least is None and most is None:
            return None
        above = 0.0 if most is None else max(0.0, self.paid_h - most)
        below = 0.0 if least is None else max(0.0, least - self.paid_h)
        return round(above - below, 6)


@dataclass(frozen=True)
class Worked:
    """Everything an account of a person counts, over the planned days `first` to `last`.

    Parameters
    ----------
    first, last
        First and last planned day.
    shifts
        Planned shifts, in order of start.
    leave
        Whole days of leave.
    wishes, breaches
        Wishes for planned days, and rules broken.
    night
        The kind of shift that is a night.
    weekend
        Weekdays of a weekend in order, Monday being 0.
    run_before
        Days worked in a row up to the day before `first`.
    ended
        End of the last shift before `first`; None where none is known.
    """

    first: date
    last: date
    shifts: tuple[ShiftLine, ...]
    leave: frozenset[date]
    wishes: tuple[Wish, ...]
    breaches: tuple[Breach, ...]
    night: ShiftKind
    weekend: tuple[int, ...]
    run_before: int = 0
    ended: datetime | None = None

    @cached_property
    def days(self) -> frozenset[date]:
        """Days with a shift."""
        return frozenset(shift.date for shift in self.shifts)


def account(worked: Worked, first: date, last: date, agreed: HourLimits) -> Account:
    """Count the account of the planned days `first` to `last`, both included."""
    shifts = [shift for shift in worked.shifts if first <= shift.date <= last]
    weekends = [_has_shift(worked, days) for days in _weekends(worked, first, last)]
    granted = [wish.granted for wish in worked.wishes if first <= wish.date <= last]
    priced = [breach.price is not None for breach in worked.breaches if first <= _day_of(worked, breach) <= last]
    return Account(
        first=first,
        last=last,
        paid_h=round(sum(shift.paid_h for shift in shifts), 6),
        agreed=agreed,
        days=len({shift.date for shift in shifts}),
        nights=sum(is_of_kind(shift, worked.night) for shift in shifts),
        leave_days=sum(first <= day <= last for day in worked.leave),
        weekends_worked=sum(each is True for each in weekends),
        weekends_free=sum(each is False for each in weekends),
        longest_run=_longest_run(worked, first, last),
        shortest_rest_h=min(_rests(worked, first, last), default=None),
        wishes_granted=sum(granted),
        wishes_refused=len(granted) - sum(granted),
        rules_broken=len(priced) - sum(priced),
        rules_relaxed=sum(priced),
    )


def _weekends(worked: Worked, first: date, last: date) -> Iterator[tuple[date, ...]]:
    """Days of each weekend that begins within the span."""
    for day in _days(first, last):
        if day.weekday() == worked.weekend[0]:
            yield tuple(day + DAY * number for number in range(len(worked.weekend)))


def _has_shift(worked: Worked, days: tuple[date, ...]) -> bool | None:
    """Whether a weekend is worked; None where it is not, as far as it is planned, and has days beyond."""
    if not worked.days.isdisjoint(days):
        return True
    return None if days[-1] > worked.last else False


def _longest_run(worked: Worked, first: date, last: date) -> int:
    run, longest = _run_up_to(worked, first - DAY), 0
    for day in _days(first, last):
        run = run + 1 if day in worked.days else 0
        longest = max(longest, run)
    return longest


def _run_up_to(worked: Worked, day: date) -> int:
    """Days worked in a row up to a day."""
    run = 0
    while day >= worked.first and day in worked.days:
        run, day = run + 1, day - DAY
    return run + (worked.run_before if day < worked.first else 0)


def _rests(worked: Worked, first: date, last: date) -> Iterator[float]:
    """Real hours before each shift of the span that follows another."""
    ends = [] if worked.ended is None else [worked.ended]
    # Clock times of one zone would be subtracted as the clock shows them, so both are taken to UTC.
    begun = [(None, end) for end in ends] + [(shift, shift.end) for shift in worked.shifts]
    for (_, ended), (shift, _) in pairwise(begun):
        if shift is not None and first <= shift.date <= last:
            yield (shift.start.astimezone(UTC) - ended.astimezone(UTC)) / HOUR


def _day_of(worked: Worked, breach: Breach) -> date:
    """The planned day on which a breach counts."""
    return min(max(breach.last, worked.first), worked.last)


def _days(first: date, last: date) -> Iterator[date]:
    return (first + DAY * number for number in range((last - first).days + 1))
