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

from optimize.simulation.days import arrivals, durations
from optimize.simulation.draws import ARRIVALS, LEAVERS, PATIENCE, SERVICE, Draws

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


@dataclass(frozen=True)
class Pool:
    """The people there, how many idle ones are kept for calls, and the mean time of a piece of other work in s."""

    agents: int
    reserve: int
    work_aht_s: float


def simulate_blend(
    pool: Pool, volume: Array, interval_s: float, aht_s: float, patience_s: float, within_s: float, *, seed: int = 1
) -> Blended:
    """Simulate a fixed number of agents over intervals with a mean number of calls each; times in seconds."""
    draws = Draws(seed, "phone")
    at = arrivals(draws.stream(ARRIVALS), interval_s, volume)
    service = durations(draws.stream(SERVICE), at.size, aht_s)
    until = at + durations(draws.stream(PATIENCE), at.size, patience_s)
    end = float(volume.size * interval_s)
    floor = _Floor(pool, end, draws.of("work").stream(LEAVERS))
    floor.run(at.tolist(), service.tolist(), until.tolist(), within_s)
    calls = max(at.size, 1)
    return Blended(
        floor.good / calls, floor.lost / calls, floor.busy_s[0] / end, sum(floor.busy_s) / (pool.agents * end)
    )


class _Floor:
    """The agents at work: when each will be free, and what has come of the calls so far."""

    def __init__(self, pool: Pool, end: float, lot: np.random.Generator) -> None:
        self.pool, self.end, self.lot = pool, end, lot
        self.ends: list[tuple[float, int]] = []  # moment, and whether it ends a call (1) or other work (0)
        self.waiting: deque[int] = deque()
        self.good = self.lost = 0
        self.busy_s = [0.0, 0.0]

    def run(self, at: list[float], service: list[float], until: list[float], within_s: float) -> None:
        """Let every call come, and then let the queue run empty."""
        self.fill(0.0)
        number = 0
        while number < len(at) or self.waiting:
            now = at[number] if number < len(at) else np.inf
            if self.ends and self.ends[0][0] <= now:
                self.free(heappop(self.ends)[0], at, service, until, within_s)
                continue
            if number == len(at):
                break
            if len(self.ends) < self.pool.agents:
                self.good += 1
                self.begin(now, service[number], 1)
            else:
                self.waiting.append(number)
            number += 1

    def free(self, now: float, at: list[float], service: list[float], until: list[float], within_s: float) -> None:
        """Somebody is free: the calls that wait come first, then other work."""
        while self.waiting and len(self.ends) < self.pool.agents:
            caller = self.waiting.popleft()
            if until[caller] <= now:
                self.lost += 1
                continue
            self.good += now - at[caller] <= within_s
            self.begin(now, service[caller], 1)
        self.fill(now)

    def begin(self, now: float, length: float, kind: int) -> None:
        """Somebody is busy from now on."""
        heappush(self.ends, (now + length, kind))
        self.busy_s[kind] += min(now + length, self.end) - min(now, self.end)

    def fill(self, now: float) -> None:
        """Begin other work while more than the reserve are idle."""
        while now < self.end and not self.waiting and self.pool.agents - len(self.ends) > self.pool.reserve:
            self.begin(now, float(self.lot.standard_exponential()) * self.pool.work_aht_s, 0)
