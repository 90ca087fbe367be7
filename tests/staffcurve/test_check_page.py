"""The page of `staffcurve check`."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from staffcurve.cli.app import app
from tests.staffcurve.sites import write_site


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The small site."""
    return write_site(tmp_path_factory.mktemp("site"))


def test_check_writes_a_page_with_every_channel(site, tmp_path):
    """A section a channel; the JSON names the page, and the same data give the same bytes."""
    first, again = tmp_path / "check.html", tmp_path / "again" / "check.html"
    told = CliRunner().invoke(app, ["check", str(site), "--out", str(first), "--json"])
    assert told.exit_code == 0, told.output
    assert json.loads(told.stdout)["page"] == str(first)
    text = first.read_text(encoding="utf-8")
    assert '<section id="channel-phone"' in text
    assert '<section id="channel-email"' in text
    assert CliRunner().invoke(app, ["check", str(site), "--out", str(again)]).exit_code == 0
    assert again.read_bytes() == first.read_bytes()


def test_without_out_nothing_is_written(site):
    """`check` leaves the folder as it was, and its JSON has no page."""
    before = sorted(site.parent.iterdir())
    told = CliRunner().invoke(app, ["check", str(site), "--json"])
    assert "page" not in json.loads(told.stdout)
    assert sorted(site.parent.iterdir()) == before
