"""The small site with one thing wrong, driven through the command line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from typer.testing import CliRunner, Result

from staffcurve.cli.app import app
from tests.staffcurve.sites import CONFIG, write_site

HEADER = ["channel", "start", "volume", "aht_s"]
Lines = list[str]


def call(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def words_of(result: Result) -> str:
    """What the person reads on both streams, on one line."""
    return " ".join((result.stderr + " " + result.stdout).split())


def refused(result: Result, out: Path, *words: str) -> None:
    """Exit code 1, each of the words in what is said, no traceback, and nothing in the output folder."""
    said = words_of(result)
    assert result.exit_code == 1, said
    assert isinstance(result.exception, SystemExit)
    for each in words:
        assert each in said, said
    assert "Traceback" not in said
    assert not out.exists() or list(out.iterdir()) == []


def planned(folder: Path, *options: object, config: str | None = None, **files: str | bytes) -> Result:
    """Run the site of `folder` with another config or other files; ``history_csv`` is ``history.csv``."""
    path = write_site(folder)
    if config is not None:
        path.write_text(config, encoding="utf-8")
    for name, content in files.items():
        file = folder / name.replace("_", ".")
        file.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return call("run", path, "--out", folder / "out", *options)


def history_of(folder: Path, change: Callable[[Lines], Lines]) -> str:
    """The history of the site with its lines changed."""
    write_site(folder)
    return "".join(f"{line}\n" for line in change((folder / "history.csv").read_text(encoding="utf-8").splitlines()))


def checked(folder: Path, change: Callable[[Lines], Lines], *options: object) -> Result:
    """``check`` of the site whose history was changed."""
    text = history_of(folder, change)
    (folder / "history.csv").write_text(text, encoding="utf-8")
    return call("check", folder / "site.toml", *options)


def with_cell(column: str, text: str, row: int = 6) -> Callable[[Lines], Lines]:
    """Put a text into a cell of the history, in a row as a spreadsheet counts it."""

    def change(lines: Lines) -> Lines:
        cells = lines[row - 1].split(",")
        cells[HEADER.index(column)] = text
        return [*lines[: row - 1], ",".join(cells), *lines[row:]]

    return change


def rows(change: Callable[[str], str]) -> Callable[[Lines], Lines]:
    """Change every row but the header."""
    return lambda lines: [lines[0], *map(change, lines[1:])]


def config_with(old: str, new: str) -> str:
    """The config of the site with one text in place of another; an empty one is its end."""
    if not old:
        return CONFIG + new
    assert old in CONFIG
    return CONFIG.replace(old, new, 1)
