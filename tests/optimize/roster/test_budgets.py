"""Budgets: every limit that ends a search is known by name, and only the planner's own limit is time."""

from __future__ import annotations

import math
import subprocess
import sys
import time
from dataclasses import dataclass, field, replace
from types import ModuleType, SimpleNamespace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest

from configs.errors import SolverError
from optimize.roster import planner
from optimize.roster.advice import advise
from optimize.roster.inputs.assemble import assemble
from optimize.roster.inputs.people import read_people
from optimize.roster.persons import minimal_change_tours, person_by_person, tours
from optimize.roster.planner import plan_week
from optimize.roster.program import budget as budget_module
from optimize.roster.program import build
from optimize.roster.program import solver as solver_module
from optimize.roster.program.backends.cbc import _command
from optimize.roster.program.backends.highs import HighsBackend
from optimize.roster.program.budget import GRACE_SECONDS, Budget, Limits, Record
from optimize.roster.program.model import Model
from optimize.roster.program.solver import BACKENDS, Solver, backend_named, solver_of
from optimize.roster.result import LimitHit, Roster
from optimize.roster.search import neighbourhood_search, relax_and_fix
from optimize.roster.whole_week import branch_and_bound, first_week
from tests.optimize.roster import service_weeks, weeks
from tests.optimize.roster.solving import solve, solver
from tests.optimize.roster.test_person_by_person import TWO_DAYS
from tests.optimize.roster.test_solver import knapsack

if TYPE_CHECKING:
    from collections.abc import Callable

    from optimize.roster.program.problem import Problem
    from optimize.roster.program.solution import Solution

CONTRACT = {
    "days_per_week": 4, "days_off": "any", "cost_per_hour": 10, "agents": 9,
    "shifts": [{"length": "8h", "start": "06:00-14:00", "step": "1h"}], "breaks": [{"length": "1h", "after": "2h-6h"}],
}  # fmt: skip
NONE_NEEDED = {"gap": 0.0, "time_limit": "1h"}


@dataclass
class Watched:
    """HiGHS, with every call noted; with `pretend` each search over whole numbers says that its nodes ran out."""

    pretend: bool = False
    calls: list[tuple[Problem, Limits, Budget]] = field(default_factory=list)

    def solve(self, problem: Problem, limits: Limits, budget: Budget) -> Solution:
        self.calls.append((problem, limits, budget))
        solution = HighsBackend().solve(problem, limits, budget)
        return replace(solution, limit="nodes") if self.pretend and problem.integers().size else solution


@pytest.fixture
def watched(monkeypatch: pytest.MonkeyPatch) -> Watched:
    """The backend every plan of the test uses."""
    made = Watched()
    monkeypatch.setattr(planner, "solver_of", lambda config, end=None: replace(solver_of(config, end), backend=made))
    return made


def plain(**roster: object) -> Roster:
    """Nine people, many starts, a need that is not to be met exactly."""
    config = weeks.config_of(contracts={"day": CONTRACT}, roster=NONE_NEEDED | roster, costs={"shortage_per_hour": 24})
    horizon = weeks.horizon_of(config)
    need = np.random.default_rng(5).integers(2, 6, horizon.size) * weeks.hours_between(horizon, 7, 21)
    return plan_week(config, horizon, weeks.requirement_of(horizon, phone=need), read_people(config))


def published() -> Roster:
    """A week planned again after the need changed and somebody fell ill."""
    config = weeks.config_of(
        contracts={"day": CONTRACT}, roster=NONE_NEEDED | {"change_cost": 1}, costs={"shortage_per_hour": 24}
    )
    horizon = weeks.horizon_of(config)
    before, after = (
        weeks.requirement_of(horizon, phone=np.random.default_rng(seed).integers(1, 6, horizon.size)) for seed in (1, 2)
    )
    first = plan_week(config, horizon, before, read_people(config))
    ill = pd.DataFrame({"agent": [first.table["agent"].iloc[0]], "start": [horizon.begin]})
    ill["end"] = ill["start"] + pd.Timedelta(days=3)
    return plan_week(config, horizon, after, replace(first.people, published=first.table, leave=ill))


def activities() -> Roster:
    """A training for everybody, one at a time."""
    training = {"name": "training", "length": "1h", "at_once": 1}
    config = weeks.config_of(contracts={"day": CONTRACT}, activities=[training], roster=NONE_NEEDED)
    horizon = weeks.horizon_of(config)
    need = 2 * weeks.hours_between(horizon, 8, 18)
    return plan_week(config, horizon, weeks.requirement_of(horizon, phone=need), read_people(config))


def persons() -> Roster:
    """Two people whose long rest counts of starts cannot keep."""
    return TWO_DAYS.planned(TWO_DAYS.need(1))


def large(monkeypatch: pytest.MonkeyPatch) -> Roster:
    """The plain week by the search for weeks too large to be searched whole."""
    for module in (first_week, branch_and_bound):
        monkeypatch.setattr(module, "LARGEST_WHOLE_SEARCH", 0)
    return plain()


def hit(roster: Roster) -> set[str]:
    return {each.search for each in roster.limits_hit if each.limit == "nodes"}


@pytest.mark.parametrize(
    ("week", "searches"),
    [
        (plain, {"working patterns", "breaks", "whole week", "neighbourhoods", "tours"}),
        (published, {"published weeks", "published shifts"}),
        (activities, {"activities", "cover"}),
        (persons, {"person-by-person"}),
        (large, {"days"}),
    ],
)
def test_a_search_whose_nodes_ran_out_is_in_the_roster(
    week: Callable[..., Roster], searches: set[str], watched: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whichever search ends by its nodes, the roster says so by its name; without one it says nothing."""
    given = (monkeypatch,) if week is large else ()
    assert hit(week(*given)) & searches - {"whole week", "neighbourhoods", "days"} == set()
    watched.pretend = True
    assert searches <= hit(week(*given))


@pytest.mark.parametrize(
    ("module", "constant", "search", "week"),
    [
        (branch_and_bound, "WHOLE_NODES", "whole week", plain),
        (neighbourhood_search, "NODES", "neighbourhoods", plain),
        (neighbourhood_search, "BREAK_NODES", "breaks", plain),
        (person_by_person, "NODES", "person-by-person", persons),
        (minimal_change_tours, "NODES", "published shifts", published),
        (relax_and_fix, "DAY_NODES", "days", large),
    ],
)
def test_a_search_throttled_to_no_node_is_in_the_roster(
    module: ModuleType, constant: str, search: str, week: Callable[..., Roster], monkeypatch: pytest.MonkeyPatch
) -> None:
    """HiGHS with no node to spend: the roster is whole and verified all the same, and names the search."""
    monkeypatch.setattr(module, constant, 0)
    roster = week(monkeypatch) if week is large else week()
    assert search in hit(roster)
    assert roster.left_out or roster.bound <= roster.cost.total + 1e-6


def test_a_search_that_must_have_an_answer_says_what_ended_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without tours there is no roster: the search, the limit, and what would help."""
    monkeypatch.setattr(tours, "NODES", 0)
    with pytest.raises(SolverError, match=r"tours of contract day: .* by its limit of nodes .*set another plan.seed"):
        activities()


def test_a_short_time_limit_ends_with_a_roster_that_names_what_it_kept_from_beginning() -> None:
    """With no time at all the week is rounded, tied into tours and verified; later searches are named, by time."""
    roster = plain(time_limit="1s")
    assert roster.status == "time limit"
    assert {each.limit for each in roster.limits_hit} == {"time"}
    assert "whole week" in {each.search for each in roster.limits_hit}
    assert roster.could_be_better == roster.limits_hit
    assert "a cheaper roster may exist; searches that a limit ended: " in roster.explain()


@dataclass
class Clock:
    """A clock that stands still, until the time limit is over at the look of this number."""

    over: int
    looks: int = 0

    def perf_counter(self) -> float:
        self.looks += 1
        return 0.0 if self.looks <= self.over else 100.0


@pytest.mark.parametrize("over", [2, 7, 8, 11, 14, 17, 20])
def test_time_may_run_out_at_any_moment(over: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """A week with targets over days, whichever search the limit of 60 s ends: a verified roster says it was time."""
    clock = Clock(over)
    for module in (budget_module, solver_module):
        monkeypatch.setattr(module, "time", clock)
    config = service_weeks.config_of(roster={"agents": "agents.csv", "time_limit": "60s", "gap": 0.0})
    horizon, who = weeks.horizon_of(config), service_weeks.people()
    roster = service_weeks.planned(config, horizon, service_weeks.requirement_of(config, horizon, who), who)
    assert roster.status == "time limit"
    assert "time" in {each.limit for each in roster.limits_hit}
    assert {each.search for each in roster.limits_hit if each.limit != "time"} <= {"days"}
    assert roster.bound <= roster.cost.total + 1e-6


def test_limits_do_not_matter_where_the_gap_is_met() -> None:
    """A roster within the gap asked for is as good as asked, whichever search a limit ended."""
    ended = (LimitHit("whole week", "nodes", 2),)
    roster = replace(plain(), limits_hit=ended)
    assert roster.status == "optimal"
    assert roster.could_be_better == ()
    assert replace(roster, status="no better found").could_be_better == ended


@pytest.mark.parametrize("week", [plain, published, activities, persons])
def test_only_the_planner_s_limit_is_time_and_every_seed_is_the_plan_s(
    week: Callable[..., Roster], watched: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No search of any kind has seconds or a seed of its own: the deadline is the outer one, or that and the grace."""
    monkeypatch.setattr(planner, "solver_of", lambda config, end=None: _seeded(config, end, watched))
    week()
    deadlines = {budget.deadline for _, _, budget in watched.calls}
    first = {min(deadlines)} if week is not published else set(sorted(deadlines)[::2])
    assert deadlines <= first | {each + GRACE_SECONDS for each in first}
    assert {budget.seed for _, _, budget in watched.calls} == {77}


def _seeded(config: object, end: object, backend: Watched) -> Solver:
    made = replace(solver_of(config, end), backend=backend)
    return replace(made, budget=replace(made.budget, seed=77, deadline=time.perf_counter() + 3600))


@pytest.mark.parametrize("speed", [50.0, 0.02])
def test_the_same_seed_gives_the_same_roster_by_a_fast_and_a_slow_clock(
    speed: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A clock 50 times faster or slower, while below the time limit, changes neither table nor record."""
    usual = [plain(), published()]
    begun = time.perf_counter()
    clock = SimpleNamespace(perf_counter=lambda: begun + (time.perf_counter() - begun) * speed)
    monkeypatch.setattr(budget_module, "time", clock)
    monkeypatch.setattr("optimize.roster.program.solver.time", clock)
    for before, after in zip(usual, [plain(), published()], strict=True):
        assert after.table.to_csv() == before.table.to_csv()
        assert (after.bound, after.limits_hit, after.status) == (before.bound, before.limits_hit, before.status)


def test_a_search_that_ends_by_nodes_is_the_same_under_load() -> None:
    """Two programs that count next to it slow the search down; nodes end it all the same, at the same values."""
    model = knapsack(200)
    alone = solve(model, Limits(nodes=5))
    busy = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(2)]
    try:
        loaded = solve(model, Limits(nodes=5))
    finally:
        for each in busy:
            each.kill()
            each.wait()
    assert (alone.limit, loaded.limit) == ("nodes", "nodes")
    assert np.array_equal(loaded.values, alone.values)
    assert (loaded.bound, loaded.objective) == (alone.bound, alone.objective)


def test_a_budget_caps_nodes_and_counts_what_ended() -> None:
    """The smaller number of nodes holds; hits are counted by search and limit; an interrupt is no limit."""
    assert Budget(nodes=3).of(Limits(nodes=5)).nodes == 3
    assert Budget(nodes=3).of(Limits(nodes=2)).nodes == 2
    assert Budget(nodes=3).of(Limits()).nodes == 3
    assert Budget().of(Limits(nodes=5)).nodes == 5
    record = Record()
    for search, limit in (("tours", "nodes"), ("breaks", "time"), ("tours", "nodes"), ("breaks", "interrupt")):
        record.add(search, limit)
    assert record.hits() == (LimitHit("breaks", "time", 1), LimitHit("tours", "nodes", 2))
    assert record.timed_out


def test_a_budget_that_is_over_names_the_search_it_kept_from_beginning() -> None:
    """Under a second left: over, and noted; without a deadline never."""
    over = solver(seconds=0.5).budget
    assert over.is_over("whole week")
    assert over.record.hits() == (LimitHit("whole week", "time", 1),)
    assert not Budget().is_over("whole week")
    assert math.isinf(over.endless().deadline)


def test_work_that_must_finish_has_time_however_late_it_is() -> None:
    """A deadline that passed long ago leaves the grace, from now; one ahead is put off by it."""
    late = solver(seconds=-1000.0).budget
    assert late.seconds_left() == 0
    assert GRACE_SECONDS - 60 < late.to_finish().seconds_left() <= GRACE_SECONDS
    ahead = solver(seconds=1000.0).budget
    assert ahead.to_finish().deadline == ahead.deadline + GRACE_SECONDS
    assert math.isinf(Budget().to_finish().deadline)


def test_one_node_limit_for_all_searches_is_kept_by_each() -> None:
    """Nodes of the budget hold for a search that sets none itself, and the record has its name."""
    throttled = solver(nodes=1)
    assert solve(knapsack(200), by=throttled).limit == "nodes"
    assert throttled.budget.record.hits() == (LimitHit("test", "nodes", 1),)


def small(kind: str) -> tuple[Model, dict[str, bool]]:
    """Models both backends must agree on, by what is special about them."""
    if kind == "whole":
        return knapsack(25), {}
    if kind == "relaxed":
        return knapsack(25), {"relaxed": True}
    model = Model("none")
    x = model.column("x", 0, 1, integer=True)
    model.row("never", [(x, 1.0)], ">=", 2)
    model.add_cost([(x, 1.0)])
    return model, {}


@pytest.mark.skipif(_command() is None, reason="CBC is not installed; PuLP 4 has it only as pulp[cbc]")
@pytest.mark.parametrize("kind", ["whole", "relaxed", "infeasible"])
def test_both_backends_keep_the_protocol(kind: str) -> None:
    """The same models by HiGHS and CBC: status, objective and proven bound agree."""
    model, changes = small(kind)
    ours, theirs = (solve(model, by=solver(name), **changes) for name in ("highs", "cbc"))
    assert theirs.status == ours.status
    assert theirs.found == ours.found
    if ours.found:
        assert theirs.objective == pytest.approx(ours.objective, abs=1e-4)
        assert max(ours.bound, theirs.bound) <= min(ours.objective, theirs.objective) + 1e-4
        assert theirs.duals.shape == ours.duals.shape


def test_a_third_backend_plugs_in_by_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    """A module of that name in the package is all: the plan is made by it, each search of it, advice too."""
    made = Watched()
    module = ModuleType(f"{BACKENDS}.fake")
    module.BACKEND = lambda: made
    monkeypatch.setitem(sys.modules, f"{BACKENDS}.fake", module)
    config = weeks.config_of(contracts={"day": CONTRACT}, roster=NONE_NEEDED, costs={"shortage_per_hour": 24})
    config = config.model_copy(update={"roster": config.roster.model_copy(update={"solver": "fake"})})
    horizon = weeks.horizon_of(config)
    need = weeks.requirement_of(horizon, phone=5 * weeks.hours_between(horizon, 7, 21))
    assert backend_named("fake") is made
    roster = plan_week(config, horizon, need, read_people(config))
    planned = len(made.calls)
    assert planned > 3
    assert advise(config, horizon, need, roster)
    assert len(made.calls) > planned


def test_priced_rows_are_the_rows_of_their_names() -> None:
    """Numbers kept while the rows are stated are those of the rows; one that is not there is an error, not 0."""
    channels = {"phone": {"kind": "synchronous"}, "email": {"kind": "deferrable", "target": {"within": "24h"}}}
    shifts = [{"length": length, "start": "08:00-12:00", "step": "2h"} for length in ("4h", "8h")]
    contract = {"days_per_week": 4, "cost_per_hour": 10, "shifts": shifts}
    config = weeks.config_of(channels=channels, contracts={"day": contract}, roster={"agents": "x"})
    horizon, people = weeks.horizon_of(config), weeks.people_of([(f"p{i}", "day", "phone;email") for i in range(3)])
    people.agents["hours_min"], people.agents["hours_max"] = 20.0, 28.0
    need = weeks.requirement_of(horizon, phone=2.0, email=(0.5, 24))
    program = build(assemble(config, horizon, need, people))
    names, rows = program.model.names()[1], program.rows
    found = {f"heads_{c}_{h}": row for (c, h), row in rows.heads.items()}
    found |= {f"kinds_{c}_{f}_{day}": row for (c, f, day), row in rows.shift_types.items()}
    for stem, group in (("cover", rows.cover), ("work", rows.work), ("due", rows.due)):
        found |= {f"{stem}_{k}_{t}": row for k, numbers in group.items() for t, row in enumerate(numbers)}
    assert {names[row]: row for row in found.values()} == found
    assert all(len(numbers) == horizon.size for numbers in (*rows.cover.values(), *rows.work.values()))
    priced = [name.split("_")[0] for name in names if name.split("_")[0] in {"heads", "kinds", "cover", "work", "due"}]
    assert set(priced) == {"heads", "kinds", "cover", "work", "due"}
    assert len(found) == len(priced)
    with pytest.raises(KeyError):
        rows.heads[99, 0]
