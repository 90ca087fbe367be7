"""The plans of a frontier: which are made, which are one, and how days are counted."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest

from optimize.roster.inputs.service import TargetRow
from optimize.targets.frontier import kept_spans, probabilities, without_equals
from optimize.targets.frontier_points import Point


@pytest.mark.parametrize(
    ("sure", "levels"),
    [(0.9, (0.7, 0.8, 0.9, 0.95)), (0.99, (0.97, 0.98, 0.99, 0.995)), (0.5, (0.5, 0.75)), (0.02, (0.02, 0.51))],
)
def test_plans_miss_three_two_one_and_half_a_time_as_often(sure: float, levels: tuple[float, ...]) -> None:
    """One in ten asked gives three, two, one and half in ten; a probability of nearly nothing makes no plan."""
    assert probabilities(sure) == pytest.approx(levels)


def point(share: float, cost: float, *, chosen: bool = False) -> Point:
    return Point(share, cost, 0.8, 0.7, 0.9, chosen=chosen)


def test_of_plans_that_cost_the_same_the_one_that_asks_for_most_stays() -> None:
    """70 and 74 % at 100 each are one plan, that of 74 %; the plan of the config stays beside one that costs as much."""
    made = without_equals([point(0.8, 120.0, chosen=True), point(0.74, 100.0), point(0.7, 100.0), point(0.85, 120.0)])
    assert [(each.share, each.cost) for each in made] == [(0.74, 100.0), (0.8, 120.0), (0.85, 120.0)]
    assert without_equals([point(0.8, 90.0), point(0.9, 80.0)])[0].share == 0.9, "a dearer plan for less is dominated"
    apart = [point(0.7, 100.0), point(0.74, 100.1)]
    assert without_equals(apart) == tuple(apart)


def row(measure: str, day: int | None) -> TargetRow:
    return TargetRow("phone", measure, day, {}, 80.0, 100.0, 1.0)


def test_a_day_is_kept_where_all_its_measures_are() -> None:
    """Of 2 days in 4 weeks 7 have contacts: the first day is kept in weeks 1 and 3, the second in two of three."""
    values = {
        ("share", 0): [0.9, 0.7, 0.8, 0.9],
        ("kept", 0): [0.96, 0.99, 0.95, 0.94],
        ("share", 1): [0.5, np.nan, 0.85, 0.8],
    }
    asked = {"share": 0.8, "kept": 0.95}
    case = SimpleNamespace(
        values=lambda row, _seen: np.array(values[row.measure, row.day]), asked=lambda row: asked[row.measure]
    )
    rows = [row("share", 0), row("kept", 0), row("share", 1)]
    assert kept_spans(case, rows, {}) == (4, 7)
    assert kept_spans(case, rows[2:], {}) == (2, 3)
