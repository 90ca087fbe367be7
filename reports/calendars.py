"""One calendar file for each agent, with the shifts of the week and the zone they are meant in.

A shift keeps its identity (agent, day, how manieth of that day) when the week is planned again,
so that importing the new file moves the entry instead of adding a second one.
"""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import TYPE_CHECKING

from reports import words
from reports.numbers.people import people_of
from reports.shifts import shifts_of
from reports.slugs import short_hash, slug, slugs

if TYPE_CHECKING:
    from pathlib import Path

    from icalendar import Calendar, Event, Timezone

    from configs.pauses import Held
    from reports.numbers.people import Person
    from reports.run import Run
    from reports.shifts import ShiftLine


def write(run: Run, folder: Path) -> list[Path]:
    """Write ``calendars/<agent>.ics`` for everybody; those without a shift get an empty calendar."""
    from icalendar import Timezone

    home = folder / "calendars"
    home.mkdir(parents=True, exist_ok=True)
    people = sorted(people_of(run, shifts_of(run)), key=lambda person: person.agent)
    names = slugs(person.agent for person in people)
    first, last = run.horizon.date(-1), run.horizon.date(run.horizon.days + 2)
    zone = Timezone.from_tzid(run.horizon.timezone, first_date=first, last_date=last)
    written = []
    for person in people:
        path = home / f"{names[person.agent]}.ics"
        path.write_bytes(calendar(run, person, zone).to_ical())
        written.append(path)
    return written


def calendar(run: Run, person: Person, zone: Timezone) -> Calendar:
    """Make the calendar of one agent."""
    from icalendar import Calendar

    made = Calendar()
    made.add("prodid", f"-//staffcurve//{run.version}//EN")
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", f"Shifts of {person.name}, week of {words.day_long(run.horizon.first)}")
    made.add("x-wr-timezone", run.horizon.timezone)
    made.add_component(zone)
    seen: dict[object, int] = {}
    for shift in person.shifts:
        nth = seen[shift.date] = seen.get(shift.date, 0) + 1
        made.add_component(_event(run, shift, nth))
        for held in shift.activities:
            made.add_component(_activity(run, shift, held))
    return made


def _event(run: Run, shift: ShiftLine, nth: int) -> Event:
    from icalendar import Event

    event = Event()
    event.add("uid", f"{shift.date:%Y%m%d}-{nth}-{short_hash(shift.agent)}@{slug(run.config.plan.name)}.staffcurve")
    event.add("dtstamp", _stamp(run))
    event.add("dtstart", _stated(shift.start))
    event.add("dtend", _stated(shift.end))
    event.add("summary", f"Shift {shift.clocks}")
    event.add("description", _described(shift))
    event.add("categories", [shift.contract])
    event.add("transp", "OPAQUE")
    return event


def _activity(run: Run, shift: ShiftLine, held: Held) -> Event:
    """Make the entry of an activity inside a shift; it keeps its identity when it moves."""
    from icalendar import Event

    event = Event()
    who = f"{slug(held.name)}-{run.horizon.first:%Y%m%d}-{short_hash(shift.agent)}"
    event.add("uid", f"{who}@{slug(run.config.plan.name)}.staffcurve")
    event.add("dtstamp", _stamp(run))
    event.add("dtstart", _stated(held.start))
    event.add("dtend", _stated(held.end))
    event.add("summary", held.name)
    event.add("transp", "OPAQUE")
    return event


def _stated(moment: datetime) -> datetime:
    """Leave a local time as it is; the second of a doubled hour has no local name in a calendar and is told in UTC."""
    return moment.astimezone(UTC) if moment.fold else moment


def _described(shift: ShiftLine) -> str:
    breaks = f"Breaks: {shift.breaks_text}" if shift.breaks else "No breaks"
    activities = [f"Activities: {shift.activities_text}"] if shift.activities else []
    lines = [breaks, *activities, f"Paid: {words.hours(shift.paid_h)}"]
    if shift.start.utcoffset() != shift.end.utcoffset():
        lines.append("The clock changes during this shift.")
    return "\n".join(lines)


def _stamp(run: Run) -> datetime:
    """Return a time stamp that is the same on every run: the planned week, not the moment of writing."""
    return datetime.combine(run.horizon.first, time(), tzinfo=UTC)
