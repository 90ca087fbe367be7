"""The names in a run folder, each written here and nowhere else."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from configs.tables import Table

MANIFEST = "manifest.json"
"""What the run was made of and how good it is; a folder with this file is a run folder."""
SUMMARY = "summary.json"
"""The numbers of the week for other programs."""
PUBLISHED = "published.json"
"""The calendar entries people have, with their numbers."""
EXPLANATIONS = "explanations.json"
"""What stands behind the forecast."""
REPORT = "report.html"
WORKBOOK = "staffing.xlsx"
LOG = "run.log"
CALENDARS = "calendars"
"""Folder with a calendar for each agent."""
EXPORTS = "exports"
"""Folder with the files for other programs that ``reports.exports`` asks for."""
OVERVIEW = "weeks.json"
"""Which runs an overview of several weeks shows; a folder with this file is such an overview."""
WEEKS_PAGE = "weeks.html"
WEEKS_WORKBOOK = "weeks.xlsx"
INPUTS = "inputs"
"""Folder with the people, their absences and wishes, recent history, and work carried over."""
PREVIOUS = f"{INPUTS}/previous"
"""Folder with the roster of the previous week, where the run follows on one."""


EARLIER = f"{PREVIOUS}/earlier.csv"
"""Rosters of the weeks before the previous one, where rules about people look back that far."""


def table_file(table: Table) -> str:
    """Return the file name of a table, such as ``roster.csv``."""
    return f"{table.name}.csv"


def input_file(table: Table) -> str:
    """Return the place of a table that was read and not computed."""
    return f"{INPUTS}/{table_file(table)}"


def previous_file(table: Table) -> str:
    """Return the place of a table of the previous week."""
    return f"{PREVIOUS}/{table_file(table)}"
