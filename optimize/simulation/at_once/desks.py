"""Agents with several conversations, in many random weeks at once: every step is one event of every lane.

An event is a conversation that closes, a customer who is offered to an agent, or a change of staff. Customers wait in
order of arrival. Agents whose shift ends take no new conversation and finish those that are open; who leaves is drawn.
The rules are those of ``chat.simulate_chat``, one week at a time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from configs.errors import DataError, Fault
from optimize.simulation.at_once.closing import NEVER, state_of
from optimize.simulation.at_once.desk_log import DeskLog
from optimize.simulation.draws import LEAVERS, SERVICE

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from optimize.simulation.at_once.closing import Closing
    from optimize.simulation.at_once.customers import Customers
    from optimize.simulation.at_once.lanes import Lanes
    from optimize.simulation.chat import Routing

    Array = NDArray[np.float64]
    Small = NDArray[np.float32]
    Whole = NDArray[np.int64]

_LOOK = 64  # steps for which random numbers are drawn, and after which finished lanes are taken out
_SPARE = 2  # places for agents who finish conversations after their time; more are added where they are needed
_LEAST_BITS, _MOST_BITS = 10, 16  # of the number of a place; with more, a moment weeks from now would not be exact
_GONE = 1024  # added to the conversations of those who are not at work; more than anybody's slots
_TICKS = 65_536.0  # parts of a second in which moments are told


class Desks:
    """All agents and waiting customers of all lanes.

    A lane has `width` places, one an agent; what is known of them is flat, place p of lane l at ``p * lanes + l``.
    Two values carry the number of their place, so that the least of a lane's values also says where it is: `load` is
    conversations (and `_GONE` more for those not at work) times `places` plus place, `close` is the moment of the next
    close in ticks times `places` plus place. `places` is a power of 2, at least `width`, and grows with it. `state` is
    that of ``Closing``, `since` the moment from which it counts.

    `next` is the next customer to come and `head` the next to be offered, as places in the flat arrays of customers;
    between them is the queue. A lane is `ready` where a customer waits and an agent may have room.
    """

    by_lane = ("now", "next", "head", "own", "end", "coming", "turn", "ready", "open")
    by_place = ("load", "close", "state", "since")

    def __init__(self, customers: Customers, present: Whole, closing: Closing, routing: Routing, lanes: Lanes) -> None:
        self.customers, self.present, self.closing, self.lanes = customers, present, closing, lanes
        self.fullest = routing == "fullest-first"
        self.service, self.lot = customers.draws.stream(SERVICE), customers.draws.stream(LEAVERS)
        self.wait = np.full(customers.at.size, np.nan, dtype=np.float32)
        self.log = DeskLog(customers.weeks, customers.intervals, customers.interval_s)
        first, count = customers.first_of_interval(), lanes.week.size
        base = lanes.week * customers.at.shape[1]
        self.next, self.own, self.end = (base + first[lanes.week, at] for at in (lanes.begin, lanes.own, lanes.end))
        self.head, self.coming = self.next.copy(), customers.at.take(self.next)
        self.now = lanes.begin * customers.interval_s
        self.turn, self.turn_after = self.now.copy(), _turn_after(present, customers.interval_s)
        self.ready, self.open = np.zeros(count, dtype=bool), np.zeros(count, dtype=np.int64)
        self.width, self.bits = 0, _LEAST_BITS
        self.load, self.state = np.empty(0, dtype=np.int32), np.empty(0, dtype=np.int16)
        self.close, self.since = np.empty(0), np.empty(0)
        self.number = np.arange(count)
        self._widen(int(present.max(initial=0)) + _SPARE)

    @property
    def places(self) -> int:
        """Numbers of places that fit into a value."""
        return 1 << self.bits

    def run(self) -> None:
        """Let all customers come and be served, or give up."""
        while self.number.size:
            shape = (_LOOK, self.number.size)
            roots = np.sqrt(self.service.standard_exponential(shape, dtype=np.float32))
            draws, between = (self.service.random(shape, dtype=np.float32) for _ in range(2))
            self.log.begin(self.lanes, _LOOK)
            for step, drawn in enumerate(zip(roots, draws, between, strict=True)):
                self.step(step, drawn)
            self.log.add_up()
            served = (self.next >= self.end) & (self.head >= self.end)
            over = (self.now >= NEVER) | (served & (self.now >= self.lanes.end * self.customers.interval_s))
            if 8 * int(over.sum()) >= over.size:
                self._keep(np.flatnonzero(~over))

    def step(self, step: int, drawn: tuple[Small, Small, Small]) -> None:
        """One event of every lane, with a row of random numbers."""
        code = self.close.reshape(self.width, -1).min(axis=0)
        closing = code * (1.0 / (_TICKS * self.places))
        outside = np.minimum(self.coming, self.turn)
        outside[self.ready] = 0.0
        now = np.maximum(np.minimum(closing, outside), self.now)
        closes = closing < outside
        self.log.passes(step, now, np.asarray((now - self.now) * self.open, dtype=np.float64))
        self.now = now
        rows, others = closes.nonzero()[0], (~closes).nonzero()[0]
        turning = ~self.ready.take(others) & (self.turn.take(others) <= self.coming.take(others))
        spot = self._spot(rows, code.take(rows).astype(np.int64))
        self._closed(step, rows, spot)
        offered, place = self._offer(others[~turning])
        both = np.concatenate([rows, offered])
        self._change(both, np.concatenate([spot, place]), rows.size, drawn)
        turns = others[turning]
        turns = turns[self.turn.take(turns) < NEVER]
        if turns.size:
            self._turn(turns)

    def _closed(self, step: int, rows: Whole, spot: Whole) -> None:
        """Conversations close: the agents may take another one, unless they are gone."""
        load = self.load.take(spot)
        load >>= self.bits
        self.log.closed(step, rows, self.closing.worked_s.take(load & (_GONE - 1)))
        self.open[rows] -= 1
        self.ready[rows] = (self.head.take(rows) < self.next.take(rows)) & (load < _GONE)

    def _offer(self, rows: Whole) -> tuple[Whole, Whole]:
        """Customers come, and the first who waits is offered to an agent: lanes in which one is taken, and where."""
        coming = rows[~self.ready.take(rows)]
        comes = self.next.take(coming) + 1
        self.next[coming] = comes
        self.coming[coming] = self.customers.at.take(comes)
        best = self._first_asked().take(rows)
        able = ((best >= 0) & (best < self.closing.slots * self.places)).nonzero()[0]
        self.ready[rows] = False
        rows, best = rows.take(able), best.take(able)
        head = self.head.take(rows)
        waited = self.now.take(rows) - self.customers.at.take(head)
        after = head + 1
        self.head[rows] = after
        self.ready[rows] = after < self.next.take(rows)
        stays = waited < self.customers.patience_s.take(head)
        mine = (stays & (head >= self.own.take(rows)) & (head < self.end.take(rows))).nonzero()[0]
        self.wait[head.take(mine)] = waited.take(mine)
        stays = stays.nonzero()[0]
        rows = rows.take(stays)
        self.open[rows] += 1
        return rows, self._spot(rows, best.take(stays).astype(np.int64))

    def _first_asked(self) -> NDArray[np.int32]:
        """Load and place of the agent who is asked first, by lane; -1 or a full load where nobody has room."""
        load = self.load.reshape(self.width, -1)
        if self.fullest:
            load = np.where(load < self.closing.slots * self.places, load, -1)
            return np.asarray(load.max(axis=0))
        return np.asarray(load.min(axis=0))

    def _change(self, rows: Whole, spot: Whole, closes: int, drawn: tuple[Small, Small, Small]) -> None:
        """Agents have one conversation less (the first so many) or one more: draw what they do next."""
        root, draw, between = (each.take(rows) for each in drawn)
        now, one = self.now.take(rows), np.ones(rows.size, dtype=np.int64)
        one[:closes] = -1
        age_s = now - self.since.take(spot)
        waiting = self.closing.waiting(self.state.take(spot), age_s, closes, draw, between)
        waiting += one
        load = self.load.take(spot) + one * self.places
        self.load[spot] = load
        state = state_of((load >> self.bits) & (_GONE - 1), waiting)
        self.state[spot], self.since[spot] = state, now
        now += self.closing.time_to_close(state, root)
        now *= _TICKS
        self.close[spot] = np.ceil(now) * self.places + (load & (self.places - 1))

    def _turn(self, rows: Whole) -> None:
        """The staff becomes that of the plan: who leaves is drawn, and who comes has no conversation."""
        week, interval = self.lanes.week[rows], np.rint(self.turn[rows] / self.customers.interval_s).astype(np.int64)
        load = self.load.reshape(self.width, -1)
        mine = load[:, rows]
        # first those at work in an order that is drawn, then places that are empty, then people who are not done yet
        order = np.where(mine < _GONE * self.places, self.lot.random(mine.shape), mine)
        rank = np.empty(order.shape, dtype=np.int64)
        np.put_along_axis(rank, order.argsort(axis=0, kind="stable"), np.arange(self.width)[:, None], axis=0)
        here = rank < self.present[week, interval]
        if (here & (mine >= (_GONE + 1) * self.places)).any():
            self._widen(self.width // 4 + 1)
            self._turn(rows)
            return
        load[:, rows] = np.where(here, mine % (_GONE * self.places), mine | (_GONE * self.places))
        self.turn[rows] = self.turn_after[week, interval]
        self.ready[rows] = self.head[rows] < self.next[rows]

    def _spot(self, rows: Whole, code: Whole) -> Whole:
        """Where the place is whose number a value carries."""
        return (code & (self.places - 1)) * self.number.size + rows

    def _keep(self, rows: Whole) -> None:
        """Go on with some of the lanes only."""
        for name in self.by_lane:
            setattr(self, name, getattr(self, name)[rows])
        for name in self.by_place:
            setattr(self, name, getattr(self, name).reshape(self.width, -1)[:, rows].ravel())
        self.lanes = self.lanes.of(rows)
        self.number = np.arange(rows.size)

    def _widen(self, more: int) -> None:
        """Add empty places, and room for their numbers."""
        self._make_room(self.width + more)
        place = np.repeat(np.arange(self.width, self.width + more), self.number.size)
        self.load = np.concatenate([self.load, (_GONE * self.places + place).astype(np.int32)])
        self.close = np.concatenate([self.close, np.full(place.size, NEVER * _TICKS * self.places)])
        self.state = np.concatenate([self.state, np.zeros(place.size, dtype=np.int16)])
        self.since = np.concatenate([self.since, np.zeros(place.size)])
        self.width += more

    def _make_room(self, width: int) -> None:
        """Write the values anew where the numbers of so many places do not fit."""
        bits = (width - 1).bit_length()
        if bits <= self.bits:
            return
        if bits > _MOST_BITS:
            words = f"more than {1 << _MOST_BITS:,} in one team cannot be simulated; split the channel"
            raise DataError(Fault("people with conversations", words))
        place, before = self.load & (self.places - 1), self.places
        self.bits = bits
        self.load = (self.load // before) * self.places + place
        self.close = np.floor(self.close / before) * self.places + place


def _turn_after(present: Whole, interval_s: float) -> Array:
    """Moment at which the number of people changes next after the begin of each interval, shape (R, T)."""
    weeks, size = present.shape
    turn = np.full((weeks, size + 1), NEVER)
    turn[:, 1:-1] = np.where(np.diff(present, axis=1) != 0, np.arange(1, size) * interval_s, NEVER)
    return np.ascontiguousarray(np.minimum.accumulate(turn[:, ::-1], axis=1)[:, ::-1][:, 1:])
