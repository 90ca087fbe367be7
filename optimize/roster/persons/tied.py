"""Shifts tied into tours, with breaks placed again where a repair of rest moved a start."""

from __future__ import annotations

from typing import TYPE_CHECKING

from optimize.roster.persons.tours import Tour, counts_of, make_tours
from optimize.roster.search.neighbourhood_search import place_breaks

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from optimize.roster.program import Program
    from optimize.roster.program.solver import Solver


def tied_tours(
    program: Program, values: NDArray[np.float64], given: tuple[Tour, ...], solver: Solver
) -> tuple[NDArray[np.float64], tuple[Tour, ...]]:
    """Tie shifts into tours, but those given; where a repair of rest moved a start, the breaks are placed again."""
    others = frozenset(range(len(program.week.staff_groups))) - {tour.staff_group for tour in given}
    tours = tuple(sorted((*given, *make_tours(program, values, others, solver)), key=lambda tour: tour.staff_group))
    counted = counts_of(program, tours, values)
    if (counted != values).any():
        counted = place_breaks(program, counted, solver)
    return counted, tours
