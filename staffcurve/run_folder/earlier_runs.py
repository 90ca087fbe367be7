"""What a run takes over from other runs: from that of the previous week, and from the one that was published."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pandas as pd

from configs.errors import DataError, Fault
from configs.rules.periods import LONGEST_DAYS
from configs.tables import AGENTS, COVERAGE, FAIRNESS, REQUIREMENT, ROSTER, RUNNING, records
from optimize.roster.inputs.carryover_backlog import closing_backlog
from optimize.roster.inputs.previous import WEEK_DAYS, Previous
from optimize.roster.inputs.published import Published
from optimize.roster.schedule.schedule import Schedule
from staffcurve.run_folder.layout import EARLIER, MANIFEST, PREVIOUS, input_file, previous_file, table_file
from staffcurve.run_folder.manifest import read_manifest
from staffcurve.run_folder.tables import read_any, roster_file

if TYPE_CHECKING:
    from pathlib import Path

    from configs.schema import Config


def read_previous(config: Config) -> Previous | None:
    """Read the run of the previous week; None where ``roster.previous`` names none.

    Raises
    ------
    DataError
        It is not a run folder, or its plan has another zone or another interval.
    """
    from configs.loader import build

    label = config.roster.previous
    if label is None:
        return None
    folder, zone = config.path(label), config.plan.timezone
    manifest = read_manifest(folder, label)
    before = build(manifest.config, f"{label}/{MANIFEST}", folder).plan
    for what, theirs, ours in (
        ("time zone", before.timezone, zone),
        ("interval", f"{before.interval_s // 60} min", f"{config.plan.interval_s // 60} min"),
    ):
        if theirs != ours:
            raise DataError(Fault(label, f"was planned with {what} {theirs}, this plan has {ours}; they must agree"))
    week = date.fromisoformat(manifest.week)
    earlier = read_taken_over(folder, week, zone)
    looks_back = config.roster.rules is not None or any(each.rules for each in config.contracts.values())
    return Previous(
        read_any(folder / table_file(ROSTER), ROSTER, zone),
        read_any(folder / input_file(AGENTS), AGENTS, zone),
        week + timedelta(days=WEEK_DAYS),
        {} if earlier is None else earlier.days_running(),
        label,
        earlier.so_far if earlier is not None and looks_back else None,
        _ledger(folder / table_file(FAIRNESS), zone),
    )


def _ledger(path: Path, zone: str) -> pd.DataFrame | None:
    """Fair shares of a run; None where it shared nothing."""
    return read_any(path, FAIRNESS, zone) if path.is_file() else None


def read_waiting(config: Config) -> pd.DataFrame | None:
    """Return the ``waiting`` table of the previous week; None where ``roster.previous`` names no run with coverage."""
    from configs.loader import build

    if config.roster.previous is None:
        return None
    folder = config.path(config.roster.previous)
    paths = [folder / table_file(table) for table in (REQUIREMENT, COVERAGE)]
    if not all(path.is_file() for path in paths):
        return None
    manifest = read_manifest(folder, config.roster.previous)
    before = build(manifest.config, str(folder / MANIFEST), folder)
    requirement, coverage = (
        read_any(path, table, before.plan.timezone) for path, table in zip(paths, (REQUIREMENT, COVERAGE), strict=True)
    )
    return closing_backlog(before, requirement, coverage)


def read_published(config: Config) -> Published | None:
    """Read the published roster, of a run folder or of a table; None where ``roster.published`` names none.

    Raises
    ------
    DataError
        There is no roster, or a break or activity in it cannot be read.
    """
    from configs.files import read_table

    label = config.roster.published
    if label is None:
        return None
    path = roster_file(config.path(label))
    if not path.is_file():
        words = f"is neither a run folder nor a roster table; give a folder that run wrote, or its {table_file(ROSTER)}"
        raise DataError(Fault(f"roster.published = {label}", words))
    table = read_table(path, ROSTER, zone=config.plan.timezone, label=label, empty="keep").frame
    Schedule.from_table(table, config.plan.zone, label)  # refuses breaks and activities that cannot be read
    return Published(table, label)


def write_taken_over(previous: Previous, folder: Path, zone: str) -> None:
    """Write what a run took over into its folder, so that it can be read back whatever becomes of the other run."""
    from configs.files import write_table

    (folder / PREVIOUS).mkdir(parents=True)
    rows = [{"agent": agent, "days_running": float(days)} for agent, days in sorted(previous.running.items())]
    running = pd.DataFrame(rows, columns=RUNNING.names).astype({"agent": "str", "days_running": "float64"})
    for frame, table in ((previous.table, ROSTER), (previous.agents, AGENTS), (running, RUNNING)):
        write_table(frame, table, folder / previous_file(table), zone)
    if previous.earlier is not None:
        write_table(_last_year(previous), ROSTER, folder / EARLIER, zone)
    if previous.ledger is not None:
        write_table(previous.ledger, FAIRNESS, folder / previous_file(FAIRNESS), zone)


def _last_year(previous: Previous) -> pd.DataFrame:
    """The earlier rosters as far back as the longest period of a rule."""
    if previous.earlier is None:
        raise ValueError("previous.earlier is None")
    first = pd.Timestamp(previous.until, tz="UTC") - pd.Timedelta(days=LONGEST_DAYS + WEEK_DAYS)
    kept = previous.earlier[previous.earlier["start"] >= first]
    return kept.sort_values(["agent", "start"], kind="stable").reset_index(drop=True)


def read_taken_over(folder: Path, week: date, zone: str) -> Previous | None:
    """Read what the run of a week took over from the previous one; None where it took over nothing."""
    if not (folder / PREVIOUS).is_dir():
        return None
    roster, agents, running = (read_any(folder / previous_file(each), each, zone) for each in (ROSTER, AGENTS, RUNNING))
    days = {str(row["agent"]): int(row["days_running"]) for row in records(running)}
    earlier = read_any(folder / EARLIER, ROSTER, zone) if (folder / EARLIER).is_file() else None
    ledger = _ledger(folder / previous_file(FAIRNESS), zone)
    return Previous(roster, agents, week, days, earlier=earlier, ledger=ledger)
