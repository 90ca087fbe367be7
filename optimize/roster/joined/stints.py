"""Cheapest stints (rows of working days) from every first day, for many people at once.

``S[j][person, edge, extra, row, state]`` is the least price of ``j + 1`` working days from the first day of a row, the
last of them in a work state, the first not before an edge. `extra` counts working minutes above those of the shortest
shape, where a contract has shapes of different working time.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from optimize.roster.joined.frame import NEVER
from optimize.roster.joined.passages import Passage

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from optimize.roster.joined.frame import Frame

    Array = NDArray[np.floating]
    Ints = NDArray[np.int64]
    Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Extra:
    """Working minutes above the shortest shape, counted within a stint.

    Parameters
    ----------
    unit, base
        Minutes of a unit, and units of the shortest shape.
    of_shape
        Units above it of each shape; shape (S,).
    size
        Values of the axis: units on days in the week of the first day, plus `stride` times those on later days.
    stride
        1 where weeks are not told apart.
    """

    unit: int
    base: int
    of_shape: Ints
    size: int
    stride: int

    def parts(self, x: int) -> tuple[int, int]:
        """Units in the week of the first day and in later weeks."""
        return (x, 0) if self.stride == 1 else (x % self.stride, x // self.stride)


def extra_of(frame: Frame, *, counted: bool, by_week: bool) -> Extra:
    """Return the axis of working minutes; it has one value where nobody counts them or all shapes have the same.

    Raises
    ------
    ValueError
        Minutes of a week are limited, shapes differ, and a run may cover more than two weeks.
    """
    minutes = frame.contract.minutes
    unit = max(1, int(np.gcd.reduce(minutes)))
    above = (minutes - minutes.min()) // unit
    base, most = int(minutes.min()) // unit, frame.longest * int(above.max()) + 1
    if not counted or most == 1:
        return Extra(unit, base, np.zeros_like(above), 1, 1)
    if by_week and frame.longest > 7:
        raise ValueError("limits on the minutes of a week need runs of at most 7 days where shapes differ in minutes")
    return Extra(unit, base, above, most * most if by_week else most, most if by_week else 1)


@dataclass(frozen=True)
class Filled:
    """Least prices of stints.

    Parameters
    ----------
    tables
        ``S[j]`` for each position j; shape (n, F, X, rows, Q).
    ended
        Least price by length and class of the last shape; shape (n, F, longest + 1, E, X, rows).
    """

    tables: list[Array]
    ended: Array


@dataclass(frozen=True)
class Found:
    """Stints to be read back, in equal arrays: person, edge, row, length, class of the last shape, and extra."""

    person: Ints
    edge: Ints
    row: Ints
    length: Ints
    last: Ints
    extra: Ints


class Stints:
    """Stints under the rules of a frame."""

    def __init__(self, frame: Frame, extra: Extra, week: Ints) -> None:
        self.frame, self.extra = frame, extra
        self._by_day = int((frame.state_nights == 0).sum())
        self._nights = int(frame.state_nights.max(initial=0))
        first_week = week[np.append(np.arange(frame.days), 0)]
        self._later = week[np.minimum(frame.day_of, frame.days - 1)] != first_week[:, None]
        lasts = np.append(np.arange(frame.days), 0)[:, None] + np.arange(frame.longest + 1)
        self._touches = lasts == frame.days
        self._class = frame.tail.classes[frame.state_shape]
        if frame.days > 1:
            self._make_passages()

    def _make_passages(self) -> None:
        frame, rules = self.frame, self.frame.rules
        days, nights = frame.state_shape[: self._by_day], np.flatnonzero(frame.contract.nights)
        rest = frame.intervals(rules.rest)
        self._day_day, self._day_night = Passage(frame, days, days, rest), Passage(frame, days, nights, rest)
        self._night_night = Passage(frame, nights, nights, rest)
        self._night_day = Passage(frame, nights, days, frame.intervals(max(rules.rest, rules.rest_after_nights)))

    def fill(self, price: Array, continued: Mask, runs: Ints) -> Filled:
        """Compute all stints.

        Parameters
        ----------
        price
            Of each person, day and shape, `NEVER` where forbidden; shape (n, D, S).
        continued
            States of day 0 that continue the run of each person; shape (n, Q).
        runs
            Working days in a row before day 0; 0 where there is no run to continue; shape (n,).
        """
        frame, kind = self.frame, price.dtype.type
        after = np.full((len(price), 1, price.shape[2]), NEVER, dtype=price.dtype)
        states = np.concatenate([price, after], axis=1)[:, :, frame.state_shape]
        tables = [self._first(states, continued)]
        for j in range(1, frame.longest):
            came = self._came(tables[-1], np.clip(frame.day_of[:, j - 1], 0, frame.days - 2))
            today = states[:, frame.day_of[:, j]][:, None, None]
            new = self._moved(came, self._later[:, j])
            new += today
            np.minimum(new, kind(NEVER), out=new)
            tables.append(new)
        return Filled(tables, self._ended(tables, runs))

    def _first(self, states: Array, continued: Mask) -> Array:
        frame, n = self.frame, len(states)
        early = ~frame.after_edge[:, :, frame.state_shape]
        fresh = np.where(early | (frame.state_nights > 1), NEVER, 0.0).astype(states.dtype)
        new = np.full((n, len(early), frame.days + 1, frame.state_shape.size), NEVER, dtype=states.dtype)
        new[:, :, :-1] = states[:, None, :-1] + fresh
        new[:, 0, -1] = np.where(continued, states[:, 0], NEVER)
        np.minimum(new, states.dtype.type(NEVER), out=new)
        if self.extra.size == 1:
            return new[:, :, None]
        begun = np.full((n, len(early), self.extra.size, *new.shape[2:]), NEVER, dtype=states.dtype)
        above = self.extra.of_shape[frame.state_shape]
        for units in np.unique(above):
            begun[:, :, units, :, above == units] = np.moveaxis(new[..., above == units], -1, 0)
        return begun

    def _came(self, before: Array, days: Ints) -> Array:
        """Least price of what may come before each state; shape as the table before."""
        cut, found = self._by_day, np.full(before.shape, NEVER, dtype=before.dtype)
        if cut:
            found[..., :cut] = self._day_day.least(before[..., :cut], days)
        if not self._nights:
            return found
        shape = (*before.shape[:-1], self._nights, -1)
        old, new = before[..., cut:].reshape(shape), found[..., cut:].reshape(shape)
        if cut:
            new[..., 0, :] = self._day_night.least(before[..., :cut], days)
        if self._nights > 1:
            came = self._night_night.least(np.moveaxis(old[..., :-1, :], -2, 0), days)
            new[..., 1:, :] = np.moveaxis(came, 0, -2)
        found[..., cut:] = new.reshape(*before.shape[:-1], -1)
        if cut and self._night_day.is_open:
            enough = old[..., self.frame.rules.least_nights - 1 :, :].min(axis=-2, initial=NEVER)
            np.minimum(found[..., :cut], self._night_day.least(enough, days), out=found[..., :cut])
        return found

    def _moved(self, came: Array, later: Mask) -> Array:
        """Move prices up the axis of extra minutes by those of the shape now worked."""
        if self.extra.size == 1:
            return came
        new = np.full(came.shape, NEVER, dtype=came.dtype)
        above = self.extra.of_shape[self.frame.state_shape]
        for units in np.unique(above).tolist():
            columns = np.flatnonzero(above == units)
            for rows, step in ((np.flatnonzero(~later), units), (np.flatnonzero(later), units * self.extra.stride)):
                if step < self.extra.size:
                    at = np.ix_(rows, columns)
                    new[:, :, step:, at[0], at[1]] = came[:, :, : self.extra.size - step, at[0], at[1]]
        return new

    def _ended(self, tables: list[Array], runs: Ints) -> Array:
        frame, (n, edges, extras, rows, _) = self.frame, tables[0].shape
        shape = (n, edges, frame.longest + 1, frame.tail.size, extras, rows)
        ended = np.full(shape, NEVER, dtype=tables[0].dtype)
        members = [np.flatnonzero(self._class == e) for e in range(frame.tail.size)]
        for j, table in enumerate(tables):
            lawful = table
            if not frame.may_end.all():
                lawful = np.where(frame.may_end | self._touches[:, j + 1, None], table, table.dtype.type(NEVER))
            for e, states in enumerate(members):
                ended[:, :, j + 1, e] = lawful[..., states].min(axis=-1)
        closed = ~frame.whole.T
        ended = np.where(closed[:, None, None, :], ended.dtype.type(NEVER), ended)
        length = runs[:, None] + np.arange(frame.longest + 1)[None, :]
        short = (length < frame.rules.least_run) & ~self._touches[-1]
        shut = (runs[:, None] == 0) | (length > frame.rules.most_run) | short
        ended[..., -1] = np.where(shut[:, None, :, None, None], ended.dtype.type(NEVER), ended[..., -1])
        return ended

    def traced(self, filled: Filled, found: Found) -> Ints:
        """Read the shapes of stints back; shape (stints, longest), -1 after the end of a stint."""
        frame, extra = self.frame, found.extra.copy()
        shapes = np.full((found.person.size, frame.longest), -1)
        state = np.zeros(found.person.size, dtype=int)
        for position in range(frame.longest - 1, -1, -1):
            on = np.flatnonzero(found.length > position)
            last = found.length[on] == position + 1
            day = frame.day_of[found.row[on], position]
            next_day = np.clip(day, 0, max(0, frame.days - 2))
            before = frame.follows[next_day, state[on]] if frame.days > 1 else np.ones((on.size, 1), dtype=bool)
            ends = (self._class[None, :] == found.last[on, None]) & (
                frame.may_end[None, :] | self._touches[found.row[on], position + 1][:, None]
            )
            at = (found.person[on], found.edge[on], extra[on], found.row[on])
            price = np.where(np.where(last[:, None], ends, before), filled.tables[position][at], 2 * NEVER)
            state[on] = price.argmin(axis=1)
            shapes[on, position] = frame.state_shape[state[on]]
            units = self.extra.of_shape[shapes[on, position]]
            extra[on] -= units * np.where(self._later[found.row[on], position], self.extra.stride, 1)
        return shapes
