"""Results become documents: page, workbook, tables, calendars and exports; a grid changed by hand is read back.

What a stage should say is not computed here.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from configs.renamed import current_name

if TYPE_CHECKING:
    from reports.metrics.week import Week, week_of
    from reports.run import Run

_HOMES = {
    "Run": "reports.run",
    "Week": "reports.metrics.week",
    "week_of": "reports.metrics.week",
}

_MOVED = {"FORMATS": "FORMATS", "write": "write_reports"}
"""Names of version 0.1 that are now in the run folder's package, accepted for one version."""
_RUN_FOLDER = "staffcurve.run_folder.formats"

__all__ = ["Run", "Week", "week_of"]


def __getattr__(name: str) -> object:
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    if name in _MOVED:
        current_name(__name__, name, f"{_RUN_FOLDER}.{_MOVED[name]}")
        return getattr(import_module(_RUN_FOLDER), _MOVED[name])
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__
