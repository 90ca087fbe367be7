"""The answer of ``run`` fits one screen; ``--verbose`` prints every sentence."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from reports import week_of
from reports.alerts import matters
from staffcurve.cli.console import Console
from staffcurve.cli.print_roster import MOST_LINES, MOST_MATTERS, print_answer, print_everything
from staffcurve.run_folder.read import read_run
from tests.reports.runs import large_run, small_run

STAGES = ("check", "forecast", "staff", "roster", "advice", "simulate", "report")


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def answered(monkeypatch: pytest.MonkeyPatch, week, stream: io.StringIO, columns: int | None, show=print_answer) -> str:
    """What a run prints to a stream: opening, stages, answer, what to do next."""
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.delenv("COLUMNS", raising=False)
    if columns is not None:
        monkeypatch.setenv("COLUMNS", str(columns))
    monkeypatch.setattr(sys, "stderr", stream)
    console = Console(brief=True)
    console.info("staffcurve: planning")
    for name in STAGES:
        with console.stage(name):
            pass
    show(week, Path("out/week"), console)
    console.info("Next: open the report.")
    return stream.getvalue()


@pytest.mark.parametrize("make", [small_run, large_run])
@pytest.mark.parametrize("columns", [None, 80, 120])
@pytest.mark.parametrize("stream", [io.StringIO, Terminal])
def test_the_answer_takes_at_most_25_lines(monkeypatch, make, columns, stream) -> None:
    """Weeks with understaffing, late work and biased forecasts; in a pipe and on a terminal, wide and narrow."""
    lines = answered(monkeypatch, week_of(make()), stream(), columns).splitlines()
    assert len(lines) <= MOST_LINES == 25
    assert "Needs attention:" in lines
    assert any(line.startswith("Written to out/week/") for line in lines)
    if columns and stream is io.StringIO:
        assert max(map(len, lines)) <= columns


def test_the_most_serious_matters_are_printed_and_the_others_counted(monkeypatch) -> None:
    """Five sentences where there is room, the first of all; the report has the rest."""
    week = week_of(small_run())
    text = answered(monkeypatch, week, io.StringIO(), None)
    every = [each.sentence for each in matters(week)]
    assert len(every) > MOST_MATTERS
    assert [sentence for sentence in every if sentence in text] == every[:MOST_MATTERS]
    assert f"More in the report: {len(every) - MOST_MATTERS} matter" in text


def test_finished_stages_share_a_line_in_a_pipe_and_leave_none_on_a_terminal(monkeypatch) -> None:
    """A log shows how far a run came; a person sees only the answer."""
    week = week_of(small_run())
    piped = answered(monkeypatch, week, io.StringIO(), None).splitlines()
    assert [part.split()[0] for part in piped[1].split(",")] == list(STAGES)
    assert piped[2] == ""
    watched = answered(monkeypatch, week, Terminal(), None)
    assert "check 0.0 s" not in watched


def test_an_error_begins_a_line_of_its_own(monkeypatch) -> None:
    """The line of stages ends before a fault is printed."""
    from configs.errors import DataError, Fault

    stream = io.StringIO()
    monkeypatch.setattr(sys, "stderr", stream)
    monkeypatch.delenv("COLUMNS", raising=False)
    console = Console(brief=True)

    def fail() -> None:
        with console.error_boundary("run"):
            with console.stage("check"):
                pass
            raise DataError(Fault("history.csv", "no such file"))

    with pytest.raises(SystemExit):
        fail()
    assert stream.getvalue().splitlines()[1:] == ["history.csv: no such file"]


def test_verbose_prints_every_sentence_and_each_understaffed_span_once(monkeypatch, site_runs) -> None:
    """Findings, reasons, advice and notes; the reasons name no time that the findings name already."""
    from reports import formatting
    from reports.findings import findings

    week = week_of(read_run(site_runs[0]))
    text = answered(monkeypatch, week, io.StringIO(), None, print_everything)
    assert all(finding.sentence in text for finding in findings(week))
    assert week.run.roster.shortfalls
    assert all(each.reason in text for each in week.run.roster.shortfalls)
    assert all(text.count(formatting.span(each.start, each.end)) <= 1 for each in week.run.roster.shortfalls)
    assert all(f"  note: {note}" in text for note in week.run.notes)
