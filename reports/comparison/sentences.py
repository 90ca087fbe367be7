"""A comparison in sentences: what changes from the first run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports import formatting
from reports.comparison.compare import weeks_differ
from reports.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reports.comparison.cells import PeopleChange
    from reports.comparison.compare import Comparison
    from reports.comparison.facts import RunFacts


def sentences(made: Comparison) -> tuple[Finding, ...]:
    """Compare cost, hours, service targets, people and settings of each later run with the first."""
    found: list[Finding] = []
    if weeks_differ(made):
        found.append(Finding("The runs plan different weeks. People are compared by weekday."))
    for run, people in zip(made.runs[1:], made.people, strict=True):
        found.append(Finding(_cost(made.runs[0], run)))
        found += _targets(made.runs[0], run)
        found.append(Finding(_people(people)))
    found.append(Finding(_settings(made)))
    return tuple(found)


def _cost(base: RunFacts, run: RunFacts) -> str:
    """Compare what is paid, and for how many hours."""
    difference = run.payroll - base.payroll
    if abs(difference) < 0.5:
        return f"{run.label} costs the same as {base.label}: {formatting.money(run.payroll, run.currency)}."
    share = f" ({formatting.percent(abs(difference) / base.payroll)})" if base.payroll else ""
    more = "more" if difference > 0 else "less"
    hours = run.paid_h - base.paid_h
    change = formatting.count(abs(hours), f"{'more' if hours > 0 else 'fewer'} paid hour")
    paid = f", with {change}" if abs(hours) >= 0.05 else ""
    return f"{run.label} costs {formatting.money(abs(difference), run.currency)}{share} {more} than {base.label}{paid}."


def _targets(base: RunFacts, run: RunFacts) -> Iterator[Finding]:
    """Name each service target that one of two runs meets and the other misses."""
    for one in run.channels:
        before = base.channel(one.channel)
        if before is None:
            yield Finding(f"{formatting.title(one.channel)} is planned in {run.label} only.")
        elif before.kept is not None and one.kept is not None and before.kept != one.kept:
            given = formatting.percent_down(one.service_level or 0.0)
            was = formatting.percent_down(before.service_level or 0.0)
            verb = "meets" if one.kept else "misses"
            sentence = (
                f"{formatting.title(one.channel)} {verb} its service target in {run.label}: "
                f"{given} in time, compared with {was} in {base.label}."
            )
            yield Finding(sentence, "good" if one.kept else "bad")
    for gone in base.channels:
        if run.channel(gone.channel) is None:
            yield Finding(f"{formatting.title(gone.channel)} is planned in {base.label} only.")


def _people(people: PeopleChange) -> str:
    if not people.changes:
        same = f"Shift times are the same in {people.other} and {people.base}"
        days = formatting.count(len(people.rested), "agent-day has", "agent-days have")
        return f"{same}; {days} different breaks." if people.rested else f"{same}."
    share = formatting.percent(len(people.changes) / people.cells)
    days = formatting.count(len(people.changes), "agent-day")
    return (
        f"{people.other} changes {days} of {formatting.number(people.cells, 0)} ({share}) for "
        f"{formatting.count(people.people, 'person', 'people')}, compared with {people.base}."
    )


def _settings(made: Comparison) -> str:
    if not made.settings:
        return "The settings are the same."
    return f"{formatting.count(len(made.settings), 'setting differs', 'settings differ')}: " + (
        formatting.listed([row.key for row in made.settings], 6) + "."
    )
