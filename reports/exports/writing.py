"""Writes the exports a config asks for: each is the module of its name, so that a new one is a file and a name.

A module ``reports.exports.NAME`` offers ``write(run, home)``: it writes its files into the folder `home` and returns
their paths. ``reports.exports`` in `configs.schema.rostering` lists the names; ``-`` there is ``_`` here.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from reports.run import Run


def write(run: Run, home: Path) -> list[Path]:
    """Write every export of ``reports.exports`` into the folder `home`, which is made where one is asked for."""
    written: list[Path] = []
    for name in dict.fromkeys(run.config.reports.exports):
        home.mkdir(parents=True, exist_ok=True)
        written += import_module(f"reports.exports.{name.replace('-', '_')}").write(run, home)
    return written
