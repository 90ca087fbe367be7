"""Files of every kind are read with nothing but `staffcurve import --write`, and no contact is lost."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from typer.testing import CliRunner

from forecast.data.sources.registry import BY_NAME
from staffcurve.cli.app import app
from tests.staffcurve.importing.made import PLAIN, halves, total
from tests.staffcurve.importing.made_profiles import PROFILES

HANDLED = sum(half.handled for half in halves())
MEAN_S = sum(half.handled * half.aht_s for half in halves()) / HANDLED
WITH_HANDLE_TIMES = {
    "from and to", "AM and PM", "durations", "dots and commas", "German", "parts of a total", "thousands",
    "Italian", "forecast beside", "a row a contact", "amazon-connect", "asterisk-queue-log", "avaya-cms", "calabrio", "fusionpbx",
    "genesys-history", "genesys-view", "vicidial",
}  # fmt: skip
PROOFS = {"source", "vendor page", "converters", "one example"}


def called(*words):
    """What a command prints as JSON, when it succeeds."""
    told = CliRunner().invoke(app, [*map(str, words), "--json"])
    assert told.exit_code == 0, told.output
    return json.loads(told.stdout)


@pytest.fixture(scope="module")
def brought_in(tmp_path_factory):
    """Write a file, import it into a new config and check that; what both commands print, once for each file."""
    done = {}

    def bring(name):
        if name not in done:
            folder, content = tmp_path_factory.mktemp("made"), (PLAIN | PROFILES)[name]
            file, config = folder / f"{name.replace(' ', '-')}.csv", folder / "centre.toml"
            file.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
            made = called("import", file, config, "--write", "--set", "plan.timezone=UTC")
            assert made["written"] == str(config)
            done[name] = made, called("check", config)
        return done[name]

    return bring


@pytest.mark.parametrize("name", list(PLAIN | PROFILES))
def test_the_totals_are_those_of_an_independent_sum(brought_in, name):
    """`import` and `check` count the contacts that were written into the file, with their handle times."""
    made, checked = brought_in(name)
    assert made["totals"]["contacts"] == total()
    assert (made["totals"]["first"], made["totals"]["last"]) == ("2026-01-05", "2026-01-23")
    (channel,) = checked["channels"]
    assert channel["contacts"] == total()
    assert (channel["from"], channel["to"]) == ("2026-01-05", "2026-01-23")
    if name in WITH_HANDLE_TIMES:
        assert channel["aht_s"] == pytest.approx(MEAN_S, abs=0.6)


@pytest.mark.parametrize("name", list(PROFILES))
def test_a_system_is_named_with_the_proof_of_its_columns(brought_in, name):
    """The block holds the profile and nothing that it says itself."""
    made, _ = brought_in(name)
    assert made["system"] == name
    assert made["proof"] in PROOFS
    assert made["reading"] == {"path": f"{name}.csv", "format": name}


@pytest.mark.parametrize("name", list(PLAIN))
def test_the_hours_are_those_of_the_file(brought_in, name):
    """Nine to five on five days, whatever the spelling: the picture is of the right week."""
    totals = brought_in(name)[0]["totals"]
    by_hour = [sum(half.offered for half in halves() if half.start.hour == hour) for hour in range(24)]
    by_day = [sum(half.offered for half in halves() if half.start.weekday() == day) for day in range(7)]
    assert totals["by_hour"] == by_hour
    assert totals["by_weekday"] == by_day


@pytest.mark.parametrize("minutes", [60, 20, 12])
def test_the_contract_of_a_new_config_fits_the_intervals_of_the_file(minutes, tmp_path):
    """Half an hour is no multiple of them: shifts and breaks are whole hours, and the config is one that `check` takes."""
    day, step = datetime(2026, 1, 5, tzinfo=UTC), timedelta(minutes=minutes)
    rows = [f"{day + n * step:%Y-%m-%dT%H:%MZ},{1 + n % 7}" for n in range(14 * 1440 // minutes)]
    (tmp_path / "a.csv").write_text("\n".join(["start,volume", *rows]) + "\n")
    called("import", tmp_path / "a.csv", tmp_path / "c.toml", "--write", "--set", "plan.timezone=UTC")
    (channel,) = called("check", tmp_path / "c.toml")["channels"]
    assert channel["intervals"] == len(rows)


def test_days_that_begin_at_midnight_are_days_where_the_clock_changes(tmp_path):
    """Stamps of UTC an hour apart from day to day are no hourly file: the plan spreads them over opening hours."""
    zone = ZoneInfo("Europe/London")
    days = [datetime(2026, 3, 16, tzinfo=zone) + timedelta(days=n) for n in range(28)]
    head = ",".join(BY_NAME["amazon-connect"].columns)
    rows = [f"Basic,id,VOICE,{day.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ},daily,100,200,90" for day in days]
    (tmp_path / "a.csv").write_text("\n".join([head, *rows]) + "\n")
    called("import", tmp_path / "a.csv", tmp_path / "c.toml", "--write", "--set", "plan.timezone=Europe/London")
    checked = called("check", tmp_path / "c.toml")
    assert checked["channels"][0]["contacts"] == pytest.approx(2800)
    assert "days-spread" in {note["code"] for note in checked["notes"]}


def test_the_handle_time_of_a_check_is_that_of_the_contacts_handled(tmp_path):
    """Hours with many contacts that gave up do not weigh more: the figure is the one of the system's own report."""
    rows = ["2026-01-05T09:00Z,10,10,100", "2026-01-05T10:00Z,90,30,300", "2026-01-05T11:00Z,5,,200"]
    (tmp_path / "a.csv").write_text("\n".join(["start,volume,handled,aht_s", *rows]) + "\n")
    called("import", tmp_path / "a.csv", tmp_path / "c.toml", "--write", "--set", "plan.timezone=UTC")
    (channel,) = called(
        "check", tmp_path / "c.toml", "--set", 'history.aht.unit="s"', "--set", 'history.aht.is="mean"'
    )["channels"]
    assert channel["aht_s"] == pytest.approx((10 * 100 + 30 * 300 + 5 * 200) / 45)
