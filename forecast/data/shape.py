"""Weights by which the contacts of a week or a day are spread over its intervals."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from configs.units import DAY_MINUTES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from configs.horizon import Horizon, LocalTimes

    Array = NDArray[np.float64]

EVEN = "even"


def clock_weights(shape: Mapping[str, float], times: LocalTimes | Horizon) -> Array:
    """Weight of each interval by the time of day at which it starts; 0 before the first time given.

    Parameters
    ----------
    shape
        Weight of an interval from a time of day (``HH:MM``) on.
    times
        The intervals, on the clock the times are of.
    """
    minutes = np.array(sorted(minute_of(text) for text in shape))
    by_minute = {minute_of(text): weight for text, weight in shape.items()}
    weights = np.array([0.0, *(by_minute[int(minute)] for minute in minutes)])
    start = times.time_of_day * times.interval_min
    found: Array = weights[np.searchsorted(minutes, start, side="right")]
    return found


def shape_name(shape: str | Mapping[str, float] | None) -> str:
    """Name of a shape: that of a channel, ``even``, or nothing where weights are given."""
    if shape is None:
        return EVEN
    return shape if isinstance(shape, str) else ""


def minute_of(text: str) -> int:
    """Minute of the day of ``HH:MM``, as the config has checked it."""
    hour, _, minute = text.partition(":")
    return int(hour) * 60 + int(minute)


def weekday_weights(volume: Array, times: LocalTimes | Horizon) -> Array:
    """Mean contacts by weekday and time of day, shape (7, times of day); a weekday without any has the mean of all.

    Parameters
    ----------
    volume
        Contacts of each interval; NaN where it was not observed.
    times
        The intervals.
    """
    slots = DAY_MINUTES // times.interval_min
    at = times.weekday * slots + times.time_of_day
    seen = np.isfinite(volume)
    total = np.bincount(at[seen], weights=volume[seen], minlength=7 * slots).reshape(7, slots)
    count = np.bincount(at[seen], minlength=7 * slots).reshape(7, slots)
    mean: Array = total / np.maximum(count, 1)
    of_all = total.sum(axis=0) / np.maximum(count.sum(axis=0), 1)
    return np.where(mean.sum(axis=1, keepdims=True) > 0, mean, of_all)


def shares(weights: Array, group: NDArray[np.int64], otherwise: Array) -> Array:
    """Share of its group's contacts that each interval gets; every group sums to 1.

    Parameters
    ----------
    weights
        Weight of each interval, 0 or more.
    group
        Number of the day or week each interval belongs to, from 0 on.
    otherwise
        Weights of a group that has none, and where these are nothing too, all intervals count alike.
    """
    for instead in (otherwise, np.ones(len(weights))):
        total = np.bincount(group, weights=weights)
        weights = np.where(total[group] > 0, weights, instead)
    share: Array = weights / np.bincount(group, weights=weights)[group]
    return share
