"""All plans of one week next to each other."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from configs.horizon import Horizon
    from configs.scenarios import Asked
    from optimize.scenarios.outcome import Outcome


@dataclass(frozen=True)
class Row:
    """A plan asked for, and what it costs and gives."""

    asked: Asked
    outcome: Outcome


@dataclass(frozen=True)
class Compared:
    """All plans of one week, the baseline first."""

    horizon: Horizon
    rows: tuple[Row, ...]

    @property
    def baseline(self) -> Row:
        """The plan as it is."""
        return self.rows[0]

    @property
    def channels(self) -> tuple[str, ...]:
        """Channels of any plan, in the order in which they first stand."""
        return tuple(dict.fromkeys(each.channel for row in self.rows for each in row.outcome.channels))

    def sweeps(self) -> dict[str, tuple[Row, ...]]:
        """Plans of each sweep over numbers, by scenario, in the order of their values."""
        found: dict[str, list[Row]] = {}
        for row in self.rows:
            if row.asked.sweep is not None and isinstance(row.asked.value, int | float):
                found.setdefault(row.asked.sweep, []).append(row)
        return {name: tuple(sorted(rows, key=lambda row: float(row.asked.value))) for name, rows in found.items()}

    def break_even(self, sweep: str) -> tuple[float, ...]:
        """Values at which a sweep costs as much as the baseline, between two values by a straight line."""
        rows = self.sweeps()[sweep]
        found: list[float] = []
        for left, right in pairwise(rows):
            low, high = (row.outcome.cost - self.baseline.outcome.cost for row in (left, right))
            if low * high < 0:
                part = low / (low - high)
                found.append(float(left.asked.value) + part * (float(right.asked.value) - float(left.asked.value)))
            elif low == 0.0:
                found.append(float(left.asked.value))
        if rows[-1].outcome.cost == self.baseline.outcome.cost:
            found.append(float(rows[-1].asked.value))
        return tuple(found)
