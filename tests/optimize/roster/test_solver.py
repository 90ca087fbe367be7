"""The solver adapter: the traps of both PuLP generations, each as a test."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from configs.errors import SolverError
from optimize.roster.program.budget import Limits
from optimize.roster.program.dual_bound import dual_bound
from optimize.roster.program.model import Model
from optimize.roster.program.solution import require
from tests.optimize.roster.solving import solve, solver


def knapsack(size: int, seed: int = 1) -> Model:
    rng = np.random.default_rng(seed)
    model = Model("knapsack")
    columns = [model.column(f"x_{i}", 0, 1, integer=True) for i in range(size)]
    for k in range(3):
        model.row(f"weight_{k}", zip(columns, rng.uniform(1, 9, size), strict=True), "<=", size * 1.3)
    model.add_cost(zip(columns, -rng.uniform(1, 9, size), strict=True))
    return model


def test_small_problem_has_the_optimum_found_by_hand() -> None:
    """2x + y >= 5.5 with whole x at cost 3x + 2y is cheapest at x = 2, y = 1.5: 9."""
    model = Model("hand")
    x, y = model.column("x", 0, 10, integer=True), model.column("y", 0, 10)
    model.row("need", [(x, 2.0), (y, 1.0)], ">=", 5.5)
    model.add_cost([(x, 3.0), (y, 2.0)])
    solution = solve(model)
    assert solution.status == "optimal"
    assert solution.objective == pytest.approx(9.0, abs=1e-5)
    assert solution.bound == pytest.approx(9.0, abs=1e-5)


def test_a_time_limit_is_not_called_optimal() -> None:
    """PuLP says "Optimal" when HiGHS ran out of time; we say so."""
    solution = solve(knapsack(400), by=solver(seconds=0.02))
    assert solution.status in {"ended early", "no solution"}
    assert solution.limit == "time"


def test_no_solution_has_no_objective() -> None:
    """PuLP returns a number for an unsolved model; we return none, and `require` says why."""
    model = Model("none")
    x = model.column("x", 0, 1, integer=True)
    model.row("never", [(x, 1.0)], ">=", 2)
    solution = solve(model)
    assert solution.status == "infeasible"
    assert not solution.found
    with pytest.raises(SolverError, match="the test: the solver ended with 'infeasible'"):
        require(solution, "the test")


def test_a_column_that_stands_twice_counts_with_the_sum() -> None:
    """Both PuLPs would keep one of two terms with the same variable, or add them, as they please."""
    model = Model("twice")
    x = model.column("x", 0, 10)
    model.row("need", [(x, 1.0), (x, 2.0)], ">=", 6)
    model.add_cost([(x, 1.0), (x, 1.0)])
    assert solve(model).objective == pytest.approx(4.0)


def test_rows_in_text_and_in_pulp_are_the_same() -> None:
    """The arrays handed to HiGHS and the PuLP problem give the same optimum through PuLP's own hand-over."""
    import pulp

    model = knapsack(30)
    ours = solve(model)
    problem = model.close()
    problem.solve(pulp.HiGHS(msg=False))
    assert pulp.value(problem.objective) == pytest.approx(ours.objective, abs=1e-5)


def test_fixed_columns_stay_fixed_and_the_model_keeps_its_bounds() -> None:
    """Bounds of one search do not touch the model."""
    model = knapsack(20)
    lower, upper = model.bounds()
    lower[:5] = upper[:5] = 0.0
    assert solve(model, bounds=(lower, upper)).values[:5].sum() == 0
    assert model.bounds()[1][:5].sum() == 5


def test_a_search_may_ask_for_whole_numbers_in_some_columns_only() -> None:
    """One whole column: the optimum lies between the relaxed and the whole one, and that column is whole."""
    model = knapsack(25)
    some = solve(model, whole=np.array([3]))
    assert some.values[3] == pytest.approx(round(some.values[3]), abs=1e-6)
    assert solve(model, relaxed=True).bound <= some.objective + 1e-6
    assert some.objective <= solve(model).objective + 1e-6


def test_relaxed_bound_lies_below_the_whole_optimum() -> None:
    """The dual bound of the interior point is a bound for whole numbers too."""
    model = knapsack(25)
    relaxed, whole = solve(model, relaxed=True), solve(model)
    assert relaxed.bound <= whole.objective + 1e-9
    assert relaxed.bound == pytest.approx(relaxed.objective, abs=1e-4)


@given(st.lists(st.floats(-50, 50), min_size=3, max_size=3), st.integers(0, 50))
def test_any_dual_values_give_a_true_bound(duals: list[float], seed: int) -> None:
    """Weak duality holds for multipliers drawn at random, so a rough interior point cannot spoil the proof."""
    model = knapsack(12, seed)
    assert (
        dual_bound(model, np.array(duals), model.cost(), model.bounds()) <= solve(model, relaxed=True).objective + 1e-6
    )


def test_names_stay_apart() -> None:
    """PuLP turns "-" and " " into "_"; names made of letters, digits and "_" cannot collide."""
    text = knapsack(3).text()
    assert text.count("x_0") >= 3
    assert not set("- []>/") & set("".join(line.split(":")[0].strip() for line in text.splitlines() if ":" in line))


def test_a_constant_in_the_cost_is_not_lost() -> None:
    """PuLP 3.3 hands HiGHS no constant; a model of ours has none, and its objective is the cost of its columns."""
    model = knapsack(12)
    solution = solve(model)
    assert solution.objective == pytest.approx(float(model.cost() @ solution.values))
    assert solution.bound <= solution.objective


def test_a_start_is_used() -> None:
    """PuLP 3.3 knows no start for HiGHS; with no time to search, the start given is the answer."""
    model = knapsack(60)
    best = solve(model, Limits(gap=0.05))
    again = solve(model, Limits(nodes=1), start=best.values)
    assert again.found
    assert again.objective <= best.objective + 1e-6


def test_node_limits_end_without_an_error() -> None:
    """Some limits make PuLP 3.3 raise KeyError; ours are read from HiGHS, and nodes count alike on every machine."""
    first, second = (solve(knapsack(200), Limits(nodes=3)) for _ in range(2))
    assert (first.status, first.limit) == ("ended early", "nodes")
    assert np.array_equal(first.values, second.values)


def test_a_relaxed_model_hands_on_a_price_for_each_row() -> None:
    """PuLP fills prices one by one; ours come as an array, and the price of a full knapsack is worth something."""
    model = knapsack(25)
    solution = solve(model, relaxed=True)
    assert solution.duals.shape == (model.rows,)
    assert (solution.duals <= 1e-6).all()
    assert solution.duals.min() < -1e-3
