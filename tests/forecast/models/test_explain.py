"""The explanation says what the history was made of."""

import json

import numpy as np
import pandas as pd
import pytest

from forecast.calendar.marks import Calendar, Marks, no_events
from forecast.channel import forecast_channel
from forecast.models.explain import plain
from forecast.parallel import each
from reports.english import explanation
from tests.forecast.test_parts import MONDAY, grid_of

DAYS = 800


@pytest.fixture(scope="module")
def channel_forecast():
    """A year and more with a weekly shape, growth of a fifth a year and an event that adds half."""
    day = np.arange(DAYS)
    week = np.array([1.4, 1.2, 1.0, 1.0, 1.0, 0.7, 0.7])
    event = np.zeros((DAYS + 28, 2))
    event[[100, 101, 300, 301, 500, 501, 700, 701], 0] = 1
    event[[200], 1] = 1
    mean = 400 * week[day % 7] * 1.2 ** (day / 365.25) * 1.5 ** event[:DAYS, 0]
    values = np.random.default_rng(6).poisson(mean[:, None] * [0.6, 0.4]).astype(float)
    return forecast_channel(
        "phone", grid_of(values), 28, Marks(("campaign", "fair"), event), np.ones((7, 2), dtype=bool)
    )


def test_the_explanation_holds_what_was_put_in(channel_forecast):
    """Monday is twice a Sunday, growth is a fifth, the campaign adds nearly half, the fair was seen once."""
    said = channel_forecast.explanation
    assert said.method == "recipe"
    assert said.week[0] / said.week[6] == pytest.approx(2.0, rel=0.03)
    assert said.trend_a_year == pytest.approx(0.2, abs=0.03)
    assert len(said.year) == 12
    assert len(said.month) == 31
    effects = {effect.name: effect for effect in said.events}
    assert effects["campaign"].size == pytest.approx(0.5, abs=0.1)
    assert (effects["campaign"].days, effects["fair"].days) == (8, 1)


def test_weights_are_shares(channel_forecast):
    """Of every span ahead the weights sum to 1; the heaviest voice is named first."""
    weights = np.array([voice.weights for voice in channel_forecast.explanation.voices])
    np.testing.assert_allclose(weights.sum(axis=0), 1)
    assert weights[0, 0] == weights[:, 0].max()
    assert len({voice.name for voice in channel_forecast.explanation.voices}) == len(weights) == 5


def test_it_is_told_in_words_and_in_json(channel_forecast):
    """Every voice and event has a line, and JSON can hold it all."""
    lines = explanation.lines(channel_forecast.explanation)
    assert any("campaign" in line and "8 days" in line for line in lines)
    assert any("fair" in line and "effect reduced" in line for line in lines)
    assert json.loads(json.dumps(plain(channel_forecast.explanation), allow_nan=False))["channel"] == "phone"


def test_a_fall_back_says_why():
    """Forty days are explained in a sentence, without voices."""
    short = forecast_channel(
        "phone", grid_of(np.full((40, 2), 30.0)), 7, Marks((), np.zeros((47, 0))), np.ones((7, 2), dtype=bool)
    )
    assert short.explanation.voices == ()
    assert "eight weeks" in short.explanation.why.sentence


def test_a_holiday_by_name_counts_the_holiday_in_it():
    """Marks of a moving holiday follow it from year to year, and any holiday is marked with it."""
    calendar = Calendar(no_events(), "GB", "ENG")
    marks = calendar.effects("phone", MONDAY, 500)
    days = pd.date_range(MONDAY, periods=500)
    good_friday = [str(day.date()) for day in days[marks.columns[:, marks.names.index("Good Friday")] > 0]]
    assert good_friday == ["2026-04-03", "2027-03-26"]
    assert (marks.columns[:, marks.names.index("any public holiday")] >= marks.columns.max(axis=1)).all()


def test_processes_do_not_change_the_answer():
    """Two processes give the results of one, in order."""
    assert each(str, [3, 1, 2], jobs=2) == each(str, [3, 1, 2]) == ["3", "1", "2"]
