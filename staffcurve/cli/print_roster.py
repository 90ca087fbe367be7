"""What a finished roster prints at the command line: the answer on one screen, or every sentence."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from staffcurve.cli.screen import drawn, height

if TYPE_CHECKING:
    from pathlib import Path

    from optimize.roster.result import Roster
    from reports.findings import Finding
    from reports.metrics.week import Week
    from staffcurve.cli.console import Console

MOST_LINES = 25
"""Lines of the answer to ``run``, with what is printed around it."""
AROUND = 5
"""Lines that are always there: opening, blank line, heading, what is left, what to do next."""
STAGES = 2
"""Lines the finished stages take at most in a pipe; on a terminal they leave none."""
MOST_MATTERS = 5
MOST_ADVICE = 3
MOST_SHORTFALLS = 5


def print_answer(week: Week, folder: Path, console: Console) -> None:
    """Print the table of channels, cost and gap, and as much of what needs attention as fits on one screen."""
    from reports.answer import answer

    made = answer(week)
    files = _files(week, folder)
    console.info()
    console.show(made.channels)
    console.print_findings(made.summary, margin="")
    around = AROUND + (0 if sys.stderr.isatty() else STAGES) + height(files, sys.stderr)
    table = drawn(made.channels, sys.stderr).count("\n") + 2
    used = around + table + _lines(made.summary, "")
    shown = _fitting(made.attention, MOST_LINES - used)
    if shown:
        console.info("Needs attention:")
        console.print_findings(shown)
    else:
        console.info("Nothing needs attention.")
    left = made.left(len(shown), "in the report" if _has(week, "html") else "with --verbose")
    if left:
        console.info(f"  {left}")
    console.info(files)


def _fitting(findings: tuple[Finding, ...], room: int) -> tuple[Finding, ...]:
    """Take the first findings that fit into `room` lines, at least one and at most a handful."""
    most = min(MOST_MATTERS, len(findings))
    while most > 1 and _lines(findings[:most]) > room:
        most -= 1
    return findings[:most]


def _lines(findings: tuple[Finding, ...], margin: str = "  ") -> int:
    return sum(height(margin + each.sentence, sys.stderr) for each in findings)


def _has(week: Week, name: str) -> bool:
    return name in week.run.config.reports.formats


def _files(week: Week, folder: Path) -> str:
    """Say where the files are."""
    from reports import formatting
    from staffcurve.run_folder.layout import REPORT, WORKBOOK

    files = [file for name, file in (("html", REPORT), ("xlsx", WORKBOOK)) if _has(week, name)]
    return f"Written to {folder}/{': ' + formatting.listed(files) if files else ''}"


def print_everything(week: Week, folder: Path, console: Console) -> None:
    """Print the table of channels and every sentence: findings, reasons, advice, notes."""
    from reports.alerts import Severity, matters
    from reports.answer import channel_listing
    from reports.findings import Finding, findings

    console.info()
    console.show(channel_listing(week))
    console.print_findings(findings(week))
    console.print_findings(Finding(one.sentence) for one in matters(week) if one.weight == Severity.RECORD)
    print_reasons(week.run.roster, console)
    print_advice(week.run.roster, console, week.run.config.plan.currency)
    for note in week.run.notes:
        console.info(f"  note: {note}")
    console.info()
    console.info(_files(week, folder))


def print_reasons(roster: Roster, console: Console) -> None:
    """Say why each channel is understaffed, one line for each reason; the findings already list the times."""
    from reports import formatting

    for channel, reason in dict.fromkeys((each.channel, each.reason) for each in roster.shortfalls):
        alike = [each for each in roster.shortfalls if (each.channel, each.reason) == (channel, reason)]
        hours = formatting.count(sum(each.agent_h for each in alike), "agent-hour")
        console.info(f"  short: {channel}, {hours} in {formatting.count(len(alike), 'span')}: {reason}")


def print_shortfalls(roster: Roster, console: Console) -> None:
    """Say when most people are missing, and why nobody was scheduled then."""
    from reports import formatting

    for each in roster.shortfalls[:MOST_SHORTFALLS]:
        span, hours = formatting.span(each.start, each.end), formatting.count(each.agent_h, "agent-hour")
        console.info(f"  short: {each.channel}, {span}, {hours}: {each.reason}")
    more = len(roster.shortfalls) - MOST_SHORTFALLS
    if more > 0:
        console.info(f"  short: {formatting.count(more, 'more span')}")


def print_advice(roster: Roster, console: Console, currency: str) -> None:
    """Say which changes would save most, and when an agent-hour is worth most."""
    from reports import formatting

    changes = [each for each in roster.advice if each.kind != "hour"][:MOST_ADVICE]
    hours = [each for each in roster.advice if each.kind == "hour"][:1]
    for each in [*changes, *hours]:
        console.info(f"  advice: {each.message(lambda amount: formatting.money(amount, currency))}")
