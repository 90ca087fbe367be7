"""Why a forecast has its value: the members with their weights, and the effects of week, year, month and events."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from forecast.facts import Best, EqualWeights, WeightsByError
from forecast.models.quantiles import BUCKETS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from numpy.typing import NDArray

    from configs.notes import Noticed
    from forecast.calendar.own_days import OwnMarks
    from forecast.models.level import Fit

    Array = NDArray[np.float64]

YEAR = 365
TREND_DAYS = 56


@dataclass(frozen=True)
class Member:
    """One member of the blend; `weights` and `errors` for the first week, the second, and beyond.

    An error is the mean absolute error of log day totals in the backtest, about the relative error; on an irregular
    channel the root mean squared error of totals over their mean. NaN unknown.
    """

    name: str
    weights: tuple[float, ...]
    errors: tuple[float, ...]


@dataclass(frozen=True)
class Effect:
    """What an event, a holiday or a day of the month does: 0.2 is a fifth more contacts; `days` it was seen on."""

    name: str
    size: float
    days: int


@dataclass(frozen=True)
class Explanation:
    """Explanation of the forecast of one channel; factors are relative to a typical day.

    Parameters
    ----------
    channel
        Name.
    method
        ``recipe``, ``fast``, or the fall-back used: ``short``, ``sparse``, ``silent``.
    why
        What decided the method or the weights.
    voices
        Members of the blend, heaviest in the first week first; none for a fall-back.
    week
        Factor of Monday to Sunday.
    year
        Mean factor of January to December; empty when the history is too short for it.
    month
        Factor of day 1 to 31 of the month; empty when it is not used.
    events
        Events and holidays by name, then days near holidays and days of the month that stand out.
    trend_a_year
        Change of the level over the last year as a share; None below a year and eight weeks.
    """

    channel: str
    method: str
    why: Noticed
    voices: tuple[Member, ...] = ()
    week: tuple[float, ...] = ()
    year: tuple[float, ...] = ()
    month: tuple[float, ...] = ()
    events: tuple[Effect, ...] = ()
    trend_a_year: float | None = None


@dataclass(frozen=True)
class FitRecord:
    """What the recipe used: weights and errors (buckets x members), their fits, and the days they cover.

    A member without effects of its own has None in place of a fit.
    """

    names: Sequence[str]
    weights: Array
    errors: Array
    fits: Sequence[Fit | None]
    dates: Sequence[date]
    marks: Array
    mark_names: Sequence[str]
    own: OwnMarks

    @property
    def explaining(self) -> list[Fit]:
        """Fits of the members that have effects of their own, in the order of the members."""
        return [fit for fit in self.fits if fit is not None]


def explained(channel: str, method: str, totals: Array, made: FitRecord) -> Explanation:
    """Explain the forecast of a recipe; ridge members count with their weights of the first week."""
    n = len(totals)
    fits = made.explaining
    share = np.array([made.weights[0, i] for i, fit in enumerate(made.fits) if fit is not None])
    share = share / share.sum() if share.sum() > 0 else np.full(len(fits), 1 / len(fits))
    log = {
        kind: np.tensordot(share, np.stack([fit.effect(kind) for fit in fits]), axes=1)
        for kind in ("weekday", "year", "month", "growth", "events", "own")
    }
    weekday = np.array([day.weekday() for day in made.dates])
    month = np.array([day.month for day in made.dates]) - 1
    position = np.array([day.day for day in made.dates]) - 1
    calendar = log["weekday"] + log["year"] + log["month"] + log["events"] + log["own"]
    return Explanation(
        channel,
        method,
        _why(channel, made),
        _members(made),
        _factors(log["weekday"], weekday, 7, totals),
        _factors(log["year"], month, 12, totals) if log["year"].any() else (),
        _factors(log["month"], position, 31, totals) if log["month"].any() else (),
        _effects(made, share, np.isfinite(totals)),
        _trend(totals, calendar[:n]),
    )


def _members(made: FitRecord) -> tuple[Member, ...]:
    order = sorted(range(len(made.names)), key=lambda i: (-made.weights[0, i], i))
    return tuple(
        Member(made.names[i], tuple(made.weights[:, i].tolist()), tuple(made.errors[:, i].tolist())) for i in order
    )


def _why(channel: str, made: FitRecord) -> Noticed:
    where, known = f"channel {channel}", np.flatnonzero(np.isfinite(made.errors).all(axis=1))
    if not len(known):
        return EqualWeights(where)
    best = []
    for bucket in dict.fromkeys((known[0], known[-1])):
        member, (first, last) = int(np.argmin(made.errors[bucket])), BUCKETS[bucket]
        end = last if last < BUCKETS[-1][1] else None
        best.append(Best(made.names[member], float(made.errors[bucket, member]), first, end))
    return WeightsByError(where, tuple(best))


def _factors(log: Array, group: NDArray[np.int64], groups: int, totals: Array) -> tuple[float, ...]:
    """Mean factor of each group of days, relative to the mean of the groups that are open."""
    known = np.flatnonzero(np.isfinite(totals) & (totals > 0))
    open_groups = np.unique(group[known]) if groups == 7 else np.unique(group)
    mean = np.full(groups, np.nan)
    for g in open_groups:
        mean[g] = log[group == g].mean()
    factor = np.exp(mean - np.nanmean(mean))
    return tuple(float(value) if np.isfinite(value) else 0.0 for value in factor)


def _effects(made: FitRecord, share: Array, known: NDArray[np.bool_]) -> tuple[Effect, ...]:
    """Size of every event; a holiday by name has that of any holiday in it."""
    own = _blended(made, share, "events")
    out = []
    for j, name in enumerate(made.mark_names):
        days = made.marks[:, j] > 0
        around = np.array([(made.marks[days, i] > 0).all() for i in range(made.marks.shape[1])])
        seen = int((days[: len(known)] & known).sum())
        out.append(Effect(name, float(np.expm1(own[around].sum())), seen))
    return (*out, *_own(made, share, known))


def _blended(made: FitRecord, share: Array, kind: str) -> Array:
    """Log effects of one kind, averaged over the members that have them."""
    effects = (fit.effects[fit.design.kinds[kind]] for fit in made.explaining)
    return np.asarray(sum(weight * effect for weight, effect in zip(share, effects, strict=True)))


def _own(made: FitRecord, share: Array, known: NDArray[np.bool_]) -> Iterator[Effect]:
    """Size of the days near holidays and of the month that were learned."""
    sizes = _blended(made, share, "own")
    for j, name in enumerate(made.own.names):
        seen = int(((made.own.columns[: len(known), j] > 0) & known).sum())
        yield Effect(name, float(np.expm1(sizes[j])), seen)


def _trend(totals: Array, calendar: Array) -> float | None:
    """Median of the last eight weeks over that of the same weeks a year before, calendar effects taken off."""
    n = len(totals)
    if n < YEAR + TREND_DAYS:
        return None
    known = np.isfinite(totals) & (totals > 0)
    log = np.where(known, np.log(np.where(known, totals, 1.0)) - calendar, np.nan)
    now, before = log[-TREND_DAYS:], log[n - YEAR - TREND_DAYS : n - YEAR]
    if not np.isfinite(now).any() or not np.isfinite(before).any():
        return None
    return float(np.expm1(np.nanmedian(now) - np.nanmedian(before)))


def plain(explanation: Explanation) -> dict[str, Any]:
    """Return the explanation as JSON holds it; an error that is not known is null."""
    found: dict[str, Any] = asdict(explanation) | {"why": explanation.why.sentence}
    for member in found["voices"]:
        member["errors"] = [error if np.isfinite(error) else None for error in member["errors"]]
    return found
