"""``frappe-hr/``: the roster for Frappe HR (ERPNext), Data Import of two documents.

The times of a shift are in its ``Shift Type``, one for each begin and end on the clock; a ``Shift Assignment`` gives a
type to an employee on a day. Labels and the rules of overlaps are those of frappe/hrms (``shift_type.json``,
``shift_assignment.json`` and ``.py``): an assignment without an end date would go on for ever.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from configs.errors import ConfigError, Fault
from reports.exports.files import harmless, write_rows
from reports.exports.people import members_of
from reports.shifts import shifts_of

if TYPE_CHECKING:
    from pathlib import Path

    from reports.run import Run
    from reports.shifts import ShiftLine

TYPE_HEADS = ("ID", "Start Time", "End Time")
ASSIGNMENT_HEADS = ("Employee", "Shift Type", "Company", "Start Date", "End Date", "Status")


def write(run: Run, home: Path) -> list[Path]:
    """Write the file of shift types, and that of assignments."""
    settings = run.config.reports.frappe_hr
    if settings is None:
        raise ConfigError([Fault("reports.frappe_hr", 'is missing; the export "frappe-hr" needs this table')])
    members, shifts = members_of(run, "frappe-hr"), shifts_of(run)
    types = sorted({(_type(shift), f"{shift.start:%H:%M:%S}", f"{shift.end:%H:%M:%S}") for shift in shifts})
    assignments = []
    for shift in shifts:
        day = f"{shift.start:%Y-%m-%d}"
        who = members[shift.agent].id
        assignments.append((who, _type(shift), harmless(settings.company), day, day, "Active"))
    folder = home / "frappe-hr"
    return [
        write_rows([TYPE_HEADS, *types], folder / "shift-type.csv"),
        write_rows([ASSIGNMENT_HEADS, *assignments], folder / "shift-assignment.csv"),
    ]


def _type(shift: ShiftLine) -> str:
    """Name of the type: begin and end on the clock, which is all that Frappe HR knows of it."""
    return f"{shift.start:%H:%M}-{shift.end:%H:%M}"
