"""A linear program of PuLP that lives on in HiGHS: columns are added and closed between solves, and its basis is kept.

Column generation solves thousands of programs that differ by a few columns. PuLP builds the first; building each anew
would take longer than solving it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pulp

from optimize.roster.program import process
from optimize.roster.program.backends.highs import hand_over

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from optimize.roster.program.model import Model

    Array = NDArray[np.float64]
    Ints = NDArray[np.int64]

PRIMAL, DUAL = 4, 1
"""Numbers of the simplex methods of HiGHS: primal after new columns, dual after closed ones."""


@dataclass(frozen=True)
class Relaxed:
    """Optimum of a linear program: its value, the price of each row, the value of each column."""

    value: float
    duals: Array
    columns: Array


class FedProgram:
    """A linear program on one HiGHS object, on one thread.

    Parameters
    ----------
    model
        Rows and first columns; its columns are continuous.
    seed
        Of the choices that HiGHS makes at random.
    """

    def __init__(self, model: Model, seed: int = 1) -> None:
        process.load()
        backend = pulp.HiGHS(mip=False, msg=False, threads=1, random_seed=seed, presolve="off")
        problem = model.close()
        backend.createAndConfigureSolver(problem)
        self._highs: Any = problem.solverModel
        hand_over(self._highs, model, model.cost(), model.bounds())
        self.columns = model.columns

    def add(self, cost: Array, starts: Ints, rows: Ints) -> None:
        """Add columns with an entry of one in each of their rows; `starts` has the first entry of each."""
        nothing, endless = np.zeros(cost.size), np.full(cost.size, np.inf)
        first, index = starts.astype(np.int32), rows.astype(np.int32)
        self._highs.addCols(cost.size, cost, nothing, endless, rows.size, first, index, np.ones(rows.size))
        self.columns += cost.size

    def open_only(self, first: int, is_open: NDArray[np.bool_]) -> None:
        """Close all columns from `first` on but those that are open."""
        count = is_open.size
        upper = np.where(is_open, np.inf, 0.0)
        self._highs.changeColsBounds(count, np.arange(first, first + count, dtype=np.int32), np.zeros(count), upper)

    def solve(self, *, closed: bool = False) -> Relaxed:
        """Solve again from the last basis; `closed` where columns were closed since, and not only added."""
        self._highs.setOptionValue("simplex_strategy", DUAL if closed else PRIMAL)
        process.run(self._highs)
        solution = self._highs.getSolution()
        value = float(self._highs.getInfo().objective_function_value)
        return Relaxed(value, np.array(solution.row_dual), np.array(solution.col_value))
