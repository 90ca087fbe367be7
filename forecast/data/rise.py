"""Whether values of intervals rise in proportion with their contacts, as a total does and a mean does not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from configs.units import DAY_MINUTES

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

LEAST_STEPS = 30
ALONE = 1e-9


def share_that_rises(clock: pd.DatetimeIndex, contacts: Array, values: Array) -> tuple[float, float] | None:
    """Share of the values that rises in proportion with contacts, and its standard error.

    Compared are the steps from one week to the next in the same weekday and slot: that handle times differ by hour, day
    and season says nothing. The slope of value on contacts over these steps, divided by the values per contact, is 1
    for totals and 0 for means; where a mean grows with load to the power of e, it is about e.

    Parameters
    ----------
    clock, contacts, values
        Naive local start, contacts above 0 and handle time of every interval, in order of time.

    Returns
    -------
    tuple or None
        Share and standard error (HC3, so that one step alone proves nothing; MacKinnon and White 1985). None where
        there are fewer than 30 steps, or contacts never change.
    """
    minute = np.asarray(clock.hour * 60 + clock.minute, dtype=np.int64)
    week = np.asarray(clock.day_of_week, dtype=np.int64) * DAY_MINUTES + minute
    none = np.zeros(len(minute), dtype=np.int64)
    # A history of few weeks, or the same every week, is compared from day to day, or from interval to interval.
    for cell in (week, minute, none):
        order = np.argsort(cell, kind="stable")
        same = np.diff(cell[order]) == 0
        more, longer = np.diff(contacts[order])[same], np.diff(values[order])[same]
        if len(more) >= LEAST_STEPS and more.any():
            slope, error = _slope(more, longer)
            per_contact = float(values.sum() / contacts.sum())
            return slope / per_contact, error / per_contact
    return None


def _slope(x: Array, y: Array) -> tuple[float, float]:
    """Slope through the origin, and its HC3 standard error: infinite where a single step decides it."""
    square = float((x**2).sum())
    slope = float((x * y).sum()) / square
    rest = 1 - x**2 / square
    if rest.min() < ALONE:
        return slope, float("inf")
    return slope, float(np.sqrt(((x * (y - slope * x) / rest) ** 2).sum())) / square
