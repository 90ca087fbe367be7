"""One random week of a plan: who comes to work, who calls, and what share is in time on each day."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from random import Random
from typing import TYPE_CHECKING

from benchmarks.centres.judging.backlog import in_time, opening_of, work_off
from benchmarks.centres.judging.customers import contacts_of
from benchmarks.centres.judging.floor import Floor

if TYPE_CHECKING:
    from benchmarks.centres.judging.centre import Centre, Line
    from benchmarks.centres.judging.seats import Stint


@dataclass
class Tally:
    """Contacts of a channel and those in time, by day."""

    good: Counter[int] = field(default_factory=Counter)
    counted: Counter[int] = field(default_factory=Counter)

    def add(self, day: int, *, good: bool) -> None:
        """Count one contact."""
        self.counted[day] += 1
        self.good[day] += good


def week_of(centre: Centre, placed: list[list[Stint]], seed: int, number: int) -> dict[str, Tally]:
    """Simulate week `number` of a seed with everybody `placed` as `seats.stints_of` says."""
    luck = Random(f"{seed} {number}")  # noqa: S311 - a simulation
    stints = [_if_present(each, centre.absence, luck) for each in placed]
    found = _live(centre, stints, luck)
    for line in centre.lines:
        if line.kind == "deferrable":
            found[line.name] = _deferrable(centre, line, stints, luck)
    return found


def _if_present(stints: list[Stint], absence: float, luck: Random) -> list[Stint]:
    return [] if luck.random() < absence else stints


def _live(centre: Centre, stints: list[list[Stint]], luck: Random) -> dict[str, Tally]:
    lines = tuple(line for line in centre.lines if line.kind != "deferrable")
    floor = Floor(lines, centre.interval_s, luck)
    for duty, each in zip(centre.duties, stints, strict=True):
        floor.join(duty.skills, each, centre.end_s)
    for line in lines:
        for contact in contacts_of(centre, line, luck):
            floor.expect(contact)
    found = {line.name: Tally() for line in lines}
    for contact in floor.run():
        day = centre.day[int(contact.at_s // centre.interval_s)]
        found[contact.line.name].add(day, good=contact.in_time)
    return found


def _deferrable(centre: Centre, line: Line, stints: list[list[Stint]], luck: Random) -> Tally:
    people = [0] * len(centre.day)
    for stint in (stint for each in stints for stint in each if stint.place == line.name):
        for at in range(int(stint.begin_s // centre.interval_s), int(stint.end_s // centre.interval_s)):
            people[at] += 1
    before = opening_of(line, luck)
    contacts = [*before, *contacts_of(centre, line, luck)]
    tally = Tally()
    for number, (contact, end) in enumerate(zip(contacts, work_off(centre, contacts, people), strict=True)):
        good = in_time(centre, line, contact, end)
        if good is not None and number >= len(before):
            tally.add(centre.day[int(contact.at_s // centre.interval_s)], good=good)
    return tally
