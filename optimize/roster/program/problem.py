"""A model as one search sees it: perhaps relaxed, with bounds, costs or a start of its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from optimize.roster.program.model import Model

    Array = NDArray[np.float64]


@dataclass(frozen=True)
class Problem:
    """A model and what one search changes of it; the model itself stays as it is.

    Parameters
    ----------
    model
        Rows, columns and cost.
    bounds
        Lower and upper bounds of all columns instead of the model's own, to hold part of a solution fixed.
    start
        Values of all columns to begin with; a backend may not know how.
    whole
        Numbers of the columns that must be whole; all integer columns of the model where it is not given.
    extra_cost
        Added to the cost of each column; objective and bound of the solution include it.
    relaxed
        Leave integrality out. An interior point is enough, and a price of each row is part of the answer.
    """

    model: Model
    bounds: tuple[Array, Array] | None = None
    start: Array | None = None
    whole: NDArray[np.int64] | None = None
    extra_cost: Array | None = None
    relaxed: bool = False

    def column_bounds(self) -> tuple[Array, Array]:
        """Lower and upper bounds of all columns in this search."""
        return self.model.bounds() if self.bounds is None else self.bounds

    def cost(self) -> Array:
        """Cost of each column in this search."""
        cost = self.model.cost()
        return cost if self.extra_cost is None else cost + self.extra_cost

    def integers(self) -> NDArray[np.int64]:
        """Numbers of the columns that must be whole in this search."""
        if self.relaxed:
            return np.zeros(0, dtype=np.int64)
        return self.model.integer_columns() if self.whole is None else self.whole
