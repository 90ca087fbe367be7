"""What a simulated plan teaches: how far a staircase is moved, and the margin of a row."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from optimize.simulation.at_once.seen import Seen
from optimize.staffing.requirement.staircase import Staircase
from optimize.targets.learning import (
    LEAST_MARGIN,
    MOST_FEWER,
    MOST_MARGIN,
    MOST_MORE,
    moved_margin,
    moved_people,
)

SIZE, WEEKS, MOST = 24, 5, 30
CURVE = 1.0 - np.exp(-np.arange(MOST + 1) / 8.0)
"""Share in time with nobody, one, two, ... people: every further person brings less, and nowhere is it flat."""
OPEN = (np.arange(SIZE) >= 6) & (np.arange(SIZE) < 18)
PEOPLE = np.where(OPEN, 8.0 + np.sin(np.arange(SIZE)), 0.0)
NOTHING = np.zeros(SIZE)


def stair_of(curve: np.ndarray = CURVE, calls: float = 50.0) -> Staircase:
    rows = {"share": np.ones((SIZE, 1)) * curve}
    return Staircase("phone", ("phone",), calls * OPEN, rows, rows)


def seen_of(share: np.ndarray, counted: np.ndarray) -> Seen:
    """Weeks that are all alike."""
    each = np.ones((WEEKS, 1)) * counted
    zero = np.zeros((WEEKS, SIZE))
    return Seen(each * share, each, each, zero, zero, zero, zero)


def served(by: float | np.ndarray) -> np.ndarray:
    """Share in time by the true staircase, which has so many people more at every whole number of people."""
    whole = np.arange(MOST + 1)
    true = [np.interp(whole + each, whole, CURVE) for each in np.broadcast_to(by, SIZE)]
    return np.array([np.interp(people, whole, curve) for people, curve in zip(PEOPLE, true, strict=True)])


def moved(by: float | np.ndarray, before: np.ndarray = NOTHING, weight: float = 1.0, factor: float = 1.0):
    """People the staircase is moved by where the truth is `by` people away from it."""
    stair = stair_of()
    seen = seen_of(served(by), factor * stair.volume)
    return moved_people(stair, seen, PEOPLE, before, 1.0, weight)


def test_a_staircase_that_is_right_stays_where_it_is() -> None:
    """What was seen is what it says."""
    assert moved(0.0) == pytest.approx(NOTHING, abs=1e-4)


@pytest.mark.parametrize("people", [-3.0, -1.0, 0.5, 2.0])
def test_a_staircase_that_is_wrong_by_some_people_moves_by_them(people) -> None:
    """In every open interval; where nobody calls nothing is learnt."""
    found = moved(people)
    assert found[OPEN] == pytest.approx(people, abs=1e-3)
    assert not found[~OPEN].any()


def test_more_contacts_than_expected_do_not_count_as_fewer_people() -> None:
    """A tenth more contacts of the same share in time: the staircase, a share, stays."""
    assert moved(0.0, factor=1.1) == pytest.approx(NOTHING, abs=1e-4)


def test_part_of_the_way_is_gone_from_where_it_was() -> None:
    """From 1 towards 2 with a weight of 0.7."""
    found = moved(2.0, before=np.ones(SIZE), weight=0.7)
    assert found[OPEN] == pytest.approx(1.0 + 0.7 * (2.0 - 1.0), abs=1e-3)


def test_an_error_that_changes_over_the_day_is_followed_smoothly() -> None:
    """One too many in the morning, one too few in the afternoon: the signs are right, and the turn is gradual."""
    wrong = np.where(np.arange(SIZE) < 12, 1.0, -1.0)
    found = moved(wrong)
    assert (found[6:11] > 0.6).all()
    assert (found[13:18] < -0.6).all()


def test_people_beyond_the_bounds_are_not_believed() -> None:
    """Ten people too many or seven too few are no error of the formula."""
    assert moved(10.0)[OPEN].max() <= MOST_MORE
    assert moved(-7.0)[OPEN].min() >= MOST_FEWER
    assert moved(10.0)[OPEN] == pytest.approx(MOST_MORE, abs=1e-3)


def test_nothing_is_learnt_where_everybody_is_served_anyway() -> None:
    """The curve is flat at 20 people and all contacts are in time: the people moved by stay as they were."""
    flat = np.minimum(np.arange(MOST + 1) / 5.0, 1.0)
    stair, people = stair_of(flat), np.where(OPEN, 20.0, 0.0)
    before = np.full(SIZE, 0.4) * OPEN
    found = moved_people(stair, seen_of(np.ones(SIZE), stair.volume), people, before, 1.0, 1.0)
    assert found == pytest.approx(before)


def test_a_margin_by_hand() -> None:
    """The row says 0.86; eight weeks in ten reach 0.8 or more of 0.78, 0.79, ... 0.88: half the way from 0.02 to 0.06."""
    weeks = np.linspace(0.78, 0.88, 11)
    assert moved_margin(0.86, weeks, 0.8, 0.02, 1.0, 0.8) == pytest.approx(0.06)
    assert moved_margin(0.86, weeks, 0.8, 0.02, 0.5, 0.8) == pytest.approx(0.04)


def test_a_margin_of_a_plan_that_gives_more_than_asked_goes_by_odds() -> None:
    """Told 0.96 and reached 0.92: odds of 24 and 11.5, so from the odds of 4 asked for to 8.35, a share of 0.893."""
    found = moved_margin(0.96, np.full(5, 0.92), 0.9, 0.0, 1.0, 0.8)
    assert found == pytest.approx(0.8930 - 0.8, abs=1e-4)
    assert moved_margin(1.0, np.full(5, 1.0), 0.9, 0.0, 1.0, 0.8) == pytest.approx(0.0), (
        "odds beyond what weeks can say"
    )


def test_a_margin_is_kept_within_its_bounds_and_without_weeks_as_it_was() -> None:
    """Weeks without contacts say nothing."""
    assert moved_margin(0.99, np.array([0.1, 0.1]), 0.9, 0.0, 1.0, 0.5) == pytest.approx(MOST_MARGIN)
    assert moved_margin(0.5, np.array([0.9, np.nan]), 0.9, 0.0, 1.0, 0.8) == pytest.approx(LEAST_MARGIN)
    assert moved_margin(0.86, np.full(3, np.nan), 0.9, 0.02, 1.0, 0.8) == 0.02


def test_a_margin_of_seconds_by_hand() -> None:
    """The row says a mean wait of 30 s; eight weeks in ten wait 48 s or less: the row is to ask for 18 s less."""
    weeks = -np.linspace(0.0, 60.0, 11)
    assert moved_margin(-30.0, weeks, 0.8, 0.0, 1.0, -40.0) == pytest.approx(18.0)
    assert moved_margin(-30.0, weeks, 0.8, 10.0, 0.5, -40.0) == pytest.approx(14.0)


@pytest.mark.parametrize(("wait_s", "margin_s"), [(-1.0, -6.0), (24.0, -6.0), (25.0, -5.0), (59.0, 29.0), (61.0, 30.0)])
def test_a_margin_of_seconds_is_bounded_by_the_seconds_asked_for(wait_s: float, margin_s: float) -> None:
    """Of 30 s asked for and told: from a fifth more of them to none of them."""
    assert moved_margin(-30.0, np.array([-wait_s]), 0.8, 0.0, 1.0, -30.0) == pytest.approx(margin_s)


def test_a_wait_of_no_seconds_has_no_margin() -> None:
    """Less than none cannot be asked for."""
    assert moved_margin(-1.0, np.array([-5.0]), 0.8, 0.0, 1.0, -0.0) == 0.0


@given(st.lists(st.floats(0.7, 0.95), min_size=3, max_size=30), st.floats(0.55, 0.95), st.floats(0.0, 0.04))
def test_a_surer_target_needs_a_margin_no_smaller(weeks: list[float], sure: float, more: float) -> None:
    """Of the same weeks."""
    values = np.array(weeks)
    surer, less = (moved_margin(0.85, values, each, 0.0, 1.0, 0.8) for each in (sure + more, sure))
    assert surer >= less - 1e-12
