"""One calendar file for each agent, with the shifts of the week, and one for each team.

Times are UTC, which every calendar program shows in its reader's zone. Local times of an hour that comes twice are read
as one or the other by different programs, and so are tables of a zone's clock changes (``VTIMEZONE``).
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeAlias

from reports import formatting
from reports.metrics.people import people_of
from reports.publication import stamp
from reports.shifts import shifts_of
from reports.slugs import slugs

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from icalendar import Calendar, Event

    from reports.calendar_entry import Entry
    from reports.run import Run

RunEntries: TypeAlias = "tuple[Run, Sequence[Entry]]"
"""A run with entries of its week."""
TEAMS = "teams"
"""Folder of the calendars of teams, inside that of the calendars of people."""


def write(run: Run, entries: Sequence[Entry], home: Path) -> list[Path]:
    """Write a file for everybody into the folder `home` and one for each team into its folder `TEAMS`.

    Those without a shift get an empty calendar, those who left the roster one with their cancelled shifts.
    """
    return write_weeks([(run, entries)], home)


def write_weeks(weeks: Sequence[RunEntries], home: Path) -> list[Path]:
    """Write the entries of several runs into one file for everybody, and one for each team, as `write` does for one.

    An entry is the same as in the calendars of its own run, so a program that has it keeps it once.
    """
    home.mkdir(parents=True, exist_ok=True)
    people: dict[str, str] = {}
    for run, entries in weeks:
        people |= {entry.agent: entry.name for entry in entries}
        people |= {person.agent: person.name for person in people_of(run, shifts_of(run))}
    names = slugs(people)
    written = []
    for agent, name in sorted(people.items()):
        path = home / f"{names[agent]}.ics"
        mine = [(run, [entry for entry in entries if entry.agent == agent]) for run, entries in weeks]
        path.write_bytes(calendar(name, mine).to_ical())
        written.append(path)
    return [*written, *_teams(weeks, home / TEAMS)]


def _teams(weeks: Sequence[RunEntries], home: Path) -> list[Path]:
    """Write a file for each team, with the entries of its people; those of people without a team are in none."""
    members = [{person.agent: person.team for person in people_of(run, ()) if person.team} for run, _ in weeks]
    names = slugs(team for team_of in members for team in team_of.values())
    if names:
        home.mkdir(exist_ok=True)
    written = []
    for team in sorted(names):
        path = home / f"{names[team]}.ics"
        mine = [
            (run, [_for_team(entry) for entry in entries if team_of.get(entry.agent) == team])
            for (run, entries), team_of in zip(weeks, members, strict=True)
        ]
        path.write_bytes(calendar(team, mine).to_ical())
        written.append(path)
    return written


def _for_team(entry: Entry) -> Entry:
    """An entry as colleagues see it: with the name, without breaks, contract and paid hours.

    It has a `uid` of its own, so that a calendar which holds both keeps a person's own entry.
    """
    key, _, home = entry.uid.partition("@")
    summary = f"{entry.name}: {entry.summary}"
    return replace(entry, uid=f"{key}-team@{home}", summary=summary, description="", categories=())


def calendar(name: str, weeks: Sequence[RunEntries]) -> Calendar:
    """Make the calendar of one agent or team, which is called `name`; `weeks` has their entries of each run."""
    from icalendar import Calendar

    first, last = weeks[0][0], weeks[-1][0]
    made = Calendar()
    made.add("prodid", f"-//staffcurve//{last.version}//EN")
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    made.add("method", "PUBLISH")
    one_line = " ".join(name.split())  # this property is written as it is, without escapes
    made.add("x-wr-calname", f"Shifts of {one_line}, {_span(first, last)}")
    made.add("x-wr-timezone", last.horizon.timezone)
    for run, entries in weeks:
        for entry in entries:
            made.add_component(_event(run, entry))
    return made


def _span(first: Run, last: Run) -> str:
    begin, end = first.horizon, last.horizon
    if first is last:
        return f"week of {formatting.day_long(begin.first)}"
    return f"{formatting.day_long(begin.first)} to {formatting.day_long(end.date(end.days - 1))}"


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
