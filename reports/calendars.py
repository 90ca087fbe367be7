"""One calendar file for each agent, with the shifts of the week, and one for each team.

Times are UTC, which every calendar program shows in its reader's zone. Local times of an hour that comes twice are read
as one or the other by different programs, and so are tables of a zone's clock changes (``VTIMEZONE``).
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from reports import formatting
from reports.metrics.people import people_of
from reports.publication import stamp
from reports.shifts import shifts_of
from reports.slugs import slugs

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from icalendar import Calendar, Event

    from reports.calendar_entry import Entry
    from reports.run import Run

TEAMS = "teams"
"""Folder of the calendars of teams, inside that of the calendars of people."""


def write(run: Run, entries: Sequence[Entry], home: Path) -> list[Path]:
    """Write a file for everybody into the folder `home` and one for each team into its folder `TEAMS`.

    Those without a shift get an empty calendar, those who left the roster one with their cancelled shifts.
    """
    home.mkdir(parents=True, exist_ok=True)
    people = {entry.agent: entry.name for entry in entries}
    people |= {person.agent: person.name for person in people_of(run, shifts_of(run))}
    names = slugs(people)
    written = []
    for agent, name in sorted(people.items()):
        path = home / f"{names[agent]}.ics"
        path.write_bytes(calendar(run, name, [entry for entry in entries if entry.agent == agent]).to_ical())
        written.append(path)
    return [*written, *_teams(run, entries, home / TEAMS)]


def _teams(run: Run, entries: Sequence[Entry], home: Path) -> list[Path]:
    """Write a file for each team, with the entries of its people; those of people without a team are in none."""
    team_of = {person.agent: person.team for person in people_of(run, ()) if person.team}
    names = slugs(team_of.values())
    if names:
        home.mkdir(exist_ok=True)
    written = []
    for team in sorted(names):
        path = home / f"{names[team]}.ics"
        mine = [_for_team(entry) for entry in entries if team_of.get(entry.agent) == team]
        path.write_bytes(calendar(run, team, mine).to_ical())
        written.append(path)
    return written


def _for_team(entry: Entry) -> Entry:
    """An entry as colleagues see it: with the name, without breaks, contract and paid hours.

    It has a `uid` of its own, so that a calendar which holds both keeps a person's own entry.
    """
    key, _, home = entry.uid.partition("@")
    summary = f"{entry.name}: {entry.summary}"
    return replace(entry, uid=f"{key}-team@{home}", summary=summary, description="", categories=())


def calendar(run: Run, name: str, entries: Iterable[Entry]) -> Calendar:
    """Make the calendar of one agent or team, which is called `name`."""
    from icalendar import Calendar

    made = Calendar()
    made.add("prodid", f"-//staffcurve//{run.version}//EN")
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", f"Shifts of {name}, week of {formatting.day_long(run.horizon.first)}")
    made.add("x-wr-timezone", run.horizon.timezone)
    for entry in entries:
        made.add_component(_event(run, entry))
    return made


def _event(run: Run, entry: Entry) -> Event:
    from icalendar import Event

    event = Event()
    event.add("uid", entry.uid)
    event.add("sequence", entry.sequence)
    event.add("dtstamp", stamp(run, entry))
    event.add("last-modified", stamp(run, entry))
    event.add("dtstart", entry.start)
    event.add("dtend", entry.end)
    # Not every program hides a cancelled entry: its title says so as well.
    event.add("summary", f"Cancelled: {entry.summary}" if entry.cancelled else entry.summary)
    if entry.description:
        event.add("description", entry.description)
    if entry.categories:
        event.add("categories", list(entry.categories))
    event.add("status", "CANCELLED" if entry.cancelled else "CONFIRMED")
    event.add("transp", "TRANSPARENT" if entry.cancelled else "OPAQUE")
    return event
