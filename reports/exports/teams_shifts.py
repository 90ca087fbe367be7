"""``teams-shifts.xlsx``: the roster for Microsoft Teams Shifts, schedule import from Excel.

Sheets ``Shifts``, ``Time Off`` and ``Members`` with the columns of the import's template, as five public programs and
the support article have them. Every cell is text but the minutes: dates ``m/d/yyyy``, times on the 24-hour clock of the
team's zone. The import only adds.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from optimize.roster.schedule.paid_time import breaks_paid
from reports.exports.people import away, members_of
from reports.shifts import shifts_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from optimize.roster.schedule.shift import Shift
    from reports.exports.people import Member
    from reports.run import Run
    from reports.shifts import ShiftLine

WHO = ("Member", "Work Email")
WHEN = ("Start Date", "Start Time", "End Date", "End Time")
SHIFTS = (*WHO, "Group", *WHEN, "Theme Color", "Custom Label", "Unpaid Break (minutes)", "Notes", "Shared")
TIME_OFF = (*WHO, *WHEN, "Time Off Reason", "Theme Color", "Notes", "Shared")
COLOURS = (
    "2. Blue", "3. Green", "4. Purple", "5. Pink", "6. Yellow", "8. DarkBlue", "9. DarkGreen", "10. DarkPurple",
    "11. DarkPink", "12. DarkYellow",
)  # fmt: skip
"""Colours of contracts, in the order of the config; the import's spelling of the seventh is not known."""
WHITE = "1. White"
SHARED, NOT_SHARED = "1. Shared", "2. Not Shared"


def write(run: Run, home: Path) -> list[Path]:
    """Write the workbook; the same run gives the same bytes."""
    import xlsxwriter

    path = home / "teams-shifts.xlsx"
    members = members_of(run, "teams-shifts")
    settings = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    workbook = xlsxwriter.Workbook(str(path), settings)
    workbook.set_properties({"author": "staffcurve", "created": datetime.combine(run.horizon.first, time())})
    for name, rows in (
        ("Shifts", [SHIFTS, *_shifts(run, members)]),
        ("Time Off", [TIME_OFF, *_time_off(run, members)]),
        ("Members", [WHO, *((member.name, member.id) for member in members.values())]),
    ):
        _add(workbook.add_worksheet(name), rows)
    workbook.close()
    return [path]


def _add(sheet: object, rows: Iterable[Sequence[str | int]]) -> None:
    """Write rows: texts as texts, whatever they begin with."""
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            if isinstance(cell, int):
                sheet.write_number(number, column, cell)  # type: ignore[attr-defined]
            elif cell:
                sheet.write_string(number, column, cell)  # type: ignore[attr-defined]
    sheet.freeze_panes(1, 0)  # type: ignore[attr-defined]
    sheet.autofit()  # type: ignore[attr-defined]


def _shifts(run: Run, members: dict[str, Member]) -> Iterator[tuple[str | int, ...]]:
    colours = {name: COLOURS[number % len(COLOURS)] for number, name in enumerate(run.config.contracts)}
    for shift, line in zip(run.roster.schedule.shifts, shifts_of(run), strict=True):
        member = members[shift.agent]
        yield (
            member.name, member.id, member.team, *_when(line.start, line.end), colours[shift.contract], shift.contract,
            _unpaid_minutes(run, shift), _notes(line), _shared(run),
        )  # fmt: skip


def _time_off(run: Run, members: dict[str, Member]) -> Iterator[tuple[str, ...]]:
    for span in away(run):
        member = members[span.agent]
        yield member.name, member.id, *_when(span.start, span.end), span.reason, WHITE, "", _shared(run)


def _unpaid_minutes(run: Run, shift: Shift) -> int:
    """Minutes of unpaid breaks; a break has no clock time in this import."""
    unpaid = sum((last - first for (first, last), paid in breaks_paid(run.config, shift) if not paid), timedelta(0))
    return unpaid // timedelta(minutes=1)


def _notes(line: ShiftLine) -> str:
    breaks = [f"Breaks: {line.breaks_text}"] if line.breaks else []
    return "; ".join([*breaks, *([line.activities_text] if line.activities else [])])


def _shared(run: Run) -> str:
    return SHARED if run.config.reports.teams_shifts.shared else NOT_SHARED


def _when(start: datetime, end: datetime) -> tuple[str, str, str, str]:
    """Dates without leading zeros and 24-hour times; not by ``%-m``, which not every machine has."""
    (first, begins), (last, ends) = ((f"{m.month}/{m.day}/{m.year}", f"{m:%H:%M}") for m in (start, end))
    return first, begins, last, ends
