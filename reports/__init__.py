"""Results become documents: page, workbook, tables, calendars and exports; a grid changed by hand is read back.

What a stage should say is not computed here.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reports.metrics.week import Week, week_of
    from reports.run import Run

_HOMES = {
    "Run": "reports.run",
    "Week": "reports.metrics.week",
    "week_of": "reports.metrics.week",
}

_MOVED = dict.fromkeys(("FORMATS", "write"), "staffcurve.run_folder.formats")
"""Names of version 0.1, and where what they did is done now."""

__all__ = ["Run", "Week", "week_of"]


def __getattr__(name: str) -> object:
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    moved = f"; see {_MOVED[name]}" if name in _MOVED else ""
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}{moved}")


def __dir__() -> list[str]:
    return __all__
