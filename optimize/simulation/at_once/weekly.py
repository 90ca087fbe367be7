"""Conversations and deferrable work of a channel of the config, in many weeks at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from configs.errors import DataError, Fault
from optimize.simulation.at_once.backlog import WorkWeeks, draw_work_weeks
from optimize.simulation.at_once.called import Called
from optimize.simulation.at_once.conversations import simulate_conversations
from optimize.simulation.at_once.measured import simulate_measured
from optimize.simulation.backlog import DeferrableWork, Returns
from optimize.simulation.chat import Conversation

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from configs.schema import ConcurrentChannel, DeferrableChannel
    from optimize.simulation.at_once.customers import Customers, Demand
    from optimize.simulation.at_once.seen import Seen
    from optimize.staffing.queueing.measures import Definition

    Array = NDArray[np.float64]
    Whole = NDArray[np.int64]


def conversations_seen(
    name: str, channel: ConcurrentChannel, customers: Customers, present: Whole, definition: Definition
) -> Seen:
    """Simulate the conversations of a channel; `present` has shape (R, T)."""
    line = Called(customers, channel.target.within.total_seconds(), definition)
    if channel.aht_by_slots is not None:
        return simulate_measured(line, present, [length.total_seconds() for length in channel.aht_by_slots])
    return simulate_conversations(line, present, conversation_of(name, channel))


def conversation_of(name: str, channel: ConcurrentChannel) -> Conversation:
    """What a conversation of the channel is made of."""
    if channel.touch is None or channel.think is None or channel.touches is None:  # the schema has seen to it
        raise DataError(Fault(f"channels.{name}", "needs touch, think and touches"))
    touch_s, think_s = channel.touch.total_seconds(), channel.think.total_seconds()
    return Conversation(channel.slots, touch_s, think_s, channel.touches, channel.switch)


def work_of(channel: DeferrableChannel, demand: Demand, opening: int) -> DeferrableWork:
    """What the contacts of a deferrable channel are made of."""
    returns = Returns(channel.returns, channel.returns_after.total_seconds())
    return DeferrableWork(demand.aht_s, opening, returns=returns)


def work_weeks(work: DeferrableWork, customers: Customers, present: Whole, due_s: Array) -> WorkWeeks:
    """The deferrable work of a channel in many weeks, with those who come to do it.

    Parameters
    ----------
    work
        What the contacts are made of.
    customers
        Contacts of R weeks.
    present
        People at work, shape (R, T).
    due_s
        Moment each interval's work is due, in seconds after the first; inf where there is none.
    """
    return WorkWeeks(draw_work_weeks(customers, work), work.opening, present, due_s, customers.interval_s)
