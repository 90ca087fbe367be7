"""Patience and redials against simulations whose answer is known."""

import numpy as np
import pytest

from forecast import forecast_week, read_calendar, read_history
from forecast.patience import Patience, mean_patience_s, redial_share
from tests.forecast.test_week import config_of, hours, week_of


def test_patience_is_found_from_waits_and_abandonments():
    """Waits drawn with a patience of 90 s and an offered wait of 60 s give 90 s back within four percent."""
    rng = np.random.default_rng(1)
    patience, offered = rng.exponential(90, (400, 50)), rng.exponential(60, (400, 50))
    waited, gave_up = np.minimum(patience, offered), patience < offered
    found = mean_patience_s(np.full(400, 50.0), gave_up.sum(axis=1).astype(float), waited.mean(axis=1))
    assert found == pytest.approx(90, rel=0.04)


def test_few_abandonments_tell_nothing():
    """With 49 abandonments there is no estimate; nor without waits."""
    assert mean_patience_s(np.array([500.0]), np.array([49.0]), np.array([20.0])) is None
    assert mean_patience_s(np.array([500.0]), np.array([60.0]), np.array([np.nan])) is None


@pytest.mark.parametrize("share", [0.0, 0.4, 0.7])
def test_redials_are_found(share):
    """Of those who gave up a known share calls again in the next interval; it is found within 0.1."""
    rng = np.random.default_rng(2)
    expected = np.full(6000, 80.0)
    gave_up = rng.binomial(60, rng.choice([0.02, 0.1, 0.4], 6000)).astype(float)
    again = np.r_[0.0, rng.binomial(gave_up[:-1].astype(int), share)]
    volume = rng.poisson(expected - (gave_up.mean() * share)) + again
    assert redial_share(volume.astype(float), expected, gave_up) == pytest.approx(share, abs=0.1)


def test_a_history_with_waits_tells_patience_in_the_weekly_run(tmp_path):
    """Ten contacts an hour, one of them gone after waits of 12 s on average: 120 s; told as a note."""
    rows = [line for line in hours("2026-09-07", "2026-11-29", extra=",200,1,12").splitlines() if line[-1] == "2"]
    text = "channel,start,volume,aht_s,abandoned,wait_s\n" + "\n".join(rows)
    config = config_of(tmp_path, text)
    made = forecast_week(config, read_history(config), read_calendar(config), week_of(config))
    assert any("customers wait 120 s on average" in str(note) for note in made.notes)


def test_it_is_said_in_a_sentence():
    """The note holds both numbers, and is absent when neither is known."""
    assert Patience("phone", 90.0, 0.4).sentence == (
        "in the history customers wait 90 s on average before they give up and about 40% of those who gave up call "
        "again soon"
    )
    assert not Patience("phone", None, None).is_known
    assert not Patience("phone", None, 0.0).is_known
