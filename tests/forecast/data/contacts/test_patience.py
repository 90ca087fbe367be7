"""Patience from single waits: by hand, against statsmodels, and against simulations whose answer is known."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forecast.data.contacts.facts import MeasuredPatience
from forecast.data.contacts.patience import LEAST_AT_RISK, measure_patience
from forecast.data.contacts.survival import survival
from tests.forecast.data.contacts.made import at, contacts


def test_the_curve_is_that_of_paper_and_pencil():
    """Gave up after 2, 4 and 4 s of five, answered after 4 and 6 s: 4/5, then times 2/4; Greenwood by hand."""
    curve = survival(np.array([2.0, 4, 4, 4, 6]), np.array([True, True, True, False, False]))
    assert curve.time_s.tolist() == [2, 4]
    assert curve.at_risk.tolist() == [5, 4]
    assert curve.gave_up.tolist() == [1, 2]
    assert curve.share.tolist() == pytest.approx([0.8, 0.4])
    assert curve.share_error.tolist() == pytest.approx([0.8 * math.sqrt(1 / 20), 0.4 * math.sqrt(1 / 20 + 2 / 8)])
    assert curve.median_s == 4
    assert curve.restricted_mean_s == pytest.approx(2 * 1 + 2 * 0.8 + 2 * 0.4)
    assert curve.beyond == pytest.approx(0.4)
    assert curve.exponential_s == pytest.approx(20 / 3)
    assert curve.mean_s == pytest.approx(2 + 1.6 + 0.8 + 0.4 * 20 / 3)


def test_without_censoring_the_mean_is_the_mean():
    """Everybody gave up: the curve ends at nothing, nothing is continued, and the error is the familiar one."""
    wait = np.array([1.0, 2, 3, 5, 8, 13])
    curve = survival(wait, np.ones(6, bool))
    assert curve.beyond == 0
    assert curve.mean_s == pytest.approx(wait.mean())
    assert curve.mean_error_s == pytest.approx(wait.std() / math.sqrt(6))
    assert curve.median_s == 3
    assert curve.band()[0].min() == 0


def test_the_last_few_who_wait_do_not_decide():
    """With at least two at risk the curve ends at 4 s; the giving up after 6 s is in the exponential estimate only."""
    curve = survival(np.array([2.0, 4, 4, 6]), np.array([True, False, False, True]), 2)
    assert (curve.until_s, curve.beyond, curve.abandoned) == (4, 0.75, 2)
    assert curve.mean_s == pytest.approx(2 + 2 * 0.75 + 0.75 * 16 / 2)


def test_nobody_who_gave_up_leaves_everything_open():
    """No step, no median, and a mean without bound."""
    curve = survival(np.array([3.0, 4]), np.zeros(2, bool))
    assert (curve.beyond, curve.median_s, curve.mean_s, curve.exponential_s) == (1.0, None, math.inf, math.inf)
    assert curve.mean_error_s == math.inf


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.tuples(st.integers(1, 30), st.booleans()), min_size=2, max_size=60).filter(
        lambda rows: any(gone for _, gone in rows)
    )
)
def test_the_curve_is_that_of_statsmodels(rows):
    """Survival and its standard error at every step, ties of answered and given up included."""
    from statsmodels.duration.survfunc import SurvfuncRight

    wait, gone = np.array([wait for wait, _ in rows], float), np.array([gone for _, gone in rows])
    curve = survival(wait, gone)
    with np.errstate(divide="ignore", invalid="ignore"):
        theirs = SurvfuncRight(wait, gone.astype(int))
    assert curve.time_s.tolist() == theirs.surv_times.tolist()
    assert curve.share == pytest.approx(theirs.surv_prob)
    some = theirs.surv_prob > 0  # theirs is not a number where nobody is left
    assert curve.share_error[some] == pytest.approx(theirs.surv_prob_se[some])


@pytest.mark.parametrize("offered", [30.0, 60.0, 300.0])
def test_an_exponential_patience_is_found_however_early_calls_are_answered(offered):
    """Patience of 132 s, waits offered of 30 to 300 s: the mean is found within three of its standard errors."""
    random = np.random.default_rng(int(offered))
    patience, wait = random.exponential(132, 20_000), random.exponential(offered, 20_000)
    curve = survival(np.minimum(patience, wait), patience < wait, LEAST_AT_RISK)
    assert abs(curve.mean_s - 132) < 3 * curve.mean_error_s
    assert curve.mean_error_s < 6


def test_patience_that_is_not_exponential_is_found_where_interval_means_are_wrong():
    """A third hangs up at once, two thirds hold for long; the exponential estimate is far off, the curve is right."""
    random = np.random.default_rng(3)
    patience = np.where(random.random(40_000) < 1 / 3, random.exponential(5, 40_000), random.exponential(200, 40_000))
    wait = random.exponential(250, 40_000)
    curve = survival(np.minimum(patience, wait), patience < wait)
    truth = (5 + 2 * 200) / 3
    assert curve.mean_s == pytest.approx(truth, rel=0.03)
    assert abs(curve.exponential_s - truth) > 0.15 * truth


def test_the_range_of_95_percent_holds_the_truth_in_about_95_of_100():
    """Two hundred small logs; 89 to 99 percent is within chance."""
    random = np.random.default_rng(8)
    held = 0
    for _ in range(200):
        patience, wait = random.exponential(100, 600), random.exponential(80, 600)
        curve = survival(np.minimum(patience, wait), patience < wait, LEAST_AT_RISK)
        held += abs(curve.mean_s - 100) < 1.96 * curve.mean_error_s
    assert 178 <= held <= 198


def calls(count=3000, seed=4):
    """Calls with a patience of 90 s; those answered have a moment of answer, those given up an end."""
    random = np.random.default_rng(seed)
    patience, wait, start = random.exponential(90, count), random.exponential(60, count), np.arange(count) * 100.0
    gone = patience < wait
    return pd.DataFrame(
        {
            "channel": "phone",
            "start": at(start),
            "answered": at(np.where(gone, np.nan, start + wait)),
            "end": at(start + np.minimum(patience, wait)),
            "abandoned": gone.astype(float),
        }
    )


def test_patience_of_a_channel_comes_with_its_setting_and_never_replaces_it():
    """The stated value is repeated; the waits are those between the moments of the table."""
    (fact,) = measure_patience(calls(), {"phone": 60.0})
    assert isinstance(fact, MeasuredPatience)
    assert (fact.stated_s, fact.where, fact.contacts) == (60.0, "channel phone", 3000)
    assert fact.low_s < 90 < fact.high_s
    assert fact.abandoned == calls().abandoned.sum()


def test_few_abandoned_contacts_and_unknown_waits_tell_nothing():
    """49 are too few; a contact still in the queue has no wait, and without the column nobody gave up."""
    table = calls()
    few = table[(table.abandoned == 0) | (table.abandoned.cumsum() <= 49)]
    assert list(measure_patience(few)) == []
    assert list(measure_patience(table.drop(columns="abandoned"))) == []
    (fact,) = measure_patience(pd.concat([table, contacts([{"start": "2026-01-05 09:00", "channel": "phone"}])]))
    assert fact.contacts == 3000


def test_a_stated_wait_comes_before_the_moments():
    """Logs of whole seconds state the wait themselves."""
    table = calls().assign(wait_s=7.0)
    (fact,) = measure_patience(table)
    assert fact.exponential_s == pytest.approx(7 * 3000 / fact.abandoned)
