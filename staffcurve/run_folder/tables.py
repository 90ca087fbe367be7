"""The tables of a run folder, read with the contract of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from configs.tables import ROSTER
from staffcurve.run_folder.layout import table_file

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

    from configs.tables import Table


def read_any(path: Path, table: Table, zone: str) -> pd.DataFrame:
    """Return a table; a header alone is a table without rows."""
    from configs.files import read_table

    return read_table(path, table, zone=zone, label=str(path), empty="keep").frame.reset_index(drop=True)


def roster_file(place: Path) -> Path:
    """Return the roster table of a run folder; a file is taken as one."""
    return place / table_file(ROSTER) if place.is_dir() else place


def is_table(file: Path) -> bool:
    """Whether a file is a roster table, one row a shift, and no grid of agents by days."""
    if file.suffix.lower() != ".csv" or not file.is_file():
        return False
    with file.open("rb") as lines:
        head = lines.readline().decode("utf-8-sig", errors="replace").lower()
    return {"start", "end"} <= {name.strip().strip('"') for separator in ",;\t|" for name in head.split(separator)}
