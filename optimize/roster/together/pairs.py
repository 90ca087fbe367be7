"""Shifts of consecutive days too close to each other -> pairs of bands that the joined search bars."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from configs.units import DAY_MINUTES
from optimize.roster.together.shapes import has_pairs

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from configs.rules.person import PersonRules, RestLimit
    from optimize.roster.together.shapes import Shapes

    Ints = NDArray[np.int64]
    Mask = NDArray[np.bool_]


def too_close(shapes: Shapes, rules: PersonRules, interval_min: int) -> set[tuple[int, int]]:
    """Pairs of bands whose starts are too far apart by the clock, or whose rest is too short for their kinds.

    Rests count where they are too short on every two days in a row; those that a clock change or a weekday shortens are
    watched day by day. Bands tell starts and lengths apart where a rule needs them; see `shapes`.
    """
    shut = np.zeros((shapes.clock.size, shapes.clock.size), dtype=bool)
    if rules.near_start_min is not None:
        shut |= clock_apart(shapes.clock[:, None], shapes.clock[None, :]) > rules.near_start_min
    for rest in rules.rests:
        if has_pairs(rest):
            shut |= _too_short(shapes, rest, interval_min)
    bands = shapes.contract.bands
    return {(int(bands[a]), int(bands[b])) for a, b in zip(*np.nonzero(shut), strict=True)}


def clock_apart(one: Ints, two: int | Ints) -> Ints:
    """Minutes between two clock times, the shorter way round."""
    apart = np.abs(one - two)
    shorter: Ints = np.minimum(apart, DAY_MINUTES - apart)
    return shorter


def _too_short(shapes: Shapes, rest: RestLimit, interval_min: int) -> Mask:
    """Whether the second of two shapes of the kinds always begins too soon on the day after the first."""
    contract = shapes.contract
    between = (contract.starts[1:, None, :] - contract.ends[:-1, :, None]).max(axis=0, initial=0) * interval_min
    short: Mask = (
        (between < rest.least_min) & _is_of(shapes, rest.after)[:, None] & _is_of(shapes, rest.before)[None, :]
    )
    return short


def _is_of(shapes: Shapes, kind: str | None) -> Mask:
    """Whether a shape is of a kind on every weekday: what is so on some days only is watched day by day."""
    return np.array([kind is None or all(kind in each for each in days) for days in shapes.kinds])
