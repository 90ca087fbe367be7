"""Rules of people of one contract as tables over days and shapes; see `stints` and `chain` for what reads them.

A work state is a shape with the number of nights in a row that it ends: 0 for shapes that are not nights. A stint is a
row of working days; `rows` number the stints by their first day, and one more row continues a run from before day 0.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from optimize.roster.joined.problem import SATURDAY, SUNDAY

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from optimize.roster.joined.problem import Contract, History, Problem, Rules

    Array = NDArray[np.float64]
    Ints = NDArray[np.int64]
    Mask = NDArray[np.bool_]

NEVER = 1e9
"""Price of what no rule allows; far above the cost of any roster."""
LONGEST = 14
"""Days after a stint within which its rest must be over."""


@dataclass(frozen=True)
class Tail:
    """What may follow a stint, by its last day and the class of its last shape.

    Parameters
    ----------
    classes
        Class of each shape; shape (S,).
    to
        First day on which the next stint may begin; ``days`` where it is after the horizon; shape (D, E).
    edge
        Number of the edge before which it may not begin on that day; 0 where it may begin at any time; shape (D, E).
    edges
        Edges in intervals after midnight; the first is 0; shape (F,).
    """

    classes: Ints
    to: Ints
    edge: Ints
    edges: Ints

    @property
    def size(self) -> int:
        """Number of classes."""
        return int(self.to.shape[1])


@dataclass(frozen=True)
class Frame:
    """Tables of a contract under some rules.

    Parameters
    ----------
    days, longest
        Days of the horizon, and of a stint at most.
    midnights
        First interval of each day and some days after; what lies outside is filled with days of 24 hours.
    state_shape, state_nights
        Shape of each work state, and nights in a row it ends; shape (Q,).
    follows
        Whether a state (last axis) may be followed on the next day by another; shape (D - 1, Q, Q).
    may_end
        Whether a stint inside the horizon may end in a state; shape (Q,).
    day_of
        Day of each position of each row, `days` where it is outside; shape (D + 1, longest).
    whole
        Whether a row of so many days keeps runs and weekends; shape (D + 1, longest + 1).
    weekends
        Weekends with work in it; shape (D + 1, longest + 1).
    after_edge
        Whether a shape begins on a day after an edge; shape (F, D, S).
    tail
        What may follow.
    """

    contract: Contract
    rules: Rules
    interval: int
    days: int
    longest: int
    midnights: Ints
    state_shape: Ints
    state_nights: Ints
    follows: Mask
    may_end: Mask
    day_of: Ints
    whole: Mask
    weekends: Ints
    after_edge: Mask
    tail: Tail

    def intervals(self, minutes: int) -> int:
        """Intervals of a rest, rounded up: starts and ends lie on intervals."""
        return -(-minutes // self.interval)

    def resumes(self, free_at: int, first_day: int) -> tuple[int, int]:
        """Day and number of the edge at which somebody who is free from an interval on may begin a stint."""
        day, rel = _resumes(self.midnights, int(_latest(self.contract, self.midnights)), free_at, first_day)
        if day >= self.days:
            return self.days, 0
        return day, int(np.searchsorted(self.tail.edges, rel))

    def may_continue(self, history: History) -> Mask:
        """Work states of day 0 that continue a run from before; shape (Q,)."""
        rules, contract = self.rules, self.contract
        starts, night = contract.starts[0, self.state_shape], self.state_nights
        free = -(10**6) if history.ended is None else history.ended
        rested = starts >= free + self.intervals(rules.rest)
        if history.nights:
            after = free + self.intervals(max(rules.rest, rules.rest_after_nights))
            by_night = (night == history.nights + 1) & rested
            by_day = (night == 0) & (starts >= after) & (history.nights >= rules.least_nights)
            fits = by_night | by_day
        else:
            fits = (night <= 1) & rested
        if history.band is not None:
            shut = [b for a, b in rules.barred if a == history.band]
            fits &= ~np.isin(contract.bands[self.state_shape], shut)
        lawful: Mask = fits
        return lawful


def frame(
    problem: Problem, contract: Contract, rules: Rules, edges: int | None, waits: frozenset[int] = frozenset()
) -> Frame:
    """Make the tables.

    Parameters
    ----------
    problem, contract, rules
        What is worked by whom under which rules.
    edges
        Most edges kept; the others are rounded up to them, which is stricter than the rule. None for the rule itself,
        as every bound needs it.
    waits
        Intervals until which people who end a run from before day 0 must rest.
    """
    days = problem.days
    longest = min(rules.most_run, days)
    most_nights = longest if rules.most_nights is None else min(rules.most_nights, longest + 31)
    midnights = _midnights(problem)
    shape, nights = _states(contract, most_nights)
    tail = _tail(problem, contract, rules, midnights, edges, waits)
    day_of = np.minimum(np.arange(days)[:, None] + np.arange(longest)[None, :], days)
    day_of = np.concatenate([day_of, np.minimum(np.arange(longest), days)[None]])
    begun = contract.starts - midnights[:days, None]
    return Frame(
        contract,
        rules,
        problem.interval,
        days,
        longest,
        midnights,
        shape,
        nights,
        _follows(problem, contract, rules, shape, nights),
        (nights == 0) | (nights >= rules.least_nights),
        day_of,
        *_rows(problem, rules, longest),
        begun[None] >= tail.edges[:, None, None],
        tail,
    )


def _midnights(problem: Problem) -> Ints:
    """Midnights of the horizon and of the days after it."""
    day = 24 * 60 // problem.interval
    return np.concatenate([problem.midnights, problem.midnights[-1] + day * np.arange(1, 2 * LONGEST)])


def _states(contract: Contract, most_nights: int) -> tuple[Ints, Ints]:
    """Shapes and nights in a row of the work states: days first."""
    by_day, by_night = np.flatnonzero(~contract.nights), np.flatnonzero(contract.nights)
    shape = np.concatenate([by_day, np.tile(by_night, most_nights)])
    nights = np.concatenate([np.zeros(by_day.size, dtype=int), np.repeat(np.arange(1, most_nights + 1), by_night.size)])
    return shape, nights


def _follows(problem: Problem, contract: Contract, rules: Rules, shape: Ints, nights: Ints) -> Mask:
    """Whether the state of the last axis may come on the day before the state of the middle axis."""
    rest = -(-rules.rest // problem.interval)
    long_rest = -(-max(rules.rest, rules.rest_after_nights) // problem.interval)
    between = contract.starts[1:, shape][:, :, None] - contract.ends[:-1, shape][:, None, :]
    later, former = nights[:, None], nights[None, :]
    counted = np.where(later == 0, (former == 0) | (former >= rules.least_nights), later == former + 1)
    needed = np.where((later == 0) & (former > 0), long_rest, rest)
    barred = np.zeros((shape.size, shape.size), dtype=bool)
    for before, after in rules.barred:
        barred |= (contract.bands[shape] == after)[:, None] & (contract.bands[shape] == before)[None, :]
    follows: Mask = (between >= needed) & counted & ~barred
    return follows


def _rows(problem: Problem, rules: Rules, longest: int) -> tuple[Mask, Ints]:
    """Runs and weekends of every row of days."""
    days = problem.days
    whole, weekends = np.zeros((days + 1, longest + 1), dtype=bool), np.zeros((days + 1, longest + 1), dtype=int)
    for row in range(days + 1):
        first = row % days if row == days else row
        for run in range(1, min(longest, days - first) + 1):
            inside = range(first, first + run)
            saturdays = {day for day in inside if problem.weekday(day) == SATURDAY}
            sundays = {day for day in inside if problem.weekday(day) == SUNDAY}
            weekends[row, run] = len({day + 1 for day in saturdays} | sundays)
            halves = any(day + 1 not in inside and day + 1 < days for day in saturdays) or any(
                day - 1 not in inside and day > 0 for day in sundays
            )
            enough = row == days or run >= rules.least_run or first + run == days
            whole[row, run] = enough and not (rules.whole_weekends and halves)
    return whole, weekends


def _latest(contract: Contract, midnights: Ints) -> np.int64:
    """Latest start of a day, in intervals after its midnight."""
    latest: np.int64 = (contract.starts - midnights[: len(contract.starts), None]).max()
    return latest


def _resumes(midnights: Ints, latest: int, free_at: int, first_day: int) -> tuple[int, int]:
    """Day on which somebody may work again, and the interval after its midnight; 0 where any start is late enough."""
    day = max(first_day, int(np.searchsorted(midnights, free_at, side="right")) - 1, 0)
    after = max(0, free_at - int(midnights[day]))
    return (day + 1, 0) if after > latest else (day, after)


def _tail(
    problem: Problem, contract: Contract, rules: Rules, midnights: Ints, most: int | None, waits: frozenset[int]
) -> Tail:
    days, latest = problem.days, int(_latest(contract, midnights))
    rest, after_nights = rules.rest, max(rules.rest, rules.rest_after_nights)
    wait = np.where(contract.nights, -(-after_nights // problem.interval), -(-rest // problem.interval))
    free = contract.ends + wait
    moments = np.unique(contract.starts - midnights[:days, None])
    to, after = np.empty(free.shape, dtype=int), np.empty(free.shape, dtype=int)
    for day in range(days):
        for s, at in enumerate(free[day].tolist()):
            to[day, s], begin = _resumes(midnights, latest, at, day + 1 + rules.least_off)
            after[day, s] = 0 if begin <= moments[0] else moments[np.searchsorted(moments, begin)]
    late = [_resumes(midnights, latest, at, rules.least_off)[1] for at in sorted(waits)]
    edges = _edges(np.append(after, [moments[np.searchsorted(moments, each)] for each in late if each > 0]), most)
    edge = np.searchsorted(edges, after)
    columns, classes = np.unique(np.concatenate([to - np.arange(days)[:, None], edge]), axis=1, return_inverse=True)
    return Tail(
        classes.reshape(-1),
        np.minimum(columns[:days] + np.arange(days)[:, None], days),
        np.where(columns[:days] + np.arange(days)[:, None] >= days, 0, columns[days:]),
        edges,
    )


def _edges(after: Ints, most: int | None) -> Ints:
    """Edges that stints may have to wait for: all, or the last and some evenly spread."""
    every = np.unique(np.append(after, 0)).astype(int)
    if most is None or every.size <= most:
        return every
    kept: Ints = every[np.unique(np.linspace(0, every.size - 1, most).round().astype(int))]
    return kept
