"""Contacts that want an answer at once: followed attempt by attempt, and handed on as what was seen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from optimize.simulation.days import busy_seconds
from optimize.simulation.result import ContactLog

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float64]


@dataclass(frozen=True)
class Attempts:
    """Every attempt: when it comes, how long it takes, until when it waits; `wait` is NaN until it is answered."""

    at: list[float]
    service: list[float]
    until: list[float]
    wait: list[float]

    def answered(self, attempt: int) -> bool:
        """Whether somebody has answered it by now."""
        return self.wait[attempt] == self.wait[attempt]  # NaN is no equal of itself

    def again(self, attempt: int, now: float, patience_s: float) -> int:
        """Add another attempt of the same customer, with a new patience; return its number."""
        self.at.append(now)
        self.service.append(self.service[attempt])
        self.until.append(now + patience_s)
        self.wait.append(np.nan)
        return len(self.at) - 1


def expected_at(moment: float, interval_s: float, volume: Array) -> bool:
    """Whether any contact is expected in the interval of a moment; none is after the last one."""
    number = int(moment // interval_s)
    return number < volume.size and bool(volume[number] > 0)


def seen_of(at: Array, wait: Array, service: Array, patience: Array, interval_s: float, size: int) -> ContactLog:
    """What was seen of attempts with one customer at a time.

    Parameters
    ----------
    at, wait, service, patience
        Moment, wait (NaN where nobody answered), handle time and patience of each attempt in seconds.
    interval_s, size
        Length of an interval in seconds, and the number of intervals.
    """
    served = ~np.isnan(wait)
    starts = at[served] + wait[served]
    busy = busy_seconds(starts, starts + service[served], interval_s, size)
    return ContactLog(at, np.where(served, wait, patience), served, busy, float("nan"), 2 * at.size)
