"""Agents who answer calls and, while more than a reserve of them is idle, do work that may wait.

Such work never runs out and is finished once begun. Event by event, nothing assumed: what the model of staffing
(``optimize.staffing.blend``) is held against.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from heapq import heappop, heappush
from typing import TYPE_CHECKING

import numpy as np

from optimize.simulation.days import ARRIVALS, LEAVERS, PATIENCE, SERVICE, arrivals, durations, stream

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float64]


@dataclass(frozen=True)
class Blended:
    """What came of one run: share of calls answered in time, calls given up, mean agents at other work and in use."""

    in_time: float
    abandonment: float
    work_erl: float
    occupancy: float


def simulate_blend(
    agents: int,
    reserve: int,
    volume: Array,
    interval_s: float,
    aht_s: float,
    work_aht_s: float,
    patience_s: float = np.inf,
    within_s: float = 20.0,
    *,
    seed: int = 1,
) -> Blended:
    """Simulate a fixed number of agents over intervals with a rate each.

    Parameters
    ----------
    agents, reserve
        People there, and how many idle ones are kept for calls.
    volume, interval_s
        Mean calls of each interval, and its length.
    aht_s, work_aht_s
        Mean time of a call and of a piece of other work.
    patience_s, within_s
        Mean patience, and the time within which a call is answered in time.
    seed
        Names the stream of random numbers.
    """
    at = arrivals(stream(seed, "phone", 0, ARRIVALS), interval_s, volume)
    service = durations(stream(seed, "phone", 0, SERVICE), at.size, aht_s).tolist()
    until = (at + durations(stream(seed, "phone", 0, PATIENCE), at.size, patience_s)).tolist()
    lot = stream(seed, "work", 0, LEAVERS)
    end = float(volume.size * interval_s)
    ends: list[tuple[float, int]] = []  # moment, and whether it ends a call (1) or other work (0)
    waiting: deque[int] = deque()
    moments = at.tolist()
    good = lost = 0
    busy_s = [0.0, 0.0]

    def begin(now: float, length: float, kind: int) -> None:
        heappush(ends, (now + length, kind))
        busy_s[kind] += min(now + length, end) - min(now, end)

    def fill(now: float) -> None:
        while now < end and not waiting and agents - len(ends) > reserve:
            begin(now, float(lot.standard_exponential()) * work_aht_s, 0)

    fill(0.0)
    number = 0
    while number < len(moments) or waiting:
        now = moments[number] if number < len(moments) else np.inf
        if ends and ends[0][0] <= now:
            now = heappop(ends)[0]
            while waiting and len(ends) < agents:
                caller = waiting.popleft()
                if until[caller] <= now:
                    lost += 1
                    continue
                good += now - moments[caller] <= within_s
                begin(now, service[caller], 1)
            fill(now)
            continue
        if number == len(moments):
            break
        if len(ends) < agents:
            good += 1
            begin(now, service[number], 1)
        else:
            waiting.append(number)
        number += 1
    calls, whole = max(len(moments), 1), agents * end
    return Blended(good / calls, lost / calls, busy_s[0] / end, (busy_s[0] + busy_s[1]) / whole)
