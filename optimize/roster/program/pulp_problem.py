"""The one place that knows how PuLP's two generations build a problem: 3.3, and 4 from Python 3.12 on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pulp

if TYPE_CHECKING:
    from optimize.roster.program.arrays import Columns, Rows, Sense

_SENSES = {"<=": pulp.LpConstraintLE, ">=": pulp.LpConstraintGE, "==": pulp.LpConstraintEQ}
_PULP_4 = hasattr(pulp.LpAffineExpression, "from_list")


def pulp_problem(name: str, columns: Columns, rows: Rows) -> tuple[pulp.LpProblem, list[Any]]:
    """Return columns, rows and cost as a PuLP problem, and its variables in the order of the columns."""
    problem = pulp.LpProblem(name, pulp.LpMinimize)
    whole = set(columns.whole.tolist())
    kinds = [pulp.LpInteger if column in whole else pulp.LpContinuous for column in range(len(columns.names))]
    each = zip(columns.names, columns.lower.tolist(), columns.upper.tolist(), kinds, strict=True)
    variables = [problem.add_variable(*one) for one in each]
    parts = (rows.starts, rows.columns, rows.values, rows.lower, rows.upper)
    starts, index, value, low, high = (part.tolist() for part in parts)
    for i, row in enumerate(rows.names):
        span = slice(starts[i], starts[i + 1])
        pairs = [(variables[c], v) for c, v in zip(index[span], value[span], strict=True)]
        sense: Sense = "==" if low[i] == high[i] else ">=" if high[i] == np.inf else "<="
        _add_row(problem, pairs, sense, high[i] if sense == "<=" else low[i], row)
    problem.setObjective(_expression([(variables[c], v) for c, v in enumerate(columns.cost.tolist()) if v]))
    return problem, variables


def constraints_of(problem: pulp.LpProblem) -> list[Any]:
    """Rows of a PuLP problem in order: PuLP 3.3 holds a dict of them, PuLP 4 a list behind a call."""
    rows: Any = problem.constraints
    return list(getattr(rows, "values", rows)())


def _expression(pairs: list[tuple[Any, float]]) -> Any:  # noqa: ANN401 - one of PuLP's two kinds
    return pulp.LpAffineExpression.from_list(pairs) if _PULP_4 else pulp.LpAffineExpression(pairs)


def _add_row(problem: pulp.LpProblem, pairs: list[tuple[Any, float]], sense: Sense, right: float, name: str) -> None:
    """PuLP 3.3 makes a constraint from an expression, PuLP 4 gives the expression a sense."""
    if not _PULP_4:
        problem.addConstraint(pulp.LpConstraint(_expression(pairs), _SENSES[sense], name=name, rhs=right))
        return
    expression = pulp.LpAffineExpression.from_list(pairs, constant=-right)
    expression.sense = _SENSES[sense]
    problem.addConstraint(expression, name)
