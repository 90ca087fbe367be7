"""A first guess of the agents needed, by the normal law; the exact search begins there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from optimize.staffing.queueing.queues import Queues

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from optimize.staffing.queueing.concurrency import Curves
    from optimize.staffing.requirement.targets import Targets

    Array = NDArray[np.float64]

_SECANTS_ENDLESS, _SECANTS_LEAVING = 4, 3  # one more costs what the misses it saves are worth
_ROOT_2_OVER_PI = float(np.sqrt(2.0 / np.pi))
_HALF_ROOT = float(np.sqrt(0.5))
_BETA = (-1.0, 2.0)
"""Where the search for beta begins; the exact search corrects what the secants leave."""


def square_root_start(queues: Queues, targets: Targets) -> Array:
    """Guess ``load + beta * sqrt(load)``, beta from the share of waits beyond the time asked.

    References
    ----------
    Halfin and Whitt (1981) without abandonment; Garnett, Mandelbaum and Reiman (2002) with it.
    """
    if queues.curves is not None:
        return _with_slots(queues, targets, queues.curves)
    asked = np.where(np.isnan(targets.share), 0.5, targets.share)
    load = np.maximum(queues.load_erl, 1e-12)
    guess = np.empty(load.size)
    endless = np.isinf(queues.patience_s)
    reach = np.sqrt(load) * queues.within_s / queues.aht_s
    if endless.any():
        own, wait = load[endless], reach[endless]
        guess[endless] = _solved(own, asked[endless], lambda beta: _later_endless(beta, wait), _SECANTS_ENDLESS)
    if not endless.all():
        rows = ~endless
        hurry = np.sqrt(queues.aht_s[rows] / queues.patience_s[rows])
        wait = reach[rows] * hurry
        part = queues.within_s[rows] / queues.patience_s[rows]
        gone = -np.expm1(-part) if queues.definition == "offered" else np.zeros_like(part)
        guess[rows] = _solved(
            load[rows], asked[rows], lambda beta: _later_leaving(beta, hurry, wait, gone), _SECANTS_LEAVING
        )
    cap = targets.max_occupancy
    guess = np.maximum(guess, np.where(cap > 0, load / np.maximum(cap, 1e-9), 0.0))
    return np.where(queues.load_erl > 0, np.ceil(guess), 0.0)


def _with_slots(queues: Queues, targets: Targets, curves: Curves) -> Array:
    """Guess for agents with slots: as many slots as agents with one customer each would be needed."""
    load = queues.load_erl / queues.aht_s * curves.full_s
    plain = Queues(load, curves.full_s, queues.patience_s, queues.within_s, queues.definition)
    guess = np.ceil(np.maximum(square_root_start(plain, targets) / curves.slots, 1.0))
    return np.where(queues.load_erl > 0, guess, 0.0)


def _solved(load: Array, asked: Array, later: Callable[[Array], Array], secants: int) -> Array:
    """``load + beta * sqrt(load)`` where the share of late waits is as asked, by secants on its logarithm."""
    root = np.sqrt(load)
    with np.errstate(divide="ignore", over="ignore", under="ignore", invalid="ignore"):
        aim = np.log(1.0 - asked)
        before, beta = np.maximum(-root, _BETA[0]), np.full(load.size, _BETA[1])
        over_before = np.log(np.maximum(later(before), 1e-300)) - aim
        over = np.log(np.maximum(later(beta), 1e-300)) - aim
        for round_ in range(secants):
            following = beta - over * (beta - before) / (over - over_before)
            following = np.where(np.isfinite(following), np.clip(following, -root, 8.0), beta)
            before, over_before, beta = beta, over, following
            if round_ + 1 < secants:
                over = np.log(np.maximum(later(beta), 1e-300)) - aim
    return np.asarray(load + beta * root)


def _later_endless(beta: Array, reach: Array) -> Array:
    """Share of waits beyond the time asked when nobody gives up."""
    positive = np.maximum(beta, 1e-3)
    return np.exp(-positive * reach) / (1.0 + positive / _hazard(-positive))


def _later_leaving(beta: Array, hurry: Array, reach: Array, gone: Array) -> Array:
    """Share not answered in time when customers give up; `gone` is the share whose patience ends before."""
    from scipy.special import ndtr

    slow = beta / hurry
    waiting = 1.0 / (1.0 + hurry * _hazard(slow) / _hazard(-beta))
    later = waiting * ndtr(-slow - reach) / np.maximum(ndtr(-slow), 1e-300)
    return later + gone * 0.5 * (waiting - later)


def _hazard(z: Array) -> Array:
    """Hazard rate of the standard normal law, ``phi(z) / (1 - Phi(z))``."""
    from scipy.special import erfcx

    return np.asarray(_ROOT_2_OVER_PI / erfcx(z * _HALF_ROOT))
