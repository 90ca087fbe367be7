"""A model as arrays: its columns and its rows, as solvers take them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Sense = Literal["<=", ">=", "=="]


@dataclass(frozen=True)
class Columns:
    """Columns in order: names, bounds, cost, and the numbers of those that must be whole."""

    names: list[str]
    lower: NDArray[np.float64]
    upper: NDArray[np.float64]
    cost: NDArray[np.float64]
    whole: NDArray[np.int64]


@dataclass(frozen=True)
class Rows:
    """Rows in order, as sparse arrays.

    Row ``i`` has the coefficients ``values[starts[i]:starts[i + 1]]`` in the columns
    ``columns[starts[i]:starts[i + 1]]`` and lies between ``lower[i]`` and ``upper[i]``, one of which may be infinite.
    """

    names: list[str]
    starts: NDArray[np.int32]
    columns: NDArray[np.int32]
    values: NDArray[np.float64]
    lower: NDArray[np.float64]
    upper: NDArray[np.float64]
