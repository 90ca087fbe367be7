"""How each day moves the counters of a batch: which places of the table are added to which, known before any price."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from optimize.roster.people.problem import OFF

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from optimize.roster.people.counters import Counter

    Ints = NDArray[np.int64]

Slices = tuple[slice, ...]
Move = tuple[Slices, Slices]
"""Where counters are stored after a day, and where they were before; the axis of people comes first."""


@dataclass(frozen=True)
class Moves:
    """Moves of the counters of a batch; None where nothing lawful is left.

    Parameters
    ----------
    off
        By day, for a day off.
    first, more
        By day and class, for a shift after a day off and after another shift.
    taken
        By counter, places that each state takes on each day; arrays of shape (D, states).
    risen
        By counter, places by which the stored part moves up over each day; arrays of shape (D,).
    allowed
        Which state may come the day before each; shape (states, states). Runs that end are added person by person.
    """

    off: tuple[Move | None, ...]
    first: tuple[tuple[Move | None, ...], ...]
    more: tuple[tuple[Move | None, ...], ...]
    taken: tuple[Ints, ...]
    risen: tuple[Ints, ...]
    allowed: NDArray[np.bool_]


def moves_of(counters: Sequence[Counter], days: int, before: Sequence[Ints | None], runs: int, offs: int) -> Moves:
    """Moves of counters over some days.

    Parameters
    ----------
    counters, days
        The axes and the days.
    before
        Classes that may come the day before each class; None where all may.
    runs, offs
        Working days and days off in a row that states tell apart.
    """
    classes = len(before)

    def shifts(*, first: bool) -> tuple[tuple[Move | None, ...], ...]:
        return tuple(
            tuple(_move(counters, [c.places(day, s, first=first) for c in counters], day) for s in range(classes))
            for day in range(days)
        )

    nothing = [0] * len(counters)
    number = [s for s in range(classes) for _ in range(runs)] + [OFF] * offs
    length = [r for _ in range(classes) for r in range(1, runs + 1)] + [0] * offs
    taken = tuple(
        np.array(
            [
                [0 if s == OFF else counter.places(day, s, first=r == 1) for s, r in zip(number, length, strict=True)]
                for day in range(days)
            ]
        )
        for counter in counters
    )
    return Moves(
        tuple(_move(counters, nothing, day) for day in range(days)),
        shifts(first=True),
        shifts(first=False),
        taken,
        tuple(np.diff(counter.low) for counter in counters),
        _allowed(before, runs, offs),
    )


def _move(counters: Sequence[Counter], places: Iterable[int], day: int) -> Move | None:
    to, fr = [slice(None)], [slice(None)]
    for counter, taken in zip(counters, places, strict=True):
        step = taken - counter.risen(day)
        if abs(step) >= counter.size:
            return None
        to.append(slice(step, None) if step >= 0 else slice(0, counter.size + step))
        fr.append(slice(0, counter.size - step) if step >= 0 else slice(-step, None))
    return tuple(to), tuple(fr)


def _allowed(before: Sequence[Ints | None], runs: int, offs: int) -> NDArray[np.bool_]:
    working = len(before) * runs
    allowed = np.zeros((working + offs, working + offs), dtype=bool)
    for number, classes in enumerate(before):
        come = range(len(before)) if classes is None else classes.tolist()
        for run in range(1, runs):
            allowed[number * runs + run, [c * runs + run - 1 for c in come]] = True
        allowed[number * runs, -1] = True
    for off in range(1, offs):
        allowed[working + off, working + off - 1] = True
    allowed[-1, -1] = True
    return allowed
