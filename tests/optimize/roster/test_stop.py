"""A search that is asked to end."""

from __future__ import annotations

import threading

import numpy as np
import pytest

from configs.errors import InterruptedSearchError
from optimize.roster.inputs.people import read_people
from optimize.roster.planner import plan_week
from optimize.roster.program.budget import Budget
from optimize.roster.program.model import Model
from tests.optimize.roster import weeks
from tests.optimize.roster.solving import solve, solver
from tests.optimize.roster.test_solver import knapsack


def test_the_solver_ends_while_it_works() -> None:
    """A search of many minutes ends soon after the event is set, with what it has, and never as "optimal"."""
    model, event = knapsack(400), threading.Event()
    timer = threading.Timer(0.5, event.set)
    timer.start()
    solution = solve(model, by=solver(seconds=120, interrupt=event))
    timer.join()
    assert solution.status in {"ended early", "no solution"}
    assert solution.limit == "interrupt"
    assert solution.seconds < 60


def test_nobody_listening_changes_nothing() -> None:
    """With an event that is never set the answer is the one without, value by value."""
    model = knapsack(30)
    alone = solve(model)
    heard = solve(model, by=solver(interrupt=threading.Event()))
    assert np.array_equal(alone.values, heard.values)


def test_work_that_must_finish_hears_no_interrupt() -> None:
    """A budget with a set event refuses to go on without a roster; the budget to finish with goes on."""
    event = threading.Event()
    event.set()
    budget = Budget(interrupt=event)
    assert budget.interrupted
    with pytest.raises(InterruptedSearchError, match="interrupted before a roster was found"):
        budget.go_on()
    finishing = budget.to_finish()
    assert not finishing.interrupted
    finishing.go_on()


def test_an_interrupted_week_is_verified_and_says_so() -> None:
    """The event is set when there are no whole numbers yet; they are found, not improved, and the roster passes its recount and is called interrupted."""
    config = weeks.config_of(costs={"shortage_per_hour": 15})
    horizon, event = weeks.horizon_of(config), threading.Event()
    need = np.random.default_rng(3).integers(0, 5, horizon.size)

    def tell(word: str, _gap: float | None) -> None:
        if word == "rounding":
            event.set()

    roster = plan_week(config, horizon, weeks.requirement_of(horizon, phone=need), read_people(config), tell, event)
    assert roster.status == "interrupted"
    assert roster.bound <= roster.cost.total


def test_listening_does_not_hide_a_proof() -> None:
    """A model solved to the end while somebody listens is optimal."""
    model, event = Model("one"), threading.Event()
    x = model.column("x", 0, 5, integer=True)
    model.row("need", [(x, 1.0)], ">=", 2)
    model.add_cost([(x, 1.0)])
    assert solve(model, by=solver(interrupt=event)).status == "optimal"
