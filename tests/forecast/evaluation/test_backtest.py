"""Scores by hand, two rules by a slow loop, and nothing known before its time."""

import numpy as np
import pytest

from forecast import read_calendar, read_history
from forecast.evaluation.backtest import BacktestFold, backtest, mean_of_weeks, scored
from forecast.models.quantiles import LEVELS
from tests.forecast.test_parts import grid_of
from tests.forecast.test_week import config_of, hours


def test_scores_by_hand():
    """Two intervals of one day: 10 and 30 came, 12 and 24 were said, 20 and 20 by last week, 5 and 35 by eight weeks."""
    said, came = np.array([12.0, 24.0]), np.array([10.0, 30.0])
    quantiles = dict(zip(LEVELS, [said - 10, said - 3, said, said + 3, said + 10], strict=True))
    one = BacktestFold(said, came, np.array([20.0, 20.0]), np.array([5.0, 35.0]), np.array([1, 1]), quantiles, 16.0)
    near, whole = scored("phone", [one])
    assert (near.lead, whole.lead, whole.origins, whole.volume) == ("1-7", "all", 1, 40)
    assert whole.wape == pytest.approx(8 / 40)
    assert whole.wape_day == pytest.approx(4 / 40)
    assert whole.bias == pytest.approx(-4 / 40)
    assert whole.rmsse == pytest.approx(np.sqrt((4 + 36) / 2 / 16))
    assert (whole.naive_wape, whole.mean_wape) == (pytest.approx(20 / 40), pytest.approx(10 / 40))
    assert (whole.covered_80, whole.covered_95) == (0.5, 1.0)
    low, high = 0.1 * (1 + 9), 0.1 * 5 + 0.9 * 3
    assert whole.pinball == pytest.approx((low + high) / 40)


def test_the_mean_of_eight_weeks_by_a_loop():
    """Of each weekday and slot the last eight values seen, however the gaps lie."""
    rng = np.random.default_rng(1)
    values = rng.poisson(20, (120, 3)).astype(float)
    values[rng.random(values.shape) < 0.3] = np.nan
    grid = grid_of(values)
    found = mean_of_weeks(grid)
    for w in range(7):
        for s in range(3):
            seen = [v for v in values[grid.weekday == w][-10:, s] if np.isfinite(v)][-8:]
            assert found[w, s] == pytest.approx(np.mean(seen) if seen else 0.0)


def site(folder, last: str, value=lambda t: 20.0 + t.hour):
    config = config_of(folder, hours("2026-06-01", last, value, extra=",200"))
    return config, read_history(config), read_calendar(config)


def test_a_regular_history_is_forecast_without_error(tmp_path):
    """The same week over and over: no error, no bias, at every lead; and two processes say the same as one."""
    made = backtest(*site(tmp_path, "2026-11-29"), origins=3)
    assert [score.lead for score in made.scores] == ["1-7", "8-14", "15-28", "all"]
    assert all(score.wape < 1e-3 and abs(score.bias) < 1e-3 for score in made.scores)
    assert made.scores[-1].origins == 3


def test_a_short_history_is_left_out(tmp_path):
    """Three weeks cannot be tried; the channel is named."""
    made = backtest(*site(tmp_path, "2026-06-21"))
    assert made.scores == ()
    assert made.left_out == ("phone",)


def test_a_channel_without_contacts_has_no_shares(tmp_path):
    """Errors as shares of nothing are not numbers; they are left blank."""
    made = backtest(*site(tmp_path, "2026-11-29", lambda t: 0.0), origins=2)
    assert {score.wape for score in made.scores} == {None}
    assert {score.covered_80 for score in made.scores} == {1.0}


def test_handle_times_have_a_backtest_of_their_own(tmp_path):
    """Handle times that differ by the hour and repeat are told without error; the one mean is off by their spread."""
    start = "channel,start,volume,aht_s\n"
    rows = hours("2026-06-01", "2026-11-29", lambda t: 50.0, extra=",X").splitlines()[1:]
    text = start + "\n".join(row.replace("X", "200" if "T08" <= row[16:19] < "T13" else "300") for row in rows)
    config = config_of(tmp_path, text)
    whole = backtest(config, read_history(config), read_calendar(config), origins=2).scores[-1]
    assert whole.aht_error == pytest.approx(0, abs=0.01)
    assert whole.aht_mean_error == pytest.approx(50 / 250, abs=0.01)
