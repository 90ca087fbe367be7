"""The request for UKG Workforce Central, read by its element names: segments have no gaps and add up to the shifts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from xml.etree import ElementTree as ET
from zoneinfo import ZoneInfo

import pytest

from tests.reports.export_runs import export_run, files_of, shifts
from tests.reports.runs import MONDAY


def root_of(run) -> ET.Element:
    return ET.fromstring(files_of(run)["ukg.xml"].decode("utf-8"))


def clock(shift: ET.Element, segment: ET.Element, end: str) -> datetime:
    """A local time by its day number, which must agree with its date."""
    first = datetime.strptime(shift.attrib["StartDate"], "%m/%d/%Y")  # noqa: DTZ007 - a local date
    day = first + timedelta(days=int(segment.attrib[f"{end}DayNumber"]) - 1)
    assert f"{day:%m/%d/%Y}" == segment.attrib[f"{end}Date"]
    time = datetime.strptime(segment.attrib[f"{end}Time"], "%I:%M %p").time()  # noqa: DTZ007
    return datetime.combine(day.date(), time)


@pytest.mark.parametrize("first", [MONDAY, date(2026, 10, 24), date(2027, 3, 27)])
def test_segments_follow_one_another_from_begin_to_end(first: date) -> None:
    """Of every shift of everybody, on the wall clock, also when it changes; who works is the employee id."""
    run = export_run(["ukg"], first)
    zone = ZoneInfo("Europe/London")
    ids = dict(zip(run.roster.people.agents["employee_id"], run.roster.people.agents["agent"], strict=True))
    found = []
    for request in root_of(run):
        assert request.attrib == {"Action": "AddScheduleItems"}
        (who,) = request.findall("Schedule/Employees/PersonIdentity")
        for shift in request.findall("Schedule/ScheduleItems/ScheduleShift"):
            assert shift.find("Employee/PersonIdentity").attrib == who.attrib
            pieces = [
                (clock(shift, segment, "Start"), clock(shift, segment, "End"))
                for segment in shift.findall("ShiftSegments/ShiftSegment")
            ]
            assert [end for _, end in pieces[:-1]] == [begin for begin, _ in pieces[1:]]
            found.append((ids[who.attrib["PersonNumber"]], pieces[0][0], pieces[-1][1]))
    assert sorted(found) == [
        (row["agent"], *(row[end].tz_convert(zone).tz_localize(None).to_pydatetime() for end in ("start", "end")))
        for row in shifts(run)
    ]


def test_a_night_by_hand() -> None:
    """22:00 to 06:00 with a break at two: three segments, of which the first ends on day 2."""
    run = export_run(["ukg"], reports={"ukg": {
        "segment_types": {"work": "REGULAR", "break": "BREAK", "training": "T"}, "job": "Moss/Phone", "labor_account": "1/2",
    }})  # fmt: skip
    night = next(shift for shift in root_of(run).iter("ScheduleShift") if len(list(shift.iter("ShiftSegment"))) == 3 and "PersonNumber" in shift.find("Employee/PersonIdentity").attrib and shift.find("Employee/PersonIdentity").attrib["PersonNumber"] == "HR-EMP-345")  # fmt: skip
    told = [
        (each.get("SegmentTypeName"), each.get("StartTime"), each.get("StartDayNumber"), each.get("EndTime"),
         each.get("EndDayNumber"), each.get("OrgJobPath"), each.get("LaborAccountName"))
        for each in night.iter("ShiftSegment")
    ]  # fmt: skip
    assert told == [
        ("REGULAR", "10:00 PM", "1", "02:00 AM", "2", "Moss/Phone", "1/2"),
        ("BREAK", "02:00 AM", "2", "02:30 AM", "2", None, None),
        ("REGULAR", "02:30 AM", "2", "06:00 AM", "2", "Moss/Phone", "1/2"),
    ]


def test_noon_and_midnight_are_twelve() -> None:
    """12:00 is 12:00 PM: Ann's break begins then."""
    starts = {each.get("StartTime") for each in root_of(export_run(["ukg"])).iter("ShiftSegment")}
    assert "12:00 PM" in starts
    assert not any(text.startswith("00") for text in starts)


def test_work_without_a_segment_type_has_none() -> None:
    """The public connector creates shifts without one; breaks and activities have theirs."""
    types = [each.get("SegmentTypeName") for each in root_of(export_run(["ukg"])).iter("ShiftSegment")]
    assert set(types) == {None, "BREAK", "TRAINING"}


def test_ids_with_signs_of_xml_are_read_back() -> None:
    """An ampersand and a bracket in an employee id are escaped."""
    run = export_run(["ukg"])
    agents = run.roster.people.agents.assign(employee_id=lambda table: "R&D<" + table["employee_id"])
    made = replace(run, roster=replace(run.roster, people=replace(run.roster.people, agents=agents)))
    numbers = {each.attrib["PersonNumber"] for each in root_of(made).iter("PersonIdentity")}
    assert "R&D<HR-EMP-12" in numbers
    assert len(numbers) == 4
