"""A roster changed by hand, held against the run it came from: what was changed, which rules break, what it costs."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from configs.break_times import clock_of
from configs.errors import DataError, Fault, nearest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from configs.horizon import Horizon
    from configs.schema import Config
    from optimize.roster.edited import Edit
    from optimize.roster.schedule.schedule import Schedule
    from reports.metrics.week import Week
    from reports.run import Run
    from reports.workbook.readback import Entry, Span


@dataclass(frozen=True)
class Change:
    """One cell of the grid that is not as it was; texts such as ``07:00-15:30``, empty for a day off."""

    agent: str
    day: int
    before: str
    after: str
    where: str


@dataclass(frozen=True)
class Edited:
    """The week before and after the planner's changes, and the rules that are broken now."""

    before: Week
    after: Week
    changes: tuple[Change, ...]
    broken: tuple[Fault, ...]


def judge_edited(config: Config, file: Path, run: Run) -> Edited:
    """Read the changes, verify them, and count the week again.

    Raises
    ------
    DataError
        Cells that cannot be read, people nobody knows or who have no row any more, a config of another clock.
    """
    from optimize.roster.edited import apply_edits, judge, paid
    from reports import week_of
    from staffcurve.run_folder.tables import is_table
    from staffcurve.stages import with_service

    _same_clock(config, run)
    _same_libraries(config, run)
    horizon, before = run.horizon, run.roster
    people = replace(before.people, published=None)
    if is_table(file):
        schedule = paid(config, horizon, _rows(file, run))
        changes = tuple(_changed_rows(file, run, schedule))
    else:
        pairs = tuple(_changed_cells(file, run))
        schedule = apply_edits(config, horizon, before, tuple(edit for _, edit in pairs))
        changes = tuple(change for change, _ in pairs)
    judged = judge(config, horizon, run.requirement.table, replace(before, people=people), schedule, people)
    after = replace(run, roster=with_service(config, run.requirement.table, judged.roster), replay=None)
    return Edited(week_of(replace(run, replay=None)), week_of(after), changes, judged.broken)


def _same_clock(config: Config, run: Run) -> None:
    ours, theirs = (config.plan.timezone, config.plan.interval), (run.horizon.timezone, run.config.plan.interval)
    if ours != theirs:
        words = f"the run was planned in {run.horizon.timezone} with intervals of {run.horizon.interval_min} min"
        raise DataError(Fault("plan.timezone, plan.interval", f"{words}; the config must agree"))


def _same_libraries(config: Config, run: Run) -> None:
    """Every contract and channel of the run must be in the config the changes are judged by."""
    tables = (
        ("contracts", run.roster.people.agents["contract"], config.contracts),
        ("channels", run.requirement.table["channel"], config.channels),
    )
    faults = [
        Fault(f"{table}.{name}", "is in the run but not in the config; use the config the run was planned with")
        for table, used, known in tables
        for name in sorted({str(name) for name in used} - set(known))
    ]
    if faults:
        raise DataError(faults)


def _changed_cells(file: Path, run: Run) -> Iterator[tuple[Change, Edit]]:
    """Cells of a grid that differ from the roster of a run."""
    from optimize.roster.edited import Edit
    from reports.workbook.readback import read_grid

    before, entries = _cell_texts(run), read_grid(file, run.horizon)
    _everybody_has_a_row(file, run, entries)
    for entry in entries:
        was, now = before.get((entry.agent, entry.day), ""), clocks(entry.spans, run.horizon)
        if was != now:
            change = Change(entry.agent, entry.day, was, now, entry.where)
            yield change, Edit(entry.agent, entry.day, entry.spans)


def _rows(file: Path, run: Run) -> Schedule:
    """Read a roster table; people and contracts must be those of the run, and shifts those of its week."""
    from configs.files import read_table
    from configs.tables import ROSTER, records
    from optimize.roster.schedule.schedule import Schedule

    zone = run.config.plan.timezone
    table = read_table(file, ROSTER, zone=zone, label=file.name, empty="keep").frame
    contracts = {str(row["agent"]): str(row["contract"]) for row in records(run.roster.people.agents)}
    faults, known = [], sorted(contracts)
    for number, row in zip(table.index, records(table), strict=True):
        where, agent = f"{file.name}, row {number}", str(row["agent"])
        if agent not in contracts:
            faults.append(Fault(where, f"agent {agent} is not among the agents of the run{nearest(agent, known)}"))
        elif str(row["contract"]) != contracts[agent]:
            faults.append(Fault(where, f"agent {agent} has contract {contracts[agent]}, not {row['contract']}"))
        elif row["end"] <= row["start"]:
            faults.append(Fault(where, f"the shift of agent {agent} ends before it starts ({row['start']})"))
        elif not run.horizon.begin <= row["start"] < run.horizon.end:
            faults.append(Fault(where, f"the shift of agent {agent} begins {row['start']}, outside the week"))
    if faults:
        raise DataError(faults)
    return Schedule.from_table(table, run.horizon.zone, file.name)


def _changed_rows(file: Path, run: Run, schedule: Schedule) -> Iterator[Change]:
    """Days of people that differ, breaks and activities included."""
    now = _cell_texts(replace(run, roster=replace(run.roster, table=schedule.table, planned=schedule)), inside=True)
    before = _cell_texts(run, inside=True)
    for agent, day in sorted({*before, *now}):
        was, then = before.get((agent, day), ""), now.get((agent, day), "")
        if was != then:
            yield Change(agent, day, was, then, file.name)


def _cell_texts(run: Run, *, inside: bool = False) -> dict[tuple[str, int], str]:
    """What each person works on each day of a run, as the grid shows it, or with breaks and activities `inside`."""
    from reports.shifts import shifts_of

    message: dict[tuple[str, int], list[str]] = {}
    for shift in shifts_of(run):
        text = shift.with_breaks if inside else shift.clocks
        message.setdefault((shift.agent, (shift.date - run.horizon.first).days), []).append(text)
    return {key: ", ".join(texts) for key, texts in message.items()}


def clocks(spans: tuple[Span, ...], horizon: Horizon) -> str:
    """Shifts as the grid shows them."""
    return ", ".join("-".join(clock_of(moment.tz_convert(horizon.zone)) for moment in span) for span in spans)


def _everybody_has_a_row(file: Path, run: Run, entries: tuple[Entry, ...]) -> None:
    known = [str(agent) for agent in run.roster.people.agents["agent"]]
    listed = {entry.agent: entry.where for entry in entries}
    faults = [
        Fault(where, f"agent {agent} is not among the agents of the run{nearest(agent, known)}")
        for agent, where in listed.items()
        if agent not in known
    ]
    absent = [agent for agent in known if agent not in listed]
    if absent:
        message = ", ".join(absent[:5]) + (f" and {len(absent) - 5} more" if len(absent) > 5 else "")
        faults.append(Fault(str(file), f"has no row for agent {message}; to remove shifts, leave their cells empty"))
    if faults:
        raise DataError(faults)
