"""Requirements under forecast uncertainty.

The rate of an interval is read as gamma with the forecast's mean and coefficient of variation, so contacts are a
gamma-mixed Poisson (negative binomial). A plan for the point forecast meets its targets on average far less often.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np

from configs.errors import DataError, Fault
from optimize.staffing.queueing.measures import numbers
from optimize.staffing.requirement.least_agents import least_agents
from optimize.staffing.requirement.least_integer import least
from optimize.staffing.requirement.targets import ROUNDING, Targets

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from optimize.staffing.queueing.queues import Queues

    Array = NDArray[np.float64]
    Rows = NDArray[np.int64]

NODES = 32
"""Quantiles of the rate at which the service is computed; 200 change no requirement here."""


def mixed_agents(queues: Queues, targets: Targets, rate_cv: ArrayLike, risk: Literal["mean"] | float = "mean") -> Array:
    """Least agents when the load is uncertain.

    Parameters
    ----------
    queues
        Queues at their mean load.
    targets
        Service targets.
    rate_cv
        Coefficient of variation of each row's rate.
    risk
        ``"mean"``: every target is met on average over the forecast's spread, weighted by contacts. A share: every
        target is met in that share of cases.

    Raises
    ------
    DataError
        The risk is not a share above 0 and below 1, or a coefficient is negative.
    """
    cv = np.broadcast_to(numbers("rate_cv", rate_cv), queues.load_erl.shape)
    if risk != "mean":
        if not 0 < risk < 1:
            raise DataError(Fault("risk", f'must be "mean" or a share above 0 and below 1, got {risk:g}'))
        return least_agents(queues.at(queues.load_erl * rate_quantile(cv, np.array([risk]))[:, 0]), targets)
    factors, weights = rate_nodes(cv)
    start = np.where(np.isfinite(first := least_agents(queues, targets)), first, 0.0)

    def enough(agents: Array, rows: Rows) -> NDArray[np.bool_]:
        return _met_on_average(queues.take(rows), targets.take(rows), agents, factors[rows], weights)

    answer = least(enough, start)
    return np.where(np.isfinite(first), answer, np.inf)


def mean_service_level(queues: Queues, agents: Array, rate_cv: ArrayLike) -> Array:
    """Service level over the forecast's spread: contacts in time over contacts, so busy times weigh more.

    Parameters
    ----------
    queues
        Queues at their mean load.
    agents
        Agents of each row.
    rate_cv
        Coefficient of variation of each row's rate, gamma distributed.
    """
    factors, weights = rate_nodes(np.broadcast_to(numbers("rate_cv", rate_cv), queues.load_erl.shape))
    top = np.zeros(queues.size)
    for node, weight in enumerate(weights):
        load = queues.load_erl * factors[:, node]
        top += weight * factors[:, node] * queues.at(load).serve(agents, replies=False).service_level
    return top / (factors @ weights)


def rate_quantile(rate_cv: Array, share: Array) -> Array:
    """Quantiles of the rate over its mean, gamma; a row for each coefficient, a column for each share."""
    from scipy.special import gammaincinv

    cv = np.maximum(rate_cv, 1e-6)[:, None]
    shape = 1.0 / cv**2
    return np.where(rate_cv[:, None] > 1e-6, gammaincinv(shape, share[None, :]) / shape, 1.0)


def rate_nodes(cv: Array, nodes: int = NODES) -> tuple[Array, Array]:
    """Rates over their mean at Gauss-Legendre points of probability, shape (rows, nodes), and the points' weights."""
    points, weights = np.polynomial.legendre.leggauss(nodes)
    return rate_quantile(cv, 0.5 * (points + 1.0)), 0.5 * weights


def _met_on_average(
    queues: Queues, targets: Targets, agents: Array, factors: Array, weights: Array
) -> NDArray[np.bool_]:
    """Whether the means over the rate meet the targets; customer measures are weighted by contacts."""
    sums = {name: np.zeros(queues.size) for name in ("service_level", "asa_s", "abandonment", "response_s")}
    busy = np.zeros(queues.size)
    contacts = factors @ weights
    for node, weight in enumerate(weights):
        factor = factors[:, node]
        service = queues.at(queues.load_erl * factor).serve(agents)
        for name in sums:
            if hasattr(service, name):
                sums[name] += weight * factor / contacts * getattr(service, name)
        busy += weight * service.occupancy
    met = ~(sums["service_level"] < targets.share - ROUNDING)
    limits = [("asa_s", targets.asa_s), ("abandonment", targets.abandonment), ("response_s", targets.response_s)]
    for name, most in limits:
        met &= ~(sums[name] > most * (1.0 + ROUNDING))
    return met & ~(busy > targets.max_occupancy * (1.0 + ROUNDING))
