"""The public instances: a small file is read as it says, and the recount names each broken rule."""

from __future__ import annotations

import csv
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from benchmarks.nrp_cases.read import read
from benchmarks.nrp_cases.recount import cost, faults
from optimize.roster.people.problem import Problem

ROOT = Path(__file__).resolve().parents[2]

TEXT = """\
# a comment
SECTION_HORIZON
7

SECTION_SHIFTS
# ShiftID, Length in mins, Shifts which cannot follow this shift | separated
E,480,
L,600,E

SECTION_STAFF
# ID, MaxShifts, MaxTotalMinutes, MinTotalMinutes, MaxConsecutiveShifts, MinConsecutiveShifts, MinConsecutiveDaysOff, MaxWeekends
A,E=7|L=2,2400,960,3,2,2,1
B,E=7|L=0,2400,0,5,1,1,0

SECTION_DAYS_OFF
A,0

SECTION_SHIFT_ON_REQUESTS
B,2,E,3

SECTION_SHIFT_OFF_REQUESTS
A,4,L,2

SECTION_COVER
1,E,1,100,1
2,L,1,100,1
"""


@pytest.fixture
def problem(tmp_path: Path) -> Problem:
    (tmp_path / "one.txt").write_text(TEXT, encoding="utf-8")
    return read(tmp_path / "one.txt")


def test_a_file_is_read_as_it_says(problem: Problem) -> None:
    """Days, kinds, who may follow whom, rules of both people, wishes, and cover."""
    ann, bob = problem.persons
    assert (problem.days, [kind.name for kind in problem.kinds]) == (7, ["E", "L"])
    assert problem.barred.tolist() == [[False, False], [True, False]]
    assert (ann.most_of, ann.most_minutes, ann.least_minutes) == ((7, 2), 2400, 960)
    assert (ann.most_run, ann.least_run, ann.least_off, ann.most_weekends) == (3, 2, 2, 1)
    assert (ann.free, bob.free) == (frozenset({0}), frozenset())
    assert problem.wishes[1, 2, 0] == -3.0
    assert problem.wishes[0, 4, 1] == 2.0
    assert problem.constant == 3.0
    assert problem.need[2].tolist() == [0.0, 1.0]


def test_cost_is_counted_by_hand(problem: Problem) -> None:
    """Bob's wish is granted (0), Ann's is not (2), one E and no L on the days that ask (100): 102. Nobody: 3 + 200."""
    assert cost(problem, [[-1, 0, -1, -1, 1, -1, -1], [-1, -1, 0, -1, -1, -1, -1]]) == 102.0
    assert cost(problem, [[-1] * 7, [-1] * 7]) == 203.0


@pytest.mark.parametrize(
    ("days", "said"),
    [
        ([0, 0, -1, -1, -1, -1, -1], "works on day 0, which is off"),
        ([-1, 1, 0, -1, -1, -1, -1], "E on day 2 after L"),
        ([-1, 0, 0, 0, 0, -1, -1], "4 working days in a row from day 1, 3 are allowed"),
        ([-1, 0, -1, -1, 0, 0, -1], "1 working days in a row from day 1, 2 are the least"),
        ([-1, 0, 0, -1, 0, 0, -1], "1 days off in a row from day 3, 2 are the least"),
        ([-1, 1, 1, -1, -1, 1, -1], "3 shifts L, 2 are allowed"),
        ([-1, -1, -1, -1, -1, -1, 0], "480 minutes, 960 to 2400 are allowed"),
    ],
)
def test_each_broken_rule_is_named(problem: Problem, days: list[int], said: str) -> None:
    """Ann's roster; Bob is off."""
    assert f"A: {said}" in faults(problem, [days, [-1] * 7])


def test_a_weekend_too_many_is_named(problem: Problem) -> None:
    """Bob may work on no weekend."""
    assert "B: 1 weekends, 0 are allowed" in faults(problem, [[-1, 0, 0, -1, -1, -1, -1], [-1, -1, -1, -1, -1, 0, -1]])


def test_another_file_is_refused(tmp_path: Path) -> None:
    """With the section it lacks."""
    (tmp_path / "no.txt").write_text("agent,day\n", encoding="utf-8")
    with pytest.raises(ValueError, match="SECTION_HORIZON"):
        read(tmp_path / "no.txt")


def test_the_command_writes_a_roster_that_the_recount_reads(problem: Problem, tmp_path: Path) -> None:
    """A proved optimum of the small file: everybody lawful, days counted from 0."""
    out, bound = tmp_path / "out.csv", tmp_path / "bound.npz"
    words = ["-m", "benchmarks.nrp", str(tmp_path / "one.txt"), "--seconds", "5"]
    made = subprocess.run(
        [sys.executable, *words, "--out", str(out), "--bound", str(bound)],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    roster = [[-1] * problem.days for _ in problem.persons]
    with out.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            kind = [kind.name for kind in problem.kinds].index(row["shift"])
            roster[["A", "B"].index(row["agent"])][int(row["day"])] = kind
    assert faults(problem, roster) == []
    assert f"cost {cost(problem, roster):,.0f}" in made.stdout
    assert "proved" in made.stdout
    assert np.load(bound)["prices"].shape == problem.need.shape
