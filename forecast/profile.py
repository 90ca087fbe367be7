"""The shape of a day: share of the day's contacts in each slot, per weekday."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from forecast.grid import Grid

    Array = NDArray[np.float64]

LONGEST_WEEKS = 60
ALIKE = 0.06
"""Weekdays whose shapes differ by this much (summed absolute difference of shares) lend each other little."""
TRIAL_DAYS = 14
TRIAL_WEEKS_BACK = (2, 4, 6, 8, 12)
LEAST_TRIAL_HISTORY_DAYS = 42
LEAST_MEAN = 0.05


@dataclass(frozen=True)
class Memory:
    """How far back a shape looks (half life) and how strongly it leans on similar weekdays."""

    half_life_weeks: float
    pool_weeks: float


MEMORIES = (Memory(5, 2), Memory(12, 4), Memory(26, 8), Memory(52, 16))


def shares(grid: Grid, totals: Array, memory: Memory) -> Array:
    """Share of the day in each slot per weekday, shape (7, slots); each row sums to 1, or is 0 if never seen.

    Exponentially weighted over the weeks, then drawn towards weekdays of similar shape, the more so the
    fewer weeks of its own a weekday has.
    """
    age_weeks = (grid.days - 1 - np.arange(grid.days)) / 7
    usable = np.isfinite(totals) & (totals > 0) & (age_weeks <= LONGEST_WEEKS)
    weight = np.where(usable, 0.5 ** (age_weeks / memory.half_life_weeks), 0.0)
    of_weekday = (np.arange(7)[:, None] == grid.weekday) * weight
    seen = np.isfinite(grid.values)
    contacts = of_weekday @ np.where(seen, grid.values, 0.0)
    of_total = (of_weekday * np.where(usable, totals, 0.0)) @ seen
    own = np.divide(contacts, of_total, out=np.zeros_like(contacts), where=of_total > 0)
    pooled = _pooled(own, of_weekday.sum(axis=1), memory.pool_weeks)
    whole = pooled.sum(axis=1, keepdims=True)
    shape: Array = np.divide(pooled, whole, out=np.zeros_like(pooled), where=whole > 0)
    return shape


def _pooled(own: Array, weeks: Array, pool_weeks: float) -> Array:
    """Draw each weekday towards the similarity-weighted mean of the others."""
    apart = np.abs(own[:, None, :] - own[None, :, :]).sum(axis=2)
    alike = np.exp(-((apart / ALIKE) ** 2)) * weeks[None, :]
    alike[np.arange(7), np.arange(7)] = 0.0
    lent = alike.sum(axis=1)
    others = np.divide(alike @ own, lent[:, None], out=np.zeros_like(own), where=lent[:, None] > 1e-9)
    known = (weeks > 0) & (lent > 1e-9)
    lean = np.where(
        known, pool_weeks / (pool_weeks + weeks) * np.minimum(1.0, lent / np.where(weeks > 0, weeks, 1.0)), 0.0
    )
    mixed: Array = (1 - lean[:, None]) * own + lean[:, None] * others
    return mixed


def choose_memory(grid: Grid, totals: Array) -> Memory:
    """Pick the memory that tells later days best: least Poisson deviance of their slots given their totals."""
    if len(grid.slots) < 2:
        return MEMORIES[1]
    loss = np.zeros(len(MEMORIES))
    for back in TRIAL_WEEKS_BACK:
        origin = grid.days - 7 * back
        if origin < LEAST_TRIAL_HISTORY_DAYS:
            break
        rows = slice(origin, origin + TRIAL_DAYS)
        known = np.isfinite(grid.values[rows]) & np.isfinite(totals[rows])[:, None]
        y = grid.values[rows][known]
        for i, memory in enumerate(MEMORIES):
            shape = shares(grid.until(origin), totals[:origin], memory)[grid.weekday[rows]]
            loss[i] += _deviance(y, np.maximum(totals[rows][:, None] * shape, LEAST_MEAN)[known])
    return MEMORIES[int(np.argmin(loss))] if loss.any() else MEMORIES[1]


def _deviance(y: Array, mean: Array) -> float:
    log_part = np.where(y > 0, y * np.log(np.maximum(y, 1e-9) / mean), 0.0)
    return float(2 * (log_part - (y - mean)).sum())


def fill_unseen(shape: Array, is_open: NDArray[np.bool_]) -> Array:
    """Give slots that are open but were never seen a share: that of similar weekdays, else of the nearest slot."""
    out = shape.copy()
    seen = shape > 0
    for w in range(7):
        gaps = np.flatnonzero(is_open[w] & ~seen[w])
        if not len(gaps):
            continue
        lenders = [v for v in range(7) if v != w and seen[v][gaps].all()]
        if not seen[w].any():
            known = shape[seen.any(axis=1)]
            out[w] = known.mean(axis=0) if len(known) else 1.0 / len(shape[w])
        elif lenders:
            common = [seen[w] & seen[v] for v in lenders]
            scale = [
                shape[w][c].sum() / shape[v][c].sum() if c.any() else 1.0 for v, c in zip(lenders, common, strict=True)
            ]
            out[w, gaps] = np.mean([s * shape[v][gaps] for s, v in zip(scale, lenders, strict=True)], axis=0)
        else:
            held = np.flatnonzero(seen[w])
            out[w, gaps] = shape[w][held[np.abs(held[None, :] - gaps[:, None]).argmin(axis=1)]]
    return out
