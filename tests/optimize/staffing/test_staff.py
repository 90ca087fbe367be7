"""The requirement of every channel and interval, worked out by hand for a small config."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest

from configs.errors import ConfigError, DataError
from configs.loader import build
from optimize.staffing import Curve, erlang_a, required_agents, serve, staff


def _at(table, channel, hour, day=30):
    moment = pd.Timestamp(f"2026-{'11' if day == 30 else '12'}-{day:02d} {hour:02d}:00", tz="UTC")
    return table[(table["channel"] == channel) & (table["start"] == moment)].iloc[0]


def test_every_interval_of_every_channel_has_a_row(config, forecast, horizon):
    """Channels in the order of the config, intervals in the order of time, nothing left out."""
    table = staff(config, forecast, horizon).table
    assert table["channel"].tolist() == ["phone"] * 96 + ["chat"] * 96 + ["email"] * 96
    assert table["start"].tolist() == list(horizon.starts) * 3
    assert table["kind"].unique().tolist() == ["synchronous", "concurrent", "deferrable"]


def test_phone(config, forecast, horizon):
    """60 calls of 180 s in half an hour are 6 Erlang; 80 % in 20 s takes 8 agents, and the service is theirs."""
    row = _at(staff(config, forecast, horizon).table, "phone", 9)
    service = erlang_a([8, 7], 6, 180, 120, 20)
    assert service.service_level[0] >= 0.8 > service.service_level[1]
    assert [row["load_erl"], row["agents"], row["agents_present"]] == [6, 8, 8]
    for name in ("service_level", "asa_s", "abandonment", "occupancy"):
        assert row[name] == pytest.approx(float(getattr(service, name)[0]), abs=1e-6), name
    assert np.isnan(row["work_h"])
    assert pd.isna(row["due"])


def test_chat(config, forecast, horizon):
    """Chat follows its touches; its load is the agent time of a conversation with all slots in use."""
    row = _at(staff(config, forecast, horizon).table, "chat", 9)
    curve = Curve.from_touches(3, 30, 60, 8)
    assert row["aht_s"] == pytest.approx(curve.handle_s)
    assert row["load_erl"] == pytest.approx(20 * curve.handle_s / 1800)
    assert row["agents"] == float(required_agents(row["load_erl"], curve=curve, share=0.8, within_s=20, patience_s=120))


def test_email(config, forecast, horizon):
    """10 e-mails of 360 s are 1.25 hours at 80 % occupancy; in by 10:30 on Monday, due on Tuesday at 10:30."""
    row = _at(staff(config, forecast, horizon).table, "email", 10)
    assert row["work_h"] == pytest.approx(1.25)
    assert row["due"] == pd.Timestamp("2026-12-01 10:30", tz="UTC")
    assert [row["agents"], row["agents_present"], row["load_erl"]] == [0, 0, 2]
    assert np.isnan(row["service_level"])


def test_closed_and_empty_intervals_take_nobody(config, forecast, horizon):
    """At night there are no agents and no service to speak of; an interval without contacts takes the minimum."""
    forecast.loc[(forecast["channel"] == "phone") & (forecast["start"] == horizon.starts[20]), "volume"] = 0.0
    table = staff(config, forecast, horizon).table
    for hour in (3, 10):
        row = _at(table, "phone", hour)
        assert [row["agents"], row["agents_present"], row["load_erl"]] == [0, 0, 0]
        assert np.isnan(row["service_level"])


def test_minimum_holds_while_open_only(raw, forecast, horizon):
    """Nine people at least from 8 to 18, nobody at night; what must be present stays the queue's answer."""
    raw["channels"]["phone"]["minimum"] = 9
    table = staff(build(raw), forecast, horizon).table
    assert [_at(table, "phone", 9)[name] for name in ("agents", "agents_present")] == [9, 8]
    assert _at(table, "phone", 3)["agents"] == 0


def test_absence_divides(raw, forecast, horizon):
    """With 20 % absent, 8 present are 10 rostered and e-mail takes a quarter more hours."""
    raw["staffing"] = {"absence": 0.2}
    table = staff(build(raw), forecast, horizon).table
    assert [_at(table, "phone", 9)[name] for name in ("agents", "agents_present")] == [10, 8]
    assert _at(table, "email", 10)["work_h"] == pytest.approx(1.5625)


def test_closed_days_take_nobody(config, forecast, horizon):
    """A holiday closes the channel, its contacts are told of, and its minimum does not count."""
    result = staff(config, forecast, horizon, closed_days={"phone": [date(2026, 12, 1)]})
    assert _at(result.table, "phone", 9, day=1)["agents"] == 0
    assert _at(result.table, "phone", 9)["agents"] == 8
    assert (
        "channels.phone: 1,200.0 contacts are forecast outside the opening hours; no agents are staffed for them"
        in map(str, result.notes)
    )


def test_contacts_outside_opening_hours_are_told(config, forecast, horizon):
    """Seven calls at three in the morning are not staffed, and said so; e-mail may come in at any time."""
    forecast.loc[(forecast["channel"] == "phone") & (forecast["start"] == horizon.starts[6]), "volume"] = 7.0
    result = staff(config, forecast, horizon)
    assert [str(note) for note in result.notes] == [
        "channels.phone: 7.0 contacts are forecast outside the opening hours; no agents are staffed for them"
    ]


def test_risk_takes_a_quantile(raw, forecast, horizon):
    """Nine weeks in ten: the 90 % quantile is staffed; where there is none, the mean, with a note for each channel."""
    raw["staffing"] = {"risk": 0.9}
    spread = forecast.assign(
        **{
            name: forecast["volume"] * factor
            for name, factor in {"q025": 0.7, "q10": 0.8, "q50": 1, "q90": 1.2, "q975": 1.3}.items()
        }
    )
    result = staff(build(raw), spread, horizon)
    assert _at(result.table, "phone", 9)["volume"] == pytest.approx(72)
    assert result.notes == ()
    bare = staff(build(raw), forecast, horizon)
    assert _at(bare.table, "phone", 9)["volume"] == 60
    assert (
        str(bare.notes[0])
        == "channels.phone: the forecast has no quantiles in 96 intervals; staffed for the mean volume there"
    )


def test_order_of_rows_does_not_matter(config, forecast, horizon):
    """The same rows in any order give the same table."""
    shuffled = forecast.sample(frac=1, random_state=1)
    pd.testing.assert_frame_equal(staff(config, shuffled, horizon).table, staff(config, forecast, horizon).table)


def test_the_given_table_is_left_alone(config, forecast, horizon):
    """The forecast handed in is not changed."""
    before = forecast.copy()
    staff(config, forecast, horizon)
    pd.testing.assert_frame_equal(forecast, before)


def test_missing_intervals_are_told(config, forecast, horizon):
    """An interval that is not there is a fault with its time, not a zero."""
    with pytest.raises(DataError) as error:
        staff(config, forecast.drop(index=[20, 21]), horizon)
    assert str(error.value) == (
        'forecast table, channel "phone": has no row for 2 intervals of the planned days, the first at 2026-11-30 10:00; '
        "write 0 where no contact is expected"
    )


def test_missing_channel_is_told(config, forecast, horizon):
    """A channel without rows is told with the nearest name there is."""
    with pytest.raises(DataError) as error:
        staff(config, forecast.replace({"channel": {"phone": "phones"}}), horizon)
    assert (
        str(error.value)
        == 'forecast table: has no rows for channel "phone"; it has chat, email, phones; did you mean "phones"?'
    )


def test_other_channels_and_days_are_noted(config, forecast, horizon):
    """Rows nobody asked for are left out, and said so."""
    extra = forecast.iloc[:1].assign(channel="fax")
    late = forecast.iloc[:1].assign(start=horizon.end)
    notes = [str(note) for note in staff(config, pd.concat([forecast, extra, late]), horizon).notes]
    assert "forecast table: contains fax, not in the config; left out" in notes
    assert 'forecast table, channel "phone": 1 rows lie outside the planned days and were left out' in notes


def test_contacts_without_handle_time_are_told(config, raw, forecast, horizon):
    """Without a handle time in the table the channel's own is taken; without either it is a fault."""
    bare = forecast.drop(columns="aht_s")
    with pytest.raises(
        DataError,
        match=r'"phone": aht_s must be above 0 where there are contacts, got nan at 2026-11-30 08:00; give it there',
    ):
        staff(config, bare, horizon)
    raw["channels"]["phone"]["aht"], raw["channels"]["email"]["aht"] = "180s", "360s"
    assert _at(staff(build(raw), bare, horizon).table, "phone", 9)["agents"] == 8


def test_unreachable_promises_are_told(raw, forecast, horizon):
    """A reply quicker than one touch cannot be had from any number of agents."""
    raw["channels"]["chat"]["target"]["response"] = "30s"
    with pytest.raises(ConfigError) as error:
        staff(build(raw), forecast, horizon)
    assert str(error.value) == (
        'channels.chat.target: no number of agents meets it (share = 0.8, response = "30s", '
        "and one reply alone takes 30s); relax the target"
    )


def test_strange_chat_handle_time_is_noted(config, forecast, horizon):
    """A history that counts the whole conversation as handle time is told apart from touch x touches."""
    forecast.loc[forecast["channel"] == "chat", "aht_s"] = 700.0
    notes = [str(note) for note in staff(config, forecast, horizon).notes]
    assert notes == [
        (
            "channels.chat: the forecast has a handle time of 700 s, touch x touches is 240 s; "
            "staffed with touch, think and touches"
        )
    ]


def test_service_really_given(config, forecast, horizon):
    """With the people required the service is that of the requirement; with none it is 0; without contacts unknown."""
    table = staff(config, forecast, horizon).table
    given = serve(config, table, table.rename(columns={"agents": "staffed"})[["channel", "start", "staffed"]])
    assert given["channel"].unique().tolist() == ["phone", "chat"]
    live = table[table["kind"] != "deferrable"].reset_index(drop=True)
    np.testing.assert_allclose(given["service_level"], live["service_level"], atol=1e-6)
    np.testing.assert_allclose(given["abandonment"], live["abandonment"], atol=1e-6)
    nobody = serve(config, table, table[["channel", "start"]].assign(staffed=0))
    busy = live["volume"] > 0
    assert nobody.loc[busy, "service_level"].eq(0).all()
    assert nobody.loc[busy, "abandonment"].eq(1).all()
    assert nobody.loc[~busy, "service_level"].isna().all()


def test_absent_people_do_not_serve(raw, forecast, horizon):
    """Of 10 rostered with 25 % absent 7.5 are there: a real number of agents."""
    raw["staffing"] = {"absence": 0.25}
    config = build(raw)
    table = staff(config, forecast, horizon).table
    given = serve(config, table, table[["channel", "start"]].assign(staffed=10))
    assert _at(given, "phone", 9)["service_level"] == pytest.approx(float(erlang_a(7.5, 6, 180, 120, 20).service_level))


def test_service_without_volume_is_unknown(config, forecast, horizon):
    """A requirement from a file may have no volume: then nothing is said of the service."""
    table = staff(config, forecast, horizon).table[["channel", "start", "agents"]]
    given = serve(config, table, table.rename(columns={"agents": "staffed"}))
    assert given["service_level"].isna().all()


def test_an_interval_without_people_is_told(config, forecast, horizon):
    """A row missing in the staffing is a fault, not a zero."""
    table = staff(config, forecast, horizon).table
    with pytest.raises(
        DataError,
        match=r'staffed: has no people for channel "phone" at 2026-11-30 00:00 UTC; write 0 where nobody works',
    ):
        serve(config, table, table[["channel", "start"]].assign(staffed=5).iloc[1:])


def test_the_demo_config_is_staffed_in_a_second(horizon):
    """Five channels, a week of quarter hours."""

    from configs.horizon import Horizon
    from configs.loader import load

    live = ("phone", "video", "chat", "messaging")
    config = load("demo", [f"channels.{name}.target.over=interval" for name in live])
    week = Horizon(date(2026, 11, 30), 7, 15, "Europe/London")
    rng = np.random.default_rng(1)
    frames = [
        pd.DataFrame(
            {
                "channel": name,
                "start": week.starts,
                "volume": rng.gamma(4, 8, week.size) * week.is_open(channel.open),
                "aht_s": rng.uniform(230, 260, week.size),
            }
        )
        for name, channel in config.channels.items()
    ]
    table = staff(config, pd.concat(frames), week).table
    live = table[(table["kind"] != "deferrable") & (table["volume"] > 0)]
    assert (live["service_level"] >= 0.8 - 1e-12).all()
    assert (live["occupancy"] <= 0.90 + 1e-12).all()


def test_calling_again_needs_somebody_who_gave_up(raw):
    """Redials without patience are refused with the reason; everybody calling again for ever too."""
    raw["channels"]["phone"] |= {"redial_share": 0.3}
    build(raw)
    del raw["channels"]["phone"]["patience"]
    with pytest.raises(ConfigError, match="redial_share needs patience: without it nobody gives up"):
        build(raw)
    raw["channels"]["phone"] |= {"redial_share": 1.0, "patience": "2min"}
    with pytest.raises(ConfigError, match=r"channels.phone.redial_share"):
        build(raw)


def test_the_exact_day_knows_no_redials(raw, forecast, horizon):
    """It is said, and the lagged load is used."""
    raw["channels"]["phone"] |= {"redial_share": 0.3}
    raw["staffing"] = {"method": "exact"}
    made = staff(build(raw), forecast, horizon)
    assert any("no redials" in note.sentence for note in made.notes)
