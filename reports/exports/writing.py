"""Writes the exports a config asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from configs.tables import PAYROLL, SEGMENTS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pandas as pd

    from configs.tables import Table
    from reports.run import Run


def write(run: Run, home: Path) -> list[Path]:
    """Write every export of ``reports.exports`` into the folder `home`.

    Each goes to a file of its name, `calabrio` to one for each channel too.
    """
    from reports.tables import write_ordered

    tables, texts = _tables(), _texts()
    written = []
    for name in dict.fromkeys(run.config.reports.exports):
        home.mkdir(parents=True, exist_ok=True)
        if name in tables:
            table, make = tables[name]
            path = home / f"{name}.csv"
            write_ordered(make(run), table, path, run.horizon.timezone)
            written.append(path)
        else:
            written += _write_texts(texts[name](run), home)
    return written


def _write_texts(texts: dict[str, str], home: Path) -> list[Path]:
    """Write files with the line ends they have."""
    written = []
    for name, text in texts.items():
        path = home / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode("utf-8"))
        written.append(path)
    return written


def _tables() -> dict[str, tuple[Table, Callable[[Run], pd.DataFrame]]]:
    from reports.exports.payroll import payroll
    from reports.exports.segments import segments

    return {"payroll": (PAYROLL, payroll), "segments": (SEGMENTS, segments)}


def _texts() -> dict[str, Callable[[Run], dict[str, str]]]:
    """Makers of forecast files, by name: each returns the text of every file it consists of."""
    from reports.exports import calabrio, forecasts

    return {
        "genesys": lambda run: {"genesys.csv": forecasts.genesys(run)},
        "amazon-connect": lambda run: {"amazon-connect.csv": forecasts.amazon_connect(run)},
        "calabrio": calabrio.files,
    }
