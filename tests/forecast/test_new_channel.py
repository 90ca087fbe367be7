"""Channels without history yet, and histories of daily totals: contacts spread by a shape."""

from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from configs.errors import ConfigError, DataError
from configs.horizon import Horizon
from configs.loader import build
from forecast import forecast_week, read_calendar, read_history
from forecast.calendar.marks import Calendar, no_events
from forecast.data.shape import clock_weights, shares, weekday_weights
from forecast.new_channel import stated_volume

from .test_week import BASE

MONDAY = date(2026, 11, 30)
NEW = {"kind": "synchronous", "aht": "4min", "open": {"mon-fri": "09:00-17:00"}, "volume": 800}
PLAN = {"name": "test", "timezone": "Europe/London", "interval": "30min"}


def config_of(folder, channels, **plan):
    """A plan of these channels whose history is ``history.csv``."""
    raw = {**BASE, "plan": {**PLAN, **plan}, "channels": channels, "forecast": {"fast": True}}
    return build(raw, "test.toml", folder)


def phone_history(folder, extra=()):
    """Twelve weeks of half hours of phone: 10 an hour in the morning, 30 after noon, on weekdays."""
    start = pd.date_range("2026-09-07", periods=12 * 7 * 48, freq="30min", tz="Europe/London")
    came = np.where(
        (start.hour >= 9) & (start.hour < 17) & (start.day_of_week < 5), np.where(start.hour < 12, 5, 15), 0
    )
    lines = [f"phone,{moment.isoformat()},{count},240" for moment, count in zip(start, came, strict=True)]
    (folder / "history.csv").write_text("\n".join(["channel,start,volume,aht_s", *lines, *extra]) + "\n")


PHONE = {"kind": "synchronous", "open": {"mon-fri": "09:00-17:00"}}


def planned(config, days=7):
    """Forecast table of the week."""
    horizon = Horizon(MONDAY, days, 30, "Europe/London")
    made = forecast_week(config, read_history(config), read_calendar(config), horizon)
    return made.table.assign(local=made.table.start.dt.tz_convert("Europe/London")), made.notes


def test_a_shape_is_borrowed_by_the_clock_of_each_channel(tmp_path):
    """In Kolkata, five and a half hours ahead, the morning of the lender is the morning, and no opening hour is empty."""
    phone_history(tmp_path)
    away = {**NEW, "shape": "phone", "timezone": "Asia/Kolkata"}
    table, _ = planned(config_of(tmp_path, {"phone": PHONE, "chat": away, "near": {**NEW, "shape": "phone"}}))
    clock = {}
    for name, zone in (("chat", "Asia/Kolkata"), ("near", "Europe/London")):
        mine = table[table.channel == name]
        clock[name] = mine.volume.groupby(mine.start.dt.tz_convert(zone).dt.strftime("%a %H:%M")).sum()
    assert clock["chat"].sum() == pytest.approx(800)
    pd.testing.assert_series_equal(clock["chat"], clock["near"], check_names=False)
    assert (clock["chat"].loc["Mon 09:00":"Mon 16:30"] > 0).all()


def test_a_channel_without_history_gets_its_volume_by_the_shape_of_another(tmp_path):
    """Twice 800 contacts in two weeks, three times as many an hour after noon as before, none at night."""
    phone_history(tmp_path)
    config = config_of(tmp_path, {"phone": PHONE, "chat": {**NEW, "shape": "phone"}})
    table, notes = planned(config, 14)
    chat = table[table.channel == "chat"]
    assert chat.volume.sum() == pytest.approx(1600)
    assert chat.volume[chat.local.dt.date < MONDAY + timedelta(days=7)].sum() == pytest.approx(800, rel=0.02)
    before, after = (chat.volume[(chat.local.dt.hour == hour)].sum() for hour in (10, 14))
    assert after == pytest.approx(3 * before, rel=0.1)
    assert set(chat.aht_s) == {240.0}
    assert (chat.q10 <= chat.q90).all()
    assert chat.q90.sum() > chat.volume.sum()
    said = [str(note) for note in notes if "no history" in str(note)]
    assert said == [
        'channel chat: has no history yet; 800 contacts a week are planned, spread by the shape of channel "phone"'
    ]


def test_order_of_channels_is_that_of_the_config(tmp_path):
    """The new channel comes first where the config has it first, though it is forecast last."""
    phone_history(tmp_path)
    table, _ = planned(config_of(tmp_path, {"chat": {**NEW, "shape": "phone"}, "phone": PHONE}))
    assert list(dict.fromkeys(table.channel)) == ["chat", "phone"]


def test_nothing_comes_before_the_first_day(tmp_path):
    """From Wednesday on, three fifths of an even week of five days."""
    phone_history(tmp_path)
    wednesday = MONDAY + timedelta(days=2)
    table, _ = planned(config_of(tmp_path, {"phone": PHONE, "chat": {**NEW, "from": wednesday}}))
    chat = table[table.channel == "chat"]
    assert chat.volume.sum() == pytest.approx(480)
    assert chat.volume[chat.local.dt.date < wednesday].sum() == 0


def test_thirteen_days_of_history_are_not_used_and_fourteen_are(tmp_path):
    """The edge between the volume stated and the history that takes its place."""
    for days, volume, said in ((13, 800, "until there are two weeks"), (14, 140, "its volume is not used")):
        first = MONDAY - timedelta(days=days)
        rows = [
            f"chat,{first + timedelta(days=day)}T{9 + slot // 2:02d}:{30 * (slot % 2):02d},{20 / 16},200"
            for day in range(days) for slot in range(16)
        ]  # fmt: skip
        phone_history(tmp_path, rows)
        always = {**NEW, "open": "09:00-17:00"}
        table, notes = planned(config_of(tmp_path, {"phone": PHONE, "chat": always}))
        assert table[table.channel == "chat"].volume.sum() == pytest.approx(volume, rel=0.03)
        assert any(said in str(note) for note in notes)


def test_a_plan_of_new_channels_needs_no_history(tmp_path):
    """Weights by the clock; the week must be stated."""
    shape = {"09:00": 3, "12:00": 1}
    config = config_of(tmp_path, {"chat": {**NEW, "shape": shape}}, week=MONDAY)
    table, notes = planned(build({**config.raw, "history": {}}, "test.toml", tmp_path))
    local = table.local.dt
    assert table.volume.sum() == pytest.approx(800)
    assert table.volume[(local.hour == 9) & (local.minute == 0)].sum() == pytest.approx(800 * 3 / (6 * 3 + 10))
    assert any("by the weights of the config" in str(note) for note in notes)


@pytest.mark.parametrize(
    ("channel", "said"),
    [
        ({"shape": "fone"}, '"fone" is not a channel and not "even"; did you mean "phone"?'),
        ({"shape": "chat"}, 'channel "chat" has no history to borrow from; name one that has, or use "even"'),
        ({"shape": {"8": 1}}, '"8" is not a time of day such as "08:00"'),
        ({"shape": {"08:00": 0}}, "has no weight above 0"),
        (
            {"shape": {"08:00": 0, "17:00": 2, "22:00": 0}},
            "channels.chat.shape: has no weight above 0 in the opening hours (mon 09:00-17:00, ",
        ),
        ({"volume": -1}, "volume"),
        (
            {"source": {}},
            'channels.chat.source: is empty; name a column with its texts, or { file = "*" } for all rows',
        ),
        ({"source": {"queue": []}}, 'channels.chat.source: has no text for "queue"; write "*" for all of them'),
        ({"volume": None, "from": MONDAY}, "channels.chat.from: needs volume, the contacts a week from that day on"),
    ],
)
def test_settings_that_cannot_be_are_refused(tmp_path, channel, said):
    """Each names the key and the remedy."""
    raw = {key: value for key, value in {**NEW, **channel}.items() if value is not None}
    with pytest.raises(ConfigError) as caught:
        config_of(tmp_path, {"phone": PHONE, "chat": raw})
    assert said in str(caught.value)


def daily(folder, volume=100, days=70, first=date(2026, 9, 21), channel="mail"):
    """Rows of daily totals, across the end of summer time."""
    lines = [f"{channel},{first + timedelta(days=day)},{volume},300" for day in range(days)]
    (folder / "history.csv").write_text("\n".join(["channel,start,volume,aht_s", *lines]) + "\n")


def test_daily_totals_are_spread_evenly_over_the_hours(tmp_path):
    """Every day keeps its total, the day of 25 hours too; a closed day has its contacts all day."""
    daily(tmp_path)
    channel = {"kind": "synchronous", "open": {"mon-sat": "09:00-17:00"}, "shape": "even"}
    history = read_history(config_of(tmp_path, {"mail": channel}))
    local = history.table.start.dt.tz_convert("Europe/London")
    totals = history.table.volume.groupby(local.dt.date).sum()
    assert np.allclose(totals, 100)
    assert len(totals) == 70
    of_day = dict(iter(history.table.groupby(local.dt.date)))
    assert len(of_day[date(2026, 10, 25)]) == 50  # a Sunday, closed, of 25 hours
    monday = of_day[date(2026, 10, 26)].volume
    assert np.allclose(sorted(monday), [0] * 32 + [100 / 16] * 16)
    assert [str(note) for note in history.notes if "spread" in str(note)] == [
        'history.csv: channel "mail": the totals of 70 days were spread evenly over the opening hours'
    ]


def test_daily_totals_are_refused_without_a_shape_and_told_the_way(tmp_path):
    """The fault names the setting that spreads them."""
    daily(tmp_path)
    config = config_of(tmp_path, {"mail": {"kind": "synchronous"}})
    with pytest.raises(DataError, match=r"set channels.mail.shape to spread the days"):
        read_history(config)


def test_a_shape_is_not_borrowed_from_daily_totals(tmp_path):
    """Mail and letters are both counted by the day."""
    daily(tmp_path)
    text = (tmp_path / "history.csv").read_text()
    more = text.replace("mail,", "letter,").split("\n", 1)[1]
    (tmp_path / "history.csv").write_text(text + more)
    kinds = {"letter": {"kind": "synchronous", "shape": "even"}, "mail": {"kind": "synchronous", "shape": "letter"}}
    with pytest.raises(
        DataError, match=r'has no intervals of channel "letter", whose shape channels.mail.shape borrows'
    ):
        read_history(config_of(tmp_path, kinds))


def test_daily_totals_take_the_shape_of_a_channel_with_intervals(tmp_path):
    """Phone has three times as many contacts after noon; so has mail."""
    lines = [f"mail,{date(2026, 9, 7) + timedelta(days=day)},280,300" for day in range(84)]
    phone_history(tmp_path, lines)
    history = read_history(config_of(tmp_path, {"phone": PHONE, "mail": {"kind": "synchronous", "shape": "phone"}}))
    mail = history.channel("mail")
    local = mail.start.dt.tz_convert("Europe/London").dt
    tuesday = mail.volume[(local.date == date(2026, 9, 8))]
    assert tuesday.sum() == pytest.approx(280)
    hours = local.hour[tuesday.index]
    assert tuesday[hours == 9].sum() == pytest.approx(280 * 10 / 180)
    assert tuesday[hours == 15].sum() == pytest.approx(280 * 30 / 180)
    sunday = mail.volume[(local.date == date(2026, 9, 13))]  # phone has none: the mean of all days
    assert sunday.sum() == pytest.approx(280)


@settings(max_examples=60)
@given(
    st.lists(st.tuples(st.integers(0, 4), st.floats(0, 1e6), st.floats(0, 1e6)), min_size=1, max_size=40),
)
def test_every_group_is_spread_whole(rows):
    """Shares of a group sum to 1, whatever its weights; none is negative."""
    group = np.array(sorted(row[0] for row in rows))
    group -= group[0]
    group = np.unique(group, return_inverse=True)[1]
    weights, otherwise = np.array([row[1] for row in rows]), np.array([row[2] for row in rows])
    share = shares(weights, group, otherwise)
    assert (share >= 0).all()
    assert np.allclose(np.bincount(group, weights=share), 1)


def test_weights_hold_from_their_time_on():
    """Before the first nothing; from a time on, that time included, its weight."""
    day = Horizon(MONDAY, 1, 30, "Europe/London")
    found = clock_weights({"9:00": 2, "12:30": 5}, day)
    assert found.tolist() == [0.0] * 18 + [2.0] * 7 + [5.0] * 23


def test_a_weekday_never_observed_has_the_mean_of_the_others():
    """Mondays have 4 at noon, Tuesdays 8; Wednesdays were not observed."""
    week = Horizon(MONDAY, 7, 720, "Europe/London")
    volume = np.full(14, np.nan)
    volume[:4] = [0, 4, 0, 8]
    found = weekday_weights(volume, week)
    assert found[0].tolist() == [0, 4]
    assert found[2].tolist() == [0, 6]


def test_a_closed_day_loses_its_share(tmp_path):
    """Five days share 800; the calendar closes one of them."""
    phone_history(tmp_path)
    config = config_of(tmp_path, {"phone": PHONE, "chat": NEW})
    events = pd.DataFrame({
        "channel": [""], "start": [pd.Timestamp(MONDAY)], "end": [pd.Timestamp(MONDAY)], "name": ["move"], "closed": ["yes"],
    })  # fmt: skip
    calendar = Calendar(pd.concat([no_events(), events], ignore_index=True), None, None, ())
    made = stated_volume(config, "chat", calendar, Horizon(MONDAY, 7, 30, "Europe/London"), None)
    assert made.mean.sum() == pytest.approx(640)
