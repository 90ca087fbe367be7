"""The page about targets over a day or a week: its examples run, its tables are those numbers, its settings load."""

from __future__ import annotations

import doctest
import re
import tomllib

import pytest

from configs.loader import build
from optimize.staffing import erlang_c
from tests.conftest import ROOT
from tests.reports.runs import SMALL

PATH = ROOT / "docs" / "targets.md"
PAGE = PATH.read_text(encoding="utf-8")
CHANNELS, JOINT = re.findall(r"^```toml\n(.*?)^```", PAGE, flags=re.MULTILINE | re.DOTALL)


def test_the_example_runs() -> None:
    """What the page computes with a few lines of Python is what it prints."""
    found = doctest.testfile(str(PATH), module_relative=False)
    assert found.attempted >= 7
    assert found.failed == 0


def test_the_table_by_hand_is_erlang_c() -> None:
    """Waiting probability and share in time of both intervals, by the product."""
    for people, load, cell in (
        (2, 1.0, "5, 0.3333, **70.2%**"),
        (3, 1.0, "16, 0.0909, **92.7%**"),
        (4, 1.0, "65, 0.0204, **98.5%**"),
        (5, 1.0, "326, 0.0038, **99.8%**"),
        (3, 2.0, "4.75, 0.4444, **60.2%**"),
        (4, 2.0, "10.5, 0.1739, **86.1%**"),
        (5, 2.0, "27.25, 0.0597, **95.7%**"),
    ):
        inverse, waits, share = re.fullmatch(r"([\d.]+), ([\d.]+), \*\*([\d.]+)%\*\*", cell).groups()
        service = erlang_c(people, load, 180.0, 20.0)
        assert float(service.probability_wait) == pytest.approx(float(waits), abs=5e-5)
        assert 100 * float(service.service_level) == pytest.approx(float(share), abs=0.051)
        blocked = 1 / float(inverse)
        assert people * blocked / (people - load + load * blocked) == pytest.approx(float(waits), abs=5e-5)
        assert cell in PAGE


def test_the_settings_load() -> None:
    """Both blocks are accepted: targets over a day and a week, and one over channels together."""
    given = tomllib.loads(CHANNELS)
    config = build({**SMALL, **given, "channels": {**SMALL["channels"], **given["channels"]}})
    assert (config.span_of("phone"), config.span_of("chat"), config.staffing.loop.rounds) == ("day", "week", 3)
    joint = tomllib.loads(JOINT)
    video = {"kind": "synchronous", "target": {"share": 0.8, "within": "30s"}}
    together = build({**SMALL, **joint, "channels": {**SMALL["channels"], "video": video}})
    assert together.joint_of("video") == "voice"
