"""A whole week as found so far."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from optimize.roster.search.at_prices import without_earnings

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np
    from numpy.typing import NDArray

    from optimize.roster.persons.tours import Tour
    from optimize.roster.program import Program
    from optimize.roster.program.solution import Solution


@dataclass(frozen=True)
class Found:
    """A program, column values of a whole week, a proven bound of any, and the relaxation.

    `stopped` says whether the search was interrupted. `tours` are those of small staff groups, where the week was found
    person by person. `named` has everybody's tour where people were decided with the shifts.
    """

    program: Program
    values: NDArray[np.float64]
    bound: float
    relaxed: Solution
    stopped: bool = False
    tours: tuple[Tour, ...] = ()
    named: Mapping[str, Tour] | None = None

    @property
    def cost(self) -> float:
        """Cost of the week as the search counts it."""
        return float(self.program.model.cost() @ self.values)

    @property
    def counted(self) -> float:
        """Cost of the week as its gap is counted: gain to spare earns nothing."""
        return float(without_earnings(self.program) @ self.values)
