"""Chat and messaging in many random weeks at once: agents with slots, in law as message by message."""

from __future__ import annotations

from dataclasses import replace
from math import ceil
from typing import TYPE_CHECKING

import numpy as np

from configs.errors import DataError, Fault
from optimize.simulation.at_once.closing import closing_of
from optimize.simulation.at_once.counting import Attempts, counted_calls
from optimize.simulation.at_once.desks import Desks
from optimize.simulation.at_once.lanes import lanes_of
from optimize.simulation.days import by_interval

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from optimize.simulation.at_once.called import Called
    from optimize.simulation.at_once.closing import Closing
    from optimize.simulation.at_once.desk_log import DeskLog
    from optimize.simulation.at_once.lanes import Lanes
    from optimize.simulation.at_once.seen import Seen
    from optimize.simulation.chat import Conversation, Routing

    Array = NDArray[np.float64]
    Whole = NDArray[np.int64]

_DAY_S = 86_400.0
_MEMORY = 4.0  # times the length of a conversation and the patience after which an earlier queue is forgotten


def simulate_conversations(
    line: Called, present: Whole, conversation: Conversation, *, routing: Routing = "least-loaded"
) -> Seen:
    """Simulate agents who hold several conversations, in all weeks of their customers.

    An agent answers the messages of the open conversations in order, one at a time. What customers wait has the law of
    ``chat.simulate_chat`` (but that the pace of an agent follows the conversations open now, not those open when the
    message was begun). Time worked and time to reply are those of the conversations that close: `touches` messages
    each, an answer of `touch_s` to every one, and a time to think after every one but the last (Wald's identity). So
    their means are exact; time to think counts in the interval in which it begins.

    Parameters
    ----------
    line
        Customers of R weeks, and what the service level counts; nobody comes back.
    present
        Agents at work, shape (R, T).
    conversation
        What a conversation is made of; customers think for an exponential time.
    routing
        Whether a new conversation goes to the agent who holds fewest or to the one who holds most.

    Raises
    ------
    DataError
        Times to think that are not exponential.

    References
    ----------
    Wald (1944), On cumulative sums of random variables.
    """
    if conversation.think_cv != 1.0:
        words = f"must be 1 (exponential) for many weeks at once, got {conversation.think_cv:g}"
        raise DataError(Fault("think_cv", words))
    closing = closing_of(conversation)
    thinks_s = (conversation.touches - 1.0) * conversation.think_s
    log, seen = seen_at_desks(line, present, closing, routing, conversation.slots * closing.worked_s[-1] + thinks_s)
    return replace(seen, response_s=log.open_s - log.closes * thinks_s, messages=log.closes * conversation.touches)


def seen_at_desks(
    line: Called, present: Whole, closing: Closing, routing: Routing, length_s: float
) -> tuple[DeskLog, Seen]:
    """Simulate agents known by the law of their next close; `length_s` is about the longest of a conversation."""
    patience = line.customers.patience_s
    patience_s = float(np.mean(patience)) if np.isfinite(patience).all() else np.inf
    lanes = _lanes(line, present, _MEMORY * (length_s + patience_s))
    desks = Desks(line.customers, present, closing, routing, lanes)
    desks.run()
    attempts = Attempts.of_customers(line.customers, desks.wait)
    there_s: Array = present.astype(np.float64) * line.customers.interval_s
    return desks.log, counted_calls(attempts, line, present.shape[1], desks.log.worked_s, there_s)


def _lanes(line: Called, present: Whole, memory_s: float) -> Lanes:
    """Days side by side; whole weeks where a day remembers the one before."""
    weeks, size = present.shape
    a_day = round(_DAY_S / line.customers.interval_s)
    if memory_s > _DAY_S / 3:
        return lanes_of(weeks, size, (), 0)
    volume = line.customers.volume.mean(axis=0)
    opens = _opening(by_interval(np.arange(size) % a_day, volume, a_day))
    cuts = tuple(range(opens or a_day, size, a_day))
    return lanes_of(weeks, size, cuts, ceil(memory_s / line.customers.interval_s))


def _opening(volume: Array) -> int:
    """Number of the interval of a day after its longest quiet time: what was before is forgotten at no cost there."""
    quiet, longest, opens = 0, 0, 0
    for number in range(2 * volume.size):  # twice, as the quiet time goes on after midnight
        if volume[number % volume.size] <= volume.min():
            quiet += 1
            continue
        if quiet > longest:
            longest, opens = quiet, number % volume.size
        quiet = 0
    return opens
