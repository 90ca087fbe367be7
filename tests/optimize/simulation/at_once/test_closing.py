"""The law of an agent between two changes, against matrix algebra and by hand."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.linalg import expm

from optimize.simulation import Conversation
from optimize.simulation.at_once.closing import Closing, closing_of, measured_closing, state_of


def chain_of(held: int, conversation: Conversation) -> np.ndarray:
    """Rates between 0, 1, ... messages that wait, written out one by one."""
    rates = np.zeros((held + 1, held + 1))
    touch_s = conversation.touch_s * (1 + conversation.switch * (held - 1))
    for waiting in range(held + 1):
        if waiting < held:
            rates[waiting, waiting + 1] = (held - waiting) / conversation.think_s
        if waiting:
            rates[waiting, waiting - 1] = (1 - 1 / conversation.touches) / touch_s
            rates[waiting, waiting] = -1 / touch_s
        rates[waiting, waiting] -= (held - waiting) / conversation.think_s
    return rates


def mean_time(law: Closing, state: int) -> float:
    """Mean time to close: the integral over the root of an exponential draw."""
    root = np.linspace(0, 4, 400_001)
    middle = ((root[1:] + root[:-1]) / 2).astype(np.float32)
    weight = np.exp(-(root[:-1] ** 2)) - np.exp(-(root[1:] ** 2))
    return float(law.time_to_close(np.full(middle.size, state), middle) @ weight)


@pytest.mark.parametrize(
    "conversation",
    [
        Conversation(3, 35, 55, 7),
        Conversation(8, 40, 300, 5),
        Conversation(4, 40, 10, 1),
        Conversation(5, 30, 60, 8, 0.2),
    ],
)
def test_the_mean_time_to_close_is_that_of_the_chain(conversation: Conversation) -> None:
    """It solves a set of linear equations, for every number of conversations and of messages that wait."""
    law = closing_of(conversation)
    for held in range(1, conversation.slots + 1):
        exact = np.linalg.solve(chain_of(held, conversation), -np.ones(held + 1))
        for waiting in range(held + 1):
            state = int(state_of(held, waiting))
            assert mean_time(law, state) == pytest.approx(exact[waiting], rel=2e-4)


@pytest.mark.parametrize("age_s", [0.5, 20.0, 150.0, 900.0])
def test_messages_that_wait_are_those_of_the_chain(age_s: float) -> None:
    """Of 400,000 draws as many have each number of messages as the matrix exponential says."""
    conversation, draws = Conversation(4, 35, 55, 7), 200_000
    law, rng = closing_of(conversation), np.random.default_rng(1)
    for held, waiting in ((1, 0), (3, 1), (4, 4)):
        chain = chain_of(held, conversation)
        stays = expm(chain * age_s)[waiting]
        found = law.waiting(
            np.full(2 * draws, state_of(held, waiting)),
            np.full(2 * draws, age_s),
            draws,
            rng.random(2 * draws, dtype=np.float32),
            rng.random(2 * draws, dtype=np.float32),
        )
        closes = stays * (np.arange(held + 1) > 0)
        for drawn, exact in ((found[:draws], closes / closes.sum()), (found[draws:], stays / stays.sum())):
            shares = np.bincount(drawn, minlength=held + 1) / draws
            assert shares == pytest.approx(exact, abs=3.5 * 0.5 / np.sqrt(draws))


def test_an_agent_with_one_open_message_closes_at_the_rate_of_the_last_answer() -> None:
    """One answer of 100 s and it is over: 100 s on average, 69.3 s in the middle."""
    law = closing_of(Conversation(1, 100, 50, 1))
    state = np.array([state_of(1, 1)])
    assert mean_time(law, int(state[0])) == pytest.approx(100.0, rel=1e-4)
    middle = np.sqrt(np.log(2.0)).astype(np.float32)
    assert law.time_to_close(state, np.array([middle]))[0] == pytest.approx(69.31, abs=0.01)


def test_measured_lengths_are_rates_of_closing() -> None:
    """Two conversations of 150 s each close after 75 s on average, and nothing else is known of them."""
    law = measured_closing((100.0, 150.0))
    assert mean_time(law, int(state_of(1, 1))) == pytest.approx(100.0, rel=1e-4)
    assert mean_time(law, int(state_of(2, 2))) == pytest.approx(75.0, rel=1e-4)
    assert law.worked_s == pytest.approx([0.0, 100.0, 75.0])
    draw = np.linspace(0, 0.999, 50, dtype=np.float32)
    for age_s in (0.0, 10.0, 1e5):
        assert (law.waiting(np.full(50, state_of(2, 2)), np.full(50, age_s), 25, draw, draw) == 2).all()
