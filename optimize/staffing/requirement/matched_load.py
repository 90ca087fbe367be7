"""Loads at which a formula for one interval gives what the exact day gives there, where intervals hang together."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from optimize.staffing.queueing.transient import exact_day
from optimize.staffing.requirement.least_agents import least_agents
from optimize.staffing.requirement.targets import Targets

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from optimize.staffing.queueing.queues import Queues

    Array = NDArray[np.float64]

_LEAST, _MOST = 0.25, 4.0
"""How far a matched load may lie from the lagged one, as parts of it: beyond, service is 0 or 1 to many digits."""
_HALVINGS = 40


def matched_load(queues: Queues, lagged: Queues, share: float, interval_s: float) -> Array:
    """Load of each interval at which its formula gives the service of the exact day, with staff as the target asks.

    The staff is the least that keeps the share at the lagged loads; the exact day is followed through with it, queues
    that one interval leaves to the next and people who go home included. The service of an interval with one person
    more or fewer then follows from the formula at that load: the neighbours are taken to stay as they are.

    Parameters
    ----------
    queues
        One for each interval, at the load of its own arrivals; one customer at a time, without redials.
    lagged
        The same at their lagged loads.
    share
        Share of contacts to be in time.
    interval_s
        Length of an interval in seconds.

    Returns
    -------
    NDArray
        Erlang, of shape (T,); the lagged load where nobody comes.

    References
    ----------
    The transient queue is that of Ingolfsson et al. (2007), see `exact_day`. Loads corrected until a stationary formula
    agrees with it are the idea of the modified offered load, Jennings et al. (1996).
    """
    nothing = np.full(queues.size, np.nan)
    targets = Targets(np.full(queues.size, share), nothing, nothing, nothing, nothing)
    staff = least_agents(lagged, targets)
    volume = queues.load_erl / queues.aht_s * interval_s
    patience, within = float(queues.patience_s[0]), float(queues.within_s[0])
    day = exact_day(volume, staff, interval_s, queues.aht_s, patience, within).service_level
    low, high = lagged.load_erl * _LEAST, lagged.load_erl * _MOST
    for _ in range(_HALVINGS):
        middle = (low + high) / 2.0
        better = lagged.at(middle).serve(staff, replies=False).service_level > day
        low, high = np.where(better, middle, low), np.where(better, high, middle)
    return np.where(volume > 0, (low + high) / 2.0, lagged.load_erl)
