"""Conversations and deferrable work of many weeks, simulated one week after another."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from configs.errors import DataError, Fault
from optimize.simulation.at_once.seen import Seen
from optimize.simulation.backlog import DeferrableWork, Returns, simulate_backlog
from optimize.simulation.chat import Conversation, simulate_chat
from optimize.simulation.days import Grid, by_interval
from optimize.simulation.intervals import Counts, counted
from optimize.simulation.measured import simulate_measured_chat

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from configs.schema import ConcurrentChannel, DeferrableChannel
    from optimize.simulation.at_once.customers import Customers, Demand
    from optimize.simulation.result import ContactLog
    from optimize.staffing.queueing.measures import Definition

    Array = NDArray[np.float64]
    Whole = NDArray[np.int64]


def conversations_seen(
    name: str, channel: ConcurrentChannel, customers: Customers, present: Whole, definition: Definition
) -> Seen:
    """Simulate the conversations of a channel; `present` has shape (R, T)."""
    within_s = channel.target.within.total_seconds()
    patience_s = np.inf if channel.patience is None else channel.patience.total_seconds()

    def week(number: int) -> Counts:
        grid = Grid(customers.interval_s, customers.volume[number], present[number])
        draws = customers.draws.week(number)
        if channel.aht_by_slots is not None:
            lengths = [length.total_seconds() for length in channel.aht_by_slots]
            log = simulate_measured_chat(grid, lengths, patience_s, draws=draws)
        else:
            log = simulate_chat(grid, conversation_of(name, channel), patience_s, draws=draws)
        return counted(log, within_s, definition, grid.interval_s, _there_s(grid))

    return _stacked(week(number) for number in range(customers.weeks))


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


def work_seen(work: DeferrableWork, customers: Customers, present: Whole, due_s: Array) -> Seen:
    """Simulate the deferrable work of a channel.

    Parameters
    ----------
    work
        What the contacts are made of.
    customers
        How busy the weeks are.
    present
        People at work, shape (R, T).
    due_s
        Moment each interval's work is due, in seconds after the first; inf where there is none.
    """

    def week(number: int) -> Counts:
        grid = Grid(customers.interval_s, customers.volume[number], present[number])
        return _in_time(simulate_backlog(grid, work, customers.draws.week(number)), grid, work.opening, due_s)

    return _stacked(week(number) for number in range(customers.weeks))


def _in_time(seen: ContactLog, grid: Grid, opening: int, due_s: Array) -> Counts:
    """Count deferrable contacts: in time means finished when due; contacts due after the week are not judged."""
    at = (seen.arrival_s[opening:] // grid.interval_s).astype(np.int64)
    wait, done = seen.wait_s[opening:], seen.served[opening:]
    end = seen.arrival_s[opening:] + wait
    judged = due_s[at] <= grid.end_s

    good = by_interval(at, judged & done & (end <= due_s[at] + 1e-6), grid.size)
    waited = by_interval(at, np.where(done, wait, 0.0), grid.size)
    offered, of = by_interval(at, done, grid.size), by_interval(at, judged, grid.size)
    return Counts(offered, good, of, np.zeros(grid.size), waited, seen.busy_s, _there_s(grid))


def _there_s(grid: Grid) -> Array:
    """Agent-seconds at work in each interval."""
    return np.asarray(grid.agents.astype(np.float64) * grid.interval_s)


def _stacked(weeks: Iterable[Counts]) -> Seen:
    """Weeks one below the other."""
    each = list(weeks)

    def rows(name: str) -> Array:
        return np.stack([np.asarray(getattr(week, name), dtype=float) for week in each])

    good, of, offered, left = rows("good"), rows("counted"), rows("offered"), rows("left")
    return Seen(good, of, offered, left, rows("wait_s"), rows("busy_s"), rows("there_s"))
