"""A member of the blend offers a name and a forecast; nothing else is asked of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import pytest

from forecast.calendar.marks import Marks
from forecast.channel import forecast_channel
from forecast.data.grid import Grid
from forecast.models import level
from forecast.models.member import ExponentialSmoothing, MemberForecast, Origin
from forecast.models.members import Members, stacked


def history(days=500, ahead=14, seed=3):
    weekday = (np.arange(days + ahead) + date(2026, 1, 5).weekday()) % 7
    rng = np.random.default_rng(seed)
    mean = np.array([200.0, 190, 180, 185, 210, 90, 60])[weekday[:days]]
    none = np.zeros((days + ahead, 0))
    calendar = level.CalendarTerms.of(date(2026, 1, 5), days + ahead, none)
    return Members(rng.poisson(mean).astype(float), weekday, calendar)


@dataclass(frozen=True)
class Constant:
    """The same number every day."""

    name: str = "constant"
    value: float = 100.0
    tuned_at: int = 0

    def forecast(self, at: Origin) -> MemberForecast:
        """Say it, and note the origin."""
        return MemberForecast(np.full(at.ahead, np.log(self.value)), replace(self, tuned_at=len(at.totals)))


@pytest.mark.parametrize("ahead", [1, 14])
def test_each_member_says_one_row(ahead):
    """The forecast has a row for each member and a column for each day ahead."""
    members = history()
    assert stacked(members.ahead(ahead)).shape == (len(members.names), ahead)


def test_what_a_member_finds_serves_the_origins_after_it():
    """Smoothing estimated at the earliest origin is used at later ones; after the history it is estimated again."""
    members = history()
    early = members._forecasts(400, 14, [ExponentialSmoothing()])[0].tuned
    late = members._forecasts(450, 14, [early])[0]
    assert early.smoothing is not None
    assert late.tuned.smoothing == early.smoothing
    np.testing.assert_array_equal(members.tried({450: 14, 400: 14})[450][-1], late.logs)


def test_the_past_is_tried_from_the_earliest_origin_on():
    """The order in which origins are named does not matter."""
    forward, backward = (history().tried(dict(pairs)) for pairs in ([(400, 7), (450, 7)], [(450, 7), (400, 7)]))
    assert list(forward) == list(backward) == [400, 450]
    for origin in forward:
        np.testing.assert_array_equal(forward[origin], backward[origin])


def test_another_kind_of_model_takes_part(monkeypatch):
    """A model of a kind nobody foresaw is blended and reported; it needs no effects of the calendar."""
    found = Members.all.func
    monkeypatch.setattr(Members, "all", property(lambda self: (*found(self), Constant())))
    rng = np.random.default_rng(1)
    grid = Grid(date(2025, 1, 6), np.array([0, 30]), rng.poisson(60.0, (420, 2)).astype(float))
    made = forecast_channel("phone", grid, 7, Marks((), np.zeros((427, 0))), np.ones((7, 2), dtype=bool))
    assert "constant" in {voice.name for voice in made.explanation.voices}
    assert made.explanation.week
