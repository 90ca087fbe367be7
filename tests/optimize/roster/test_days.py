"""Whole shifts day by day."""

from __future__ import annotations

import numpy as np
import pytest

from optimize.roster.inputs.assemble import assemble
from optimize.roster.inputs.people import read_people
from optimize.roster.program import Program, build
from optimize.roster.search import relax_and_fix
from optimize.roster.search.neighbourhood_search import place_breaks
from optimize.roster.search.relax_and_fix import whole_days
from optimize.roster.search.rounding import round_patterns, round_shifts
from tests.optimize.roster import weeks
from tests.optimize.roster.solving import solve, solver

FEW = solver(gap=0.002)


def program_of(seed: int, least: int = 9, most: int = 15) -> Program:
    """Thirty people of two contracts, starts each half hour, need with noise: too many starts for thresholds to hit."""
    starts = {"start": "06:00-14:00", "step": "30min"}
    lunch = {"length": "30min", "after": "3h-5h"}
    long = {"agents": 18, "days_per_week": 5, "shifts": [{"length": "8h", **starts}], "breaks": [lunch]}
    short = {"agents": 12, "days_per_week": 5, "shifts": [{"length": "4h", **starts}]}
    config = weeks.config_of(
        plan={"name": "tiny", "timezone": "UTC", "interval": "30min"},
        contracts={name: c | {"cost_per_hour": 10} for name, c in (("long", long), ("short", short))},
    )
    horizon = weeks.horizon_of(config)
    need = np.random.default_rng(seed).integers(least, most, horizon.size) * weeks.hours_between(horizon, 7, 21)
    return build(assemble(config, horizon, weeks.requirement_of(horizon, phone=need), read_people(config)))


def patterns_of(program: Program) -> np.ndarray:
    return round_patterns(program, solve(program.model, relaxed=True).values, FEW)


@pytest.fixture(scope="module")
def program() -> Program:
    return program_of(4)


@pytest.fixture(scope="module")
def patterned(program: Program) -> np.ndarray:
    return patterns_of(program)


def started(program: Program) -> list[int]:
    return [column for shift in program.layout.shifts.values() for column in shift.started]


def test_starts_are_whole_and_patterns_as_they_were(program: Program, patterned: np.ndarray) -> None:
    """Every count of starts is whole and rises; nobody changes days."""
    values = whole_days(program, patterned, FEW)
    starts = values[started(program)]
    assert np.abs(starts - np.round(starts)).max() < 1e-6
    for shift in program.layout.shifts.values():
        assert (np.diff(values[list(shift.started)]) >= -1e-6).all()
    patterns = [y for ys in program.layout.pattern.values() for y in ys]
    assert (values[patterns] == patterned[patterns]).all()


def test_no_day_of_a_pattern_is_dropped_for_its_wages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Patterns of a busy week in a quiet one: dropping their days would save wages of patterns that stay."""
    seen: list[np.ndarray] = []
    monkeypatch.setattr(relax_and_fix, "round_shifts", lambda _, values: (seen.append(values), values)[1])
    quiet, patterns = program_of(0, 2, 4), patterns_of(program_of(0))
    whole_days(quiet, patterns, FEW)
    assert seen[0][list(quiet.layout.dropped_days.values())].sum() == pytest.approx(0.0, abs=1e-6)


def test_days_one_by_one_cost_less_than_thresholds() -> None:
    """The reason for the search: what one day leaves over the next one mends; over three weeks."""
    saved = []
    for seed in range(3):
        program = program_of(seed)
        cost, patterned = program.model.cost(), patterns_of(program)
        by_days = place_breaks(program, whole_days(program, patterned, FEW), FEW)
        by_thresholds = place_breaks(program, round_shifts(program, patterned), FEW)
        saved.append(float(cost @ (by_thresholds - by_days)))
    assert sum(saved) > 0


def test_without_time_thresholds_do_the_rest(program: Program, patterned: np.ndarray) -> None:
    """A time limit that is over leaves whole starts all the same."""
    starts = whole_days(program, patterned, solver(seconds=0.5, gap=0.002))[started(program)]
    assert (starts == np.round(starts)).all()
