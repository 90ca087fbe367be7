"""From replications to shares with a 95 % interval, by interval of arrival and over the whole time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from optimize.simulation.days import by_interval, interval_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from optimize.simulation.result import ContactLog
    from optimize.staffing.queueing.measures import Definition

    Array = NDArray[np.float64]


@dataclass(frozen=True)
class Counts:
    """What one replication adds up to, a value for each interval.

    `good` over `counted` is the service level; `left` and `wait_s` are over `offered`, `busy_s` over `there_s`.
    """

    offered: Array
    good: Array
    counted: Array
    left: Array
    wait_s: Array
    busy_s: Array
    there_s: Array


@dataclass(frozen=True)
class Estimate:
    """A share or mean by interval, and the ends of its 95 % interval."""

    mean: Array
    low: Array
    high: Array


def counted(seen: ContactLog, within_s: float, definition: Definition, interval_s: float, there_s: Array) -> Counts:
    """Count the contacts of a replication by interval of arrival.

    The virtual service level cannot be seen in customers who give up; those who leave in time are left out of it, as
    ``exclude-short`` does.

    Parameters
    ----------
    seen
        The contacts of the replication.
    within_s
        Time of the service level in seconds.
    definition
        What the service level counts, see ``optimize.staffing.queueing.measures.Definition``.
    interval_s
        Length of an interval in seconds.
    there_s
        Agent-seconds at work in each interval.
    """
    size = there_s.size
    at = interval_of(seen.arrival_s, interval_s, size)

    in_time = seen.wait_s <= within_s
    offered, good = by_interval(at, np.ones(at.size), size), by_interval(at, seen.served & in_time, size)
    short = by_interval(at, ~seen.served & in_time, size)
    left = by_interval(at, ~seen.served, size)
    of = offered
    if definition == "abandon-ok":
        good = good + short
    elif definition == "answered":
        of = offered - left
    elif definition != "offered":
        of = offered - short
    wait = np.where(np.isfinite(seen.wait_s), seen.wait_s, 0.0)
    return Counts(offered, good, of, left, by_interval(at, wait, size), seen.busy_s, there_s)


def ratio(over: Sequence[Array] | Array, under: Sequence[Array] | Array) -> Estimate:
    """Sum of `over` by sum of `under` over replications, with the interval of a ratio estimator; NaN by nothing."""
    from scipy.special import stdtrit

    tops, bottoms = np.asarray(over, dtype=float), np.asarray(under, dtype=float)
    top, bottom = tops.sum(axis=0), bottoms.sum(axis=0)
    mean = np.divide(top, bottom, out=np.full_like(top, np.nan), where=bottom > 0)
    runs = tops.shape[0]
    if runs < 2:
        nothing = np.full_like(mean, np.nan)
        return Estimate(mean, nothing, nothing)
    gaps = tops - mean * bottoms
    error = np.sqrt((gaps**2).sum(axis=0) / (runs * (runs - 1)))
    half = float(stdtrit(runs - 1, 0.975)) * np.divide(error * runs, bottom, out=np.zeros_like(error), where=bottom > 0)
    return Estimate(mean, mean - half, mean + half)


def shares(estimate: Estimate) -> Estimate:
    """Keep the ends of the interval between 0 and 1."""
    return Estimate(estimate.mean, np.maximum(estimate.low, 0.0), np.minimum(estimate.high, 1.0))


def wilson(good: int, tried: int) -> tuple[float, float]:
    """Ends of the 95 % interval of a share seen in `tried` independent trials, 1 or more.

    References
    ----------
    Wilson (1927), Probable inference, the law of succession, and statistical inference.
    """
    z2 = 1.959963984540054**2
    middle = (good + z2 / 2) / (tried + z2)
    half = (z2 * (good * (tried - good) / tried + z2 / 4)) ** 0.5 / (tried + z2)
    return max(0.0, middle - half), min(1.0, middle + half)
