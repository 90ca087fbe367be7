"""What ``staffcurve roster --edited`` says: changes, broken rules, cost and service, for people and for programs."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from configs.errors import DataError, Fault
from staffcurve.cli.options import TARGET_MISSED

if TYPE_CHECKING:
    from pathlib import Path

    from configs.schema import Config
    from reports.document.listing import Listing
    from reports.findings import Mark
    from staffcurve.cli.console import Console
    from staffcurve.edited.judge import Edited

PARTS = ("wages", "premiums", "shortage", "excess", "late", "activities", "targets", "total")


def print_edited(
    config: Config, file: Path, run: Path | None, out: Path | None, console: Console, *, strict: bool
) -> None:
    """Judge an edited roster, tell what it does, and write its tables where asked."""
    from staffcurve.edited.judge import judge_edited
    from staffcurve.run_folder.find import run_of
    from staffcurve.run_folder.read import read_run
    from staffcurve.run_folder.whole import check_writable

    if out is not None:
        check_writable(out)
    if not file.exists():
        raise DataError(Fault(str(file), "no such file"))
    folder = run_of(file, run, config)
    made = judge_edited(config, file, read_run(folder))
    files = [] if out is None else _write(made, out)
    if console.as_json:
        console.print_object("roster", ok=True, run=str(folder), files=files, **_plain(made))
    else:
        console.info(f"Compared with the run in {folder}/.")
        _answer(made, console)
    if files:
        console.info(f"Written to {files[0]} and {files[1]}.")
    if strict and made.broken:
        raise SystemExit(TARGET_MISSED)


def _answer(made: Edited, console: Console) -> None:
    """Print the sentences and tables."""
    from reports import formatting

    people = len({change.agent for change in made.changes})
    if not made.changes:
        console.print_data("Nothing differs from the run.")
    else:
        cells = formatting.count(len(made.changes), "cell is", "cells are")
        console.print_data(f"{cells} changed, of {formatting.count(people, 'person', 'people')}.")
        console.print_listing(_changes(made))
    rules = (
        formatting.count(len(made.broken), "rule is broken", "rules are broken") if made.broken else "No rule is broken"
    )
    console.print_data(f"{rules}{':' if made.broken else '.'}")
    for fault in made.broken:
        console.print_data(f"  {fault.where.removeprefix('roster: ')} {fault.sentence}")
    console.print_data("")
    console.print_listing(_cost(made))
    console.print_listing(_service(made))


def _changes(made: Edited) -> Listing:
    from reports import formatting
    from reports.document.listing import NOTHING, listing

    horizon = made.before.run.horizon
    rows = [
        (each.agent, formatting.day(horizon.date(each.day)), each.before or NOTHING, each.after or NOTHING, each.where)
        for each in made.changes
    ]
    return listing("Changes", ("Agent", "<Day", "<Before", "<Now", "<Where"), rows)


def _cost(made: Edited) -> Listing:
    from reports.document.listing import Cell, listing

    currency = made.before.run.config.plan.currency
    rows = []
    for part in PARTS:
        was, now = (float(getattr(week.run.roster.cost, part)) for week in (made.before, made.after))
        if part == "total" or round(was, 2) or round(now, 2):
            change = now - was
            rows.append((part, f"{was:,.2f}", f"{now:,.2f}", Cell(f"{change:+,.2f}", _mark(change, 0.005))))
    note = "Wages and premiums are paid; the rest are penalties."
    return listing(f"Cost in {currency}", ("Part", "Before", "Now", "Change"), rows, note)


def _mark(change: float, least: float) -> Mark:
    """More cost or shortage is bad news, less is good."""
    return "plain" if abs(change) < least else "bad" if change > 0 else "good"


def _service(made: Edited) -> Listing:
    from reports.document.listing import Cell, listing

    rows: list[tuple[Cell | str, ...]] = []
    for was, now in zip(made.before.channels, made.after.channels, strict=True):
        short = Cell(f"{now.shortage_h:.1f}", _mark(now.shortage_h - was.shortage_h, 0.05))
        shares = [_share(value) for value in (was.target, was.service_level, now.service_level)]
        rows.append((now.channel, *shares, f"{was.shortage_h:.1f}", short))
    heads = ("Channel", "Target", "Before", "Now", "Short h before", "Short h now")
    return listing("Service", heads, rows, "Share in time over the week, as expected with the people rostered.")


def _share(value: float | None) -> str:
    from reports import formatting
    from reports.document.listing import NOTHING

    return NOTHING if value is None else formatting.percent_down(value, aligned=True)


def _plain(made: Edited) -> dict[str, Any]:
    """The same as plain values."""
    horizon = made.before.run.horizon
    cost = {}
    for name, week in (("before", made.before), ("after", made.after)):
        parts = asdict(week.run.roster.cost) | {"total": week.run.roster.cost.total}
        cost[name] = {part: round(value, 2) for part, value in parts.items()}
    service = {
        now.channel: {
            "target": now.target,
            "before": was.service_level,
            "after": now.service_level,
            "short_h_before": round(was.shortage_h, 6),
            "short_h_after": round(now.shortage_h, 6),
        }
        for was, now in zip(made.before.channels, made.after.channels, strict=True)
    }
    changes = [asdict(each) | {"day": horizon.date(each.day).isoformat()} for each in made.changes]
    broken = [{"where": fault.where, "sentence": fault.sentence} for fault in made.broken]
    return {"changes": changes, "broken": broken, "cost": cost, "service": service}


def _write(made: Edited, out: Path) -> list[str]:
    """Write the edited roster and its coverage."""
    from configs.tables import COVERAGE, ROSTER
    from staffcurve.run_folder.write import write_together

    run = made.after.run
    tables = ((run.roster.table, ROSTER), (run.roster.coverage, COVERAGE))
    return [str(file) for file in write_together(tables, out, run.config.plan.timezone)]
