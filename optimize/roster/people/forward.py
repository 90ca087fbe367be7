"""Cheapest rosters of people at given prices, exactly: one pass over the days, all people and counters at once.

``V[d][state, person, counters]`` is the least price of d days that end so. A day adds to it: a day off continues days
off or ends a run that may end; a shift begins a run after enough days off or continues one after a class that may come
before it. Minima over classes and sums of prices are array operations, so a person takes milliseconds.
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
        self.table = np.full((batch.days + 1, batch.states, n, *batch.sizes), NEVER, dtype=precision)
        begin = [counter.start - counter.low[0] for counter in batch.counters]
        self.table[(0, np.full(n, batch.states - 1), np.arange(n), *begin)] = 0.0
        self._fill()

    def _fill(self) -> None:
        batch, ones = self.batch, (1,) * len(self.batch.counters)
        shape = (batch.classes.size, batch.runs, batch.people.size, *batch.sizes)
        price = np.ascontiguousarray(self.price.transpose(1, 2, 0)).reshape(*self.price.shape[1:], -1, *ones)
        open_ = self.price.min(axis=0) < NEVER
        groups = [None if each is None else tuple(each.tolist()) for each in batch.classes.before]
        for day in range(batch.days):
            before, after = self.table[day], self.table[day + 1]
            work, off = before[: batch.working].reshape(shape), before[batch.working :]
            any_class = work.min(axis=0)
            least = {
                group: any_class if group is None else work[list(group)].min(axis=0) for group in set(groups) - {()}
            }
            self._days_off(day, any_class, off, after[batch.working :])
            new = after[: batch.working].reshape(shape)
            for number in np.flatnonzero(open_[day]).tolist():
                first, more = batch.moves.first[day][number], batch.moves.more[day][number]
                if first is not None:
                    np.add(off[-1][first[1]], price[day, number], out=new[number, 0][first[0]])
                if more is not None and groups[number] != () and batch.runs > 1:
                    came, at = least[groups[number]][:-1], (slice(None), *more[0])
                    np.add(came[(slice(None), *more[1])], price[day, number], out=new[number, 1:][at])

    def _days_off(self, day: int, any_class: Array, off: Array, new: Array) -> None:
        """Another day off, or the first after a run that may end; a run since the first day may have begun before."""
        batch, moved = self.batch, self.batch.moves.off[day]
        if moved is None:
            return
        may = batch.may_stop
        if 0 < day <= batch.runs:
            may = may.copy()
            may[day - 1] = True
        block = np.where(may, 0.0, NEVER).astype(self.precision)
        ones = (1,) * len(batch.counters)
        stopped = (any_class + block.reshape(*block.shape, *ones)).min(axis=0)
        to, fr = moved
        new[(slice(1, None), *to)] = off[(slice(None, -1), *fr)]
        for place, source in ((batch.offs - 1, off[-1]), (0, stopped)):
            np.minimum(new[place][to], source[fr], out=new[place][to])
        if self.day_off is not None:
            new += self.day_off[:, day].astype(self.precision).reshape(1, -1, *ones)

    def best(self) -> tuple[Ints, Array]:
        """Cheapest rosters, shape (n, D), and their prices, shape (n,); NEVER or more where there is none."""
        batch = self.batch
        last = self.table[batch.days].copy()
        for axis, counter in enumerate(batch.counters):
            place = np.arange(counter.size) + counter.low[batch.days]
            enough = (place[None, :] >= counter.least[:, None]) & (place <= counter.last)[None, :]
            shape = [1, batch.people.size, *(1 for _ in batch.sizes)]
            shape[2 + axis] = counter.size
            last += np.where(enough, 0.0, NEVER).astype(self.precision).reshape(shape)
        flat = np.moveaxis(last, 1, 0).reshape(batch.people.size, -1)
        found = flat.argmin(axis=1)
        values = flat[np.arange(found.size), found].astype(float)
        state, *places = np.unravel_index(found, (batch.states, *batch.sizes))
        return self._traced(state, places), values

    def _traced(self, state: Ints, places: Sequence[Ints]) -> Ints:
        """Walk back through the table: the cheapest state that may come before is the one a least price came from."""
        batch, n = self.batch, self.batch.people.size
        roster, person = np.full((n, batch.days), OFF), np.arange(n)
        length = np.tile(np.arange(1, batch.runs + 1), batch.classes.size)
        number = np.concatenate([np.repeat(np.arange(batch.classes.size), batch.runs), np.full(batch.offs, OFF)])
        may_end, moves, at = batch.may_stop[length - 1].T, batch.moves, list(places)
        for day in range(batch.days - 1, -1, -1):
            worked = number[state] != OFF
            roster[worked, day] = self.kind[person[worked], day, number[state[worked]]]
            ok = moves.allowed[state]
            ends = np.flatnonzero(state == batch.working)
            if ends.size:
                ok[ends, : batch.working] = may_end[ends] | (length[None, :] == day)
            for k, size in enumerate(batch.sizes):
                place = at[k] - moves.taken[k][day, state] + moves.risen[k][day]
                at[k] = np.minimum(np.maximum(place, 0), size - 1)
            came = self.table[day][(slice(None), person, *at)].T
            state = np.where(ok, came, 2 * NEVER).argmin(axis=1)
        return roster
