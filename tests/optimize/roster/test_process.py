"""HiGHS shares its process with other programs: their use of it changes no plan, or is stated."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import highspy
import pytest

from configs.errors import SolverError
from optimize.roster.program import process
from tests.optimize.roster.solving import solve
from tests.optimize.roster.test_solver import knapsack

ROOT = Path(__file__).resolve().parents[3]

AFTER_ANOTHER = """
import highspy
from tests.optimize.roster.solving import solve
from tests.optimize.roster.test_solver import knapsack

def theirs(threads):
    highs = highspy.Highs()
    highs.setOptionValue("output_flag", False)
    highs.setOptionValue("threads", threads)
    highs.addVar(0.0, 1.0)
    highs.changeColIntegrality(0, highspy.HighsVarType.kInteger)
    highs.run()
    return highs.getModelStatus() == highspy.HighsModelStatus.kOptimal

first = theirs(2)
values = solve(knapsack(40)).values
print(first, theirs(2), values.tolist())
"""


def in_a_process(code: str) -> str:
    """What a new Python process prints, without the banner its own first solver object may have printed."""
    setting = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", code], env=setting, capture_output=True, text=True, check=True)
    return done.stdout.splitlines()[-1]


@pytest.fixture
def fresh() -> object:
    """`load` as a new process finds it, and afterwards again."""
    process.load.cache_clear()
    yield
    process.load.cache_clear()


def test_another_number_of_threads_used_before_changes_nothing() -> None:
    """A model solved with two threads leaves a pool of two; our search has the same answer, and theirs works again."""
    expected = solve(knapsack(40)).values.tolist()
    assert in_a_process(AFTER_ANOTHER) == f"True True {expected}"


def test_a_pool_that_stays_taken_is_stated() -> None:
    """HiGHS that refuses twice ends with a sentence, not with "no solution"."""
    freed = []
    taken = SimpleNamespace(
        run=lambda: None,
        getModelStatus=lambda: highspy.HighsModelStatus.kNotset,
        resetGlobalScheduler=freed.append,
    )
    with pytest.raises(SolverError, match="a different number of threads"):
        process.run(taken)
    assert len(freed) == 2


def test_the_pool_is_not_given_up_under_a_search_of_ours() -> None:
    """While one search runs inside another, only the outer one's end frees the pool."""
    freed = []

    def highs(run: object) -> SimpleNamespace:
        return SimpleNamespace(
            run=run,
            getModelStatus=lambda: highspy.HighsModelStatus.kOptimal,
            resetGlobalScheduler=lambda _wait: freed.append("freed"),
        )

    def outer() -> None:
        process.run(highs(lambda: None))
        assert not freed

    process.run(highs(outer))
    assert freed == ["freed"]


def test_the_banner_of_the_first_solver_object_is_not_printed(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], fresh: object
) -> None:
    """HiGHS 1.16 writes a banner to descriptor 1 when its first object is made; standard output stays clean."""
    monkeypatch.setattr(highspy, "Highs", lambda: os.write(1, b"Running HiGHS\n"))
    process.load()
    os.write(1, b"ours\n")
    assert capfd.readouterr().out == "ours\n"


def test_json_is_json_alone() -> None:
    """The first line of `doctor --json`, which solves a model, begins the object."""
    setting = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-m", "staffcurve", "doctor", "--json"],
        env=setting,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.startswith("{")


def test_a_second_copy_of_highs_is_stated(monkeypatch: pytest.MonkeyPatch, fresh: object) -> None:
    """A package that brings its own HiGHS makes ours impossible to load: the reason and two ways out."""
    monkeypatch.setitem(sys.modules, "highspy", None)
    with pytest.raises(SolverError, match=r'HiGHS cannot be loaded .*OR-Tools.*roster.solver = "cbc"'):
        solve(knapsack(5))


def test_the_interior_point_method_is_chosen_by_name() -> None:
    """ "ipm" is another method where highspy-extras is installed; "ipx" is the same one everywhere."""
    model = knapsack(10)
    solve(model, relaxed=True)
    _, name = model.close().solverModel.getOptionValue("solver")
    assert name == "ipx"
