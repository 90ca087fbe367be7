"""Shifts of one person made by hand, and what an account counts of them."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from configs.schema.rules import KINDS, SATURDAY_AND_SUNDAY
from reports.metrics.accounts import Account, Worked, account
from reports.metrics.agreed_hours import HourLimits
from reports.shifts import ShiftLine

MONDAY = date(2026, 11, 30)


def line(
    day: date, clock: str, hours: float = 8.0, zone: str = "Europe/London", paid_h: float | None = None
) -> ShiftLine:
    """A shift that begins on a day at a time of the clock and takes so many real hours."""
    local = datetime.combine(day, time.fromisoformat(clock), ZoneInfo(zone))
    end = (local.astimezone(UTC) + timedelta(hours=hours)).astimezone(ZoneInfo(zone))
    return ShiftLine("A001", "Ann Ash", "day", day, local, end, (), hours if paid_h is None else paid_h, 0.0)


def mixed(days: str, first: date = MONDAY, zone: str = "Europe/London") -> tuple[ShiftLine, ...]:
    """Shifts by letter: E from 06:00, L from 14:00, N from 22:00; anything else is off."""
    clocks = {"E": "06:00", "L": "14:00", "N": "22:00"}
    return tuple(
        line(first + timedelta(days=at), clocks[letter], zone=zone)
        for at, letter in enumerate(days)
        if letter in clocks
    )


def worked(shifts: tuple[ShiftLine, ...], days: int = 14, first: date = MONDAY, **more: object) -> Worked:
    """What an account counts of a person with these shifts."""
    known = {
        "leave": frozenset(),
        "wishes": (),
        "breaches": (),
        "night": KINDS["night"],
        "weekend": SATURDAY_AND_SUNDAY,
    }
    return Worked(first, first + timedelta(days=days - 1), shifts, **(known | more))  # type: ignore[arg-type]


def over(counted: Worked, first: int, last: int) -> Account:
    """The account of some days, numbered from the first."""
    return account(counted, *(counted.first + timedelta(days=day) for day in (first, last)), HourLimits())
