"""Writes the exports a config asks for into the folder ``exports``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from configs.tables import PAYROLL, SEGMENTS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pandas as pd

    from configs.tables import Table
    from reports.run import Run


def write(run: Run, folder: Path) -> list[Path]:
    """Write every export of ``reports.exports``, each to a file of its name."""
    from reports.tables import write_ordered

    home = folder / "exports"
    tables, texts = _tables(), _texts()
    written = []
    for name in dict.fromkeys(run.config.reports.exports):
        home.mkdir(parents=True, exist_ok=True)
        path = home / f"{name}.csv"
        if name in tables:
            table, make = tables[name]
            write_ordered(make(run), table, path, run.horizon.timezone)
        else:
            path.write_text(texts[name](run), encoding="utf-8", newline="\n")
        written.append(path)
    return written


def _tables() -> dict[str, tuple[Table, Callable[[Run], pd.DataFrame]]]:
    from reports.exports.payroll import payroll
    from reports.exports.segments import segments

    return {"payroll": (PAYROLL, payroll), "segments": (SEGMENTS, segments)}


def _texts() -> dict[str, Callable[[Run], str]]:
    from reports.exports import forecasts

    return {"genesys": forecasts.genesys, "amazon-connect": forecasts.amazon_connect, "calabrio": forecasts.calabrio}
