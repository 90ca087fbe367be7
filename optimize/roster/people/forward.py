"""Cheapest rosters of people at given prices, exactly: one pass over the days, all people and counters at once.

``V[d][state, person, counters]`` is the least price of d days that end so. A day adds to it: a day off continues days
off or ends a run that may end; a shift begins a run after enough days off or continues one after a class that may come
before it. Minima over groups and sums of prices are array operations, so a person takes milliseconds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from optimize.roster.people.batch import NEVER
from optimize.roster.people.problem import OFF

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from optimize.roster.people.batch import Batch

    Array = NDArray[np.floating]
    Bools = NDArray[np.bool_]
    Ints = NDArray[np.int64]

FOUND = NEVER / 2
"""Price below which a roster keeps every rule."""


class Forward:
    """Least prices of some people, and the rosters they belong to.

    Parameters
    ----------
    batch
        The people.
    price
        Of each person, day and kind; shape (n, D, S).
    day_off
        Price of each person's day off; shape (n, D). None where days off are free.
    precision
        Of the table; single is enough while searching, and twice as fast.
    """

    def __init__(
        self, batch: Batch, price: Array, day_off: Array | None, precision: type[np.floating] = np.float32
    ) -> None:
        self.batch, self.day_off, self.precision = batch, day_off, precision
        lawful = np.where(batch.forbidden, NEVER, np.minimum(price, NEVER)).astype(precision)
        self.kind = np.stack([kinds[lawful[:, :, kinds].argmin(axis=2)] for kinds in batch.classes.members], axis=2)
        self.price = np.take_along_axis(lawful, self.kind, axis=2)
        n = batch.people.size
        self.ones = (1,) * len(batch.counters)
        self.table = np.full((batch.days + 1, batch.states, n, *batch.sizes), NEVER, dtype=precision)
        begin = [counter.start - counter.low[0] for counter in batch.counters]
        self.table[(0, batch.sides.start, np.arange(n), *begin)] = 0.0
        self._fill()

    def _fill(self) -> None:
        batch = self.batch
        groups, working = batch.classes.groups, batch.working
        shape = (groups, batch.runs, batch.people.size, *batch.sizes)
        price = np.ascontiguousarray(self.price.transpose(1, 2, 0)).reshape(*self.price.shape[1:], -1, *self.ones)
        open_ = [np.flatnonzero(day).tolist() for day in self.price.min(axis=0) < NEVER]
        comes = {each: np.empty(shape[1:], dtype=self.precision) for each in set(batch.classes.before)}
        self.spare = np.empty(shape[1:], dtype=self.precision)
        for day in range(batch.days):
            work, off = self.table[day][:working].reshape(shape), self.table[day][working:]
            after = self.table[day + 1]
            self._days_off(day, work.min(axis=0), off, after[working:])
            for each, came in comes.items():
                came[0] = off[-1]
                if each:
                    _chosen(work, each)[:, :-1].min(axis=0, out=came[1:])
                else:
                    came[1:] = NEVER
            self._shifts(day, open_[day], comes, price[day], after[:working].reshape(shape))

    def _shifts(
        self, day: int, open_: list[int], comes: dict[tuple[int, ...], Array], price: Array, new: Array
    ) -> None:
        """A shift of each class, after enough days off or after what may come before it."""
        batch, written = self.batch, set[int]()
        for number in open_:
            group, came = int(batch.classes.group[number]), comes[batch.classes.before[number]]
            first, more = batch.moves.first[day][number], batch.moves.more[day][number]
            parts = ((slice(None), first),) if first == more else ((slice(0, 1), first), (slice(1, None), more))
            for runs, move in parts:
                if move is None:
                    continue
                to, fr = (runs, *move[0]), (runs, *move[1])
                if group in written:
                    spare = np.add(came[fr], price[number], out=self.spare[to])
                    np.minimum(new[group][to], spare, out=new[group][to])
                else:
                    np.add(came[fr], price[number], out=new[group][to])
            written.add(group)

    def _days_off(self, day: int, any_group: Array, off: Array, new: Array) -> None:
        """Another day off, or the first after a run that may end."""
        batch, moved = self.batch, self.batch.moves.off[day]
        if moved is None:
            return
        block = np.where(self._may_stop(day), 0.0, NEVER).astype(self.precision)
        any_group += block.reshape(*block.shape, *self.ones)
        stopped = any_group.min(axis=0)
        to, fr = moved
        new[(slice(1, None), *to)] = off[(slice(None, -1), *fr)]
        for place, source in ((batch.offs - 1, off[-1]), (0, stopped)):
            np.minimum(new[place][to], source[fr], out=new[place][to])
        if self.day_off is not None:
            new += self.day_off[:, day].astype(self.precision).reshape(1, -1, *self.ones)

    def _may_stop(self, day: int) -> Bools:
        """Whether a run of each length may end before a day; one that began before all that is known may be short."""
        batch = self.batch
        exempt = batch.sides.worked + day
        if not ((exempt > 0) & (exempt <= batch.runs)).any():
            return batch.may_stop
        return np.asarray(batch.may_stop | (np.arange(1, batch.runs + 1)[:, None] == exempt[None, :]))

    def best(self, below: Array | None = None) -> tuple[Ints, Array]:
        """Cheapest rosters, shape (n, D), and their prices, shape (n,); NEVER or more where there is none.

        Where a price is not `below`, shape (n,), the roster is not asked for: all days are off.
        """
        batch, n = self.batch, self.batch.people.size
        last = self.table[batch.days] + np.where(batch.sides.ends, 0.0, NEVER).astype(self.precision).reshape(
            batch.states, n, *self.ones
        )
        last += np.where(self._in_time(), 0.0, NEVER).astype(self.precision)
        flat = np.moveaxis(last, 1, 0).reshape(n, -1)
        found = flat.argmin(axis=1)
        values = flat[np.arange(found.size), found].astype(float)
        state, *places = np.unravel_index(found, (batch.states, *batch.sizes))
        asked = np.arange(n) if below is None else np.flatnonzero(values < below)
        rosters = np.full((n, batch.days), OFF)
        if asked.size:
            rosters[asked] = self._traced(asked, state[asked], [place[asked] for place in places])
        return rosters, values

    def _in_time(self) -> Bools:
        """Whether working time is between its limits at the end; shape (n, counters)."""
        batch = self.batch
        minutes = np.zeros((batch.people.size, *self.ones), dtype=np.int64)
        for axis, counter in enumerate(batch.counters, start=1):
            shape = [batch.people.size, *self.ones]
            shape[axis] = counter.size
            minutes = minutes + counter.used(batch.days).reshape(shape)
        least, most = batch.limits.T.reshape(2, -1, *self.ones)
        return np.asarray((minutes >= least) & (minutes <= most))

    def _traced(self, person: Ints, state: Ints, places: Sequence[Ints]) -> Ints:
        """Walk back through the table: the way that a least price came from is the cheapest of all ways there."""
        batch, n, came = self.batch, self.batch.people.size, self.batch.came
        roster, row, moves = np.full((person.size, batch.days), OFF), np.arange(person.size), batch.moves
        price = np.concatenate([self.price, np.zeros((n, batch.days, 1), dtype=self.precision)], axis=2)
        at = list(places)
        for day in range(batch.days - 1, -1, -1):
            ways, number, first = came.state[state], came.number[state], came.first[state].astype(np.int64)
            lawful = ways >= 0
            ending = state == batch.working
            if ending.any():
                stops = self._may_stop(day)
                run = came.run[state]
                lawful &= (run == 0) | stops[np.maximum(run, 1) - 1, person[:, None]]
            before = []
            for k, size in enumerate(batch.sizes):
                place = at[k][:, None] - moves.taken[k][day, number, first] + moves.risen[k][day]
                lawful &= (place >= 0) & (place < size)
                before.append(np.minimum(np.maximum(place, 0), size - 1))
            value = self.table[day][(ways, person[:, None], *before)] + price[person[:, None], day, number]
            way = np.where(lawful, value, 2 * NEVER).argmin(axis=1)
            chosen = number[row, way]
            worked = chosen != OFF
            roster[worked, day] = self.kind[person[worked], day, chosen[worked]]
            state, at = ways[row, way], [place[row, way] for place in before]
        return roster


def _chosen(work: Array, groups: tuple[int, ...]) -> Array:
    """Some groups of a table; without a copy where they follow each other."""
    if groups[-1] - groups[0] + 1 == len(groups):
        return work[groups[0] : groups[-1] + 1]
    return work[list(groups)]
