"""The generator of made centres: the same seed gives the same bytes, and the product reads every centre."""

from __future__ import annotations

import csv
import tomllib
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from benchmarks.centres.channels import channels_of
from benchmarks.centres.make import make
from benchmarks.centres.people import contracts_of, people_of
from benchmarks.centres.sizes import FIRST_TEN, SHARING, size_of
from benchmarks.centres.toml import toml_of
from benchmarks.centres.volumes import PAST_WEEKS, PLANNED, history_of, hours_of, shape_of, weekly_volume
from benchmarks.target_cases.figures import Figure

FILES = ("agents.csv", "history.csv", "plan.toml")


def test_the_same_seed_gives_the_same_bytes(tmp_path: Path) -> None:
    """Two makings agree byte for byte; another seed or number makes another centre."""
    first, again, other = (make(tmp_path / name, seed, 3) for name, seed in (("a", 1), ("b", 1), ("c", 2)))
    for name in FILES:
        assert (first.parent / name).read_bytes() == (again.parent / name).read_bytes()
    assert (first.parent / "history.csv").read_bytes() != (other.parent / "history.csv").read_bytes()


@pytest.mark.parametrize("number", [*range(1, 11), 17, 23])
def test_every_centre_is_read_by_check(tmp_path: Path, number: int) -> None:
    """``staffcurve check`` finds nothing wrong with the first ten centres, nor with others."""
    from staffcurve.cli.app import app

    answer = CliRunner().invoke(app, ["check", str(make(tmp_path, 1, number))])
    assert answer.exit_code == 0, answer.output
    assert "No problems found" in answer.output


def test_the_first_ten_span_the_range() -> None:
    """2 to 12 channels, 20 to 600 people, every way of sharing skills twice."""
    sizes = [size_of(1, number) for number in range(1, 11)]
    assert len(FIRST_TEN) == 10
    assert (min(each.channels for each in sizes), max(each.channels for each in sizes)) == (2, 12)
    assert (min(each.people for each in sizes), max(each.people for each in sizes)) == (20, 600)
    assert Counter(each.sharing for each in sizes) == dict.fromkeys(SHARING, 2)


@pytest.mark.parametrize(("number", "several"), [(1, 0.0), (2, 5 / 36), (10, 1.0)])
def test_skills_are_shared_as_said(number: int, several: float) -> None:
    """Nobody knows several channels, one in seven of the 22, 7 and 7 people of each channel (3 + 1 + 1), everybody."""
    size = size_of(1, number)
    channels = channels_of(size)
    people = people_of(size, channels, contracts_of(size))
    assert len(people) == size.people
    assert sum(len(each.skills) > 1 for each in people) / size.people == pytest.approx(several)
    if several == 1.0:
        assert {each.skills for each in people} == {tuple(channel.name for channel in channels)}


def test_a_day_of_the_history_is_as_busy_as_said() -> None:
    """The spread of the days is the gamma factor's, once the chance of single contacts is taken off."""
    size = size_of(1, 9)
    channel = channels_of(size)[0]
    week = shape_of(size, channel, 0) * 1e6  # so many contacts that chance is nothing
    rows = list(history_of(size, channel, 0, week))
    by_day: Counter[str] = Counter()
    for _, start, volume, _ in rows:
        by_day[start[:10]] += volume
    expected = week.reshape(7, -1).sum(axis=1)
    factors = np.array(
        [count / expected[at] for at, count in zip(np.arange(len(by_day)) % 5, by_day.values(), strict=True)]
    )
    assert len(by_day) == 5 * PAST_WEEKS
    error = size.day_cv / np.sqrt(2 * len(factors))  # of a standard deviation, about
    assert factors.std() == pytest.approx(size.day_cv, abs=3 * error)
    assert factors.mean() == pytest.approx(1.0, abs=3 * size.day_cv / np.sqrt(len(factors)))


def test_volumes_take_the_hours_meant_for_them() -> None:
    """The square-root rule at the volume found gives the hours back, within one whole person an interval."""
    from benchmarks.centres.volumes import _needed_h

    size = size_of(1, 6)
    channels, contracts = channels_of(size), contracts_of(size)
    hours = hours_of(channels, contracts, people_of(size, channels, contracts), size.absence)
    for place, channel in enumerate(channels):
        shape = shape_of(size, channel, place)
        volume = weekly_volume(channel, shape, hours[channel.name])
        assert (
            _needed_h(channel, shape * volume * 0.999)
            <= hours[channel.name]
            <= _needed_h(channel, shape * volume * 1.001)
        )


def test_the_history_ends_where_the_plan_begins(tmp_path: Path) -> None:
    """Ten whole weeks before the planned Monday, every open quarter hour once."""
    config = make(tmp_path, 1, 1)
    with (config.parent / "history.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert len({(row["channel"], row["start"]) for row in rows}) == len(rows)
    assert max(row["start"] for row in rows) < str(PLANNED)
    assert len({row["start"][:10] for row in rows}) == 7 * PAST_WEEKS
    assert tomllib.loads(config.read_text(encoding="utf-8"))["plan"]["week"] == PLANNED


def test_what_is_written_as_toml_is_read_back() -> None:
    """Tables, tables of tables, lists of inline tables, texts with quotes, truth values and dates."""
    settings = {
        "plan": {"name": 'a "b"', "week": PLANNED, "share": 0.5},
        "channels": {"call-1": {"open": {"mon-fri": "08:00-18:00"}, "many": [{"x": 1, "y": True}]}},
    }
    assert tomllib.loads(toml_of(settings)) == settings


def test_a_figure_is_met_on_its_edge_and_never_by_nothing() -> None:
    """At most and at least include the number asked; NaN is missed either way, and named."""
    assert Figure("a", "ratio", 0.945, 0.945).met
    assert not Figure("a", "ratio", 0.9451, 0.945).met
    assert Figure("a", "probability", 0.88, 0.88, least=True).met
    assert not Figure("a", "probability", 0.8799, 0.88, least=True).met
    assert not Figure("a", "gap", float("nan"), 0.01).met
    assert not Figure("a", "gap", float("nan"), 0.01, least=True).met
    assert Figure("run", "gap", 0.02, 0.01).sentence == "run: gap 0.02, at most 0.01 is asked"
