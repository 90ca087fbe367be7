"""What a simulated plan teaches: staircases move to what was seen, and margins to what a target needs.

This is a cut of Atlason, Epelman and Henderson (2008) at the simulated plan: its height is what was seen, its slope
that of the queueing formula.
"""

from __future__ import annotations

from statistics import NormalDist
from typing import TYPE_CHECKING

import numpy as np

from optimize.staffing.requirement.concave import shifted

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from optimize.simulation.at_once.seen import Seen
    from optimize.staffing.requirement.staircase import Staircase

    Array = NDArray[np.float64]

SMOOTHED_H = 1.0
"""Standard deviation, in hours, over which intervals are read together: waits spill over, and chance is smoothed."""
MOST_FEWER, MOST_MORE = -15.0, 5.0
"""Bounds of the people a staircase is moved by; a channel served after others has many fewer than its team."""
FULL = 0.985
"""Part of what can be reached from which a staircase is flat, so that nothing can be learnt about people."""
HALVINGS = 25
EXTREME = (0.02, 0.995)
"""Shares beyond which odds say more than weeks can."""
LEAST_MARGIN, MOST_MARGIN = -0.04, 0.3
"""Bounds of a margin of a share."""
LEAST_MARGIN_OF_SECONDS, MOST_MARGIN_OF_SECONDS = -0.2, 1.0
"""Bounds of a margin of seconds, in times of the seconds asked for: at 1 nobody may wait."""


def moved_people(stair: Staircase, seen: Seen, people: Array, before: Array, interval_h: float, weight: float) -> Array:
    """People by which a staircase is moved so that it gives, at the people rostered, what was seen.

    Parameters
    ----------
    stair
        The staircase as the formulas have it.
    seen
        What the simulation of the plan saw of its channel.
    people
        People of its team rostered in each interval, shape (T,).
    before
        People it was moved by so far, shape (T,).
    interval_h
        Length of an interval in hours.
    weight
        Part of the way to go from `before`; below 1 damps what chance taught.
    """
    curve, volume = stair.average["share"], stair.volume
    contacts = volume * seen.counted.mean(axis=0).sum() / max(float(volume.sum()), 1e-9)
    kernel = _kernel(interval_h)

    def given(moved: Array) -> Array:
        expected = _at(np.maximum.accumulate(shifted(curve, moved), axis=1), people) * contacts
        return np.asarray(np.convolve(expected, kernel, "same"), dtype=float)

    was = np.convolve(seen.good.mean(axis=0), kernel, "same")
    full = given(np.full(volume.size, MOST_MORE + 3.0))
    flat = (was > FULL * full) & (given(before) > FULL * full)
    was = np.minimum(was, FULL * full)
    low, high = np.full(volume.size, MOST_FEWER - 2.0), np.full(volume.size, MOST_MORE + 3.0)
    for _ in range(HALVINGS):
        middle = 0.5 * (low + high)
        less = given(middle) < was
        low, high = np.where(less, middle, low), np.where(less, high, middle)
    found = np.where(flat, before, np.clip(0.5 * (low + high), MOST_FEWER, MOST_MORE))
    return np.asarray(np.where(volume > 0, before + weight * (found - before), 0.0))


def moved_margin(told: float, values: Array, sure: float, before: float, weight: float, asked: float) -> float:
    """Margin with which the row is true at the simulated plan: what the row says, less what weeks reach so surely.

    Shares are compared by their odds. A plan that gives far more than asked leaves little room above it: its weeks
    differ by a few points where those of a plan at the target differ by ten, at much the same ratio of odds.

    Parameters
    ----------
    told
        Mean gain of a contact as the row counts it at the plan.
    values
        Mean gain of a contact in each simulated week.
    sure
        Probability with which the target is to be kept.
    before, weight
        Margin so far, and the part of the way to go.
    asked
        What a contact is asked to gain on average: a share, or seconds with a minus, as a wait is lost.
    """
    known = values[np.isfinite(values)]
    if not known.size:
        return before
    reached = float(np.quantile(known, 1.0 - sure))
    wanted = _by_odds(told, reached, asked) if 0 < asked < 1 else told - reached
    return before + weight * (float(np.clip(wanted, *_margin_bounds(asked))) - before)


def _by_odds(told: float, reached: float, asked: float) -> float:
    """What a row must say beyond a share asked for, so that it is reached: odds in the ratio seen at the plan."""
    said, got = (float(np.clip(share, *EXTREME)) for share in (told, reached))
    odds = asked / (1.0 - asked) * said / (1.0 - said) * (1.0 - got) / got
    return odds / (1.0 + odds) - asked


def _margin_bounds(asked: float) -> tuple[float, float]:
    """Least and most a margin may be, in the unit of what is asked."""
    if asked > 0:
        return LEAST_MARGIN, MOST_MARGIN
    return -asked * LEAST_MARGIN_OF_SECONDS, -asked * MOST_MARGIN_OF_SECONDS


def _at(curve: Array, people: Array) -> Array:
    """Values of each row of a curve at so many people, by linear interpolation."""
    most = curve.shape[1] - 1
    n = np.clip(people, 0.0, most)
    low = np.minimum(n.astype(np.int64), most - 1)
    rows = np.arange(curve.shape[0])
    return np.asarray(curve[rows, low] + (n - low) * (curve[rows, low + 1] - curve[rows, low]))


def _kernel(interval_h: float) -> Array:
    """Gaussian weights of neighbouring intervals, out to two and a half standard deviations."""
    reach = int(np.ceil(2.5 * SMOOTHED_H / interval_h))
    steps = np.arange(-reach, reach + 1) * interval_h / SMOOTHED_H
    density = np.array([NormalDist().pdf(step) for step in steps.tolist()])
    return np.asarray(density / density.sum())
