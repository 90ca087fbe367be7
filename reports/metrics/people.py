"""The people of the week: who works, who is on leave, who has no shifts, whose wishes were granted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from configs.units import format_clock
from optimize.roster.inputs.wishes import NEAR_MINUTES, wished_start
from reports.shifts import ShiftLine, text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from reports.run import Run


@dataclass(frozen=True)
class Person:
    """One agent with the week's shifts; `leave` holds (day number, reason) of each day touched by leave."""

    agent: str
    name: str
    contract: str
    team: str
    skills: tuple[str, ...]
    shifts: tuple[ShiftLine, ...]
    leave: tuple[tuple[int, str], ...]

    @property
    def paid_h(self) -> float:
        """Paid hours of the week."""
        return sum(shift.paid_h for shift in self.shifts)

    @property
    def cost(self) -> float:
        """Cost of the week."""
        return sum(shift.cost for shift in self.shifts)


@dataclass(frozen=True)
class Wish:
    """One wish and whether the roster grants it; `start` is a clock time, or blank."""

    agent: str
    name: str
    date: date
    wish: str
    start: str
    granted: bool


def people_of(run: Run, shifts: Sequence[ShiftLine]) -> tuple[Person, ...]:
    """List everybody, in order of contract (as the config names them), team and id."""
    by_agent: dict[str, list[ShiftLine]] = {}
    for shift in shifts:
        by_agent.setdefault(shift.agent, []).append(shift)
    leave = _leave_days(run)
    people = []
    for row in run.roster.people.agents.to_dict("records"):
        agent = str(row["agent"])
        people.append(
            Person(
                agent=agent,
                name=text(row.get("name")) or agent,
                contract=str(row["contract"]),
                team=text(row.get("team")),
                skills=tuple(skill.strip() for skill in text(row.get("skills")).split(";") if skill.strip()),
                shifts=tuple(by_agent.get(agent, ())),
                leave=tuple(sorted(leave.get(agent, {}).items())),
            )
        )
    order = {contract: i for i, contract in enumerate(run.config.contracts)}
    return tuple(
        sorted(
            people,
            key=lambda person: (order.get(person.contract, len(order)), person.contract, person.team, person.agent),
        )
    )


def _leave_days(run: Run) -> dict[str, dict[int, str]]:
    """Return the days of the horizon that leave touches, with its reason, for each agent."""
    found: dict[str, dict[int, str]] = {}
    leave = run.roster.people.leave
    if leave.empty:
        return found
    days = [(run.horizon.moment(number, 0), run.horizon.moment(number + 1, 0)) for number in range(run.horizon.days)]
    for row in leave.sort_values(["agent", "start"], kind="stable").to_dict("records"):
        start, end = pd.Timestamp(str(row["start"])), pd.Timestamp(str(row["end"]))
        for number, (begin, after) in enumerate(days):
            if start < after and end > begin:
                found.setdefault(str(row["agent"]), {}).setdefault(number, text(row.get("reason")) or "leave")
    return found


def idle(people: Sequence[Person], days: int) -> tuple[Person, ...]:
    """List people without a shift who are not on leave all week."""
    return tuple(person for person in people if not person.shifts and len(person.leave) < days)


def away(people: Sequence[Person], days: int) -> tuple[Person, ...]:
    """List those who are on leave on every day."""
    return tuple(person for person in people if not person.shifts and len(person.leave) >= days)


def wishes_of(run: Run, people: Sequence[Person]) -> tuple[Wish, ...]:
    """Compare every wish for a day of the week with the roster.

    ``on`` is granted by a shift on that day, ``off`` by none; with a start time only a shift that begins near it
    counts, as near as the search for a roster takes it.
    """
    requests = run.roster.people.requests
    if requests.empty:
        return ()
    by_id: Mapping[str, Person] = {person.agent: person for person in people}
    wishes = []
    for row in requests.to_dict("records"):
        day = pd.Timestamp(str(row["date"])).date()
        person = by_id.get(str(row["agent"]))
        if person is None or not 0 <= (day - run.horizon.first).days < run.horizon.days:
            continue
        start, wish = wished_start(row.get("shift")), str(row["wish"])
        hit = any(shift.date == day and _near(shift, start) for shift in person.shifts)
        clock = "" if start is None else format_clock(start)
        wishes.append(Wish(person.agent, person.name, day, wish, clock, granted=hit == (wish == "on")))
    return tuple(sorted(wishes, key=lambda wish: (wish.date, wish.agent, wish.start, wish.wish)))


def _near(shift: ShiftLine, minutes: int | None) -> bool:
    return minutes is None or abs(shift.start.hour * 60 + shift.start.minute - minutes) <= NEAR_MINUTES
