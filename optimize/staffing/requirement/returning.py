"""Threads that come back: customers who write again after an answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float64]


def with_returns(volume: Array, share: float, after_s: float, interval_s: float) -> Array:
    """Contacts of each interval with those that come back after an exponential time, round the clock.

    Each contact, first or not, comes back with probability `share`, so a thread has ``1 / (1 - share)`` contacts on
    average. At the start as many threads are out as the same weeks before would have left.

    Parameters
    ----------
    volume
        First contacts of each interval.
    share
        Share of contacts that come back; 0 or more and below 1.
    after_s
        Mean time until they do.
    interval_s
        Length of an interval in seconds.

    >>> with_returns(np.array([7.0, 7.0]), 0.3, 3600.0, 900.0).round(9).tolist()
    [10.0, 10.0]
    """
    if share <= 0:
        return volume
    stays = float(np.exp(-interval_s / after_s))
    # ``out`` is linear in what was out at the start: out_end = offset + slope * out_start, and they shall be equal
    offset = _last(volume, share, stays, 0.0)
    slope = _last(np.zeros_like(volume), share, stays, 1.0)
    out = offset / (1.0 - slope)
    total = np.empty_like(volume)
    for number, first in enumerate(volume.tolist()):
        back = out * (1.0 - stays)
        total[number] = first + back
        out = out - back + share * total[number]
    return total


def _last(volume: Array, share: float, stays: float, out: float) -> float:
    for first in volume.tolist():
        back = out * (1.0 - stays)
        out = out - back + share * (first + back)
    return out
