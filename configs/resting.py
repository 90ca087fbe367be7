"""How many days of a week a contract's rest between shifts leaves, whatever its number of working days."""

from __future__ import annotations

from datetime import timedelta
from itertools import combinations
from typing import TYPE_CHECKING

from configs.notes import Note
from configs.units import format_duration

if TYPE_CHECKING:
    from collections.abc import Iterator

    from configs.schema import Config, Contract

DAYS = 7
DAY = timedelta(days=1)


def most_days(contract: Contract) -> int:
    """Most days of a week, read as a circle, on which shifts of a contract leave its rest between them.

    Seven where every shift can be followed by itself on the next day; else found by trying every set of days.
    """
    if all(shift.length + contract.rest <= DAY for shift in contract.shifts):
        return DAYS
    sets = (days for number in range(DAYS, 0, -1) for days in combinations(range(DAYS), number))
    return next((len(days) for days in sets if _can_be_worked(contract, days)), 0)


def _can_be_worked(contract: Contract, days: tuple[int, ...]) -> bool:
    """Whether some shift on each of the days rests before the next, the first of them a week later included."""
    return any(_follows(contract, days, *first) for first in _shifts(contract, days[0]))


def _follows(contract: Contract, days: tuple[int, ...], start: timedelta, end: timedelta) -> bool:
    for day in days[1:]:
        ends = [until for begin, until in _shifts(contract, day) if begin >= end + contract.rest]
        if not ends:
            return False
        end = min(ends)
    return start + DAYS * DAY >= end + contract.rest


def _shifts(contract: Contract, day: int) -> list[tuple[timedelta, timedelta]]:
    """Begin and end of each shift of a weekday, counted from the beginning of the week."""
    begins = [
        (day * DAY + timedelta(minutes=minutes), shift.length)
        for shift in contract.shifts
        if day in shift.days
        for minutes in shift.starts
    ]
    return [(begin, begin + length) for begin, length in begins]


def rest_notes(config: Config) -> Iterator[Note]:
    """Tell of contracts whose rest leaves fewer working days than they name."""
    for name, contract in sorted(config.contracts.items()):
        most = most_days(contract)
        if most < contract.days_per_week:
            lengths = ", ".join(sorted({format_duration(shift.length) for shift in contract.shifts}))
            apart = ', so days off cannot all be consecutive, as days_off = "together" requires'
            words = f"a rest of {format_duration(contract.rest)} after shifts of {lengths} leaves at most {most} of "
            words += f"{contract.days_per_week} working days a week"
            yield Note(f"contracts.{name}", words + (apart if most > 1 and contract.days_off == "together" else ""))
