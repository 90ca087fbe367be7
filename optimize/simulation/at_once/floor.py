"""Queues and people of several channels of calls, lane by lane: one event of every lane a step.

Every step advances all lanes by one event each: a call comes, or a waiting call is taken or has given up. The rules are
those of ``calls``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from optimize.simulation.at_once.counting import Attempts

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from optimize.simulation.at_once.called import Called
    from optimize.simulation.at_once.customers import Customers
    from optimize.simulation.at_once.lanes import Lanes
    from optimize.simulation.at_once.people import Places

    Array = NDArray[np.float64]
    Whole = NDArray[np.int64]
    Flags = NDArray[np.bool_]

_Kind = TypeVar("_Kind", np.float64, np.float32, np.int64)

_SETTLED_S = 5.0  # mean difference of waits by which two lanes still agree
_NEVER = float(1 << 23)  # a moment in seconds after the last one
_EXACT = float(1 << 52)  # whole numbers up to here are exact, and so are their sums with the number of a place
_LOOK = 32  # steps after which finished lanes are taken out


@dataclass(frozen=True)
class Event:
    """What is known of the event of each lane: the call, when it came, when it may be taken and by whom.

    `cell` is the channel of the call, `seat` the place that may take it, a column of the tables of ``Places``, and
    `until` the moment at which that place becomes empty.
    """

    cell: Whole
    call: Whole
    at: Array
    start: Array
    until: NDArray[np.float32]
    seat: Whole


class Floor:
    """All people and queues of all lanes.

    The calls of all channels stand in one flat array. `next` and `head` point into it: the next call to come, and the
    next to be taken; between them is the queue. Such arrays are flat too: channel c of lane l is element c * lanes + l,
    its *cell*. `free` says when each place is free, shape (places, lanes): the moment in steps of `step_s` times `many`
    plus the number of the place, so that the least of a group's values also says where it is.
    """

    by_cell: tuple[str, ...] = ("next", "head", "own", "end", "coming", "latest")

    def __init__(
        self, lines: Mapping[str, Called], skills: Sequence[tuple[str, ...]], places: Places, lanes: Lanes
    ) -> None:
        self.lines, self.places, self.lanes = lines, places, lanes
        names = list(lines)
        self.serves = [[names.index(name) for name in each if name in lines] for each in skills]
        self.asked = _asked(names, skills)
        self._lay_flat([line.customers for line in lines.values()])
        self.interval = lanes.begin.copy()
        self.row = lanes.week * places.intervals
        self.place = np.arange(places.width)[:, None]
        self.many = 1 << places.width.bit_length()  # more than the places of a lane
        self.step_s = _NEVER * self.many / _EXACT  # microseconds
        begin_s = np.maximum(lanes.begin * places.interval_s, self._opens(self.row + lanes.begin))
        self.free = self._told(begin_s, self.place)
        self.number = np.arange(lanes.week.size)
        self.latest = np.full(self.next.size, -np.inf)
        self.idle = np.zeros(self.number.size, dtype=bool)

    def _lay_flat(self, customers: list[Customers]) -> None:
        """Put the calls of all channels into one array each, and find those of each lane."""
        self.at = _flat([each.at for each in customers])
        self.service = _flat([each.service_s for each in customers])
        self.patience = _flat([each.patience_s for each in customers])
        self.wait = np.full(self.at.size, np.nan, dtype=np.float32)
        self.early = self.wait.copy()
        self.begins = np.cumsum([0, *(each.at.size for each in customers)])
        lanes, pointers = self.lanes, []
        for begin, each in zip(self.begins, customers, strict=False):
            base = begin + lanes.week * each.at.shape[1]
            first = each.first_of_interval()
            pointers.append([base + first[lanes.week, at] for at in (lanes.begin, lanes.own, lanes.end)])
        self.next, self.own, self.end = (np.concatenate(each) for each in zip(*pointers, strict=True))
        self.head = self.next.copy()
        self.coming = self.at[self.next]

    def run(self) -> None:
        """Let every call come and be answered, or give up."""
        while self.number.size:
            for _ in range(_LOOK):
                self.step()
            self._let_go()

    def _let_go(self) -> None:
        """Take out the lanes whose own calls are all answered or have given up."""
        now_s: Array = np.tile(self.interval.astype(np.float64) * self.places.interval_s, len(self.lines))
        over = self.settled(now_s).reshape(-1, self.number.size).all(axis=0) | self.idle
        if 8 * int(over.sum()) >= over.size:
            self.keep(np.flatnonzero(~over))

    def settled(self, now_s: Array) -> Flags:
        """Cells whose own calls have all come, and have been taken or given up."""
        return (self.next >= self.end) & ((self.head >= self.end) | (self.latest <= now_s))

    def keep(self, rows: Whole) -> None:
        """Go on with some of the lanes only."""
        cells = np.concatenate([channel * self.number.size + rows for channel in range(len(self.lines))])
        for name in self.by_cell:
            setattr(self, name, getattr(self, name)[cells])
        for name in ("interval", "row", "idle"):
            setattr(self, name, getattr(self, name)[rows])
        self.lanes, self.number = self.lanes.of(rows), np.arange(rows.size)
        self.free = np.ascontiguousarray(self.free[:, rows])

    def _opens(self, row: Whole) -> Array:
        """Moments from which the places are filled in the intervals of some rows, shape (places, rows)."""
        return np.minimum(self.places.opens_s[row].T, _NEVER, dtype=np.float64)

    def _told(self, moment: Array, place: Whole) -> Array:
        """Moments at which places are free, with the numbers of the places."""
        return np.asarray(np.ceil(moment * (1.0 / self.step_s)) * self.many + place, dtype=np.float64)

    def step(self) -> None:
        """One event of every lane: a waiting call is taken or has given up, or the next call comes."""
        codes = [self.free[left:right].min(axis=0) for left, right in self.places.bounds]
        soonest = [code * (self.step_s / self.many) for code in codes]
        at, channel = _least(self.coming.reshape(-1, self.number.size))
        group = self._asked_first(channel, at, soonest)
        free, take = group < len(codes), np.zeros(at.size, dtype=bool)
        cell = channel * self.number.size + self.number
        call, start, stays = self.upcoming_of(cell), at.copy(), free.copy()
        rows, moment, by, cells = self._next_taken(at, soonest)
        if rows.size:
            first = self.front_of(cells)
            came = self.at.take(first)
            take[rows], group[rows], cell[rows], call[rows], at[rows] = True, by, cells, first, came
            start[rows] = moment = np.maximum(came, moment)
            free[rows], stays[rows] = True, came + self.patience.take(first) > moment
        interval = self.places.interval_at(start)
        seat = _picked(codes, group).astype(np.int64) & (self.many - 1)
        until = self.places.until_s.ravel().take((self.row + interval) * self.places.width + seat)
        self.idle = start == np.inf
        # where a place emptied before the call came, only the time goes on: the next step looks again
        moves = (take | ~free | (until > 0)) & ~self.idle
        answered = moves & stays
        self._answer(answered, Event(cell, call, at, start, until, seat))
        self.advance(cell, take, moves, answered, call)
        self._pass(interval)

    def _next_taken(self, coming: Array, soonest: list[Array]) -> tuple[Whole, Array, Whole, Whole]:
        """Lanes in which a waiting call is taken before the next one comes: number, moment, group and cell."""
        queued = (self.next > self.head).reshape(-1, self.number.size)
        rows = np.flatnonzero(queued.any(axis=0))
        queued = queued[:, rows]
        moments, channels = [], []
        for free, serves in zip(soonest, self.serves, strict=True):
            channel, waits = np.zeros(rows.size, dtype=np.int64), np.zeros(rows.size, dtype=bool)
            for each in reversed(serves):
                channel[queued[each]] = each
                waits |= queued[each]
            moments.append(np.where(waits, free.take(rows), _NEVER))
            channels.append(channel)
        moment, group = _least(moments)
        taken = np.flatnonzero((moment <= coming.take(rows)) & (moment < _NEVER))
        rows = rows.take(taken)
        cell = _picked(channels, group).take(taken) * self.number.size + rows
        return rows, moment.take(taken), group.take(taken), cell

    def _asked_first(self, channel: Whole, coming: Array, soonest: list[Array]) -> Whole:
        """Group that takes the next call when it comes; the number of groups where nobody is free."""
        ranks = [
            np.where(free <= coming, asked.take(channel), len(soonest))
            for free, asked in zip(soonest, self.asked.T, strict=True)
        ]
        rank, group = _least(ranks)
        return np.where(rank < len(soonest), group, len(soonest))

    def _answer(self, answered: Flags, calls: Event) -> None:
        """Calls are answered in some lanes; whose time ends before the call does comes back at the next time."""
        end = calls.start + self.service.take(calls.call)
        late = (answered & (end > calls.until)).nonzero()[0]
        if late.size:
            off: Whole = self.row[late] + self.places.interval_at(calls.until[late])
            end[late] = np.minimum(self.places.opens_s[off, calls.seat[late]], _NEVER)
        rows = answered.nonzero()[0]
        seat = calls.seat.take(rows)
        self.free[seat, rows] = self._told(end.take(rows), seat)
        self.note(answered, calls)

    def _pass(self, interval: Whole) -> None:
        """Time goes on to an interval: places whose time is over are free when they are filled again."""
        rows = ((interval > self.interval) & ~self.idle).nonzero()[0]
        if rows.size:
            opens = self._told(self._opens(self.row[rows] + interval[rows]), self.place)
            self.free[:, rows] = np.maximum(self.free[:, rows], opens)
            self.interval[rows] = interval[rows]

    def note(self, answered: Flags, calls: Event) -> None:
        """Note how long calls waited; another lane notes those of another day."""
        early, late = calls.call < self.own.take(calls.cell), calls.call >= self.end.take(calls.cell)
        self._note(answered, calls, early, late)

    def _note(self, answered: Flags, calls: Event, early: Flags, late: Flags) -> None:
        for found, noted in ((self.wait, answered & ~(early | late)), (self.early, answered & early)):
            rows = noted.nonzero()[0]
            if rows.size:
                found[calls.call.take(rows)] = calls.start.take(rows) - calls.at.take(rows)

    def unsettled(self, cuts: tuple[int, ...]) -> Whole:
        """Weeks in which a lane saw, in the last hour before its own day, other waits than the lane of that day did."""
        hour = max(1, round(3600.0 / self.places.interval_s))
        near = np.zeros(self.places.intervals + 1, dtype=bool)
        for cut in cuts:
            near[max(cut - hour, 0) : cut] = True
        wrong = np.zeros(0, dtype=np.int64)
        for line, begin in zip(self.lines.values(), self.begins, strict=False):
            interval = line.customers.interval
            week, column = np.nonzero(near[interval])
            gap = self._gap(begin + week * interval.shape[1] + column)
            key = week * len(cuts) + np.searchsorted(np.array(cuts), interval[week, column], side="right")
            total, number = np.bincount(key, weights=gap, minlength=1), np.bincount(key, minlength=1)
            wrong = np.union1d(wrong, np.flatnonzero(total > _SETTLED_S * number) // len(cuts))
        return wrong

    def _gap(self, call: Whole) -> Array:
        """Difference of the waits that two lanes saw of the same calls."""
        early, own = (
            np.minimum(np.nan_to_num(wait[call], nan=np.inf), self.patience[call]) for wait in (self.early, self.wait)
        )
        return np.abs(np.subtract(early, own, out=np.zeros(call.size), where=early != own))

    def upcoming_of(self, cell: Whole) -> Whole:
        """The next call to come."""
        return self.next.take(cell)

    def front_of(self, cell: Whole) -> Whole:
        """The first call of the queue."""
        return self.head.take(cell)

    def advance(self, cell: Whole, take: Flags, moves: Flags, answered: Flags, call: Whole) -> None:
        """Move the pointers: a call that comes is the last of the queue unless it is answered."""
        self.head[cell] += take | answered
        comes = moves & ~take
        self.next[cell] += comes
        self.coming[cell] = self.at.take(self.next.take(cell))
        rows = (comes & ~answered).nonzero()[0]
        if rows.size:
            self.queue_up(cell[rows], call[rows])

    def queue_up(self, cell: Whole, call: Whole) -> None:
        """Calls begin to wait."""
        until = self.at.take(call) + self.patience.take(call)
        self.latest[cell] = np.maximum(self.latest.take(cell), until)

    def attempts(self) -> list[Attempts]:
        """What became of the calls of each channel."""
        return [
            Attempts.of_customers(line.customers, self.wait[begin:end])
            for line, begin, end in zip(self.lines.values(), self.begins, self.begins[1:], strict=False)
        ]


def _asked(names: list[str], skills: Sequence[tuple[str, ...]]) -> Whole:
    """Place of each group in the list of each channel, shape (channels, groups): specialists first; last for others."""
    asked = np.full((len(names), len(skills)), len(skills))
    for channel, name in enumerate(names):
        able = [group for group, each in enumerate(skills) if name in each]
        able.sort(key=lambda group: (len(skills[group]), skills[group].index(name)))
        asked[channel, able] = np.arange(len(able))
    return asked


def _flat(parts: list[NDArray[_Kind]]) -> NDArray[_Kind]:
    """All elements in one row; a single array is not copied."""
    return parts[0].ravel() if len(parts) == 1 else np.concatenate([part.ravel() for part in parts])


def _least(rows: Sequence[NDArray[_Kind]] | NDArray[_Kind]) -> tuple[NDArray[_Kind], Whole]:
    """Least of each column, and the first row that has it; there are few rows."""
    least, number = rows[0], np.zeros(rows[0].size, dtype=np.int64)
    for each in range(1, len(rows)):
        less = rows[each] < least
        least, number = np.where(less, rows[each], least), np.where(less, each, number)
    return least, number


def _picked(rows: Sequence[NDArray[_Kind]], number: Whole) -> NDArray[_Kind]:
    """Of each column the row with that number; the first one for others."""
    picked = rows[0]
    for each in range(1, len(rows)):
        picked = np.where(number == each, rows[each], picked)
    return picked
