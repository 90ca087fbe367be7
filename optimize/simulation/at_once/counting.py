"""From what became of every call to what was seen by week and interval."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from optimize.simulation.at_once.customers import by_week
from optimize.simulation.at_once.seen import Seen

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from optimize.simulation.at_once.called import Called
    from optimize.simulation.at_once.customers import Customers

    Array = NDArray[np.float64]
    Small = NDArray[np.float32]


@dataclass(frozen=True)
class Attempts:
    """Calls of R weeks, shape (R, N); in interval T stand those that are none.

    Parameters
    ----------
    at, service_s, patience_s
        Moment of each call, its handle time and its patience in seconds.
    interval
        Number of the interval in which it comes.
    wait_s
        Time until it was answered; NaN where it never was.
    """

    at: Array
    service_s: Small
    patience_s: Small
    interval: NDArray[np.int16]
    wait_s: Small

    @classmethod
    def of_customers(cls, customers: Customers, wait_s: Small) -> Attempts:
        """Calls that are all the first of their customers."""
        each = customers
        return cls(each.at, each.service_s, each.patience_s, each.interval, wait_s.reshape(each.at.shape))


def seen_of(lines: Mapping[str, Called], attempts: list[Attempts], there_s: Array) -> dict[str, Seen]:
    """What was seen of channels that share people; busy time is that of all of them."""
    interval_s = next(iter(lines.values())).customers.interval_s
    busy_s = np.sum([_busy(each, interval_s, there_s.shape[1]) for each in attempts], axis=0)
    return {
        name: counted_calls(each, line, there_s.shape[1], busy_s, there_s)
        for (name, line), each in zip(lines.items(), attempts, strict=True)
    }


def counted_calls(calls: Attempts, line: Called, size: int, busy_s: Array, there_s: Array) -> Seen:
    """Count calls by the definition of their service level, as ``intervals.counted`` does."""
    served = ~np.isnan(calls.wait_s)
    waited = np.where(served, calls.wait_s, calls.patience_s)
    in_time = waited <= line.within_s

    def summed(values: NDArray[np.generic]) -> Array:
        return by_week(calls.interval, values, size)

    offered, good = summed(np.ones(served.shape, dtype=np.float32)), summed(served & in_time)
    left, short = summed(~served), summed(~served & in_time)
    counted = offered
    if line.definition == "abandon-ok":
        good = good + short
    elif line.definition == "answered":
        counted = offered - left
    elif line.definition != "offered":
        counted = offered - short
    wait_s = summed(np.where(np.isfinite(waited), waited, 0.0))
    return Seen(good, counted, offered, left, wait_s, busy_s, there_s)


def _busy(calls: Attempts, interval_s: float, size: int) -> Array:
    """Agent-seconds worked in each week and interval."""
    bounds: Array = np.arange(size + 1, dtype=np.float64) * interval_s
    found = np.empty((calls.at.shape[0], size))
    for week, wait in enumerate(calls.wait_s):
        served = ~np.isnan(wait)
        starts = calls.at[week, served] + wait[served]
        ends = starts + calls.service_s[week, served]
        worked: Array = _before(starts, bounds, interval_s) - _before(ends, bounds, interval_s)
        found[week] = np.diff(worked)
    return np.maximum(found, 0.0)


def _before(moments: Array, bounds: Array, interval_s: float) -> Array:
    """Sum of ``max(bound - moment, 0)`` over the moments, for each bound."""
    after = np.minimum((moments / interval_s).astype(np.int64) + 1, bounds.size)  # bounds from here on are later
    number = np.cumsum(np.bincount(after, minlength=bounds.size + 1)[: bounds.size])
    total = np.cumsum(np.bincount(after, weights=moments, minlength=bounds.size + 1)[: bounds.size])
    return np.asarray(bounds * number - total)
