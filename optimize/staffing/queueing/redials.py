"""Customers who gave up and try again (Erlang X)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from configs.errors import DataError, Fault
from optimize.staffing.queueing.erlang import plain_queue
from optimize.staffing.queueing.measures import checked_definition, numbers, shaped

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import ArrayLike, NDArray

    from optimize.staffing.queueing.measures import Definition, Service

    Array = NDArray[np.float64]

_ROUNDS = 100
_CLOSE = 4e-15
_CLOSE_SECANT = 1e-10  # a secant step this short leaves an error below the last digit


def erlang_x(
    agents: ArrayLike,
    load_erl: ArrayLike,
    aht_s: ArrayLike,
    patience_s: ArrayLike,
    redial_share: ArrayLike,
    within_s: ArrayLike = 0.0,
    *,
    definition: Definition = "offered",
) -> Service:
    """Service when a share of those who give up calls again later (Erlang X).

    All measures are per attempt. Good for redials after five minutes or more; quicker ones make it slightly worse.

    Parameters
    ----------
    agents, aht_s, patience_s, within_s, definition
        As in ``erlang_a``.
    load_erl
        Offered load of first attempts, ``volume * aht_s / interval_s``.
    redial_share
        Share of those who give up that tries again; 0 or more, below 1.

    Raises
    ------
    DataError
        A number is out of range, or there is no such definition.

    References
    ----------
    Koole (2013), Call center optimization.
    """
    n, a, aht, patience, again, within = np.broadcast_arrays(
        numbers("agents", agents),
        numbers("load_erl", load_erl),
        numbers("aht_s", aht_s, above=0.0),
        numbers("patience_s", patience_s, above=0.0, infinite=True),
        checked_share(redial_share),
        numbers("within_s", within_s),
    )
    known, shape = checked_definition(definition), n.shape
    n, a, aht, patience, again, within = (part.ravel() for part in (n, a, aht, patience, again, within))

    def lost(load: Array, rows: NDArray[np.int64]) -> Array:
        return plain_queue(n[rows], load, aht[rows], patience[rows], within[rows], definition=known).abandonment

    return shaped(plain_queue(n, with_redials(a, again, lost), aht, patience, within, definition=known), shape)


def checked_share(redial_share: ArrayLike) -> Array:
    """Check that shares are 0 or more and below 1: were everybody to try again, attempts might never end.

    Raises
    ------
    DataError
        A share is not.
    """
    share = numbers("redial_share", redial_share)
    if (share >= 1).any():
        raise DataError(Fault("redial_share", f"must be below 1, got {share.max():g}"))
    return share


def with_redials(load_erl: Array, redial_share: Array, lost: Callable[[Array, NDArray[np.int64]], Array]) -> Array:
    """Load of all attempts, the root of ``load = first + redial_share * lost(load) * load``.

    Parameters
    ----------
    load_erl
        Load of first attempts; flat.
    redial_share
        Share of those who give up that tries again; below 1.
    lost
        Share of attempts given up, of a load and the rows it belongs to.

    Notes
    -----
    ``load * (1 - share * lost)`` rises with the load, so there is one root between the first attempts and
    ``first / (1 - share)``; secant steps inside that bracket find it.
    """
    low, high = load_erl.copy(), load_erl / (1.0 - redial_share)
    attempts, before, over_before = load_erl.copy(), np.zeros_like(load_erl), -load_erl
    rows = np.flatnonzero((redial_share > 0) & (load_erl > 0))
    for _ in range(_ROUNDS):
        if not rows.size:
            break
        load = attempts[rows]
        over = load * (1.0 - redial_share[rows] * lost(load, rows)) - load_erl[rows]
        low[rows] = np.where(over <= 0, load, low[rows])
        high[rows] = np.where(over >= 0, load, high[rows])
        rise = over - over_before[rows]
        secant = load - over * (load - before[rows]) / np.where(rise == 0, 1.0, rise)
        inside = (secant >= low[rows]) & (secant <= high[rows]) & (rise != 0)
        following = np.where(inside, secant, 0.5 * (low[rows] + high[rows]))
        before[rows], over_before[rows], attempts[rows] = load, over, following
        close = np.where(inside, _CLOSE_SECANT, _CLOSE)
        rows = rows[(np.abs(following - load) > close * load) & (over != 0)]
    return attempts
