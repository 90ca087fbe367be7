"""Rules of one person in the program of a repair: days, hours, days in a row, days off together, rest.

A published shift works ``1 - drop``; a shift taken works its column. Rules a published roster breaks already are held
as far as it holds them, so that no repair has to mend what somebody else decided.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from optimize.roster.inputs.patterns import WEEK

if TYPE_CHECKING:
    from collections.abc import Iterator

    from optimize.roster.inputs.shift_slot import ShiftSlot
    from optimize.roster.inputs.week import Week
    from optimize.roster.program.model import Model
    from optimize.roster.repair.people import Own, Person

Terms = list[tuple[int, float]]


@dataclass(frozen=True)
class PersonColumns:
    """Columns of one person.

    `drop` by published shift that may be dropped; `takes` by shift type and day: whether a shift is taken; `slots` by
    shift slot, where single starts are told apart.
    """

    drop: dict[Own, int]
    takes: dict[tuple[int, int], int]
    slots: dict[ShiftSlot, int]


def keep_rules(model: Model, person: Person, columns: PersonColumns, paid: tuple[float, ...]) -> tuple[int, ...]:
    """Add every rule of a person who may change, and return the columns of their runs, which must be whole numbers.

    `paid` holds the paid hours of the shift types.
    """
    if not columns.takes and not columns.drop:
        return ()
    _one_shift_a_day(model, person, columns)
    _number_of_days(model, person, columns)
    _days_in_a_row(model, person, columns)
    _hours(model, person, columns, paid)
    return _days_off_together(model, person, columns)


def _taken(columns: PersonColumns, day: int) -> Terms:
    return [(column, 1.0) for (_, on), column in columns.takes.items() if on == day]


def _dropped(person: Person, columns: PersonColumns, day: int) -> Terms:
    return [(columns.drop[own], -1.0) for own in person.on(day) if own in columns.drop]


def _worked(person: Person, columns: PersonColumns, day: int) -> tuple[Terms, int]:
    """Terms and constant of the shifts of a day."""
    return [*_taken(columns, day), *_dropped(person, columns, day)], len(person.on(day))


def _one_shift_a_day(model: Model, person: Person, columns: PersonColumns) -> None:
    """``taken + published - dropped <= 1`` on each day."""
    for day in range(WEEK):
        terms, own = _worked(person, columns, day)
        if _taken(columns, day):
            model.row(f"day_{person.number}_{day}", terms, "<=", max(0, 1 - own))


def _number_of_days(model: Model, person: Person, columns: PersonColumns) -> None:
    """At most the days of the contract less leave; at least its fewest or guaranteed ones, as far as published."""
    limits, own = person.limits, len(person.own)
    terms = [term for day in range(WEEK) for term in _worked(person, columns, day)[0]]
    model.row(f"most_{person.number}", terms, "<=", max(0, limits.most - own))
    floor = min(own, max(limits.given, limits.least))
    if floor:
        model.row(f"least_{person.number}", terms, ">=", min(0, floor - own))
    if limits.least > 1 and not own:
        for column in columns.takes.values():
            model.row(f"enough_{column}", [*terms, (column, -float(limits.least))], ">=", 0)


def _days_in_a_row(model: Model, person: Person, columns: PersonColumns) -> None:
    """In any ``row + 1`` neighbouring days at most `row` are worked; the days before the week count."""
    row, running = person.limits.row, person.limits.running
    for first, days in _windows(row, running):
        right = len(days) - 1
        parts = [_worked(person, columns, day % WEEK) for day in days]
        own = sum(constant for _, constant in parts)
        terms = [term for each, _ in parts for term in each]
        if any(value > 0 for _, value in terms):
            model.row(f"row_{person.number}_{first}", terms, "<=", max(0, right - own))


def _windows(row: int, running: int | None) -> Iterator[tuple[int, range]]:
    """Neighbouring days of which one must be free."""
    if row >= WEEK and not running:
        return
    if running is None:
        yield from ((first, range(first, first + row + 1)) for first in range(WEEK))
        return
    if running and row - running < WEEK:
        yield -1, range(max(1, row - running + 1))
    yield from ((first, range(first, first + row + 1)) for first in range(WEEK - row))


def _days_off_together(model: Model, person: Person, columns: PersonColumns) -> tuple[int, ...]:
    """From `block` days on, working days are consecutive, the week read as a circle; one column for each such run.

    A chosen run is worked on all of its days and on no other, so a long run never covers days with a gap between them.
    Parts of several runs could cover such a gap too; returns their columns, which must be whole numbers.
    """
    block = person.limits.block
    days = {own.day for own in person.own}
    if block is None or (len(days) >= block and not _consecutive(days)):
        return ()
    runs = {
        (first, size): model.column(f"run_{person.number}_{first}_{size}", 0, 1, integer=True)
        for size in range(block, WEEK + 1)
        for first in range(WEEK if size < WEEK else 1)
    }
    model.row(f"runs_{person.number}", [(column, 1.0) for column in runs.values()], "<=", 1)
    everything: Terms = []
    own = 0
    for day in range(WEEK):
        terms, constant = _worked(person, columns, day)
        everything, own = [*everything, *terms], own + constant
        outside = [(column, 1.0) for (first, size), column in runs.items() if (day - first) % WEEK >= size]
        model.row(f"off_{person.number}_{day}", [*terms, *outside], "<=", 1 - constant)
    beyond = [(column, float(block - 1 - size)) for (_, size), column in runs.items()]
    model.row(f"block_{person.number}", [*everything, *beyond], "<=", block - 1 - own)
    filled = [(column, -float(size)) for (_, size), column in runs.items()]
    model.row(f"filled_{person.number}", [*everything, *filled], ">=", -own)
    return tuple(runs.values())


def _consecutive(days: set[int]) -> bool:
    """Whether days of a circle form one run."""
    return sum((day + 1) % WEEK not in days for day in days) <= 1


def _hours(model: Model, person: Person, columns: PersonColumns, paid: tuple[float, ...]) -> None:
    """``low <= sum of paid hours <= high``."""
    limits, own = person.limits, sum(each.shift.paid_h for each in person.own)
    terms = [(column, paid[f]) for (f, _), column in columns.takes.items()]
    terms += [(column, -each.shift.paid_h) for each, column in columns.drop.items()]
    if limits.high < math.inf:
        model.row(f"high_{person.number}", terms, "<=", max(0.0, limits.high - own))
    if limits.low > 0 and own:
        model.row(f"low_{person.number}", terms, ">=", min(0.0, limits.low - own))


def keep_rest(model: Model, week: Week, person: Person, columns: PersonColumns) -> None:
    """Of the shifts that end too late for a moment and those that begin by then, at most one is worked.

    A published shift counts as ``1 - drop``. Rest may span several days, and the end of the week where it is a circle.
    """
    staff_group = week.staff_groups[person.staff_group]
    last = 2 * WEEK if week.before is None else WEEK
    reach = week.reach(staff_group)
    options = _options(week, person, columns)
    for today, later in [(day, day + gap) for day in range(WEEK) for gap in range(1, reach + 1) if day + gap < last]:
        ahead = week.size if later >= WEEK else 0
        late = [(each, each.end + staff_group.rest) for each in options if each.day == today]
        early = [(each, each.start + ahead) for each in options if each.day == later % WEEK]
        for moment in sorted({start for _, start in early}):
            _at_most_one(
                model,
                f"rest_{person.number}_{today}_{later}_{moment}",
                [each for each, free in late if free > moment],
                [each for each, start in early if start <= moment],
            )


@dataclass(frozen=True)
class _Option:
    """A shift that may be worked: its moments, and its terms and constant in a row."""

    day: int
    start: int
    end: int
    terms: tuple[tuple[int, float], ...]
    constant: int


def _options(week: Week, person: Person, columns: PersonColumns) -> list[_Option]:
    shift_types = week.staff_groups[person.staff_group].shift_types
    published = [
        _Option(own.day, own.start, own.end, ((columns.drop[own], -1.0),) if own in columns.drop else (), 1)
        for own in person.own
    ]
    return published + [
        _Option(slot.day, slot.start, slot.start + shift_types[slot.shift_type].length, ((column, 1.0),), 0)
        for slot, column in columns.slots.items()
    ]


def _at_most_one(model: Model, name: str, tired: list[_Option], soon: list[_Option]) -> None:
    """One row; where two published shifts break the rest already, the row is for the new ones only."""
    if not tired or not soon:
        return
    if any(each.constant for each in tired) and any(each.constant for each in soon):
        soon = [each for each in soon if not each.constant]
    both = [*tired, *soon]
    if not soon or not any(value > 0 for each in both for _, value in each.terms):
        return
    terms = [term for each in both for term in each.terms]
    model.row(name, terms, "<=", max(0, 1 - sum(each.constant for each in both)))
