"""HiGHS through PuLP: bulk hand-over, start solution, fixed columns, and a reading of the result in our own words.

PuLP 3.3 adds one row per call, knows no start solution, and calls a search "Optimal" that ran out of time.
"""

from __future__ import annotations

import math
import time
from concurrent.futures import ThreadPoolExecutor, wait
from typing import TYPE_CHECKING, Any

import numpy as np
import pulp

from optimize.roster.program import process
from optimize.roster.program.dual_bound import dual_bound
from optimize.roster.program.solution import Solution, Status, infeasible, nothing_found, unbounded

if TYPE_CHECKING:
    from threading import Event

    from numpy.typing import NDArray

    from optimize.roster.program.budget import Budget, Limits
    from optimize.roster.program.model import Model
    from optimize.roster.program.problem import Problem
    from optimize.roster.program.solution import Limit

    Array = NDArray[np.float64]

LOOK_SECONDS = 0.05
"""How often an interrupt is looked for: soon enough that nobody waits, seldom enough that it costs nothing."""
PROVEN = 1e-6
"""Share of the cost within which HiGHS calls its own bound met (its default feasibility tolerances)."""
SHORTEST_SECONDS = 0.01
"""Least time limit handed over: HiGHS reads 0 as a limit that ends before presolve has seen an infeasible row."""


class HighsBackend:
    """HiGHS, on one thread, so that the answer is the same on every machine."""

    def solve(self, problem: Problem, limits: Limits, budget: Budget) -> Solution:
        """Solve a problem; see `SolverBackend`."""
        begun = time.perf_counter()
        process.load()
        search = _BulkHiGHS(problem, limits, budget)
        lp = problem.model.close()
        search.createAndConfigureSolver(lp)
        search.buildSolverModel(lp)
        search.callSolver(lp)
        return search.read(lp, time.perf_counter() - begun)


BACKEND = HighsBackend


class _BulkHiGHS(pulp.HiGHS):  # type: ignore[misc]
    """PuLP's HiGHS, with the steps replaced that are slow in PuLP or say less than HiGHS knows."""

    def __init__(self, problem: Problem, limits: Limits, budget: Budget) -> None:
        self._problem, self._interrupt = problem, budget.interrupt
        self._cost, self._bounds, self._whole = problem.cost(), problem.column_bounds(), problem.integers()
        options: dict[str, Any] = {"random_seed": budget.seed, "output_flag": False}
        if problem.relaxed:
            # "ipm" means another method where the package highspy-extras is installed, and another roster.
            options |= {"solver": "ipx", "run_crossover": "off"}
        if limits.nodes is not None:
            options["mip_max_nodes"] = limits.nodes
        left = budget.seconds_left()
        super().__init__(
            mip=not problem.relaxed,
            msg=False,
            threads=1,
            timeLimit=None if math.isinf(left) else max(SHORTEST_SECONDS, left),
            gapRel=limits.gap,
            gapAbs=limits.absolute_gap,
            **options,
        )

    def buildSolverModel(self, lp: pulp.LpProblem) -> None:  # noqa: N802 - PuLP's name
        """Hand over columns and rows, each in one call."""
        import highspy

        model, highs, whole = self._problem.model, lp.solverModel, self._whole.astype(np.int32)
        hand_over(highs, model, self._cost, self._bounds)
        if whole.size:
            highs.changeColsIntegrality(whole.size, whole, np.full(whole.size, highspy.HighsVarType.kInteger))
        if self._problem.start is not None:
            highs.setSolution(model.columns, np.arange(model.columns, dtype=np.int32), self._problem.start)

    def callSolver(self, lp: pulp.LpProblem) -> None:  # noqa: N802 - PuLP's name
        """Solve, and end early when asked to."""
        if self._interrupt is None:
            process.run(lp.solverModel)
        else:
            _run_until(lp.solverModel, self._interrupt)

    def read(self, lp: pulp.LpProblem, seconds: float) -> Solution:
        """Translate the state HiGHS ended in."""
        import highspy

        highs = lp.solverModel
        state, states = highs.getModelStatus(), highspy.HighsModelStatus
        found = highs.getInfo().primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
        if state in {states.kInfeasible, states.kUnboundedOrInfeasible}:
            return infeasible(seconds)
        if state == states.kUnbounded:
            return unbounded(seconds)
        if not found and not (self._problem.relaxed and state == states.kUnknown):
            return nothing_found(seconds, _limit(state))
        return self._relaxed(highs, seconds) if self._problem.relaxed else self._whole_numbers(highs, seconds)

    def _relaxed(self, highs: Any, seconds: float) -> Solution:  # noqa: ANN401 - a HiGHS
        """Values and prices of an interior point, with the bound that the prices prove."""
        import highspy

        solution, state = highs.getSolution(), highs.getModelStatus()
        values, duals = np.array(solution.col_value), np.array(solution.row_dual)
        bound = dual_bound(self._problem.model, duals, self._cost, self._bounds)
        status: Status = "optimal" if state == highspy.HighsModelStatus.kOptimal else "ended early"
        return Solution(status, values, float(self._cost @ values), bound, seconds, duals, _limit(state))

    def _whole_numbers(self, highs: Any, seconds: float) -> Solution:  # noqa: ANN401 - a HiGHS
        """The best whole solution, with the bound of branch and bound."""
        import highspy

        values, state = np.array(highs.getSolution().col_value), highs.getModelStatus()
        objective = float(self._cost @ values)
        bound = min(float(highs.getInfo().mip_dual_bound), objective) if self._whole.size else objective
        status: Status = "optimal" if objective - bound <= PROVEN * max(1.0, abs(objective)) else "within gap"
        ended = state == highspy.HighsModelStatus.kOptimal
        return Solution(status if ended else "ended early", values, objective, bound, seconds, limit=_limit(state))


def hand_over(highs: Any, model: Model, cost: Array, bounds: tuple[Array, Array]) -> None:  # noqa: ANN401 - a HiGHS
    """Hand columns and rows over in two calls; PuLP makes one call a row, and orders columns by name."""
    none, rows = np.zeros(0, dtype=np.int32), model.arrays()
    highs.addCols(model.columns, cost, *bounds, 0, none, none, np.zeros(0))
    highs.addRows(model.rows, rows.lower, rows.upper, rows.columns.size, rows.starts[:-1], rows.columns, rows.values)


def _limit(state: Any) -> Limit | None:  # noqa: ANN401 - a status of HiGHS
    """Which limit ended HiGHS; one of nodes is a "solution limit" there."""
    import highspy

    states = highspy.HighsModelStatus
    limits: dict[Any, Limit] = {
        states.kTimeLimit: "time",
        states.kSolutionLimit: "nodes",
        states.kInterrupt: "interrupt",
    }
    return limits.get(state)


def _run_until(highs: Any, interrupt: Event) -> None:  # noqa: ANN401 - a HiGHS
    """Run HiGHS on a thread of its own, so that Ctrl-C is heard while it works."""
    highs.HandleUserInterrupt = True
    with ThreadPoolExecutor(max_workers=1) as worker:
        search = worker.submit(process.run, highs)
        try:
            while not wait([search], LOOK_SECONDS).done:
                if interrupt.is_set():
                    highs.cancelSolve()
        except BaseException:
            highs.cancelSolve()
            raise
        search.result()
