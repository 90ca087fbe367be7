"""``staffcurve frontier``: what is asked for, what is written; the plans of most tests are made by hand."""

from __future__ import annotations

import csv
import io
import json
from itertools import pairwise
from pathlib import Path

import pytest
from typer.testing import CliRunner

from reports.formatting import money
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


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (
            ("email", "--set", "channels.email.target.over=day", *DAY),
            "channels.email: is deferrable work; the frontier",
        ),
        (("phone", "fone", *DAY), 'frontier: "fone" is not a channel; did you mean "phone"?'),
    ],
)
def test_work_that_waits_has_no_frontier(site: Path, words: tuple[str, ...], sentence: str, asked: list[str]) -> None:
    """The channel and the reason; one wrong name among right ones is told too."""
    told = call(site, *words)
    assert told.exit_code == 1
    assert sentence in " ".join(told.stderr.split())
    assert not asked


WEEKS = ("--set", "staffing.loop.replications=200")


def rows_of(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))))


def test_a_small_centre_has_a_frontier_of_its_own(site: Path, tmp_path: Path) -> None:
    """More in time costs more and is kept more surely; 0.9 asked is reached within chance; the same bytes again.

    Deferrable work with a target over a day has none and is passed over. The page draws the same points as the table.
    """
    email = ("--set", "channels.email.target.over=day", "--set", "channels.email.target.share=0.95")
    for name in ("one.csv", "two.csv", "page.html"):
        told = call(site, *DAY, *WEEKS, *email, "--out", tmp_path / name)
        assert told.exit_code == 0, told.output
    rows = rows_of(tmp_path / "one.csv")
    assert (tmp_path / "one.csv").read_bytes() == (tmp_path / "two.csv").read_bytes()
    assert {each["channel"] for each in rows} == {"phone"}
    assert len(rows) >= 3
    shares, costs, met = ([float(each[key]) for each in rows] for key in ("share", "cost", "probability"))
    assert all(a < b for a, b in pairwise(shares))
    assert all(a < b for a, b in pairwise(costs))
    assert all(a < b + 0.02 for a, b in pairwise(met))
    (chosen,) = (each for each in rows if each["chosen"] == "true")
    assert float(chosen["probability"]) == pytest.approx(0.9, abs=0.035)
    assert met[-1] > float(chosen["probability"]) > met[0]
    page = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert page.count('role="img" aria-label=') == 1
    assert all(f">{money(cost, 'GBP')}</td>" in page for cost in costs)
    assert "a roster costs a little more" in page


def test_channels_of_one_target_have_one_frontier(tmp_path: Path) -> None:
    """Either channel, or the name of the target, asks for the same plans; the page says what they promise together."""
    config = write_site(tmp_path / "pair")
    text = config.read_text(encoding="utf-8").replace('kind = "deferrable"', 'kind = "synchronous"')
    text = text.replace('target = { within = "8h" }', 'target = { share = 0.80, within = "60s" }\npatience = "3min"')
    joint = '\n[targets.voice]\nchannels = ["phone", "email"]\nshare = 0.8\nover = "week"\n'
    text = text.replace('within = "20s" }', 'within = "20s", floor = 0.3 }').replace('"60s" }', '"60s", floor = 0.3 }')
    config.write_text(text + joint, encoding="utf-8")
    fast = ("--set", "forecast.fast=true", "--set", "staffing.loop.replications=60")
    for name in ("phone", "voice"):
        told = call(config, name, *fast, "--out", tmp_path / f"{name}.csv")
        assert told.exit_code == 0, told.output
    assert (tmp_path / "phone.csv").read_bytes() == (tmp_path / "voice.csv").read_bytes()
    assert {each["channel"] for each in rows_of(tmp_path / "voice.csv")} == {"voice"}
    told = call(config, *fast, "--out", tmp_path / "all.html")
    assert "Voice: 80% in time at phone and email together" in (tmp_path / "all.html").read_text(encoding="utf-8")
