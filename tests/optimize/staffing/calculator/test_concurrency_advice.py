"""How many conversations an agent should hold."""

from __future__ import annotations

import numpy as np
import pytest

from configs.errors import DataError
from optimize.staffing import Curve, advise_slots, curve_from_history, required_agents


def test_throughput_and_reply_by_slots() -> None:
    """Touch 30, think 60, eight touches: conversations an hour and seconds to reply as computed elsewhere."""
    advice = advise_slots(100, 1800, 30, 60, 8, within_s=20, patience_s=120, phone_aht_s=300)
    assert [round(each.per_hour, 1) for each in advice.choices] == [5.5, 9.6, 12.4, 13.9, 14.6, 14.9, 15.0, 15.0]
    assert [round(each.response_s) for each in advice.choices] == [30, 41, 56, 77, 101, 129, 158, 188]
    assert advice.best == 5


def test_switching_cost_makes_a_peak() -> None:
    """With 5 % per further conversation throughput peaks at four slots and falls to 11.1 an hour with eight."""
    advice = advise_slots(100, 1800, 30, 60, 8, switch=0.05, within_s=20, patience_s=120)
    per_hour = [each.per_hour for each in advice.choices]
    assert int(np.argmax(per_hour)) + 1 == 4
    assert per_hour[3] == pytest.approx(12.4, abs=0.05)
    assert per_hour[7] == pytest.approx(11.1, abs=0.05)


def test_the_saving_against_the_phone_is_in_the_claimed_range_only_with_enough_slots() -> None:
    """Four minutes of writing against five on the phone: the 25 to 40 % claimed appear from four slots on."""
    advice = advise_slots(100, 1800, 30, 60, 8, within_s=20, patience_s=120, phone_aht_s=300)
    phone = float(required_agents(100 * 300 / 1800, 300, share=0.8, within_s=20, patience_s=120))
    for each in advice.choices:
        assert each.saving == pytest.approx(1 - each.agents / phone)
    assert [0.25 <= each.saving <= 0.40 for each in advice.choices] == [False] * 3 + [True] * 5
    assert advice.choices[0].saving < 0


def test_a_promised_reply_limits_the_slots() -> None:
    """A reply within a minute takes more agents with eight slots, never none."""
    free = advise_slots(60, 1800, 30, 60, 8, within_s=20, patience_s=120)
    bound = advise_slots(60, 1800, 30, 60, 8, within_s=20, patience_s=120, response_s=60)
    assert all(one.agents >= other.agents for one, other in zip(bound.choices, free.choices, strict=True))


@pytest.mark.parametrize("noise", [0.0, 0.05])
def test_the_curve_comes_back_from_a_history(noise: float) -> None:
    """Handle times drawn from a known curve at concurrencies of 1 to 4 give the curve back, within the noise."""
    true = Curve.from_touches(5, 40, 75, 6)
    rng = np.random.default_rng(2)
    held = rng.uniform(1, 4, 400)
    seen = np.interp(held, range(1, 6), true.session_s) * np.exp(noise * rng.standard_normal(400))
    found = curve_from_history(held, seen, 5, 6, volume=rng.integers(1, 30, 400))
    assert found.session_s == pytest.approx(true.session_s, rel=1e-5 if noise == 0 else 0.02)
    assert found.reply_s[0] == pytest.approx(40, rel=1e-4 if noise == 0 else 0.12)


def test_one_level_of_concurrency_tells_no_curve() -> None:
    """Touch and think cannot be told apart at a single level; a concurrency below 1 is none."""
    with pytest.raises(DataError, match="is the same everywhere"):
        curve_from_history([2, 2.1], [600, 610], 4, 6)
    with pytest.raises(DataError, match=r"must be 1 or more, got 0\.5"):
        curve_from_history([0.5, 2], [600, 610], 4, 6)
