"""Prices of the relaxed week, read as money per agent-hour: what one more person at work would be worth, and where."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from optimize.roster.inputs.week import Family
    from optimize.roster.program import Program
    from optimize.roster.result import Relaxed


@dataclass(frozen=True)
class Prices:
    """Shadow prices in money per interval.

    `rows` holds the price of every row by name, `channel[m]` what one more person needed at a channel costs in each
    interval, `pool[s]` what one more person at work with those skills is worth.
    """

    rows: dict[str, float]
    channel: dict[int, NDArray[np.float64]]
    pool: dict[int, NDArray[np.float64]]


def prices_of(program: Program, relaxed: Relaxed) -> Prices:
    """Prices of the relaxed week."""
    week = program.week
    rows = dict(zip(program.model.names()[1], relaxed.duals.tolist(), strict=True))
    hours = week.horizon.interval_h

    def per_interval(stem: str, scale: float) -> NDArray[np.float64]:
        return np.array([rows.get(f"{stem}_{t}", 0.0) for t in range(week.size)]) * scale

    channel = {m: np.where(need > 0, per_interval(f"cover_{m}", 1.0), 0.0) for m, need in week.live.items()}
    channel |= {
        m: np.where(week.worked(m), per_interval(f"work_{m}", hours), 0.0)
        for m in {work.channel for work in week.work.values()}
    }
    pool = {s: np.max([channel[m] for m in skills], axis=0) for s, skills in enumerate(week.pools)}
    return Prices(rows, channel, pool)


def shift_worth(worth: NDArray[np.float64], wage: NDArray[np.float64], family: Family, start: int) -> float:
    """Worth of one person's shift less its wage, with every break at its best moment.

    Parameters
    ----------
    worth
        Worth of a person at work in each interval, the week read as a circle.
    wage
        Wage of each interval.
    family
        Length and breaks.
    start
        Interval in which the shift begins.
    """
    size = len(worth)
    there = np.arange(start, start + family.length)
    here, paid = worth[there % size], wage[there % len(wage)]

    def lost(k: int, offset: int) -> float:
        pause = family.pauses[k]
        away = slice(offset, offset + pause.length)
        return float(here[away].sum() if pause.paid else (here[away] - paid[away]).sum())

    cheapest = family.breaks.cheapest(lost)
    return float((here - paid).sum()) - (cheapest[0] if cheapest else 0.0)
