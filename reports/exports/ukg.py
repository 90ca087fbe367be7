"""``ukg.xml``: the roster for UKG Workforce Central (Kronos), request ``AddScheduleItems`` of its XML interface.

A shift is a list of segments without gaps, breaks among them; a segment of the day after the shift began has day number
2. Elements and attributes are those of OfficeDev/Microsoft-Teams-Shifts-WFM-Connectors (models of requests), dates and
times on the clock as that connector writes them: ``11/30/2026`` and ``10:00 PM``.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from reports.exports.files import write_text
from reports.exports.people import members_of
from reports.exports.segments import BREAK, pieces_of

if TYPE_CHECKING:
    from datetime import date, datetime
    from pathlib import Path

    from optimize.roster.schedule.shift import Shift
    from reports.exports.segments import Piece
    from reports.run import Run


def write(run: Run, home: Path) -> list[Path]:
    """Write the file: a request for each person with shifts."""
    members = members_of(run, "ukg")
    root = ET.Element("Kronos_WFC", version="1.0")
    for agent, shifts in groupby(run.roster.schedule.shifts, key=lambda shift: shift.agent):
        _request(run, root, members[agent].id, list(shifts))
    ET.indent(root)
    text = '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"
    return [write_text(text, home / "ukg.xml")]


def _request(run: Run, root: ET.Element, person: str, shifts: list[Shift]) -> None:
    """Add the request of one person."""
    days = [shift.start.astimezone(run.horizon.zone).date() for shift in shifts]
    request = ET.SubElement(root, "Request", Action="AddScheduleItems")
    schedule = ET.SubElement(request, "Schedule", QueryDateSpan=f"{_date(min(days))}-{_date(max(days))}")
    ET.SubElement(ET.SubElement(schedule, "Employees"), "PersonIdentity", PersonNumber=person)
    items = ET.SubElement(schedule, "ScheduleItems")
    for shift, day in zip(shifts, days, strict=True):
        item = ET.SubElement(items, "ScheduleShift", StartDate=_date(day))
        ET.SubElement(ET.SubElement(item, "Employee"), "PersonIdentity", PersonNumber=person)
        segments = ET.SubElement(item, "ShiftSegments")
        for piece in pieces_of(run.config, shift):
            ET.SubElement(segments, "ShiftSegment", _attributes(run, piece, day))


def _attributes(run: Run, piece: Piece, day: date) -> dict[str, str]:
    """Attributes of a segment; a break has no job."""
    settings = run.config.reports.ukg
    first, last, activity, _ = piece
    start, end = first.astimezone(run.horizon.zone), last.astimezone(run.horizon.zone)
    found = {"SegmentTypeName": settings.segment_types.get(activity)}
    for name, moment in (("Start", start), ("End", end)):
        found |= {f"{name}Date": _date(moment.date()), f"{name}Time": _time(moment)}
        found[f"{name}DayNumber"] = str((moment.date() - day).days + 1)
    if activity != BREAK:
        found |= {"LaborAccountName": settings.labor_account, "OrgJobPath": settings.job}
    return {name: text for name, text in found.items() if text is not None}


def _date(day: date) -> str:
    return f"{day:%m/%d/%Y}"


def _time(moment: datetime) -> str:
    """Twelve-hour clock; not by ``%p``, which is a word of the locale."""
    return f"{(moment.hour + 11) % 12 + 1:02d}:{moment:%M} {'AM' if moment.hour < 12 else 'PM'}"
