"""The tables as CSV files, in the columns other programs read back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from configs.files import write_table
from configs.tables import COVERAGE, FORECAST, REQUIREMENT, ROSTER

if TYPE_CHECKING:
    from pathlib import Path

    from reports.run import Run


def write(run: Run, folder: Path) -> list[Path]:
    """Write ``forecast.csv``, ``requirement.csv``, ``roster.csv`` and ``coverage.csv``."""
    written = []
    for frame, table in (
        (run.forecast.table, FORECAST),
        (run.requirement.table, REQUIREMENT),
        (run.roster.table, ROSTER),
        (run.roster.coverage, COVERAGE),
    ):
        path = folder / f"{table.name}.csv"
        ordered = frame.sort_values(list(table.key), kind="stable").reset_index(drop=True)
        write_table(ordered, table, path, run.horizon.timezone)
        written.append(path)
    return written
