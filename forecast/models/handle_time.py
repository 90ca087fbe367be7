"""Mean handle time ahead: a slowly moving level per weekday group times a shape over the day, weighted by contacts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from forecast.data.grid import Grid

    Array = NDArray[np.float64]

LEVEL_HALF_LIFE_DAYS = 28.0
SHAPE_HALF_LIFE_DAYS = 120.0
SHRINK_CONTACTS = 60.0
"""A slot with this many contacts counts half for itself, half for the mean."""
SHRINK_WEEKDAY_CONTACTS = 500.0
ODD_FACTOR, ODD_FACTOR_SINGLE = 2.0, 4.0
"""A mean over ``n`` contacts is drawn in to the median times ``2 + 4 / sqrt(n)``, or divided by it."""


def forecast_handle_time(volume: Grid, aht_s: Grid) -> Array | None:
    """Handle time in seconds per weekday and slot, shape (7, slots); None when the history has none.

    Every slot of every weekday gets a value, also those without contacts.
    """
    known = np.isfinite(aht_s.values) & (aht_s.values > 0)
    if not known.any():
        return None
    middle = float(np.median(aht_s.values[known]))
    contacts = np.where(known, np.where(np.isfinite(volume.values), volume.values, 1.0), 0.0)
    bound = ODD_FACTOR + ODD_FACTOR_SINGLE / np.sqrt(np.maximum(contacts, 1.0))
    value = np.clip(np.where(known, aht_s.values, middle), middle / bound, middle * bound)
    if contacts.sum() <= 0:
        contacts = known.astype(float)
    age = volume.days - 1 - np.arange(volume.days)
    now = 0.5 ** (age / LEVEL_HALF_LIFE_DAYS)
    level = float((now[:, None] * contacts * value).sum() / (now[:, None] * contacts).sum())
    long = contacts * (0.5 ** (age / SHAPE_HALF_LIFE_DAYS))[:, None]
    over_day = _ratio((long * value).sum(axis=0), long.sum(axis=0))
    of_weekday = (np.arange(7)[:, None] == volume.weekday).astype(float)
    expected = over_day[None, :] * _mean(long * value, long)
    over_week = _ratio_to(of_weekday @ (long * value).sum(axis=1), of_weekday @ (long * expected).sum(axis=1), expected)
    shape = over_week[:, None] * over_day[None, :]
    # The level is that of the recent contacts under this shape, so that a changed mix does not move it.
    recent = now[:, None] * contacts
    scale = float((recent * value).sum() / (recent * shape[volume.weekday]).sum())
    out: Array = scale * shape if np.isfinite(scale) else np.full_like(shape, level)
    return out


def _mean(total: Array, count: Array) -> float:
    return float(total.sum() / count.sum())


def _ratio(total: Array, count: Array) -> Array:
    """Mean of each slot over the mean of all, shrunk to 1 where there are few contacts."""
    mean = total.sum() / count.sum()
    ratio: Array = (total / mean + SHRINK_CONTACTS) / (count + SHRINK_CONTACTS)
    return ratio


def _ratio_to(total: Array, expected: Array, per_contact: Array) -> Array:
    """Total of each weekday over what its slots would make expect, shrunk to 1."""
    prior = SHRINK_WEEKDAY_CONTACTS * float(per_contact.mean())
    ratio: Array = (total + prior) / (expected + prior)
    return ratio
