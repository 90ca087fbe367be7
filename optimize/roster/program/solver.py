"""A solver: one backend, chosen once, and the budget that all searches share."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from importlib import import_module
from typing import TYPE_CHECKING, Protocol

from optimize.roster.program.budget import Budget, Limits

if TYPE_CHECKING:
    from threading import Event

    from configs.schema import Config
    from optimize.roster.program.problem import Problem
    from optimize.roster.program.solution import Solution

BACKENDS = "optimize.roster.program.backends"
"""Package with a module for each name that ``roster.solver`` allows; its `BACKEND` is the class."""
BY_ITSELF = Limits()
"""A search that ends when its answer is proven, as every linear program does."""


class SolverBackend(Protocol):
    """A program that solves; to add one, add a module to `backends` and its name to ``roster.solver``."""

    def solve(self, problem: Problem, limits: Limits, budget: Budget) -> Solution:
        """Solve a problem within the limits of this search, and the deadline, seed and interrupt of the budget.

        The answer's bound is proven, and its `limit` tells what ended a search that proved less than was asked.
        """
        ...


@dataclass(frozen=True)
class Solver:
    """A backend and the budget that all searches of a plan share."""

    backend: SolverBackend
    budget: Budget

    def solve(self, search: str, problem: Problem, limits: Limits = BY_ITSELF) -> Solution:
        """Solve a problem; a limit that ended it is noted under the name of the search."""
        solution = self.backend.solve(problem, self.budget.of(limits), self.budget)
        if solution.limit is not None:
            self.budget.record.add(search, solution.limit)
        return solution

    def for_the_floor(self) -> Solver:
        """Return the solver for a search that every roster needs: it may run past the deadline."""
        return replace(self, budget=self.budget.for_the_floor())

    def endless(self) -> Solver:
        """Return the solver for linear programs that end by themselves, outside the planner's time limit."""
        return replace(self, budget=self.budget.endless())

    def to_finish(self) -> Solver:
        """Return the solver for work that must finish: it may run past the deadline and ignores interrupts."""
        return replace(self, budget=self.budget.to_finish())


def backend_named(name: str) -> SolverBackend:
    """Return the backend of that name.

    Raises
    ------
    ConfigError
        The program is not installed.
    """
    backend: SolverBackend = import_module(f"{BACKENDS}.{name}").BACKEND()
    return backend


def solver_of(config: Config, interrupt: Event | None = None) -> Solver:
    """Return the solver a config asks for; its time limit begins now."""
    asked = config.roster
    deadline = time.perf_counter() + asked.time_limit.total_seconds()
    budget = Budget(deadline, seed=config.plan.seed, gap=asked.gap, interrupt=interrupt)
    return Solver(backend_named(asked.solver), budget)
