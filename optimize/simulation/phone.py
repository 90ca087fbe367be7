"""Agents with one customer at a time: calls answered in order, customers who give up and may call again.

Waiting customers are served in order of arrival, so it is enough to know when each agent is next free. An agent whose
shift ends finishes the call first; those who leave are chosen at random.
"""

from __future__ import annotations

from collections import deque
from heapq import heapify, heappop, heappush, heapreplace
from typing import TYPE_CHECKING

import numpy as np

from optimize.simulation.attempts import Attempts, expected_at, seen_of
from optimize.simulation.days import NO_REDIALS, Grid, Redials, arrivals, durations, stayers
from optimize.simulation.draws import ARRIVALS, LEAVERS, PATIENCE, REDIALS, SERVICE, Draws

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from optimize.simulation.result import ContactLog

    Array = NDArray[np.float64]


_DRAWS = Draws(1, "phone")


def simulate_phone(
    grid: Grid,
    aht_s: Array | float,
    patience_s: float = np.inf,
    *,
    redials: Redials = NO_REDIALS,
    service_cv: float = 1.0,
    patience_cv: float = 1.0,
    draws: Draws = _DRAWS,
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
    redials
        Who calls again after giving up; nobody does so in an interval without volume, when the line is closed, or
        after the last one.
    service_cv, patience_cv
        Coefficients of variation; 1 is exponential, 0 constant, others lognormal.
    draws
        Names the streams of random numbers.

    Returns
    -------
    Seen
        One entry an attempt, in order of arrival.
    """
    at = arrivals(draws.stream(ARRIVALS), grid.interval_s, grid.volume)
    mean = np.broadcast_to(np.asarray(aht_s, dtype=float), (grid.size,))[(at // grid.interval_s).astype(np.int64)]
    service = durations(draws.stream(SERVICE), at.size, mean, service_cv)
    patience = durations(draws.stream(PATIENCE), at.size, patience_s, patience_cv)
    callers = Attempts(at.tolist(), service.tolist(), (at + patience).tolist(), [np.nan] * at.size)
    queue = _Phones(grid, callers, draws.stream(LEAVERS))
    if redials.share > 0 and np.isfinite(patience_s):
        order = _run_with_redials(queue, patience_s, redials, draws.stream(REDIALS))
        at, service, until = (np.array(part)[order] for part in (callers.at, callers.service, callers.until))
        return seen_of(at, np.array(callers.wait)[order], service, until - at, grid.interval_s, grid.size)
    queue.run()
    return seen_of(at, np.array(callers.wait), service, patience, grid.interval_s, grid.size)


class _Phones:
    """Agents by the moment each is free, and the customers waiting."""

    def __init__(self, grid: Grid, callers: Attempts, lot: np.random.Generator) -> None:
        self.grid, self.callers = grid, callers
        self.moments, self.staff = grid.changes()
        self.moments.append(np.inf)
        self.next = 0
        self.free: list[float] = []
        self.waiting: deque[int] = deque()
        self.lot = lot

    def run(self) -> None:
        """Answer every customer who waits long enough."""
        wait, service = self.callers.wait, self.callers.service
        free, waiting = self.free, self.waiting
        change = self.moments[self.next]
        for customer, now in enumerate(self.callers.at):
            if now >= change:
                change = self.advance(now)
                free = self.free
            if waiting:
                self.serve(now)
            if not waiting and free and free[0] <= now:
                wait[customer] = 0.0
                heapreplace(free, now + service[customer])
            else:
                waiting.append(customer)
        self.finish()

    def finish(self) -> None:
        """Let the rest of the staff changes pass and the queue run empty."""
        self.advance(np.finfo(float).max)
        self.serve(np.inf)

    def answers(self, now: float, customer: int) -> bool:
        """Answer a customer who has just come, if nobody waits and somebody is free; say whether."""
        if self.waiting or not self.free or self.free[0] > now:
            return False
        self.callers.wait[customer] = 0.0
        heapreplace(self.free, now + self.callers.service[customer])
        return True

    def serve(self, now: float) -> None:
        """Assign waiting customers to agents who are free by now."""
        free, waiting, callers = self.free, self.waiting, self.callers
        while waiting and free and free[0] <= now:
            customer = waiting.popleft()
            start = max(callers.at[customer], free[0])
            if callers.until[customer] <= start:
                continue
            callers.wait[customer] = start - callers.at[customer]
            heapreplace(free, start + callers.service[customer])

    def advance(self, now: float) -> float:
        """Let people come and go up to now; return the moment of the next change."""
        while self.moments[self.next] <= now:
            moment, staff = self.moments[self.next], self.staff[self.next]
            self.serve(moment)
            more = staff - len(self.free)
            if more >= 0:
                self.free.extend([moment] * more)
            else:
                self.free = stayers(self.free, staff, self.lot)
            heapify(self.free)
            self.next += 1
        return self.moments[self.next]


def _run_with_redials(queue: _Phones, patience_s: float, redials: Redials, rng: np.random.Generator) -> list[int]:
    """As ``_Phones.run`` with attempts added on the way, each a customer of its own; the order in which they come."""
    callers = queue.callers
    to_come = [(at, customer, False) for customer, at in enumerate(callers.at)]  # sorted, so a heap
    order: list[int] = []
    while to_come:
        now, customer, tried = heappop(to_come)
        queue.advance(now)
        queue.serve(now)
        if tried:
            if callers.answered(customer):
                continue
            customer = callers.again(customer, now, float(rng.standard_exponential()) * patience_s)
        order.append(customer)
        if queue.answers(now, customer):
            continue
        queue.waiting.append(customer)
        if float(rng.random()) < redials.share:
            later = callers.until[customer] + float(rng.standard_exponential()) * redials.delay_s
            if expected_at(later, queue.grid.interval_s, queue.grid.volume):
                heappush(to_come, (later, customer, True))
    queue.finish()
    return order
