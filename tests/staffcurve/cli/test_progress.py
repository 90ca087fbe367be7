"""What a stage shows while it works."""

from __future__ import annotations

import io
import sys

import pytest

from staffcurve.cli.progress import Progress, line


class Terminal(io.StringIO):
    """A stream somebody watches."""

    def isatty(self) -> bool:
        return True


def test_the_line_says_seconds_gap_and_what_is_done() -> None:
    """What matters most stands first, so that a narrow terminal cuts the rest."""
    assert line("roster", 12.4, "days one by one", 0.0113, 80) == "  roster     12 s, gap 1.13%, days one by one"
    assert line("forecast", 3.0, "", None, 80) == "  forecast   3 s"
    assert line("roster", 12.4, "days one by one", 0.0113, 40) == "  roster     12 s, gap 1.13%, days one "


def test_nothing_is_shown_where_nobody_watches(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither in a file nor when asked to be quiet."""
    for stream, quiet in ((io.StringIO(), False), (Terminal(), True)):
        monkeypatch.setattr(sys, "stderr", stream)
        monkeypatch.setattr("staffcurve.cli.progress.PATIENCE_SECONDS", 0.0)
        progress = Progress("roster", quiet=quiet)
        progress.start()
        progress.tell("searching", 0.5)
        progress.close()
        assert stream.getvalue() == ""


def test_the_line_is_rewritten_and_wiped(monkeypatch: pytest.MonkeyPatch) -> None:
    """A shorter line covers the longer one before it; nothing is left at the end."""
    stream = Terminal()
    monkeypatch.setattr(sys, "stderr", stream)
    monkeypatch.setattr("staffcurve.cli.progress.PATIENCE_SECONDS", 0.0)
    monkeypatch.setattr("staffcurve.cli.progress.STEP_SECONDS", 60.0)
    progress = Progress("roster")
    progress.start()
    progress.tell("a long word for what is done")
    progress.tell("short", 0.25)
    progress.close()
    told = stream.getvalue().split("\r")
    assert any("gap 25.00%, short" in part for part in told)
    assert told[-1] == ""
    assert told[-2].strip() == ""
    assert len(told[-2]) >= len("  roster     0 s, gap 25.00%, short")
