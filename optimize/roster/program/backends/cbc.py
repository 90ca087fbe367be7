"""CBC through PuLP, where ``roster.solver`` asks for it: the same problem, by PuLP's own hand-over.

PuLP 3.3 brings CBC along; for PuLP 4 it comes with ``pip install "pulp[cbc]"``. CBC knows no start solution, and gives
no bound through PuLP: that of a relaxed problem is computed from its prices by weak duality, or is the optimum CBC
claims less its tolerance where PuLP has no price of some rows; that of a whole one is what the gap asked for allows.
"""

from __future__ import annotations

import math
import time
import warnings
from typing import TYPE_CHECKING, Any

import numpy as np
import pulp

from configs.errors import ConfigError, Fault
from optimize.roster.program.dual_bound import dual_bound
from optimize.roster.program.pulp_problem import constraints_of
from optimize.roster.program.solution import Solution, Status, infeasible, nothing_found, unbounded

if TYPE_CHECKING:
    from optimize.roster.program.budget import Budget, Limits
    from optimize.roster.program.problem import Problem
    from optimize.roster.program.solution import Limit

OPTIMAL, FEASIBLE, INFEASIBLE, UNBOUNDED = 1, 2, -1, -2
"""PuLP's codes of solutions; its codes of status say "optimal" at a time limit."""
GAP_REACHED = -7
"""PuLP 4's code of status for a search that ended at the gap asked for: as proven as that gap."""
TOLERANCE = 1e-6
"""Share of the cost by which CBC's own tolerances may leave an optimum above the true one."""
SHORTEST_SECONDS = 0.05
"""Least time limit handed over: CBC takes a shorter one for none."""


class CbcBackend:
    """CBC, on one thread, in a process of its own; it cannot be interrupted.

    Raises
    ------
    ConfigError
        CBC is not installed.
    """

    def __init__(self) -> None:
        command = _command()
        if command is None:
            words = 'is "cbc", which is not installed; run pip install "pulp[cbc]", or set roster.solver = "highs"'
            raise ConfigError(Fault("roster.solver", words))
        self._command = command

    def solve(self, problem: Problem, limits: Limits, budget: Budget) -> Solution:
        """Solve a problem; see `SolverBackend`."""
        begun, left = time.perf_counter(), budget.seconds_left()
        cost, bounds, whole = problem.cost(), problem.column_bounds(), problem.integers()
        made, columns = problem.model.as_pulp(bounds, cost, whole)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # PuLP 3.3 says that PuLP 4 has no bundled CBC
            code = _code(made, made.solve(self._configured(limits, budget, mip=whole.size > 0)))
            prices = [row.pi for row in constraints_of(made)]
        seconds = time.perf_counter() - begun
        if code == INFEASIBLE:
            return infeasible(seconds)
        if code == UNBOUNDED:
            return unbounded(seconds)
        limit = None if code == OPTIMAL else _limit(limits, timed_out=seconds >= left)
        if code not in {OPTIMAL, FEASIBLE}:
            return nothing_found(seconds, limit)
        values = np.array([float(column.varValue or 0.0) for column in columns])
        objective = float(cost @ values)
        bound = -np.inf if limit else objective - _allowed(limits, objective)
        if whole.size:
            status: Status = "ended early" if limit else "optimal" if limits.gap <= 0 else "within gap"
            return Solution(status, values, objective, bound, seconds, limit=limit)
        duals = np.array([float(price or 0.0) for price in prices])
        bound = max(bound, dual_bound(problem.model, duals, cost, bounds))
        return Solution("ended early" if limit else "optimal", values, objective, bound, seconds, duals, limit)

    def _configured(self, limits: Limits, budget: Budget, *, mip: bool) -> Any:  # noqa: ANN401 - PuLP's solver
        left = budget.seconds_left()
        return self._command(
            mip=mip,
            msg=False,
            threads=1,
            timeLimit=None if math.isinf(left) else max(SHORTEST_SECONDS, left),
            gapRel=limits.gap,
            gapAbs=limits.absolute_gap,
            maxNodes=limits.nodes,
            options=[f"randomCbcSeed {budget.seed}"],
        )


BACKEND = CbcBackend


def _limit(limits: Limits, *, timed_out: bool) -> Limit | None:
    """What ended CBC before a proof, which it does not say itself."""
    return "time" if timed_out else "nodes" if limits.nodes is not None else None


def _allowed(limits: Limits, objective: float) -> float:
    """How far above the best an answer may lie that CBC calls proven."""
    return max(limits.absolute_gap, limits.gap * abs(objective), TOLERANCE * max(1.0, abs(objective)))


def _code(problem: pulp.LpProblem, answer: Any) -> int:  # noqa: ANN401 - a number, or PuLP 4's statistics
    """What CBC ended with: PuLP 3.3 keeps it in the problem, PuLP 4 says why it stopped and whether it has values."""
    if isinstance(answer, int):
        return int(problem.sol_status)
    status = int(answer.status)
    if status == GAP_REACHED and answer.has_solution:
        return OPTIMAL
    return status if status in {OPTIMAL, INFEASIBLE, UNBOUNDED} else FEASIBLE if answer.has_solution else 0


def _command() -> Any:  # noqa: ANN401 - one of PuLP's solver classes, or None
    """Class of PuLP that runs CBC here; None where there is no CBC."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        for name in ("COIN_CMD", "PULP_CBC_CMD"):
            found = getattr(pulp, name, None)
            if found is not None and found(msg=False).available():
                return found
    return None
