"""Backtest on the user's own past: rolling origins, each forecast as on that day, and two simple forecasts."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from forecast.channel import forecast_channel
from forecast.evaluation.accuracy import MEAN_WEEKS, TRIAL_DAYS, mean_of_weeks, origins, weekly_naive
from forecast.models.handle_time import forecast_handle_time
from forecast.models.quantiles import BUCKETS, LEVELS
from forecast.parallel import each
from forecast.prepare import aht_grid, prepare

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from configs.schema import Config
    from forecast.calendar.marks import Calendar
    from forecast.data.grid import Grid
    from forecast.data.history import History
    from forecast.parallel import Backend

    Array = NDArray[np.float64]

STEP_DAYS = 14
LEAST_DAYS = 28
ALL = "all"


@dataclass(frozen=True)
class Score:
    """How the forecast did on past weeks, for one channel and span of days ahead (or all).

    Errors are shares of the volume: `wape` per interval, `wape_day` per day, `naive_wape` and `mean_wape` those of
    last week again and of the mean of eight weeks. `rmsse` is the root mean squared error over that of last week
    again within the history. `pinball` sums the losses of the 10 % and 90 % quantile. None: no such volume.
    `aht_error` is the error of handle times, weighted by contacts, as a share of them; `aht_mean_error` that of the
    one mean of the last eight weeks. None: no handle times in the history.
    """

    channel: str
    lead: str
    origins: int
    volume: float
    wape: float | None
    wape_day: float | None
    bias: float | None
    rmsse: float | None
    pinball: float | None
    covered_80: float
    covered_95: float
    naive_wape: float | None
    mean_wape: float | None
    aht_error: float | None = None
    aht_mean_error: float | None = None


@dataclass(frozen=True)
class Backtest:
    """Scores by channel and lead; channels whose history is too short are named in `left_out`."""

    scores: tuple[Score, ...]
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True)
class BacktestFold:
    """One origin, flat over the intervals seen: quantiles by name, and the squared error of last week's rule before.

    `aht` has three rows: handle times said, come (NaN unknown), and the mean of the last eight weeks.
    """

    mean: Array
    actual: Array
    naive: Array
    average: Array
    lead: NDArray[np.int64]
    quantiles: dict[str, Array]
    scale: float
    aht: Array | None = None


@dataclass(frozen=True)
class _Task:
    name: str
    config: Config
    history: History
    calendar: Calendar
    origins: int


def backtest(
    config: Config,
    history: History,
    calendar: Calendar,
    *,
    origins: int = 6,
    jobs: int = 1,
    backend: Backend = "loky",
) -> Backtest:
    """Forecast the last weeks of every channel again, as it would have been done then.

    Parameters
    ----------
    config, history, calendar
        As for the forecast.
    origins
        Most days to forecast from, two weeks apart (one, when the history is short), 28 days each.
    jobs, backend
        Processes that share the channels.
    """
    seen = set(history.table.channel)
    tasks = [_Task(name, config, history, calendar, origins) for name in config.channels if name in seen]
    found = each(_channel, tasks, jobs, backend)
    scored_names = {task.name for task, scores in zip(tasks, found, strict=True) if scores}
    left_out = tuple(name for name in config.channels if name not in scored_names)
    return Backtest(tuple(score for scores in found for score in scores), left_out)


def _channel(task: _Task) -> tuple[Score, ...]:
    ready = prepare(task.config, task.name, task.history.channel(task.name), task.calendar)
    grid = ready.grid
    effects = task.calendar.effects(task.name, grid.first, grid.days)
    seen_aht = aht_grid(ready)
    folds = []
    for origin in _origins(grid.days, task.origins):
        before = grid.until(origin)
        if not np.isfinite(before.values).any() or not np.isfinite(grid.values[origin:]).any():
            continue
        ahead = min(TRIAL_DAYS, grid.days - origin)
        known = effects.until(origin + ahead)
        fast = task.config.forecast.fast
        channel_forecast = forecast_channel(task.name, before, ahead, known, ready.is_open, fast=fast)
        one = fold(grid, origin, channel_forecast.mean, channel_forecast.quantiles)
        folds.append(one if seen_aht is None else replace(one, aht=_handle_times(grid, seen_aht, origin, ahead)))
    return scored(task.name, folds)


def _handle_times(grid: Grid, aht_s: Grid, origin: int, ahead: int) -> Array | None:
    """Handle times of the intervals seen after an origin: said, come, and one mean; None without any before it."""
    before = aht_s.until(origin)
    said = forecast_handle_time(grid.until(origin), before)
    if said is None:
        return None
    rows = slice(origin, origin + ahead)
    late = slice(max(0, origin - 7 * MEAN_WEEKS), origin)
    contacts = np.where(np.isfinite(aht_s.values[late]), np.nan_to_num(grid.values[late]), 0.0)
    total = float((contacts * np.nan_to_num(aht_s.values[late])).sum())
    mean = total / contacts.sum() if contacts.sum() > 0 else float(np.nanmean(before.values))
    known = np.isfinite(grid.values[rows])
    came = aht_s.values[rows][known]
    return np.stack([said[grid.weekday[rows]][known], came, np.full(len(came), mean)])


def _origins(days: int, count: int) -> tuple[int, ...]:
    found = list(origins(days, LEAST_DAYS))[:count]
    while len(found) < count and found and found[-1] - STEP_DAYS >= 4 * LEAST_DAYS:
        found.append(found[-1] - STEP_DAYS)
    return tuple(found)


def fold(grid: Grid, origin: int, mean: Array, quantiles: dict[str, Array]) -> BacktestFold:
    """Compare a forecast of the days from `origin` on with the actuals.

    Parameters
    ----------
    grid
        The history, days on both sides of the origin.
    origin
        Number of the first day forecast.
    mean, quantiles
        Contacts forecast and their quantiles by name, each of shape (days ahead, slots) within the grid.

    Returns
    -------
    Shot
        Flat arrays over the intervals observed, and the mean squared step from one week to the next before the
        origin, by which the RMSSE is scaled (Hyndman and Koehler, 2006).
    """
    rows = slice(origin, origin + len(mean))
    actual = grid.values[rows]
    known = np.isfinite(actual)
    before, weekday = grid.until(origin), grid.weekday[rows]
    lead = np.broadcast_to(np.arange(1, len(actual) + 1)[:, None], actual.shape)
    step = before.values[7:] - before.values[:-7]
    square = step[np.isfinite(step)] ** 2
    return BacktestFold(
        mean[known],
        actual[known],
        weekly_naive(before)[weekday][known],
        mean_of_weeks(before)[weekday][known],
        lead[known].astype(np.int64),
        {name: values[known] for name, values in quantiles.items()},
        float(square.mean()) if len(square) else 0.0,
    )


def scored(channel: str, folds: Sequence[BacktestFold]) -> tuple[Score, ...]:
    """Score by days ahead, then over all; nothing without a fold."""
    spans = [(f"{low}-{min(high, TRIAL_DAYS)}", low, high) for low, high in BUCKETS]
    found = [_score(channel, words, folds, low, high) for words, low, high in [*spans, (ALL, 1, TRIAL_DAYS)]]
    return tuple(one for one in found if one is not None)


def _score(channel: str, words: str, folds: Sequence[BacktestFold], low: int, high: int) -> Score | None:
    masks = [(one.lead >= low) & (one.lead <= high) for one in folds]
    used = [(one, k) for one, k in zip(folds, masks, strict=True) if k.any()]
    if not used:
        return None

    def joined(name: str) -> Array:
        return np.concatenate([getattr(one, name)[k] for one, k in used])

    mean, actual = joined("mean"), joined("actual")
    volume = float(actual.sum())
    # That nothing came in closed hours says nothing of the quantiles.
    busy = (mean > 0) | (actual > 0)
    quantile = {name: np.concatenate([one.quantiles[name][k] for one, k in used]) for name in LEVELS}
    days = sum(_day_error(one, k) for one, k in used)
    scale = float(np.mean([one.scale for one, _ in used]))

    def share(total: float) -> float | None:
        return float(total) / volume if volume > 0 else None

    return Score(
        channel,
        words,
        len(used),
        volume,
        share(np.abs(mean - actual).sum()),
        share(days),
        share((mean - actual).sum()),
        float(np.sqrt(((mean - actual) ** 2).mean() / scale)) if scale > 0 else None,
        share(_pinball(actual, quantile["q10"], 0.1) + _pinball(actual, quantile["q90"], 0.9)),
        _covered(actual[busy], quantile["q10"][busy], quantile["q90"][busy]),
        _covered(actual[busy], quantile["q025"][busy], quantile["q975"][busy]),
        share(np.abs(joined("naive") - actual).sum()),
        share(np.abs(joined("average") - actual).sum()),
        *_aht_errors(used),
    )


def _covered(actual: Array, low: Array, high: Array) -> float:
    """Share of values within their bounds; 1 when there are none."""
    return float(((actual >= low) & (actual <= high)).mean()) if len(actual) else 1.0


def _aht_errors(used: Sequence[tuple[BacktestFold, NDArray[np.bool_]]]) -> tuple[float | None, float | None]:
    """Error of handle times as said, and of one mean, over the handle times that came; weighted by contacts."""
    parts = [np.vstack([one.aht[:, k], one.actual[k]]) for one, k in used if one.aht is not None]
    if not parts:
        return None, None
    said, came, mean, contacts = np.concatenate(parts, axis=1)
    weight = np.where(np.isfinite(came) & (came > 0), contacts, 0.0)
    whole = float((weight * np.nan_to_num(came)).sum())
    if whole <= 0:
        return None, None
    errors = [float((weight * np.abs(guess - np.nan_to_num(came))).sum()) / whole for guess in (said, mean)]
    return errors[0], errors[1]


def _day_error(one: BacktestFold, k: NDArray[np.bool_]) -> float:
    return float(np.abs(np.bincount(one.lead[k], weights=(one.mean - one.actual)[k])).sum())


def _pinball(came: Array, said: Array, level: float) -> float:
    return float(np.maximum(level * (came - said), (level - 1) * (came - said)).sum())
