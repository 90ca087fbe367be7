"""The risk of a backlog: the probability that work meets its deadline, and the buffer hours for a safe plan."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import ceil
from typing import TYPE_CHECKING

import numpy as np

from configs.errors import DataError, Fault
from optimize.simulation.backlog import capacity, draw_work, worked_off
from optimize.simulation.days import Grid, day_factor
from optimize.simulation.draws import DAY_FACTOR, Draws

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from optimize.simulation.backlog import DeferrableWork, Drawn

    Array = NDArray[np.float64]

_FINEST = 0.01
_MOST = 4.0


@dataclass(frozen=True)
class BacklogRisk:
    """How likely a plan for deferrable work meets its target."""

    probability: float
    """Share of replications in which the target is met."""
    on_time: float
    """Share of contacts finished in time over all replications."""
    buffer: float
    """Least factor on the people that meets the target with the probability `sure`; inf where 4 is not enough."""
    replications: int
    """Number of replications."""
    judged: float
    """Mean number of contacts that fall due within the grid."""


@dataclass(frozen=True)
class Deadline:
    """By when work is due, and how surely.

    Parameters
    ----------
    due_s
        Moment by which the contacts of each interval are due, in seconds after the first; later than the grid or inf
        is not judged.
    share
        Share of contacts to be finished in time.
    sure
        Probability with which that share is to be reached; above 0 and below 1.
    """

    due_s: Array
    share: float = 1.0
    sure: float = 0.9


def backlog_risk(
    grid: Grid,
    work: DeferrableWork,
    deadline: Deadline,
    *,
    rate_cv: float = 0.0,
    replications: int = 200,
    seed: int = 1,
) -> BacklogRisk:
    """Probability that a share of deferrable work is finished in time, and the buffer for the probability `sure`.

    Parameters
    ----------
    grid
        Volume and people at work, by interval.
    work
        What the contacts are made of, as in ``backlog.simulate_backlog``.
    deadline
        By when they are due, which share of them, and how surely.
    rate_cv
        Coefficient of variation of the whole period's volume.
    replications
        How often the period is drawn; the probability is known to about ``1 / sqrt(replications)``.
    seed
        Names the streams of random numbers.

    Raises
    ------
    DataError
        The probability is out of range.
    """

    def drawn(number: int) -> tuple[Grid, Drawn]:
        draws = Draws(seed, "email", number)
        busier = float(day_factor(draws.stream(DAY_FACTOR), 1, rate_cv)[0])
        week = replace(grid, volume=grid.volume * busier)
        return week, draw_work(week, work, draws)

    return risk_of(drawn, deadline, work.opening, replications=replications)


def risk_of(
    drawn: Callable[[int], tuple[Grid, Drawn]], deadline: Deadline, opening: int, *, replications: int = 200
) -> BacklogRisk:
    """As `backlog_risk`, of replications drawn by the caller: people and work by number of the replication.

    Every factor on the people is tried on the same customers (common random numbers); the buffer is the quantile of the
    least factors. The opening contacts are worked off first and not judged.

    Raises
    ------
    DataError
        The probability of the deadline is out of range.
    """
    sure = deadline.sure
    if not 0 < sure < 1:
        raise DataError(Fault("sure", f"must be above 0 and below 1, got {sure:g}"))
    factors, good, judged = [], 0, 0
    for number in range(replications):
        week = _Tried(*drawn(number), deadline, opening)
        in_time, due = week.counts(1.0)
        good, judged = good + in_time, judged + due
        factors.append(_least(week))
    least = np.sort(factors)
    buffer = float(least[min(ceil(sure * replications - 1e-9), replications) - 1])
    probability = float((least <= 1.0).mean())
    return BacklogRisk(probability, good / judged if judged else 1.0, buffer, replications, judged / replications)


class _Tried:
    """One replication, to be tried with more or fewer people."""

    def __init__(self, grid: Grid, drawn: Drawn, deadline: Deadline, opening: int) -> None:
        self.drawn, self.share, self.opening = drawn, deadline.share, opening
        self.interval_s, self.end_s = grid.interval_s, grid.end_s
        self.bounds, self.could = capacity(grid)
        self.due_s = np.asarray(deadline.due_s, dtype=float)

    def counts(self, factor: float) -> tuple[int, int]:
        """Contacts finished in time and contacts judged, with `factor` times the people."""
        came, end = worked_off(self.drawn, self.bounds, self.could * factor)
        came, end = came[self.opening :], end[self.opening :]
        here = np.isfinite(came)
        due = self.due_s[(came[here] // self.interval_s).astype(np.int64)]
        judged = due <= self.end_s
        return int((judged & (end[here] <= due + 1e-6)).sum()), int(judged.sum())

    def is_met(self, factor: float) -> bool:
        """Whether the share is finished in time."""
        good, judged = self.counts(factor)
        return good >= (self.share - 1e-9) * judged


def _least(week: _Tried) -> float:
    """Least factor on the people that meets the target, to a hundredth; inf beyond the largest."""
    low, high = 0.0, 1.0
    while not week.is_met(high):
        low, high = high, 2.0 * high
        if high > _MOST:
            return float("inf")
    while high - low > _FINEST:
        middle = 0.5 * (low + high)
        low, high = (low, middle) if week.is_met(middle) else (middle, high)
    return high
