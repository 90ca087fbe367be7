"""Erlang B, C and A: one customer per agent."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from optimize.staffing.queueing.above_saturation import Saturated, queue
from optimize.staffing.queueing.measures import checked_definition, numbers, shaped
from optimize.staffing.queueing.special import inverse_erlang_b

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from optimize.staffing.queueing.measures import Definition, Service

    Array = NDArray[np.float64]


def erlang_b(agents: ArrayLike, load_erl: ArrayLike) -> Array:
    """Probability that all agents are busy when nobody waits (Erlang B, M/M/n/n).

    Parameters
    ----------
    agents
        Agents (or lines) at work; real numbers of 0 or more.
    load_erl
        Offered load, ``volume * aht_s / interval_s``; 0 or more.

    Returns
    -------
    Array
        Values of 0 to 1 in the broadcast shape, to 1e-12 relative up to 100,000 agents.

    Raises
    ------
    DataError
        A number is negative, infinite or NaN.

    References
    ----------
    Jagerman (1974), Some properties of the Erlang loss function (real-valued agents).

    >>> round(float(erlang_b(15, 8.108)), 4)
    0.01
    """
    n, a = np.broadcast_arrays(numbers("agents", agents), numbers("load_erl", load_erl))
    blocking = 1.0 / below_saturation(n.ravel(), a.ravel())
    return np.asarray(blocking.reshape(n.shape))[()]


def erlang_c(
    agents: ArrayLike, load_erl: ArrayLike, aht_s: ArrayLike, within_s: ArrayLike = 0.0, *, service_cv: float = 1.0
) -> Service:
    """Service when nobody gives up (Erlang C, M/M/n).

    Parameters
    ----------
    agents
        Agents at work; real numbers of 0 or more.
    load_erl
        Offered load, ``volume * aht_s / interval_s``; 0 or more. From `agents` on the queue grows without end:
        everybody waits, the service level is 0 and the mean wait infinite.
    aht_s
        Mean handle time in seconds.
    within_s
        Time of the service level in seconds.
    service_cv
        Coefficient of variation of the handle time, 1 for the exponential law. Waits of those who wait are multiplied
        by ``(1 + cv**2) / 2``, exact for one agent and close for many (Allen and Cunneen). With customers who give up
        the law hardly matters, so Erlang A does not take it.

    Raises
    ------
    DataError
        A number is negative, infinite or NaN.

    References
    ----------
    Gans, Koole and Mandelbaum (2003), Telephone call centers.

    >>> round(float(erlang_c(14, 10.0, 180.0, 20.0).probability_wait), 4)
    0.1741
    """
    numbers("service_cv", service_cv)
    n, a, aht, within = np.broadcast_arrays(
        numbers("agents", agents),
        numbers("load_erl", load_erl),
        numbers("aht_s", aht_s, above=0.0),
        numbers("within_s", within_s),
    )
    parts = [part.ravel() for part in (n, a, aht, np.full(n.shape, np.inf), within)]
    return shaped(plain_queue(*parts, definition="offered", service_cv=service_cv), n.shape)


def erlang_a(
    agents: ArrayLike,
    load_erl: ArrayLike,
    aht_s: ArrayLike,
    patience_s: ArrayLike,
    within_s: ArrayLike = 0.0,
    *,
    definition: Definition = "offered",
) -> Service:
    """Service when waiting customers give up (Erlang A, M/M/n+M).

    Parameters
    ----------
    agents
        Agents at work; real numbers of 0 or more.
    load_erl
        Offered load, ``volume * aht_s / interval_s``; 0 or more, also above `agents`.
    aht_s
        Mean handle time in seconds.
    patience_s
        Mean time a customer waits before giving up, in seconds; inf where nobody does (Erlang C).
    within_s
        Time of the service level in seconds.
    definition
        What the service level counts, see ``measures.Definition``.

    Raises
    ------
    DataError
        A number is negative, infinite or NaN, or there is no such definition.

    References
    ----------
    Palm (1957); Garnett, Mandelbaum and Reiman (2002), Designing a call center with impatient customers.

    >>> round(float(erlang_a(12, 8.4, 120.0, 60.0, 20.0).service_level), 3)
    0.945
    """
    n, a, aht, patience, within = np.broadcast_arrays(
        numbers("agents", agents),
        numbers("load_erl", load_erl),
        numbers("aht_s", aht_s, above=0.0),
        numbers("patience_s", patience_s, above=0.0, infinite=True),
        numbers("within_s", within_s),
    )
    parts = [part.ravel() for part in (n, a, aht, patience, within)]
    return shaped(plain_queue(*parts, definition=checked_definition(definition)), n.shape)


def plain_queue(
    agents: Array,
    load_erl: Array,
    aht_s: Array,
    patience_s: Array,
    within_s: Array,
    *,
    definition: Definition,
    service_cv: float = 1.0,
) -> Service:
    """Erlang A, or C where patience is infinite, on flat arrays that are known to be good."""
    below = below_saturation(agents, load_erl)
    return queue(Saturated(below, agents, load_erl, aht_s), patience_s, within_s, definition, service_cv)


def below_saturation(agents: Array, load_erl: Array) -> Array:
    """``1/B`` with the values at no load: inf with agents, 1 without."""
    loaded = load_erl > 0
    inverse = inverse_erlang_b(agents, np.where(loaded, load_erl, 1.0))
    return np.where(loaded, np.maximum(inverse, 1.0), np.where(agents > 0, np.inf, 1.0))
