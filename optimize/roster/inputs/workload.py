"""How much somebody works in the week: number of days, paid hours, and the patterns that give them."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import combinations_with_replacement, product
from typing import TYPE_CHECKING, Any

import pandas as pd

from optimize.roster.inputs.patterns import WEEK, patterns_after, work_patterns
from optimize.roster.inputs.people import paid_minutes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from configs.schema import Contract
    from optimize.roster.inputs.patterns import Pattern

Mix = tuple[int, ...]
"""Kind of shift on each working day of a pattern."""

NEAR = 1e-9
COLUMNS = 600
"""Patterns with kinds of shifts that one cohort may have; beyond, every kind must fit on every day."""


@dataclass(frozen=True, order=True)
class Load:
    """From `least` to `days` working days with `low` to `high` paid hours; 0 to infinity where any kinds will do."""

    days: int
    least: int
    low: float = 0.0
    high: float = math.inf

    @property
    def limited(self) -> bool:
        """Whether the kinds of shifts must be told apart to keep the hours."""
        return self.low > 0 or self.high < math.inf


@dataclass(frozen=True)
class Rows:
    """How working days may follow one another: most in a row, and how many of them were worked before this week.

    `before` is None where the week is a circle.
    """

    most: int
    before: int | None
    together: bool

    def patterns(self, days: int, away: tuple[int, ...]) -> tuple[Pattern, ...]:
        """Patterns of exactly that many days."""
        if self.before is None:
            found = work_patterns(days, away, self.most, together=self.together)
        else:
            found = patterns_after(days, away, self.most, self.before, together=self.together)
        return found if found and len(found[0]) == days else ()


def load_of(contract: Contract, row: dict[str, Any], leave: int) -> tuple[Load, tuple[int, ...]]:
    """Working days and hours of one person, and the kinds of shifts they may get.

    Leave takes the place of working days and of their share of `hours_min`. Without `min_days` it is all days of the
    contract or none; limits of hours may take days off. Where the days and kinds that keep the limits are too many to
    be told apart, the kinds are left that fit on every day, and of these choices the one that allows most hours.
    """
    days = max(0, contract.days_per_week - leave)
    paid = tuple(paid_minutes(contract, i) / 60 for i in range(len(contract.shifts)))
    everything = tuple(range(len(paid)))
    least = min(days, max(1, (contract.min_days or contract.days_per_week) - leave))
    low, high = (hours(row.get(name), default) for name, default in (("hours_min", 0.0), ("hours_max", math.inf)))
    low *= days / contract.days_per_week
    counts = {k: sum(_orders(mix) for mix in _mixes(paid, k, low, high)) for k in range(1, days + 1)}
    possible = [k for k, count in counts.items() if count]
    if not possible:
        return Load(0, 0), everything
    most = max(possible)
    least = min(least, most) if contract.min_days else most
    if all(counts[k] == len(paid) ** k for k in range(least, most + 1)):
        return Load(most, least), everything
    if sum(math.comb(WEEK, k) * counts[k] for k in range(least, most + 1)) <= COLUMNS:
        return Load(most, least, low, high), everything
    return _fitting_every_day(paid, days, low, high)


def _fitting_every_day(paid: tuple[float, ...], days: int, low: float, high: float) -> tuple[Load, tuple[int, ...]]:
    choices = [
        (k, tuple(i for i, h in enumerate(paid) if low - NEAR <= k * h <= high + NEAR)) for k in range(1, days + 1)
    ]
    fitting = [(k, kinds) for k, kinds in choices if kinds]
    if not fitting:
        return Load(0, 0), tuple(range(len(paid)))
    k, kinds = max(fitting, key=lambda choice: (choice[0] * max(paid[i] for i in choice[1]), choice[0]))
    return Load(k, k), kinds


def _mixes(paid: tuple[float, ...], days: int, low: float, high: float) -> Iterator[Mix]:
    """Kinds of shifts, order left aside, whose hours lie within the limits."""
    for mix in combinations_with_replacement(range(len(paid)), days):
        if low - NEAR <= sum(paid[kind] for kind in mix) <= high + NEAR:
            yield mix


def _orders(mix: Mix) -> int:
    """Number of ways to put kinds of shifts in order."""
    return math.factorial(len(mix)) // math.prod(math.factorial(mix.count(kind)) for kind in set(mix))


def hours(value: Any, default: float) -> float:  # noqa: ANN401 - a cell
    """Hours of a cell; the default where it is blank."""
    return default if value is None or pd.isna(value) else float(value)


def ways_to_work(
    load: Load, away: tuple[int, ...], rows: Rows, paid: tuple[float, ...], can: Callable[[int, int], bool]
) -> tuple[tuple[Pattern, ...], tuple[Mix, ...]]:
    """Patterns of working days that give the load; with each, where hours are limited, the kind of shift of each day.

    `paid` holds the hours of each kind; `can` says whether a kind may begin on a day.
    """
    found: list[tuple[Pattern, Mix]] = []
    for days in range(load.days, max(load.least, 1) - 1, -1):
        for pattern in rows.patterns(days, away):
            if not load.limited:
                found.append((pattern, ()))
                continue
            for mix in product(range(len(paid)), repeat=days):
                within = load.low - NEAR <= sum(paid[kind] for kind in mix) <= load.high + NEAR
                if within and all(map(can, pattern, mix)):
                    found.append((pattern, mix))
    return tuple(pattern for pattern, _ in found), tuple(mix for _, mix in found) if load.limited else ()
