"""The roster as a chart: a row for each agent, bars for shifts with gaps for breaks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from reports import formatting
from reports.page.axis import Axis

if TYPE_CHECKING:
    from datetime import datetime

    from reports.metrics.people import Person
    from reports.metrics.week import Week
    from reports.shifts import ShiftLine

HEIGHT = 10
"""Height of a row in its own units; bars leave one unit above and below."""
POINT = 3
"""Intervals taken by the point of a bar that runs over the end of the week."""


@dataclass(frozen=True)
class Bar:
    """One shift or one day of leave: CSS class, outline, and the words shown on hover."""

    look: str
    path: str
    label: str


@dataclass(frozen=True)
class Row:
    """One agent; `week` has a letter for each day: at (w)ork, (a)way on leave or (f)ree."""

    person: Person
    bars: tuple[Bar, ...]
    label: str
    find: str
    week: str


@dataclass(frozen=True)
class Group:
    """The agents of one contract."""

    contract: str
    working: int
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Gantt:
    """The whole chart, and the choices that narrow it.

    `cut` is true if a shift crosses the end of the week, where it is cut; `held` if there are activities; `twice` if
    the clock repeats an hour.
    """

    axis: Axis
    groups: tuple[Group, ...]
    people: int
    teams: tuple[str, ...]
    skills: tuple[str, ...]
    cut: bool
    held: bool
    twice: bool


def gantt(week: Week) -> Gantt:
    """Draw the roster."""
    axis = Axis(week.run.horizon)
    groups = []
    for contract in dict.fromkeys(person.contract for person in week.people):
        rows = tuple(_row(person, axis) for person in week.people if person.contract == contract)
        groups.append(Group(contract, sum(1 for row in rows if row.person.shifts), rows))
    return Gantt(
        axis,
        tuple(groups),
        len(week.people),
        teams=tuple(sorted({person.team for person in week.people if person.team})),
        skills=tuple(sorted({skill for person in week.people for skill in person.skills})),
        held=any(shift.activities for shift in week.shifts),
        twice=any(moment.fold for moment in axis.horizon.local),
        cut=any(_at(axis, shift.end) > axis.size for shift in week.shifts),
    )


def _row(person: Person, axis: Axis) -> Row:
    free = {shift.date for shift in person.shifts}
    away = [(number, reason) for number, reason in person.leave if axis.horizon.date(number) not in free]
    bars = [_leave(axis, number, reason) for number, reason in away]
    for shift in person.shifts:
        bars += [_bar(axis, shift), *_held(axis, shift)]
    label = [f"{formatting.DAYS[shift.date.weekday()]} {shift.clocks}" for shift in person.shifts]
    label += [f"{formatting.DAYS[axis.horizon.date(number).weekday()]} {reason}" for number, reason in away]
    find = " ".join((person.name, person.agent, person.contract, person.team, *person.skills)).casefold()
    return Row(person, tuple(bars), "; ".join(label) or "no shift", find, _letters(person, axis))


def _letters(person: Person, axis: Axis) -> str:
    """One letter a day: work wins over leave."""
    busy, away = {shift.date for shift in person.shifts}, {number for number, _ in person.leave}
    days = range(axis.horizon.days)
    return "".join("w" if axis.horizon.date(day) in busy else "a" if day in away else "f" for day in days)


def _bar(axis: Axis, shift: ShiftLine) -> Bar:
    """Outline a shift as boxes between its breaks; one that runs over the end of the week ends in a point there."""
    edges = [shift.start, *(moment for break_type in shift.breaks for moment in break_type), shift.end]
    boxes = []
    for first, last in zip(edges[::2], edges[1::2], strict=True):
        at, after = _at(axis, first), _at(axis, last)
        if at < min(after, axis.size):
            boxes.append(_box(at, after, axis.size))
    breaks = f", breaks {shift.breaks_text.replace('-', '–')}" if shift.breaks else ""
    breaks += f", {shift.activities_text.replace('-', '–')}" if shift.activities else ""
    return Bar(
        shift.part,
        "".join(boxes),
        f"{formatting.span(shift.start, shift.end)}{breaks}, {formatting.hours(shift.paid_h)} paid",
    )


def _held(axis: Axis, shift: ShiftLine) -> list[Bar]:
    """Outline the activities of a shift, to lie over it."""
    found = []
    for each in shift.activities:
        at, after = _at(axis, each.start), min(_at(axis, each.end), float(axis.size))
        if at < after:
            label = f"{each.name}, {formatting.span(each.start, each.end)}"
            found.append(Bar("held", _box(at, after, axis.size), label))
    return found


def _box(at: float, after: float, size: int) -> str:
    if after <= size:
        return f"M{at:g} 1h{after - at:g}v{HEIGHT - 2}h{at - after:g}z"
    point = min(POINT, size - at)
    return f"M{at:g} 1H{size - point:g}L{size} {HEIGHT / 2:g}L{size - point:g} {HEIGHT - 1}H{at:g}z"


def _leave(axis: Axis, number: int, reason: str) -> Bar:
    day = axis.days[number]
    return Bar("leave", f"M{day.at} 2h{day.size}v{HEIGHT - 4}h{-day.size}z", f"{day.label}: {reason}")


def _at(axis: Axis, moment: datetime) -> float:
    elapsed = pd.Timestamp(moment) - axis.horizon.begin
    return round(elapsed / pd.Timedelta(minutes=axis.horizon.interval_min), 3)
