"""Staircases: what each further person brings, against a hand count, the mean service level and enumeration."""

from __future__ import annotations

from itertools import product

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from configs.errors import DataError
from configs.loader import build
from optimize.staffing import erlang_a, erlang_x, staff
from optimize.staffing.queueing.queues import Queues
from optimize.staffing.requirement.absence import attendance
from optimize.staffing.requirement.gains import Busyness, gains
from optimize.staffing.requirement.lag import lagged_load
from optimize.staffing.requirement.risk import day_rate_cv
from optimize.staffing.requirement.spread import mean_service_level, rate_quantile
from optimize.staffing.requirement.staircase import staircases
from optimize.staffing.requirement.teams import sharing_of

NINE = 18
"""Half hour of the day that begins at nine."""


def queues(load: float, patience: float = 120.0, again: float | None = None, definition="offered") -> Queues:
    one = np.ones(1)
    redials = None if again is None else again * one
    return Queues(load * one, 300.0 * one, patience * one, 20.0 * one, definition, redials)


def share(asked: Queues, most: int, cv: float = 0.0, absence: float = 0.0) -> np.ndarray:
    return gains(asked, most, Busyness.of_any_day(np.array([cv])), absence, ("share",), 1800.0)["share"][0]


def test_one_interval_by_hand() -> None:
    """One Erlang, nobody gives up, one server too few and then Erlang C: with two people a third of the contacts wait.

    With ``a = 1`` and 2 people the probability of waiting is 1/3, and of a longer wait than 20 s of 300 s
    ``1/3 exp(-(2 - 1) 20/300)``; with 1 person the queue never empties.
    """
    made = share(queues(1.0, np.inf), 2)
    assert made.tolist() == pytest.approx([0.0, 0.0, 1.0 - np.exp(-1 / 15) / 3])


def test_absence_mixes_the_numbers_who_come() -> None:
    """Of three people each comes with probability 0.8: all eight ways of coming, one by one."""
    plain, mixed = share(queues(1.5), 3), share(queues(1.5), 3, absence=0.2)
    slow = sum(
        np.prod([0.8 if here else 0.2 for here in who]) * plain[sum(who)] for who in product([True, False], repeat=3)
    )
    assert mixed[3] == pytest.approx(slow)
    assert attendance(3, 0.2)[3].tolist() == pytest.approx([0.008, 0.096, 0.384, 0.512])


@pytest.mark.parametrize(("load", "cv"), [(2.0, 0.1), (8.0, 0.2), (30.0, 0.1)])
def test_a_staircase_is_the_mean_service_level(load: float, cv: float) -> None:
    """Without absence a step is the service level over the spread of the rate, here by eight points instead of 32."""
    made = share(queues(load), int(2 * load) + 2, cv)
    for people in range(1, made.size):
        whole = mean_service_level(queues(load), np.array([float(people)]), cv)[0]
        assert made[people] == pytest.approx(whole, abs=0.003)


def test_a_busy_day_is_the_quantile_of_the_rate() -> None:
    """Nine days in ten at a coefficient of variation of 0.2: the rate is 1.263 times its mean (gamma with shape 25)."""
    busy = Busyness.of_busy_day(np.array([0.2]), 0.9)
    assert busy.factors[0, 0] == pytest.approx(1.2633, abs=1e-4)
    assert busy.factors[0, 0] == rate_quantile(np.array([0.2]), np.array([0.9]))[0, 0]
    made = gains(queues(10.0), 12, busy, 0.0, ("share",), 1800.0)["share"][0]
    assert made[12] == pytest.approx(float(erlang_a(12, 10 * busy.factors[0, 0], 300, 120, 20).service_level))


def test_redials_load_the_queue() -> None:
    """Half of those who give up call again: the step is that of Erlang X."""
    made = share(queues(10.0, again=0.5), 12)
    assert made[9] == pytest.approx(float(erlang_x(9, 10, 300, 120, 0.5, 20).service_level))
    assert made[9] < share(queues(10.0), 12)[9]


@settings(max_examples=60, deadline=None)
@given(
    st.floats(0.05, 20.0),
    st.sampled_from([30.0, 300.0, np.inf]),
    st.floats(0.0, 0.4),
    st.floats(0.0, 0.3),
    st.sampled_from(["offered", "answered", "abandon-ok", "exclude-short", "virtual"]),
)
def test_more_people_never_serve_worse(load, patience, cv, absence, definition) -> None:
    """Every measure rises with people, from nothing with nobody, and the share stays between 0 and 1."""
    measures = ("share", "kept", "asa")
    busy = Busyness.of_any_day(np.array([cv]))
    made = gains(queues(load, patience, None, definition), 30, busy, absence, measures, 1800.0)
    for measure in measures:
        assert (np.diff(made[measure][0]) >= 0).all()
        assert np.isfinite(made[measure]).all()
    assert made["share"][0, 0] == made["kept"][0, 0] == 0
    assert made["asa"][0, 0] == pytest.approx(-min(patience, 1800))
    assert made["share"].max() <= 1 + 1e-9


def test_equal_intervals_share_their_work_and_idle_ones_gain_nothing() -> None:
    """Two equal intervals have equal rows, a third without contacts has none."""
    three = np.array([4.0, 0.0, 4.0])
    rows = Queues(three, 0 * three + 300.0, 0 * three + 120.0, 0 * three + 20.0)
    made = gains(rows, 6, Busyness.of_any_day(0 * three), 0.0, ("share",), 1800.0)["share"]
    assert (made[0] == made[2]).all()
    assert not made[1].any()
    assert made[0].tolist() == share(queues(4.0), 6).tolist()


@pytest.fixture
def daily(raw):
    """The config with targets over the day."""
    for name in ("phone", "chat"):
        raw["channels"][name]["target"] |= {"over": "day"}
    return raw


def made_of(raw, forecast, horizon, agents=None, **options):
    config = build(raw)
    table = staff(config, forecast, horizon, agents=agents).table
    return {each.channel: each for each in staircases(config, table, horizon, sharing_of(config, agents), **options)}


def test_staircases_are_for_live_channels_with_a_target_over_a_span(daily, forecast, horizon) -> None:
    """Chat by interval has none, unless a target over channels together names it."""
    assert list(made_of(daily, forecast, horizon, most=3)) == ["phone", "chat"]
    daily["channels"]["chat"]["target"].pop("over")
    assert list(made_of(daily, forecast, horizon, most=3)) == ["phone"]
    daily["targets"] = {"both": {"channels": ["phone", "chat"], "over": "day"}}
    assert list(made_of(daily, forecast, horizon, most=3)) == ["phone", "chat"]


def test_a_staircase_has_room_for_more_people_than_the_interval_asks(daily, forecast, horizon) -> None:
    """1.4 times the busiest interval by its own target, 8 people at the phone, and 4 more."""
    made = made_of(daily, forecast, horizon)["phone"]
    assert made.average["share"].shape == made.busy["share"].shape == (96, int(np.ceil(1.4 * 8)) + 4 + 1)
    assert made.volume[NINE] == 60
    assert made.average["share"][NINE, 8] == pytest.approx(float(erlang_a(8, 6, 180, 120, 20).service_level))


def test_what_the_target_asks_for_is_measured(daily, forecast, horizon) -> None:
    """Abandonment, wait and reply come in where the target names them; with nobody there customers wait until they give up."""
    daily["channels"]["phone"] |= {"patience": "10min"}
    daily["channels"]["phone"]["target"] |= {"abandonment": 0.05, "asa": "30s"}
    daily["channels"]["chat"]["target"] |= {"response": "90s"}
    made = made_of(daily, forecast, horizon)
    assert list(made["phone"].average) == ["share", "kept", "asa"]
    assert list(made["chat"].busy) == ["share", "response"]
    known = erlang_a(7, 6, 180, 600, 20)
    assert made["phone"].average["kept"][NINE, 7] == pytest.approx(1 - float(known.abandonment))
    assert made["phone"].average["asa"][NINE, 7] == pytest.approx(-float(known.asa_s))
    assert made["phone"].average["asa"][NINE, 0] == pytest.approx(-600)


def test_a_days_spread_is_that_of_its_contacts(daily, forecast, horizon) -> None:
    """The spread is the day's mean, weighted by contacts; without quantiles every day is as busy as forecast."""
    wide = forecast.assign(q10=forecast["volume"] * 0.6, q90=forecast["volume"] * 1.4)
    plain, made = made_of(daily, forecast, horizon)["phone"], made_of(daily, wide, horizon)["phone"]
    np.testing.assert_allclose(plain.busy["share"], plain.average["share"], atol=1e-12)
    own = np.sqrt((0.8 * 60 / (2 * 1.2815515655)) ** 2 - 60) / 60
    factor = rate_quantile(np.array([own]), np.array([0.9]))[0, 0]
    expected = float(erlang_a(8, 6 * factor, 180, 120, 20).service_level)
    assert made.busy["share"][NINE, 8] == pytest.approx(expected, abs=1e-5)
    days = day_rate_cv(np.array([0.1, 0.3, 0.5]), np.array([1.0, 3.0, 0.0]), np.array([0, 0, 1]))
    assert days.tolist() == pytest.approx([0.25, 0.0])


def test_long_contacts_load_later_intervals(daily, forecast, horizon) -> None:
    """Calls of 25 minutes: the load lags behind. The exact method has tests of its own (test_matched_load)."""
    daily["staffing"] = {"method": "mol"}
    long = forecast.assign(aht_s=forecast["aht_s"].where(forecast["channel"] != "phone", 1500.0))
    long["volume"] = long["volume"].where(long["channel"] != "phone", long["volume"] / 10)
    made = made_of(daily, long, horizon, most=12)["phone"]
    rate = made.volume / 1800.0
    load = lagged_load(rate, np.full(rate.size, 1500.0), 1800.0)[NINE]
    assert load != pytest.approx(5.0, abs=0.01)
    assert made.average["share"][NINE, 6] == pytest.approx(float(erlang_a(6, load, 1500, 120, 20).service_level))


def twin(raw, forecast):
    """A second channel like the phone, and people who know both; its forecast too."""
    raw["channels"] = {"phone": raw["channels"]["phone"], "video": raw["channels"]["phone"], **raw["channels"]}
    second = forecast[forecast["channel"] == "phone"].assign(channel="video")
    return pd.concat([forecast, second], ignore_index=True), pd.DataFrame({"skills": ["phone;video"] * 9 + ["chat"]})


def test_two_equal_channels_of_a_team_are_one_of_double_volume(daily, forecast, horizon) -> None:
    """The same steps for either, and for one channel with all the contacts."""
    wide = forecast.assign(q10=forecast["volume"] * 0.6, q90=forecast["volume"] * 1.4)
    cv = 0.2
    double = wide.assign(volume=wide["volume"] * 2)
    config = build(daily)
    table = staff(config, double, horizon).table.assign(rate_cv=cv)
    single = staircases(config, table, horizon, sharing_of(config, None), most=20)[0]
    both, agents = twin(daily, wide)
    config = build(daily)
    table = staff(config, both, horizon, agents=agents).table.assign(rate_cv=cv)
    pair = staircases(config, table, horizon, sharing_of(config, agents), most=20)[:2]
    for one in pair:
        assert one.team == ("phone", "video")
        assert (one.volume * 2 == single.volume).all()
        np.testing.assert_allclose(one.average["share"], single.average["share"], atol=1e-12)
        np.testing.assert_allclose(one.busy["share"], single.busy["share"], atol=1e-12)


def test_each_channel_of_a_team_keeps_its_own_time(daily, forecast, horizon) -> None:
    """One queue, but 20 s for the phone and two minutes for video: video has the higher share."""
    both, agents = twin(daily, forecast)
    daily["channels"]["video"] = daily["channels"]["video"] | {"target": {"within": "2min", "over": "day"}}
    made = made_of(daily, both, horizon, agents)
    assert made["phone"].average["share"][NINE, 12] == pytest.approx(
        float(erlang_a(12, 12, 180, 120, 20).service_level)
    )
    assert made["video"].average["share"][NINE, 12] == pytest.approx(
        float(erlang_a(12, 12, 180, 120, 120).service_level)
    )


def test_a_requirement_without_volume_is_refused(daily, forecast, horizon) -> None:
    """Staircases need contacts; the sentence says what is missing and what to do."""
    config = build(daily)
    table = staff(config, forecast, horizon).table.drop(columns="volume")
    words = 'requirement table: has no column "volume", which a target over a day or a week needs; add it, or let'
    with pytest.raises(DataError, match=words):
        staircases(config, table, horizon, sharing_of(config, None))
