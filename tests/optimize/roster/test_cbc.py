"""CBC beside HiGHS: the same optimum, honest words, and a sentence where it is not installed."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest

from configs.errors import ConfigError
from optimize.roster.inputs.people import read_people
from optimize.roster.planner import plan_week
from optimize.roster.program.backends import cbc
from optimize.roster.program.budget import Limits
from optimize.roster.program.model import Model
from tests.optimize.roster import weeks
from tests.optimize.roster.solving import solve, solver
from tests.optimize.roster.test_solver import knapsack

needs_cbc = pytest.mark.skipif(cbc._command() is None, reason="CBC is not installed; PuLP 4 has it only as pulp[cbc]")


@needs_cbc
def test_whole_numbers_have_the_same_optimum() -> None:
    """Branch and bound by either solver ends at the same cost, with a bound no higher."""
    model = knapsack(25)
    ours = solve(model)
    theirs = solve(model, by=solver("cbc"))
    assert theirs.status == "optimal"
    assert theirs.objective == pytest.approx(ours.objective, abs=1e-5)
    assert ours.objective - 1e-3 <= theirs.bound <= theirs.objective


@needs_cbc
def test_the_relaxed_bound_comes_from_its_prices() -> None:
    """Weak duality over CBC's prices gives the optimum HiGHS finds, whatever signs a solver likes."""
    model = knapsack(25)
    relaxed = solve(model, by=solver("cbc"), relaxed=True)
    assert relaxed.bound == pytest.approx(solve(model, relaxed=True).objective, abs=1e-4)
    assert relaxed.bound <= relaxed.objective + 1e-6


@needs_cbc
def test_a_time_limit_is_not_optimal_and_proves_nothing() -> None:
    """PuLP says "Optimal" for what CBC had when time ran out; we say "ended early", by time, without a bound."""
    solution = solve(knapsack(400), by=solver("cbc", seconds=0.05))
    assert solution.status in {"ended early", "no solution"}
    assert solution.limit == "time"
    assert solution.bound == -np.inf


@needs_cbc
def test_a_search_that_ends_at_its_gap_is_within_it_and_has_a_bound() -> None:
    """CBC stops as soon as the gap asked for is proved; PuLP 4 has a status of its own for that."""
    model = knapsack(60)
    solution = solve(model, Limits(gap=0.2), solver("cbc"))
    assert solution.status == "within gap"
    assert solve(model).objective >= solution.bound - 1e-6
    assert solution.bound >= solution.objective - 0.2 * abs(solution.objective) - 1e-6


def test_pulp_4_says_that_the_gap_was_reached() -> None:
    """Its status -7 with a solution is as good as proved, and without one is nothing."""
    problem = SimpleNamespace(sol_status=0)
    assert cbc._code(problem, SimpleNamespace(status=-7, has_solution=True)) == cbc.OPTIMAL
    assert cbc._code(problem, SimpleNamespace(status=-7, has_solution=False)) == 0
    assert cbc._code(problem, SimpleNamespace(status=-4, has_solution=True)) == cbc.FEASIBLE


@needs_cbc
def test_infeasible_has_no_values() -> None:
    """PuLP returns a number for an unsolved model; we return none."""
    model = Model("none")
    x = model.column("x", 0, 1, integer=True)
    model.row("never", [(x, 1.0)], ">=", 2)
    model.add_cost([(x, 1.0)])
    solution = solve(model, by=solver("cbc"))
    assert solution.status == "infeasible"
    assert not solution.found


@needs_cbc
def test_a_week_by_cbc_is_verified_and_its_bound_holds() -> None:
    """The same week by both: bounds agree, each cost lies above either bound."""
    need = np.random.default_rng(3).integers(0, 4, 168)
    rosters = []
    for name in ("highs", "cbc"):
        config = weeks.config_of(roster={"time_limit": "20s", "gap": 0.02, "solver": name})
        horizon = weeks.horizon_of(config)
        rosters.append(plan_week(config, horizon, weeks.requirement_of(horizon, phone=need), read_people(config)))
    ours, theirs = rosters
    assert theirs.bound <= ours.cost.total + 1e-6
    assert ours.bound <= theirs.cost.total + 1e-6
    assert theirs.relaxed.bound == pytest.approx(ours.relaxed.bound, rel=1e-4)


def test_without_cbc_the_remedy_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Asked for and not there: the setting, and what to install."""
    monkeypatch.setattr(cbc, "_command", lambda: None)
    words = r'roster.solver: is "cbc", which is not installed; run pip install "pulp\[cbc\]"'
    with pytest.raises(ConfigError, match=words):
        solver("cbc")


@needs_cbc
def test_a_node_limit_of_cbc_is_known() -> None:
    """A hard knapsack after one node: ended early, by nodes, with no bound claimed."""
    solution = solve(knapsack(400), Limits(nodes=1), solver("cbc"))
    assert (solution.status, solution.limit) == ("ended early", "nodes")
    assert solution.bound == -np.inf
