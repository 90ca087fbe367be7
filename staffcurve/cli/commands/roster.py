"""``staffcurve roster``: requirement -> roster.csv and coverage.csv."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from staffcurve.cli.console import Console
from staffcurve.cli.options import (
    INTERRUPTED,
    TARGET_MISSED,
    ConfigFile,
    Debug,
    Gap,
    Json,
    Previous,
    Published,
    Quiet,
    Seed,
    Set,
    Strict,
    TimeLimit,
    Verbose,
    searching,
)
from staffcurve.cli.print_roster import print_advice, print_shortfalls

if TYPE_CHECKING:
    from optimize.roster.result import Roster
    from reports.metrics.lateness import Lateness
    from reports.metrics.targets import SpanTarget
    from reports.run import Rostered

LEAST_COST = 0.005
"""Less than half a cent of priced late work is rounding, not work."""
RequirementFile = Annotated[
    Path | None,
    typer.Option(
        "--requirement",
        metavar="FILE",
        help="Requirement from an earlier run or another tool: channel, start, agents (or work_h, due).",
    ),
]
Edited = Annotated[
    Path | None,
    typer.Option(
        "--edited",
        metavar="FILE",
        help="Workbook (or CSV) of a run with shifts changed by hand: verify it and show what the changes do.",
    ),
]
FromRun = Annotated[
    Path | None,
    typer.Option("--run", metavar="RUN", help="Run folder the edited file came from; by default the folder it is in."),
]
Absent = Annotated[
    list[str] | None,
    typer.Option(
        "--absent",
        metavar="AGENT:FROM[:TO]",
        help="Repair the published roster: somebody is absent on these days, or from and to a time such as "
        "2026-12-01T08:00. Separate several by commas, or repeat.",
    ),
]
LockedCells = Annotated[
    list[str] | None,
    typer.Option(
        "--locked",
        metavar="AGENT[:DATE]",
        help="Shifts that a repair leaves as they are; all keeps every published shift and only adds shifts.",
    ),
]
Chosen = Annotated[
    str, typer.Option("--alternative", metavar="NAME", help="Repair to write: open, fewest, balanced or cheapest.")
]
OutAsked = Annotated[
    Path | None, typer.Option("--out", metavar="DIR", help="Folder to write into; by default the current one.")
]


def roster(
    config: ConfigFile,
    requirement: RequirementFile = None,
    previous: Previous = None,
    published: Published = None,
    time_limit: TimeLimit = None,
    gap: Gap = None,
    seed: Seed = None,
    edited: Edited = None,
    run: FromRun = None,
    absent: Absent = None,
    locked: LockedCells = None,
    alternative: Chosen = "fewest",
    changes: Set = None,
    out: OutAsked = None,
    strict: Strict = False,
    verbose: Verbose = False,
    as_json: Json = False,
    quiet: Quiet = False,
    debug: Debug = False,
) -> None:
    """Turn the requirement into shifts, breaks and names; writes roster.csv and coverage.csv.

    With --edited it verifies a roster changed by hand instead: broken rules, changes in cost and service. It then
    writes files only with --out. With --absent it repairs the published roster: few shifts change.

    Example: staffcurve roster demo --requirement requirement.csv
    """
    from reports.run import Rostered
    from staffcurve import stages
    from staffcurve.cli.print_edited import print_edited
    from staffcurve.cli.print_repair import Asked, print_repair
    from staffcurve.run_folder.whole import check_writable
    from staffcurve.stage_inputs import requirement_from, settings_from

    console = Console(quiet, debug, as_json)
    with console.error_boundary("roster"):
        asked = [*(changes or ()), *searching(time_limit, gap, seed)]
        settings = settings_from(config, asked, previous, published)
        if edited is not None:
            print_edited(settings, edited, run, out, console, strict=strict)
            return
        home = out or Path()
        check_writable(home)
        if absent or locked:
            print_repair(
                settings, Asked(tuple(absent or ()), tuple(locked or ()), alternative, requirement), home, console
            )
            return
        people = stages.read_people(settings)
        begin = requirement_from(settings, requirement, console)
        made = stages.roster(settings, begin.table, people, begin.horizon, console)
        table = stages.cushioned(begin.table, made)
        missed = _answer(Rostered(settings, begin.horizon, table, made), home, config, console, verbose=verbose)
        if made.interrupted:
            raise SystemExit(INTERRUPTED)
        if strict and missed:
            console.refuse(missed)
            raise SystemExit(TARGET_MISSED)


def _answer(done: Rostered, home: Path, config: str, console: Console, *, verbose: bool) -> list[str]:
    """Write the tables, print the results, and return why the week does not meet what was asked."""
    from configs.tables import COVERAGE, ROSTER
    from reports.english.span_targets import missed as less_sure
    from reports.metrics.lateness import lateness
    from reports.metrics.targets import span_targets
    from staffcurve.run_folder.summarise import late_of
    from staffcurve.run_folder.write import write_together

    made, plan = done.roster, done.config.plan
    tables = ((made.table, ROSTER), (made.coverage, COVERAGE))
    files = write_together(tables, home, plan.timezone)
    short = float(made.coverage["shortage"].sum()) * done.horizon.interval_h
    overdue = lateness(done)
    spans = span_targets(done, None)
    missed = [*_missed(made, short, overdue), *(less_sure(each) for each in spans if each.missed)]
    _tell(made, short, overdue, plan.currency, console)
    _tell_spans(made, spans, plan.currency, console)
    (_tell_more if verbose else _count_more)(made, console, plan.currency)
    console.info(f"Written to {files[0]} and {files[1]}.")
    console.next(f"staffcurve run {config}  # the same with reports, in a run folder")
    if console.as_json:
        data = _proof(made) | {"shifts": len(made.table), "shortage_h": short}
        data |= {"late": [late_of(each).plain() for each in overdue], "missed": missed}
        console.print_object("roster", ok=True, files=[str(file) for file in files], **data)
    return missed


def _missed(made: Roster, short_h: float, overdue: tuple[Lateness, ...]) -> list[str]:
    """Why the week does not meet what was asked: people missing, days given up, work late; without service."""
    from reports import formatting
    from reports.findings import broken_rules, late
    from reports.metrics.work import NOISE_H

    reasons = []
    if short_h > NOISE_H:
        by_channel = made.coverage.groupby("channel")["shortage"].sum()
        names = formatting.listed([str(name) for name, agents in by_channel.items() if agents > 0])
        reasons.append(f"{formatting.count(short_h, 'agent-hour')} short at {names}.")
    if made.left_out:
        reasons.append(f"{made.given_up}.")
    reasons += [sentence for sentence in [broken_rules(made.notes)] if sentence]
    reasons += [late(each) for each in overdue]
    if made.cost.late > LEAST_COST and not overdue:
        reasons.append("more work is left at the end of the week than at_end allows.")
    return reasons


def _tell(made: Roster, short_h: float, overdue: tuple[Lateness, ...], currency: str, console: Console) -> None:
    """Say what it costs, what is short or late, and what changed."""
    from reports.findings import changed, late

    late_h = sum(each.late_h for each in overdue)
    console.info(
        f"  cost {made.cost.total:,.2f} {currency}, at least {made.bound:,.2f} for any roster{made.scope}; "
        f"{short_h:,.2f} agent-hours short" + (f", {late_h:,.2f} of work late" if late_h else "")
    )
    for each in overdue:
        console.info(f"  late: {late(each)}")
    if made.changes is not None:
        console.info(f"  {changed(made.changes)}")
    print_shortfalls(made, console)


def _tell_spans(made: Roster, spans: tuple[SpanTarget, ...], currency: str, console: Console) -> None:
    """Say how likely each target over a day or a week is met, and what meeting it in every interval would cost."""
    from reports.english.span_targets import by_interval, line

    for each in spans:
        console.info(f"  {line(each, currency)}.")
    if beside := by_interval(made, currency):
        console.info(f"  {beside}")


def _tell_more(made: Roster, console: Console, currency: str) -> None:
    """Say what would help, and what was noticed."""
    print_advice(made, console, currency)
    for note in made.notes:
        console.info(f"  note: {note}")


def _count_more(made: Roster, console: Console, _currency: str) -> None:
    """Say what was noticed, and how many suggestions ``--verbose`` prints."""
    from reports import formatting

    for note in made.notes:
        console.info(f"  note: {note}")
    if made.advice:
        console.info(f"  and {formatting.count(len(made.advice), 'suggestion')} with --verbose")


def _proof(made: Roster) -> dict[str, Any]:
    """Everything the tables do not say, as plain values."""
    from staffcurve.run_folder.records import advice_of, proof_of, shortfalls_of

    return proof_of(made).plain() | {
        "advice": [each.plain() for each in advice_of(made)],
        "shortfalls": [each.plain() for each in shortfalls_of(made)],
    }
