"""Conversations in many random weeks at once, where the slow-down of agents was measured."""

from __future__ import annotations

from typing import TYPE_CHECKING

from optimize.simulation.at_once.closing import measured_closing
from optimize.simulation.at_once.conversations import seen_at_desks

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from optimize.simulation.at_once.called import Called
    from optimize.simulation.at_once.seen import Seen
    from optimize.simulation.chat import Routing

    Whole = NDArray[np.int64]


def simulate_measured(
    line: Called, present: Whole, aht_by_slots: Sequence[float], *, routing: Routing = "least-loaded"
) -> Seen:
    """Simulate agents known only by the length of a conversation with 1, 2, ... of them open.

    The law is that of ``measured.simulate_measured_chat``. An agent works while a conversation is open.

    Parameters
    ----------
    line, present, routing
        As in ``conversations.simulate_conversations``.
    aht_by_slots
        Mean length in seconds with 1, 2, ... conversations open; as many values as slots.
    """
    lengths_s = tuple(float(length) for length in aht_by_slots)
    return seen_at_desks(line, present, measured_closing(lengths_s), routing, max(lengths_s))[1]
