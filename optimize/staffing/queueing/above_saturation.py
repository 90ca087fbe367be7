"""The part of a queue above saturation: who waits, for how long, who gives up.

Every model of this package is a birth-death chain that differs only below saturation. One number describes that part,
``below``: the sum of the probabilities of the states up to saturation over that of saturation itself (``1/B`` for plain
agents). From there on waiting customers are served at a constant rate and give up one by one.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from optimize.staffing.queueing.measures import Service
from optimize.staffing.queueing.special import NOBODY, gamma_ratio, palm_and_gamma, rising_series

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from optimize.staffing.queueing.measures import Definition

    Array = NDArray[np.float64]


@dataclass(frozen=True)
class Saturated:
    """What is known of queues from saturation on; flat float arrays of one length.

    Parameters
    ----------
    below
        Sum of the state probabilities up to saturation over that of saturation; 1 or more, inf allowed.
    servers
        Agents (or slots) that serve at saturation, each in `aht_s` on average; 0 or more.
    load_erl
        Arrivals times `aht_s`; 0 or more.
    aht_s
        Mean time in seconds that a customer occupies a server at saturation.
    """

    below: Array
    servers: Array
    load_erl: Array
    aht_s: Array

    def take(self, rows: NDArray[np.bool_]) -> Saturated:
        """Return some of the queues."""
        return Saturated(*(part[rows] for part in vars(self).values()))


def queue(
    full: Saturated, patience_s: Array, within_s: Array, definition: Definition, service_cv: float = 1.0
) -> Service:
    """Measures of queues in steady state.

    Parameters
    ----------
    full
        The queues from saturation on.
    patience_s
        Mean patience in seconds; inf where nobody gives up.
    within_s
        Time of the service level in seconds.
    definition
        What the service level counts.
    service_cv
        Coefficient of variation of the handle time; stretches the waits of delayed customers where nobody gives up,
        by ``(1 + cv^2) / 2`` (the approximation of Lee and Longton, 1959).
    """
    measures = np.empty((5, full.load_erl.size))
    idle = full.load_erl <= 0
    nobody = ~idle & (full.servers <= NOBODY)
    endless = ~idle & ~nobody & np.isinf(patience_s)
    leaving = ~idle & ~nobody & ~endless
    measures[:, idle] = np.array([[0.0], [1.0], [0.0], [0.0], [0.0]])
    if nobody.any():
        measures[:, nobody] = _without_agents(patience_s[nobody], within_s[nobody], definition)
    if endless.any():
        stretched = replace(full, aht_s=full.aht_s * (0.5 * (1.0 + service_cv * service_cv)))
        measures[:, endless] = _endless(stretched.take(endless), within_s[endless])
    if leaving.any():
        measures[:, leaving] = _leaving(full.take(leaving), patience_s[leaving], within_s[leaving], definition)
    wait, level, asa, abandonment, occupancy = measures
    length = np.where(idle, 0.0, full.load_erl * asa / full.aht_s)
    return Service(wait, level, asa, abandonment, occupancy, length)


def _without_agents(patience_s: Array, within_s: Array, definition: Definition) -> list[Array]:
    """Everybody waits until patience ends; occupancy is the limit of few agents, 1."""
    one = np.ones_like(patience_s)
    gave_up_in_time = -np.expm1(-within_s / patience_s)
    level = gave_up_in_time if definition == "abandon-ok" else 0.0 * one
    return [one, level, patience_s, np.where(np.isinf(patience_s), 0.0, 1.0), one]


def _endless(full: Saturated, within_s: Array) -> list[Array]:
    """Nobody gives up: an M/M/n queue above saturation, all definitions of the service level agree."""
    servers, load_erl, aht_s = full.servers, full.load_erl, full.aht_s
    spare = servers - load_erl
    stable = spare > 0
    spare = np.where(stable, spare, 1.0)
    with np.errstate(over="ignore"):
        wait = np.where(stable, servers / (full.below * spare + load_erl), 1.0)
    with np.errstate(under="ignore"):
        level = np.where(stable, 1.0 - wait * np.exp(-spare * within_s / aht_s), 0.0)
    asa = np.where(stable, wait * aht_s / spare, np.inf)
    return [wait, level, asa, np.zeros_like(asa), np.where(stable, load_erl / servers, 1.0)]


def _leaving(full: Saturated, patience_s: Array, within_s: Array, definition: Definition) -> list[Array]:
    """Customers give up after an exponential time (Palm's queue)."""
    servers, load_erl = full.servers, full.load_erl
    x, y = servers * (patience_s / full.aht_s), load_erl * (patience_s / full.aht_s)
    above, below_y = palm_and_gamma(x, y)
    with np.errstate(over="ignore"):
        wait = 1.0 / (1.0 + (full.below - 1.0) / above)
    lost = _lost_of_waiting(x, y, servers / load_erl, above)
    abandonment = wait * lost
    served = np.maximum(1.0 - abandonment, 0.0)
    level = _level(x, y, wait, lost, within_s / patience_s, below_y, definition)
    occupancy = np.minimum(load_erl * served / servers, 1.0)
    return [wait, level, abandonment * patience_s, abandonment, occupancy]


def _lost_of_waiting(x: Array, y: Array, x_over_y: Array, above: Array) -> Array:
    """Share of waiting customers who give up; where few do, by a series, since the closed form cancels."""
    lost = 1.0 - (1.0 - 1.0 / above) * x_over_y
    spare = x - y
    light = ((spare > 4.0 * np.sqrt(x)) | (spare > 0.5 * x)) & (
        spare > 0.0012 * x
    )  # else the series is over 40,000 terms
    if light.any():
        total, moment = rising_series(x[light], y[light])
        lost[light] = moment / (y[light] * total)
    return np.clip(lost, 0.0, 1.0)


def _level(x: Array, y: Array, wait: Array, lost: Array, decay: Array, below_y: Array, definition: Definition) -> Array:
    """Service level by one of the five definitions; `decay` is the time asked over the patience."""
    longer = np.zeros_like(wait)
    if definition in {"abandon-ok", "exclude-short", "virtual"}:
        later = wait * gamma_ratio(x, y, decay, below_y)  # an endlessly patient customer would wait longer
        if definition == "virtual":
            return 1.0 - later
        longer = later * np.exp(-decay)  # a customer does wait longer
        if definition == "abandon-ok":
            return 1.0 - longer
    late = wait * gamma_ratio(x, y, decay, below_y, 1.0)
    served = 1.0 - wait * lost
    in_time = np.clip(served - late, 0.0, 1.0)
    if definition == "offered":
        return in_time
    counted = served if definition == "answered" else in_time + longer
    return np.clip(np.divide(in_time, counted, out=np.zeros_like(in_time), where=counted > 0), 0.0, 1.0)
