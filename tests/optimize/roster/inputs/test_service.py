"""What people give a target row, against the obvious sum person by person, and the laws it keeps."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from optimize.roster.inputs.service import Gain, ServiceModel, TargetRow

SIZE = 3
STEP = np.array([[4.0, 2.0, 0.5], [3.0, 3.0, 0.0], [0.0, 0.0, 0.0]])


def row_of(*gains: Gain, needed: float = 10.0, price: float = 7.0) -> TargetRow:
    """A row over the week; the teams are numbered from 0."""
    return TargetRow("phone", "share", None, dict(enumerate(gains)), needed, 20.0, price)


ROW = row_of(Gain(np.array([2.0, 1.0, 0.0]), STEP))


def obvious(gain: Gain, people: np.ndarray) -> float:
    """Person by person: each takes the next step, a part of a person a part of it; one missing loses a first step."""
    total = 0.0
    for t, beyond in enumerate(people):
        total += gain.at_floor[t]
        if beyond < 0:
            total += beyond * gain.step[t, 0]
        for k in range(gain.step.shape[1]):
            total += max(min(beyond - k, 1.0), 0.0) * gain.step[t, k]
    return total


def test_people_beyond_the_floors_take_the_steps_in_order() -> None:
    """By hand: 3 at the floors, then 4 + 2 + half of 0.5 and 3; the hour nobody asks about brings nothing."""
    assert ROW.at_floor == 3.0
    assert ROW.attainable == 3.0 + 6.5 + 6.0
    assert ROW.reached({0: np.array([2.5, 1.0, 9.0])}) == 3.0 + 6.25 + 3.0


def test_people_missing_below_the_floor_lose_the_first_step_each() -> None:
    """Two missing lose 2 x 4, half a person 1.5; the gain of a row may fall below nothing."""
    assert ROW.reached({0: np.array([-2.0, -0.5, -5.0])}) == 3.0 - 8.0 - 1.5


def test_teams_add_up() -> None:
    """A joint row counts the people of both teams, each by its own steps."""
    two = row_of(Gain(np.ones(SIZE), STEP), Gain(np.zeros(SIZE), 2.0 * STEP))
    people = {0: np.array([1.0, 0.0, 0.0]), 1: np.array([0.0, 2.0, 0.0])}
    assert two.reached(people) == 3.0 + 4.0 + 2.0 * 6.0
    assert two.key == ("phone", "share", None)


falling = st.lists(st.floats(0, 10), min_size=4, max_size=4).map(lambda steps: sorted(steps, reverse=True))
gains = st.lists(falling, min_size=SIZE, max_size=SIZE).map(lambda rows: Gain(np.ones(SIZE), np.array(rows)))
beyond = st.lists(st.floats(-3, 8), min_size=SIZE, max_size=SIZE).map(np.array)


@given(gains, beyond)
def test_the_gain_of_people_is_the_obvious_sum(gain: Gain, people: np.ndarray) -> None:
    """Whatever the steps and the people, parts of people included."""
    assert row_of(gain).reached({0: people}) == pytest.approx(obvious(gain, people))


@given(gains, beyond, st.integers(0, SIZE - 1), st.floats(0, 3))
def test_the_gain_rises_with_people_and_never_exceeds_what_is_attainable(gain, people, place, more) -> None:
    """One interval gets more people: no less is gained, no more than all steps together, and ever less by the person."""
    row, added = row_of(gain), np.eye(SIZE)[place] * more
    once, twice, thrice = (row.reached({0: people + number * added}) for number in range(3))
    assert once <= twice + 1e-9 <= thrice + 2e-9
    assert thrice <= row.attainable + 1e-9
    assert thrice - twice <= twice - once + 1e-9


def test_people_of_a_team_are_those_beyond_the_floors_of_its_channels() -> None:
    """Two too many at the phone make up for one missing at video."""
    model = ServiceModel(((0, 2), (1,)), (np.zeros(2, int), np.zeros(2, int)), (ROW,))
    found = model.beyond({0: np.array([2.0, 0.0]), 1: np.array([5.0, 5.0]), 2: np.array([-1.0, 1.0])})
    assert {team: people.tolist() for team, people in found.items()} == {0: [1.0, 1.0], 1: [5.0, 5.0]}


def test_other_prices_make_another_model() -> None:
    """The old one keeps its own."""
    model = ServiceModel(((0,),), (np.zeros(SIZE, int),), (ROW, ROW))
    assert [row.price for row in model.priced((1.0, 2.0)).rows] == [1.0, 2.0]
    assert [row.price for row in model.rows] == [7.0, 7.0]
