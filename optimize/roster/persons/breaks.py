"""Whole counts of breaks -> the breaks of each person: first to start, first to rest."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from optimize.roster.inputs.stint import Stint
    from optimize.roster.persons.tours import Tour
    from optimize.roster.program import Program

Moments = tuple[int, ...]
"""Start interval of each break of a stint, in the order of the contract's windows."""


def hand_out_breaks(
    program: Program, values: NDArray[np.float64], named: dict[str, Tour]
) -> dict[tuple[str, Stint], Moments]:
    """Breaks of every stint.

    Sorted by start, the k-th person of a crew's day takes the k-th break of each kind. The rules of the program are
    Hall's condition for this, so everybody's break lies in their own window, far enough behind the one before it.
    """
    given: dict[tuple[str, Stint], list[int]] = {}
    for (c, f, day), shift in program.layout.shifts.items():
        people = sorted(
            (stint.start, agent, stint)
            for agent, tour in named.items()
            if tour.crew == c
            for stint in tour.stints
            if stint.day == day and stint.family == f
        )
        for pause in shift.pauses:
            counts = [round(values[column]) for column in pause.columns]
            tokens = [pause.first + i for i, n in enumerate(counts) for _ in range(n - (counts[i - 1] if i else 0))]
            for (_, agent, stint), token in zip(people, tokens, strict=True):
                given.setdefault((agent, stint), []).append(token)
    return {key: tuple(moments) for key, moments in given.items()}
