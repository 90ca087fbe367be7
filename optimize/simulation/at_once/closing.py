"""What an agent with several conversations does next: when one of them closes, and how many messages wait by then.

Between two changes an agent with j conversations is a small Markov chain in i, the messages that wait for the agent: a
customer who thinks writes, the agent answers, and an answer is the last one with probability ``1 / touches``. Nobody
else has a hand in it. So the moment of the next close is drawn from its law, and the messages that wait at a moment
from theirs, without a draw for each message; what customers see is the same as message by message.

References
----------
Neuts (1981), Matrix-geometric solutions in stochastic models: times of phase type. Walker (1977), An efficient method
for generating discrete random variables with general distributions: alias tables. The chain itself is the machine
repairman's, see ``optimize.staffing.queueing``.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from optimize.simulation.chat import Conversation

    Array = NDArray[np.float64]
    Small = NDArray[np.float32]
    Whole = NDArray[np.int64]

NEVER = 1e15
"""A moment in seconds that does not come."""
_AGES = 256  # moments after a change at which the chain is known; their distance grows with the root of the age
_FIRST = 256.0  # the first is this part of the shortest time in which the chain moves
_PLACES = 512  # places of the table of times, evenly spaced in the root of the exponential draw
_LARGEST = 4.0  # largest root: an exponential draw above 16 has a probability of 1e-7
_LEAST = 1e-13  # smaller probabilities do not come up
_INSTANT = 1e-3  # time to think, in times of a message, of customers who do not think


@dataclass(frozen=True)
class Closing:
    """The law of an agent with j conversations, i of them waiting for the agent: state ``j (j + 1) / 2 + i``.

    Parameters
    ----------
    slots
        Most conversations of an agent.
    until_s
        Time to the next close by state and root of an exponential draw of mean 1, shape (states, places + 1).
    chance, other
        Alias tables of the messages that wait some time after a change, first where no conversation has closed, then
        where one closes right then; shape (2 * states * ages * (slots + 1),): a number of messages drawn evenly stands
        with this chance, and gives way to the other one without.
    first_s
        Age of the first moment after a change; age number g is ``first_s * g ** 2``.
    worked_s
        Agent time for each close with j conversations open, so that its sum is the time worked; shape (slots + 1,).
    """

    slots: int
    until_s: Array
    chance: Small
    other: NDArray[np.int8]
    first_s: float
    worked_s: Array

    def time_to_close(self, state: Whole, root: Small) -> Array:
        """Time to the next close, from the root of an exponential draw of mean 1."""
        place = root * (_PLACES / _LARGEST)
        cell = np.minimum(place.astype(np.int64), _PLACES - 1)
        place -= cell
        cell += state * (_PLACES + 1)
        flat = self.until_s.ravel()
        low = flat.take(cell)
        cell += 1
        return np.asarray(low + place * (flat.take(cell) - low))

    def waiting(self, state: NDArray[np.integer], age_s: Array, closes: int, draw: Small, between: Small) -> Whole:
        """Messages that wait `age_s` after agents were in a state; the first `closes` agents close one then.

        `draw` and `between` are uniform draws; the second one chooses between the two nearest ages, so that
        probabilities are interpolated.
        """
        number = age_s * (1.0 / self.first_s)
        np.sqrt(number, out=number)
        number += between
        np.minimum(number, _AGES - 1, out=number)
        cell = number.astype(np.int64)
        cell += np.multiply(state, _AGES, dtype=np.int64)
        cell[:closes] += self.until_s.shape[0] * _AGES
        cell *= self.slots + 1
        evenly = draw * np.float32(self.slots + 1)
        found = evenly.astype(np.int64)
        evenly -= found
        cell += found
        return np.where(evenly < self.chance.take(cell), found, self.other.take(cell))


def state_of(held: Whole | int, waiting: Whole | int) -> Whole:
    """Number of the state with `held` conversations, `waiting` of them for the agent."""
    return np.asarray((held * (held + 1) >> 1) + waiting, dtype=np.int64)


@lru_cache(maxsize=32)
def closing_of(conversation: Conversation) -> Closing:
    """The law of agents who answer messages in order; the pace is that of the conversations open now."""
    slots, last = conversation.slots, 1.0 / conversation.touches
    think_s = max(conversation.think_s, _INSTANT * conversation.touch_s)
    first_s = 1.0 / (1.0 / conversation.touch_s + slots / think_s) / _FIRST
    held = np.arange(slots + 1)
    touch_s = conversation.touch_s * (1.0 + conversation.switch * np.maximum(held - 1, 0))
    chains = [_chain(j, 1.0 / float(touch_s[j]), 1.0 / think_s, last) for j in range(1, slots + 1)]
    return _closing(chains, first_s, touch_s * conversation.touches)


@lru_cache(maxsize=32)
def measured_closing(aht_by_slots: tuple[float, ...]) -> Closing:
    """The law of agents known only by the mean length of a conversation in seconds with 1, 2, ... of them open.

    It is that of agents whose customers never think: all conversations wait for the agent, who closes one at the rate
    measured.
    """
    rates = [held / length for held, length in enumerate(aht_by_slots, 1)]
    chains = []
    for held, rate in enumerate(rates, 1):
        chain = np.zeros((held + 1, held + 1))
        chain[held, held] = -rate
        chains.append(chain)
    worked_s = np.array([0.0, *(1.0 / rate for rate in rates)])
    first_s = float(worked_s[1:].min()) / _FIRST
    return _closing(chains, first_s, worked_s)


def _chain(held: int, answer: float, write: float, last: float) -> Array:
    """Rates between 0, 1, ... messages that wait, until a conversation closes."""
    chain = np.zeros((held + 1, held + 1))
    waiting = np.arange(held)
    chain[waiting, waiting + 1] = (held - waiting) * write
    chain[waiting + 1, waiting] = answer * (1.0 - last)
    chain[np.arange(held + 1), np.arange(held + 1)] = -chain.sum(axis=1)
    chain[waiting + 1, waiting + 1] -= answer * last
    return chain


def _closing(chains: list[Array], first_s: float, worked_s: Array) -> Closing:
    """The tables of chains with 1, 2, ... conversations."""
    slots, ages = len(chains), np.asarray(first_s * np.arange(_AGES) ** 2, dtype=np.float64)
    states = (slots + 1) * (slots + 2) // 2
    until = np.full((states, _PLACES + 1), NEVER)
    shares = np.zeros((2, states, _AGES, slots + 1))
    shares[:, 0, :, 0] = 1.0
    for held, chain in enumerate(chains, 1):
        moved = _moved(chain, ages)
        closes = -chain.sum(axis=1)
        for waiting in range(held + 1):
            state = int(state_of(held, waiting))
            stay = moved[:, waiting]
            until[state] = _times(stay, closes, ages)
            shares[0, state, :, : held + 1] = _shares(stay)
            shares[1, state, :, : held + 1] = _shares(stay * (closes > 0))
    return Closing(slots, until, *_alias(shares.reshape(-1, slots + 1)), first_s, worked_s)


def _moved(chain: Array, ages: Array) -> Array:
    """Probabilities of each state at each age, by the first state, shape (ages, i, k).

    The chain is looked at whenever a Poisson clock as fast as its fastest state ticks: all terms are positive.

    References
    ----------
    Jensen (1953), Markoff chains as an aid in the study of Markoff processes.
    """
    fastest = float(-chain.diagonal().min())
    clock = fastest * ages[:, None]
    ticks = np.arange(int(clock[-1, 0] + 10.0 * np.sqrt(clock[-1, 0])) + 20)
    factorial = np.concatenate([[0.0], np.cumsum(np.log(ticks[1:]))])  # its logarithm
    chances = np.exp(ticks * np.log(np.maximum(clock, _LEAST)) - clock - factorial)
    step = np.eye(chain.shape[0]) + chain / fastest
    moved = np.empty((ticks.size, *chain.shape))
    moved[0] = np.eye(chain.shape[0])
    for tick in ticks[1:]:
        moved[tick] = moved[tick - 1] @ step
    return np.asarray(np.einsum("an,nik->aik", chances, moved))


def _times(stay: Array, closes: Array, ages: Array) -> Array:
    """Times to close at evenly spaced roots of the exponential draw; after the last age at a constant rate."""
    root = np.linspace(0.0, _LARGEST, _PLACES + 1)
    if not (stay @ closes).any():
        return np.full(root.size, NEVER)
    alive = np.maximum(stay.sum(axis=1), _LEAST)
    hazard = np.maximum.accumulate(np.maximum(-np.log(alive), 0.0))
    inside = np.interp(root, np.sqrt(hazard), np.sqrt(ages)) ** 2
    rate = max(float(stay[-1] @ closes / alive[-1]), _LEAST)
    return np.where(root**2 <= hazard[-1], inside, ages[-1] + (root**2 - hazard[-1]) / rate)


def _shares(stay: Array) -> Array:
    """Probabilities that add up to 1, by age; of one message where no close can have come yet."""
    total = stay.sum(axis=1, keepdims=True)
    one = np.zeros(stay.shape)
    one[:, 1] = 1.0
    return np.asarray(np.divide(stay, total, out=one, where=total > 0))


def _alias(shares: Array) -> tuple[Small, NDArray[np.int8]]:
    """Alias tables of rows of probabilities: the least likely number of each row gives way to the most likely one."""
    rows, left = np.arange(shares.shape[0]), shares * shares.shape[1]
    chance, other = np.ones(shares.shape, dtype=np.float32), np.zeros(shares.shape, dtype=np.int8)
    for _ in range(shares.shape[1] - 1):
        least, most = left.argmin(axis=1), left.argmax(axis=1)
        chance[rows, least], other[rows, least] = left[rows, least], most
        left[rows, most] -= 1.0 - left[rows, least]
        left[rows, least] = 1.0
    return chance.ravel(), other.ravel()
