"""Solvers for tests: a backend by name and a budget without a deadline, unless a test wants one."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from optimize.roster.program.budget import Budget, Limits
from optimize.roster.program.problem import Problem
from optimize.roster.program.solver import Solver, backend_named

if TYPE_CHECKING:
    from optimize.roster.program.model import Model
    from optimize.roster.program.solution import Solution


def solver(backend: str = "highs", seconds: float | None = None, **budget: Any) -> Solver:
    """A solver by that backend; `seconds` from now it is over."""
    if seconds is not None:
        budget["deadline"] = time.perf_counter() + seconds
    return Solver(backend_named(backend), Budget(**budget))


def solve(model: Model, limits: Limits | None = None, by: Solver | None = None, **problem: Any) -> Solution:
    """The solution of a model, or of a problem made of it."""
    return (by or solver()).solve("test", Problem(model, **problem), limits or Limits())
