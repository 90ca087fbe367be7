"""Results become documents: page, workbook, tables, calendars and exports; a grid changed by hand is read back.

What a stage should say is not computed here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from configs.lazy import lazy_names

if TYPE_CHECKING:
    from reports.metrics.week import Week, week_of
    from reports.run import Run

_HOMES = {
    "Run": "run",
    "Week": "metrics.week",
    "week_of": "metrics.week",
}

_MOVED = {
    "FORMATS": "staffcurve.run_folder.formats.FORMATS",
    "write": "staffcurve.run_folder.formats.write_reports",
}
"""Names of version 0.1 that are now in the run folder's package, accepted for one version."""

__all__ = ["Run", "Week", "week_of"]

__getattr__, __dir__ = lazy_names(__name__, _HOMES, _MOVED)
