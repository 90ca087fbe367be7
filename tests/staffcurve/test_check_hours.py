"""`check` lists the hours of the week in which history and stated opening hours differ."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from typer.testing import CliRunner

from configs.loader import build
from forecast import read_calendar, read_history
from forecast.opening.compare import compare_opening
from forecast.opening.hours import spans_of
from forecast.opening.quiet import touching
from reports.english.units import hours_of_week
from staffcurve.cli.app import app
from tests.forecast.test_week import BASE

CONFIG = """
[plan]
name = "hours"
timezone = "UTC"
interval = "1h"
[history]
path = "history.csv"
max_missing = 1.0
[channels.phone]
kind = "synchronous"
aht = "5min"
open = {phone}
[channels.mail]
kind = "deferrable"
aht = "5min"
open = "08:00-16:00"
target = {{ within = "8h" }}
[contracts.a]
agents = 3
days_per_week = 5
shifts = [ {{ length = "8h", start = "08:00" }} ]
cost_per_hour = 15
"""


def checked(folder: Path, *words: str, weeks: int = 20, phone: str = '"00:00-24:00"') -> tuple[str, dict]:
    """Check a phone with calls from 08:00 to 13:00 on weekdays, and a mailbox that is written to until 18:00."""
    start = pd.date_range("2026-01-05", periods=weeks * 168, freq="h")
    rng = np.random.default_rng(2)
    calls = rng.poisson(20 * ((start.hour >= 8) & (start.hour < 13) & (start.day_of_week < 5))).astype(float)
    calls[start == "2026-01-07 03:00"] = 1
    mails = rng.poisson(5 * ((start.hour >= 8) & (start.hour < 18)))
    rows = pd.concat(
        pd.DataFrame({"channel": name, "start": start.strftime("%Y-%m-%dT%H:%MZ"), "volume": volume})
        for name, volume in (("phone", calls), ("mail", mails))
    )
    rows.to_csv(folder / "history.csv", index=False)
    (folder / "hours.toml").write_text(CONFIG.format(phone=phone), encoding="utf-8")
    result = CliRunner().invoke(app, ["check", str(folder / "hours.toml"), *words])
    assert result.exit_code == 0, result.output
    return result.output, json.loads(result.stdout) if "--json" in words else {}


@pytest.mark.parametrize("weeks", [3, 20])
def test_both_ways_round_in_json(tmp_path, weeks):
    """Open and never busy, open and seldom busy, closed and busy; with days, hours and contacts a week."""
    _, text = checked(tmp_path, "--json", weeks=weeks)
    phone, mail = (each["opening"] for each in text["channels"])
    assert phone["stated"] == "daily 00:00-24:00"
    found = {each["kind"]: each for each in phone["differs"]}
    (kind,) = found
    # One call in three weeks is not seldom; one in twenty is, and belongs to the quiet night around it.
    wednesday = "Wed 00:00-03:00, 04:00-08:00, 13:00-24:00"
    assert (kind, found[kind]["hours"]) == {
        3: ("never_busy", f"Mon-Tue, Thu-Fri 00:00-08:00, 13:00-24:00; {wednesday}; Sat-Sun all day"),
        20: ("seldom_busy", "Mon-Fri 00:00-08:00, 13:00-24:00; Sat-Sun all day"),
    }[weeks]
    assert found[kind]["spans"][:2] == [
        {"day": "mon", "span": "00:00-08:00"},
        {"day": "mon", "span": "13:00-24:00"},
    ]
    assert found[kind]["contacts_a_week"] == pytest.approx(1 / 20 if weeks == 20 else 0)
    (outside,) = mail["differs"]
    assert (outside["kind"], outside["hours"]) == ("busy_outside", "Mon-Sun 16:00-18:00")
    assert outside["contacts_a_week"] == pytest.approx(14 * 5, rel=0.1)


def test_the_same_on_screen(tmp_path):
    """A line for each channel and kind of difference, and what to correct."""
    said = " ".join(checked(tmp_path)[0].split())
    quiet = "Mon-Fri 00:00-08:00, 13:00-24:00; Sat-Sun all day (0.05 contacts a week)"
    assert f"phone: open, but hardly any contacts: {quiet}" in said
    assert "never any contacts" not in said
    assert "mail: closed, but with contacts: Mon-Sun 16:00-18:00" in said
    assert "Correct channels.phone.open, channels.mail.open where the history is right." in said
    assert "No problems found." not in said


def test_hours_that_agree_are_not_listed(tmp_path):
    """Stated as they are, with the one stray call outside, only that call is listed."""
    _, text = checked(tmp_path, "--json", phone='{ mon-fri = "08:00-13:00" }')
    (outside,) = text["channels"][0]["opening"]["differs"]
    assert (outside["kind"], outside["hours"]) == ("busy_outside", "Wed 03:00-04:00")


def differing(folder: Path, start: pd.DatetimeIndex, volume, zone: str, interval="1h", **phone) -> dict[str, str]:
    """Kinds of difference and their hours, of a phone with these rows."""
    stamps = [moment.isoformat() for moment in start]
    pd.DataFrame({"channel": "phone", "start": stamps, "volume": volume}).to_csv(folder / "history.csv", index=False)
    plan = {"name": "test", "timezone": zone, "interval": interval}
    channel = {"kind": "synchronous", "aht": "5min", **phone}
    config = build({**BASE, "plan": plan, "channels": {"phone": channel}}, "test.toml", folder)
    rows = read_history(config).channel("phone")
    return {
        each.kind: hours_of_week(each.spans) for each in compare_opening(config, "phone", rows, read_calendar(config))
    }


def weeks_of(weeks: int, opens: int = 0, closes: int = 24) -> pd.DatetimeIndex:
    """Hours of UTC of whole weeks, those of the day from `opens` to `closes`."""
    start = pd.date_range("2026-01-05", periods=weeks * 168, freq="h", tz="UTC")
    return start[(start.hour >= opens) & (start.hour < closes)]


@pytest.mark.parametrize(("weeks", "rate"), [(20, 0.1), (52, 0.013), (12, 0.3)])
@pytest.mark.parametrize("seed", range(5))
def test_zeros_that_chance_explains_are_not_listed(tmp_path, weeks, rate, seed):
    """A channel with a contact a day or a week has hours without one: none of them looks closed."""
    start = weeks_of(weeks, 8, 18)
    volume = np.random.default_rng(seed).poisson(rate, len(start))
    assert volume.sum() > 0
    assert differing(tmp_path, start, volume, "UTC", open="08:00-18:00") == {}


@pytest.mark.parametrize("seed", range(3))
def test_one_quiet_night_is_one_line(tmp_path, seed):
    """Three contacts a week, somewhere in the nights: the nights are listed whole, as hours with hardly anything."""
    start = weeks_of(30)
    day = (start.hour >= 8) & (start.hour < 18)
    volume = np.random.default_rng(seed).poisson(np.where(day, 20, 0.02))
    assert differing(tmp_path, start, volume, "UTC") == {"seldom_busy": "Mon-Sun 00:00-08:00, 18:00-24:00"}


def test_a_quiet_channel_that_closes_for_lunch_is_found_out(tmp_path):
    """An hour of every day is one run, though a single one of them says nothing: 4 zeros of a contact every 2 days."""
    start = weeks_of(8, 8, 18)
    volume = np.where(start.hour == 12, 0, np.random.default_rng(4).poisson(0.5, len(start)))
    assert differing(tmp_path, start, volume, "UTC", open="08:00-18:00") == {"never_busy": "Mon-Sun 12:00-13:00"}


def test_quiet_hours_apart_keep_their_kinds():
    """Hours touch when one follows the other, through midnight and from Sunday to Monday."""
    one, other = np.zeros((7, 24), dtype=bool), np.zeros((7, 24), dtype=bool)
    one[0, 0] = True
    other[6, 22] = True
    assert not touching(one, other)
    other[6, 23] = True
    assert touching(one, other)
    assert touching(other, one)


def test_eight_ranges_are_named_on_screen():
    """A ninth and a tenth are counted; eight are listed all."""
    hours = np.zeros((7, 24), dtype=bool)
    hours[0, 0:16:2] = True
    eight = "Mon 00:00-01:00, 02:00-03:00, 04:00-05:00, 06:00-07:00, 08:00-09:00, 10:00-11:00, 12:00-13:00, 14:00-15:00"
    assert hours_of_week(spans_of(hours), 8) == eight
    hours[1, 5] = hours[2] = True
    assert hours_of_week(spans_of(hours), 8) == f"{eight} and 2 more"
    assert hours_of_week(spans_of(hours)) == f"{eight}; Tue 05:00-06:00; Wed all day"


@pytest.mark.parametrize("zone", ["Asia/Kolkata", "Australia/Lord_Howe", "Asia/Kathmandu"])
def test_an_hour_open_in_part_is_open(tmp_path, zone):
    """Hours of London overlap the opening of a channel whose clock is half an hour off: nothing differs.

    An hour after the opening that does not touch it is outside.
    """
    start = pd.date_range("2026-07-27", "2026-11-30", freq="h", tz="UTC", inclusive="left")
    # The slow way: an hour is open when a quarter of it is.
    local = [(start + pd.Timedelta(minutes=15 * part)).tz_convert(zone).hour for part in range(4)]
    is_open = np.any([(hour >= 8) & (hour < 18) for hour in local], axis=0)
    phone = {"timezone": zone, "open": "08:00-18:00"}
    kept = start[is_open]
    assert differing(tmp_path, kept, 30.0, "Europe/London", **phone) == {}
    late = kept.union(start[~is_open & np.roll(is_open, 1)][-1:])
    assert list(differing(tmp_path, late, 30.0, "Europe/London", **phone)) == ["busy_outside"]


def test_the_hour_that_is_open_in_part_is_compared(tmp_path):
    """Half an hour of opening, in a zone half an hour off: its contacts are neither outside nor unobserved."""
    start = weeks_of(8, 1, 4)
    volume = np.where(start.hour == 2, 30.0, 0.0)  # 07:30 in India
    phone = {"timezone": "Asia/Kolkata", "open": "08:00-08:30"}
    assert differing(tmp_path, start, volume, "UTC", **phone) == {}
