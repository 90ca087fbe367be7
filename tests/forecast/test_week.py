"""The weekly run: config and history in, every interval of the week out."""

from datetime import date

import numpy as np
import pandas as pd
import pytest

from configs.errors import ConfigError, DataError
from configs.horizon import Horizon
from configs.loader import build, load
from configs.tables import FORECAST, check
from forecast import default_week, forecast_week, read_calendar, read_history

WEEK = date(2026, 11, 30)

BASE = {
    "plan": {"name": "test", "timezone": "Europe/London", "interval": "1h"},
    "history": {"path": "history.csv"},
    "channels": {"phone": {"kind": "synchronous", "open": "08:00-18:00"}},
    "contracts": {
        "c": {
            "agents": 5,
            "days_per_week": 5,
            "shifts": [{"length": "8h", "start": "08:00"}],
            "cost_per_hour": 10,
        }
    },
}


def config_of(folder, text: str | None = None, **changes):
    if text is not None:
        (folder / "history.csv").write_text(text)
    return build({**BASE, **changes}, "test.toml", folder)


def hours(first: str, last: str, value=lambda t: 10.0, open_=(8, 18), extra: str = "") -> str:
    start = pd.date_range(first, f"{last} 23:00", freq="h")
    start = start[(start.hour >= open_[0]) & (start.hour < open_[1])]
    rows = "".join(f"phone,{moment:%Y-%m-%dT%H:%M},{value(moment):g}{extra}\n" for moment in start)
    return f"channel,start,volume{',aht_s' if extra else ''}\n{rows}"


@pytest.fixture(scope="module")
def demo():
    config = load("demo")
    return config, read_history(config), read_calendar(config)


def week_of(config) -> Horizon:
    return Horizon(WEEK, 7, config.plan.interval_s // 60, config.plan.timezone)


def test_the_demo_week_is_whole(demo):
    """Five channels of 672 intervals, no gap in them, 0 when closed."""
    config, history, calendar = demo
    horizon = week_of(config)
    result = forecast_week(config, history, calendar, horizon)
    table = check(result.table, FORECAST)
    assert len(table) == 5 * 672
    assert not table.isna().any().any()
    for name, channel in config.channels.items():
        mine = table.loc[table.channel == name]
        is_open = horizon.is_open(channel.open)
        assert (mine.volume.to_numpy()[~is_open] == 0).all()
        assert (mine.volume.to_numpy()[is_open] > 0).all()
        assert (mine.aht_s > 0).all()


def test_the_demo_is_forecast_better_than_by_last_week(demo):
    """On every demo channel the error over four weeks is below 0.8 of the weekly naive's, coverage near 80 %."""
    config, history, calendar = demo
    records = forecast_week(config, history, calendar, week_of(config)).accuracy
    assert [record.channel for record in records] == list(config.channels)
    for record in records:
        assert record.wape < 0.8 * record.naive_wape
        assert abs(record.bias) < 0.05
        assert 0.72 < record.covered_80 < 0.9


def test_the_demo_week_has_the_size_it_was_made_with(demo):
    """Two weeks ahead the week's volume is within eight per cent of the one the demo was drawn from."""
    from configs.demo.shapes import SHAPES

    config, history, calendar = demo
    volume = forecast_week(config, history, calendar, week_of(config)).table.groupby("channel").volume.sum()
    for name, shape in SHAPES.items():
        assert volume[name] == pytest.approx(shape.weekly, rel=0.08)


def test_a_past_week_uses_only_what_was_known(demo):
    """Forecasting a week inside the history gives the same with and without the rows after its start."""
    config, history, calendar = demo
    horizon = Horizon(date(2026, 9, 7), 7, 15, "Europe/London")
    whole = forecast_week(config, history, calendar, horizon).table
    cut = type(history)(history.table.loc[history.table.start < horizon.begin], history.interval_s)
    pd.testing.assert_frame_equal(whole, forecast_week(config, cut, calendar, horizon).table)


def test_the_default_week_is_the_first_whole_one(demo):
    """The demo ends on Sunday night, so the next Monday; a history that ends on a Monday waits a week."""
    config, history, _ = demo
    assert default_week(history, config) == date(2026, 11, 16)
    cut = type(history)(history.table.loc[history.table.start < pd.Timestamp("2026-11-09 12:00Z")], 900)
    assert default_week(cut, config) == date(2026, 11, 16)


def test_clock_changes_inside_the_week(tmp_path):
    """The week of the autumn change has 169 hours, that of the spring change 167, all forecast."""
    config = config_of(
        tmp_path,
        hours("2026-06-01", "2026-10-18", open_=(0, 24)),
        channels={"phone": {"kind": "synchronous", "aht": "300s"}},
    )
    calendar, history = read_calendar(config), read_history(config)
    autumn = forecast_week(config, history, calendar, Horizon(date(2026, 10, 19), 7, 60, "Europe/London")).table
    spring = forecast_week(config, history, calendar, Horizon(date(2027, 3, 22), 7, 60, "Europe/London")).table
    assert (len(autumn), len(spring)) == (169, 167)
    assert np.allclose(autumn.volume, 10, rtol=1e-3)
    assert np.allclose(spring.volume, 10, rtol=1e-3)


def test_a_history_that_ended_long_ago_is_noted(tmp_path):
    """A gap of 15 weeks is forecast through and told."""
    config = config_of(tmp_path, hours("2026-01-05", "2026-08-16", extra=",300"))
    result = forecast_week(config, read_history(config), read_calendar(config), week_of(config))
    assert [str(note) for note in result.notes] == [
        "channel phone: its history ends 105 days before the planned week; newer data would forecast better"
    ]


def test_closed_days_are_zero(tmp_path):
    """An event marked closed, and a public holiday where the channel closes on them, have no volume."""
    (tmp_path / "events.csv").write_text("channel,start,end,name,closed\nphone,2026-12-22,2026-12-22,moving,yes\n")
    config = config_of(
        tmp_path,
        hours("2026-06-01", "2026-12-13", extra=",300"),
        calendar={"country": "GB", "region": "ENG", "events": "events.csv"},
        channels={"phone": {"kind": "synchronous", "open": "08:00-18:00", "closed_on_holidays": True}},
    )
    horizon = Horizon(date(2026, 12, 21), 7, 60, "Europe/London")
    table = forecast_week(config, read_history(config), read_calendar(config), horizon).table
    by_day = table.groupby(table.start.dt.strftime("%d")).volume.sum()
    assert by_day[["22", "25", "26"]].tolist() == [0, 0, 0]
    assert by_day["23"] == pytest.approx(100, rel=1e-2)


@pytest.mark.parametrize(
    ("channel", "seconds"),
    [
        ({"kind": "synchronous", "aht": "280s"}, 280),
        ({"kind": "concurrent", "slots": 3, "touch": "35s", "think": "55s", "touches": 7}, 245),
        ({"kind": "concurrent", "slots": 2, "aht_by_slots": ["200s", "300s"]}, 200),
        ({"kind": "concurrent", "slots": 2, "aht_by_slots": ["200s", "300s"], "aht": "250s"}, 250),
    ],
)
def test_handle_time_from_the_config(tmp_path, channel, seconds):
    """Without handle times in the history the config's is used, or that of one conversation at a time."""
    config = config_of(tmp_path, hours("2026-08-03", "2026-11-15", open_=(0, 24)), channels={"phone": channel})
    table = forecast_week(config, read_history(config), read_calendar(config), week_of(config)).table
    assert (table.aht_s == seconds).all()


def test_no_handle_time_at_all(tmp_path):
    """A channel whose handle time nobody knows is told, with what to set."""
    config = config_of(tmp_path, hours("2026-08-03", "2026-11-15"))
    with pytest.raises(ConfigError) as caught:
        forecast_week(config, read_history(config), read_calendar(config), week_of(config))
    assert str(caught.value) == (
        'channels.phone: the history has no handle times (aht_s) for it; set its aht, such as aht = "280s"'
    )


def test_a_week_before_the_history(tmp_path):
    """A week that lies before the first row cannot be forecast."""
    config = config_of(tmp_path, hours("2026-12-07", "2027-02-15", extra=",300"))
    with pytest.raises(DataError, match='no row of channel "phone" is before 2026-11-30; plan a later week'):
        forecast_week(config, read_history(config), read_calendar(config), week_of(config))


def test_started_last_month(tmp_path):
    """Four weeks of history are enough for a forecast, and a note says so."""
    config = config_of(tmp_path, hours("2026-10-19", "2026-11-15", extra=",300"))
    result = forecast_week(config, read_history(config), read_calendar(config), week_of(config))
    assert result.table.volume.sum() == pytest.approx(700, rel=0.01)
    assert "has 28 days of history" in str(result.notes[0])


def test_no_contacts_at_all(tmp_path):
    """A channel of zeros is forecast as zeros, with a note."""
    config = config_of(tmp_path, hours("2026-06-01", "2026-11-15", lambda moment: 0.0, extra=",300"))
    result = forecast_week(config, read_history(config), read_calendar(config), week_of(config))
    assert result.table.volume.sum() == 0
    assert str(result.notes[0]) == "channel phone: had no contacts in the last eight weeks; its forecast is 0"


def test_holidays_seen_before_are_expected(demo):
    """Christmas Day, which brings about 55 % of a usual Friday's calls, is forecast between 40 % and 75 % of one."""
    config, history, calendar = demo
    horizon = Horizon(date(2026, 12, 14), 14, 15, "Europe/London")
    table = forecast_week(config, history, calendar, horizon).table
    phone = table.loc[table.channel == "phone"].volume.to_numpy()
    assert 0.40 < phone[horizon.day == 11].sum() / phone[horizon.day == 4].sum() < 0.75
