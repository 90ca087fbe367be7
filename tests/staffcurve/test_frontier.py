"""``staffcurve frontier``: what is asked for, what is written; the plans are made by hand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from staffcurve.cli.app import app
from tests.reports.frontier.test_frontier import PHONE
from tests.staffcurve.sites import write_site

DAY = ("--set", "channels.phone.target.over=day", "--set", "forecast.fast=true")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small site."""
    return write_site(tmp_path_factory.mktemp("site"))


def call(*words: object):
    return CliRunner().invoke(app, ["frontier", *map(str, words)])


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Channels the engine is asked for; it answers with plans of the phone made by hand."""
    names: list[str] = []

    def made(_config, _horizon, _forecast, _people, channels, _tell):
        names.extend(channels)
        return (PHONE,)

    monkeypatch.setattr("optimize.targets.frontier.frontier", made)
    return names


def test_page_and_table_are_written_by_the_ending_of_the_name(site: Path, tmp_path: Path, asked: list[str]) -> None:
    """Without channels all with a span are asked for; the screen has the sentence and the table."""
    for name, begin in (("f.html", "<!doctype html>"), ("f.csv", "channel,share,cost,")):
        told = call(site, *DAY, "--out", tmp_path / name)
        assert told.exit_code == 0, told.output
        assert (tmp_path / name).read_text(encoding="utf-8").startswith(begin)
        assert "98% would cost £3,310 more." in told.stdout
        assert "3, this plan" in told.stdout
    assert asked == ["phone", "phone"]


def test_json_has_every_point(site: Path, asked: list[str]) -> None:
    """The same numbers as the table; no file where none is asked for."""
    told = json.loads(call(site, "phone", *DAY, "--json").stdout)
    assert [point["cost"] for point in told["channels"][0]["points"]] == [point.cost for point in PHONE.points]
    assert "file" not in told
    assert asked == ["phone"]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("fone", *DAY), 'frontier: "fone" is not a channel; did you mean "phone"?'),
        (
            ("email", *DAY),
            'channels.email.target.over: is "interval"; the frontier is for targets over "day" or "week"',
        ),
        ((), 'channels.phone.target.over: is "interval"; the frontier is for targets over "day" or "week"'),
        (("--out", "f.pdf", *DAY), '--out: "f.pdf" is neither a page nor a table; end its name in .html or .csv'),
    ],
)
def test_what_cannot_be_drawn_is_told_before_anything_is_planned(
    site: Path, words: tuple[str, ...], sentence: str, asked: list[str]
) -> None:
    """Exit code 1, the key and the remedy; the engine is not asked."""
    told = call(site, *words)
    assert told.exit_code == 1
    assert sentence in " ".join(told.stderr.split())
    assert not asked
