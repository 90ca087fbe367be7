"""The notebook door: every odd history gets a forecast, and the laws a forecast must keep."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from configs.errors import DataError
from forecast import predict

QUANTILES = ["q025", "q10", "q50", "q90", "q975"]


def made(days: int, freq: str = "1h", seed: int = 1, level: float = 20.0, first: str = "2026-01-05") -> pd.DataFrame:
    """Poisson counts with a peak at noon and quiet weekends."""
    start = pd.date_range(first, periods=days * int(pd.Timedelta("1D") / pd.Timedelta(freq)), freq=freq)
    hour = start.hour + start.minute / 60
    mean = level * (0.2 + np.exp(-0.5 * ((hour - 12) / 3) ** 2)) * np.where(start.day_of_week >= 5, 0.5, 1.0)
    return pd.DataFrame({"start": start, "volume": np.random.default_rng(seed).poisson(mean).astype(float)})


def assert_sound(table: pd.DataFrame) -> None:
    """Numbers everywhere, none negative, quantiles in order."""
    assert len(table)
    values = table[["volume", *QUANTILES]].to_numpy(float)
    assert np.isfinite(values).all()
    assert (values >= 0).all()
    assert (np.diff(table[QUANTILES].to_numpy(float), axis=1) >= 0).all()


def test_a_plain_history_is_forecast_day_by_day():
    """Ten weeks of hours give 28 days of 24 hours whose mean is near the truth and whose noon is the peak."""
    table = predict(made(140))
    assert_sound(table)
    assert len(table) == 28 * 24
    assert table.start.iloc[0] == pd.Timestamp("2026-05-25")
    truth = made(168, seed=2).iloc[140 * 24 :]
    assert table.volume.sum() == pytest.approx(truth.volume.sum(), rel=0.05)
    assert table.loc[table.volume.idxmax(), "start"].hour in {11, 12, 13}


def test_a_channel_without_contacts_gets_zeros():
    """A history of zeros forecasts zeros, with quantiles of zero."""
    table = predict(made(100).assign(volume=0.0))
    assert_sound(table)
    assert table[["volume", *QUANTILES]].to_numpy().sum() == 0


def test_a_constant_history_goes_on():
    """Ten contacts in every hour for 100 days: ten in every hour ahead."""
    table = predict(made(100).assign(volume=10.0))
    assert_sound(table)
    assert np.allclose(table.volume, 10, rtol=1e-3)


@pytest.mark.parametrize("days", [1, 3, 10, 30, 57])
def test_short_histories_are_forecast(days):
    """From one day on there is a forecast; after ten days its size is right to a fifth."""
    table = predict(made(days))
    assert_sound(table)
    if days >= 10:
        truth = made(days + 28, seed=3).iloc[days * 24 :]
        assert table.volume.sum() == pytest.approx(truth.volume.sum(), rel=0.2)


def test_one_slot_a_day():
    """Daily totals are a history with one slot a day."""
    daily = made(400).set_index("start").volume.resample("D").sum().reset_index()
    table = predict(daily)
    assert_sound(table)
    assert len(table) == 28
    assert table.volume.sum() == pytest.approx(4 * daily.volume.tail(28).sum() / 4, rel=0.05)


def test_five_minute_slots():
    """Five-minute intervals give 288 rows a day."""
    table = predict(made(70, "5min", level=3.0), days=7)
    assert_sound(table)
    assert len(table) == 7 * 288


def test_a_weekday_only_channel_has_no_weekend():
    """A centre seen Monday to Friday is not forecast to open on Saturday."""
    rows = made(150)
    rows = rows.loc[(rows.start.dt.day_of_week < 5) & rows.start.dt.hour.between(8, 17)]
    table = predict(rows)
    assert_sound(table)
    assert set(table.start.dt.day_of_week) == set(range(5))
    assert set(table.start.dt.hour) == set(range(8, 18))


def test_a_gap_of_six_weeks_is_no_run_of_zeros():
    """Six weeks without rows in the middle leave the forecast within five per cent of the one without the gap."""
    rows = made(300)
    gone = rows.start.between("2026-06-01", "2026-07-13")
    whole, holed = predict(rows), predict(rows.loc[~gone])
    assert_sound(holed)
    assert holed.volume.sum() == pytest.approx(whole.volume.sum(), rel=0.05)


def test_the_double_hour_of_autumn():
    """A double hour, given twice on the local clock, is one hour of the day: neither lost nor counted twice."""
    utc = made(210, first="2026-05-04").assign(volume=12.0)
    aware = utc.assign(start=utc.start.dt.tz_localize("UTC").dt.tz_convert("Europe/London"))
    aware = aware.loc[aware.start < "2026-10-26 00:00"]
    naive = aware.assign(start=aware.start.dt.tz_localize(None))
    assert naive.start.duplicated().sum() == 1
    table = predict(naive, days=7, timezone="Europe/London")
    assert_sound(table)
    assert np.allclose(table.volume, 12, rtol=1e-3)
    with_zone = predict(aware, days=7, timezone="Europe/London")
    assert str(with_zone.start.dt.tz) == "Europe/London"
    assert np.array_equal(with_zone.volume, table.volume)


def test_a_spring_day_has_23_hours():
    """The hour the clock skips on 29 March 2026 is not forecast when starts carry a zone."""
    rows = made(120, first="2025-11-24")
    rows["start"] = rows.start.dt.tz_localize("Europe/London")
    table = predict(rows.loc[rows.start < "2026-03-24"], days=7, timezone="Europe/London")
    assert_sound(table)
    assert (table.start.dt.strftime("%m-%d") == "03-29").sum() == 23


def test_sparse_counts_keep_their_mean():
    """About one contact a day is forecast as about one contact a day, though most intervals are 0."""
    table = predict(made(200, level=0.1))
    assert_sound(table)
    truth = made(2000, level=0.1, seed=9).volume.mean()
    assert table.volume.mean() == pytest.approx(truth, rel=0.25)


def test_channels_are_forecast_apart():
    """Two channels in one table give what each alone gives."""
    a, b = made(80), made(80, seed=5, level=40)
    both = pd.concat([a.assign(channel="a"), b.assign(channel="b")])
    table = predict(both, days=7)
    assert np.array_equal(table.loc[table.channel == "a", "volume"], predict(a, days=7).volume)
    assert np.array_equal(table.loc[table.channel == "b", "volume"], predict(b, days=7).volume)


def test_handle_times_are_forecast_when_given():
    """A handle time of 300 s before noon and 400 s after comes back for every interval."""
    rows = made(90)
    rows["aht_s"] = np.where(rows.start.dt.hour < 12, 300.0, 400.0)
    rows.loc[rows.volume == 0, "aht_s"] = np.nan
    table = predict(rows, days=7)
    morning = table.start.dt.hour < 12
    assert table.loc[morning, "aht_s"].mean() == pytest.approx(300, rel=0.03)
    assert table.loc[~morning, "aht_s"].mean() == pytest.approx(400, rel=0.03)


def test_an_event_is_learned_and_expected():
    """A campaign that doubled contacts for a week, announced again, is forecast well above the same week without it."""
    rows = made(200)
    rows.loc[rows.start.between("2026-04-06", "2026-04-12 23:00"), "volume"] *= 2
    ahead = rows.start.max().normalize() + pd.Timedelta(days=1)
    spans = [("2026-04-06", "2026-04-12"), (ahead, ahead + pd.Timedelta(days=6))]
    events = pd.DataFrame(spans, columns=["start", "end"]).assign(name="campaign")
    plain, told = predict(rows, days=7), predict(rows, days=7, events=events)
    assert 1.4 < told.volume.sum() / plain.volume.sum() < 2.2


def test_a_closed_day_is_left_out():
    """An event marked closed removes its days from the forecast."""
    rows = made(100)
    day = rows.start.max().normalize() + pd.Timedelta(days=2)
    events = pd.DataFrame({"start": [day], "end": [day], "name": ["moving"], "closed": ["yes"]})
    table = predict(rows, days=3, events=events)
    assert set(table.start.dt.normalize()) == {day - pd.Timedelta(days=1), day + pd.Timedelta(days=1)}


def test_finer_rows_are_added_up():
    """Quarter hours forecast by the hour give the forecast of their hourly sums."""
    quarters = made(80, "15min", level=8.0)
    hours = quarters.set_index("start").volume.resample("h").sum().reset_index()
    pd.testing.assert_frame_equal(predict(quarters, days=7, interval="1h"), predict(hours, days=7))


def test_a_channel_that_stopped_stays_stopped():
    """After two months of zeros the forecast is 0, whatever was before."""
    rows = made(200)
    rows.loc[rows.index >= 140 * 24, "volume"] = 0.0
    table = predict(rows)
    assert_sound(table)
    assert table.volume.sum() == 0


def test_a_lonely_late_row_does_not_close_the_centre():
    """One row five months after the others leaves the opening hours as they were."""
    late = pd.DataFrame({"start": [pd.Timestamp("2026-12-01 09:00")], "volume": [20.0]})
    table = predict(pd.concat([made(200), late]), days=7)
    assert_sound(table)
    assert len(table) == 7 * 24


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        (
            made(5).rename(columns={"volume": "volumes"}),
            'history: has no column "volume"; did you mean "volumes"?; it has start, volumes',
        ),
        (made(5).iloc[:0], "history: has no rows"),
        (made(5).assign(volume=-1.0), "history row 1: volume is -1.0 at 2026-01-05 00:00:00; volumes are 0 or more"),
        (made(5).assign(start="soon"), "history: start cannot be read as times"),
    ],
)
def test_what_is_no_history_is_refused(rows, words):
    """A table that is no history is told why."""
    with pytest.raises(DataError) as caught:
        predict(rows)
    assert str(caught.value).startswith(words)


def test_an_interval_finer_than_the_rows_is_refused():
    """Hours cannot be cut into half hours; they may be kept or added up."""
    start = pd.date_range("2026-01-05", periods=21 * 24, freq="h")
    rows = pd.DataFrame({"start": start, "volume": 10.0})
    words = "rows of 1h, and cannot be split into shorter intervals; give rows of 30min or leave interval out"
    with pytest.raises(DataError) as caught:
        predict(rows, days=1, fast=True, interval="30min")
    assert str(caught.value) == f'interval: "30min": the history has {words}'
    halves = pd.DataFrame({"start": pd.date_range("2026-01-05", periods=21 * 48, freq="30min"), "volume": 5.0})
    both = pd.concat([rows.assign(channel="phone"), halves.assign(channel="chat")])
    with pytest.raises(DataError) as caught:
        predict(both, days=1, fast=True, interval="30min")
    assert str(caught.value) == f'interval: "30min": channel "phone" has {words}'
    assert [len(predict(rows, days=1, fast=True, interval=length)) for length in ("1h", "2h")] == [24, 12]
    assert len(predict(halves, days=1, fast=True, interval="30min")) == 48


def test_arguments_out_of_range_are_refused():
    """Days, zone and interval are checked in words."""
    for arguments, words in (
        ({"days": 0}, "days: 0 days is out of range; forecast 1 to 400"),
        ({"days": 1.5}, "days: 1.5 days is out of range; forecast 1 to 400"),
        ({"events": pd.DataFrame({"start": ["x"]})}, "events: has no column end, name; it has start"),
        ({"timezone": "Europe/Londen"}, 'timezone: "Europe/Londen" is not a time zone; did you mean "Europe/London"?'),
        ({"interval": "7min"}, 'interval: "7min" does not divide a day; write one such as "15min", "1h" or "1d"'),
    ):
        with pytest.raises(DataError) as caught:
            predict(made(10), **arguments)
        assert str(caught.value) == words


@settings(max_examples=8, deadline=None)
@given(seed=st.integers(0, 2**16), days=st.sampled_from([12, 40, 75, 120]))
def test_the_order_of_rows_does_not_matter(seed, days):
    """Shuffled rows give the same forecast bit for bit."""
    rows = made(days, "3h", seed)
    shuffled = rows.sample(frac=1, random_state=seed)
    pd.testing.assert_frame_equal(predict(shuffled, days=7), predict(rows, days=7), check_exact=True)


@settings(max_examples=8, deadline=None)
@given(seed=st.integers(0, 2**16), days=st.sampled_from([40, 75, 120]), factor=st.sampled_from([2.0, 3.0, 10.0]))
def test_volumes_scale(seed, days, factor):
    """Twice the contacts in the history are twice the contacts ahead."""
    rows = made(days, "3h", seed, level=50)
    more = predict(rows.assign(volume=rows.volume * factor), days=14)
    assert np.allclose(more.volume, factor * predict(rows, days=14).volume, rtol=1e-3)


@settings(max_examples=25, deadline=None)
@given(
    volumes=st.lists(st.integers(0, 10**6), min_size=1, max_size=120),
    step=st.sampled_from(["1D", "6h", "1h"]),
    gaps=st.integers(0, 2**20),
)
def test_any_counts_give_a_sound_forecast(volumes, step, gaps):
    """Whatever the counts and whatever is missing, the forecast is finite, not negative, its quantiles in order."""
    start = pd.date_range("2026-01-05", periods=len(volumes), freq=step)
    kept = np.random.default_rng(gaps).random(len(volumes)) > 0.2
    kept[-1] = True
    rows = pd.DataFrame({"start": start, "volume": np.asarray(volumes, dtype=float)}).loc[kept]
    assert_sound(predict(rows, days=9))


@settings(max_examples=15, deadline=None)
@given(
    volumes=st.lists(st.integers(0, 400), min_size=120, max_size=200),
    step=st.sampled_from([1, 6, 24]),
    gaps=st.integers(0, 60),
)
def test_the_fast_way_is_sound_too(volumes, step, gaps):
    """Fewer models, the same promises: no NaN, nothing below 0, quantiles in order."""
    start = pd.date_range("2026-01-05", periods=len(volumes), freq=f"{step}h")
    history = pd.DataFrame({"start": start, "volume": np.array(volumes, dtype=float)})
    table = predict(history.drop(index=range(30, 30 + gaps)), days=9, fast=True)
    values = table[["q025", "q10", "q50", "q90", "q975"]].to_numpy()
    assert np.isfinite(values).all()
    assert np.isfinite(table.volume).all()
    assert (table.volume >= 0).all()
    assert (np.diff(values, axis=1) >= 0).all()


def test_a_long_history_is_the_same_in_any_order_and_in_two_processes():
    """Two channels of 16 months with growth: shuffled rows and two processes give the same bits."""
    rng = np.random.default_rng(8)
    start = pd.date_range("2025-01-06", periods=490, freq="D")
    mean = 300 * 1.3 ** (np.arange(490) / 365) * np.tile([1.3, 1.1, 1, 1, 1, 0.6, 0.5], 70)
    parts = [pd.DataFrame({"channel": name, "start": start, "volume": rng.poisson(mean)}) for name in ("a", "b")]
    history = pd.concat(parts, ignore_index=True)
    told = predict(history, days=28)
    pd.testing.assert_frame_equal(predict(history.sample(frac=1, random_state=1), days=28), told, check_exact=True)
    pd.testing.assert_frame_equal(predict(history, days=28, jobs=2), told, check_exact=True)


def test_growth_tires_beyond_the_weeks_it_was_tried_on():
    """A centre that tripled in its last year is not forecast to triple again in the next."""
    day = np.arange(730)
    mean = 200 * 3 ** (np.maximum(day - 365, 0) / 365) * np.tile([1.2, 1, 1, 1, 1, 0.8, 0.7], 105)[:730]
    history = pd.DataFrame({"start": pd.date_range("2024-01-01", periods=730), "volume": mean.round()})
    table = predict(history, days=365)
    late = float(table.volume[-28:].mean()) / float(history.volume[-28:].mean())
    assert 0.4 < late < 2.0


def test_jobs_that_cannot_be_are_refused():
    """No processes, or fewer than none, cannot work."""
    start = pd.date_range("2026-01-05", periods=60, freq="D")
    with pytest.raises(DataError, match="0 is not a number of processes"):
        predict(pd.DataFrame({"start": start, "volume": 5.0}), jobs=0)
