"""One channel from history to forecast, step by step.

totals of the days -> the past forecast again (backtest) -> blend of the models by their error -> shape of the day
-> means of the intervals -> quantiles from the backtest.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from forecast.calendar.near_days import without_holidays
from forecast.data.day_totals import day_totals
from forecast.data.grid import weekdays
from forecast.evaluation import accuracy, bias
from forecast.facts import MeanOfFewContacts, MeanOfShortHistory, NothingCame
from forecast.models import blend, fallback, level
from forecast.models.explain import Explanation, FitRecord, explained
from forecast.models.members import Members, stacked
from forecast.models.profile import MEMORIES, choose_memory, fill_unseen, shares, watched
from forecast.models.quantiles import DEFAULT, LEVELS, SHORT_SPREAD, Spreads, bucket_of, quantiles
from forecast.opening.activity import Use, activity
from forecast.opening.changes import since_changes

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from forecast.calendar.marks import Marks
    from forecast.data.grid import Grid
    from forecast.evaluation.trial import Trial
    from forecast.models.member import MemberForecast
    from forecast.models.profile import Memory
    from forecast.result import Accuracy, Past

    Array = NDArray[np.float64]

FAST_TRIALS = 2
"""Origins of the backtest in fast mode."""
ALWAYS = Use()
LEAST_KNOWN = 14
"""Days known before an origin of the backtest."""


@dataclass(frozen=True)
class ChannelForecast:
    """Forecast of one channel on the grid: arrays of shape (days ahead, slots).

    `use` says when the channel was in use, `filled` which open slots were never watched, shape (7, slots).
    """

    mean: Array
    quantiles: dict[str, Array]
    accuracy: Accuracy | None
    method: str
    explanation: Explanation
    past: Past | None = None
    use: Use = ALWAYS
    filled: NDArray[np.bool_] | None = None


def forecast_channel(
    channel: str,
    grid: Grid,
    ahead: int,
    events: Marks,
    is_open: NDArray[np.bool_],
    *,
    fast: bool = False,
) -> ChannelForecast:
    """Forecast the `ahead` days after the grid.

    Parameters
    ----------
    channel
        Name, for the record.
    grid
        History; closed days are not observed.
    ahead
        Number of days.
    events
        Event and holiday marks on each day of the history and ahead.
    is_open
        Slots that are open per weekday, shape (7, slots).
    fast
        Two ridge models and two origins instead of all; a few percent less accurate, several times as fast.
    """
    used = activity(grid, ahead)
    if used.closed.all():
        return replace(_silent(channel, grid, ahead), use=used.use)
    today = since_changes(used.grid)
    channel_forecast = _in_use(channel, today, used.rest + ahead, events.since(used.skipped), is_open, fast=fast)
    expected = ~used.closed[:, None]
    return replace(
        channel_forecast,
        mean=channel_forecast.mean[used.rest :] * expected,
        quantiles={name: values[used.rest :] * expected for name, values in channel_forecast.quantiles.items()},
        use=used.use,
        filled=is_open & ~_watched_at_all(grid),
    )


def _watched_at_all(grid: Grid) -> NDArray[np.bool_]:
    """Whether each slot of each weekday was observed at least once, shape (7, slots)."""
    of_weekday = np.arange(7)[:, None] == grid.weekday
    seen: NDArray[np.bool_] = (of_weekday.astype(float) @ np.isfinite(grid.values)) > 0
    return seen


def _in_use(
    channel: str, grid: Grid, ahead: int, events: Marks, is_open: NDArray[np.bool_], *, fast: bool
) -> ChannelForecast:
    """Forecast a channel that is in use: by its members, or by means where the history is too short or sparse."""
    totals = day_totals(grid)
    seldom = fallback.seldom_weekdays(totals, grid.weekday)
    # Days whose logs say little are kept from the members; they have their mean.
    busy = np.where(seldom[grid.weekday], np.nan, totals)
    regular = fallback.without_idle_weekdays(totals, grid.weekday)
    if fallback.is_sparse(regular) or fallback.is_short(regular) or fallback.is_short(busy):
        return _simple(channel, without_holidays(grid, totals, events), regular, ahead, is_open)
    memory = MEMORIES[1] if fast else choose_memory(grid, totals)
    weekday = weekdays(grid.first, grid.days + ahead)
    calendar = level.CalendarTerms.of(grid.first, grid.days + ahead, events.columns, events.shared, events.kinds)
    members = Members(busy, weekday, calendar, fast)

    def means(origin: int, blended: Array) -> Array:
        """Totals of the days after an origin, as known then."""
        days = weekday[origin : origin + len(blended)]
        return np.where(seldom[days], fallback.mean_totals(totals[:origin], weekday[:origin])[days], blended)

    trials, errors = _tried(grid, totals, busy, members, memory, means)
    said = members.ahead(ahead)
    weight = blend.weights(errors, len(said))
    total = means(grid.days, members.blended(stacked(said), weight))
    seen = shares(grid, members.ordinary(totals), memory)
    shape = np.where(is_open, fill_unseen(seen, is_open, watched(grid, totals)), 0.0)
    made = _made(members, said, weight, errors, events)
    explanation = explained(channel, "fast" if fast else "recipe", busy, made)
    week = _whole_week(explanation.week, seldom, fallback.mean_totals(totals, grid.weekday))
    explanation = replace(explanation, week=week)
    return _channel_forecast(channel, total[:, None] * shape[weekday[grid.days :]], trials, DEFAULT, explanation)


def _made(members: Members, said: list[MemberForecast], weight: Array, errors: list[Array], events: Marks) -> FitRecord:
    """What the blend was made of, for its explanation."""
    return FitRecord(
        members.names,
        weight,
        blend.mean_errors(errors, weight.shape),
        [one.fit for one in said],
        members.calendar.dates,
        events.columns,
        events.names,
        members.calendar.own.marks(members.learned(len(members.totals))),
    )


def _whole_week(week: tuple[float, ...], seldom: NDArray[np.bool_], means: Array) -> tuple[float, ...]:
    """Factors of the weekdays, those of seldom busy ones from their means."""
    factor = np.array(week)
    middle = means[~seldom].sum() / factor[~seldom].sum()
    return tuple(np.where(seldom, means / middle, factor).tolist())


def _tried(
    grid: Grid, totals: Array, busy: Array, members: Members, memory: Memory, means: Callable[[int, Array], Array]
) -> tuple[list[Trial], list[Array]]:
    """Forecast the past again: what would have been said, blended by the errors at the other origins; the errors."""
    starts = [day for day in accuracy.origins(grid.days) if np.isfinite(busy[:day]).sum() >= LEAST_KNOWN]
    starts = starts[: FAST_TRIALS if members.fast else None]
    past = members.tried({origin: min(accuracy.TRIAL_DAYS, grid.days - origin) for origin in starts})
    errors = {origin: members.errors(logs, busy[origin : origin + logs.shape[1]]) for origin, logs in past.items()}
    trials = []
    for origin, logs in past.items():
        others = [error for other, error in errors.items() if other != origin] or list(errors.values())
        total = means(origin, members.blended(logs, blend.weights(others, len(logs))))
        shape = shares(grid.until(origin), members.ordinary(totals[:origin]), memory)[
            grid.weekday[origin : origin + len(total)]
        ]
        trials.append(accuracy.trial(grid, origin, total[:, None] * shape))
    return trials, list(errors.values())


def _silent(channel: str, grid: Grid, ahead: int) -> ChannelForecast:
    """Zeros: a channel that is not in use."""
    mean = np.zeros((ahead, len(grid.times_of_day)))
    explanation = Explanation(channel, "silent", NothingCame(f"channel {channel}"))
    return ChannelForecast(mean, {name: mean.copy() for name in LEVELS}, None, "silent", explanation)


def _simple(channel: str, grid: Grid, totals: Array, ahead: int, is_open: NDArray[np.bool_]) -> ChannelForecast:
    """Means of weekday and slot, where the history is too short or too sparse for more."""
    short = fallback.is_short(totals)
    half_life = fallback.HALF_LIFE_WEEKS if short else fallback.SPARSE_HALF_LIFE_WEEKS
    trials = []
    for origin in accuracy.origins(grid.days, least=28 if short else accuracy.LEAST_HISTORY_DAYS):
        before = grid.until(origin)
        if np.isfinite(before.values).any():
            later = weekdays(grid.first, grid.days)[origin : origin + accuracy.TRIAL_DAYS]
            trials.append(accuracy.trial(grid, origin, fallback.weekday_means(before, half_life)[later]))
    means = fallback.weekday_means(grid, half_life)
    on_any_day = np.broadcast_to(np.isfinite(grid.values).any(axis=0), is_open.shape)
    table = np.where(is_open, fill_unseen(means, is_open, on_any_day), 0.0)
    mean = table[weekdays(grid.first, grid.days + ahead)[grid.days :]]
    why = (MeanOfShortHistory if short else MeanOfFewContacts)(f"channel {channel}")
    explanation = Explanation(channel, "short" if short else "sparse", why)
    return _channel_forecast(channel, mean, trials, SHORT_SPREAD, explanation)


def _channel_forecast(
    channel: str, mean: Array, trials: list[Trial], otherwise: Spreads, explanation: Explanation
) -> ChannelForecast:
    trials = [one for one in trials if len(one.actual)]
    lead = np.broadcast_to(np.arange(1, len(mean) + 1)[:, None], mean.shape).astype(np.int64)
    mean = mean * bias.factors(trials)[bucket_of(lead)]
    trials = bias.corrected(trials)
    spreads = accuracy.fit_all(trials) if trials else otherwise
    record = accuracy.summary(channel, trials)
    past = accuracy.past(channel, trials)
    return ChannelForecast(mean, quantiles(mean, lead, spreads), record, explanation.method, explanation, past)
