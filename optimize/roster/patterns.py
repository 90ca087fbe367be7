"""Which days of the week a person works."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

Pattern = tuple[int, ...]
"""Working days in order, 0 being the first day of the horizon."""

WEEK = 7


def work_patterns(days: int, away: Iterable[int], max_consecutive: int, *, together: bool) -> tuple[Pattern, ...]:
    """All ways to place `days` working days in a week.

    Parameters
    ----------
    days
        Working days of the person this week.
    away
        Days on which the person cannot work (leave, availability).
    max_consecutive
        Most working days in a row, the week read as a circle.
    together
        Whether the days off must follow one another, the week read as a circle. A person who is away some days keeps
        this only where a pattern exists that does.
    """
    free = [day for day in range(WEEK) if day not in set(away)]
    patterns = [p for p in combinations(free, min(days, len(free))) if longest_run(p) <= max_consecutive]
    if together:
        patterns = [p for p in patterns if _off_together(p)] or patterns
    return tuple(patterns)


def longest_run(pattern: Pattern) -> int:
    """Longest row of working days, the week read as a circle."""
    if len(pattern) == WEEK:
        return WEEK
    work = [day in pattern for day in range(WEEK)] * 2
    longest = run = 0
    for on in work:
        run = run + 1 if on else 0
        longest = max(longest, run)
    return longest


def _off_together(pattern: Pattern) -> bool:
    off = [day not in pattern for day in range(WEEK)]
    return sum(off[day] and not off[day - 1] for day in range(WEEK)) <= 1


def chain(pattern: Pattern) -> tuple[Pattern, ...]:
    """Rows of consecutive working days, the week read as a circle; each starts after a day off."""
    if not pattern:
        return ()
    first = next((day for day in pattern if (day - 1) % WEEK not in pattern), pattern[0])
    ordered = [day % WEEK for day in range(first, first + WEEK) if day % WEEK in pattern]
    rows: list[list[int]] = []
    for day in ordered:
        if rows and (rows[-1][-1] + 1) % WEEK == day:
            rows[-1].append(day)
        else:
            rows.append([day])
    return tuple(tuple(row) for row in rows)
