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
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from optimize.roster.people.batch import Batch

    Array = NDArray[np.floating]
    Ints = NDArray[np.int64]
    Slices = tuple[slice, ...]

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
        batch = self.batch
        shape = (batch.classes.size, batch.runs, batch.people.size, *batch.sizes)
        groups = {None if each is None else tuple(each.tolist()) for each in batch.classes.before}
        for day in range(batch.days):
            before, after = self.table[day], self.table[day + 1]
            work, off = before[: batch.working].reshape(shape), before[batch.working :]
            any_class = work.min(axis=0)
            least = {
                group: any_class if group is None else work[list(group)].min(axis=0) for group in groups if group != ()
            }
            self._days_off(day, any_class, off, after[batch.working :])
            self._shifts(day, least, off[-1], after[: batch.working].reshape(shape))

    def _days_off(self, day: int, any_class: Array, off: Array, new: Array) -> None:
        """Another day off, or the first after a run that may end; a run since the first day may have begun before."""
        batch = self.batch
        may = batch.may_stop.copy()
        if 0 < day <= batch.runs:
            may[day - 1] = True
        block = np.where(may, 0.0, NEVER).astype(self.precision)
        stopped = (any_class + block.reshape(*block.shape, *(1 for _ in batch.sizes))).min(axis=0)
        moved = _moved([-counter.risen(day) for counter in batch.counters], batch.sizes)
        if moved is None:
            return
        to, fr = moved
        people = (slice(None),)
        new[(slice(1, None), *people, *to)] = off[(slice(None, -1), *people, *fr)]
        for place, source in ((batch.offs - 1, off[-1]), (0, stopped)):
            at = (place, *people, *to)
            np.minimum(new[at], source[(*people, *fr)], out=new[at])
        if self.day_off is not None:
            new += self.day_off[:, day].astype(self.precision).reshape(1, -1, *(1 for _ in batch.sizes))

    def _shifts(self, day: int, least: dict[tuple[int, ...] | None, Array], rested: Array, new: Array) -> None:
        """A shift of each class: the first of a run after enough days off, or one more after a class before it."""
        batch = self.batch
        for number, before in enumerate(batch.classes.before):
            cost = self.price[:, day, number].reshape(-1, *(1 for _ in batch.sizes))
            if cost.min() >= NEVER:
                continue
            for first in (True, False):
                moved = _moved([self._net(day, number, k, first=first) for k in range(len(batch.sizes))], batch.sizes)
                group = None if before is None else tuple(before.tolist())
                if moved is None or (not first and (group == () or batch.runs == 1)):
                    continue
                to, fr = moved
                if first:
                    np.add(rested[(slice(None), *fr)], cost, out=new[(number, 0, slice(None), *to)])
                else:
                    source = least[group][(slice(0, -1), slice(None), *fr)]
                    np.add(source, cost, out=new[(number, slice(1, None), slice(None), *to)])
        np.minimum(new, NEVER, out=new)

    def _net(self, day: int, number: int, k: int, *, first: bool) -> int:
        counter = self.batch.counters[k]
        return counter.places(day, number, first=first) - counter.risen(day)

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
        allowed, length = _befores(batch), np.tile(np.arange(1, batch.runs + 1), batch.classes.size)
        number = np.concatenate([np.repeat(np.arange(batch.classes.size), batch.runs), np.full(batch.offs, OFF)])
        first = np.concatenate([length == 1, np.zeros(batch.offs, dtype=bool)])
        may_end = batch.may_stop[length - 1].T
        at, each = list(places), list(zip(number, first, strict=True))
        for day in range(batch.days - 1, -1, -1):
            worked = number[state] != OFF
            roster[worked, day] = self.kind[person[worked], day, number[state[worked]]]
            ok = allowed[state]
            ends = state == batch.working
            ok[np.ix_(ends, np.arange(batch.working))] = may_end[ends] | (length[None, :] == day)
            for k, counter in enumerate(batch.counters):
                taken = np.array([counter.places(day, int(c), first=bool(f)) if c != OFF else 0 for c, f in each])
                at[k] = np.clip(at[k] - taken[state] + counter.risen(day), 0, counter.size - 1)
            came = self.table[day][(slice(None), person, *at)].T
            state = np.where(ok, came, 2 * NEVER).argmin(axis=1)
        return roster


def _befores(batch: Batch) -> NDArray[np.bool_]:
    """Which state may come the day before each state; runs that end are added person by person."""
    allowed = np.zeros((batch.states, batch.states), dtype=bool)
    for number, before in enumerate(batch.classes.before):
        for run in range(1, batch.runs):
            classes = range(batch.classes.size) if before is None else before.tolist()
            allowed[number * batch.runs + run, [c * batch.runs + run - 1 for c in classes]] = True
        allowed[number * batch.runs, batch.states - 1] = True
    for off in range(1, batch.offs):
        allowed[batch.working + off, batch.working + off - 1] = True
    allowed[batch.states - 1, batch.states - 1] = True
    return allowed


def _moved(steps: Iterable[int], sizes: Sequence[int]) -> tuple[Slices, Slices] | None:
    """Where counters that move by so many places are stored, and where they come from; None where all are beyond."""
    to, fr = [], []
    for step, size in zip(steps, sizes, strict=True):
        if abs(step) >= size:
            return None
        to.append(slice(step, None) if step >= 0 else slice(0, size + step))
        fr.append(slice(0, size - step) if step >= 0 else slice(-step, None))
    return tuple(to), tuple(fr)
