"""What relaxed weeks say that people are worth, by hand."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest

from optimize.roster.together.demand import BEYOND, HELD, _beyond


def test_people_of_the_relaxed_week_are_held_and_others_worth_little() -> None:
    """Steps of 4, 2 and 1 contacts at a price of 3; the relaxed week has one person and a half beyond the floor."""
    gain = SimpleNamespace(step=np.array([[4.0, 2.0, 1.0]]))
    row = SimpleNamespace(gain={0: gain}, needed=9.0, at_floor=5.0)
    service = SimpleNamespace(ladders=(SimpleNamespace(team=(0, 1)),), rows=(row,))
    week = SimpleNamespace(service=service, size=1)
    found, owed = _beyond(week, [3.0], {(0, 1): np.array([1.5])})  # type: ignore[arg-type]
    assert found[0, 1][0] == pytest.approx([12.0 * HELD, 6.0 * (HELD + BEYOND) / 2, 3.0 * BEYOND])
    assert owed == pytest.approx(3.0 * 4.0)
    assert BEYOND < 1.0 < HELD


def test_without_targets_over_a_day_nothing_is_beyond() -> None:
    """No service model, no steps."""
    assert _beyond(SimpleNamespace(service=None), [], {}) == ({}, 0.0)  # type: ignore[arg-type]
