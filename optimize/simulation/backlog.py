"""Deferrable work: contacts worked off in order of arrival, interrupted at the end of a shift.

Customers who write again do so some time after their contact was finished, so a late answer brings the next one late.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from optimize.simulation.days import Grid, arrivals, before, durations
from optimize.simulation.draws import ARRIVALS, RETURNS, SERVICE, Draws
from optimize.simulation.result import ContactLog

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float64]


_DRAWS = Draws(1, "email")


@dataclass(frozen=True)
class Returns:
    """Customers who write again once their contact is finished.

    Parameters
    ----------
    share
        Share of finished contacts whose customer writes again; 0 or more and below 1.
    after_s
        Mean time in seconds from the end of a contact to the next one (exponential).
    """

    share: float = 0.0
    after_s: float = 43_200.0


@dataclass(frozen=True)
class DeferrableWork:
    """What contacts that may wait are made of.

    Parameters
    ----------
    aht_s
        Mean handle time in seconds; one number, or one for each interval of arrival.
    opening
        Contacts open at the start, which arrive at moment 0.
    service_cv
        Coefficient of variation of the handle time; 1 is exponential, 0 constant, others lognormal.
    returns
        Customers who write again.
    """

    aht_s: Array | float
    opening: int = 0
    service_cv: float = 1.0
    returns: Returns = Returns()


@dataclass(frozen=True)
class Drawn:
    """The work of one replication before anybody has touched it.

    Parameters
    ----------
    first_s
        Moments at which new contacts come, in order; what is open at the start comes at 0.
    work_s
        Agent-seconds of every contact: new ones first, then those of customers who write again.
    parent, delay_s
        Contact that each of the latter follows, and how long after its end.
    """

    first_s: Array
    work_s: Array
    parent: NDArray[np.int64]
    delay_s: Array


def simulate_backlog(grid: Grid, work: DeferrableWork, draws: Draws = _DRAWS) -> ContactLog:
    """Simulate one replication of a backlog that is worked off first come, first served.

    The people at work share it, so following the total work is enough: the work done by a moment is what arrived until
    the backlog was last empty, and the capacity since. Work that is never finished within the grid counts as not
    served.

    Parameters
    ----------
    grid
        Volume and people at work, by interval.
    work
        Handle time, what is open at the start, and who writes again.
    draws
        Names the streams of random numbers.

    Returns
    -------
    ContactLog
        `wait_s` is the time until a contact is finished; the opening contacts come first.
    """
    drawn = draw_work(grid, work, draws)
    bounds, could = capacity(grid)
    came, end = worked_off(drawn, bounds, could)
    order = _in_order(came)
    at, end = came[order], end[order]
    wait = np.where(np.isfinite(end), end - at, np.inf)
    busy_s = work_spent(came, drawn.work_s, bounds, could)
    return ContactLog(at, wait, np.isfinite(end), busy_s, float("nan"), 2 * at.size)


def draw_work(grid: Grid, work: DeferrableWork, draws: Draws = _DRAWS) -> Drawn:
    """Draw the contacts of one replication; parameters as in `simulate_backlog`."""
    at = arrivals(draws.stream(ARRIVALS), grid.interval_s, grid.volume)
    at = np.concatenate([np.zeros(work.opening), at])
    number = (at // grid.interval_s).astype(np.int64)
    mean = np.broadcast_to(np.asarray(work.aht_s, dtype=float), (grid.size,))[number]
    work_s = durations(draws.stream(SERVICE), at.size, mean, work.service_cv)
    return draw_returns(draws.stream(RETURNS), at, work_s, mean, work)


def draw_returns(
    again: np.random.Generator, first_s: Array, work_s: Array, mean_s: Array, work: DeferrableWork
) -> Drawn:
    """Add the contacts of customers who write again.

    Parameters
    ----------
    again
        Source of the draws.
    first_s, work_s, mean_s
        Moment of each new contact, its agent-seconds, and the mean of those of its customer's further ones.
    work
        Who writes again.
    """
    lengths, parents, delays = [work_s], [np.empty(0, dtype=np.int64)], [np.empty(0)]
    last, mean, known = np.arange(first_s.size), mean_s, first_s.size
    while work.returns.share > 0 and last.size:
        back = again.random(last.size) < work.returns.share
        last, mean = last[back], mean[back]
        parents.append(last)
        delays.append(durations(again, last.size, work.returns.after_s))
        lengths.append(durations(again, last.size, mean, work.service_cv))
        last = np.arange(known, known + last.size)
        known += last.size
    return Drawn(first_s, np.concatenate(lengths), np.concatenate(parents), np.concatenate(delays))


def capacity(grid: Grid) -> tuple[Array, Array]:
    """Bounds of the intervals, and the agent-seconds that could be worked until each."""
    bounds: Array = np.arange(grid.size + 1, dtype=np.float64) * grid.interval_s
    return bounds, np.concatenate([[0.0], np.cumsum(grid.agents * grid.interval_s)])


def worked_off(drawn: Drawn, bounds: Array, could: Array) -> tuple[Array, Array]:
    """Moment at which each contact comes and is finished; inf where it never is.

    A customer writes again after the previous contact is finished, which changes nothing earlier. So passes over the
    week are repeated until nothing changes: each pass fixes at least the next contact in time.

    Parameters
    ----------
    drawn
        The contacts of a replication.
    bounds, could
        Bounds of the intervals in seconds, and the agent-seconds that could be worked until each, as `capacity` gives
        them.
    """
    new = drawn.first_s.size
    came = np.concatenate([drawn.first_s, np.full(drawn.parent.size, np.inf)])
    while True:
        end = _ends(came, drawn.work_s, bounds, could)
        if not drawn.parent.size:
            return came, end
        follow = end[drawn.parent] + drawn.delay_s
        follow = np.where(follow < bounds[-1], follow, np.inf)
        if np.array_equal(follow, came[new:]):
            return came, end
        came = np.concatenate([drawn.first_s, follow])


def work_spent(came: Array, work: Array, bounds: Array, could: Array) -> Array:
    """Agent-seconds worked in each interval; parameters as in `worked_off`, contacts that never come at inf."""
    order = _in_order(came)
    done = _done_at(came[order], work[order], bounds, could)
    spent: Array = before(done - work[order], could) - before(done, could)
    return np.maximum(np.diff(spent), 0.0)


def _in_order(came: Array) -> NDArray[np.int64]:
    """Numbers of the contacts that come, in order of arrival."""
    return np.argsort(came, kind="stable")[: int(np.isfinite(came).sum())]


def _ends(came: Array, work: Array, bounds: Array, could: Array) -> Array:
    """Moment each contact is finished, first come first served."""
    order = _in_order(came)
    done = _done_at(came[order], work[order], bounds, could)
    end = np.full(came.size, np.inf)
    end[order] = np.where(done <= could[-1], _inverse(done, bounds, could), np.inf)
    return end


def _done_at(at: Array, work: Array, bounds: Array, could: Array) -> Array:
    """Agent-seconds that could have been worked when each contact is finished; contacts in order of arrival."""
    by_then = np.interp(at, bounds, could)  # work that could be done until each arrival
    total = np.cumsum(work)
    return np.asarray(total + np.maximum.accumulate(np.maximum(by_then - (total - work), 0.0)))


def _inverse(done: Array, bounds: Array, could: Array) -> Array:
    """Moment by which that much could be done; the first one."""
    at = np.clip(np.searchsorted(could, done, side="left"), 1, could.size - 1)
    step = could[at] - could[at - 1]
    part = np.divide(done - could[at - 1], step, out=np.ones_like(done), where=step > 0)
    return np.asarray(bounds[at - 1] + np.clip(part, 0.0, 1.0) * (bounds[at] - bounds[at - 1]))
