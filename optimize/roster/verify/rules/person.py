"""One person as the recount of rules sees them: shifts by day, with their minutes and kinds, and days of leave."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any

import pandas as pd

from optimize.roster.verify.texts import breaks_of

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from configs.rules.person import Kind, PersonRules

Row = dict[str, Any]
MINUTE = pd.Timedelta(minutes=1)


@dataclass(frozen=True)
class Worked:
    """A shift: the day on which it begins, its local ends, clock time of its begin, minutes, and kinds."""

    day: int
    start: pd.Timestamp
    end: pd.Timestamp
    clock_min: int
    paid_min: int
    worked_min: int
    kinds: frozenset[str]

    def is_of(self, kind: str | None) -> bool:
        """Whether it is of a kind; None and "work" are any shift."""
        return kind is None or kind == "work" or kind in self.kinds


@dataclass(frozen=True)
class Person:
    """Somebody with their rules.

    Days are counted from the first planned one; shifts are known from day `known` (0 or before) to the last planned
    day. `running` are days worked in a row before `known`, `leave` days that leave takes whole.
    """

    agent: str
    rules: PersonRules
    zone: ZoneInfo
    shifts: tuple[Worked, ...]
    leave: frozenset[int]
    known: int
    running: int

    @cached_property
    def by_day(self) -> dict[int, list[Worked]]:
        """Shifts of each day with any."""
        found: dict[int, list[Worked]] = {}
        for shift in self.shifts:
            found.setdefault(shift.day, []).append(shift)
        return found

    @property
    def known_days(self) -> range:
        """Days whose shifts are known."""
        return range(self.known, self.rules.days)

    def date(self, day: int) -> date:
        """Local date of a day."""
        return self.rules.first + timedelta(days=day)

    def is_day(self, day: int, word: str) -> bool:
        """Whether a known day is "off", "work", or has a shift of a kind."""
        shifts = self.by_day.get(day, [])
        return not shifts if word == "off" else any(shift.is_of(word) for shift in shifts)


def person_of(
    zone: ZoneInfo, agent: str, rules: PersonRules, rows: list[Row], leave: list[Row], *, known: int, running: int
) -> Person:
    """Read the rows of a person; shifts outside the days known are left out."""
    shifts = sorted((_worked(zone, rules, row) for row in rows), key=lambda shift: shift.start)
    inside = tuple(shift for shift in shifts if known <= shift.day < rules.days)
    away = frozenset(day for day in range(known, rules.days) if _on_leave(zone, rules, day, leave))
    return Person(agent, rules, zone, inside, away, known, running)


@lru_cache(maxsize=8192)
def moment(zone: ZoneInfo, day: date, minutes: int) -> pd.Timestamp:
    """Moment of a clock time; `minutes` past midnight may lie on the days around."""
    local = pd.Timestamp(datetime.combine(day, datetime.min.time()) + timedelta(minutes=minutes))
    return local.tz_localize(zone, ambiguous=True, nonexistent="shift_forward")


def _worked(zone: ZoneInfo, rules: PersonRules, row: Row) -> Worked:
    start, end = row["start"].tz_convert(zone), row["end"].tz_convert(zone)
    pauses = sum(((last - first).total_seconds() for first, last in _elapsed(row, zone)), 0.0)
    length = (end - start) // MINUTE
    return Worked(
        day=(start.date() - rules.first).days,
        start=start,
        end=end,
        clock_min=start.hour * 60 + start.minute,
        paid_min=round(row["paid_h"] * 60),
        worked_min=length - round(pauses / 60),
        kinds=frozenset(kind.name for kind in rules.kinds if _is_of(kind, zone, start, end)),
    )


def _elapsed(row: Row, zone: ZoneInfo) -> list[tuple[pd.Timestamp, pd.Timestamp]]:
    """Breaks in UTC, so that their lengths are real ones; a cell that cannot be read is the fault of another check."""
    return [
        (pd.Timestamp(a).tz_convert("UTC"), pd.Timestamp(b).tz_convert("UTC")) for a, b in breaks_of(row, zone) or ()
    ]


def _is_of(kind: Kind, zone: ZoneInfo, start: pd.Timestamp, end: pd.Timestamp) -> bool:
    if not kind.weekdays >> start.weekday() & 1:
        return False
    if kind.starts is not None and not kind.starts[0] <= start.hour * 60 + start.minute <= kind.starts[1]:
        return False
    if kind.covers is None:
        return True
    inside = pd.Timedelta(0)
    for shift in (-1, 0, 1):
        day = start.date() + timedelta(days=shift)
        opens, closes = (moment(zone, day, minutes) for minutes in kind.covers)
        inside += max(min(end, closes) - max(start, opens), pd.Timedelta(0))
    return inside >= kind.at_least_min * MINUTE


def _on_leave(zone: ZoneInfo, rules: PersonRules, day: int, leave: list[Row]) -> bool:
    """Whether leave takes a whole day; one that ends at 23:59 does."""
    begin, end = (moment(zone, rules.first + timedelta(days=each), 0) for each in (day, day + 1))
    return any(row["start"] <= begin and end - MINUTE <= row["end"] for row in leave)
