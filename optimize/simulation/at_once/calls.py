"""Channels whose agents serve one customer at a time, in many random weeks at once.

Every step advances all lanes by one event each: a call comes, or a waiting call is taken or has given up. A call goes
to the first group of its channel's list with a free person (specialists first), to the one free for longest. A person
who becomes free takes the call that has waited longest in the first channel of the group's list with a queue.
People whose time is over finish their call. The rules are those of ``skills.simulate_skills``, one week at a time.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from optimize.simulation.at_once.counting import Attempts, seen_of
from optimize.simulation.at_once.lanes import Lanes, lanes_of
from optimize.simulation.at_once.people import places_of
from optimize.simulation.at_once.seen import joined
from optimize.simulation.days import NO_REDIALS, Redials

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from optimize.simulation.at_once.customers import Customers
    from optimize.simulation.at_once.people import Places
    from optimize.simulation.at_once.seen import Seen
    from optimize.staffing.queueing.measures import Definition

    Array = NDArray[np.float64]
    Whole = NDArray[np.int64]
    Flags = NDArray[np.bool_]

_Kind = TypeVar("_Kind", np.float64, np.float32, np.int64)

_BESIDE = 150  # weeks of calls simulated side by side, so that memory stays small
_SETTLED_S = 5.0  # mean difference of waits by which two lanes still agree
_LOOK = 32  # steps after which finished lanes are taken out


@dataclass(frozen=True)
class Called:
    """One channel: its customers, and what its service level counts.

    Parameters
    ----------
    customers
        Customers of R weeks.
    within_s, definition
        Time of the service level in seconds, and what it counts (``queueing.measures.Definition``).
    redials
        Who calls again after giving up; nobody does so in an interval without volume, or after the last one.
    patience_s
        Mean patience in seconds of those who call again.
    """

    customers: Customers
    within_s: float
    definition: Definition = "offered"
    redials: Redials = NO_REDIALS
    patience_s: float = np.inf

    @property
    def again(self) -> bool:
        """Whether anybody calls again."""
        return self.redials.share > 0 and bool(np.isfinite(self.patience_s))


@dataclass(frozen=True)
class Crew:
    """People who serve the same channels.

    Parameters
    ----------
    skills
        Channels served, the one to be served first at the front.
    present
        People at work, shape (R, T).
    """

    skills: tuple[str, ...]
    present: Whole


def simulate_calls(
    lines: Mapping[str, Called], crews: Sequence[Crew], cuts: tuple[int, ...] = (), before: int = 0
) -> dict[str, Seen]:
    """Simulate channels that share people, in all weeks of their customers.

    Parameters
    ----------
    lines
        The channels by name.
    crews
        The people by skills.
    cuts, before
        Intervals at which a week is cut into lanes, and intervals each lane begins earlier (see ``lanes``).

    Returns
    -------
    dict of Seen
        What was seen of each channel; busy and present time are those of all people together.
    """
    first = next(iter(lines.values())).customers
    weeks = first.weeks
    found = [
        _beside(_some(lines, part), [Crew(crew.skills, crew.present[part]) for crew in crews], cuts, before)
        for part in (np.arange(begin, min(begin + _BESIDE, weeks)) for begin in range(0, weeks, _BESIDE))
    ]
    return {name: joined([part[name] for part in found]) for name in lines}


def _beside(lines: Mapping[str, Called], crews: Sequence[Crew], cuts: tuple[int, ...], before: int) -> dict[str, Seen]:
    """Simulate weeks side by side; where a day remembers more than its lane could know, the week is not cut."""
    from optimize.simulation.at_once.redialling import RedialFloor

    first = next(iter(lines.values())).customers
    places = places_of([crew.present for crew in crews], first.interval_s)
    kind = RedialFloor if any(line.again for line in lines.values()) else Floor
    floor = kind(lines, [crew.skills for crew in crews], places, lanes_of(first.weeks, first.intervals, cuts, before))
    floor.run()
    there_s = np.sum([crew.present for crew in crews], axis=0) * first.interval_s
    seen = seen_of(lines, floor.attempts(), there_s)
    weeks = floor.unsettled(cuts) if cuts else np.zeros(0, dtype=np.int64)
    if weeks.size:
        whole = _beside(_some(lines, weeks), [Crew(crew.skills, crew.present[weeks]) for crew in crews], (), 0)
        for name, each in whole.items():
            seen[name].put(weeks, each)
    return seen


def _some(lines: Mapping[str, Called], weeks: Whole) -> dict[str, Called]:
    """The channels in some of the weeks."""
    return {name: replace(line, customers=line.customers.of(weeks)) for name, line in lines.items()}


@dataclass(frozen=True)
class _Answered:
    """What is known of the event of each lane: where the call is, who takes it, and until when that place is filled.

    `seat` is the column of the place in the tables of ``Places``, `spot` where it stands in ``Floor.free``.
    """

    cell: Whole
    call: Whole
    start: Array
    until: NDArray[np.float32]
    seat: Whole
    spot: Whole


class Floor:
    """All people and queues of all lanes.

    The calls of all channels stand in one flat array. `next` and `head` point into it: the next call to come, and the
    next to be taken; between them is the queue. Such arrays are flat too: channel c of lane l is element c * lanes + l,
    its *cell*. `free` holds the moment each place is free, group by group and within it lane by lane; `blocks` shows
    the part of each group, shape (lanes, places of the group).
    """

    by_cell: tuple[str, ...] = ("next", "head", "own", "end", "coming", "latest")

    def __init__(
        self, lines: Mapping[str, Called], skills: Sequence[tuple[str, ...]], places: Places, lanes: Lanes
    ) -> None:
        self.lines, self.places, self.lanes = lines, places, lanes
        names = list(lines)
        self.serves = [[names.index(name) for name in each if name in lines] for each in skills]
        self.asked = _asked(names, skills)
        self.starts = np.array(places.ends[:-1])
        self._lay_flat([line.customers for line in lines.values()])
        self.interval = lanes.begin.copy()
        self.row = lanes.week * places.intervals
        begin_s = (lanes.begin * places.interval_s)[:, None]
        free = np.maximum(begin_s, places.opens_s[self.row + lanes.begin])
        self.number = np.arange(lanes.week.size)
        self._put([free[:, left:right] for left, right in places.bounds])
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
        now_s = np.tile(self.interval * self.places.interval_s, len(self.lines))
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
        self._put([block[rows] for block in self.blocks])

    def _put(self, blocks: list[Array]) -> None:
        """Lay the moments at which the places of each group are free in one flat array."""
        self.free = np.concatenate([block.ravel() for block in blocks])
        lanes = self.number.size
        self.blocks = [
            self.free[lanes * left : lanes * right].reshape(lanes, right - left) for left, right in self.places.bounds
        ]

    def step(self) -> None:
        """One event of every lane: a waiting call is taken or has given up, or the next call comes."""
        places = [block.argmin(axis=1) for block in self.blocks]
        spots = [self._spot(group, place) for group, place in enumerate(places)]
        soonest = [self.free.take(spot) for spot in spots]
        coming, channel = _least(self.coming.reshape(-1, self.number.size))
        taken, group, called = self._next_taken(soonest)
        take = (taken <= coming) & (taken < np.inf)
        asked = self._asked_first(channel, coming, soonest)
        group = np.where(take, group, asked)
        cell = np.where(take, called, channel) * self.number.size + self.number
        call = self.called(cell, take)
        at = self.at.take(call)
        start = np.maximum(at, np.where(take, taken, 0.0))
        interval = self.places.interval_at(start)
        seat = _picked(places, group) + self.starts.take(group, mode="clip")
        until = self.places.until_s.ravel().take((self.row + interval) * self.places.width + seat)
        free = take | (asked < len(places))
        self.idle = start == np.inf
        # where a place emptied before the call came, only the time goes on: the next step looks again
        moves = ~self.idle & (take | ~free | (until > 0))
        answered = moves & free & (at + self.patience.take(call) > start)
        taken = _Answered(cell, call, start, until, seat, _picked(spots, group))
        self._answer(np.flatnonzero(answered), taken)
        self.advance(cell, take, moves, answered, call)
        self._pass(interval)

    def _spot(self, group: int, place: Whole) -> Whole:
        """Where in `free` a place of a group stands, for each lane."""
        left, right = self.places.bounds[group]
        return place + (self.number * (right - left) + self.number.size * left)

    def _next_taken(self, soonest: list[Array]) -> tuple[Array, Whole, Whole]:
        """Moment, group and channel of the next waiting call to be taken; inf where nobody waits."""
        queued = (self.next > self.head).reshape(-1, self.number.size)
        moments, channels = [], []
        for free, serves in zip(soonest, self.serves, strict=True):
            channel, waits = np.zeros(self.number.size, dtype=np.int64), np.zeros(self.number.size, dtype=bool)
            for each in reversed(serves):
                channel = np.where(queued[each], each, channel)
                waits |= queued[each]
            moments.append(np.where(waits, free, np.inf))
            channels.append(channel)
        moment, group = _least(moments)
        return moment, group, _picked(channels, group)

    def _asked_first(self, channel: Whole, coming: Array, soonest: list[Array]) -> Whole:
        """Group that takes the next call when it comes; the number of groups where nobody is free."""
        ranks = [
            np.where(free <= coming, asked.take(channel), len(soonest))
            for free, asked in zip(soonest, self.asked.T, strict=True)
        ]
        rank, group = _least(ranks)
        return np.where(rank < len(soonest), group, len(soonest))

    def _answer(self, rows: Whole, calls: _Answered) -> None:
        """Calls are answered in some lanes; whose time ends before the call does comes back at the next time."""
        call, start = calls.call.take(rows), calls.start.take(rows)
        self.note(calls.cell.take(rows), call, start)
        end = start + self.service.take(call)
        late = np.flatnonzero(end > calls.until.take(rows))
        if late.size:
            lanes = rows[late]
            off = self.row[lanes] + self.places.interval_at(calls.until[lanes])
            end[late] = self.places.opens_s[off, calls.seat[lanes]]
        self.free[calls.spot.take(rows)] = end

    def _pass(self, interval: Whole) -> None:
        """Time goes on to an interval: places whose time is over are free when they are filled again."""
        rows = np.flatnonzero((interval > self.interval) & ~self.idle)
        if rows.size:
            opens = self.places.opens_s[self.row[rows] + interval[rows]]
            for block, (left, right) in zip(self.blocks, self.places.bounds, strict=True):
                block[rows] = np.maximum(block[rows], opens[:, left:right])
            self.interval[rows] = interval[rows]

    def note(self, cell: Whole, call: Whole, start: Array) -> None:
        """Note how long calls waited; another lane notes those of another day."""
        self._note(call, start, call < self.own.take(cell), call >= self.end.take(cell))

    def _note(self, call: Whole, start: Array, early: Flags, late: Flags) -> None:
        wait = start - self.at.take(call)
        mine, before = np.flatnonzero(~(early | late)), np.flatnonzero(early)
        self.wait[call[mine]] = wait[mine]
        if before.size:
            self.early[call[before]] = wait[before]

    def unsettled(self, cuts: tuple[int, ...]) -> Whole:
        """Weeks in which a lane saw, in the last hour before its own day, other waits than the lane of that day did."""
        interval_s, size = self.places.interval_s, self.places.intervals
        hour = max(1, round(3600.0 / interval_s))
        near = np.zeros(size + 1, dtype=bool)
        for cut in cuts:
            near[max(cut - hour, 0) : cut] = True
        wrong = np.zeros(0, dtype=np.int64)
        for line, begin in zip(self.lines.values(), self.begins, strict=False):
            customers = line.customers
            week, column = np.nonzero(near[customers.interval])
            call = begin + week * customers.at.shape[1] + column
            told, seen = (
                np.minimum(np.nan_to_num(each[call], nan=np.inf), self.patience[call])
                for each in (self.early, self.wait)
            )
            gap = np.abs(np.where(told == seen, 0.0, told - seen))
            cut = np.searchsorted(np.array(cuts), customers.interval[week, column], side="right")
            key = week * len(cuts) + cut
            number = np.bincount(key, minlength=1)
            total = np.bincount(key, weights=gap, minlength=1)
            wrong = np.union1d(wrong, np.flatnonzero(total > _SETTLED_S * number) // len(cuts))
        return wrong

    def called(self, cell: Whole, take: Flags) -> Whole:
        """The first call of the queue where it is taken, elsewhere the next to come."""
        return np.where(take, self.head.take(cell), self.next.take(cell))

    def advance(self, cell: Whole, take: Flags, moves: Flags, answered: Flags, call: Whole) -> None:
        """Move the pointers: a call that comes is the last of the queue unless it is answered."""
        self.head[cell] += take | answered
        comes = moves & ~take
        self.next[cell] += comes
        self.coming[cell] = self.at.take(self.next.take(cell))
        rows = np.flatnonzero(comes & ~answered)
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


def _picked(rows: Sequence[Whole], number: Whole) -> Whole:
    """Of each column the row with that number; the first one for others."""
    picked = rows[0]
    for each in range(1, len(rows)):
        picked = np.where(number == each, rows[each], picked)
    return picked
