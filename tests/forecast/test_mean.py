"""A forecast is a mean: irregular days and batches sum to what comes, and a regular channel is not moved by chance."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest

from forecast import predict
from forecast.channel import ChannelForecast
from forecast.channel_notes import method_notes
from forecast.evaluation import bias
from forecast.evaluation.trial import Trial
from forecast.facts import EqualWeights
from forecast.intraday import rest_of_day
from forecast.models import level
from forecast.models.explain import Explanation
from forecast.models.irregular import fit_mean, is_irregular
from forecast.models.quantiles import fit_spreads, quantiles
from forecast.models.retransform import log_lift
from forecast.result import Accuracy

MEAN, DAYS, AHEAD = 40.0, 182, 28
NO_EVENTS = np.zeros((DAYS, 0))
WEEKDAY = np.arange(DAYS) % 7


def gamma(rng, days, variation):
    return rng.gamma(1 / variation**2, variation**2, days)


def lognormal(rng, days, variation):
    square = np.log1p(variation**2)
    return rng.lognormal(-square / 2, np.sqrt(square), days)


def batches(rng, days, share):
    return (rng.random(days) < share) / share * rng.gamma(4.0, 0.25, days)


def history(totals):
    """Two hours a day, 60 % of the contacts in the first."""
    start = pd.date_range("2025-12-01T09:00", periods=len(totals), freq="D")
    early = np.round(0.6 * totals)
    both = pd.concat([pd.Series(start), pd.Series(start + pd.Timedelta(hours=1))])
    return pd.DataFrame({"start": both, "volume": np.concatenate([early, totals - early])})


def over_the_mean(kind, variation, *, fast, seeds, shape=1.0):
    """Sum of the forecasts over the mean of the days before them, over many histories."""
    said = came = 0.0
    for seed in range(seeds):
        rng = np.random.default_rng(seed)
        totals = rng.poisson(MEAN * shape * kind(rng, DAYS, variation)).astype(float)
        said += predict(history(totals), days=AHEAD, fast=fast).volume.sum()
        came += AHEAD * totals.mean()
    return said / came - 1


IRREGULAR = [
    (gamma, 0.5),
    (gamma, 1.0),
    (gamma, 1.5),
    (gamma, 2.0),
    (lognormal, 1.0),
    (lognormal, 2.0),
    (batches, 0.3),
]


@pytest.mark.parametrize(("kind", "variation"), IRREGULAR)
def test_irregular_days_are_forecast_by_their_mean(kind, variation):
    """Whatever the distribution, what is planned sums to the mean of the days within 5 %."""
    assert over_the_mean(kind, variation, fast=True, seeds=20) == pytest.approx(0.0, abs=0.05)


@pytest.mark.parametrize(("kind", "variation"), [(gamma, 1.0), (batches, 0.3)])
def test_so_are_they_with_all_members(kind, variation):
    """The whole recipe, with its backtest and its correction, is as near."""
    assert over_the_mean(kind, variation, fast=False, seeds=8) == pytest.approx(0.0, abs=0.05)


def test_so_are_they_with_a_week_of_busy_and_quiet_days():
    """A Monday six times a Sunday changes nothing about the sum."""
    week = np.array([1.8, 1.3, 1.1, 1.0, 0.9, 0.6, 0.3])[WEEKDAY]
    assert over_the_mean(gamma, 1.0, fast=True, seeds=20, shape=week) == pytest.approx(0.0, abs=0.05)


def test_days_of_moderate_spread_are_too():
    """Between the two ways, at a coefficient of variation of 0.35, logs are raised to the mean."""
    assert over_the_mean(lognormal, 0.35, fast=True, seeds=20) == pytest.approx(0.0, abs=0.03)


def test_the_mean_over_the_typical_day_of_lognormal_days():
    """Errors of logs that are normal with variance 0.16 make a mean of exp(0.08) typical days."""
    errors = np.random.default_rng(1).normal(0.0, 0.4, 20_000)
    assert log_lift(errors, np.ones(20_000)) == pytest.approx(0.08, abs=0.01)


@pytest.mark.parametrize(("odd", "kept"), [(1, 0.0), (2, 0.0), (4, 0.5), (20, 0.9)])
def test_odd_days_count_as_far_as_they_recur(odd, kept):
    """Of what n days of the ninefold add, 1 - 2/n is kept: one or two move nothing."""
    errors = np.zeros(10_000)
    errors[:odd] = np.log(9.0)
    added = 8 * odd / 10_000
    assert np.expm1(log_lift(errors, np.ones(10_000))) == pytest.approx(added * kept, abs=0.01 * added)


def test_two_odd_days_leave_a_regular_channel_alone():
    """Two days of the eightfold in half a year change the next four weeks by less than 1 %."""
    totals = np.round(1000 * lognormal(np.random.default_rng(3), DAYS, 0.05))
    odd = totals.copy()
    odd[[60, 101]] *= 8
    plain, other = (predict(history(each), days=AHEAD).volume.sum() for each in (totals, odd))
    assert other / plain - 1 == pytest.approx(0.0, abs=0.01)


def test_irregular_is_what_is_odd_more_often_than_by_accident():
    """One day in twenty may be of any size; three in ten may not; a wide spread of all days is irregular."""
    regular = 1000 * lognormal(np.random.default_rng(5), DAYS, 0.1)
    accidents = regular.copy()
    accidents[::91] *= 10
    assert not is_irregular(regular, WEEKDAY, NO_EVENTS)
    assert not is_irregular(accidents, WEEKDAY, NO_EVENTS)
    assert is_irregular(np.where(np.arange(DAYS) % 10 < 3, regular, 0.0), WEEKDAY, NO_EVENTS)
    assert is_irregular(1000 * gamma(np.random.default_rng(5), DAYS, 0.7), WEEKDAY, NO_EVENTS)


def test_marked_days_do_not_make_a_channel_irregular():
    """Days that an event explains are left out, however odd."""
    totals = 1000 * lognormal(np.random.default_rng(5), DAYS, 0.1)
    totals[::4] = 0.0
    marks = (np.arange(DAYS) % 4 == 0).astype(float)[:, None]
    assert is_irregular(totals, WEEKDAY, NO_EVENTS)
    assert not is_irregular(totals, WEEKDAY, marks)


def calendar(days):
    return level.CalendarTerms.of(date(2025, 12, 1), days, np.zeros((days, 0)))


def test_a_fit_to_means_repeats_a_week_that_never_changes():
    """A pattern without noise comes back, the weekday without contacts as good as 0."""
    week = np.array([70.0, 60, 50, 40, 30, 20, 0])
    fit = fit_mean(np.tile(week, 26), calendar(DAYS + 7), 7, level.RidgeSpec("week", month=False))
    np.testing.assert_allclose(np.exp(fit.ahead), week, rtol=0.01, atol=0.5)


def test_a_fit_to_means_follows_a_level_that_moved_for_good():
    """Batches that double in size three months ago are forecast at the new size within a fifth, not at the mean."""
    rng = np.random.default_rng(11)
    totals = 200 * gamma(rng, 364, 0.6) * np.repeat([1.0, 3.0], [274, 90])
    fit = fit_mean(totals, calendar(364 + AHEAD), AHEAD, level.RidgeSpec("week", month=False))
    assert np.exp(fit.ahead).mean() == pytest.approx(600.0, rel=0.2)


def test_a_history_of_zeros_is_forecast_as_nothing():
    """No contact ever gives none, and no warning."""
    fit = fit_mean(np.zeros(DAYS), calendar(DAYS + 7), 7, level.RidgeSpec("week", month=False))
    assert np.exp(fit.ahead).sum() < 1e-4


def trials(ratios, days=28):
    """Origins two weeks apart, each `ratio` times what came."""
    came, lead = np.full(days, 100.0), np.arange(1, days + 1)
    return [Trial(came * ratio, came, came, came, lead, 14 * i) for i, ratio in enumerate(ratios)]


def test_bias_and_its_standard_error_by_hand():
    """Three origins at 0.8, 0.9 and 1.0: bias -0.1; days overlap 84 to 56, errors of 280, 0 and 280 of 8,400."""
    found = bias.measured(trials([0.8, 0.9, 1.0]))
    assert found.share == pytest.approx(-0.1)
    assert found.error == pytest.approx(np.sqrt(84 / 56 * (2 * 280**2) * 3 / 2) / 8400)
    assert bias.measured(trials([0.8])) is None


def test_a_bias_beyond_chance_is_taken_off_and_one_within_is_not():
    """Every origin a fifth too low is raised by nearly a fourth; 4.9 %, or a mean of widely different ones, is left."""
    limit = (0.05 / 0.2) ** 2
    np.testing.assert_allclose(bias.factors(trials([0.8] * 6)), 1 / (1 - 0.2 * (1 - limit)))
    assert (bias.factors(trials([0.951] * 6)) == 1).all()
    assert (bias.factors(trials([0.5, 1.2, 0.6, 1.1, 0.5, 1.0])) == 1).all()
    assert (bias.factors(trials([0.8] * 2)) == 1).all()


def test_the_weeks_ahead_are_corrected_apart():
    """What is right in the first week is left alone, though the third and fourth are too low."""
    late = [
        Trial(one.mean * np.where(one.lead > 14, 0.8, 1.0), one.actual, one.naive, one.average, one.lead, one.origin)
        for one in trials([1.0] * 6)
    ]
    found = bias.factors(late)
    assert found[0] == found[1] == 1
    assert found[2] > 1.2


def test_a_trial_is_corrected_by_the_others():
    """An origin does not correct itself: one that alone was right is raised like the rest."""
    made = bias.corrected(trials([0.8] * 5 + [0.8]))
    assert {round(float(one.mean.sum()), 6) for one in made} == {round(2800 * 0.8 / (1 - 0.2 * 0.9375), 6)}


@pytest.mark.parametrize(
    ("share", "error", "told"),
    [(0.051, 0.01, True), (-0.051, 0.01, True), (0.05, 0.01, False), (0.2, 0.1, False), (0.21, 0.1, True)],
)
def test_a_bias_is_told_above_five_percent_and_beyond_two_standard_errors(share, error, told):
    """Both edges; without a standard error nothing is told."""
    assert Accuracy("mail", 28, 0.3, 0.4, share, 0.8, error).is_biased is told
    assert not Accuracy("mail", 28, 0.3, 0.4, share, 0.8).is_biased


@pytest.mark.parametrize(("share", "side"), [(-0.12, "12% too low"), (0.08, "8% too high")])
def test_the_week_says_that_a_channel_was_wrong_in_sum(share, side):
    """The note names size, side and standard error, and what to do; a bias within chance has none."""
    biased, calm = (Accuracy("mail", 28, 0.3, 0.4, share, 0.8, error) for error in (0.02, 0.09))
    nothing = np.zeros((7, 1))
    said = [
        note
        for record in (biased, calm)
        for note in method_notes(
            "mail",
            ChannelForecast(nothing, {}, record, "recipe", Explanation("mail", "recipe", EqualWeights("channel mail"))),
            0,
        )
    ]
    assert [note.where for note in said] == ["channel mail"]
    assert said[0].sentence == (
        f"was forecast {side} on past weeks, more than chance explains (standard error 2%); look for days that "
        "history.cleaning or the calendar should name, or adjust the forecast (calendar.adjustments)"
    )


def test_intervals_widen_with_irregular_days():
    """A variance of the mean and twice its square has a dispersion of about 2, which no bound for outliers cuts."""
    rng = np.random.default_rng(4)
    actual = rng.poisson(50 * gamma(rng, 2000, np.sqrt(2))).astype(float)
    spread = fit_spreads(np.full(2000, 50.0), actual, np.ones(2000, dtype=np.int64))[0]
    assert spread.dispersion == pytest.approx(2.0, rel=0.2)


def test_intervals_of_batches_hold_the_days_without_any():
    """Of days of which seven in ten have no contact, four in five or more lie in the 80 % interval, zeros included."""
    rng = np.random.default_rng(6)
    actual = rng.poisson(50 * batches(rng, 2000, 0.3)).astype(float)
    mean, lead = np.full(2000, 50.0), np.ones(2000, dtype=np.int64)
    said = quantiles(mean, lead, fit_spreads(mean, actual, lead))
    assert ((actual >= said["q10"]) & (actual <= said["q90"])).mean() >= 0.8


def test_one_outlier_does_not_widen_a_regular_channel():
    """One interval in 2,000 of the tenfold leaves the dispersion below that of a tenth of the mean."""
    actual = np.random.default_rng(4).poisson(50.0, 2000).astype(float)
    actual[7] = 500.0
    spread = fit_spreads(np.full(2000, 50.0), actual, np.ones(2000, dtype=np.int64))[0]
    assert spread.dispersion < 0.01


def test_the_rest_of_an_irregular_day_sums_to_what_comes():
    """Mornings that tell little and vary much: the powers of their ratios are brought back to their mean."""
    shape = np.array([0.1, 0.1, 0.2, 0.2, 0.2, 0.2])
    so_far = np.arange(6) < 2
    said = came = 0.0
    for seed in range(30):
        rng = np.random.default_rng(seed)
        lam = 200 * shape * gamma(rng, 120, 1.0)[:, None] * gamma(rng, (120, 6), 0.7)
        days, expected = rng.poisson(lam).astype(float), np.tile(200 * shape, (120, 1))
        rule = rest_of_day.learn(expected[:80], days[:80], so_far, 1)
        for day in days[80:]:
            said += rest_of_day.update(rule, expected[0], np.where(so_far, day, np.nan)).volume[~so_far].sum()
            came += day[~so_far].sum()
    assert said / came - 1 == pytest.approx(0.0, abs=0.05)
