"""What ``staffcurve roster --absent`` says: alternatives, changes and open shifts, for people and for programs."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any

from configs.errors import DataError, Fault, UsageError
from configs.notes import plain_note

if TYPE_CHECKING:
    from pathlib import Path

    from configs.schema import Config
    from optimize.roster.repair import Alternative, Repair
    from optimize.roster.repair.result import Kind
    from reports.document.listing import Listing
    from reports.run import Run
    from staffcurve.cli.console import Console

KINDS: tuple[Kind, ...] = ("open", "fewest", "balanced", "cheapest")
CHANGES_SHOWN = 40


@dataclass(frozen=True)
class Asked:
    """Texts of ``--absent``, ``--locked`` and ``--alternative``, and another requirement if one was given."""

    absent: tuple[str, ...]
    locked: tuple[str, ...]
    alternative: str
    requirement: Path | None


def print_repair(config: Config, asked: Asked, home: Path, console: Console) -> None:
    """Repair the published run, write the chosen roster and the tables, and print what was found."""
    from configs.tables import ALTERNATIVES, COVERAGE, OPEN_SHIFTS, ROSTER
    from optimize.roster.repair import USUAL, repair_week
    from staffcurve.repair.asked import question_of
    from staffcurve.repair.tables import alternatives_table, open_shifts_table
    from staffcurve.run_folder.write import write_together
    from staffcurve.stage_inputs import requirement_from
    from staffcurve.stages import with_service

    _usage(config, asked)
    run = _published(config)
    requirement = run.requirement.table
    if asked.requirement is not None:
        requirement = requirement_from(config, asked.requirement, console).table
    question = question_of(asked.absent, asked.locked, run.horizon)
    wanted = {*USUAL, asked.alternative}
    kinds: tuple[Kind, ...] = tuple(kind for kind in KINDS if kind in wanted)
    with console.stage("repair") as step, console.interruptible() as end:
        repair = repair_week(config, run.horizon, requirement, run.roster, question, step.tell, end, kinds)
    repair = replace(
        repair,
        alternatives=tuple(
            replace(each, roster=with_service(config, requirement, each.roster)) for each in repair.alternatives
        ),
    )
    chosen = _chosen(repair, asked.alternative)
    tables = (
        (chosen.roster.table, ROSTER),
        (chosen.roster.coverage, COVERAGE),
        (alternatives_table(repair, run.horizon.interval_h), ALTERNATIVES),
        (open_shifts_table(repair), OPEN_SHIFTS),
    )
    files = [str(file) for file in write_together(tables, home, config.plan.timezone)]
    if console.as_json:
        console.print_object("roster", ok=True, files=files, **_plain(repair, chosen, run))
        return
    _answer(repair, chosen, run, console)
    console.info(f"Written to {', '.join(files[:-1])} and {files[-1]}.")


def _chosen(repair: Repair, kind: str) -> Alternative:
    """The alternative to write; one that was left out is a fault that names the others."""
    for each in repair.left_out:
        if each.kind == kind:
            others = ", ".join(f"--alternative {other.kind}" for other in repair.alternatives)
            raise DataError(Fault(f"--alternative {kind}", f"is {each.sentence}; there is {others}"))
    return next(each for each in repair.alternatives if each.kind == kind)


def _usage(config: Config, asked: Asked) -> None:
    if config.roster.published is None:
        raise UsageError("--absent and --locked repair a published roster; name its run folder with --published RUN")
    if not asked.absent:
        raise UsageError("--locked says what a repair leaves as it is; say who is absent with --absent AGENT:FROM")
    if asked.alternative not in KINDS:
        raise UsageError(f'--alternative "{asked.alternative}" is not one of {", ".join(KINDS)}')


def _published(config: Config) -> Run:
    """The published run with everything it was planned from."""
    from staffcurve.run_folder.layout import MANIFEST
    from staffcurve.run_folder.read import read_run

    label = str(config.roster.published)
    folder = config.path(label)
    if not (folder / MANIFEST).is_file():
        words = "a repair starts from a run folder, which holds the requirement and the people; give one that run wrote"
        raise DataError(Fault(f"roster.published = {label}", words))
    run = read_run(folder)
    ours, theirs = (config.plan.timezone, config.plan.interval), (run.horizon.timezone, run.config.plan.interval)
    if ours != theirs:
        words = f"was planned in {run.horizon.timezone} with intervals of {run.horizon.interval_min} min"
        raise DataError(Fault(label, f"{words}; the config must agree"))
    return run


def _answer(repair: Repair, chosen: Alternative, run: Run, console: Console) -> None:
    """Print the tables and sentences."""
    from configs.notes import sentence_of

    console.print_listing(_alternatives(repair, run))
    for fewest in (each for each in repair.alternatives if each.kind == "fewest"):
        console.print_data(f"Fewest changes: {sentence_of(fewest)}.")
    for left_out in repair.left_out:
        console.print_data(f"{left_out}.")
    console.print_data(f"{sentence_of(repair)[:1].upper()}{sentence_of(repair)[1:]}.")
    if chosen.changed:
        console.print_data("")
        console.print_listing(_changes(chosen, run))
    console.print_listing(_open(repair, run))


def _alternatives(repair: Repair, run: Run) -> Listing:
    from reports import formatting
    from reports.document.listing import listing
    from reports.english.repair import TITLES

    channels = list(dict.fromkeys(run.requirement.table["channel"]))
    rows = []
    for each in repair.alternatives:
        served = [_service(each, channel) for channel in channels]
        rows.append(
            (
                TITLES[each.kind],
                formatting.number(each.changes.cells),
                formatting.number(each.changes.people),
                f"{each.roster.cost.total:,.2f}",
                f"{each.short_h(run.horizon.interval_h):,.2f}",
                *served,
            )
        )
    currency = run.config.plan.currency
    heads = ("Alternative", "Changes", "People", f"Cost {currency}", "Short h", *channels)
    note = "A moved shift is two changes, one more or one less is one. Cost without a price of changes."
    return listing("Repairs", heads, rows, note)


def _service(alternative: Alternative, channel: str) -> str:
    """Share in time over the week at a channel, weighted by the people required."""
    from reports import formatting
    from reports.document.listing import NOTHING

    rows = alternative.roster.coverage
    rows = rows[(rows["channel"] == channel) & rows["service_level"].notna() & (rows["required"] > 0)]
    if rows.empty:
        return NOTHING
    share = float((rows["service_level"] * rows["required"]).sum() / rows["required"].sum())
    return formatting.percent_down(share, aligned=True)


def _changes(chosen: Alternative, run: Run) -> Listing:
    from reports import formatting
    from reports.document.listing import NOTHING, listing
    from reports.english.repair import TITLES, hours_of

    zone = run.horizon.zone
    rows = [
        (
            each.agent,
            formatting.day(each.day),
            hours_of(each.before, zone) or NOTHING,
            hours_of(each.after, zone) or NOTHING,
        )
        for each in chosen.changed[:CHANGES_SHOWN]
    ]
    more = len(chosen.changed) - len(rows)
    note = f"and {more} more in roster.csv" if more else ""
    return listing(f"Changes: {TITLES[chosen.kind]}", ("Agent", "<Day", "<Published", "<Now"), rows, note)


def _open(repair: Repair, run: Run) -> Listing:
    from reports import formatting
    from reports.document.listing import NOTHING, listing
    from reports.english.repair import hours_of

    rows = []
    for each in repair.open_shifts:
        first = f"{each.takers[0].cost:,.2f}" if each.takers else NOTHING
        swaps = sum(swap.shift is each.shift for swap in repair.swaps)
        rows.append(
            (
                each.shift.agent,
                formatting.day(each.shift.day),
                hours_of((each.shift,), run.horizon.zone),
                formatting.listed([taker.agent for taker in each.takers], 4) or NOTHING,
                first,
                formatting.number(swaps),
            )
        )
    heads = ("Absent", "<Day", "<Shift", "<Who may take it", "From", "Swaps")
    return listing("Open shifts", heads, rows, "All offers are in open_shifts.csv.")


def _plain(repair: Repair, chosen: Alternative, run: Run) -> dict[str, Any]:
    """The same as plain values."""
    alternatives = [
        {
            "alternative": each.kind,
            "changes": asdict(each.changes),
            "least_changes": each.least,
            "as_before": each.as_before,
            "cost": {part: round(value, 2) for part, value in asdict(each.roster.cost).items()}
            | {"total": round(each.roster.cost.total, 2)},
            "short_h": round(each.short_h(run.horizon.interval_h), 6),
            "changed": [
                {
                    "agent": day.agent,
                    "day": day.day.isoformat(),
                    "before": [[shift.start.isoformat(), shift.end.isoformat()] for shift in day.before],
                    "after": [[shift.start.isoformat(), shift.end.isoformat()] for shift in day.after],
                }
                for day in each.changed
            ],
        }
        for each in repair.alternatives
    ]
    offers = [
        {
            "absent": each.shift.agent,
            "start": each.shift.start.isoformat(),
            "end": each.shift.end.isoformat(),
            "takers": [asdict(taker) for taker in each.takers],
            "swaps": [
                {"agent": swap.agent, "start": swap.theirs.start.isoformat(), "end": swap.theirs.end.isoformat()}
                for swap in repair.swaps
                if swap.shift is each.shift
            ],
        }
        for each in repair.open_shifts
    ]
    left_out = [plain_note(each) for each in repair.left_out]
    return {"chosen": chosen.kind, "alternatives": alternatives, "left_out": left_out, "open_shifts": offers}
