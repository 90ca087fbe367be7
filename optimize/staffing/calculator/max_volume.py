"""The other way round: how many contacts a given staff can carry."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from configs.errors import DataError, Fault
from optimize.staffing.queueing.measures import checked_definition, numbers
from optimize.staffing.queueing.queues import Queues
from optimize.staffing.queueing.redials import checked_share
from optimize.staffing.requirement.targets import Targets

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from optimize.staffing.queueing.concurrency import Curve
    from optimize.staffing.queueing.measures import Definition

    Array = NDArray[np.float64]

_HALVINGS = 60
_BACK = 1.0 - 1e-12  # so that a load made again from the volume is carried too


def volume_for(
    agents: ArrayLike,
    aht_s: ArrayLike | None = None,
    interval_s: ArrayLike = 1800.0,
    *,
    share: ArrayLike | None = None,
    within_s: ArrayLike = 0.0,
    patience_s: ArrayLike = np.inf,
    asa_s: ArrayLike | None = None,
    abandonment: ArrayLike | None = None,
    max_occupancy: ArrayLike | None = None,
    response_s: ArrayLike | None = None,
    redial_share: ArrayLike = 0.0,
    definition: Definition = "offered",
    curve: Curve | None = None,
) -> Array:
    """Most contacts an interval may bring so that the agents keep every promise given.

    Parameters
    ----------
    agents
        Agents at work; 0 or more.
    interval_s
        Length of the interval in seconds.
    aht_s, share, within_s, patience_s, asa_s, abandonment, max_occupancy, response_s, redial_share, definition, curve
        As in ``required_agents``.

    Returns
    -------
    Array
        Contacts, in the broadcast shape, to ten digits and never too many; 0 where no contact can be promised that.

    Raises
    ------
    DataError
        A number is out of range, or no promise is given.

    >>> round(float(volume_for(14, 180, 1800, share=0.8, within_s=20)), 1)
    108.7
    """
    service_targets = (share, asa_s, abandonment, max_occupancy, response_s)
    if all(value is None for value in service_targets):
        raise DataError(Fault("volume_for", "needs a target: share, asa_s, abandonment, max_occupancy or response_s"))
    if curve is None and aht_s is None:
        raise DataError(Fault("aht_s", "is needed without a curve"))
    n, aht, interval, patience, within, again, *asked = np.broadcast_arrays(
        numbers("agents", agents),
        numbers("aht_s", aht_s if curve is None else curve.handle_s, above=0.0),  # type: ignore[arg-type]
        numbers("interval_s", interval_s, above=0.0),
        numbers("patience_s", patience_s, above=0.0, infinite=True),
        numbers("within_s", within_s),
        checked_share(redial_share),
        *(np.asarray(np.nan) if value is None else numbers("promise", value) for value in service_targets),
    )
    session, reply = (None, None) if curve is None else curve.rows(n.size)
    queues = Queues(
        np.zeros(n.size),
        aht.ravel(),
        patience.ravel(),
        within.ravel(),
        checked_definition(definition),
        again.ravel() if again.any() else None,
        session,
        reply,
    )
    targets = Targets(*(part.ravel() for part in asked))
    load = carried_load(queues, targets, n.ravel())
    return np.asarray((load * interval.ravel() / aht.ravel()).reshape(n.shape))[()]


def carried_load(queues: Queues, targets: Targets, agents: Array) -> Array:
    """Largest load each row's agents carry, seen to be carried; the load of `queues` is not used."""
    replies = not bool(np.isnan(targets.response_s).all())

    def met(load: Array) -> NDArray[np.bool_]:
        return targets.met(queues.at(load).serve(agents, replies=replies))

    low, high = np.zeros(agents.size), np.maximum(agents, 1.0)
    for _ in range(_HALVINGS):  # with impatient customers the load may exceed the agents
        more = met(high) & (agents > 0)
        if not more.any():
            break
        low, high = np.where(more, high, low), np.where(more, 2.0 * high, high)
    for _ in range(_HALVINGS):
        middle = 0.5 * (low + high)
        good = met(middle)
        low, high = np.where(good, middle, low), np.where(good, high, middle)
    return np.where(agents > 0, low * _BACK, 0.0)
