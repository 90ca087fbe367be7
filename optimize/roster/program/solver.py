"""The one place that knows PuLP's two generations and the solver behind them.

A `Model` is a ``pulp.LpProblem`` built row by row from (column, coefficient) pairs. It is handed to HiGHS in two bulk
calls, because PuLP 3.3 adds one row per call, knows no start solution, and calls a search "Optimal" that ran out of
time. What comes back is a `Solution` with a status in our own words, and a bound that is proven.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import pulp

from configs.errors import SolverError
from optimize.roster.program import cbc, process, stop

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

Sense = Literal["<=", ">=", "=="]
Status = Literal["optimal", "within gap", "time limit", "infeasible", "unbounded", "no solution"]

_SENSES = {"<=": pulp.LpConstraintLE, ">=": pulp.LpConstraintGE, "==": pulp.LpConstraintEQ}
_PULP_4 = hasattr(pulp.LpAffineExpression, "from_list")


NO_GAP = 1e-6
"""Share of the cost below which a cost and its bound are the same."""


@dataclass(frozen=True)
class Limits:
    """When a search ends: seconds of wall time, relative gap, absolute gap, and branch-and-bound nodes."""

    seconds: float = 60.0
    gap: float = 0.0
    absolute_gap: float = 1e-6
    nodes: int | None = None
    seed: int = 1

    def met(self, cost: float, bound: float) -> bool:
        """Whether a cost is as near to its bound as asked, or equal to it for all that can be told."""
        return cost - bound <= max(self.gap, NO_GAP) * cost


@dataclass(frozen=True)
class Solution:
    """Answer of the solver; `values` is empty when there is none.

    `duals` holds a price for each row where a relaxed model was solved, and is empty otherwise.
    """

    status: Status
    values: NDArray[np.float64]
    objective: float
    bound: float
    seconds: float
    duals: NDArray[np.float64] = field(default_factory=lambda: np.zeros(0))

    @property
    def found(self) -> bool:
        """Whether there are values."""
        return self.values.size > 0


class Model:
    """A minimisation problem, built column by column and row by row.

    Columns are numbered from 0; rows and costs name them by number. Names are letters, digits and "_" only:
    PuLP turns every other character into "_", so that two names could become one.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._names: list[str] = []
        self._row_names: list[str] = []
        self._lower: list[float] = []
        self._upper: list[float] = []
        self._integer: list[bool] = []
        self._cost: dict[int, float] = {}
        self._row_start: list[int] = [0]
        self._row_index: list[int] = []
        self._row_value: list[float] = []
        self._row_lower: list[float] = []
        self._row_upper: list[float] = []
        self._problem: pulp.LpProblem | None = None

    @property
    def columns(self) -> int:
        """Number of columns."""
        return len(self._names)

    @property
    def integers(self) -> int:
        """Number of columns that must be whole."""
        return sum(self._integer)

    @property
    def rows(self) -> int:
        """Number of rows."""
        return len(self._row_lower)

    def column(self, name: str, lower: float, upper: float, *, integer: bool = False) -> int:
        """Add a column and return its number. Both bounds must be finite: they carry the proof of the bound."""
        self._names.append(name)
        self._lower.append(float(lower))
        self._upper.append(float(upper))
        self._integer.append(integer)
        return len(self._names) - 1

    def row(self, name: str, terms: Iterable[tuple[int, float]], sense: Sense, right: float) -> None:
        """Add a row; a column that stands twice counts with the sum, one that cancels is left out."""
        merged: dict[int, float] = {}
        for column, value in terms:
            merged[column] = merged.get(column, 0.0) + value
        kept = [(column, value) for column, value in merged.items() if value]
        self._row_names.append(name)
        self._row_index += [c for c, _ in kept]
        self._row_value += [v for _, v in kept]
        self._row_start.append(len(self._row_index))
        self._row_lower.append(-np.inf if sense == "<=" else float(right))
        self._row_upper.append(np.inf if sense == ">=" else float(right))

    def text(self) -> str:
        """Write rows and costs as text, the same under every PuLP: what golden files hold."""
        lines = ["minimise"] + [f"  {value:+.10g} {self._names[c]}" for c, value in sorted(self._cost.items()) if value]
        lines.append("subject to")
        for i, name in enumerate(self._row_names):
            span = range(self._row_start[i], self._row_start[i + 1])
            terms = " ".join(f"{self._row_value[j]:+.10g} {self._names[self._row_index[j]]}" for j in span)
            low, high = self._row_lower[i], self._row_upper[i]
            sense, right = ("==", low) if low == high else (">=", low) if high == np.inf else ("<=", high)
            lines.append(f"  {name}: {terms} {sense} {right:.10g}")
        return "\n".join(lines) + "\n"

    def charge(self, terms: Iterable[tuple[int, float]]) -> None:
        """Add terms to the cost."""
        for column, value in terms:
            self._cost[column] = self._cost.get(column, 0.0) + value

    def close(self) -> pulp.LpProblem:
        """Make the PuLP problem, once, and return it; called by `solve` and by whoever writes the LP file."""
        if self._problem is None:
            whole = np.flatnonzero(self._integer)
            self._problem, _ = _pulp_problem(self, self.bounds(), self.cost(), whole)
        return self._problem

    def names(self) -> tuple[list[str], list[str]]:
        """Names of the columns and of the rows, in order."""
        return self._names, self._row_names

    def arrays(self) -> tuple[Any, Any, Any, Any, Any]:
        """Rows as HiGHS takes them: where each begins, its columns, its values, lower and upper ends."""
        return _rows(self)

    def bounds(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Lower and upper bounds of the columns, as copies."""
        return np.array(self._lower), np.array(self._upper)

    def cost(self) -> NDArray[np.float64]:
        """Cost of each column."""
        cost = np.zeros(self.columns)
        for column, value in self._cost.items():
            cost[column] = value
        return cost

    def solve(
        self,
        limits: Limits,
        *,
        relaxed: bool = False,
        bounds: tuple[NDArray[np.float64], NDArray[np.float64]] | None = None,
        start: NDArray[np.float64] | None = None,
        extra_cost: NDArray[np.float64] | None = None,
        whole: NDArray[np.int64] | None = None,
    ) -> Solution:
        """Solve with HiGHS, or with CBC inside ``cbc.solving_by("cbc")``, which knows no start.

        Parameters
        ----------
        limits
            When to stop.
        relaxed
            Leave integrality out and stop at an interior point, which is all that rounding needs.
        bounds
            Bounds instead of the model's own, to hold part of a solution fixed.
        start
            A solution to begin with.
        extra_cost
            Added to the cost of each column for this search only; the objective and bound of the result include it.
        whole
            The columns that must be whole in this search; all integer columns of the model where it is not given.
        """
        begun = time.perf_counter()
        must = np.flatnonzero(self._integer) if whole is None else whole
        must = np.zeros(0, dtype=np.int64) if relaxed else must
        if cbc.asked():
            solution = self._solved_by_cbc(limits, bounds or self.bounds(), extra_cost, must)
            stop.ended(time.perf_counter() - begun, limits.seconds)
            return solution
        process.load()
        solver = _BulkHiGHS(self, relaxed, bounds or self.bounds(), start, extra_cost, limits, must)
        problem = self.close()
        solver.createAndConfigureSolver(problem)
        solver.buildSolverModel(problem)
        calling = time.perf_counter()
        solver.callSolver(problem)
        stop.ended(time.perf_counter() - calling, limits.seconds)
        return solver.read(problem, time.perf_counter() - begun)

    def _solved_by_cbc(
        self,
        limits: Limits,
        bounds: tuple[NDArray[np.float64], NDArray[np.float64]],
        extra_cost: NDArray[np.float64] | None,
        must: NDArray[np.int64],
    ) -> Solution:
        cost = self.cost() if extra_cost is None else self.cost() + extra_cost
        problem, columns = _pulp_problem(self, bounds, cost, must)
        found = cbc.solve(problem, columns, limits, cost, mip=must.size > 0)
        if not found.duals.size:
            return found
        return replace(found, bound=max(found.bound, dual_bound(self, found.duals, cost, bounds)))


class _BulkHiGHS(pulp.HiGHS):  # type: ignore[misc]
    """PuLP's HiGHS with bulk hand-over, start solution, fixed columns and an honest reading of the result."""

    def __init__(
        self,
        model: Model,
        relaxed: bool,  # noqa: FBT001 - private, called once
        bounds: tuple[NDArray[np.float64], NDArray[np.float64]],
        start: NDArray[np.float64] | None,
        extra_cost: NDArray[np.float64] | None,
        limits: Limits,
        whole: NDArray[np.int64],
    ) -> None:
        self._model, self._relaxed, self._bounds, self._start = model, relaxed, bounds, start
        self._whole = whole.astype(np.int32)
        self._all_cost = model.cost() if extra_cost is None else model.cost() + extra_cost
        options: dict[str, Any] = {"random_seed": limits.seed, "output_flag": False}
        if relaxed:
            # "ipm" means another method where the package highspy-extras is installed, and another roster.
            options |= {"solver": "ipx", "run_crossover": "off"}
        if limits.nodes is not None:
            options["mip_max_nodes"] = limits.nodes
        super().__init__(
            mip=not relaxed,
            msg=False,
            threads=1,
            timeLimit=max(0.01, limits.seconds),
            gapRel=limits.gap,
            gapAbs=limits.absolute_gap,
            **options,
        )

    def buildSolverModel(self, lp: pulp.LpProblem) -> None:  # noqa: N802 - PuLP's name
        """Hand over columns and rows, each in one call."""
        import highspy

        model, highs = self._model, lp.solverModel
        lower, upper = self._bounds
        none = np.zeros(0, dtype=np.int32)
        highs.addCols(model.columns, self._all_cost, lower, upper, 0, none, none, np.zeros(0))
        if self._whole.size:
            kinds = np.full(self._whole.size, highspy.HighsVarType.kInteger)
            highs.changeColsIntegrality(self._whole.size, self._whole, kinds)
        starts, index, value, low, high = _rows(model)
        highs.addRows(model.rows, low, high, index.size, starts[:-1], index, value)
        if self._start is not None:
            highs.setSolution(model.columns, np.arange(model.columns, dtype=np.int32), self._start)

    def callSolver(self, lp: pulp.LpProblem) -> None:  # noqa: N802 - PuLP's name
        """Solve, and end early when asked to."""
        stop.run(lp.solverModel)

    def read(self, lp: pulp.LpProblem, seconds: float) -> Solution:
        """Translate the state HiGHS ended in; a time limit is called a time limit."""
        import highspy

        highs = lp.solverModel
        info, state, states = highs.getInfo(), highs.getModelStatus(), highspy.HighsModelStatus
        found = info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
        if state in {states.kInfeasible, states.kUnboundedOrInfeasible}:
            return Solution("infeasible", np.zeros(0), np.inf, np.inf, seconds)
        if state == states.kUnbounded:
            return Solution("unbounded", np.zeros(0), -np.inf, -np.inf, seconds)
        if not found and not (self._relaxed and state == states.kUnknown):
            return Solution("no solution", np.zeros(0), np.inf, -np.inf, seconds)
        solution = highs.getSolution()
        values = np.array(solution.col_value)
        objective = float(self._all_cost @ values)
        if self._relaxed:
            duals = np.array(solution.row_dual)
            status: Status = "optimal" if state == states.kOptimal else "time limit"
            return Solution(status, values, objective, self._dual_bound(duals), seconds, duals)
        bound = min(float(info.mip_dual_bound), objective) if self._whole.size else objective
        status = "optimal" if objective - bound <= 1e-6 * max(1.0, abs(objective)) else "within gap"
        return Solution(status if state == states.kOptimal else "time limit", values, objective, bound, seconds)

    def _dual_bound(self, dual: NDArray[np.float64]) -> float:
        """Proven bound from the prices of the rows."""
        return dual_bound(self._model, dual, self._all_cost, self._bounds)


def dual_bound(
    model: Model,
    dual: NDArray[np.float64],
    cost: NDArray[np.float64],
    bounds: tuple[NDArray[np.float64], NDArray[np.float64]],
) -> float:
    """Weak duality, evaluated exactly: true for any dual values, however roughly the interior point met them.

    For every y, ``min c'x  >=  sum_i min(y_i * row_i) + sum_j min((c - A'y)_j * x_j)`` over the row and column
    bounds; a multiplier on the wrong side of a one-sided row is set to 0 first (Neumaier and Shcherbina 2004).
    """
    _, _, _, low, high = _rows(model)
    dual = _of_right_sign(dual, low, high)
    reduced = reduced_costs(model, dual, cost)
    lower, upper = bounds
    rows = np.where(dual > 0, np.where(dual > 0, low, 0.0), np.where(dual < 0, high, 0.0))
    with np.errstate(invalid="ignore"):
        of_rows = np.where(dual == 0, 0.0, dual * rows)
    return float(of_rows.sum() + np.where(reduced > 0, reduced * lower, reduced * upper).sum())


def reduced_costs(
    model: Model, dual: NDArray[np.float64], cost: NDArray[np.float64] | None = None
) -> NDArray[np.float64]:
    """Cost of each column less what the prices of the rows pay for it, ``c - A'y``; wrong signs as in `dual_bound`."""
    starts, index, value, low, high = _rows(model)
    paid = value * np.repeat(_of_right_sign(dual, low, high), np.diff(starts))
    return (model.cost() if cost is None else cost) - np.bincount(index, weights=paid, minlength=model.columns)


def _of_right_sign(
    dual: NDArray[np.float64], low: NDArray[np.float64], high: NDArray[np.float64]
) -> NDArray[np.float64]:
    return np.where((dual > 0) & np.isinf(low), 0.0, np.where((dual < 0) & np.isinf(high), 0.0, dual))


def _rows(model: Model) -> tuple[Any, Any, Any, Any, Any]:
    return (
        np.array(model._row_start, dtype=np.int32),  # noqa: SLF001 - same module
        np.array(model._row_index, dtype=np.int32),  # noqa: SLF001
        np.array(model._row_value, dtype=float),  # noqa: SLF001
        np.array(model._row_lower, dtype=float),  # noqa: SLF001
        np.array(model._row_upper, dtype=float),  # noqa: SLF001
    )


def _expression(pairs: list[tuple[Any, float]]) -> Any:  # noqa: ANN401 - one of PuLP's two kinds
    return pulp.LpAffineExpression.from_list(pairs) if _PULP_4 else pulp.LpAffineExpression(pairs)


def _pulp_problem(
    model: Model,
    bounds: tuple[NDArray[np.float64], NDArray[np.float64]],
    cost: NDArray[np.float64],
    whole: NDArray[np.int64],
) -> tuple[pulp.LpProblem, list[Any]]:
    """Columns, rows and cost as a PuLP problem, and its columns in order."""
    problem = pulp.LpProblem(model._name, pulp.LpMinimize)  # noqa: SLF001 - same module
    must = set(whole.tolist())
    kinds = [pulp.LpInteger if column in must else pulp.LpContinuous for column in range(model.columns)]
    lower, upper = bounds
    names, row_names = model.names()
    columns = [problem.add_variable(*each) for each in zip(names, lower.tolist(), upper.tolist(), kinds, strict=True)]
    starts, index, value, low, high = (array.tolist() for array in _rows(model))
    for i, name in enumerate(row_names):
        span = slice(starts[i], starts[i + 1])
        pairs = [(columns[c], v) for c, v in zip(index[span], value[span], strict=True)]
        sense: Sense = "==" if low[i] == high[i] else ">=" if high[i] == np.inf else "<="
        _add_row(problem, pairs, sense, high[i] if sense == "<=" else low[i], name)
    problem.setObjective(_expression([(columns[c], v) for c, v in enumerate(cost.tolist()) if v]))
    return problem, columns


def _add_row(problem: pulp.LpProblem, pairs: list[tuple[Any, float]], sense: Sense, right: float, name: str) -> None:
    """PuLP 3.3 makes a constraint from an expression, PuLP 4 gives the expression a sense."""
    if not _PULP_4:
        problem.addConstraint(pulp.LpConstraint(_expression(pairs), _SENSES[sense], name=name, rhs=right))
        return
    expression = pulp.LpAffineExpression.from_list(pairs, constant=-right)
    expression.sense = _SENSES[sense]
    problem.addConstraint(expression, name)


def require(solution: Solution, what: str) -> Solution:
    """Return the solution if it has values, or say what had none."""
    if not solution.found:
        raise SolverError(
            f"{what}: the solver ended with {solution.status!r} after {solution.seconds:.0f} s; raise roster.time_limit"
        )
    return solution
