"""The largest volume that a given staff can carry."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from optimize.staffing.queueing.measures import numbers
from optimize.staffing.requirement.question import Question

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from optimize.staffing.queueing.concurrency import Curve
    from optimize.staffing.queueing.measures import Definition
    from optimize.staffing.queueing.queues import Queues
    from optimize.staffing.requirement.targets import Targets

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
    """Most contacts in an interval with which the agents meet every target given.

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
        Contacts, in the broadcast shape, to ten digits and never too many; 0 where no volume meets the targets.

    Raises
    ------
    DataError
        A number is out of range, no promise is given, or a promise needs a curve that is not there.

    >>> round(float(volume_for(14, 180, 1800, share=0.8, within_s=20)), 1)
    108.7
    """
    question = Question(
        asked_by="volume_for",
        aht_s=aht_s,
        share=share,
        within_s=within_s,
        patience_s=patience_s,
        asa_s=asa_s,
        abandonment=abandonment,
        max_occupancy=max_occupancy,
        response_s=response_s,
        redial_share=redial_share,
        definition=definition,
        curve=curve,
    )
    rows = question.rows(numbers("agents", agents), numbers("interval_s", interval_s, above=0.0))
    number, length_s = rows.amounts
    load = carried_load(rows.queues, rows.targets, number)
    return rows.shaped(load * length_s / rows.queues.aht_s)


def carried_load(queues: Queues, targets: Targets, agents: Array) -> Array:
    """Largest load each row's agents carry, seen to be carried.

    Parameters
    ----------
    queues
        What is known of each queue; its load is not used.
    targets
        What is to be kept.
    agents
        Agents of each row; 0 or more.

    Returns
    -------
    Array
        Loads in Erlang, found by halving: never too much, and too little by about one part in 10^12.
    """
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
