"""A comparison as tables: a column for each run, with the change from the first run in brackets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports import formatting
from reports.document.listing import NOTHING, Cell, Listing, listing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

    from reports.comparison.cells import PeopleChange
    from reports.comparison.compare import Comparison
    from reports.comparison.facts import ChannelFacts, RunFacts


def week_listing(made: Comparison) -> Listing:
    """Cost and its split, hours, proof, people, wishes."""
    currency = made.runs[0].currency

    def money(pick: Callable[[RunFacts], float]) -> Iterator[Cell]:
        return _beside(made.runs, pick, lambda value: formatting.money(value, currency))

    def hours(pick: Callable[[RunFacts], float]) -> Iterator[Cell]:
        return _beside(made.runs, pick, formatting.hours)

    missed: list[Cell | str] = ["penalty for missed service targets", *money(lambda run: run.cost.targets)]
    some_missed = any(round(run.cost.targets, 2) for run in made.runs)
    rows: list[list[Cell | str]] = [
        ["week of", *(f"{formatting.day(run.week)} {run.week.year}" for run in made.runs)],
        ["contacts expected", *_beside(made.runs, lambda run: run.volume, lambda value: formatting.number(value, 0))],
        ["hours required", *hours(lambda run: run.required_h)],
        ["hours staffed", *hours(lambda run: run.staffed_h)],
        ["hours understaffed", *hours(lambda run: run.shortage_h)],
        ["hours paid", *hours(lambda run: run.paid_h)],
        ["paid", *money(lambda run: run.payroll)],
        ["  wages", *money(lambda run: run.cost.wages)],
        ["  premiums", *money(lambda run: run.cost.premiums)],
        ["penalty for understaffing", *money(lambda run: run.cost.shortage)],
        ["penalty for overstaffing", *money(lambda run: run.cost.excess)],
        ["penalty for late work", *money(lambda run: run.cost.late)],
        *([missed] if some_missed else []),
        ["total (minimised)", *money(lambda run: run.cost.total)],
        ["gap to the bound", *(f"{_gap(run)}, {run.status}" for run in made.runs)],
        ["people at work", *(f"{run.working} of {run.people}" for run in made.runs)],
        ["shifts", *_beside(made.runs, lambda run: float(len(run.shifts)), lambda value: formatting.number(value, 0))],
        ["wishes granted", *(f"{run.granted} of {run.wishes}" if run.wishes else NOTHING for run in made.runs)],
    ]
    note = "In brackets: the change from the first run. Penalties are not paid."
    return listing("The week", ["", *(run.label for run in made.runs)], rows, note)


def _gap(run: RunFacts) -> str:
    """The gap of a run; a run that gave up working days has none."""
    return "not comparable" if run.gap is None else formatting.percent(run.gap, 2)


def channel_listing(made: Comparison) -> Listing:
    """Volume, hours and service of every channel, a row for each channel and run."""
    rows = []
    for name in made.channels:
        for run in made.runs:
            one = run.channel(name)
            promise = (
                f"{formatting.title(name)}, {formatting.percent(one.target)} in {one.time_allowed}"
                if one
                else formatting.title(name)
            )
            rows.append([promise, run.label, *(_channel_cells(one) if one else [NOTHING] * 7)])
    heads = [
        "channel, target", "<run", "contacts", "required h", "staffed h", "understaffed h", "expected", "simulated",
        "probability",
    ]  # fmt: skip
    note = (
        "Expected: service level by formula, weighted by contacts; for deferrable channels the share of work in time. "
        "Simulated: with its 95% interval. Probability: of meeting the service target over the week."
    )
    return listing("Channels", heads, rows, note)


def _channel_cells(one: ChannelFacts) -> list[Cell | str]:
    expected = NOTHING if one.service_level is None else formatting.percent_down(one.service_level, aligned=True)
    replayed = NOTHING
    if one.replayed is not None:
        replayed = formatting.percent_down(one.replayed, aligned=True)
        if one.low is not None and one.high is not None:
            replayed += f" ({formatting.percent(one.low)} to {formatting.percent(one.high)})"
    return [
        formatting.number(one.volume, 0),
        formatting.fixed(one.required_h),
        formatting.fixed(one.staffed_h),
        Cell(formatting.fixed(one.shortage_h), "bad" if one.shortage_h >= 0.05 else "plain"),
        Cell(expected, "plain" if one.kept is None else "good" if one.kept else "bad"),
        replayed,
        NOTHING if one.probability is None else formatting.percent(one.probability, 0),
    ]


def people_listing(made: Comparison) -> Listing:
    """How many people and agent-days each later roster changes."""
    rows = [
        [
            one.other,
            formatting.number(one.people, 0),
            f"{len(one.changes):,} of {one.cells:,}",
            formatting.number(one.moved, 0),
            formatting.number(one.added, 0),
            formatting.number(one.dropped, 0),
            formatting.number(len(one.rested), 0),
        ]
        for one in made.people
    ]
    heads = [
        "compared with " + made.runs[0].label,
        "people",
        "days changed",
        "other times",
        "now worked",
        "now off",
        "other breaks",
    ]
    return listing("People changed", heads, rows, "A day is one agent on one weekday, in local clock time.")


def person_listing(made: Comparison, one: PeopleChange, most: int | None = None) -> Listing:
    """Which agent works when instead; at most `most` agents."""
    first = made.runs[0].week
    people = list(dict.fromkeys(change.agent for change in (*one.changes, *one.rested)))
    shown = people[:most]
    rows = [
        [
            change.agent,
            change.name,
            _day(first, change.day),
            change.before or "off",
            change.after or "off",
        ]
        for change in (*one.changes, *one.rested)
        if change.agent in shown
    ]
    left = len(people) - len(shown)
    note = f"{formatting.count(left, 'more person', 'more people')} changed; the page lists everyone." if left else ""
    return listing(f"Shifts changed in {one.other}", ["agent", "<name", "<day", "<before", "<after"], rows, note)


def _day(first: date, number: int) -> str:
    """Name a day of plans that begin on the same weekday; from the second week on with its week."""
    name = formatting.DAYS[(first.weekday() + number) % 7]
    return name if number < 7 else f"{name} of week {number // 7 + 1}"


def settings_listing(made: Comparison) -> Listing:
    """Settings that differ."""
    rows = [[row.key, *(NOTHING if value is None else value for value in row.values)] for row in made.settings]
    return listing("Settings that differ", ["setting", *(f"<{run.label}" for run in made.runs)], rows)


def _beside(
    runs: tuple[RunFacts, ...], pick: Callable[[RunFacts], float], write: Callable[[float], str]
) -> Iterator[Cell]:
    """One number of every run, with its change from the first run."""
    base = pick(runs[0])
    yield Cell(write(base))
    for run in runs[1:]:
        value = pick(run)
        yield Cell(f"{write(value)} ({change(base, value)})")


def change(base: float, value: float) -> str:
    """Write a change: ``+3.2%``, ``none``, or ``new`` where there was nothing."""
    if abs(value - base) < 0.005:
        return "same"
    if abs(base) < 0.005:
        return "new"
    share = formatting.percent(abs(value / base - 1))
    return f"{'+' if value > base else '-'}{share}"
