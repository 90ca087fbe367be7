"""The tables as CSV files, in the columns other programs read back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from configs.files import write_table
from configs.tables import COVERAGE, FORECAST, PROMISE, REQUIREMENT, ROSTER, SIMULATION

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

    from configs.tables import Table
    from reports.run import Run


def write(run: Run, folder: Path) -> list[Path]:
    """Write forecast, requirement, roster and coverage; after a simulation ``simulation.csv`` and ``promise.csv``."""
    written = []
    tables = [
        (run.forecast.table, FORECAST),
        (run.requirement.table, REQUIREMENT),
        (run.roster.table, ROSTER),
        (run.roster.coverage, COVERAGE),
    ]
    if run.replay is not None:
        tables += [(run.replay.table, SIMULATION), (run.replay.promise_table, PROMISE)]
    for frame, table in tables:
        path = folder / f"{table.name}.csv"
        write_ordered(frame, table, path, run.horizon.timezone)
        written.append(path)
    return written


def write_ordered(frame: pd.DataFrame, table: Table, path: Path, zone: str) -> None:
    """Write one table in the order of its key, so that equal tables are equal files."""
    write_table(frame.sort_values(list(table.key), kind="stable").reset_index(drop=True), table, path, zone)
