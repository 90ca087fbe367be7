"""Agents who hold several conversations: the slow-down curve, and Erlang A with slots.

An agent with j open conversations is a machine-repair queue: one server (the agent) and j customers who think and
then write. Queued messages make conversations longer, so handle time grows with j and slots are not agents.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from configs.errors import DataError, Fault
from optimize.staffing.queueing.above_saturation import Saturated, queue
from optimize.staffing.queueing.chain import sum_below
from optimize.staffing.queueing.measures import ConcurrentService, checked_definition, numbers, shaped

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike, NDArray

    from optimize.staffing.queueing.measures import Definition, Service

    Array = NDArray[np.float64]


@dataclass(frozen=True)
class Curve:
    """How an agent slows down with every further conversation.

    Parameters
    ----------
    session_s
        Mean length of a conversation in seconds with 1, 2, ... of them open.
    reply_s
        Mean time from a customer's message to the reply, likewise; NaN where only lengths were measured.
    touches
        Agent messages per conversation; NaN where only lengths were measured.
    """

    session_s: tuple[float, ...]
    reply_s: tuple[float, ...]
    touches: float

    @classmethod
    def from_touches(cls, slots: int, touch_s: float, think_s: float, touches: float, switch: float = 0.0) -> Curve:
        """Derive the curve from what one message takes.

        Parameters
        ----------
        slots
            Conversations an agent may hold at once; 1 or more.
        touch_s, think_s
            Agent time per message and customer time between two messages, in seconds.
        touches
            Mean number of agent messages per conversation; 1 or more.
        switch
            Extra agent time per message for each further open conversation, as a share.

        Raises
        ------
        DataError
            A value is out of range.

        >>> [round(seconds) for seconds in Curve.from_touches(4, 30, 60, 8).reply_s]
        [30, 41, 56, 77]
        """
        _whole("slots", slots)
        for name, value, low in (("touch_s", touch_s, 0.0), ("touches", touches, 1.0)):
            numbers(name, value, above=0.0)
            if value < low:
                raise DataError(Fault(name, f"must be {low:g} or more, got {value:g}"))
        numbers("think_s", think_s)
        numbers("switch", switch)
        session, reply = derived(slots, *(np.array([float(value)]) for value in (touch_s, think_s, touches, switch)))
        return cls(tuple(session[0].tolist()), tuple(reply[0].tolist()), float(touches))

    @classmethod
    def measured(cls, aht_by_slots: Sequence[float]) -> Curve:
        """Take the mean length of a conversation as measured with 1, 2, ... of them open, in seconds.

        Raises
        ------
        DataError
            The list is empty or holds a value that is not above 0.
        """
        lengths = tuple(np.atleast_1d(numbers("aht_by_slots", aht_by_slots, above=0.0)).tolist())
        _whole("the number of values in aht_by_slots", len(lengths))
        return cls(lengths, (float("nan"),) * len(lengths), float("nan"))

    @property
    def slots(self) -> int:
        """Conversations an agent may hold at once."""
        return len(self.session_s)

    @cached_property
    def handle_s(self) -> float:
        """Agent time of one conversation with the slots put to best use, in seconds; the ``aht_s`` of the load."""
        return min(length / conversations for conversations, length in enumerate(self.session_s, 1))

    def rows(self, size: int) -> Curves:
        """The curve as a table of `size` equal rows."""
        shape = (size, self.slots)
        return Curves(np.broadcast_to(np.array(self.session_s), shape), np.broadcast_to(np.array(self.reply_s), shape))


@dataclass(frozen=True)
class Curves:
    """A slow-down curve a row: arrays of shape (queues, slots), times in seconds as in `Curve`."""

    session_s: Array
    reply_s: Array

    @property
    def slots(self) -> int:
        """Conversations an agent may hold at once."""
        return int(self.session_s.shape[1])

    @property
    def full_s(self) -> Array:
        """Length of a conversation with every slot taken."""
        return self.session_s[:, -1]

    def take(self, rows: NDArray[np.int64]) -> Curves:
        """Return some of the rows, in the order asked."""
        return Curves(self.session_s[rows], self.reply_s[rows])


def erlang_k(
    agents: ArrayLike,
    load_erl: ArrayLike,
    curve: Curve,
    patience_s: ArrayLike = np.inf,
    within_s: ArrayLike = 0.0,
    *,
    definition: Definition = "offered",
) -> ConcurrentService:
    """Service of agents who hold several conversations (Erlang A with slots).

    New conversations go to the agent who holds fewest. With one slot this is Erlang A.

    Parameters
    ----------
    agents
        Agents at work, 0 or more; between whole numbers the measures are interpolated.
    load_erl
        Offered load, ``volume * curve.handle_s / interval_s``; 0 or more.
    curve
        How an agent slows down with every further conversation.
    patience_s
        Mean time a customer waits for the first answer before giving up; inf where nobody does.
    within_s
        Time of the service level in seconds, counted until an agent takes the conversation.
    definition
        What the service level counts, see ``measures.Definition``.

    Raises
    ------
    DataError
        A number is negative, infinite or NaN, or there is no such definition.

    References
    ----------
    Tezcan and Zhang (2014), Routing and staffing in customer service chat systems with impatient customers.
    """
    n, a, patience, within = np.broadcast_arrays(
        numbers("agents", agents),
        numbers("load_erl", load_erl),
        numbers("patience_s", patience_s, above=0.0, infinite=True),
        numbers("within_s", within_s),
    )
    flat = (n.ravel(), a.ravel(), patience.ravel(), within.ravel())
    return shaped(slotted_queue(*flat, curve.rows(n.size), definition=checked_definition(definition)), n.shape)


def derived(slots: int, touch_s: Array, think_s: Array, touches: Array, switch: Array) -> tuple[Array, Array]:
    """Length of a conversation and time to reply with 1..slots open; a row for each element of the inputs.

    The customer does not think after the last message, so the pause per message is ``think * (1 - 1/touches)``;
    leaving that out makes service levels wrong by up to 8 points.
    """
    think_per_message = think_s * (1.0 - 1.0 / touches)
    session, reply = np.empty((touch_s.size, slots)), np.empty((touch_s.size, slots))
    for conversations in range(1, slots + 1):
        touch = touch_s * (1.0 + switch * (conversations - 1))
        idle = _all_think(conversations, think_per_message / touch)
        per_message = conversations * touch / (1.0 - idle)
        session[:, conversations - 1] = per_message * touches
        reply[:, conversations - 1] = per_message - think_per_message
    return session, reply


def slotted_queue(
    agents: Array,
    load_erl: Array,
    patience_s: Array,
    within_s: Array,
    curves: Curves,
    *,
    definition: Definition,
    replies: bool = True,
) -> ConcurrentService:
    """Erlang A with slots on flat arrays that are known to be good.

    Without `replies` the time to reply is left out, which takes a third of the time.
    """
    low = np.floor(agents)
    share = agents - low
    parts = (load_erl, patience_s, within_s, curves)
    service = _whole_agents(low, *parts, definition=definition, replies=replies)
    if not share.any():
        return service
    above = _whole_agents(low + (share > 0), *parts, definition=definition, replies=replies)
    with np.errstate(invalid="ignore"):
        mixed = (
            np.where(share > 0, (1.0 - share) * u + share * v, u)
            for u, v in zip(vars(service).values(), vars(above).values(), strict=True)
        )
        return ConcurrentService(*mixed)


def _whole_agents(
    n: Array,
    load_erl: Array,
    patience_s: Array,
    within_s: Array,
    curves: Curves,
    *,
    definition: Definition,
    replies: bool,
) -> ConcurrentService:
    """Erlang A with slots for whole numbers of agents."""
    closed = np.arange(1, curves.slots + 1) / curves.session_s  # conversations closed per second, by conversations held
    best = closed.max(axis=1)
    rate = load_erl * best  # arrivals per second
    below = sum_below(n, rate, closed, curves.reply_s, replies=replies)
    full = Saturated(below.total, n * curves.slots, rate * curves.full_s, curves.full_s)
    service = queue(full, patience_s, within_s, definition)
    measures = vars(service) | {"occupancy": _in_use(n, load_erl, service, closed[:, -1] / best)}
    waiting = _somebody_waits(below.total, service.probability_wait)
    writing = (1.0 - waiting) * below.writing + waiting * closed[:, -1] * curves.reply_s[:, -1]
    messages = (1.0 - waiting) * below.closing + waiting * closed[:, -1]
    response = np.where(load_erl > 0, writing / messages, curves.reply_s[:, 0])
    return ConcurrentService(**measures, response_s=response)


def _in_use(n: Array, load_erl: Array, service: Service, full_over_best: Array) -> Array:
    """Share of the agents' capacity in use: what they close over the most they could close."""
    staffed = n > 0
    closed = load_erl * (1.0 - service.abandonment) / np.where(staffed, n, 1.0)
    in_use = np.where(np.isinf(service.asa_s), full_over_best, np.minimum(closed, 1.0))
    return np.where(staffed | (load_erl <= 0), in_use, 1.0)


def _somebody_waits(below: Array, wait: Array) -> Array:
    """Probability of more customers than slots, from that of no fewer."""
    counted = (below > 1.0) & np.isfinite(below)
    finite = np.where(counted, below, 2.0)
    return np.where(counted, np.clip(1.0 - (1.0 - wait) * finite / (finite - 1.0), 0.0, 1.0), wait)


def _all_think(conversations: int, think_ratio: Array) -> Array:
    """Probability that all customers think at once: Erlang B with `conversations` lines and load `think_ratio`."""
    inverse = np.ones_like(think_ratio)
    with np.errstate(divide="ignore", over="ignore"):
        for line in range(1, conversations + 1):
            inverse = np.where(
                think_ratio > 0, 1.0 + line / np.where(think_ratio > 0, think_ratio, 1.0) * inverse, np.inf
            )
    return 1.0 / inverse


def _whole(name: str, value: int) -> None:
    if value != int(value) or value < 1:
        raise DataError(Fault(name, f"must be a whole number of 1 or more, got {value:g}"))
