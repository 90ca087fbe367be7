"""Work that may wait: contacts worked off in order of arrival, put aside at the end of a shift."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from optimize.simulation.days import ARRIVALS, SERVICE, Grid, arrivals, before, durations, stream
from optimize.simulation.result import Seen

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float64]


def simulate_backlog(
    grid: Grid,
    aht_s: Array | float,
    *,
    opening: int = 0,
    service_cv: float = 1.0,
    seed: int = 1,
    channel: str = "email",
    replication: int = 0,
) -> Seen:
    """Simulate one replication of a backlog that is worked off first come, first served.

    The people there share the work, so it is enough to follow the work itself: what is done by a moment is what came
    until the moment before which nothing was left, and all that could be done since. Work that is never finished
    within the grid counts as not served.

    Parameters
    ----------
    grid
        Volume and people at work, by interval.
    aht_s
        Mean handle time in seconds; one number, or one for each interval of arrival.
    opening
        Contacts open at the start, which arrive at moment 0.
    service_cv
        Coefficient of variation of the handle time.
    seed, channel, replication
        Name the streams of random numbers.

    Returns
    -------
    Seen
        `wait_s` is the time until a contact is finished.
    """
    at = arrivals(stream(seed, channel, replication, ARRIVALS), grid.interval_s, grid.volume)
    at = np.concatenate([np.zeros(opening), at])
    number = (at // grid.interval_s).astype(np.int64)
    mean = np.broadcast_to(np.asarray(aht_s, dtype=float), (grid.size,))[number]
    work = durations(stream(seed, channel, replication, SERVICE), at.size, mean, service_cv)
    bounds: Array = np.arange(grid.size + 1, dtype=np.float64) * grid.interval_s
    could = np.concatenate([[0.0], np.cumsum(grid.agents * grid.interval_s)])
    by_then = np.interp(at, bounds, could)  # work that could be done until each arrival
    total = np.cumsum(work)
    done_at_capacity = total + np.maximum.accumulate(np.maximum(by_then - (total - work), 0.0))
    finished = done_at_capacity <= could[-1]
    end = _inverse(done_at_capacity, bounds, could)
    worked: Array = before(done_at_capacity - work, could) - before(done_at_capacity, could)
    wait = np.where(finished, end - at, np.inf)
    return Seen(at, wait, finished, np.maximum(np.diff(worked), 0.0), float("nan"), 2 * at.size)


def _inverse(done: Array, bounds: Array, could: Array) -> Array:
    """Moment by which that much could be done; the first one."""
    at = np.clip(np.searchsorted(could, done, side="left"), 1, could.size - 1)
    step = could[at] - could[at - 1]
    part = np.divide(done - could[at - 1], step, out=np.ones_like(done), where=step > 0)
    return np.asarray(bounds[at - 1] + np.clip(part, 0.0, 1.0) * (bounds[at] - bounds[at - 1]))
