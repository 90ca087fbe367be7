"""Tables and sentences at 40, 80 and 200 columns, with and without a terminal."""

from __future__ import annotations

import io

import pytest

from reports.document.listing import Cell, listing
from staffcurve.cli.screen import copied, folded, show, width

WIDE = listing(
    "Channels",
    ["channel", "<kind", *(f"number {i}" for i in range(8))],
    [
        ["phone [red]", "synchronous", *(f"{i:,}" for i in range(1000, 9000, 1000))],
        ["e-mail", "deferrable", *["–"] * 8],
    ],
    "A note that is longer than forty columns are, so that it has to be folded.",
)
SMALL = listing("Small", ["what", "how much"], [["cost", Cell("£5", "bad")]])


class Terminal(io.StringIO):
    """A stream somebody watches."""

    def isatty(self) -> bool:
        return True


def drawn(monkeypatch: pytest.MonkeyPatch, table, columns: int, stream: io.StringIO, **environ: str) -> str:
    for name in ("NO_COLOR", "FORCE_COLOR", "COLORTERM"):
        monkeypatch.delenv(name, raising=False)
    for name, value in {"COLUMNS": str(columns), "TERM": "xterm-256color", **environ}.items():
        monkeypatch.setenv(name, value)
    show(table, stream)
    return stream.getvalue()


@pytest.mark.parametrize("columns", [40, 80, 200])
def test_no_line_is_wider_than_the_terminal_and_no_number_is_cut(monkeypatch, columns: int) -> None:
    """Every number stands whole at every width; narrow ones get a few lines a row."""
    text = drawn(monkeypatch, WIDE, columns, io.StringIO())
    assert max(map(len, text.splitlines())) <= columns
    assert "phone [red]" in text
    assert all(f"{number:,}" in text for number in range(1000, 9000, 1000))
    assert ("number 3: 4,000" in text) is (columns < 200)


def test_no_colour_but_on_a_terminal(monkeypatch) -> None:
    """Red where somebody watches; no escape sequence in a file, no colour with NO_COLOR."""
    assert "\x1b[1;31m" in drawn(monkeypatch, SMALL, 80, Terminal())
    assert "\x1b" not in drawn(monkeypatch, SMALL, 80, io.StringIO())
    assert "31m" not in drawn(monkeypatch, SMALL, 80, Terminal(), NO_COLOR="1")


def test_sentences_are_folded_for_people_and_whole_in_files(monkeypatch) -> None:
    """Later lines stand in; nothing is lost."""
    sentence = "  note: " + "a word after another " * 8
    monkeypatch.setenv("COLUMNS", "40")
    lines = folded(sentence, Terminal()).splitlines()
    assert max(map(len, lines)) <= 40
    assert all(line.startswith("    ") for line in lines[1:])
    assert " ".join(folded(sentence, Terminal()).split()) == " ".join(sentence.split())
    monkeypatch.delenv("COLUMNS")
    assert folded(sentence, io.StringIO()) == sentence


@pytest.mark.parametrize(("columns", "used"), [("10", 40), ("80", 80), ("999", 200)])
def test_width_stays_between_40_and_200(monkeypatch, columns: str, used: int) -> None:
    """Narrower terminals are written to as if they had 40 columns."""
    monkeypatch.setenv("COLUMNS", columns)
    assert width() == used


def test_files_get_tables_whole(monkeypatch) -> None:
    """Without a terminal and without COLUMNS a table is never taken apart."""
    monkeypatch.delenv("COLUMNS", raising=False)
    stream = io.StringIO()
    show(WIDE, stream)
    assert "number 7" in stream.getvalue().splitlines()[1]


def test_long_commands_can_be_copied(monkeypatch) -> None:
    """A shell reads a command broken after backslashes as the same words; in a file it stays in one line."""
    command = "staffcurve monitor out/demo-2026-11-30 out/demo-2026-12-07 --actuals actuals.csv --out monitor.html"
    monkeypatch.setenv("COLUMNS", "40")
    lines = ("Next: " + copied(command, Terminal())).splitlines()
    assert max(map(len, lines)) <= 40
    assert all(line.endswith(" \\") for line in lines[:-1])
    assert " ".join(line.rstrip("\\").strip() for line in lines) == "Next: " + command
    monkeypatch.delenv("COLUMNS")
    assert copied(command, io.StringIO()) == command
