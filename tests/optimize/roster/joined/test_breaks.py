"""Breaks at their best prices against every placement there is."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from optimize.roster.joined.breaks import Shapes
from optimize.roster.joined.problem import Break, Contract


def contract(rules: tuple[Break, ...], gap: int) -> Contract:
    """Two starts of a shape of 14 intervals on two days of 16; the second runs over the end."""
    starts = np.array([[0, 4], [16, 20]])
    every = np.ones((2, 2), dtype=bool)
    return Contract(
        "one",
        starts,
        every,
        np.array([14, 14]),
        (rules, rules),
        gap,
        np.array([60, 60]),
        ~every[0],
        np.array([0, 0]),
        np.zeros((2, 2)),
    )


def lawful(rules: tuple[Break, ...], gap: int):
    """Every placement in the windows, in order and apart."""
    for starts in product(*(range(rule.first, rule.last + 1) for rule in rules)):
        ends = [0, *(start + rule.length for start, rule in zip(starts, rules, strict=True))]
        if all(start - end >= gap for start, end in zip((*starts, 14), ends, strict=True)):
            yield starts


@pytest.mark.parametrize("gap", [0, 1, 2])
@pytest.mark.parametrize("seed", range(6))
def test_the_placement_is_the_cheapest_of_all(seed: int, gap: int) -> None:
    """Overlapping windows, order, gaps, and a shift over the end of the horizon."""
    random = np.random.default_rng(seed)
    rules = (Break(1, 6, 1), Break(3, 9, 2), Break(5, 12, 1))
    prices = random.integers(-3, 10, 32).astype(float)
    padded = np.concatenate([prices, np.zeros(20)])
    of = contract(rules, gap)
    placed = Shapes(of, 32).placed(prices)
    for day, shape in product(range(2), range(2)):
        begin = of.starts[day, shape]

        def value(starts, begin=begin):
            lost = sum(padded[begin + s : begin + s + r.length].sum() for s, r in zip(starts, rules, strict=True))
            return padded[begin : begin + 14].sum() - lost

        found = tuple(placed.breaks[day, shape].tolist())
        assert found in set(lawful(rules, gap))
        assert placed.value[day, shape] == pytest.approx(max(value(each) for each in lawful(rules, gap)))
        assert value(found) == pytest.approx(placed.value[day, shape])


def test_breaks_without_a_place_are_refused() -> None:
    """Three breaks, each 3 from the others and from both ends, need 16 intervals of 14."""
    with pytest.raises(ValueError, match="break 3 of a shape of 14 intervals in contract one finds no place"):
        Shapes(contract((Break(1, 6, 1), Break(3, 9, 2), Break(5, 12, 1)), 3), 32)
