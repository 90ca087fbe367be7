"""The tables as CSV files, in the columns other programs read back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from configs.files import write_table
from configs.tables import (
    COVERAGE,
    FAIRNESS,
    FORECAST,
    PROMISE_DAYS,
    REQUIREMENT,
    ROSTER,
    SIMULATION,
    TARGET_PROBABILITY,
)
from reports.fairness import fairness_table, shares_of

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

    from configs.tables import Table
    from optimize.simulation.result import Replay
    from reports.run import Run


def tables_of(run: Run) -> list[tuple[pd.DataFrame, Table]]:
    """Return the tables of every run, fair shares where any work is shared, and the tables of a replay."""
    tables = [
        (run.forecast.table, FORECAST),
        (run.requirement.table, REQUIREMENT),
        (run.roster.table, ROSTER),
        (run.roster.coverage, COVERAGE),
    ]
    shares = shares_of(run.rostered)
    if shares:
        tables.append((fairness_table(shares), FAIRNESS))
    if run.replay is not None:
        tables += replay_tables(run.replay)
    return tables


def replay_tables(replay: Replay) -> list[tuple[pd.DataFrame, Table]]:
    """Return the tables of a replay."""
    return [
        (replay.table, SIMULATION),
        (replay.target_table, TARGET_PROBABILITY),
        (replay.day_table, PROMISE_DAYS),
    ]


def write_ordered(frame: pd.DataFrame, table: Table, path: Path, zone: str) -> None:
    """Write one table in the order of its key, so that equal tables are equal files."""
    write_table(frame.sort_values(list(table.key), kind="stable").reset_index(drop=True), table, path, zone)
