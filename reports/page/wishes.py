"""Each wish, and what the roster has for that person on that day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from configs.units import format_clock

if TYPE_CHECKING:
    from optimize.roster.wish_facts import RefusedWish
    from reports.metrics.people import Person, Wish
    from reports.metrics.week import Week


@dataclass(frozen=True)
class WishRow:
    """One wish in words, and the day of that person in the roster: its shifts, the reason of leave, or ``off``.

    `why` says why it is not granted and what it would cost; empty where it is granted, or nothing is known.
    """

    wish: Wish
    asked: str
    rostered: str
    why: str


def wish_rows(week: Week) -> tuple[WishRow, ...]:
    """List every wish, those refused first, each in the order of days and people."""
    people = {person.agent: person for person in week.people}
    why = {(each.agent, each.day, _start(each), each.work): each.why for each in week.run.roster.refused}
    rows = [
        WishRow(
            wish,
            _asked(wish),
            _rostered(people[wish.agent], wish, week),
            "" if wish.granted else why.get((wish.agent, wish.date, wish.start, wish.wish == "on"), ""),
        )
        for wish in week.wishes
    ]
    return tuple(sorted(rows, key=lambda row: row.wish.granted))


def _start(wish: RefusedWish) -> str:
    return "" if wish.start is None else format_clock(wish.start)


def _asked(wish: Wish) -> str:
    words = "to work" if wish.wish == "on" else "to be off"
    return f"{words} from about {wish.start}" if wish.start else words


def _rostered(person: Person, wish: Wish, week: Week) -> str:
    shifts = [shift.clocks.replace("-", "–") for shift in person.shifts if shift.date == wish.date]
    leave = dict(person.leave).get((wish.date - week.first).days, "")
    return ", ".join(shifts) or leave or "off"
