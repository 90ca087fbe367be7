"""Volumes that jump a hundredfold, found in the history of one channel.

Three shapes are looked for. Single days: a few days hold values a hundred times what is usual in their slot, and far
above all other days. Scattered values: the same on many days, in a channel that is regular otherwise. A new level: from
one day on, every weekday is a hundred times what it was, or a hundredth. Channels that begin, grow over weeks or have a
season pass through all sizes between, and are no jumps; nor are batches that come again and again.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np

from forecast.data.day_totals import day_totals
from forecast.opening.activity import runs

if TYPE_CHECKING:
    from datetime import date

    from numpy.typing import NDArray

    from forecast.data.grid import Grid

    Array = NDArray[np.float64]
    Mask = NDArray[np.bool_]

HUNDREDFOLD = 50.0
"""The typical factor from which a jump counts as hundredfold: chance halves or doubles single values."""
SUSPECT = 20.0
"""A single value of this factor may be a part of such a jump."""
ABOVE_ALL = 3.0
"""It is then also this many times as large as anything on all other days."""
USUAL_INTERVAL, USUAL_DAY = 1.0, 5.0
"""Fewer contacts usual in an interval or on a day say nothing about a factor."""
FEW_DAYS, FEW_SHARE, FEW_RUNS = 7, 0.2, 3
"""At most a week of days, or a fifth of all days in three runs: what comes more often belongs to the channel."""
IRREGULAR = 0.55
"""Mean distance from the usual, as a share of it, from which large values are how the channel is; 0.64 for Poisson
counts with mean 1, 0.5 with mean 2, 0.2 with mean 16."""
SCATTERED_SHARE = 0.05
"""At most this share of the values is a lost decimal mark here and there."""
OWN_SIZE, FACTOR_DIFFERENCE = 0.7, 0.3
"""Batches have a size of their own, values in another unit follow the usual of their slot: batches are seen by sizes
that differ less than their factors do (standard deviations of logarithms), where these differ at all."""
DECIMALS, NEAR = (2.0, 3.0), float(np.log10(1.6))
"""A lost decimal mark makes values a hundred or a thousand times as large, give or take what chance does to them."""
ALONE = 0.2
"""It comes here and there: not in more than this share of the slots of a day, which then has a reason."""
WEEKS_TO_LEARN = 3
WINDOW_DAYS = 14
LEAST_WEEKDAYS = 4
APART, MOST_WEEKDAYS = 5.0, 0.8
"""A level is new when four weekdays in five have no day on one side within five times of a day on the other."""


@dataclass(frozen=True)
class Jump:
    """Days `first` to `last` hold `came` contacts where `usual` were to be expected; from `first` on, if a `level`."""

    first: date
    last: date
    came: float
    usual: float
    level: bool = False


def jumps(grid: Grid, marked: Mask) -> list[Jump]:
    """Jumps of a channel in order of time; `marked` days are explained and not looked at."""
    values = np.where(marked[:, None], np.nan, grid.values)
    totals = np.where(marked, np.nan, day_totals(grid))
    singles = (
        _single_days(grid, values, USUAL_INTERVAL)
        or _scattered(grid, values)
        or _single_days(grid, totals[:, None], USUAL_DAY)
    )
    levels = [one for one in _levels(grid, totals) if not any(day.first <= one.first <= day.last for day in singles)]
    ends = {jump.last + timedelta(days=1) for jump in singles}
    return sorted([*singles, *(one for one in levels if one.first not in ends)], key=lambda jump: jump.first)


def _single_days(grid: Grid, values: Array, least: float) -> list[Jump]:
    """Runs of days with values a hundred times the usual of their slot; `values` has shape (days, slots)."""
    usual = _usual(values, grid)
    known = np.isfinite(values) & (usual >= least)
    factor = np.divide(values, usual, out=np.zeros_like(values), where=known)
    if factor.max() < HUNDREDFOLD:
        return []
    for limit in _above_all_others(np.where(np.isfinite(values), values, 0.0).max(axis=1)):
        large, jumped = values >= limit, (factor >= SUSPECT) & (values >= limit)
        if jumped.any() and not _come_again(large) and float(np.median(factor[jumped])) >= HUNDREDFOLD:
            return _jumps_of(grid, jumped, values, usual)
    return []


def _jumps_of(grid: Grid, jumped: Mask, values: Array, usual: Array) -> list[Jump]:
    """One jump for each run of days with values that jumped."""
    came, was = (np.where(jumped, what, 0.0).sum(axis=1) for what in (values, usual))
    return [
        Jump(grid.date(first), grid.date(last), float(came[first : last + 1].sum()), float(was[first : last + 1].sum()))
        for first, last in runs(_days(jumped))
    ]


def _scattered(grid: Grid, values: Array) -> list[Jump]:
    """Single values a hundred or thousand times their usual on many days, where the channel has no batches."""
    usual = _usual(values, grid)
    known = np.isfinite(values) & (usual >= USUAL_INTERVAL)
    factor = np.divide(values, usual, out=np.zeros_like(values), where=known)
    jumped = factor >= SUSPECT
    if not _come_again(jumped) or jumped.sum() > SCATTERED_SHARE * known.sum():
        return []
    off = np.min([np.abs(np.log10(factor[jumped]) - power) for power in DECIMALS], axis=0)
    a_day = float(np.median(jumped.sum(axis=1)[_days(jumped)]))
    if np.median(off) > NEAR or a_day > max(1.0, ALONE * values.shape[1]) or _has_batches(values, factor, known):
        return []
    return _jumps_of(grid, jumped, values, usual)


def _has_batches(values: Array, factor: Array, known: Mask) -> bool:
    """Whether a channel is irregular, has values of all sizes, or large ones with a size of their own."""
    jumped = factor >= SUSPECT
    distance = float(np.minimum(np.abs(factor[known & ~jumped] - 1), 1).mean())
    # Where chance makes values of all sizes, there are more between than above.
    between = int(((factor >= SUSPECT / ABOVE_ALL) & ~jumped).sum())
    sizes, factors = (float(np.log(what[jumped]).std()) for what in (values, factor))
    own_size = factors >= FACTOR_DIFFERENCE and sizes < OWN_SIZE * factors
    return distance >= IRREGULAR or between >= jumped.sum() or own_size


def _come_again(large: Mask) -> bool:
    """Whether the days with such values are too many, and too scattered, to be a mistake in a file."""
    days = _days(large)
    return int(days.sum()) > FEW_DAYS and len(runs(days)) > FEW_RUNS


def _above_all_others(largest: Array) -> list[float]:
    """Values that part a few days from all others by a wide gap, the lowest first.

    `largest` is the largest value of each day. Days that differ widely fill the gap, however large the largest is.
    """
    top = np.sort(largest[largest > 0])[::-1]
    most = int(min(max(FEW_DAYS, FEW_SHARE * len(top)), len(top) - 1))
    return [ABOVE_ALL * float(top[few]) for few in range(most, 0, -1) if top[few - 1] >= ABOVE_ALL * top[few]]


def _usual(values: Array, grid: Grid) -> Array:
    """Median of the same slot on the same weekday; of all days where there are less than three weeks."""
    if grid.days < 7 * WEEKS_TO_LEARN:
        return np.broadcast_to(_median(values), values.shape)
    by_weekday = np.stack([_median(values[grid.weekday == w]) for w in range(7)])
    usual: Array = by_weekday[grid.weekday]
    return usual


def _median(values: Array) -> Array:
    """Median of each column over what is known; 0 where nothing is."""
    out = np.zeros(values.shape[1])
    some = np.isfinite(values).any(axis=0)
    if some.any():
        out[some] = np.nanmedian(values[:, some], axis=0)
    return out


def _levels(grid: Grid, totals: Array) -> list[Jump]:
    """Days that part two levels a hundred times apart, each parting once, where it is clearest."""
    found: list[tuple[float, Jump]] = []
    for day in _steep(totals):
        parting = _parting(grid, totals, day)
        if parting is None:
            continue
        near = bool(found) and (parting[1].first - found[-1][1].first).days <= WINDOW_DAYS
        if not near:
            found.append(parting)
        elif parting[0] > found[-1][0]:
            found[-1] = parting
    return [jump for _, jump in found]


def _steep(totals: Array) -> list[int]:
    """Days before and after which two weeks differ so much in their median that it is worth a closer look."""
    edge = np.full(WINDOW_DAYS, np.nan)
    windows = np.lib.stride_tricks.sliding_window_view(np.concatenate([edge, totals, edge]), WINDOW_DAYS)
    middle = np.maximum(_median(windows.T), 1.0)
    before, after = middle[: len(totals)], middle[WINDOW_DAYS : WINDOW_DAYS + len(totals)]
    return [int(day) for day in np.flatnonzero(np.maximum(after / before, before / after) >= SUSPECT / APART)]


def _parting(grid: Grid, totals: Array, day: int) -> tuple[float, Jump] | None:
    """How clearly a day parts two levels, as the share of weekdays that are apart; None where it does not."""
    sides = [
        _by_weekday(grid, totals, max(0, day - WINDOW_DAYS), day),
        _by_weekday(grid, totals, day, day + WINDOW_DAYS),
    ]
    pairs = [(before, after) for before, after in zip(*sides, strict=True) if len(before) and len(after)]
    if len(pairs) < LEAST_WEEKDAYS:
        return None
    was, came = (float(np.median([np.median(pair[side]) for pair in pairs])) for side in (0, 1))
    low, high = (0, 1) if was < came else (1, 0)
    apart = float(np.mean([pair[high].min() >= APART * pair[low].max() for pair in pairs]))
    if min(was, came) < USUAL_DAY or max(was, came) < HUNDREDFOLD * min(was, came) or apart < MOST_WEEKDAYS:
        return None
    return apart, Jump(grid.date(day), grid.date(day), came, was, level=True)


def _by_weekday(grid: Grid, totals: Array, begin: int, end: int) -> list[Array]:
    """Known totals of a span of days, apart for each weekday."""
    span, weekday = totals[begin:end], grid.weekday[begin:end]
    return [span[(weekday == w) & np.isfinite(span)] for w in range(7)]


def _days(mask: Mask) -> Mask:
    """Days with a True in any slot."""
    return np.asarray(mask.any(axis=1), dtype=bool)
