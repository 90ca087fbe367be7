"""Time-varying demand and staff: the transient queue of a whole day, interval by interval.

The number of customers is a birth-death chain whose rates are constant within an interval. Uniformisation follows it
through the day. Where the next interval has fewer agents, those who leave are chosen at random; each takes the customer
in service along, so the number in the system falls by a hypergeometric number. Without that, service levels are wrong
by up to 20 points.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from configs.errors import DataError, Fault
from optimize.staffing.queueing.measures import numbers

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    Array = NDArray[np.float64]

_SMALLEST = 1e-13  # probability beyond the last state that is kept
_STEP_MEAN = 400.0  # uniformised steps taken at once; keeps the Poisson weights in range


@dataclass(frozen=True)
class TransientService:
    """Service of each interval of a day, by interval of arrival."""

    service_level: Array
    """Share of offered customers answered within the time asked."""
    abandonment: Array
    """Customers who give up, over those offered."""
    queue_length: Array
    """Mean number of customers waiting."""


def exact_day(
    volume: ArrayLike,
    agents: ArrayLike,
    interval_s: float,
    aht_s: ArrayLike,
    patience_s: float = np.inf,
    within_s: float = 0.0,
) -> TransientService:
    """Service of a day that begins empty, for given staff and volume (M_t/M/s_t+M; exact apart from one approximation).

    The wait is computed with the staff of the interval of arrival, so the few customers who wait past its end are
    slightly off, by under a point (see docs/staffing.md).

    Parameters
    ----------
    volume
        Mean number of contacts of each interval.
    agents
        Agents at work in each interval, whole numbers.
    interval_s, aht_s, patience_s, within_s
        Length of an interval, mean handle time, mean patience (inf: nobody gives up) and time of the service level,
        in seconds.

    Raises
    ------
    DataError
        A number is out of range, or the two lists differ in length.

    References
    ----------
    Ingolfsson, Akhmetshina, Budge, Li and Wu (2007), A survey and experimental comparison of service-level
    approximation methods for nonstationary M(t)/M/s(t) queueing systems.
    """
    rates = numbers("volume", volume) / interval_s
    people = numbers("agents", agents)
    lengths = np.broadcast_to(numbers("aht_s", aht_s, above=0.0), rates.shape)
    numbers("patience_s", patience_s, above=0.0, infinite=True)
    if rates.shape != people.shape or rates.ndim != 1:
        raise DataError(Fault("agents", f"has {people.size} values for {rates.size} of volume; give one for each"))
    queue = _Queue(interval_s, 0.0 if np.isinf(patience_s) else 1.0 / patience_s, within_s)
    intervals = zip(rates.tolist(), people.tolist(), lengths.tolist(), strict=True)
    seen = [queue.pass_interval(rate, int(staff), aht) for rate, staff, aht in intervals]
    columns = np.array(seen).reshape(-1, 3).T
    return TransientService(*columns)


def exact_agents(
    volume: ArrayLike,
    interval_s: float,
    aht_s: ArrayLike,
    patience_s: float,
    within_s: float,
    share: float,
    start: ArrayLike,
) -> Array:
    """Least agents of each interval in turn, given the queue that earlier intervals leave.

    Parameters
    ----------
    volume, interval_s, aht_s, patience_s, within_s
        As in ``exact_day``.
    share
        Share of offered customers to be answered in time in every interval.
    start
        Where the search of each interval begins, such as the requirement interval by interval.
    """
    rates = numbers("volume", volume) / interval_s
    guesses = numbers("start", start)
    lengths = np.broadcast_to(numbers("aht_s", aht_s, above=0.0), rates.shape)
    queue = _Queue(interval_s, 0.0 if np.isinf(patience_s) else 1.0 / patience_s, within_s)
    staffed: list[int] = []
    for rate, guess, aht in zip(rates.tolist(), guesses.tolist(), lengths.tolist(), strict=True):
        staffed.append(0 if rate == 0 else _least(queue, rate, aht, max(int(guess), 1), share))
        queue.pass_interval(rate, staffed[-1], aht)
    return np.array(staffed, dtype=float)


def _least(queue: _Queue, rate: float, aht_s: float, guess: int, share: float) -> int:
    """Least agents that keep the share, found by walking from a guess."""

    def meets(agents: int) -> bool:
        return queue.copy().pass_interval(rate, agents, aht_s)[0] >= share - 1e-9

    if meets(guess):
        while guess > 1 and meets(guess - 1):
            guess -= 1
        return guess
    while not meets(guess + 1):
        guess += 1
    return guess + 1


class _Queue:
    """Distribution of the number of customers, and the agents at work: the state passed from interval to interval."""

    def __init__(self, interval_s: float, giving_up: float, within_s: float) -> None:
        self.interval_s, self.theta, self.within_s = interval_s, giving_up, within_s
        self.mu = 1.0
        self.agents = 0
        self.law: Array = np.ones(1)

    def copy(self) -> _Queue:
        other = _Queue(self.interval_s, self.theta, self.within_s)
        other.agents, other.law = self.agents, self.law
        return other

    def pass_interval(self, rate: float, agents: int, aht_s: float) -> tuple[float, float, float]:
        """Go through one interval; return service level, abandonment and queue length."""
        if agents < self.agents:
            self.law = without(self.law, self.agents, agents)
        self.agents, self.mu = agents, 1.0 / aht_s
        self.law = _widened(self.law, self._states(rate, agents))
        end, mean = _passed(self.law, rate, *self._rates(agents), self.interval_s)
        served = served_in_time(agents, self.law.size - 1, self.mu, self.theta, self.within_s)
        length = float(mean @ np.maximum(np.arange(mean.size) - agents, 0))
        self.law = _trimmed(end)
        level = float(mean @ served) if rate else float("nan")
        lost = min(self.theta * length / rate, 1.0) if rate else float("nan")
        return level, lost, length

    def _states(self, rate: float, agents: int) -> int:
        """Number of states with a noticeable probability at the end of the interval."""
        load = rate / self.mu
        most = max(agents + 60.0, load + 9.0 * np.sqrt(load) + 40.0)
        if self.theta and rate > agents * self.mu:
            waiting = (rate - agents * self.mu) / self.theta
            most = max(most, agents + waiting + 9.0 * np.sqrt(waiting + 1.0) + 60.0)
        elif not self.theta:
            come = rate * self.interval_s
            more = max(come - agents * self.mu * self.interval_s, 0.0) + 9.0 * np.sqrt(2.0 * come + 1.0)
            most = max(most, agents + 60.0, min(self.law.size + more, agents + 60.0 + self.law.size + more))
        return int(max(most, self.law.size + 10))

    def _rates(self, agents: int) -> tuple[float, float, int]:
        return self.mu, self.theta, agents


def _passed(law: Array, rate: float, mu: float, theta: float, agents: int, seconds: float) -> tuple[Array, Array]:
    """Law at the end and its mean over the time, by uniformisation in steps."""
    states = np.arange(law.size)
    deaths = np.minimum(states, agents) * mu + np.maximum(states - agents, 0) * theta
    births = np.where(states < law.size - 1, rate, 0.0)
    fastest = float((deaths + births).max())
    if fastest <= 0:
        return law, law
    steps = max(int(np.ceil(fastest * seconds / _STEP_MEAN)), 1)
    weights, tails = _poisson(fastest * seconds / steps)
    up, down = births / fastest, deaths / fastest
    stay = 1.0 - up - down
    mean = np.zeros_like(law)
    for _ in range(steps):
        law, part = _uniformised(law, up[:-1], down[1:], stay, weights, tails)
        mean += part
    return law / law.sum(), mean / mean.sum()


def _uniformised(law: Array, up: Array, down: Array, stay: Array, weights: Array, tails: Array) -> tuple[Array, Array]:
    """One step: the law after a Poisson number of jumps, and its mean on the way."""
    at = law
    end, mean = weights[0] * at, tails[0] * at
    for weight, tail in zip(weights[1:].tolist(), tails[1:].tolist(), strict=True):
        following = stay * at
        following[1:] += up * at[:-1]
        following[:-1] += down * at[1:]
        at = following
        end += weight * at
        mean += tail * at
    return end, mean


def _poisson(mean: float) -> tuple[Array, Array]:
    """Weights of 0, 1, ... jumps, and the probability of more than each number."""
    from scipy.special import gammainc, gammaln

    count = np.arange(int(mean + 8.0 * np.sqrt(mean) + 20.0))
    weights = np.exp(count * np.log(mean) - mean - gammaln(count + 1.0))
    return weights, np.asarray(gammainc(count + 1.0, mean), dtype=np.float64)


def without(law: Array, before: int, after: int) -> Array:
    """Law of the number in the system after some agents leave, each with the customer just served.

    Of `before` agents, `min(m, before)` are busy; leavers are chosen at random, so the number of busy ones among them
    is hypergeometric. Done one leaver at a time: a busy one leaves with probability busy over all.
    """
    states = np.arange(law.size)
    for agents in range(before, after, -1):
        busy = np.minimum(states, agents) / agents
        taken = law * busy
        law = law - taken
        law[:-1] += taken[1:]
    return law


def served_in_time(agents: int, most: int, mu: float, theta: float, within_s: float) -> Array:
    """Probability of an answer within the time, by number of customers found; the staff stays as it is.

    A customer who finds i others waiting is answered after i+1 departures. The next comes at rate ``agents mu + i
    theta`` among those ahead, and the customer gives up at rate theta.
    """
    answer = np.ones(most + 1)
    if agents > most:
        return answer
    answer[agents:] = 0.0
    if agents == 0 or within_s <= 0:
        return answer
    ahead = np.arange(most + 1 - agents)
    down = agents * mu + ahead * theta
    deepest = int(np.searchsorted(np.cumsum(1.0 / down), within_s * 4.0 + 60.0 / down[0])) + 60
    ahead, down = ahead[:deepest], down[:deepest]  # who stands further back is not answered in time
    fastest = float(down[-1] + theta)
    steps = max(int(np.ceil(fastest * within_s / _STEP_MEAN)), 1)
    weights, _ = _poisson(fastest * within_s / steps)
    on, stay = down / fastest, 1.0 - (down + theta) / fastest
    law = np.zeros(ahead.size + 1)
    law[0] = 1.0  # answered
    for _ in range(steps):
        at, total = law, weights[0] * law
        for weight in weights[1:].tolist():
            following = at.copy()
            following[1:] = on * at[:-1] + stay * at[1:]
            at = following
            total = total + weight * at
        law = total
    answer[agents : agents + ahead.size] = law[1:]
    return answer


def _widened(law: Array, states: int) -> Array:
    return np.concatenate([law, np.zeros(max(states - law.size, 0))])


def _trimmed(law: Array) -> Array:
    beyond = np.cumsum(law[::-1])[::-1]
    kept = max(int(np.searchsorted(-beyond, -_SMALLEST)), 1)
    return np.asarray(law[:kept] / law[:kept].sum())
