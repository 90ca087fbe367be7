"""What the README says is so."""

from __future__ import annotations

import re

import pytest

from staffcurve import optimize
from staffcurve.cli.app import app
from tests.conftest import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_answer_of_the_python_example_is_right() -> None:
    """600 Erlang with two minutes of patience take 541 agents for 80 % in 20 s."""
    call = re.search(r"least = (optimize.*?)  # 600 erlang: (\d+) agents", README)
    assert call is not None
    assert int(eval(call[1], {"optimize": optimize})) == int(call[2]) == 541


@pytest.mark.parametrize("line", re.findall(r"^staffcurve (\w+)", README, flags=re.MULTILINE))
def test_every_command_of_the_readme_is_there(line: str) -> None:
    """A renamed command shows here."""
    assert line in {command.name for command in app.registered_commands}


@pytest.mark.parametrize("target", ["demo", "test", "test-all", "bench"])
def test_every_make_target_of_the_readme_is_there(target: str) -> None:
    """So does a renamed target."""
    assert f"make {target}" in README
    assert f"\n{target}:" in (ROOT / "Makefile").read_text(encoding="utf-8")
