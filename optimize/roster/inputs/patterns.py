"""Which days of the week a person works."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

Pattern = tuple[int, ...]
"""Working days in order, 0 being the first day of the horizon."""

WEEK = 7


def always(_pattern: Pattern) -> bool:
    """Every set of days leaves enough rest; the default."""
    return True


def work_patterns(
    days: int,
    away: Iterable[int],
    max_consecutive: int,
    *,
    together: bool,
    rests: Callable[[Pattern], bool] = always,
) -> tuple[Pattern, ...]:
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
        Whether the days off must be consecutive, the week read as a circle. For a person who is away some days, or
        whose rest spans days, this holds only where some pattern allows it.
    rests
        Whether the rest between shifts allows a set of days.
    """
    away = tuple(away)
    kept = [p for p in _placed(days, away) if longest_run(p) <= max_consecutive and rests(p)]
    hindered = bool(away) or rests is not always
    return tuple(kept) if not together else _off_in_a_row(kept) or (tuple(kept) if hindered else ())


def patterns_after(
    days: int,
    away: Iterable[int],
    max_consecutive: int,
    worked: int,
    *,
    together: bool,
    rests: Callable[[Pattern], bool] = always,
) -> tuple[Pattern, ...]:
    """All ways to place `days` working days in a week that follows a known one.

    Parameters
    ----------
    days, away, together, rests
        As of `work_patterns`; days off together are those of one week, read as a circle.
    max_consecutive
        Most working days in a row, including those worked just before the week.
    worked
        Working days in a row up to the day before the first.
    """
    kept = [p for p in _placed(days, away) if all(_fits(row, max_consecutive, worked) for row in line(p)) and rests(p)]
    return tuple(kept) if not together else _off_in_a_row(kept) or tuple(kept)


def _placed(days: int, away: Iterable[int]) -> Iterator[Pattern]:
    gone = set(away)
    free = [day for day in range(WEEK) if day not in gone]
    return combinations(free, min(days, len(free)))


def _fits(row: Pattern, max_consecutive: int, worked: int) -> bool:
    return len(row) + (worked if row[0] == 0 else 0) <= max_consecutive


def _off_in_a_row(patterns: list[Pattern]) -> tuple[Pattern, ...]:
    return tuple(p for p in patterns if _off_together(p))


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
    return _rows(day % WEEK for day in range(first, first + WEEK) if day % WEEK in pattern)


def line(pattern: Pattern) -> tuple[Pattern, ...]:
    """Rows of consecutive working days of a week that does not repeat; Sunday and Monday are not neighbours."""
    return _rows(pattern)


def _rows(ordered: Iterable[int]) -> tuple[Pattern, ...]:
    """Rows of neighbours among days in order; a first day that follows the last one begins a row."""
    rows: list[list[int]] = []
    for day in ordered:
        if rows and (rows[-1][-1] + 1) % WEEK == day:
            rows[-1].append(day)
        else:
            rows.append([day])
    return tuple(tuple(row) for row in rows)
