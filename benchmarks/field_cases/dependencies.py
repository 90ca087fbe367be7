"""Dependencies as they come: clean output, and a solver that another program in the process has used before."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from importlib.metadata import version
from typing import TYPE_CHECKING

from benchmarks.field_cases.case import ROOT, Row, staffcurve

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

AFTER_OTHERS = """
import highspy
for threads in {before}:
    highspy.Highs.resetGlobalScheduler(True)
    highs = highspy.Highs()
    highs.setOptionValue("output_flag", False)
    highs.setOptionValue("threads", threads)
    highs.addVar(0.0, 1.0)
    highs.changeColIntegrality(0, highspy.HighsVarType.kInteger)
    highs.run()
from optimize.roster.program.budget import Budget
from optimize.roster.program.model import Model
from optimize.roster.program.problem import Problem
from optimize.roster.program.solver import Solver, backend_named
model = Model("week")
columns = [model.column(f"x_{{i}}", 0, 9, integer=True) for i in range(12)]
for k in range(12):
    model.row(f"need_{{k}}", [(columns[(k + d) % 12], 1.0) for d in range(4)], ">=", 3 + k % 5)
model.charge([(column, 1.0 + 0.01 * column) for column in columns])
found = Solver(backend_named("highs"), Budget()).solve("week", Problem(model))
print(found.status, round(found.objective, 6), found.values.tolist())
"""


def rows(folder: Path) -> Iterator[Row]:
    """Output that a program reads, and threads used before ours."""
    done = staffcurve(folder, "doctor", "--json")
    yield Row(
        f"doctor --json with highspy {version('highspy')}",
        "one JSON object alone",
        _first(done.out),
        _is_json(done.out),
    )
    alone = _solved([])
    for before in ([1], [2], [2, 1, 2]):
        after = _solved(before)
        yield Row(f"solves with {before} threads earlier in the process", alone[:24], after[:24], after == alone)


def _solved(before: list[int]) -> str:
    setting = {**os.environ, "PYTHONPATH": str(ROOT)}
    code = AFTER_OTHERS.format(before=before)
    done = subprocess.run([sys.executable, "-c", code], env=setting, capture_output=True, text=True, check=False)
    return done.stdout.splitlines()[-1] if done.returncode == 0 else done.stderr.splitlines()[-1]


def _first(text: str) -> str:
    return text.splitlines()[0] if text else "nothing"


def _is_json(text: str) -> bool:
    try:
        return isinstance(json.loads(text), dict)
    except ValueError:
        return False
