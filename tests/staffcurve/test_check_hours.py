"""`check` lists the hours of the week in which history and stated opening hours differ."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from typer.testing import CliRunner

from staffcurve.cli import app

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
    _, told = checked(tmp_path, "--json", weeks=weeks)
    phone, mail = (each["opening"] for each in told["channels"])
    assert phone["stated"] == "daily 00:00-24:00"
    found = {each["kind"]: each for each in phone["differs"]}
    assert found["never_busy"]["hours"] == (
        "Mon-Tue, Thu-Fri 00:00-08:00, 13:00-24:00; Wed 00:00-03:00, 04:00-08:00, 13:00-24:00; Sat-Sun all day"
    )
    assert found["never_busy"]["spans"][:2] == [
        {"day": "mon", "span": "00:00-08:00"},
        {"day": "mon", "span": "13:00-24:00"},
    ]
    if weeks == 20:
        assert found["seldom_busy"]["hours"] == "Wed 03:00-04:00"
        assert found["seldom_busy"]["contacts_a_week"] == pytest.approx(1 / 20)
    (outside,) = mail["differs"]
    assert (outside["kind"], outside["hours"]) == ("busy_outside", "Mon-Sun 16:00-18:00")
    assert outside["contacts_a_week"] == pytest.approx(14 * 5, rel=0.1)


def test_the_same_on_screen(tmp_path):
    """A line for each channel and kind of difference, and what to correct."""
    said = " ".join(checked(tmp_path)[0].split())
    assert "phone: open, but hardly anything came: Wed 03:00-04:00 (0.05 contacts a week)" in said
    assert "phone: open, but nothing ever came: Mon-Tue, Thu-Fri 00:00-08:00, 13:00-24:00; Wed" in said
    assert "mail: closed, but contacts came: Mon-Sun 16:00-18:00" in said
    assert "Correct channels.phone.open, channels.mail.open where the history is right." in said
    assert "Nothing is wrong" not in said


def test_hours_that_agree_are_not_listed(tmp_path):
    """Stated as they are, with the one stray call outside, only that call is listed."""
    _, told = checked(tmp_path, "--json", phone='{ mon-fri = "08:00-13:00" }')
    (outside,) = told["channels"][0]["opening"]["differs"]
    assert (outside["kind"], outside["hours"]) == ("busy_outside", "Wed 03:00-04:00")
