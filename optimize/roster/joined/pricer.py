"""Cheapest rosters of people at given prices of their time; people who differ in their names only are priced once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from optimize.roster.joined.branching import PROVING, SEARCHING, settled
from optimize.roster.joined.chain import Begun, Chain
from optimize.roster.joined.counters import counters
from optimize.roster.joined.frame import NEVER, frame
from optimize.roster.joined.links import links, weeks
from optimize.roster.joined.problem import OFF
from optimize.roster.joined.stints import Stints, extra_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from optimize.roster.joined.frame import Frame
    from optimize.roster.joined.links import Links
    from optimize.roster.joined.problem import Hours, Person, Problem, Rules

    Array = NDArray[np.floating]
    Ints = NDArray[np.int64]
    Mask = NDArray[np.bool_]

WEEK = 7
CHUNK = 40
"""People priced at once, so that tables stay in fast memory."""


@dataclass(frozen=True)
class Priced:
    """Cheapest rosters: shape of each person and day, shape (n, D), and their prices, shape (n,); ``inf`` for none."""

    rosters: Ints
    values: NDArray[np.float64]


@dataclass(frozen=True)
class _Engine:
    """What people of one contract, under the same rules and kinds of limits, share."""

    frame: Frame
    stints: Stints
    links: Links


class Pricer:
    """Cheapest rosters of the people of a problem.

    Parameters
    ----------
    problem
        People and days.
    edges
        See `frame`; None where a bound is proven.
    precision
        Of the tables; single is enough while searching.
    """

    def __init__(self, problem: Problem, edges: int | None = 3, precision: type[np.floating] = np.float32) -> None:
        self.problem, self.precision = problem, precision
        self._edges = edges
        self.own = [_own(problem, p) for p in range(len(problem.people))]
        self.groups = _identical(problem, self.own)
        self._kind = [_kind(person) for person in problem.people]
        self._engines = {kind: self._engine(kind) for kind in dict.fromkeys(self._kind)}
        self._alone: dict[tuple[int, ...], _Batch] = {}

    def _engine(self, kind: tuple[int, Rules, bool, bool]) -> _Engine:
        number, rules, counted, by_week = kind
        people = [p for p, each in zip(self.problem.people, self._kind, strict=True) if each == kind]
        waits = frozenset(at for p in people if p.history.run and (at := _free_at(self.problem, p)) is not None)
        made = frame(self.problem, self.problem.contracts[number], rules, self._edges, waits)
        extra = extra_of(made, counted=counted, by_week=by_week and counted)
        week = weeks(made, self.problem.first_weekday)
        chained = links(made, extra, self.problem.first_weekday, by_week=by_week)
        return _Engine(made, Stints(made, extra, week), chained)

    def frame_of(self, person: int) -> Frame:
        """Tables of a person's contract and rules."""
        return self._engines[self._kind[person]].frame

    def begins(self, person: int) -> tuple[int, int]:
        """Day on which a person may first begin a stint, and the edge of that day."""
        begun = _begun(self.problem, self.frame_of(person), [self.problem.people[person]])
        return int(begun.day[0]), int(begun.edge[0])

    def cheapest(self, people: Sequence[int], worth: Sequence[Array]) -> Priced:
        """Price rosters.

        Parameters
        ----------
        people
            Numbers of people.
        worth
            What each one's time in each shape on each day is worth; shapes (D, S).
        """
        found = self.by_tables(people, worth)
        for at, person in enumerate(people):
            self._settle(found.rosters, found.values, at, person, worth[at])
        return found

    def by_tables(self, people: Sequence[int], worth: Sequence[Array]) -> Priced:
        """Price rosters as `cheapest` does, without the rules that are watched."""
        rosters, values = np.full((len(people), self.problem.days), OFF), np.empty(len(people))
        batches: dict[tuple[int, Rules, bool, bool], list[int]] = {}
        for at, person in enumerate(people):
            batches.setdefault(self._kind[person], []).append(at)
        for kind, members in batches.items():
            for first in range(0, len(members), CHUNK):
                part = members[first : first + CHUNK]
                batch = self._batch(kind, tuple(people[at] for at in part))
                priced = batch.cheapest(np.stack([worth[at] for at in part]))
                rosters[part], values[part] = priced.rosters, priced.values
        return Priced(rosters, values)

    def _settle(self, rosters: Ints, values: NDArray[np.float64], at: int, person: int, worth: Array) -> None:
        """Mend a roster that breaks a watched rule; where a bound is proven its price is one that none is below."""
        watched = self.problem.people[person].watched
        if watched is None or not np.isfinite(values[at]):
            return
        if not watched.broken(rosters[at]) and not watched.price(rosters[at]):
            return

        def solve(masks: list[Mask]) -> tuple[Ints, NDArray[np.float64]]:
            parts = [masks[first : first + CHUNK] for first in range(0, len(masks), CHUNK)]
            found = [self._masked(person, worth, part) for part in parts]
            return np.concatenate([each.rosters for each in found]), np.concatenate([each.values for each in found])

        price, proving = self.own[person] - worth, self._edges is None
        patience = PROVING if proving else SEARCHING
        found = settled(solve, price, watched, rosters[at], float(values[at]), patience)
        rosters[at], values[at] = found.roster, found.bound if proving else found.value

    def _masked(self, person: int, worth: Array, masks: list[Mask]) -> Priced:
        """Cheapest rosters of one person under each of some masks of shapes and days off; shape (D, S + 1)."""
        batch = self._batch(self._kind[person], (person,) * len(masks))
        return batch.cheapest(np.broadcast_to(worth, (len(masks), *worth.shape)), np.stack(masks))

    def _batch(self, kind: tuple[int, Rules, bool, bool], people: tuple[int, ...]) -> _Batch:
        if people not in self._alone:
            self._alone[people] = _Batch(self.problem, self._engines[kind], people, self.own, self.precision)
        return self._alone[people]


class _Batch:
    """Some people of one engine."""

    def __init__(
        self,
        problem: Problem,
        engine: _Engine,
        people: tuple[int, ...],
        own: list[NDArray[np.float64]],
        precision: type[np.floating],
    ) -> None:
        self.engine, self.precision = engine, precision
        who = [problem.people[p] for p in people]
        made = engine.frame
        self.own = np.stack([own[p] for p in people]).astype(precision)
        self.runs = np.array([p.history.run for p in who])
        self.continued = np.stack([made.may_continue(p.history) for p in who])
        self.begun = _begun(problem, made, who)
        self.due = np.array([[day in p.due for day in range(problem.days)] for p in who])
        number = (problem.first_weekday + problem.days) // WEEK + 1
        axes = counters([_counted(p) for p in who], engine.stints.extra, problem.days, number)
        self.chain = Chain(engine.links, problem.days, made.tail.edges.size, axes)

    def cheapest(self, worth: Array, masks: Mask | None = None) -> Priced:
        """Cheapest rosters where time is worth so much, shape (n, D, S), under masks of shape (n, D, S + 1)."""
        price, due = np.minimum(self.own - worth, NEVER).astype(self.precision), self.due
        if masks is not None:
            price = np.where(masks[..., :-1], price, self.precision(NEVER))
            due = due | ~masks[..., -1]
        filled = self.engine.stints.fill(price, self.continued, self.runs)
        self.chain.fill(filled, self._begun_under(due), due)
        values, places = self.chain.best()
        lawful = values < NEVER / 2
        found = self.chain.traced(places, lawful)
        self.chain.clear()
        rosters = np.full(price.shape[:2], OFF)
        shapes = self.engine.stints.traced(filled, found)
        stint, position = np.nonzero(shapes != OFF)
        day = self.engine.frame.day_of[found.row[stint], position]
        rosters[found.person[stint], day] = shapes[stint, position]
        return Priced(rosters, np.where(lawful, values, np.inf))

    def _begun_under(self, due: Mask) -> Begun:
        """Where chains begin; none may begin after a day that is to be worked."""
        begun = self.begun
        before = np.arange(due.shape[1])[None, :] < begun.day[:, None]
        return replace(begun, stops=begun.stops & ~(due & before).any(axis=1))


def _kind(person: Person) -> tuple[int, Rules, bool, bool]:
    """Contract, rules, and whether minutes and weeks are counted."""
    hours = person.hours
    counted = hours.minutes is not None or hours.week_minutes is not None
    by_week = hours.week_minutes is not None or _week_binds(person)
    return person.contract, person.rules, counted, by_week


def _counted(person: Person) -> Hours:
    """Hours to count: limits on a week's shifts only where they say more than the rules."""
    return person.hours if _week_binds(person) else replace(person.hours, week_shifts=None, each_week=())


def _week_binds(person: Person) -> bool:
    """Whether the limits on a week's shifts say more than runs and days off do."""
    hours, rules = person.hours, person.rules
    reach = 7 if rules.most_run >= 7 else max(rules.most_run, 7 - rules.least_off)
    limits = [each for each in (hours.week_shifts, *hours.each_week) if each is not None]
    return any(each.least > 0 or each.most < reach for each in limits)


def _free_at(problem: Problem, person: Person) -> int | None:
    """Interval at which the rest after the last shift before day 0 is over."""
    history, rules = person.history, person.rules
    if history.ended is None:
        return None
    rest = max(rules.rest, rules.rest_after_nights) if history.nights or history.after_nights else rules.rest
    return history.ended + -(-rest // problem.interval)


def _own(problem: Problem, number: int) -> NDArray[np.float64]:
    """Cost of each shape on each day; `NEVER` where it is forbidden, or before the rest from before day 0 is over."""
    person = problem.people[number]
    own = np.minimum(problem.own(number), NEVER)
    free_at = _free_at(problem, person)
    if person.history.run == 0 and free_at is not None:
        own = np.where(problem.contracts[person.contract].starts < free_at, NEVER, own)
    return own


def _begun(problem: Problem, made: Frame, people: Sequence[Person]) -> Begun:
    """Where the chains of some people begin."""
    day, edge = np.zeros(len(people), dtype=int), np.zeros(len(people), dtype=int)
    stops, continues = np.ones(len(people), dtype=bool), np.zeros(len(people), dtype=bool)
    for k, person in enumerate(people):
        history, rules = person.history, person.rules
        if history.run == 0:
            day[k] = min(max(0, rules.least_off - history.days_off), problem.days)
            continue
        continues[k] = True
        stops[k] = history.run >= rules.least_run and (history.nights == 0 or history.nights >= rules.least_nights)
        free_at = _free_at(problem, person)
        day[k], edge[k] = made.resumes(0 if free_at is None else free_at, min(rules.least_off, problem.days))
    return Begun(day, edge, stops, continues)


def _identical(problem: Problem, own: list[NDArray[np.float64]]) -> list[tuple[int, ...]]:
    """People who differ in their name only, together."""
    groups: dict[tuple[Person, bytes], list[int]] = {}
    for number, person in enumerate(problem.people):
        bare = replace(person, name="", extra=None)  # type: ignore[arg-type]
        groups.setdefault((bare, own[number].tobytes()), []).append(number)
    return [tuple(group) for group in groups.values()]
