"""What people give a target row, against the obvious sum person by person, and the laws it keeps."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from optimize.roster.inputs.service import Gain, Ladder, Present, ServiceModel, TargetRow

SIZE = 3
STEP = np.array([[4.0, 2.0, 0.5], [3.0, 3.0, 0.0], [0.0, 0.0, 0.0]])


def row_of(*gains: Gain, needed: float = 10.0, price: float = 7.0) -> TargetRow:
    """A row over the week; the ladders are numbered from 0."""
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


def test_ladders_add_up() -> None:
    """A joint row counts the people of both, each by its own steps."""
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


def ladder(*team: int, floor: float = 0.0, **weights: object) -> Ladder:
    return Ladder(team, np.full(SIZE, floor), np.zeros(SIZE, int), **weights)


def test_people_of_a_team_are_those_beyond_the_floors_of_its_channels() -> None:
    """Two too many at the phone make up for one missing at video."""
    present = Present({0: np.array([2.0, 0.0]), 1: np.array([5.0, 5.0]), 2: np.array([-1.0, 1.0])})
    assert ladder(0, 2).beyond(present).tolist() == [1.0, 1.0]
    assert ladder(1).beyond(present).tolist() == [5.0, 5.0]


def test_people_who_can_serve_a_channel_count_for_more() -> None:
    """Floors of 4 and so many more are 6, 6 and 3 people: those who can serve it count 1.6, others 0.8, less the floors.

    With nobody who can serve it 6 people are 4.8; two of six are 4 x 0.8 + 2 x 1.6 = 6.4; with all three, 4.8 again.
    """
    present = Present({0: np.array([2.0, 2.0, -1.0]), 1: np.zeros(3)}, {1: np.array([0.0, 2.0, 3.0])})
    found = ladder(0, 1, floor=4.0, channel=1, others=0.8, own=1.6).beyond(present)
    assert found == pytest.approx([0.8, 2.4, 0.8])


def test_others_cannot_stand_in_for_those_who_can_serve() -> None:
    """Each who can stands for two and a half people at most: without one nobody counts, two are no more than 5."""
    present = Present({0: np.array([2.0, 2.0, 2.0]), 1: np.zeros(3)}, {1: np.array([0.0, 2.0, 3.0])})
    found = ladder(0, 1, floor=4.0, channel=1, others=0.8, own=1.6, most=np.full(SIZE, 2.5)).beyond(present)
    assert found == pytest.approx([0.0 - 4.0, 5.0 - 4.0, 3 * 0.8 + 3 * 1.6 - 4.0])


@given(beyond, beyond, st.floats(0, 1))
def test_people_as_a_ladder_counts_them_are_concave(one, two, part) -> None:
    """A mixture of two staffings counts no less than the mixture of what they count: so the program may relax it."""
    able, fewer = np.maximum(one, 0.0), np.maximum(two, 0.0)
    counts = ladder(0, 1, floor=3.0, channel=1, others=0.7, own=1.9, most=np.full(SIZE, 3.0))

    def counted(over: np.ndarray, those: np.ndarray) -> np.ndarray:
        return counts.beyond(Present({0: over, 1: np.zeros(SIZE)}, {1: those}))

    mixed = counted(part * one + (1 - part) * two, part * able + (1 - part) * fewer)
    assert (mixed >= part * counted(one, able) + (1 - part) * counted(two, fewer) - 1e-9).all()


def test_every_row_is_counted_by_its_ladder() -> None:
    """The model hands each row the people of its own ladder."""
    plain, able = ladder(0, 1), ladder(0, 1, channel=1, others=0.5, own=1.5)
    other = TargetRow("video", "share", None, {1: Gain(np.zeros(SIZE), STEP)}, 5.0, 20.0, 7.0)
    present = Present({0: np.array([1.0, 0.0, 0.0]), 1: np.zeros(SIZE)}, {1: np.array([1.0, 0.0, 0.0])})
    assert ServiceModel((plain, able), (ROW, other)).reached(present) == [3.0 + 4.0, 4.0 + 0.5 * 2.0]


def test_other_prices_make_another_model() -> None:
    """The old one keeps its own."""
    model = ServiceModel((ladder(0),), (ROW, ROW))
    assert [row.price for row in model.priced((1.0, 2.0)).rows] == [1.0, 2.0]
    assert [row.price for row in model.rows] == [7.0, 7.0]
