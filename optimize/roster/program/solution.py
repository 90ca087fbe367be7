"""What a search answers: values with their proof, and which limit ended it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

import numpy as np

from configs.errors import SolverError

if TYPE_CHECKING:
    from numpy.typing import NDArray

Status = Literal["optimal", "within gap", "ended early", "infeasible", "unbounded", "no solution"]
Limit = Literal["time", "nodes", "interrupt"]
"""What ended a search before it could prove its answer."""


@dataclass(frozen=True)
class Solution:
    """Answer of a solver; `values` is empty when there is none.

    `bound` is proven. `limit` tells what ended a search whose status is "ended early" or "no solution"; None where it
    ended by itself. `duals` holds a price for each row where a relaxed problem was solved, and is empty otherwise.
    """

    status: Status
    values: NDArray[np.float64]
    objective: float
    bound: float
    seconds: float
    duals: NDArray[np.float64] = field(default_factory=lambda: np.zeros(0))
    limit: Limit | None = None

    @property
    def found(self) -> bool:
        """Whether there are values."""
        return self.values.size > 0


def infeasible(seconds: float) -> Solution:
    """No values keep the rows."""
    return Solution("infeasible", np.zeros(0), np.inf, np.inf, seconds)


def unbounded(seconds: float) -> Solution:
    """The cost has no least value."""
    return Solution("unbounded", np.zeros(0), -np.inf, -np.inf, seconds)


def nothing_found(seconds: float, limit: Limit | None) -> Solution:
    """The search ended before it had values."""
    return Solution("no solution", np.zeros(0), np.inf, -np.inf, seconds, limit=limit)


def require(solution: Solution, what: str) -> Solution:
    """Return the solution if it has values.

    Raises
    ------
    SolverError
        It has none; `what` names what was to be found.
    """
    if not solution.found:
        how = f"ended by its limit of {solution.limit}" if solution.limit else f"ended with {solution.status!r}"
        remedy = "set another plan.seed" if solution.limit == "nodes" else "raise roster.time_limit"
        raise SolverError(f"{what}: the solver {how} after {solution.seconds:.0f} s; {remedy}")
    return solution
