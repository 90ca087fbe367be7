"""The parts of the recipe, each against a slow and obvious reckoning or numbers worked by hand."""

from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import nbinom, norm

from forecast.data.day_totals import day_totals
from forecast.data.grid import Grid, to_grid, weekdays
from forecast.evaluation import accuracy
from forecast.models import blend, level
from forecast.models.ets import fit_ets
from forecast.models.fallback import weekday_means
from forecast.models.handle_time import forecast_handle_time
from forecast.models.profile import MEMORIES, choose_memory, fill_unseen, shares
from forecast.models.quantiles import Spread, fit_spreads, quantiles
from forecast.result import Past

MONDAY = date(2026, 1, 5)
NAN = np.nan
DAYS = np.array([1, 2])


def grid_of(values, times_of_day=None, first=MONDAY) -> Grid:
    values = np.asarray(values, dtype=float)
    return Grid(first, np.arange(values.shape[1]) * 60 if times_of_day is None else np.asarray(times_of_day), values)


def test_the_grid_keeps_what_was_not_seen_and_averages_double_hours():
    """Absent cells are NaN, a clock time given twice is the mean of both."""
    local = pd.DatetimeIndex(["2026-10-25 01:00", "2026-10-24 01:00", "2026-10-25 01:00", "2026-10-25 02:00"])
    grid = to_grid(local, np.array([4.0, 1.0, 8.0, 3.0]), np.array([60, 120]))
    assert grid.first == date(2026, 10, 24)
    np.testing.assert_array_equal(grid.values, [[1, NAN], [6, 3]])
    assert grid.weekday.tolist() == [5, 6]


def test_the_open_mask_follows_the_last_eight_weeks():
    """A slot closed for good nine weeks ago is closed; one seen on every second day is open."""
    values = np.ones((126, 3))
    values[63:, 0] = NAN
    values[::2, 1] = NAN
    assert grid_of(values).open().tolist() == [[False, True, True]] * 7


def test_a_day_seen_in_part_is_scaled_up():
    """Mondays of 10, 30, 60: a Monday with only the last two counts 90 / 0.9, one with only the first is unknown."""
    values = np.full((22, 3), NAN)
    values[[0, 7]] = [10, 30, 60]
    values[14, 1:] = [30, 60]
    values[21, 0] = 10
    totals = day_totals(grid_of(values))
    np.testing.assert_allclose(totals[[0, 7, 14]], [100, 100, 100])
    assert np.isnan(totals[21])
    assert np.isnan(totals[1])


def test_weekdays_are_those_of_the_calendar():
    """Day numbers from any date on carry the weekday the calendar says."""
    first = date(2026, 11, 26)
    assert [(pd.Timestamp(first) + pd.Timedelta(days=i)).day_of_week for i in range(9)] == weekdays(first, 9).tolist()


def test_the_running_mean_is_the_loop():
    """The filter gives what a plain loop over the known values gives."""
    rng = np.random.default_rng(1)
    values, known = rng.normal(size=50), rng.random(50) > 0.3
    total = weight = 0.0
    slow = []
    for value, seen in zip(values, known, strict=True):
        if seen:
            total, weight = total * 0.8 + value, weight * 0.8 + 1
        slow.append(total / weight if weight else 0.0)
    np.testing.assert_allclose(level.running_mean(values, known, 0.2), slow)


def test_the_level_finds_weekday_month_and_events():
    """A series made of weekday, month position and an event, without noise, is continued to within a per cent."""
    n, ahead = 500, 28
    days = pd.date_range("2025-01-06", periods=n + ahead)
    position = 2 * np.pi * (days.day - 1) / days.days_in_month
    event = np.zeros(n + ahead)
    event[[100, 200, 300, 400, 510]] = 1
    log = 5 + 0.3 * (days.day_of_week == 0) + 0.1 * np.cos(position) + np.log(2) * event
    calendar = level.CalendarTerms.of(days[0].date(), n + ahead, event[:, None])
    fit = level.fit_level(np.exp(log[:n]).to_numpy(), calendar, ahead, level.RidgeSpec("", month=True))
    error = fit.ahead - log[n:].to_numpy()
    assert np.abs(np.delete(error, 10)).max() < 0.02
    # Four occasions against a penalty of 0.3 leave a little of an effect unexplained.
    assert fit.effect("events")[510] == pytest.approx(np.log(2), rel=0.15)


def test_the_level_follows_a_step():
    """After contacts double for two months the forecast is near the new level."""
    totals = np.r_[np.full(300, 100.0), np.full(60, 200.0)] * np.exp(np.random.default_rng(2).normal(0, 0.03, 360))
    calendar = level.CalendarTerms.of(MONDAY, 388, np.zeros((388, 0)))
    assert np.exp(
        level.fit_level(totals, calendar, 28, level.RidgeSpec("", month=False)).ahead
    ).mean() == pytest.approx(200, rel=0.1)


def test_ets_agrees_with_a_repeating_week():
    """A week repeated exactly is repeated ahead; closed weekdays are minus infinity."""
    week = np.array([100.0, 90, 80, 85, 95, 40, NAN])
    totals = np.tile(week, 20)
    logs, _ = fit_ets(totals, weekdays(MONDAY, 147), np.zeros(147), 7)
    np.testing.assert_allclose(np.exp(logs[:6]), week[:6], rtol=0.01)
    assert logs[6] == -np.inf


def test_ets_needs_three_weeks():
    """Two weeks are too short for exponential smoothing with weekly seasons."""
    assert fit_ets(np.full(14, 5.0), weekdays(MONDAY, 21), np.zeros(21), 7) is None


def test_blend_weights_by_hand():
    """Errors of 0.1 and 0.2 weigh 16 to 1, for the days ahead they were made on; without a backtest all weigh the same."""
    near = np.array([[0.1, 0.2], [NAN, NAN], [0.2, 0.1]])
    np.testing.assert_allclose(blend.weights([near], 2), [[16 / 17, 1 / 17], [16 / 17, 1 / 17], [1 / 17, 16 / 17]])
    np.testing.assert_allclose(blend.weights([], 4), np.full((3, 4), 0.25))
    even = np.array([[0.5, 0.5], [0.0, 1.0], [0.5, 0.5]])
    members = np.log([[4.0] * 8, [9.0] * 8])
    np.testing.assert_allclose(blend.blended(members, even), [6.0] * 7 + [9.0])
    errors = blend.log_errors(np.log([[2.0, 8.0]]), np.array([1.0, NAN]))
    np.testing.assert_allclose(errors, [[np.log(2)], [NAN], [NAN]])


def test_shares_of_a_fixed_shape():
    """Days of one shape and any size have that shape as their shares."""
    shape = np.array([0.2, 0.5, 0.3])
    totals = np.random.default_rng(3).uniform(50, 150, 70)
    for memory in MEMORIES:
        found = shares(grid_of(totals[:, None] * shape), totals, memory)
        np.testing.assert_allclose(found, np.tile(shape, (7, 1)))


def test_a_changed_shape_is_followed_with_a_short_memory():
    """When mornings turn into evenings ten weeks ago, the short memory is chosen and shows evenings."""
    early, late = np.array([0.6, 0.3, 0.1]), np.array([0.1, 0.3, 0.6])
    values = np.r_[np.tile(100 * early, (280, 1)), np.tile(100 * late, (70, 1))]
    totals = values.sum(axis=1)
    grid = grid_of(values)
    assert choose_memory(grid, totals) == MEMORIES[0]
    assert shares(grid, totals, MEMORIES[0])[0, 2] > 0.45


def test_unseen_slots_borrow_from_other_weekdays():
    """A Saturday hour never seen takes what other days have there, in proportion; a weekday never seen their mean."""
    shape = np.zeros((7, 3))
    shape[:5] = [0.25, 0.5, 0.25]
    shape[5, :2] = [1 / 3, 2 / 3]
    filled = fill_unseen(shape, np.ones((7, 3), dtype=bool), shape > 0)
    np.testing.assert_allclose(filled[5], [1 / 3, 2 / 3, 1 / 3])
    np.testing.assert_allclose(filled[6], [(5 * 0.25 + 1 / 3) / 6, (5 * 0.5 + 2 / 3) / 6, 0.25])


def test_quantiles_are_those_of_the_negative_binomial():
    """Mean 20 and dispersion 0.1 give scipy's quantiles of size 10; a mean of 0 gives 0; a large one the normal."""
    found = quantiles(np.array([[20.0, 0.0, 4000.0]]), np.array([[1, 1, 1]]), (Spread(0.1),) * 3)
    size, p = 10.0, 10 / 30
    for name, share in (("q025", 0.025), ("q10", 0.1), ("q50", 0.5), ("q90", 0.9), ("q975", 0.975)):
        assert found[name][0, 0] == nbinom.ppf(share, size, p)
        assert found[name][0, 1] == 0
    sigma = np.sqrt(4000 + 0.1 * 4000**2)
    assert found["q90"][0, 2] == pytest.approx(4000 + norm.ppf(0.9) * sigma)


def test_spreads_recover_the_truth():
    """Counts drawn with dispersion 0.1 give it back, and scales near 1."""
    rng = np.random.default_rng(4)
    mean = rng.uniform(20, 200, 30_000)
    actual = rng.poisson(mean * rng.gamma(10, 1 / 10, mean.size)).astype(float)
    for spread in fit_spreads(mean, actual, rng.integers(1, 29, mean.size)):
        assert spread.dispersion == pytest.approx(0.1, rel=0.1)
        assert spread.scale_80 == pytest.approx(1, abs=0.06)
        assert spread.scale_95 == pytest.approx(1, abs=0.08)


@settings(max_examples=100, deadline=None)
@given(
    mean=st.lists(st.floats(0, 1e5), min_size=1, max_size=20),
    dispersion=st.floats(0, 3),
    scale_80=st.floats(0.5, 2.5),
    scale_95=st.floats(0.5, 3),
)
def test_quantiles_are_ordered(mean, dispersion, scale_80, scale_95):
    """Whatever the means and spreads, quantiles are finite, 0 or more, and in order."""
    row = np.asarray(mean)[None, :]
    found = quantiles(row, np.ones_like(row, dtype=np.int64), (Spread(dispersion, scale_80, scale_95),) * 3)
    stacked = np.stack(list(found.values()))
    assert np.isfinite(stacked).all()
    assert (stacked >= 0).all()
    assert (np.diff(stacked, axis=0) >= 0).all()


def test_handle_times_have_a_shape_and_a_level():
    """Mornings of 200 s, evenings of 400 s, both a quarter longer lately: the shape stays, the level follows."""
    values = np.full((200, 2), 50.0)
    aht = np.tile([200.0, 400.0], (200, 1))
    aht[140:] *= 1.25
    found = forecast_handle_time(grid_of(values), grid_of(aht))
    np.testing.assert_allclose(found, np.tile([250.0, 500.0], (7, 1)), rtol=0.08)
    assert forecast_handle_time(grid_of(values), grid_of(np.full_like(aht, NAN))) is None


def test_one_odd_handle_time_moves_little():
    """A call of ten hours left open in one interval does not lengthen the forecast by more than a per cent."""
    values, aht = np.full((100, 4), 20.0), np.full((100, 4), 300.0)
    aht[50, 2] = 36_000
    found = forecast_handle_time(grid_of(values), grid_of(aht))
    np.testing.assert_allclose(found, 300, rtol=0.05)
    assert abs(found.mean() / 300 - 1) < 0.01


def test_weekday_means_by_hand():
    """Mondays of 10 and then 20, half life one week: (10 / 2 + 20) / 1.5; an unseen Sunday has the mean of all."""
    values = np.full((8, 1), NAN)
    values[0], values[7] = 10, 20
    found = weekday_means(grid_of(values), 1.0)
    np.testing.assert_allclose(found[0], [(10 * 0.5 + 20) / 1.5])
    np.testing.assert_allclose(found[6], found[0])


def test_the_naive_is_last_week():
    """The weekly naive repeats the last value seen of each weekday and slot."""
    values = np.arange(28.0).reshape(14, 2)
    values[10, 1] = NAN
    naive = accuracy.weekly_naive(grid_of(values))
    assert naive[0].tolist() == [14, 15]
    assert naive[3].tolist() == [20, 7]


def test_accuracy_by_hand():
    """Errors of 2 and 4 on 10 and 20 contacts: WAPE 0.2, bias (2 - 4) / 30; the naive is off by 15 of 30."""
    one = accuracy.Trial(
        np.array([12.0, 16.0]), np.array([10.0, 20.0]), np.array([20.0, 15.0]), np.array([11.0, 18.0]), np.array([1, 2])
    )
    found = accuracy.summary("phone", [one])
    assert found.wape == pytest.approx(6 / 30)
    assert found.bias == pytest.approx(-2 / 30)
    assert found.naive_wape == pytest.approx(15 / 30)
    assert found.days == 2
    assert accuracy.summary("phone", []) is None


def test_the_past_by_day_ahead_by_hand():
    """Two origins: errors of 2 and 1 on the first day, 4 on the second; nothing without a contact."""
    first = accuracy.Trial(*(np.array(v) for v in ([12.0, 16.0], [10.0, 20.0], [20.0, 15.0], [11.0, 18.0])), DAYS)
    second = accuracy.Trial(*(np.array([v]) for v in (6.0, 5.0, 5.0, 8.0)), DAYS[:1])
    found = accuracy.past("phone", [first, second])
    assert found == Past("phone", 2, (15.0, 20.0), (3.0, 4.0), (10.0, 5.0), (4.0, 2.0))
    summed = accuracy.summary("phone", [first, second])
    assert summed.wape == pytest.approx(sum(found.error) / sum(found.volume))
    nothing = accuracy.Trial(*(np.array([0.0]) for _ in range(4)), DAYS[:1])
    assert accuracy.past("phone", [nothing]) is None
    assert accuracy.past("phone", []) is None


def test_origins_leave_room_for_four_weeks():
    """Of 200 days six origins two weeks apart; of 90 days those a week apart; of 30 none."""
    assert accuracy.origins(200) == (172, 158, 144, 130, 116, 102)
    assert accuracy.origins(90) == (62, 55, 48, 41, 34)
    assert accuracy.origins(30) == ()
