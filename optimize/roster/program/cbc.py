"""CBC instead of HiGHS, where `roster.solver` asks for it: the same model, by PuLP's own hand-over.

PuLP 3.3 brings CBC along; for PuLP 4 it comes with ``pip install "pulp[cbc]"``. CBC tells no bound through PuLP, so a
relaxed model's is computed from its prices by weak duality, or is the optimum CBC claims less its tolerance where PuLP
tells no price of some rows; a whole one's is what the gap it stopped at allows.
"""

from __future__ import annotations

import time
import warnings
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any

import numpy as np
import pulp

from configs.errors import ConfigError, Fault

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from optimize.roster.program.solver import Limits, Solution, Status

_ASKED: ContextVar[bool] = ContextVar("cbc", default=False)
OPTIMAL, FEASIBLE, INFEASIBLE, UNBOUNDED = 1, 2, -1, -2
"""PuLP's codes of solutions; its codes of status say "optimal" at a time limit."""
GAP_REACHED = -7
"""PuLP 4's code of status for a search that ended at the gap asked for: as proven as that gap."""


@contextmanager
def solving_by(solver: str) -> Iterator[None]:
    """Solve every model of the block by ``"highs"`` or ``"cbc"``.

    Raises
    ------
    ConfigError
        CBC is asked for and not there.
    """
    if solver == "cbc" and _command() is None:
        words = 'is "cbc", which is not installed; pip install "pulp[cbc]", or set roster.solver = "highs"'
        raise ConfigError(Fault("roster.solver", words))
    before = _ASKED.set(solver == "cbc")
    try:
        yield
    finally:
        _ASKED.reset(before)


def asked() -> bool:
    """Whether CBC has been asked for."""
    return _ASKED.get()


def solve(
    problem: pulp.LpProblem, columns: list[Any], limits: Limits, cost: NDArray[np.float64], *, mip: bool
) -> Solution:
    """Solve a PuLP problem; the bound of a relaxed one is left to the caller, who knows its rows."""
    from optimize.roster.program.solver import Solution

    begun = time.perf_counter()
    command = _command()
    if command is None:
        raise ConfigError(Fault("roster.solver", 'is "cbc", which is not installed'))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # PuLP 3.3 says that PuLP 4 has no bundled CBC
        answer = problem.solve(
            command(
                mip=mip, msg=False, threads=1, timeLimit=max(0.05, limits.seconds), gapRel=limits.gap,
                gapAbs=limits.absolute_gap, maxNodes=limits.nodes, options=[f"randomCbcSeed {limits.seed}"],
            )
        )  # fmt: skip
        rows = _constraints(problem)
    seconds = time.perf_counter() - begun
    code = _code(problem, answer)
    if code == INFEASIBLE:
        return Solution("infeasible", np.zeros(0), np.inf, np.inf, seconds)
    if code == UNBOUNDED:
        return Solution("unbounded", np.zeros(0), -np.inf, -np.inf, seconds)
    if code not in {OPTIMAL, FEASIBLE}:
        return Solution("no solution", np.zeros(0), np.inf, -np.inf, seconds)
    values = np.array([float(column.varValue or 0.0) for column in columns])
    objective = float(cost @ values)
    allowed = max(limits.absolute_gap, limits.gap * abs(objective), 1e-6 * max(1.0, abs(objective)))
    proven = code == OPTIMAL and limits.nodes is None
    bound = objective - allowed if proven else -np.inf
    duals = np.zeros(0) if mip else np.array([float(row.pi or 0.0) for row in rows])
    status: Status = "time limit" if not proven else "optimal" if limits.gap <= 0 else "within gap"
    return Solution(status if mip else "optimal" if code == OPTIMAL else "time limit",
                    values, objective, bound, seconds, duals)  # fmt: skip


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


def _constraints(problem: pulp.LpProblem) -> list[Any]:
    held = problem.constraints
    return list(getattr(held, "values", held)())  # a dict in PuLP 3, a method in PuLP 4
