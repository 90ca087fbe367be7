"""How each day moves the counters of a batch: which places of the table are added to which, known before any price."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

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
        By counter, places that a shift takes on each day; arrays of shape (D, C + 1, 2): after a shift and after a day
        off. The last class is a day off.
    risen
        By counter, places by which the stored part moves up over each day; arrays of shape (D,).
    """

    off: tuple[Move | None, ...]
    first: tuple[tuple[Move | None, ...], ...]
    more: tuple[tuple[Move | None, ...], ...]
    taken: tuple[Ints, ...]
    risen: tuple[Ints, ...]


def moves_of(counters: Sequence[Counter], days: int, classes: int) -> Moves:
    """Moves of counters over some days, for so many classes of kinds."""

    def shifts(*, first: bool) -> tuple[tuple[Move | None, ...], ...]:
        return tuple(
            tuple(_move(counters, [c.places(day, s, first=first) for c in counters], day) for s in range(classes))
            for day in range(days)
        )

    nothing = [0] * len(counters)
    return Moves(
        tuple(_move(counters, nothing, day) for day in range(days)),
        shifts(first=True),
        shifts(first=False),
        tuple(_taken(counter, days, classes) for counter in counters),
        tuple(np.diff(counter.low) for counter in counters),
    )


def _taken(counter: Counter, days: int, classes: int) -> Ints:
    shifts = [
        [[counter.places(day, s, first=first) for first in (False, True)] for s in range(classes)]
        for day in range(days)
    ]
    return np.concatenate([np.array(shifts), np.zeros((days, 1, 2), dtype=np.int64)], axis=1)


def _move(counters: Sequence[Counter], places: Iterable[int], day: int) -> Move | None:
    to, fr = [slice(None)], [slice(None)]
    for counter, taken in zip(counters, places, strict=True):
        step = taken - counter.risen(day)
        if abs(step) >= counter.size:
            return None
        to.append(slice(step, None) if step >= 0 else slice(0, counter.size + step))
        fr.append(slice(0, counter.size - step) if step >= 0 else slice(-step, None))
    return tuple(to), tuple(fr)
