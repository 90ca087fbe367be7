"""Nights and weekends shared evenly: their price, and exchanges of days between tours.

A night is a shift with at least three hours between 23:00 and 06:00 (a night worker's day in the Working Time
Regulations 1998, reg. 2); a weekend shift belongs to a Saturday or Sunday. The price is progressive: a person's k-th
night counts k, so the sum is least when counts are even.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import combinations_with_replacement
from typing import TYPE_CHECKING

import numpy as np

from configs.tables import records
from configs.units import DAY_MINUTES
from optimize.roster.inputs.patterns import WEEK

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from optimize.roster.inputs.people import People
    from optimize.roster.inputs.shift_slot import ShiftSlot
    from optimize.roster.inputs.week import Week
    from optimize.roster.persons.tours import Tour
    from optimize.roster.schedule.schedule import Schedule
    from optimize.roster.schedule.shift import Shift

NIGHT_FROM, NIGHT_TO = 23 * 60, 6 * 60
"""Minutes of the local day between which a night lies."""
NIGHT_HOURS = 3.0
"""Hours of a shift in the night from which it is a night, as above."""
SATURDAY = 5
"""Number of the first day of the weekend, as Python counts week days."""
PARTNERS = 40
"""People with fewest nights tried as partners of one with many; limited, so that thousands of people stay quick."""


@dataclass(frozen=True)
class Burden:
    """Nights and weekend shifts of somebody."""

    nights: float = 0.0
    weekends: float = 0.0


def is_night(week: Week, staff_group: int, shift_slot: ShiftSlot) -> bool:
    """Whether a shift is a night."""
    length = week.staff_groups[staff_group].shift_types[shift_slot.shift_type].length
    minutes = week.horizon.time_of_day[(shift_slot.start + np.arange(length)) % week.size] * week.horizon.interval_min
    inside = (minutes >= NIGHT_FROM) | (minutes < NIGHT_TO)
    return bool(inside.sum() * week.horizon.interval_h >= NIGHT_HOURS)


def burden(week: Week, tour: Tour) -> Burden:
    """Nights and weekend shifts of a tour."""
    weekends = sum(week.horizon.date(shift_slot.day).weekday() >= SATURDAY for shift_slot in tour.shift_slots)
    return Burden(sum(is_night(week, tour.staff_group, shift_slot) for shift_slot in tour.shift_slots), weekends)


def past_burdens(week: Week, people: People) -> dict[str, Burden]:
    """Nights and weekends worked before: of the ``agents`` table, and of the previous week's roster."""
    past = {
        str(row["agent"]): Burden(_count(row.get("nights")), _count(row.get("weekends")))
        for row in records(people.agents)
    }
    before = worked_burdens(people.previous.schedule(week.horizon.zone)) if people.previous else {}
    for agent, worked in before.items():
        known = past.get(agent, Burden())
        past[agent] = Burden(known.nights + worked.nights, known.weekends + worked.weekends)
    return past


def worked_burdens(schedule: Schedule) -> dict[str, Burden]:
    """Nights and weekend shifts of everybody in a schedule."""
    return {
        agent: Burden(
            sum(_night_minutes(shift, schedule.zone) >= 60 * NIGHT_HOURS for shift in shifts),
            sum(shift.day.weekday() >= SATURDAY for shift in shifts),
        )
        for agent, shifts in schedule.by_agent.items()
    }


def _night_minutes(shift: Shift, zone: ZoneInfo) -> int:
    """Minutes of a shift between 23:00 and 06:00, by the clock it begins with."""
    local = shift.start.astimezone(zone)
    first = local.hour * 60 + local.minute
    last = first + (shift.end - shift.start) // timedelta(minutes=1)
    nights = (
        (NIGHT_FROM - DAY_MINUTES, NIGHT_TO),
        (NIGHT_FROM, NIGHT_TO + DAY_MINUTES),
        (NIGHT_FROM + DAY_MINUTES, NIGHT_TO + 2 * DAY_MINUTES),
    )
    return sum(max(0, min(last, until) - max(first, begin)) for begin, until in nights)


def _count(value: object) -> float:
    return 0.0 if value is None or value != value else float(str(value))  # noqa: PLR0124 - NaN


def price(past: Burden, more: Burden) -> float:
    """Progressive price: ``sum of k`` over the nights that are added to those of the past, and over the weekends.

    >>> price(Burden(nights=2), Burden(nights=2))
    7.0
    """
    return _progressive(past.nights, more.nights) + _progressive(past.weekends, more.weekends)


def _progressive(before: float, more: float) -> float:
    return before * more + more * (more + 1) / 2


def even_out(week: Week, tours: tuple[Tour, ...]) -> tuple[Tour, ...]:
    """Exchange runs of days between tours of a subgroup until nights are shared evenly; rest is kept.

    Both people work on every day exchanged, so days worked, cover and cost stay the same. An exchange is made where it
    brings two counts of nights closer.
    """
    made = list(tours)
    subgroups: dict[tuple[int, int], list[int]] = defaultdict(list)
    for at, tour in enumerate(tours):
        subgroups[tour.staff_group, tour.subgroup].append(at)
    for (staff_group, _), members in sorted(subgroups.items()):
        nights = {
            shift_slot: is_night(week, staff_group, shift_slot)
            for at in members
            for shift_slot in tours[at].shift_slots
        }
        while _exchange_once(week, made, members, nights):
            pass
    return tuple(made)


def _exchange_once(week: Week, made: list[Tour], members: list[int], nights: dict[ShiftSlot, bool]) -> bool:
    """Make at most one exchange for each tour with many nights; whether any was made."""
    counts = {at: sum(nights[shift_slot] for shift_slot in made[at].shift_slots) for at in members}
    found = False
    for many in sorted(members, key=lambda at: (-counts[at], at)):
        fewest = sorted((at for at in members if counts[many] - counts[at] >= 2), key=lambda at: (counts[at], at))
        for few in fewest[:PARTNERS]:
            pair = _exchanged(week, made[many], made[few], nights)
            if pair is not None:
                made[many], made[few] = pair
                counts |= {at: sum(nights[shift_slot] for shift_slot in made[at].shift_slots) for at in (many, few)}
                found = True
                break
    return found


def _exchanged(week: Week, many: Tour, few: Tour, nights: dict[ShiftSlot, bool]) -> tuple[Tour, Tour] | None:
    """Return the two tours after the exchange that brings their nights nearest, or None where none helps."""
    mine, other = ({shift_slot.day: shift_slot for shift_slot in tour.shift_slots} for tour in (many, few))
    before = sum(nights[shift_slot] for shift_slot in many.shift_slots) - sum(
        nights[shift_slot] for shift_slot in few.shift_slots
    )
    best: tuple[int, Tour, Tour] | None = None
    for first, last in combinations_with_replacement(range(WEEK), 2):
        days = range(first, last + 1)
        if any((day in mine) != (day in other) for day in days):
            continue
        moved = sum(nights[mine[day]] - nights[other[day]] for day in days if day in mine)
        after = abs(before - 2 * moved)
        if moved <= 0 or after >= (before if best is None else best[0]):
            continue
        pair = (_with(many, other, days), _with(few, mine, days))
        if all(rests_enough(week, tour) and _keeps_its_hours(week, tour) for tour in pair):
            best = (after, *pair)
    return None if best is None else best[1:]


def rests_enough(week: Week, tour: Tour) -> bool:
    """Whether a tour keeps the daily rest: from the previous week, or with the week as a circle where none is known."""
    staff_group, shift_slots = week.staff_groups[tour.staff_group], tour.shift_slots
    if shift_slots and shift_slots[0].start < staff_group.subgroups[tour.subgroup].first:
        return False
    free = [
        shift_slot.start + staff_group.shift_types[shift_slot.shift_type].length + staff_group.rest
        for shift_slot in shift_slots
    ]
    begins = [shift_slot.start for shift_slot in shift_slots]
    again = [begins[0] + week.size] if len(shift_slots) > 1 and week.before is None else []
    after = [*begins[1:], *again]
    return all(end <= start for end, start in zip(free, after, strict=False))


def _keeps_its_hours(week: Week, tour: Tour) -> bool:
    """Whether a pattern of the subgroup has these shift types on these days, where its hours are limited."""
    subgroup = week.staff_groups[tour.staff_group].subgroups[tour.subgroup]
    shift_types = {shift_slot.day: shift_slot.shift_type for shift_slot in tour.shift_slots}
    return not subgroup.type_sequences or subgroup.pattern_of(shift_types) is not None


def _with(tour: Tour, other: dict[int, ShiftSlot], days: range) -> Tour:
    """Return a tour that works the other's shifts on some days."""
    return replace(
        tour,
        shift_slots=tuple(
            other[shift_slot.day] if shift_slot.day in days else shift_slot for shift_slot in tour.shift_slots
        ),
    )
