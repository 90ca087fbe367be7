"""What a person may do on one day when their other days stay as they are: shapes, a day off, or a day of work."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from optimize.roster.joined.frame import NEVER
from optimize.roster.joined.problem import FIXED, OFF

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from optimize.roster.joined.frame import Frame
    from optimize.roster.joined.pricer import Pricer

    Array = NDArray[np.float64]
    Ints = NDArray[np.int64]
    Mask = NDArray[np.bool_]


def freedom(pricer: Pricer, shapes: Ints, day: int) -> Ints:
    """Return the rosters of everybody with a day the other way: off where it is worked, and else worked.

    Parameters
    ----------
    pricer
        Rules of everybody.
    shapes
        Rosters of everybody; shape (P, D).
    day
        The day.

    Returns
    -------
    Shape of each person on the day the other way, some lawful one where it is worked; the present one where the other
    way is not lawful; shape (P,).
    """
    worth = _only(pricer, shapes)
    for person, table in enumerate(worth):
        table[day] = FIXED if shapes[person, day] == OFF else -NEVER
    found = pricer.by_tables(range(len(shapes)), worth)
    other = np.arange(shapes.shape[1]) != day
    changed = np.isfinite(found.values) & (found.rosters == shapes)[:, other].all(axis=1)
    changed &= _are_as_good(pricer, shapes, found.rosters)
    return np.where(changed, found.rosters[:, day], shapes[:, day])


def all_lawful(pricer: Pricer, shapes: Ints, before: Ints) -> bool:
    """Whether rosters of everybody keep every rule of each person; shapes (P, D).

    Rules that are watched may have been broken `before`; then they are broken no further.
    """
    found = pricer.by_tables(range(len(shapes)), _only(pricer, shapes))
    lawful = np.isfinite(found.values).all() and (found.rosters == shapes).all()
    return bool(lawful and _are_as_good(pricer, before, shapes).all())


def _are_as_good(pricer: Pricer, before: Ints, after: Ints) -> Mask:
    """Whether changed rosters of everybody break no watched rule further; shape (P,)."""
    pairs = enumerate(zip(before, after, strict=True))
    return np.array([_is_as_good(pricer, person, *rows) for person, rows in pairs])


def _only(pricer: Pricer, shapes: Ints) -> list[Array]:
    """Worth at which the cheapest roster of each person is this one if it is lawful."""
    worth = [np.full(own.shape, -NEVER) for own in pricer.own]
    for table, days in zip(worth, shapes, strict=True):
        on = np.flatnonzero(days != OFF)
        table[on, days[on]] = FIXED
    return worth


def lawful_shapes(pricer: Pricer, person: int, days: Ints, day: int) -> Mask:
    """Whether each shape may take the place of the one worked on a day; shape (S,).

    Only shapes of the same working time are considered, so that nothing counted changes.

    Parameters
    ----------
    pricer
        Frames and costs of everybody.
    person, days
        Somebody and their shapes; shape (D,).
    day
        A day they work.
    """
    made, contract = pricer.frame_of(person), pricer.frame_of(person).contract
    fits = (pricer.own[person][day] < NEVER) & (contract.minutes == contract.minutes[days[day]])
    changed = [_with(days, day, s) for s in range(fits.size)]
    return np.array(
        [
            bool(fits[s]) and _is_as_good(pricer, person, days, new) and _keeps(pricer, made, person, new, day)
            for s, new in enumerate(changed)
        ]
    )


def _is_as_good(pricer: Pricer, person: int, days: Ints, changed: Ints) -> bool:
    """Whether a changed roster breaks no watched rule further."""
    watched = pricer.problem.people[person].watched
    return watched is None or (
        watched.broken(changed) <= watched.broken(days) and watched.price(changed) <= watched.price(days)
    )


def _with(days: Ints, day: int, shape: int) -> Ints:
    changed = days.copy()
    changed[day] = shape
    return changed


def _keeps(pricer: Pricer, made: Frame, person: int, days: Ints, day: int) -> bool:
    """Whether the stint around a day, and the steps into and out of it, are lawful."""
    first, last = day, day
    while first > 0 and days[first - 1] != OFF:
        first -= 1
    while last + 1 < days.size and days[last + 1] != OFF:
        last += 1
    history = pricer.problem.people[person].history
    continued = first == 0 and history.run > 0
    nights, contract = history.nights if continued else 0, made.contract
    states = []
    for at in range(first, last + 1):
        nights = nights + 1 if contract.nights[days[at]] else 0
        place = np.flatnonzero((made.state_shape == days[at]) & (made.state_nights == nights))
        if not place.size:
            return False
        states.append(int(place[0]))
    if continued and not made.may_continue(history)[states[0]]:
        return False
    if any(not made.follows[first + k, states[k + 1], states[k]] for k in range(len(states) - 1)):
        return False
    if last < days.size - 1 and not made.may_end[states[-1]]:
        return False
    return _leaves_rest(made, days, last) and (continued or _has_rested(pricer, made, person, days, first))


def _leaves_rest(made: Frame, days: Ints, last: int) -> bool:
    """Whether the next stint begins late enough after the one that ends on a day."""
    later = np.flatnonzero(days[last + 1 :] != OFF)
    if not later.size:
        return True
    begins, group = last + 1 + int(later[0]), made.tail.classes[days[last]]
    to, edge = int(made.tail.to[last, group]), int(made.tail.edge[last, group])
    return begins > to or (begins == to and bool(made.after_edge[edge, begins, days[begins]]))


def _has_rested(pricer: Pricer, made: Frame, person: int, days: Ints, first: int) -> bool:
    """Whether a stint begins late enough after the one before it, or after the last shift before day 0."""
    earlier = np.flatnonzero(days[:first] != OFF)
    if earlier.size:
        return _leaves_rest(made, days, int(earlier[-1]))
    day, edge = pricer.begins(person)
    return first > day or (first == day and bool(made.after_edge[edge, first, days[first]]))
