"""Descent over working patterns: never dearer by its own measure, and everybody keeps what the rules give them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from optimize.roster.inputs.assemble import assemble
from optimize.roster.inputs.week import Week
from optimize.roster.program import Program, build
from optimize.roster.search.at_prices import at_prices
from optimize.roster.search.pattern_descent import _Descent, improved_patterns
from optimize.roster.search.rounding import round_patterns
from tests.optimize.roster import weeks
from tests.optimize.roster.served import CHANNELS, served_week, service_of
from tests.optimize.roster.solving import solve, solver

SHIFT = {"length": "2h", "start": "08:00-10:00", "step": "2h", "days": ["mon", "tue", "wed"]}


def week_of(guaranteed: bool) -> Week:
    """Four people who work one day of three at the phone or at both; a floor of one, and targets on two days."""
    contract = {"days_per_week": 1, "cost_per_hour": 10, "shifts": [SHIFT], "guaranteed": guaranteed}
    config = weeks.config_of(channels=CHANNELS, contracts={"day": contract}, roster={"agents": "x", "gap": 0.0})
    horizon = weeks.horizon_of(config)
    floor = weeks.hours_between(horizon, 8, 10) * (horizon.day < 2)
    need = weeks.requirement_of(horizon, phone=floor, video=0)
    skills = ["phone", "phone", "phone;video", "phone;video"]
    people = weeks.people_of([(agent, "day", known) for agent, known in zip("abcd", skills, strict=True)])
    return replace(assemble(config, horizon, need, people), service=service_of(horizon))


def patterned(week: Week) -> tuple[Program, np.ndarray]:
    """The week relaxed, with whole patterns as near as possible."""
    program, relaxed = at_prices(built := build(week), solve(built.model, relaxed=True))
    return program, round_patterns(program, relaxed.values, solver())


def heads(program: Program, values: np.ndarray) -> dict[tuple[int, int], float]:
    """People with a pattern in each subgroup."""
    return {key: float(values[list(columns)].sum()) for key, columns in program.layout.pattern.items()}


def all_on(program: Program, values: np.ndarray, day: int) -> np.ndarray:
    """Everybody on the pattern of one day: a poor week to begin with."""
    poor = values.copy()
    for (c, h), columns in program.layout.pattern.items():
        subgroup = program.week.staff_groups[c].subgroups[h]
        for column, pattern in zip(columns, subgroup.patterns, strict=True):
            poor[column] = len(subgroup.agents) if set(pattern) == {day} else 0.0
    return poor


def measure(program: Program, values: np.ndarray) -> float:
    """What the descent goes by: the price of the people at work, and the wages of their days."""
    found = _Descent(program, values)
    return found.staffing.of(found.people) + sum(choice.wages for choice in found.picked.values())


@pytest.mark.parametrize("week", [served_week(), week_of(guaranteed=True), week_of(guaranteed=False)])
@pytest.mark.parametrize("day", [None, 0, 1])
def test_a_descent_never_ends_dearer_than_it_began(week: Week, day: int | None) -> None:
    """By the measure it goes by, counted anew at the end, from rounded patterns and from everybody on one day."""
    program, values = patterned(week)
    start = values if day is None else all_on(program, values, day)
    descent = _Descent(program, start)
    before = descent.staffing.of(descent.people) + sum(choice.wages for choice in descent.picked.values())
    while descent.improve():
        now = descent.staffing.of(descent.people) + sum(choice.wages for choice in descent.picked.values())
        assert now < before
        before = now
    assert measure(program, improved_patterns(program, start)) <= measure(program, start) + 1e-6


def test_everybody_on_monday_spreads_over_both_days() -> None:
    """Tuesday asks for people too: some leave Monday, and the week is cheaper by more than a contact missed costs."""
    program, values = patterned(week_of(guaranteed=True))
    poor = all_on(program, values, 0)
    better = improved_patterns(program, poor)
    days = {day: sum(n for (_, on), n in _days(program, better).items() if on == day) for day in (0, 1)}
    assert days[0] >= 1
    assert days[1] >= 1
    assert measure(program, better) < measure(program, poor) - 10


def _days(program: Program, values: np.ndarray) -> dict[tuple[int, int], float]:
    found: dict[tuple[int, int], float] = {}
    for (c, h), columns in program.layout.pattern.items():
        subgroup = program.week.staff_groups[c].subgroups[h]
        for column, pattern in zip(columns, subgroup.patterns, strict=True):
            for day in pattern:
                found[c, day] = found.get((c, day), 0.0) + float(values[column])
    return found


def test_people_with_guaranteed_days_keep_a_pattern() -> None:
    """Where a pattern is guaranteed everybody has one before and after, whole and none negative."""
    program, values = patterned(week_of(guaranteed=True))
    for start in (values, all_on(program, values, 0)):
        better = improved_patterns(program, start)
        sizes = {(c, h): len(program.week.staff_groups[c].subgroups[h].agents) for c, h in program.layout.pattern}
        assert heads(program, better) == heads(program, start) == sizes
        columns = [column for each in program.layout.pattern.values() for column in each]
        assert (better[columns] == np.round(better[columns])).all()
        assert (better[columns] >= 0).all()


def test_no_subgroup_gets_people_it_does_not_have() -> None:
    """Where days are not guaranteed people begin and end to work, but never more of them than there are."""
    program, values = patterned(week_of(guaranteed=False))
    nobody = values.copy()
    nobody[[column for each in program.layout.pattern.values() for column in each]] = 0.0
    better = improved_patterns(program, nobody)
    assert sum(heads(program, better).values()) > 0
    for (c, h), people in heads(program, better).items():
        assert 0 <= people <= len(program.week.staff_groups[c].subgroups[h].agents)


def test_a_week_without_targets_is_left_as_it_is() -> None:
    """There are no prices to go by."""
    program = build(replace(served_week(), service=None))
    values = solve(program.model, relaxed=True).values
    assert improved_patterns(program, values) is values


def test_the_values_given_stay_as_they_were() -> None:
    """The descent works on a copy."""
    program, values = patterned(week_of(guaranteed=True))
    poor = all_on(program, values, 0)
    kept = poor.copy()
    improved_patterns(program, poor)
    assert (poor == kept).all()
