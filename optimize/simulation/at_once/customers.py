"""Customers of one channel in many random weeks, drawn once: every staffing meets the same ones."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from optimize.simulation.days import day_factor
from optimize.simulation.draws import ARRIVALS, DAY_FACTOR, PATIENCE, SERVICE

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from optimize.simulation.draws import Draws

    Array = NDArray[np.float64]
    Small = NDArray[np.float32]

_SPARE = 8.0  # standard deviations of a Poisson number for which there is room


@dataclass(frozen=True)
class Demand:
    """What is expected of a channel in a week of T intervals.

    Parameters
    ----------
    interval_s
        Length of an interval in seconds.
    volume, aht_s
        Mean number of contacts and mean handle time in seconds of each interval, shape (T,).
    day, day_cv
        Number of the customers' day of each interval, shape (T,), and the coefficient of variation of each day's
        volume, shape (days,).
    patience_s
        Mean patience in seconds (exponential); inf where nobody gives up.
    service_cv
        Coefficient of variation of the handle time: 1 is exponential, 0 constant, others lognormal.
    """

    interval_s: float
    volume: Array
    aht_s: Array
    day: NDArray[np.int64]
    day_cv: Array
    patience_s: float = np.inf
    service_cv: float = 1.0


@dataclass(frozen=True)
class Customers:
    """Contacts of R weeks side by side, each week in order of arrival; arrays have shape (R, N).

    Parameters
    ----------
    interval_s
        Length of an interval in seconds.
    at
        Moment each contact comes, in seconds after the first; inf after the last contact of a week.
    service_s, patience_s
        Handle time, and time until the customer gives up (inf for never), in seconds.
    interval
        Number of the interval of each contact; T after the last one.
    volume
        Contacts expected in each interval of each week, as busy as its days are, shape (R, T).
    draws
        Names further streams of random numbers, such as those of messages or of redials.
    """

    interval_s: float
    at: Array
    service_s: Small
    patience_s: Small
    interval: NDArray[np.int16]
    volume: Array
    draws: Draws

    @property
    def weeks(self) -> int:
        """Number of weeks, R."""
        return int(self.at.shape[0])

    @property
    def intervals(self) -> int:
        """Number of intervals, T."""
        return int(self.volume.shape[1])

    def first_of_interval(self) -> NDArray[np.int64]:
        """Position in its week of the first contact of each interval or later, shape (R, T + 1)."""
        first = np.zeros((self.weeks, self.intervals + 1), dtype=np.int64)
        for week, row in enumerate(self.interval):
            first[week] = np.searchsorted(row, np.arange(self.intervals + 1))
        return first

    def summed(self, values: NDArray[np.generic]) -> Array:
        """Sum of a value of each contact, shape (R, N), by week and interval of arrival, shape (R, T)."""
        return by_week(self.interval, values, self.intervals)

    def of(self, weeks: NDArray[np.int64] | slice) -> Customers:
        """The customers of some of the weeks; those of a slice are not copied."""
        return replace(
            self,
            at=self.at[weeks],
            service_s=self.service_s[weeks],
            patience_s=self.patience_s[weeks],
            interval=self.interval[weeks],
            volume=self.volume[weeks],
        )


def by_week(interval: NDArray[np.integer], values: NDArray[np.generic], size: int) -> Array:
    """Sum of values of shape (R, N) by week and interval; those of interval `size` are left out."""
    weeks = interval.shape[0]
    found = np.empty((weeks, size))
    for week in range(weeks):  # a bincount of everything at once would need an index of eight bytes a contact
        found[week] = np.bincount(interval[week], weights=values[week], minlength=size + 1)[:size]
    return found


def draw_customers(demand: Demand, draws: Draws, weeks: int) -> Customers:
    """Draw the customers of many weeks.

    Contacts come as a Poisson process with a constant rate within each interval: a process of rate 1 in the time that
    the expected contacts count. So a busier forecast brings the same customers sooner, with the same handle times and
    patience. Every week has streams of its own: it is the same however many are drawn.

    References
    ----------
    Cinlar (1975), Introduction to stochastic processes: a Poisson process by change of time.
    """
    volume = demand.volume * _busy(demand, draws, weeks)[:, demand.day]
    at = _moments(draws, volume, demand.interval_s)
    interval = np.minimum(at / demand.interval_s, demand.volume.size).astype(np.int16)
    service = np.append(demand.aht_s, 1.0).astype(np.float32)[interval]
    patience = np.full(at.shape, np.inf, dtype=np.float32)
    for week in range(weeks):
        service[week] *= _lengths(draws.week(week).stream(SERVICE), at.shape[1], demand.service_cv)
        if np.isfinite(demand.patience_s):
            patience[week] = _lengths(draws.week(week).stream(PATIENCE), at.shape[1], 1.0) * demand.patience_s
    return Customers(demand.interval_s, at, service, patience, interval, volume, draws)


def _busy(demand: Demand, draws: Draws, weeks: int) -> Array:
    """Factor by which each day of each week is busier than forecast, shape (R, days)."""
    days, cv = demand.day_cv.size, demand.day_cv
    return np.array([day_factor(draws.week(week).stream(DAY_FACTOR), days, cv) for week in range(weeks)])


def _moments(draws: Draws, volume: Array, interval_s: float) -> Array:
    """Moments of arrival, shape (R, N); inf after the last one of a week."""
    weeks, size = volume.shape
    bounds = np.arange(size + 1) * interval_s
    expected = np.concatenate([np.zeros((weeks, 1)), np.cumsum(volume, axis=1)], axis=1)
    most = float(expected[:, -1].max(initial=0.0))
    room = int(most + _SPARE * np.sqrt(most)) + 20
    at, longest = np.empty((weeks, room)), 0
    for week in range(weeks):
        clock = np.cumsum(draws.week(week).stream(ARRIVALS).standard_exponential(room))
        at[week] = np.interp(clock, expected[week], bounds, right=np.inf)
        last = int(min(np.searchsorted(clock, expected[week, -1]), np.searchsorted(at[week], bounds[-1])))
        at[week, last:] = np.inf
        longest = max(longest, last)
    return np.ascontiguousarray(at[:, : longest + 1])


def _lengths(rng: np.random.Generator, size: int, cv: float) -> Small:
    """Times of mean 1: exponential, lognormal, or constant (as ``days.durations``)."""
    if cv == 0:
        return np.ones(size, dtype=np.float32)
    if cv == 1:
        return rng.standard_exponential(size, dtype=np.float32)
    sigma2 = np.log1p(cv * cv)
    drawn = rng.standard_normal(size, dtype=np.float32)
    return np.asarray(np.exp(drawn * np.float32(np.sqrt(sigma2)) - np.float32(sigma2 / 2)))
