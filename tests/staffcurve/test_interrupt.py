"""Ctrl-C while a roster is searched: the best so far is kept, or nothing is written."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from optimize.roster.inputs.people import read_people
from optimize.roster.planner import plan_week
from staffcurve.cli.console import Console, Progress
from staffcurve.stages import with_advice
from tests.conftest import ROOT
from tests.optimize.roster import weeks
from tests.staffcurve.sites import write_site

DRIVER = """
import sys, time
from staffcurve.cli.console import Console, Progress
from staffcurve.__main__ main

wanted, signals = sys.argv.pop(1), int(sys.argv.pop(1))
seen, heard = [], []
info = Console.info

def listening(self, *words):
    info(self, *words)
    if words and words[0].strip().startswith("Stopping"):
        heard.append(words)

Console.info = listening

def tell(self, word, gap=None):
    if word.startswith(wanted) and not seen:
        seen.append(word)
        print("MARK", word, file=sys.stderr, flush=True)
        for _ in range(600):
            time.sleep(0.05)
            if heard and signals == 1:
                break

Progress.tell = tell
main()
""".replace("__main__ main", "__main__ import main")
QUICK = ("--set", "simulation.replications=0", "--set", "forecast.fast=true", "--set", 'reports.formats=["csv"]')


def interrupted(folder: Path, wanted: str, signals: int = 1, command: str = "run") -> tuple[int, str]:
    """Run a command, send SIGINT when it is at the step that begins with `wanted`; return exit code and talk."""
    config = write_site(folder)
    words = [str(config), "--out", str(folder / "out"), "--gap", "0", "--verbose", *QUICK]
    with subprocess.Popen(
        [sys.executable, "-c", DRIVER, wanted, str(signals), command, *words],
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    ) as process:  # fmt: skip
        told = []
        for line in process.stderr:
            told.append(line)
            if line.startswith("MARK"):
                process.send_signal(signal.SIGINT)
            if line.startswith("Stopping") and signals == 2:
                process.send_signal(signal.SIGINT)
        return process.wait(60), "".join(told)


@pytest.mark.skipif(sys.platform == "win32", reason="SIGINT cannot be sent to one process there")
def test_the_best_roster_so_far_is_kept(tmp_path: Path) -> None:
    """While the week is searched: exit 130, a whole folder, "interrupted" in the manifest, every table there.

    The search may have proven the roster optimal by the time it listens; it is interrupted all the same.
    """
    code, told = interrupted(tmp_path, "searching the whole week")
    assert code == 130, told
    assert "Stopping with the best roster found so far" in told
    folder = tmp_path / "out" / "site-2026-11-30"
    manifest = json.loads((folder / "manifest.json").read_text())
    assert manifest["interrupted"] is True
    assert manifest["roster"]["status"] in {"interrupted", "optimal"}
    assert manifest["roster"]["bound"] <= manifest["roster"]["cost"]["total"]
    assert len(pd.read_csv(folder / "roster.csv")) > 10
    assert json.loads((folder / "summary.json").read_text())["roster"]["status"] == manifest["roster"]["status"]


@pytest.mark.skipif(sys.platform == "win32", reason="SIGINT cannot be sent to one process there")
def test_nothing_is_written_before_there_is_a_roster(tmp_path: Path) -> None:
    """While the relaxed week is solved there is none: a sentence, exit 130, no folder."""
    code, told = interrupted(tmp_path, "relaxing the week")
    assert code == 130, told
    assert "interrupted before a roster was found; nothing was written" in told
    assert not list((tmp_path / "out").iterdir())


@pytest.mark.skipif(sys.platform == "win32", reason="SIGINT cannot be sent to one process there")
def test_a_second_time_leaves_at_once(tmp_path: Path) -> None:
    """Whoever presses it twice wants no roster: exit 130, no traceback, nothing half written."""
    code, told = interrupted(tmp_path, "searching the whole week", signals=2)
    assert code == 130, told
    assert "Interrupted; nothing was written." in told
    assert "Traceback" not in told
    assert not list((tmp_path / "out").iterdir())


@pytest.mark.parametrize(
    ("option", "value", "words"),
    [
        ("--time-limit", "soon", '--time-limit: "soon" is not a duration'),
        ("--gap", "5", '--gap: 5 is not a share between 0 and 1; 5 % is written 0.05 or "5%"'),
        ("--seed", "x", '--seed: must be a whole number, got "x"'),
    ],
)
def test_faults_of_the_options_are_sentences(tmp_path: Path, option: str, value: str, words: str) -> None:
    """A limit that cannot be read names the option and what would be right; exit 1."""
    from typer.testing import CliRunner

    from staffcurve.cli.app import app

    told = CliRunner().invoke(app, ["roster", str(write_site(tmp_path)), option, value])
    assert told.exit_code == 1
    assert words in " ".join(told.output.split())


@pytest.mark.skipif(sys.platform == "win32", reason="SIGINT is handled otherwise there")
def test_advice_is_left_out_and_the_roster_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C while changed weeks are solved: the finished roster stands, without advice, and is called interrupted."""
    config = weeks.config_of()
    horizon = weeks.horizon_of(config)
    need = weeks.requirement_of(horizon, phone=weeks.hours_between(horizon, 5, 20) * 4)
    roster = plan_week(config, horizon, need, read_people(config))
    console = Console(quiet=True, debug=False, as_json=False)
    told = with_advice(config, roster, need, horizon, console)
    assert told.advice
    assert not told.interrupted

    def press(_self: Progress, word: str, _gap: float | None = None) -> None:
        if word.startswith("solving"):
            signal.raise_signal(signal.SIGINT)

    monkeypatch.setattr(Progress, "tell", press)
    stopped = with_advice(config, roster, need, horizon, console)
    assert (stopped.advice, stopped.interrupted, stopped.status) == ((), True, roster.status)
    assert stopped.table.equals(roster.table)
