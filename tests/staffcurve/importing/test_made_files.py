"""Files of every kind are read with nothing but `staffcurve import --write`, and no contact is lost."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

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
