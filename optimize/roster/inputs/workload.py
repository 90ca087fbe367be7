"""How much somebody works in the week: number of days, paid hours, and the patterns that give them."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING, Any

import pandas as pd

from optimize.roster.inputs.patterns import WEEK, always, patterns_after, work_patterns
from optimize.roster.inputs.people import paid_minutes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from configs.schema import Contract
    from optimize.roster.inputs.patterns import Pattern

ShiftTypeSequence = tuple[int, ...]
"""Shift type on each working day of a pattern."""

NEAR = 1e-9
COLUMNS = 600
"""Patterns with shift types that one subgroup lists; above it column generation adds patterns as they are needed."""


@dataclass(frozen=True, order=True)
class Load:
    """From `least` to `days` working days with `low` to `high` paid hours; 0 to infinity without limits."""

    days: int
    least: int
    low: float = 0.0
    high: float = math.inf

    @property
    def limited(self) -> bool:
        """Whether the limits of hours depend on the shift types chosen."""
        return self.low > 0 or self.high < math.inf


@dataclass(frozen=True)
class WorkdayRules:
    """Rules for runs of working days: most in a row, and how many were worked just before this week.

    `before` is None where the week is a circle. `rests` says whether the rest between shifts allows a set of days.
    """

    most: int
    before: int | None
    together: bool
    rests: Callable[[Pattern], bool] = always

    def patterns(self, days: int, away: tuple[int, ...]) -> tuple[Pattern, ...]:
        """Patterns of exactly that many days."""
        if self.before is None:
            found = work_patterns(days, away, self.most, together=self.together, rests=self.rests)
        else:
            found = patterns_after(days, away, self.most, self.before, together=self.together, rests=self.rests)
        return found if found and len(found[0]) == days else ()


def load_of(contract: Contract, row: dict[str, Any], leave: int) -> Load:
    """Working days and hours of one person.

    Leave counts as working days, and as their share of `hours_min`. Without `min_days` a person works all days of the
    contract or none; limits of hours may reduce the days.
    """
    days = max(0, contract.days_per_week - leave)
    paid = tuple(paid_minutes(contract, i) / 60 for i in range(len(contract.shifts)))
    least = min(days, max(1, (contract.min_days or contract.days_per_week) - leave))
    low, high = (hours(row.get(name), default) for name, default in (("hours_min", 0.0), ("hours_max", math.inf)))
    low *= days / contract.days_per_week
    counts = ways_by_days(paid, days, low, high)
    possible = [k for k in range(1, days + 1) if counts[k]]
    if not possible:
        return Load(0, 0)
    most = max(possible)
    least = min(least, most) if contract.min_days else most
    if all(counts[k] == len(paid) ** k for k in range(least, most + 1)):
        return Load(most, least)
    return Load(most, least, low, high)


def ways_by_days(paid: tuple[float, ...], days: int, low: float, high: float) -> list[int]:
    """Number of ways to give 0, 1, ... `days` working days a shift type each, with paid hours within the limits."""
    found = []
    sums = Counter({0.0: 1})
    for _ in range(days + 1):
        found.append(sum(n for total, n in sums.items() if low - NEAR <= total <= high + NEAR))
        longer: Counter[float] = Counter()
        for total, n in sums.items():
            for more in paid:
                longer[round(total + more, 9)] += n
        sums = longer
    return found


def hours(value: Any, default: float) -> float:  # noqa: ANN401 - a cell
    """Hours of a cell; the default where it is blank."""
    return default if value is None or pd.isna(value) else float(value)


@dataclass(frozen=True, order=True)
class Choice:
    """All weeks allowed by limits of hours, described where they are too many to list.

    `days` holds the sets of working days, `paid` the hours of each shift type, `can[day]` the shift types that may
    begin on a day; a week takes a set of days and one shift type for each, with `low` to `high` paid hours.
    """

    days: tuple[Pattern, ...]
    paid: tuple[float, ...]
    can: tuple[tuple[int, ...], ...]
    low: float
    high: float

    def holds(self, days: Pattern, type_sequence: ShiftTypeSequence) -> bool:
        """Whether these days with these shift types are one of the weeks."""
        able = days in self.days and all(
            shift_type in self.can[day] for day, shift_type in zip(days, type_sequence, strict=True)
        )
        return (
            able and self.low - NEAR <= sum(self.paid[shift_type] for shift_type in type_sequence) <= self.high + NEAR
        )

    def type_sequences(self, pattern: Pattern) -> Iterator[ShiftTypeSequence]:
        """Shift type sequences for a set of days within the limits, in lexical order."""
        within = _reachable_hours([tuple(self.paid[shift_type] for shift_type in self.can[day]) for day in pattern])

        def extend(type_sequence: ShiftTypeSequence, total: float) -> Iterator[ShiftTypeSequence]:
            """Yield the sequences that begin like this, with `total` hours so far, and can end within the limits."""
            i = len(type_sequence)
            if i == len(pattern):
                yield type_sequence
                return
            for shift_type in self.can[pattern[i]]:
                now = total + self.paid[shift_type]
                rest = within[i + 1]
                if any(self.low - NEAR <= now + more <= self.high + NEAR for more in rest):
                    yield from extend((*type_sequence, shift_type), now)

        if any(self.low - NEAR <= total <= self.high + NEAR for total in within[0]):
            yield from extend((), 0.0)


def _reachable_hours(choices: list[tuple[float, ...]]) -> list[set[float]]:
    """Total hours possible from each day on; the last entry is that of no days."""
    sums = [{0.0}]
    for paid in reversed(choices):
        sums.append({round(total + more, 9) for total in sums[-1] for more in paid})
    return sums[::-1]


@dataclass(frozen=True, order=True)
class Ways:
    """Patterns of working days; with each, where hours are limited, the shift type of each day.

    `choice` describes all of them where `patterns` and `type_sequences` list only a part.
    """

    patterns: tuple[Pattern, ...]
    type_sequences: tuple[ShiftTypeSequence, ...] = ()
    choice: Choice | None = None


def ways_to_work(
    load: Load, away: tuple[int, ...], rows: WorkdayRules, paid: tuple[float, ...], can: Callable[[int, int], bool]
) -> Ways:
    """Patterns of working days that give the load.

    `paid` holds the hours of each shift type; `can` says whether a shift type may begin on a day.
    """
    sets = [pattern for days in range(load.days, max(load.least, 1) - 1, -1) for pattern in rows.patterns(days, away)]
    if not load.limited:
        return Ways(tuple(sets))
    shift_types = tuple(tuple(f for f in range(len(paid)) if can(day, f)) for day in range(WEEK))
    choice = Choice(tuple(sets), paid, shift_types, load.low, load.high)
    counts = ways_by_days(paid, load.days, load.low, load.high)
    listed = None if sum(counts[len(pattern)] for pattern in sets) <= COLUMNS else max(1, COLUMNS // len(sets))
    found = [
        (pattern, type_sequence) for pattern in sets for type_sequence in islice(choice.type_sequences(pattern), listed)
    ]
    patterns, type_sequences = (
        tuple(pattern for pattern, _ in found),
        tuple(type_sequence for _, type_sequence in found),
    )
    if listed is None:
        return Ways(patterns, type_sequences)
    return Ways(patterns, type_sequences, replace(choice, days=tuple(dict.fromkeys(patterns))))
