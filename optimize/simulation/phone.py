"""Agents with one customer at a time: calls answered in order, customers who give up and may call again.

Who waits is served in order of arrival, so it is enough to know when each agent is free next. An agent who leaves at
the end of a shift finishes the call first; who leaves is drawn by lot.
"""

from __future__ import annotations

from collections import deque
from heapq import heapify, heappop, heappush, heapreplace
from typing import TYPE_CHECKING

import numpy as np

from optimize.simulation.days import (
    ARRIVALS,
    LEAVERS,
    PATIENCE,
    REDIALS,
    SERVICE,
    Grid,
    arrivals,
    busy_seconds,
    durations,
    stream,
)
from optimize.simulation.result import ContactLog

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float64]


def simulate_phone(
    grid: Grid,
    aht_s: Array | float,
    patience_s: float = np.inf,
    *,
    redial_share: float = 0.0,
    redial_delay_s: float = 1800.0,
    service_cv: float = 1.0,
    patience_cv: float = 1.0,
    seed: int = 1,
    channel: str = "phone",
    replication: int = 0,
) -> ContactLog:
    """Simulate one replication of a queue whose agents serve one customer at a time.

    Parameters
    ----------
    grid
        Volume and people at work, by interval.
    aht_s
        Mean handle time in seconds; one number, or one for each interval of arrival.
    patience_s
        Mean patience in seconds; inf where nobody gives up.
    redial_share, redial_delay_s
        Share of those who give up that calls again, and after how long on average; nobody does so in an interval
        without volume, when the line is closed, or after the last one.
    service_cv, patience_cv
        Coefficients of variation; 1 is exponential, 0 constant, others lognormal.
    seed, channel, replication
        Name the streams of random numbers: the same three give the same customers whatever the staff.
    """
    at = arrivals(stream(seed, channel, replication, ARRIVALS), grid.interval_s, grid.volume)
    mean = np.broadcast_to(np.asarray(aht_s, dtype=float), (grid.size,))[(at // grid.interval_s).astype(np.int64)]
    service = durations(stream(seed, channel, replication, SERVICE), at.size, mean, service_cv)
    patience = durations(stream(seed, channel, replication, PATIENCE), at.size, patience_s, patience_cv)
    queue = _Phones(grid, stream(seed, channel, replication, LEAVERS))
    if redial_share > 0 and np.isfinite(patience_s):
        again = stream(seed, channel, replication, REDIALS)
        return _with_redials(queue, at, service, patience, patience_s, redial_share, redial_delay_s, again)
    wait = queue.run(at.tolist(), service.tolist(), (at + patience).tolist())
    return _seen(grid, at, np.array(wait), service, patience)


class _Phones:
    """Agents by the moment each is free, and the customers waiting."""

    def __init__(self, grid: Grid, lot: np.random.Generator) -> None:
        self.grid = grid
        self.moments, self.staff = grid.changes()
        self.moments.append(np.inf)
        self.next = 0
        self.free: list[float] = []
        self.waiting: deque[int] = deque()
        self.lot = lot

    def open_at(self, moment: float) -> bool:
        """Whether anybody is expected then."""
        return moment < self.grid.end_s and bool(self.grid.volume[int(moment // self.grid.interval_s)] > 0)

    def run(self, at: list[float], service: list[float], until: list[float]) -> list[float]:
        """Wait of every customer, NaN of those who gave up."""
        wait = [np.nan] * len(at)
        free, waiting = self.free, self.waiting
        change = self.moments[self.next]
        for customer, now in enumerate(at):
            if now >= change:
                change = self.advance(now, at, service, until, wait)
                free = self.free
            if waiting:
                self.serve(now, at, service, until, wait)
            if not waiting and free and free[0] <= now:
                wait[customer] = 0.0
                heapreplace(free, now + service[customer])
            else:
                waiting.append(customer)
        self.advance(np.finfo(float).max, at, service, until, wait)
        self.serve(np.inf, at, service, until, wait)
        return wait

    def serve(self, now: float, at: list[float], service: list[float], until: list[float], wait: list[float]) -> None:
        """Give the waiting to agents who are free by now."""
        free, waiting = self.free, self.waiting
        while waiting and free and free[0] <= now:
            customer = waiting.popleft()
            start = max(at[customer], free[0])
            if until[customer] <= start:
                continue
            wait[customer] = start - at[customer]
            heapreplace(free, start + service[customer])

    def advance(
        self, now: float, at: list[float], service: list[float], until: list[float], wait: list[float]
    ) -> float:
        """Let people come and go up to now; return the moment of the next change."""
        while self.moments[self.next] <= now:
            moment, staff = self.moments[self.next], self.staff[self.next]
            self.serve(moment, at, service, until, wait)
            more = staff - len(self.free)
            if more >= 0:
                self.free.extend([moment] * more)
            else:
                stay = self.lot.permutation(len(self.free))[:staff]
                self.free = [self.free[index] for index in sorted(stay.tolist())]
            heapify(self.free)
            self.next += 1
        return self.moments[self.next]


def _with_redials(
    queue: _Phones,
    first: Array,
    service: Array,
    patience: Array,
    patience_s: float,
    share: float,
    delay_s: float,
    draws: np.random.Generator,
) -> ContactLog:
    """As ``_Phones.run`` with attempts added on the way: each is a customer of its own."""
    at, work = first.tolist(), service.tolist()
    until = (first + patience).tolist()
    wait = [np.nan] * len(at)
    to_come = list(zip(at, range(len(at)), [False] * len(at), strict=True))  # sorted, so a heap
    order: list[int] = []
    while to_come:
        now, customer, tried = heappop(to_come)
        queue.advance(now, at, work, until, wait)
        queue.serve(now, at, work, until, wait)
        if tried:  # this one may have been answered meanwhile
            if wait[customer] == wait[customer]:
                continue
            at.append(now)
            work.append(work[customer])
            until.append(now + float(draws.standard_exponential()) * patience_s)
            wait.append(np.nan)
            customer = len(at) - 1
        order.append(customer)
        if not queue.waiting and queue.free and queue.free[0] <= now:
            wait[customer] = 0.0
            heapreplace(queue.free, now + work[customer])
            continue
        queue.waiting.append(customer)
        if float(draws.random()) < share:
            later = until[customer] + float(draws.standard_exponential()) * delay_s
            if queue.open_at(later):
                heappush(to_come, (later, customer, True))
    queue.advance(np.finfo(float).max, at, work, until, wait)
    queue.serve(np.inf, at, work, until, wait)
    moments = np.array(at)[order]
    return _seen(queue.grid, moments, np.array(wait)[order], np.array(work)[order], np.array(until)[order] - moments)


def _seen(grid: Grid, at: Array, wait: Array, service: Array, patience: Array) -> ContactLog:
    served = ~np.isnan(wait)
    starts = at[served] + wait[served]
    busy = busy_seconds(starts, starts + service[served], grid.interval_s, grid.size)
    return ContactLog(at, np.where(served, wait, patience), served, busy, float("nan"), 2 * at.size)
