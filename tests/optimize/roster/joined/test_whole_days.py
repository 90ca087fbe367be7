"""Prices of whole days, by hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from optimize.roster.joined.demand import Demand
from optimize.roster.joined.problem import Problem
from optimize.roster.joined.whole_days import WholeDays
from tests.optimize.roster.joined import tiny

DAYS, DAY = 3, 24


def hourly(need: np.ndarray) -> Problem:
    """Three days of 24 hours; 10 for a person too few in an hour, 1 for one too many."""
    of = tiny.problem((tiny.person(DAYS),), DAYS)
    return replace(of, interval=60, midnights=DAY * np.arange(DAYS + 1), demand=Demand.of(need, 10.0, 1.0))


def test_a_day_has_one_price_for_all_its_time_at_work() -> None:
    """48 hours are needed a day: with none there 10, with all there halfway between 10 and -1, with twice as many -1."""
    of = hourly(np.full((1, DAYS * DAY), 2.0))
    people = np.repeat([0.0, 2.0, 4.0], DAY)[None]
    prices = WholeDays(of).prices(people)
    assert prices.shape == people.shape
    assert prices[0, 0] == pytest.approx(10.0, abs=0.01)
    assert prices[0, DAY] == pytest.approx(4.5, abs=0.8)
    assert prices[0, 2 * DAY] == pytest.approx(-1.0, abs=0.01)
    assert all(len(set(day.tolist())) == 1 for day in prices.reshape(DAYS, DAY))


def test_when_the_hours_are_needed_makes_no_difference() -> None:
    """Two people all day, or all 48 hours in the first two hours: other starts can correct that."""
    flat, steep = np.full((1, DAYS * DAY), 2.0), np.zeros((1, DAYS * DAY))
    steep[0, ::DAY] = steep[0, 1::DAY] = DAY
    people = np.ones((1, DAYS * DAY))
    assert np.allclose(WholeDays(hourly(flat)).prices(people), WholeDays(hourly(steep)).prices(people))


def test_nobody_is_worth_anything_on_a_day_without_need() -> None:
    """The price is that of a person too many."""
    prices = WholeDays(hourly(np.zeros((1, DAYS * DAY)))).prices(np.zeros((1, DAYS * DAY)))
    assert np.allclose(prices, -1.0)


@given(st.lists(st.integers(0, 6), min_size=DAYS, max_size=DAYS), st.integers(0, DAYS - 1))
def test_more_people_never_raise_a_price(people: list[int], day: int) -> None:
    """And a day changes no other day."""
    of = WholeDays(hourly(np.full((1, DAYS * DAY), 3.0)))
    there = np.repeat(np.array(people, dtype=float), DAY)[None]
    more = there.copy()
    more[0, day * DAY : (day + 1) * DAY] += 1.0
    change = (of.prices(more) - of.prices(there))[0]
    inside = np.arange(DAYS * DAY) // DAY == day
    assert (change[inside] <= 1e-12).all()
    assert np.allclose(change[~inside], 0.0)
