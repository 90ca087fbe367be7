"""Every command in the documents is typed as it stands there."""

from __future__ import annotations

import shutil
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner

from staffcurve.cli.app import app
from staffcurve.reference.cli_page import options_of
from tests.docs.commands import LIGHT, SHIPPED, Command, commands_of, pages
from tests.staffcurve.sites import write_site

PAGES = [page for page in pages() if commands_of(page)]
SLOW = sorted({command.light: command for page in PAGES for command in commands_of(page) if command.is_slow}.items())

SCENARIOS = """
[scenarios.mail]
move = { from = "phone", to = "email", share = 0.2 }

[scenarios.absence]
sweep = { key = "staffing.absence", values = [0.0, 0.1] }
"""
"""What the page on scenarios lets a reader add to a config."""


def with_scenarios(config: Path) -> Path:
    """The config with the scenarios of a page."""
    config.write_text(config.read_text(encoding="utf-8") + SCENARIOS, encoding="utf-8")
    return config


def call(words: tuple[str, ...]) -> None:
    told = CliRunner().invoke(app, list(words))
    assert told.exit_code == 0, f"staffcurve {' '.join(words)}\n{told.output}"


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder as the documents take it: a site, run folders of two weeks, files somebody else made."""
    folder = tmp_path_factory.mktemp("docs")
    config = with_scenarios(write_site(folder))
    weeks = ("2026-11-30", "2026-12-07")
    for week in weeks:
        call(("run", str(config), "--out", str(folder / "out"), "--quiet", "--set", f"plan.week={week}", *LIGHT))
        for name in ("demo", "my-centre"):
            shutil.copytree(folder / "out" / f"site-{week}", folder / "out" / f"{name}-{week}")
    shutil.copytree(folder / "out" / "site-2026-11-30", folder / "what-if" / "my-centre-2026-11-30")
    _write_files(folder, folder / "out" / "site-2026-11-30")
    return folder


def _write_files(folder: Path, run: Path) -> None:
    """What comes from elsewhere: forecast, requirement, actuals, today, questions, the export of a telephone system."""
    shutil.copy(run / "forecast.csv", folder / "mine.csv")
    shutil.copy(run / "requirement.csv", folder / "need.csv")
    said = pd.read_csv(run / "forecast.csv")
    both = pd.concat([said, pd.read_csv(run.with_name("site-2026-12-07") / "forecast.csv")])
    came = both[["channel", "start", "volume"]].assign(volume=both["volume"].round())
    came.to_csv(folder / "actuals.csv", index=False)
    came[came["start"] < "2026-11-30T11"].to_csv(folder / "today.csv", index=False)
    export = pd.read_csv(folder / "history.csv")
    export.columns = ["Channel", "Interval start", "Offered", "Avg handle time (sec)"]
    export.to_csv(folder / "calls.csv", index=False)
    (folder / "cases.csv").write_text("volume,interval_s,aht_s,target_share,target_s\n600,1800,180,0.8,20\n")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_commands_and_options_of_the_page_are_there(page: Path) -> None:
    """Nothing is typed that the program does not know."""
    for command in commands_of(page):
        known = set() if command.words[0].startswith("-") else options_of(command.words[0])
        typed = {word.split("=")[0] for word in command.words if word.startswith("-")}
        assert typed <= known | {"--help", "--version", "--install-completion", "--show-completion"}, command.line


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_commands_of_the_page_run(page: Path, place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In their order, in one folder, shipped sites replaced by a small one; the slow test below plans those."""
    folder = tmp_path / "here"
    shutil.copytree(place, folder)
    monkeypatch.chdir(folder)
    for command in commands_of(page):
        if not command.is_shape and not command.words[0].startswith("-"):
            call(command.small)


@pytest.mark.slow
@pytest.mark.parametrize("command", [command for _, command in SLOW], ids=lambda command: command.line)
def test_slow_commands_run(command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A shipped site is planned, or rostered from the requirement made for it."""
    monkeypatch.chdir(tmp_path)
    if "my-centre/staffcurve.toml" in command.words:
        call(("init", "my-centre", "--quiet"))
        with_scenarios(Path("my-centre/staffcurve.toml"))
    config = next((word for word in command.words if word in SHIPPED), "demo")
    if "--requirement" in command.words or "--forecast" in command.words:
        call(("staff", config, "--quiet", *LIGHT))
        call(("forecast", config, "--quiet", *LIGHT))
    if not {"--previous", "--published", "--edited"} & set(command.words):
        call(command.light)
