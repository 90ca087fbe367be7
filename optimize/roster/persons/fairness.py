"""Burdens shared evenly between tours: what each tour has of them, and exchanges of days that even them out."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from itertools import combinations_with_replacement
from typing import TYPE_CHECKING

import numpy as np

from optimize.roster.inputs.patterns import WEEK

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from optimize.roster.fairness.burdens import Burdens
    from optimize.roster.inputs.shift_slot import ShiftSlot
    from optimize.roster.inputs.week import Week
    from optimize.roster.persons.tours import Tour

    Array = NDArray[np.float64]

PARTNERS = 40
"""People with the least burden tried as partners of one with much; limited, so that thousands of people stay quick."""
WORTH = 1e-9
"""Least fall of the price that counts as an exchange; less is rounding."""


def of_slot(week: Week, burdens: Burdens, staff_group: int, shift_slot: ShiftSlot) -> Array:
    """Which burdens a shift is; shape (K,)."""
    group, interval = week.staff_groups[staff_group], week.horizon.interval_min
    clock = int(week.horizon.time_of_day[shift_slot.start % week.size]) * interval
    minutes = group.shift_types[shift_slot.shift_type].length * interval
    return burdens.of(group.contract, week.horizon.date(shift_slot.day), clock, minutes).astype(np.float64)


def of_tour(week: Week, burdens: Burdens, tour: Tour) -> Array:
    """How many of its shifts are each burden; shape (K,)."""
    found = np.zeros(len(burdens.names))
    for shift_slot in tour.shift_slots:
        found += of_slot(week, burdens, tour.staff_group, shift_slot)
    return found


def even_out(week: Week, tours: tuple[Tour, ...], burdens: Burdens) -> tuple[Tour, ...]:
    """Exchange runs of days between tours of a subgroup until burdens are shared evenly; rest is kept.

    Both people work on every day exchanged, so days worked, cover and cost stay the same. An exchange is made where it
    lowers the sum of squares of both people's burdens, each with its weight.
    """
    made = list(tours)
    subgroups: dict[tuple[int, int], list[int]] = defaultdict(list)
    for at, tour in enumerate(tours):
        subgroups[tour.staff_group, tour.subgroup].append(at)
    for (staff_group, _), members in sorted(subgroups.items()):
        of = {
            shift_slot: of_slot(week, burdens, staff_group, shift_slot) * np.sqrt(burdens.weights)
            for at in members
            for shift_slot in tours[at].shift_slots
        }
        while _exchange_once(week, made, members, of):
            pass
    return tuple(made)


def _exchange_once(week: Week, made: list[Tour], members: list[int], of: dict[ShiftSlot, Array]) -> bool:
    """Make at most one exchange for each tour with much burden; whether any was made."""
    counts = {at: _sum(made[at], of) for at in members}
    heavy = {at: float(each.sum()) for at, each in counts.items()}
    found = False
    for many in sorted(members, key=lambda at: (-heavy[at], at)):
        others = sorted(
            (at for at in members if ((counts[many] - counts[at]) > 0).any()), key=lambda at: (heavy[at], at)
        )
        for few in others[:PARTNERS]:
            pair = _exchanged(week, made[many], made[few], of)
            if pair is not None:
                made[many], made[few] = pair
                counts |= {at: _sum(made[at], of) for at in (many, few)}
                heavy |= {at: float(counts[at].sum()) for at in (many, few)}
                found = True
                break
    return found


def _sum(tour: Tour, of: dict[ShiftSlot, Array]) -> Array:
    return np.asarray(np.sum([of[shift_slot] for shift_slot in tour.shift_slots], axis=0))


def _exchanged(week: Week, many: Tour, few: Tour, of: dict[ShiftSlot, Array]) -> tuple[Tour, Tour] | None:
    """Return the two tours after the exchange that brings their burdens closest, or None where none helps."""
    mine, other = ({shift_slot.day: shift_slot for shift_slot in tour.shift_slots} for tour in (many, few))
    before = _sum(many, of) - _sum(few, of)
    least, best = float(before @ before) - WORTH, None
    for first, last in combinations_with_replacement(range(WEEK), 2):
        days = range(first, last + 1)
        if any((day in mine) != (day in other) for day in days):
            continue
        moved = np.sum([of[mine[day]] - of[other[day]] for day in days if day in mine], axis=0)
        left = before - 2 * moved
        if float(left @ left) >= least:
            continue
        pair = (_with(many, other, days), _with(few, mine, days))
        if all(rests_enough(week, tour) and _keeps_its_hours(week, tour) for tour in pair):
            least, best = float(left @ left) - WORTH, pair
    return best


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
