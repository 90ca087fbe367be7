"""The rules of one person as numbers: minutes, counts, and days counted from the first planned one.

Engines and the verifier read the same frozen facts, and each counts for itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from configs.rules.periods import Window, windows
from configs.units import DAY_MINUTES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from configs.schema.rules import (
        HoursRule,
        RestRule,
        Rotation,
        Rules,
        RunRule,
        ShiftKind,
        ShiftsRule,
        Succession,
        Weekends,
        WeeklyRest,
    )

MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Kind:
    """A kind of shift; `starts` and `covers` are minutes after midnight, both ends of `starts` included.

    `covers` may end after 1440, on the next day; `at_least_min` is 1 or more. `weekdays` has bit 0 for Monday.
    """

    name: str
    starts: tuple[int, int] | None
    covers: tuple[int, int] | None
    at_least_min: int
    weekdays: int

    def holds(self, weekday: int, start_min: int, length_min: int) -> bool:
        """Whether a shift is of the kind, by the clock of a day without a change: for engines that plan by such days.

        Parameters
        ----------
        weekday
            Weekday on which it begins, Monday being 0.
        start_min
            Its begin in minutes after midnight.
        length_min
            Its length in minutes.
        """
        if not self.weekdays >> weekday & 1:
            return False
        if self.starts is not None and not self.starts[0] <= start_min <= self.starts[1]:
            return False
        if self.covers is None:
            return True
        end = start_min + length_min
        turns = (-DAY_MINUTES, 0, DAY_MINUTES)
        inside = (min(end, self.covers[1] + turn) - max(start_min, self.covers[0] + turn) for turn in turns)
        return sum(max(each, 0) for each in inside) >= self.at_least_min


@dataclass(frozen=True)
class Limit:
    """Least and most of something in each of some windows; `price` is for a unit more or less, None is hard."""

    rule: str
    windows: tuple[Window, ...]
    least: int | None
    most: int | None
    price: float | None


@dataclass(frozen=True)
class HoursLimit(Limit):
    """Minutes in each window, priced by the hour; `leave_min` is what a whole day of leave counts as."""

    paid: bool
    leave_min: int | None


@dataclass(frozen=True)
class ShiftsLimit(Limit):
    """Shifts in each window, of a kind or, of "work", any."""

    of: str


@dataclass(frozen=True)
class RunLimit:
    """Days of a run of "work", "off" or a kind of shift."""

    rule: str
    of: str
    least: int | None
    most: int | None
    price: float | None


@dataclass(frozen=True)
class RestLimit:
    """Minutes of rest between two shifts that follow each other; a kind of None is any shift.

    With `after_run` the first shift ends a run of that kind (or of "work") of `run_days` days or more.
    """

    rule: str
    least_min: int
    after: str | None
    after_run: str | None
    run_days: int
    before: str | None
    price: float | None


@dataclass(frozen=True)
class WeeklyRestLimit:
    """Minutes of uninterrupted rest in each window."""

    least_min: int
    windows: tuple[Window, ...]
    price: float | None


@dataclass(frozen=True)
class WeekendLimit:
    """Weekends: those of each window of `windows`, a weekend being the days of a mask over the week.

    `weekdays` has bit 0 for Monday, `first` is the weekday on which a weekend begins, `length` its days.
    """

    weekdays: int
    first: int
    length: int
    whole: bool
    most: int | None
    windows: tuple[Window, ...]
    price: float | None


@dataclass(frozen=True)
class SuccessionLimit:
    """What may follow the days `before`: none of `forbid`, or one of `allow` where that is not empty."""

    rule: str
    before: tuple[str, ...]
    forbid: tuple[str, ...]
    allow: tuple[str, ...]
    price: float | None


@dataclass(frozen=True)
class RotationLimit:
    """A kind of shift for each day of the pattern ("work" is any, None is off).

    `phase` is the place in the pattern of the first planned day; None where any will do.
    """

    days: tuple[str | None, ...]
    phase: int | None
    price: float | None


@dataclass(frozen=True)
class PairingLimit:
    """Agents of whom one is at work for at least a share of each shift."""

    mentors: tuple[str, ...]
    least: float


@dataclass(frozen=True)
class Lock:
    """A planned day that is settled: whether it is worked, and from which clock time in minutes; None for any."""

    day: int
    works: bool
    start_min: int | None


@dataclass(frozen=True)
class PersonRules:
    """Everything that holds for one person, over `days` planned days from `first` on.

    `kinds` are those that a rule names. `off` has bit d for a planned day d on which no shift may begin;
    `near_start_min` is None without such a rule.
    """

    first: date
    days: int
    kinds: tuple[Kind, ...] = ()
    hours: tuple[HoursLimit, ...] = ()
    shifts: tuple[ShiftsLimit, ...] = ()
    runs: tuple[RunLimit, ...] = ()
    rests: tuple[RestLimit, ...] = ()
    weekly_rest: WeeklyRestLimit | None = None
    weekends: WeekendLimit | None = None
    successions: tuple[SuccessionLimit, ...] = ()
    rotation: RotationLimit | None = None
    off: int = 0
    near_start_min: int | None = None
    locks: tuple[Lock, ...] = ()
    pairing: PairingLimit | None = None

    @cached_property
    def kind(self) -> dict[str, Kind]:
        """Kinds of shifts by name."""
        return {each.name: each for each in self.kinds}


def person_rules(rules: Rules, first: date, days: int) -> PersonRules:
    """Return the rules as numbers for planned days.

    Parameters
    ----------
    rules
        As in the config, its preset included.
    first
        First planned day.
    days
        Number of planned days.
    """
    return PersonRules(
        first,
        days,
        kinds=tuple(kind_of(name, kind) for name, kind in rules.used_kinds.items()),
        hours=tuple(_hours(f"hours.{name}", each, first, days) for name, each in rules.hours.items()),
        shifts=tuple(_shifts(f"shifts.{name}", each, first, days) for name, each in rules.shifts.items()),
        runs=tuple(_run(f"runs.{name}", each) for name, each in rules.runs.items()),
        rests=tuple(_rest(f"rests.{name}", each) for name, each in rules.rests.items()),
        weekly_rest=_weekly_rest(rules.weekly_rest, first, days),
        weekends=_weekends(rules.weekends, first, days),
        successions=tuple(_succession(f"successions.{name}", each) for name, each in rules.successions.items()),
        rotation=_rotation(rules.rotation, first),
        off=_mask(day for day in range(days) if _is_off(rules, first + timedelta(days=day))),
        near_start_min=_minutes(rules.near_start),
        locks=tuple(_locks(rules, first, days)),
        pairing=None if rules.pairing is None else PairingLimit(rules.pairing.mentors, rules.pairing.least),
    )


def _locks(rules: Rules, first: date, days: int) -> Iterator[Lock]:
    for when, what in sorted(rules.locks.items()):
        day = (when - first).days
        if 0 <= day < days:
            hour, _, minute = what.partition(":")
            yield Lock(day, what != "off", int(hour) * 60 + int(minute) if minute else None)


def _hours(rule: str, each: HoursRule, first: date, days: int) -> HoursLimit:
    span, least, most = windows(each.per, first, days), _minutes(each.least), _minutes(each.most)
    paid, leave_min = each.count == "paid", _minutes(each.leave_day)
    return HoursLimit(rule, span, least, most, each.price, paid=paid, leave_min=leave_min)


def _shifts(rule: str, each: ShiftsRule, first: date, days: int) -> ShiftsLimit:
    return ShiftsLimit(rule, windows(each.per, first, days), each.least, each.most, each.price, of=each.of)


def _run(rule: str, each: RunRule) -> RunLimit:
    return RunLimit(rule, each.of, each.least, each.most, each.price)


def _rest(rule: str, each: RestRule) -> RestLimit:
    least = each.least // MINUTE
    return RestLimit(rule, least, each.after, each.after_run, each.run_days, each.before, each.price)


def _weekly_rest(each: WeeklyRest | None, first: date, days: int) -> WeeklyRestLimit | None:
    return None if each is None else WeeklyRestLimit(each.least // MINUTE, windows(each.per, first, days), each.price)


def _weekends(each: Weekends | None, first: date, days: int) -> WeekendLimit | None:
    if each is None:
        return None
    span = windows(each.per, first, days)
    return WeekendLimit(_mask(each.days), each.first, len(each.days), each.whole, each.most, span, each.price)


def _succession(rule: str, each: Succession) -> SuccessionLimit:
    return SuccessionLimit(rule, each.before, each.forbid, each.allow, each.price)


def _rotation(each: Rotation | None, first: date) -> RotationLimit | None:
    if each is None:
        return None
    kinds = tuple(None if letter == "-" else each.letters[letter] for letter in each.days)
    phase = None if each.starts is None else (first - each.starts).days % len(kinds)
    return RotationLimit(kinds, phase, each.price)


def kind_of(name: str, kind: ShiftKind) -> Kind:
    """Return a kind of shift of the config as numbers."""
    least = 1 if kind.at_least is None else max(1, kind.at_least // MINUTE)
    starts = None if kind.starts is None else (kind.starts.first, kind.starts.last)
    covers = None if kind.covers is None else (kind.covers.start, kind.covers.end)
    return Kind(name, starts, covers, least, _mask(kind.days))


def _is_off(rules: Rules, day: date) -> bool:
    return day.weekday() in rules.fixed_off or day in rules.fixed_off_dates


def _minutes(value: timedelta | None) -> int | None:
    return None if value is None else value // MINUTE


def _mask(days: Iterable[int]) -> int:
    return sum(1 << day for day in set(days))
