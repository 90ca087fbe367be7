"""The shape of a day: share of the day's contacts in each slot, per weekday."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from forecast.opening.activity import runs
from forecast.opening.chance import LONG_ENOUGH, LONGEST_WEEKS, SURE

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from forecast.data.grid import Grid

    Array = NDArray[np.float64]

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
    fewer weeks of its own a weekday has. A slot watched long enough with a contact in eight weeks or fewer keeps
    its plain mean, and one without a contact is 0 unless chance explains it (see `_unlucky`).

    Parameters
    ----------
    grid
        Contacts by day and slot.
    totals
        Contacts of each day; NaN for days that teach no shape.
    memory
        How far back to look, and how strongly to lean on similar weekdays.
    """
    age_weeks = (grid.days - 1 - np.arange(grid.days)) / 7
    usable = np.isfinite(totals) & (totals > 0) & (age_weeks <= LONGEST_WEEKS)
    weight = np.where(usable, 0.5 ** (age_weeks / memory.half_life_weeks), 0.0)
    recent = _sums(grid, totals, weight)
    plain = _sums(grid, totals, usable.astype(float))
    pooled = _pooled(recent.share, recent.weeks, memory.pool_weeks)
    seldom = (plain.times >= LONG_ENOUGH) & (plain.contacts * LONG_ENOUGH <= plain.times)
    without = (plain.times > 0) & (plain.contacts == 0)
    mixed = np.where(without, _unlucky(plain, without), np.where(seldom, plain.share, pooled))
    whole = mixed.sum(axis=1, keepdims=True)
    shape: Array = np.divide(mixed, whole, out=np.zeros_like(mixed), where=whole > 0)
    return shape


@dataclass(frozen=True)
class _Sums:
    """Weighted sums per weekday and slot, shape (7, slots), and the weight of all weeks of a weekday."""

    contacts: Array
    of_total: Array
    times: Array
    weeks: Array

    @property
    def share(self) -> Array:
        """Contacts over the totals of the days on which the slot was watched; 0 where it never was."""
        return np.divide(self.contacts, self.of_total, out=np.zeros_like(self.contacts), where=self.of_total > 0)


def _sums(grid: Grid, totals: Array, weight: Array) -> _Sums:
    of_weekday = (np.arange(7)[:, None] == grid.weekday) * weight
    seen = np.isfinite(grid.values)
    contacts = of_weekday @ np.where(seen, grid.values, 0.0)
    of_total = (of_weekday * np.where(weight > 0, totals, 0.0)) @ seen
    return _Sums(contacts, of_total, of_weekday @ seen, of_weekday.sum(axis=1))


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
    if len(grid.times_of_day) < 2:
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


def _unlucky(plain: _Sums, without: NDArray[np.bool_]) -> Array:
    """Share of slots that were watched and had no contact: 0 when they are closed, shape (7, slots).

    The contacts expected if the slot had its share of other weekdays are compared with chance:
    a run of such slots is closed when Poisson counts would be 0 in all of it less often than once in a thousand times,
    or when it was watched for eight weeks and no more than one contact in eight was due anyway. In between the share is
    the mean of a gamma prior around that of the other weekdays after so many zeros.
    """
    rate = np.divide(plain.contacts, plain.times, out=np.zeros_like(plain.contacts), where=plain.times > 0)
    total = rate.sum(axis=1, keepdims=True)
    part = np.divide(rate, total, out=np.zeros_like(rate), where=total > 0)
    busy = total > 0
    others = np.maximum(busy.sum() - busy, 1)
    expected = np.where(busy, total * (part.sum(axis=0) - part) / others, 0.0)
    due = expected * plain.times
    closed = (plain.times >= LONG_ENOUGH) & (expected * LONG_ENOUGH <= 1)
    for w in range(7):
        for first, last in runs(without[w]):
            closed[w, first : last + 1] |= bool(np.exp(-due[w, first : last + 1].sum()) < SURE)
    left = np.divide(expected, total * (1 + due), out=np.zeros_like(due), where=busy)
    share: Array = np.where(closed, 0.0, left)
    return share


def watched(grid: Grid, totals: Array) -> NDArray[np.bool_]:
    """Which slots of each weekday were observed in the weeks that `shares` looks at, shape (7, slots)."""
    recent = np.isfinite(totals) & (grid.days - 1 - np.arange(grid.days) <= 7 * LONGEST_WEEKS)
    return _sums(grid, totals, recent.astype(float)).times > 0


def fill_unseen(shape: Array, is_open: NDArray[np.bool_], seen: NDArray[np.bool_]) -> Array:
    """Give open slots that were never watched the share that similar weekdays have, else the nearest slot's."""
    wanted = is_open & ~seen
    out: Array = np.where(wanted, lent(shape, seen, wanted), shape)
    return out


def lent(shape: Array, seen: NDArray[np.bool_], wanted: NDArray[np.bool_]) -> Array:
    """Share that the wanted slots would have if they were like those seen, shape (7, slots)."""
    out = np.zeros_like(shape)
    for w in range(7):
        gaps = np.flatnonzero(wanted[w])
        if not len(gaps):
            continue
        lenders = [v for v in range(7) if v != w and seen[v][gaps].all() and shape[v][seen[v] & seen[w]].sum() > 0]
        if not seen[w].any():
            known = seen & (shape.sum(axis=1, keepdims=True) > 0)
            mean = np.divide(np.where(known, shape, 0.0).sum(axis=0), np.maximum(known.sum(axis=0), 1))
            out[w, gaps] = mean[gaps] if known.any() else 1.0 / len(shape[w])
        elif lenders:
            common = [seen[w] & seen[v] for v in lenders]
            scale = [shape[w][c].sum() / shape[v][c].sum() for v, c in zip(lenders, common, strict=True)]
            out[w, gaps] = np.mean([s * shape[v][gaps] for s, v in zip(scale, lenders, strict=True)], axis=0)
        else:
            filled = np.flatnonzero(seen[w])
            out[w, gaps] = shape[w][filled[np.abs(filled[None, :] - gaps[:, None]).argmin(axis=1)]]
    return out
