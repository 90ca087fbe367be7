"""A first guess of the agents needed, by the normal law; the exact search begins there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from optimize.staffing.queues import Queues
    from optimize.staffing.targets import Targets

    Array = NDArray[np.float64]

_ROUNDS = 16


def square_root_start(queues: Queues, targets: Targets) -> Array:
    """Guess ``load + beta * sqrt(load)``, beta from the share of waits beyond the time asked.

    References
    ----------
    Halfin and Whitt (1981) without abandonment; Garnett, Mandelbaum and Reiman (2002) with it.
    """
    load = np.maximum(queues.load_erl, 1e-12)
    if queues.session_s is not None:
        return np.ceil(load)
    root = np.sqrt(load)
    asked = np.where(np.isnan(targets.share), 0.5, targets.share)
    low, high = -root, np.full(load.size, 8.0)
    for _ in range(_ROUNDS):
        beta = 0.5 * (low + high)
        short = 1.0 - _later(beta, root, queues) < asked
        low, high = np.where(short, beta, low), np.where(short, high, beta)
    guess = load + high * root
    capped = np.where(targets.max_occupancy > 0, load / np.maximum(targets.max_occupancy, 1e-9), 0.0)
    endless = np.isinf(queues.patience_s)
    return np.where(queues.load_erl > 0, np.ceil(np.where(endless, np.maximum(guess, capped), guess)), 0.0)


def _later(beta: Array, root: Array, queues: Queues) -> Array:
    """Share of virtual waits beyond the time asked."""
    from scipy.special import ndtr

    endless = np.isinf(queues.patience_s)
    hurry = np.sqrt(queues.aht_s / np.where(endless, queues.aht_s, queues.patience_s))
    slow = beta / hurry
    reach = np.where(endless, 0.0, root * hurry * queues.within_s / queues.aht_s)
    with np.errstate(over="ignore", under="ignore"):
        waiting = 1.0 / (1.0 + hurry * _hazard(slow) / _hazard(-beta))
        leaving = waiting * ndtr(-slow - reach) / np.maximum(ndtr(-slow), 1e-300)
        staying = np.exp(-np.maximum(beta, 0.0) * root * queues.within_s / queues.aht_s)
        crowd = 1.0 / (1.0 + beta / _hazard(-beta))
    return np.where(endless, np.where(beta > 0, crowd * staying, 1.0), leaving)


def _hazard(z: Array) -> Array:
    """Hazard rate of the standard normal law."""
    from scipy.special import log_ndtr

    log_hazard: Array = -0.5 * z * z - 0.5 * np.log(2 * np.pi) - log_ndtr(-z)
    return np.exp(np.minimum(log_hazard, 700.0))
