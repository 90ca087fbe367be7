"""A comparison in sentences: what the later runs change against the first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports import words
from reports.comparison.compare import weeks_differ
from reports.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reports.comparison.cells import PeopleChange
    from reports.comparison.compare import Comparison
    from reports.comparison.facts import RunFacts


def sentences(made: Comparison) -> tuple[Finding, ...]:
    """Tell cost, hours, promises, people and settings of each later run against the first."""
    told: list[Finding] = []
    if weeks_differ(made):
        told.append(Finding("The runs plan different weeks; people are compared weekday by weekday."))
    for run, people in zip(made.runs[1:], made.people, strict=True):
        told.append(Finding(_cost(made.runs[0], run)))
        told += _promises(made.runs[0], run)
        told.append(Finding(_people(people)))
    told.append(Finding(_settings(made)))
    return tuple(told)


def _cost(base: RunFacts, run: RunFacts) -> str:
    """Tell what is paid and how many hours it buys."""
    difference = run.payroll - base.payroll
    if abs(difference) < 0.5:
        return f"{run.label} costs as much as {base.label}: {words.money(run.payroll, run.currency)}."
    share = f" ({words.percent(abs(difference) / base.payroll)})" if base.payroll else ""
    more = "more" if difference > 0 else "less"
    hours = run.paid_h - base.paid_h
    paid = f", for {words.hours(abs(hours))} {'more' if hours > 0 else 'less'} paid" if abs(hours) >= 0.05 else ""
    return f"{run.label} costs {words.money(abs(difference), run.currency)}{share} {more} than {base.label}{paid}."


def _promises(base: RunFacts, run: RunFacts) -> Iterator[Finding]:
    """Tell each promise that one of two runs keeps and the other does not."""
    for one in run.channels:
        before = base.channel(one.channel)
        if before is None:
            yield Finding(f"{words.title(one.channel)} is planned in {run.label} only.")
        elif before.kept is not None and one.kept is not None and before.kept != one.kept:
            given = words.percent_down(one.service_level or 0.0)
            was = words.percent_down(before.service_level or 0.0)
            verb = "keeps" if one.kept else "misses"
            sentence = (
                f"{words.title(one.channel)} {verb} its promise in {run.label}: {given} in time, {was} in {base.label}."
            )
            yield Finding(sentence, "good" if one.kept else "bad")
    for gone in base.channels:
        if run.channel(gone.channel) is None:
            yield Finding(f"{words.title(gone.channel)} is planned in {base.label} only.")


def _people(people: PeopleChange) -> str:
    if not people.changes:
        same = f"Nobody works at other times in {people.other} than in {people.base}"
        days = words.count(len(people.rested), "agent-day has", "agent-days have")
        return f"{same}; {days} other breaks." if people.rested else f"{same}."
    share = words.percent(len(people.changes) / people.cells)
    days = words.count(len(people.changes), "agent-day")
    return (
        f"{people.other} changes {days} of {words.number(people.cells, 0)} ({share}), of "
        f"{words.count(people.people, 'person', 'people')}, against {people.base}."
    )


def _settings(made: Comparison) -> str:
    if not made.settings:
        return "The settings are the same."
    return f"{words.count(len(made.settings), 'setting differs', 'settings differ')}: " + (
        words.listed([row.key for row in made.settings], 6) + "."
    )
