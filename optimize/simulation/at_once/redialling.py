"""Customers who give up and call again, in many random weeks at once.

Whoever begins to wait draws whether and when they call again should they give up; an answer cancels it. The next call
of a channel is then the next new one or the next of those, and a queue holds the numbers of its calls.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from optimize.simulation.at_once.counting import Attempts
from optimize.simulation.at_once.floor import Floor
from optimize.simulation.draws import REDIALS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from optimize.simulation.at_once.called import Called
    from optimize.simulation.at_once.floor import Event
    from optimize.simulation.at_once.lanes import Lanes
    from optimize.simulation.at_once.people import Places

    Array = NDArray[np.float64]
    Whole = NDArray[np.int64]
    Flags = NDArray[np.bool_]

_ROOM = 8  # calls to come again, and waiting calls, for which a channel has room at first


class RedialFloor(Floor):
    """As ``floor.Floor``, where `next` and `head` count the calls of a queue.

    Further calls are added behind those of the customers. `fresh` is the next new call of a cell, `upcoming` the next
    of all; `again` and `caller` hold the further calls to come, and the call each follows, `waiting` the numbers in the
    queue.
    """

    by_cell = (
        *("next", "head", "own", "end", "coming", "latest"),
        *("own_s", "end_s", "fresh", "upcoming", "again", "caller", "waiting"),
    )

    def __init__(
        self, lines: Mapping[str, Called], skills: Sequence[tuple[str, ...]], places: Places, lanes: Lanes
    ) -> None:
        super().__init__(lines, skills, places, lanes)
        cells = self.next.size
        self.first = self.at.size
        self.known = self.first  # calls so far
        self.week, self.channel = np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
        self.came = np.zeros(0, dtype=bool)
        self.own_s, self.end_s = (np.tile(each * places.interval_s, len(lines)) for each in (lanes.own, lanes.end))
        self.fresh, self.upcoming = self.next.copy(), self.next.copy()
        self.next, self.head = np.zeros(cells, dtype=np.int64), np.zeros(cells, dtype=np.int64)
        self.again = np.full((cells, _ROOM), -1)
        self.caller = np.full((cells, _ROOM), -1)
        self.waiting = np.zeros((cells, _ROOM), dtype=np.int64)
        each = lines.values()
        self.share = np.array([line.redials.share if line.again else 0.0 for line in each])
        self.delay_s = np.array([line.redials.delay_s for line in each])
        self.patient_s = np.array([line.patience_s if line.again else 1.0 for line in each])
        self.open = np.stack([line.customers.volume > 0 for line in each])
        self.lot = next(iter(each)).customers.draws.of("skills").stream(REDIALS)

    def settled(self, now_s: Array) -> Flags:
        """Cells whose own calls have all come, and have been taken or given up."""
        return np.asarray((self.coming >= self.end_s) & ((self.next == self.head) | (self.latest <= now_s)))

    def note(self, answered: Flags, calls: Event) -> None:
        """Note how long calls waited; another lane notes those of another day."""
        at = self.at.take(calls.call)
        early = at < self.own_s.take(calls.cell)
        self._note(answered, calls, early, at >= self.end_s.take(calls.cell))

    def upcoming_of(self, cell: Whole) -> Whole:
        """The next call to come."""
        return np.asarray(self.upcoming.take(cell))

    def front_of(self, cell: Whole) -> Whole:
        """The first call of the queue."""
        return np.asarray(self.waiting[cell, self.head.take(cell) % self.waiting.shape[1]])

    def advance(self, cell: Whole, take: Flags, moves: Flags, answered: Flags, call: Whole) -> None:
        """Move the pointers: a call that comes is the last of the queue unless it is answered."""
        self.head[cell] += take
        comes = moves & ~take
        rows = np.flatnonzero(comes)
        self._come(cell[rows], call[rows])
        rows = np.flatnonzero(comes & ~answered)
        if rows.size:
            self.queue_up(cell[rows], call[rows])
        rows = np.flatnonzero(take & answered)
        self._cancel(cell[rows], call[rows])
        self._look_ahead(cell)

    def _come(self, cell: Whole, call: Whole) -> None:
        """Calls come: they are no longer ahead."""
        new = call < self.first
        self.fresh[cell] += new
        further = np.flatnonzero(~new)
        if further.size:
            cell, call = cell[further], call[further]
            channel, lane = np.divmod(cell, self.number.size)
            at = self.at[call]
            mine = (at >= self.own_s[cell]) & (at < self.end_s[cell])
            self.came[call - self.first] = mine
            self.week[call - self.first], self.channel[call - self.first] = self.lanes.week[lane], channel
            self.again[cell] = np.where(self.again[cell] == call[:, None], -1, self.again[cell])

    def _cancel(self, cell: Whole, call: Whole) -> None:
        """Calls were answered while they waited: nobody calls again."""
        again = self.again[cell]
        self.again[cell] = np.where((self.caller[cell] == call[:, None]) & (again >= 0), -1, again)

    def _look_ahead(self, cell: Whole) -> None:
        """Find the next call of each cell: a new one, or one that comes again."""
        again = self.again[cell]
        moments = np.where(again >= 0, self.at[again], np.inf)
        slot = moments.argmin(axis=1)
        number = np.arange(cell.size)
        new = self.at.take(self.fresh.take(cell))
        first = moments[number, slot] < new
        self.coming[cell] = np.where(first, moments[number, slot], new)
        self.upcoming[cell] = np.where(first, again[number, slot], self.fresh.take(cell))

    def queue_up(self, cell: Whole, call: Whole) -> None:
        """Calls begin to wait, and draw whether their customers call again should they give up."""
        if int((self.next - self.head).max()) >= self.waiting.shape[1]:
            self._widen_queues()
        self.waiting[cell, self.next[cell] % self.waiting.shape[1]] = call
        self.next[cell] += 1
        until = self.at[call] + self.patience[call]
        mine = self.at[call] < self.end_s[cell]
        self.latest[cell] = np.maximum(self.latest[cell], np.where(mine, until, -np.inf))
        channel, lane = np.divmod(cell, self.number.size)
        later = until + self.lot.standard_exponential(cell.size) * self.delay_s[channel]
        wants = self.lot.random(cell.size) < self.share[channel]
        inside = later < self.places.intervals * self.places.interval_s
        open_then = self.open[channel, self.lanes.week[lane], self.places.interval_at(later)]
        rows = np.flatnonzero(wants & inside & open_then)
        if rows.size:
            self._schedule(cell[rows], call[rows], later[rows], self.patient_s[channel[rows]])

    def _schedule(self, cell: Whole, call: Whole, later: Array, patient_s: Array) -> None:
        """Customers will call again, with a patience drawn anew and the same handle time."""
        number = self._added(later, self.service[call], self.lot.standard_exponential(cell.size) * patient_s)
        if not (self.again[cell] < 0).any(axis=1).all():
            room = np.full_like(self.again, -1)
            self.again, self.caller = np.hstack([self.again, room]), np.hstack([self.caller, room])
        slot = (self.again[cell] < 0).argmax(axis=1)
        self.again[cell, slot], self.caller[cell, slot] = number, call

    def _added(self, at: Array, service: NDArray[np.float32], patience: Array) -> Whole:
        """Add calls behind all others; their numbers."""
        number = np.arange(self.known, self.known + at.size)
        self.known += at.size
        while self.known > self.at.size:
            more = max(self.at.size - self.first, 4096)
            for name in ("at", "service", "patience", "wait", "early", "week", "channel", "came"):
                old = getattr(self, name)
                setattr(
                    self,
                    name,
                    np.append(old, np.full(more, np.nan if name in {"wait", "early"} else 0, dtype=old.dtype)),
                )
        self.at[number], self.service[number], self.patience[number] = at, service, patience
        return number

    def _widen_queues(self) -> None:
        """Twice the room for waiting calls, which keep their order."""
        room = self.waiting.shape[1]
        rank = self.head[:, None] + np.arange(room)
        held = np.take_along_axis(self.waiting, rank % room, axis=1)
        self.waiting = np.zeros((self.waiting.shape[0], 2 * room), dtype=np.int64)
        np.put_along_axis(self.waiting, rank % (2 * room), held, axis=1)

    def attempts(self) -> list[Attempts]:
        """What became of the calls of each channel, further ones behind those of the customers."""
        return [self._with_further(number, first) for number, first in enumerate(super().attempts())]

    def _with_further(self, channel: int, first: Attempts) -> Attempts:
        rows = np.flatnonzero(self.came & (self.channel == channel))
        rows = rows[np.argsort(self.week[rows], kind="stable")]
        week = self.week[rows]
        column = np.arange(rows.size) - np.searchsorted(week, week)
        shape = (first.at.shape[0], int(column.max(initial=-1)) + 1)

        def laid(values: NDArray[Any], empty: float, kind: type) -> NDArray[Any]:
            found: NDArray[Any] = np.full(shape, empty, dtype=kind)
            found[week, column] = values
            return found

        calls = self.first + rows
        at = self.at[calls]
        return Attempts(
            np.hstack([first.at, laid(at, np.inf, np.float64)]),
            np.hstack([first.service_s, laid(self.service[calls], 0, np.float32)]),
            np.hstack([first.patience_s, laid(self.patience[calls], 0, np.float32)]),
            np.hstack([first.interval, laid(self.places.interval_at(at), self.places.intervals, np.int16)]),
            np.hstack([first.wait_s, laid(self.wait[calls], np.nan, np.float32)]),
        )
