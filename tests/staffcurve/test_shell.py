"""The command line in a shell: help at every width, completion, colour, next steps."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from typer.testing import CliRunner

from staffcurve.cli.app import app
from tests.conftest import ROOT

COMMANDS = tuple(str(command.name) for command in app.registered_commands)


def shell(*arguments: str, **environ: str) -> subprocess.CompletedProcess[str]:
    """Run staffcurve as a shell does, output piped."""
    kept = {key: value for key, value in os.environ.items() if key not in {"COLUMNS", "NO_COLOR", "FORCE_COLOR"}}
    return subprocess.run(
        [sys.executable, "-m", "staffcurve", *arguments],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
        env={**kept, **environ},
    )


@pytest.mark.parametrize("command", COMMANDS)
def test_every_help_has_an_example_and_fits(command: str) -> None:
    """No line is wider than 80 columns at 80; one example shows how it is typed."""
    told = CliRunner().invoke(app, [command, "--help"], terminal_width=80)
    assert told.exit_code == 0
    assert f"Example: staffcurve {command}" in " ".join(told.output.split())
    assert max(map(len, told.output.splitlines())) <= 80


def test_help_says_where_to_begin() -> None:
    """Every command in a line, and the first one to type."""
    told = CliRunner().invoke(app, ["--help"], terminal_width=80)
    assert 'Begin with "staffcurve demo"' in told.output
    assert all(f"  {command} " in told.output for command in COMMANDS)
    assert "..." not in told.output.split("Commands:")[1]


def test_completion_knows_the_commands() -> None:
    """What the script of --install-completion asks for: words that begin as typed, with their help."""
    told = shell(_STAFFCURVE_COMPLETE="complete_bash", COMP_WORDS="staffcurve co", COMP_CWORD="1")
    assert told.stdout.split() == ["compare"]
    script = shell("--show-completion", "bash", _TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION="1")
    assert "_STAFFCURVE_COMPLETE=complete_bash" in script.stdout
    assert "complete -o default -F" in script.stdout


def test_install_completion_writes_where_the_shell_looks(tmp_path) -> None:
    """One file for bash, sourced from .bashrc; nothing else is touched."""
    environ = {"HOME": str(tmp_path), "_TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION": "1"}
    told = shell("--install-completion", "bash", **environ)
    assert told.returncode == 0, told.stderr
    assert ".bash_completions/staffcurve.sh" in (tmp_path / ".bashrc").read_text()
    assert (tmp_path / ".bash_completions" / "staffcurve.sh").is_file()


def test_piped_output_has_no_colour_and_talk_stays_apart() -> None:
    """The table is data on stdout; the next step is talk on stderr; --quiet leaves the data alone."""
    question = ("erlang", "--volume", "600", "--aht", "3min", "--share", "80%", "--within", "20s")
    told = shell(*question)
    assert "\x1b" not in told.stdout + told.stderr
    assert told.stdout.startswith("66 agents for a load of 60.00 erlang")
    assert told.stderr.startswith("Next: staffcurve erlang --cases")
    quiet = shell(*question, "--quiet")
    assert (quiet.stdout, quiet.stderr) == (told.stdout, "")


def test_narrow_terminals_are_written_to_in_lines_that_fit() -> None:
    """At 40 columns nothing is wider, neither answer nor help nor fault."""
    for words in (("check", "demo"), ("erlang", "--volume", "600"), ("run", "nowhere.toml")):
        told = shell(*words, COLUMNS="40")
        lines = (told.stdout + told.stderr).splitlines()
        assert lines
        assert max(map(len, lines)) <= 40, lines
