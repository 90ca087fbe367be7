"""Deferrable work of many random weeks: what is in time, how surely, and the cushion that makes it sure.

The people at work share it, first come first served, so a week needs no event by event: the work done by a moment is
known from what has come until then (see ``optimize.simulation.backlog``). The weeks are drawn once and met by every
staffing, and by every cushion that is tried.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING

import numpy as np

from configs.errors import DataError, Fault
from optimize.simulation.at_once.seen import Seen
from optimize.simulation.backlog import capacity, draw_returns, work_spent, worked_off
from optimize.simulation.days import Grid, by_interval, durations
from optimize.simulation.draws import RETURNS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from optimize.simulation.at_once.customers import Customers
    from optimize.simulation.backlog import DeferrableWork, Drawn

    Array = NDArray[np.float64]
    Flags = NDArray[np.bool_]
    Whole = NDArray[np.int64]

_FINEST = 0.01
_MOST = 4.0
_SLACK_S = 1e-6


@dataclass(frozen=True)
class WorkRisk:
    """How likely deferrable work meets its target.

    Parameters
    ----------
    probability
        Share of weeks in which the target is met, by span, shape (spans,); NaN where nothing falls due.
    buffer
        Least factor on the people, 1 or more, with which every span meets the target with the probability asked for;
        inf where 4 is not enough.
    on_time
        Share of contacts finished in time over all weeks; 1 where none falls due.
    judged
        Mean number of contacts of a week that fall due within it.
    weeks
        Number of weeks.
    """

    probability: Array
    buffer: float
    on_time: float
    judged: float
    weeks: int


@dataclass(frozen=True)
class WorkWeeks:
    """The work of R weeks, and who comes to do it.

    Parameters
    ----------
    drawn
        Contacts of each week.
    opening
        How many of them are open at the start; they come first and are not judged.
    present
        People at work, shape (R, T).
    due_s
        Moment by which the contacts of each interval are due, in seconds after the first, shape (T,); later than the
        week or inf is not judged.
    interval_s
        Length of an interval in seconds.
    """

    drawn: tuple[Drawn, ...]
    opening: int
    present: Whole
    due_s: Array
    interval_s: float

    def seen(self) -> Seen:
        """Work off all weeks; a contact is offered when it is finished within its week, and waits until then."""
        each = [self._week(number) for number in range(len(self.drawn))]
        good, counted, offered, wait_s, busy_s = (np.stack(rows) for rows in zip(*each, strict=True))
        there_s: Array = self.present.astype(np.float64) * self.interval_s
        return Seen(good, counted, offered, np.zeros(good.shape), wait_s, busy_s, there_s)

    def met(self, share: float, span: Whole, factor: float, weeks: Whole) -> Flags:
        """Whether some weeks finish a share of each span's contacts in time, with `factor` times the people.

        Parameters are those of `risk`; the answer has shape (weeks, spans).
        """
        good, counted = (np.zeros((weeks.size, int(span.max()) + 1)) for _ in range(2))
        for row, number in enumerate(weeks):
            came, end = self._ends(int(number), factor)
            mine, interval = self._own(came)
            in_time, judged = self._judged(interval, end[mine])
            good[row] = np.bincount(span[interval], in_time, good.shape[1])
            counted[row] = np.bincount(span[interval], judged, good.shape[1])
        return _met(good, counted, share)

    def risk(self, seen: Seen, share: float, span: Whole, sure: float = 0.9) -> WorkRisk:
        """Probability that a share of each span's contacts is finished in time, and the cushion.

        Parameters
        ----------
        seen
            What `seen` gave.
        share
            Share of the contacts of a span that are to be finished in time.
        span
            Number of the span in which the contacts of each interval count, from 0, shape (T,): their day, or 0 for the
            whole week.
        sure
            Probability with which every span is to reach the share; above 0 and below 1.

        Raises
        ------
        DataError
            The probability is out of range.
        """
        if not 0 < sure < 1:
            raise DataError(Fault("sure", f"must be above 0 and below 1, got {sure:g}"))
        weeks, spans = len(self.drawn), np.arange(int(span.max()) + 1)
        good, counted = (each @ (span[:, None] == spans) for each in (seen.good, seen.counted))
        met = _met(good, counted, share)
        probability = np.where(counted.any(axis=0), met.mean(axis=0), np.nan)
        buffer = _Tried(self, share, span, ceil(sure * weeks - 1e-9), met).least()
        of = float(counted.sum())
        return WorkRisk(probability, buffer, float(good.sum()) / of if of else 1.0, of / weeks, weeks)

    def _week(self, number: int) -> tuple[Array, ...]:
        """Sums of a week by interval: in time, judged, finished, time until finished, agent time."""
        came, end = self._ends(number, 1.0)
        mine, interval = self._own(came)
        in_time, judged = self._judged(interval, end[mine])
        done = np.isfinite(end[mine])
        values = (in_time, judged, done, np.where(done, end[mine] - came[mine], 0.0))
        sums: list[Array] = [by_interval(interval, each, self.present.shape[1]) for each in values]
        return (*sums, work_spent(came, self.drawn[number].work_s, *self._capacity(number, 1.0)))

    def _ends(self, number: int, factor: float) -> tuple[Array, Array]:
        """Moment each contact of a week comes and is finished."""
        return worked_off(self.drawn[number], *self._capacity(number, factor))

    def _capacity(self, number: int, factor: float) -> tuple[Array, Array]:
        bounds, could = capacity(Grid(self.interval_s, self.due_s, self.present[number]))
        return bounds, could * factor

    def _own(self, came: Array) -> tuple[Whole, Whole]:
        """Contacts that come within the week, not those open at the start, and the interval of each."""
        mine = np.flatnonzero(np.isfinite(came[self.opening :])) + self.opening
        return mine, (came[mine] / self.interval_s).astype(np.int64)

    def _judged(self, interval: Whole, end: Array) -> tuple[Flags, Flags]:
        """Whether contacts are in time, and whether that is judged."""
        due_s = self.due_s[interval]
        judged = due_s <= self.present.shape[1] * self.interval_s
        return judged & (end <= due_s + _SLACK_S), judged


def _met(good: Array, counted: Array, share: float) -> Flags:
    return np.asarray(good >= (share - 1e-9) * counted)


class _Tried:
    """Factors on the people tried on the same weeks: those that meet the target with fewer people do so with more."""

    def __init__(self, work: WorkWeeks, share: float, span: Whole, enough: int, met: Flags) -> None:
        self.work, self.share, self.span, self.enough = work, share, span, enough
        self.met = met

    def least(self) -> float:
        """Least factor with which every span is met in enough weeks, to a hundredth; inf beyond the largest."""
        if self._suffices(self.met):
            return 1.0
        low, high = 1.0, 2.0
        while not self._suffices(met := self._with(high)):
            low, high, self.met = high, 2.0 * high, met
            if high > _MOST:
                return float("inf")
        while high - low > _FINEST:
            middle = 0.5 * (low + high)
            if self._suffices(met := self._with(middle)):
                high = middle
            else:
                low, self.met = middle, met
        return high

    def _suffices(self, met: Flags) -> bool:
        return bool((met.sum(axis=0) >= self.enough).all())

    def _with(self, factor: float) -> Flags:
        """Which spans of which weeks are met with more people than were tried in vain."""
        open_weeks = np.flatnonzero(~self.met.all(axis=1))
        met = self.met.copy()
        met[open_weeks] |= self.work.met(self.share, self.span, factor, open_weeks)
        return met


def draw_work_weeks(customers: Customers, work: DeferrableWork) -> tuple[Drawn, ...]:
    """The work of many weeks before anybody has touched it.

    Parameters
    ----------
    customers
        Contacts of R weeks with their handle times.
    work
        What is open at the start, and who writes again.
    """
    rng = customers.draws.stream(RETURNS)
    mean = np.broadcast_to(np.asarray(work.aht_s, dtype=float), (customers.intervals,))
    weeks = []
    for at, service_s, interval in zip(customers.at, customers.service_s, customers.interval, strict=True):
        count = int(np.isfinite(at).sum())
        number = np.concatenate([np.zeros(work.opening, dtype=np.int64), interval[:count].astype(np.int64)])
        open_s = durations(rng, work.opening, mean[0], work.service_cv)
        weeks.append(
            draw_returns(
                rng,
                np.concatenate([np.zeros(work.opening), at[:count]]),
                np.concatenate([open_s, service_s[:count]]),
                mean[number],
                work,
            )
        )
    return tuple(weeks)
