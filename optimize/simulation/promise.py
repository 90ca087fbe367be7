"""The risk of a backlog: how probable it is that work with a deadline is done in time, and the cushion that takes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from configs.errors import DataError, Fault
from optimize.simulation.backlog import simulate_backlog
from optimize.simulation.days import BUSYNESS, Grid, busyness, stream

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

_FINEST = 0.01
_MOST = 4.0


@dataclass(frozen=True)
class BacklogRisk:
    """How a plan for deferrable work stands up to chance."""

    probability: float
    """Share of replications in which the promise is kept."""
    on_time: float
    """Share of contacts finished in time over all replications."""
    cushion: float
    """Least factor on the people that keeps the promise as surely as asked; inf where four times is not enough."""


def backlog_risk(
    grid: Grid,
    aht_s: Array | float,
    due_s: Array,
    share: float = 1.0,
    *,
    sure: float = 0.9,
    rate_cv: float = 0.0,
    opening: int = 0,
    service_cv: float = 1.0,
    replications: int = 200,
    seed: int = 1,
) -> BacklogRisk:
    """Probability that a share of deferrable work is finished in time, and the cushion that makes it sure enough.

    Every factor is tried on the same customers (common random numbers), so more people are never worse.

    Parameters
    ----------
    grid
        Volume and people at work, by interval.
    aht_s, opening, service_cv, seed
        As in ``backlog.simulate_backlog``.
    due_s
        Moment by which the contacts of each interval are due, in seconds after the first; later than the grid or inf
        is not judged.
    share
        Share of contacts to be finished in time.
    sure
        Probability with which the promise is to be kept; above 0 and below 1.
    rate_cv
        Coefficient of variation of the whole period's volume.

    Raises
    ------
    DataError
        The probability is out of range.
    """
    if not 0 < sure < 1:
        raise DataError(Fault("sure", f"must be above 0 and below 1, got {sure:g}"))

    def tried(factor: float) -> tuple[float, float]:
        known = (grid, factor, aht_s, due_s, rate_cv, opening, service_cv, seed)
        counts = [_in_time(*known, number) for number in range(replications)]
        good, judged = np.array(counts).T
        kept = good >= (share - 1e-9) * judged
        return float(kept.mean()), float(good.sum() / judged.sum()) if judged.sum() else 1.0

    probability, on_time = tried(1.0)
    low, high = 0.0, 1.0
    while tried(high)[0] < sure:
        low, high = high, 2.0 * high
        if high > _MOST:
            return BacklogRisk(probability, on_time, float("inf"))
    while high - low > _FINEST:
        middle = 0.5 * (low + high)
        low, high = (low, middle) if tried(middle)[0] >= sure else (middle, high)
    return BacklogRisk(probability, on_time, high)


def _in_time(
    grid: Grid,
    factor: float,
    aht_s: Array | float,
    due_s: Array,
    rate_cv: float,
    opening: int,
    service_cv: float,
    seed: int,
    number: int,
) -> tuple[int, int]:
    """Contacts finished in time and contacts judged, in one replication with `factor` times the people."""
    busier = float(busyness(stream(seed, "email", number, BUSYNESS), 1, rate_cv)[0])
    week = replace(grid, volume=grid.volume * busier)
    # people share the work, so a factor on them is one over the handle time
    handle = np.asarray(aht_s, dtype=float) / factor
    seen = simulate_backlog(week, handle, opening=opening, service_cv=service_cv, seed=seed, replication=number)
    at = (seen.arrival_s[opening:] // grid.interval_s).astype(np.int64)
    due = np.asarray(due_s, dtype=float)[at]
    judged = due <= grid.end_s
    end = seen.arrival_s[opening:] + seen.wait_s[opening:]
    return int((judged & (end <= due + 1e-6)).sum()), int(judged.sum())
