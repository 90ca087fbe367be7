"""A minimisation problem, built column by column and row by row; it knows no solver."""

from __future__ import annotations

from copy import copy
from typing import TYPE_CHECKING

import numpy as np

from optimize.roster.program.arrays import Columns, Rows, Sense
from optimize.roster.program.pulp_problem import pulp_problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import pulp
    from numpy.typing import NDArray


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

    def row(self, name: str, terms: Iterable[tuple[int, float]], sense: Sense, right: float) -> int:
        """Add a row and return its number.

        Parameters
        ----------
        name
            Name in the text and in the PuLP problem; prices are read by the number, never by it.
        terms
            Column numbers with their coefficients; of a column named twice the sum counts, and a sum of 0 is left out.
        sense
            How the terms compare with `right`.
        right
            Right side, in the unit of the terms.
        """
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
        return len(self._row_lower) - 1

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

    def add_cost(self, terms: Iterable[tuple[int, float]]) -> None:
        """Add terms to the cost."""
        for column, value in terms:
            self._cost[column] = self._cost.get(column, 0.0) + value

    def repriced(self, cost: Mapping[int, float]) -> Model:
        """Return the model with another cost of some columns; rows and columns are shared."""
        again = copy(self)
        again.__dict__ |= {"_cost": {**self._cost, **cost}, "_problem": None}
        return again

    def close(self) -> pulp.LpProblem:
        """Make the PuLP problem, once, and return it: for HiGHS, and to write an LP file."""
        if self._problem is None:
            self._problem, _ = self.as_pulp(self.bounds(), self.cost(), self.integer_columns())
        return self._problem

    def as_pulp(
        self,
        bounds: tuple[NDArray[np.float64], NDArray[np.float64]],
        cost: NDArray[np.float64],
        whole: NDArray[np.int64],
    ) -> tuple[pulp.LpProblem, list[pulp.LpVariable]]:
        """Make a PuLP problem of these rows with other bounds, cost and whole columns; its variables in order."""
        return pulp_problem(self._name, Columns(self._names, *bounds, cost, whole), self.arrays())

    def names(self) -> tuple[list[str], list[str]]:
        """Names of the columns and of the rows, in order."""
        return self._names, self._row_names

    def integer_columns(self) -> NDArray[np.int64]:
        """Numbers of the columns that must be whole."""
        return np.flatnonzero(self._integer)

    def arrays(self) -> Rows:
        """Rows as sparse arrays."""
        return Rows(
            self._row_names,
            np.array(self._row_start, dtype=np.int32),
            np.array(self._row_index, dtype=np.int32),
            np.array(self._row_value, dtype=float),
            np.array(self._row_lower, dtype=float),
            np.array(self._row_upper, dtype=float),
        )

    def bounds(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Lower and upper bounds of the columns, as copies."""
        return np.array(self._lower), np.array(self._upper)

    def cost(self) -> NDArray[np.float64]:
        """Cost of each column."""
        cost = np.zeros(self.columns)
        for column, value in self._cost.items():
            cost[column] = value
        return cost
