"""Working patterns of a week with targets, improved person by person: days off move to where people are worth least.

Rounding patterns to the relaxed day totals knows distances in people and no money. Here one person at a time changes to
another pattern, or begins or ends to work, and the shifts of the days that change are rounded anew; what that is worth
is known interval by interval at the prices of the relaxed week.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from optimize.roster.search.priced_people import PricedPeople
from optimize.roster.search.rounding import THETAS, round_day, working

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from optimize.roster.program import Program
    from optimize.roster.search.rounding import Choice

    Array = NDArray[np.float64]
    Day = tuple[int, int]

PASSES = 4
"""Rounds over everybody; few change in the third."""
TRIED = THETAS[1::4]
"""Thresholds that are tried for a day while patterns change; all of them are tried afterwards."""
LEAST = 1.0
"""Money below which a change is lost in rounding."""


def improved_patterns(program: Program, values: Array) -> Array:
    """Return the values with better whole patterns; starts and breaks stay relaxed, to be rounded to them.

    Left as they are where patterns name shift types, and where there are no prices to go by.
    """
    named = any(subgroup.type_sequences for group in program.week.staff_groups for subgroup in group.subgroups)
    if program.week.service is None or named:
        return values
    descent = _Descent(program, values)
    for _ in range(PASSES):
        if not descent.improve():
            break
    return descent.values


@dataclass(frozen=True)
class _Move:
    """Somebody of a subgroup leaves one pattern column for another; None is no shifts."""

    staff_group: int
    leaves: int | None
    joins: int | None
    fewer: tuple[int, ...]
    more: tuple[int, ...]


class _Descent:
    """A week as rounded so far: the rounding of each day of each staff group, and the people at work.

    A day of a pattern is a day of the week planned, since ``plan_week`` takes seven days and no others.
    """

    def __init__(self, program: Program, values: Array) -> None:
        self.program, self.values = program, values.copy()
        self.cost, self.duty = program.model.cost(), program.duty.tocsc()
        self.staffing = PricedPeople(program, values)
        self.options: dict[tuple[int, int, int], list[Choice]] = {}
        keys = sorted({(c, day) for c, _, day in program.layout.shifts})
        self.spans = {key: self._span(key) for key in keys}
        self.people: Array = program.week.present.ravel().copy()
        self.picked: dict[Day, Choice] = {}
        for key in keys:
            total = working(program, self.values, *key)
            self.picked[key] = self._best(key, total, self.people)[0]
            self.people = self.people + self.picked[key].people
        for key in keys:
            self._replace(key, working(program, self.values, *key))

    def improve(self) -> bool:
        """Try every change of one person once; tell whether any was worth it."""
        changed = False
        for move in self._moves():
            if self._possible(move):
                changed |= self._try(move)
        return changed

    def _moves(self) -> Iterator[_Move]:
        """Every pattern of every subgroup to every other."""
        for (c, h), columns in self.program.layout.pattern.items():
            subgroup = self.program.week.staff_groups[c].subgroups[h]
            places: list[tuple[int | None, frozenset[int]]] = [
                (column, frozenset(days)) for column, days in zip(columns, subgroup.patterns, strict=True)
            ]
            places += [] if subgroup.guaranteed else [(None, frozenset())]
            for leaves, before in places:
                for joins, after in places:
                    if leaves != joins:
                        fewer, more = tuple(sorted(before - after)), tuple(sorted(after - before))
                        yield _Move(c, leaves, joins, fewer, more)

    def _possible(self, move: _Move) -> bool:
        """Whether somebody has the pattern, or somebody is left without one, and every day has a start."""
        if move.leaves is not None and self.values[move.leaves] < 0.5:
            return False
        if move.leaves is None and not self._idle(move):
            return False
        return all((move.staff_group, day) in self.spans for day in move.more)

    def _idle(self, move: _Move) -> bool:
        """Whether somebody of the subgroup has no shifts."""
        for (c, h), columns in self.program.layout.pattern.items():
            if c == move.staff_group and move.joins in columns:
                people = len(self.program.week.staff_groups[c].subgroups[h].agents)
                return bool(self.values[list(columns)].sum() < people - 0.5)
        return False

    def _try(self, move: _Move) -> bool:
        """Make a change if it is worth it."""
        people, gain, picked = self.people, 0.0, {}
        for day, by in [*((day, -1) for day in move.fewer), *((day, 1) for day in move.more)]:
            key = (move.staff_group, day)
            total = working(self.program, self.values, *key) + by
            rest = people - self.picked[key].people
            before = self.staffing.within(people, self.spans[key]) + self.picked[key].wages
            choice, after = self._best(key, total, rest)
            people, gain = rest + choice.people, gain + before - after
            picked[key] = choice
        if gain < LEAST:
            return False
        for column, change in ((move.leaves, -1.0), (move.joins, 1.0)):
            if column is not None:
                self.values[column] += change
        self.people = people
        self.picked |= picked
        return True

    def _replace(self, key: Day, total: int) -> None:
        rest = self.people - self.picked[key].people
        self.picked[key] = self._best(key, total, rest)[0]
        self.people = rest + self.picked[key].people

    def _best(self, key: Day, total: int, rest: Array) -> tuple[Choice, float]:
        """Cheapest rounding of a staff group's day for so many people, next to all others."""
        options = self._rounded(key, total)
        costs = [self.staffing.within(rest + each.people, self.spans[key]) + each.wages for each in options]
        best = int(np.argmin(costs))
        return options[best], costs[best]

    def _rounded(self, key: Day, total: int) -> list[Choice]:
        place = (*key, total)
        if place not in self.options:
            self.options[place] = [
                round_day(self.program, self.duty, self.cost, self.values, key, theta, total) for theta in TRIED
            ]
        return self.options[place]

    def _span(self, key: Day) -> slice | NDArray[np.int64]:
        """Intervals in which shifts of a staff group's day may be worked."""
        touched = np.zeros(self.program.week.size, dtype=bool)
        for (c, f, day), shift in self.program.layout.shifts.items():
            if (c, day) == key:
                length = self.program.week.staff_groups[c].shift_types[f].length
                touched[np.arange(shift.starts[0], shift.starts[-1] + length) % self.program.week.size] = True
        at = np.flatnonzero(touched)
        return slice(int(at[0]), int(at[-1]) + 1) if at[-1] - at[0] < at.size else at
