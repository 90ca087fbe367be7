"""What a finished roster prints at the command line: the answer on one screen, or every sentence."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from staffcurve.screen import drawn, height

if TYPE_CHECKING:
    from pathlib import Path

    from optimize.roster.result import Roster
    from reports.findings import Finding
    from reports.numbers.week import Week
    from staffcurve.talk import Talk

MOST_LINES = 25
"""Lines of the answer to ``run``, with what is printed around it."""
AROUND = 5
"""Lines that are always there: opening, blank line, heading, what is left, what to do next."""
STAGES = 2
"""Lines the finished stages take at most in a pipe; on a terminal they leave none."""
MOST_MATTERS = 5
MOST_ADVICE = 3
MOST_SHORTFALLS = 5


def print_answer(week: Week, folder: Path, talk: Talk) -> None:
    """Print the table of channels, cost and gap, and as much of what needs attention as fits on one screen."""
    from reports.answer import answer

    made = answer(week)
    files = _files(week, folder)
    talk.say()
    talk.show(made.channels)
    talk.tell(made.summary, margin="")
    around = AROUND + (0 if sys.stderr.isatty() else STAGES) + height(files, sys.stderr)
    table = drawn(made.channels, sys.stderr).count("\n") + 2
    used = around + table + _lines(made.summary, "")
    shown = _fitting(made.attention, MOST_LINES - used)
    if shown:
        talk.say("Needs attention:")
        talk.tell(shown)
    else:
        talk.say("Nothing needs attention.")
    left = made.left(len(shown), "in the report" if _has(week, "html") else "with --verbose")
    if left:
        talk.say(f"  {left}")
    talk.say(files)


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
    from reports import words
    from staffcurve.run_folder.layout import REPORT, WORKBOOK

    files = [file for name, file in (("html", REPORT), ("xlsx", WORKBOOK)) if _has(week, name)]
    return f"Written to {folder}/{': ' + words.listed(files) if files else ''}"


def print_everything(week: Week, folder: Path, talk: Talk) -> None:
    """Print the table of channels and every sentence: findings, reasons, advice, notes."""
    from reports.answer import channel_listing
    from reports.attention import Weight, matters
    from reports.findings import Finding, findings

    talk.say()
    talk.show(channel_listing(week))
    talk.tell(findings(week))
    talk.tell(Finding(one.sentence) for one in matters(week) if one.weight == Weight.RECORD)
    print_reasons(week.run.roster, talk)
    print_advice(week.run.roster, talk, week.run.config.plan.currency)
    for note in week.run.notes:
        talk.say(f"  note: {note}")
    talk.say()
    talk.say(_files(week, folder))


def print_reasons(roster: Roster, talk: Talk) -> None:
    """Say why each channel is understaffed, one line for each reason; the findings already list the times."""
    from reports import words

    for channel, reason in dict.fromkeys((each.channel, each.reason) for each in roster.shortfalls):
        alike = [each for each in roster.shortfalls if (each.channel, each.reason) == (channel, reason)]
        hours = words.count(sum(each.agent_h for each in alike), "agent-hour")
        talk.say(f"  short: {channel}, {hours} in {words.count(len(alike), 'span')}: {reason}")


def print_shortfalls(roster: Roster, talk: Talk) -> None:
    """Say when most people are missing, and why nobody was scheduled then."""
    from reports import words

    for each in roster.shortfalls[:MOST_SHORTFALLS]:
        span, hours = words.span(each.start, each.end), words.count(each.agent_h, "agent-hour")
        talk.say(f"  short: {each.channel}, {span}, {hours}: {each.reason}")
    more = len(roster.shortfalls) - MOST_SHORTFALLS
    if more > 0:
        talk.say(f"  short: {words.count(more, 'more span')}")


def print_advice(roster: Roster, talk: Talk, currency: str) -> None:
    """Say which changes would save most, and when an agent-hour is worth most."""
    from reports import words

    changes = [each for each in roster.advice if each.kind != "hour"][:MOST_ADVICE]
    hours = [each for each in roster.advice if each.kind == "hour"][:1]
    for each in [*changes, *hours]:
        talk.say(f"  advice: {each.told(lambda amount: words.money(amount, currency))}")
