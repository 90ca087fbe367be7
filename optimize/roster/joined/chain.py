"""The cheapest chain of stints for each person: which days are worked, exactly.

``table[person, day, edge, weekends, shifts, minutes, week shifts, week minutes]`` is the least price of all days before
a day on which a stint may begin, not before an edge of that day. Nothing else crosses from stint to stint, so the chain
has few states with any number of shapes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from optimize.roster.joined.frame import NEVER
from optimize.roster.joined.stints import Found

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from optimize.roster.joined.counters import Counters
    from optimize.roster.joined.links import Link, Links, LinkTable
    from optimize.roster.joined.stints import Filled

    Array = NDArray[np.floating]
    Ints = NDArray[np.int64]
    Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Begun:
    """Where each person's chain begins: day and edge; or whether a run from before day 0 may continue; shape (n,)."""

    day: Ints
    edge: Ints
    stops: Mask
    continues: Mask


class Chain:
    """Chains of some people of a contract under the same rules.

    Parameters
    ----------
    links
        Every link.
    days, edges
        Of the horizon and the frame.
    counters
        Limits of each person.
    """

    def __init__(self, links: Links, days: int, edges: int, counters: Counters) -> None:
        self.links, self.days, self.edges, self.counters = links.links, days, edges, counters
        self._blocks, self._table = _blocks(links, counters.shape), links.table
        self._masks: dict[tuple[object, ...], Mask] = {}

    def fill(self, filled: Filled, begun: Begun, due: Mask) -> None:
        """Compute the table, and for every place the link that ends there.

        Parameters
        ----------
        filled
            Prices of stints.
        begun
            Where chains begin.
        due
            Days on which each person works, so that no link may have them off; shape (n, D).
        """
        ended, n = filled.ended, filled.ended.shape[0]
        self.ended = ended
        self._due = np.concatenate([np.zeros((n, 1), dtype=int), np.cumsum(due, axis=1)], axis=1)
        self.table = np.full((n, self.days + 2, self.edges, *self.counters.shape), NEVER, dtype=ended.dtype)
        self.came = np.full(self.table.shape, -1, dtype=np.int32)
        people = np.arange(n)
        first = self.table.reshape(*self.table.shape[:3], -1)[..., 0]
        first[people[begun.stops], begun.day[begun.stops], begun.edge[begun.stops]] = 0.0
        first[people[begun.continues], self.days + 1, 0] = 0.0
        stint, prices = (0, 0, 0), self.table[:0]
        for block in self._blocks:
            link = block.link
            if link.length == 0:
                self._add(block, self.table[:, link.source].min(axis=1, keepdims=True))
                continue
            if stint != (link.source, link.length, link.extra):
                stint, prices = (link.source, link.length, link.extra), self._stints(link)
            self._add(block, prices[:, link.last : link.last + block.size])

    def _stints(self, link: Link) -> Array:
        """Least price up to the end of a stint, over the edges it may begin after.

        Axes: person, class of the last shape, and counters.
        """
        before = self.table[:, link.source]
        if link.source == self.days + 1:
            before = before[:, :1]
        price = self.ended[:, : before.shape[1], link.length, :, link.extra, link.row]
        wide = price.reshape(*price.shape, *(1,) * len(self.counters.shape))
        least: Array = (before[:, :, None] + wide).min(axis=1)
        return least

    def _add(self, block: _Block, price: Array) -> None:
        link, target = block.link, block.target
        moved = price[(slice(None), slice(None), *block.source)]
        if link.new is not None:
            moved = self._closed(link, moved)
        stuck = self._due[:, link.target] > self._due[:, link.off_from]
        if stuck.any():
            moved = np.where(stuck.reshape(-1, *(1,) * (moved.ndim - 1)), moved.dtype.type(NEVER), moved)
        edges, counters = slice(link.edge, link.edge + block.size), (slice(None), slice(None), *target)
        table, came = self.table[:, link.target, edges][counters], self.came[:, link.target, edges][counters]
        better = moved < table
        np.copyto(table, moved, where=better)
        np.copyto(came, block.numbers, where=better)

    def _closed(self, link: Link, price: Array) -> Array:
        """Least price over the counts of the week that ends, where they are lawful."""
        lawful = self._week_mask(link)
        shape = (len(lawful), *(1,) * 4, *lawful.shape[1:])
        closed: Array = np.where(lawful.reshape(shape), price, NEVER).min(axis=(5, 6), keepdims=True)
        return closed.astype(price.dtype)

    def _week_mask(self, link: Link) -> Mask:
        """Whether each person may end the week of the source with so many shifts and minutes before this link."""
        key = (link.week, link.old, link.between, link.closes)
        if key not in self._masks:
            self._masks[key] = self._new_week_mask(link)
        return self._masks[key]

    def _new_week_mask(self, link: Link) -> Mask:
        shifts, minutes = self.counters.week_shifts, self.counters.week_minutes
        by_shifts = shifts.lawful(link.week, link.old[0], least=link.closes)
        by_minutes = minutes.lawful(link.week, link.old[1], least=link.closes)
        lawful = by_shifts[:, :, None] & by_minutes[:, None, :]
        for week, (worked, units) in enumerate(link.between, link.week + 1):
            fits = shifts.fits(week, worked) & minutes.fits(week, units)
            lawful &= fits[:, None, None]
        return lawful

    def clear(self) -> None:
        """Let go of the tables."""
        del self.ended, self.table, self.came, self._due

    def best(self) -> tuple[Array, list[Ints]]:
        """Least price of each person, and where it is: edge and counters; `NEVER` or more where there is none."""
        last = self.table[:, self.days].copy()
        axes = (self.counters.weekends, self.counters.shifts, self.counters.minutes)
        for axis, counter in enumerate((*axes, self.counters.week_shifts, self.counters.week_minutes)):
            places = np.arange(counter.size)[None, :]
            highest = counter.most if axis < 3 else counter.most[:, -1]
            most = places <= highest[:, None]
            lawful = most & (places >= counter.least[:, None]) if axis < 3 and counter.counts else most
            shape = [len(last), *(1,) * (last.ndim - 1)]
            shape[2 + axis] = counter.size
            last += np.where(lawful, 0.0, NEVER).astype(last.dtype).reshape(shape)
        flat = last.reshape(len(last), -1)
        found = flat.argmin(axis=1)
        at = np.unravel_index(found, last.shape[1:])
        return flat[np.arange(len(flat)), found].astype(float), [np.asarray(each) for each in at]

    def traced(self, places: list[Ints], lawful: Mask) -> Found:
        """Read back the stints of the people who have a roster."""
        person = np.flatnonzero(lawful)
        day = np.full(person.size, self.days)
        at = [each[person] for each in places]
        table = self._table
        parts: list[tuple[Ints, ...]] = []
        while person.size:
            number: Ints = self.came[person, day, at[0], at[1], at[2], at[3], at[4], at[5]].astype(np.int64)
            on = number >= 0
            person, number = person[on], number[on]
            at = [each[on] for each in at]
            if not person.size:
                break
            day, at = self._back(table, person, number, at)
            work = table.length[number] > 0
            columns = (table.row, table.length, table.last, table.extra)
            parts.append((person[work], at[0][work], *(each[number[work]] for each in columns)))
        empty = np.zeros(0, dtype=np.int64)
        joined = [np.concatenate([part[k] for part in parts] or [empty]) for k in range(6)]
        return Found(*joined)

    def _back(self, table: LinkTable, person: Ints, number: Ints, at: list[Ints]) -> tuple[Ints, list[Ints]]:
        """Return the place before a link: the one of least price among those it may come from."""
        source = table.source[number]
        over = [
            np.maximum(each - add[number], 0) if size > 1 else each
            for each, add, size in zip(
                at[1:4], (table.weekends, table.shifts, table.minutes), self.counters.shape[:3], strict=True
            )
        ]
        price = self.table[person, source][np.arange(person.size), :, over[0], over[1], over[2]].astype(float)
        stint = self.ended[person, :, table.length[number], table.last[number], table.extra[number], table.row[number]]
        price = price + np.where((table.length[number] > 0)[:, None], stint, 0.0)[:, :, None, None]
        head = source == self.days + 1
        price[head, 1:] = np.inf
        allowed = (
            np.stack(
                [
                    self._week_before(k, int(m), at[4][j], at[5][j])
                    for j, (k, m) in enumerate(zip(person.tolist(), number, strict=True))
                ]
            )
            if self._by_week
            else None
        )
        if allowed is not None:
            price = np.where(allowed[:, None], price, np.inf)
        flat = price.reshape(len(price), -1).argmin(axis=1)
        edge, week_shifts, week_minutes = np.unravel_index(flat, price.shape[1:])
        return source, [np.asarray(edge), *over, np.asarray(week_shifts), np.asarray(week_minutes)]

    @property
    def _by_week(self) -> bool:
        return self.counters.shape[3:] != (1, 1)

    def _week_before(self, person: int, number: int, shifts: int, minutes: int) -> Mask:
        """Counts of the week that may come before a link which ends with these; shape (U, V)."""
        link = self.links[number]
        if link.new is not None:
            lawful: Mask = self._week_mask(link)[person]
            return lawful
        mask = np.zeros(self.counters.shape[3:], dtype=bool)
        old = [units if size > 1 else 0 for units, size in zip(link.old, self.counters.shape[3:], strict=True)]
        mask[shifts - old[0], minutes - old[1]] = True
        return mask


@dataclass(frozen=True)
class _Block:
    """Links that differ in the class of the last shape and the edge only, both one higher from link to link.

    Parameters
    ----------
    link, size
        The first of them, and how many there are.
    numbers
        Of the links, along the axis of edges.
    target, source
        Slices of the counters after and before.
    """

    link: Link
    size: int
    numbers: NDArray[np.int32]
    target: tuple[slice, ...]
    source: tuple[slice, ...]


def _blocks(links: Links, shape: tuple[int, ...]) -> list[_Block]:
    """Links in blocks, in order; those that exceed an axis are left out."""
    found = []
    for first, beyond in zip(links.starts, [*links.starts[1:], len(links.links)], strict=True):
        moved = _moved(links.links[first], shape)
        if moved is not None:
            numbers = np.arange(first, beyond, dtype=np.int32).reshape(-1, *(1,) * len(shape))
            found.append(_Block(links.links[first], beyond - first, numbers, *moved))
    return found


def _moved(link: Link, shape: tuple[int, ...]) -> tuple[tuple[slice, ...], tuple[slice, ...]] | None:
    """Slices of the counters after a link, and before it; None where it exceeds an axis."""
    week = link.old if link.new is None else (0, 0)
    target, source = [], []
    for size, add in zip(shape, (link.weekends, link.shifts, link.minutes, *week), strict=True):
        step = add if size > 1 else 0
        if step >= size > 1:
            return None
        target.append(slice(step, None))
        source.append(slice(None, size - step))
    if link.new is not None:
        weeks = [_place(size, units) for size, units in zip(shape[3:], link.new, strict=True)]
        if None in weeks:
            return None
        target[3:] = [slice(at, at + 1) for at in weeks if at is not None]
    return tuple(target), tuple(source)


def _place(size: int, units: int) -> int | None:
    """Place of a count on an axis; None beyond its end."""
    if size == 1:
        return 0
    return units if units < size else None
