"""Random draws of a simulated day: arrivals, handle times, patience, and people at work."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Array = NDArray[np.float64]

_T = TypeVar("_T")


@dataclass(frozen=True)
class Grid:
    """Intervals of equal length with a rate and a staff each, both constant within.

    Parameters
    ----------
    interval_s
        Length of an interval in seconds.
    volume
        Mean number of contacts of each interval.
    agents
        People at work in each interval, whole numbers.
    """

    interval_s: float
    volume: Array
    agents: NDArray[np.int64]

    @property
    def size(self) -> int:
        """Number of intervals."""
        return self.volume.size

    @property
    def end_s(self) -> float:
        """Moment after the last interval."""
        return self.size * self.interval_s

    def changes(self) -> tuple[list[float], list[int]]:
        """Moments at which the staff changes, and the staff from then on; the first moment is 0."""
        at = np.flatnonzero(np.diff(self.agents, prepend=-1))
        return (at * self.interval_s).tolist(), self.agents[at].tolist()


@dataclass(frozen=True)
class Redials:
    """Customers who give up and call again.

    Parameters
    ----------
    share
        Share of those who give up that calls again; 0 or more and below 1.
    delay_s
        Mean time in seconds from giving up to the next attempt (exponential).
    """

    share: float = 0.0
    delay_s: float = 1800.0


NO_REDIALS = Redials()
"""Nobody calls again."""


def arrivals(rng: np.random.Generator, interval_s: float, volume: Array) -> Array:
    """Moments of a Poisson stream with a constant rate in each interval, in order."""
    counts = rng.poisson(volume)
    within = rng.random(int(counts.sum()))
    moments = (np.repeat(np.arange(volume.size), counts) + within) * interval_s
    return np.sort(moments)


def durations(rng: np.random.Generator, size: int, mean_s: Array | float, cv: float = 1.0) -> Array:
    """Draw times: exponential, or lognormal with another coefficient of variation; constant for a cv of 0.

    Parameters
    ----------
    rng
        Source of the draws.
    size
        How many.
    mean_s
        Mean in seconds, one for all or one for each; inf gives inf.
    cv
        Coefficient of variation, 0 or more. The lognormal has ``sigma^2 = log(1 + cv^2)``.
    """
    if not isinstance(mean_s, np.ndarray) and np.isinf(mean_s):
        return np.full(size, np.inf)
    if cv == 0:
        return np.broadcast_to(mean_s, (size,)).astype(float)
    if cv == 1:
        return rng.standard_exponential(size) * mean_s
    sigma2 = np.log1p(cv * cv)
    return np.asarray(np.exp(rng.standard_normal(size) * np.sqrt(sigma2) - sigma2 / 2) * mean_s)


def day_factor(rng: np.random.Generator, days: int, rate_cv: Array | float) -> Array:
    """Factor by which each day is busier than forecast: gamma with mean 1."""
    cv = np.broadcast_to(np.asarray(rate_cv, dtype=float), (days,))
    shape = 1.0 / np.maximum(cv, 1e-9) ** 2
    drawn = rng.standard_gamma(shape) / shape
    return np.where(cv > 0, drawn, 1.0)


def present(rng: np.random.Generator, staffed: Array, day: NDArray[np.int64], absence: float) -> NDArray[np.int64]:
    """People who come, of those rostered: a person is absent all day, and all with equal probability.

    A fraction of a person (somebody leaves within the interval) is at work with that probability.

    Parameters
    ----------
    rng
        Source of the draws.
    staffed
        People rostered in each interval; 0 or more, not only whole numbers.
    day
        Number of the day of each interval, from 0.
    absence
        Probability that a person is absent on a day.
    """
    whole = np.floor(staffed + 1e-9).astype(np.int64)
    part = staffed - whole
    whole += rng.random(staffed.size) < part
    if absence <= 0 or not whole.size:
        return whole
    most = int(whole.max())
    come = np.cumsum(rng.random((int(day.max()) + 1, most)) >= absence, axis=1)
    come = np.hstack([np.zeros((come.shape[0], 1), dtype=np.int64), come])
    return np.asarray(come[day, whole], dtype=np.int64)


def stayers(there: list[_T], staff: int, lot: np.random.Generator) -> list[_T]:
    """The people who stay when only `staff` do, in the same order; leavers are chosen at random."""
    return [there[index] for index in sorted(lot.permutation(len(there))[:staff].tolist())]


def busy_seconds(starts: Array, ends: Array, interval_s: float, size: int) -> Array:
    """Agent-seconds of the spans that fall into each interval."""
    bounds: Array = np.arange(size + 1, dtype=np.float64) * interval_s
    worked: Array = before(starts, bounds) - before(ends, bounds)
    return np.maximum(np.diff(worked), 0.0)


def before(moments: Array, bounds: Array) -> Array:
    """Sum of ``max(bound - moment, 0)`` over the moments, for each bound."""
    ordered = np.sort(moments)
    count = np.searchsorted(ordered, bounds)
    total = np.concatenate([[0.0], np.cumsum(ordered)])
    return np.asarray(bounds * count - total[count])


def by_interval(at: NDArray[np.int64], weights: Array | NDArray[np.bool_], size: int) -> Array:
    """Sum of the weights in each of `size` intervals; `at` is the interval of each."""
    return np.bincount(at, weights=np.asarray(weights, dtype=np.float64), minlength=size).astype(np.float64)


def interval_of(moments: Sequence[float] | Array, interval_s: float, size: int) -> NDArray[np.int64]:
    """Number of the interval each moment falls in."""
    return np.clip((np.asarray(moments) // interval_s).astype(np.int64), 0, size - 1)
