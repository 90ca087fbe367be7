"""Why a forecast says what it says: who speaks with what weight, and what week, year, month and events do."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from forecast.quantiles import BUCKETS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from numpy.typing import NDArray

    from forecast.level import Fit
    from forecast.own_days import OwnMarks

    Array = NDArray[np.float64]

YEAR = 365
TREND_DAYS = 56
SEEN_ONCE = 1
LEAST_TOLD = 0.005


@dataclass(frozen=True)
class Voice:
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
    """What stands behind the forecast of one channel; factors are relative to a middling day.

    Parameters
    ----------
    channel
        Name.
    method
        ``recipe``, ``fast``, or the fall-back used: ``short``, ``sparse``, ``silent``.
    why
        One sentence.
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
    why: str
    voices: tuple[Voice, ...] = ()
    week: tuple[float, ...] = ()
    year: tuple[float, ...] = ()
    month: tuple[float, ...] = ()
    events: tuple[Effect, ...] = ()
    trend_a_year: float | None = None


@dataclass(frozen=True)
class Made:
    """What the recipe used: weights and errors (buckets x members), the ridge fits, and the days they cover."""

    names: Sequence[str]
    weights: Array
    errors: Array
    fits: Sequence[Fit]
    dates: Sequence[date]
    marks: Array
    mark_names: Sequence[str]
    own: OwnMarks


def explained(channel: str, method: str, totals: Array, made: Made) -> Explanation:
    """Explain the forecast of a recipe; the ridge members speak with their weights of the first week."""
    n = len(totals)
    share = made.weights[0, : len(made.fits)]
    share = share / share.sum() if share.sum() > 0 else np.full(len(made.fits), 1 / len(made.fits))
    log = {
        kind: np.tensordot(share, np.stack([fit.effect(kind) for fit in made.fits]), axes=1)
        for kind in ("weekday", "year", "month", "growth", "events", "own")
    }
    weekday = np.array([day.weekday() for day in made.dates])
    month = np.array([day.month for day in made.dates]) - 1
    position = np.array([day.day for day in made.dates]) - 1
    calendar = log["weekday"] + log["year"] + log["month"] + log["events"] + log["own"]
    return Explanation(
        channel,
        method,
        _why(made),
        _voices(made),
        _factors(log["weekday"], weekday, 7, totals),
        _factors(log["year"], month, 12, totals) if log["year"].any() else (),
        _factors(log["month"], position, 31, totals) if log["month"].any() else (),
        _effects(made, share, np.isfinite(totals)),
        _trend(totals, calendar[:n]),
    )


def _voices(made: Made) -> tuple[Voice, ...]:
    order = sorted(range(len(made.names)), key=lambda i: (-made.weights[0, i], i))
    return tuple(
        Voice(made.names[i], tuple(made.weights[:, i].tolist()), tuple(made.errors[:, i].tolist())) for i in order
    )


def _why(made: Made) -> str:
    known = np.flatnonzero(np.isfinite(made.errors).all(axis=1))
    if not len(known):
        return "the history is too short to try the members on it, so all weigh the same"
    said = []
    for bucket in (known[0], known[-1]) if len(known) > 1 else (known[0],):
        best = int(np.argmin(made.errors[bucket]))
        low, high = BUCKETS[bucket]
        span = f"{low} to {high}" if high < BUCKETS[-1][1] else f"{low} and more"
        said.append(f'"{made.names[best]}" was {made.errors[bucket, best]:.1%} off {span} days ahead')
    return f"on past weeks {' and '.join(said)}, least of all members; weight falls with the fourth power of the error"


def _factors(log: Array, group: NDArray[np.int64], groups: int, totals: Array) -> tuple[float, ...]:
    """Mean factor of each group of days, relative to the mean of the groups that are open."""
    known = np.flatnonzero(np.isfinite(totals) & (totals > 0))
    open_groups = np.unique(group[known]) if groups == 7 else np.unique(group)
    mean = np.full(groups, np.nan)
    for g in open_groups:
        mean[g] = log[group == g].mean()
    factor = np.exp(mean - np.nanmean(mean))
    return tuple(float(value) if np.isfinite(value) else 0.0 for value in factor)


def _effects(made: Made, share: Array, known: NDArray[np.bool_]) -> tuple[Effect, ...]:
    """Size of every event; a holiday by name has that of any holiday in it."""
    own = sum(weight * fit.effects[fit.design.kinds["events"]] for weight, fit in zip(share, made.fits, strict=True))
    out = []
    for j, name in enumerate(made.mark_names):
        days = made.marks[:, j] > 0
        around = np.array([(made.marks[days, i] > 0).all() for i in range(made.marks.shape[1])])
        seen = int((days[: len(known)] & known).sum())
        out.append(Effect(name, float(np.expm1(np.asarray(own)[around].sum())), seen))
    return (*out, *_own(made, share, known))


def _own(made: Made, share: Array, known: NDArray[np.bool_]) -> Iterator[Effect]:
    """Size of the days near holidays and of the month that were learned."""
    sizes = sum(weight * fit.effects[fit.design.kinds["own"]] for weight, fit in zip(share, made.fits, strict=True))
    for j, name in enumerate(made.own.names):
        seen = int(((made.own.columns[: len(known), j] > 0) & known).sum())
        yield Effect(name, float(np.expm1(np.asarray(sizes)[j])), seen)


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


def told(explanation: Explanation) -> list[str]:
    """Return the explanation as lines of text."""
    lines = [f"{explanation.channel}: {explanation.why}"]
    for voice in explanation.voices:
        weights = " / ".join(f"{weight:.0%}" for weight in voice.weights)
        lines.append(f"  {voice.name:<34} weight {weights} (week 1 / week 2 / later)")
    days = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
    if explanation.week:
        lines.append("  week   " + _listed(days, explanation.week))
    if explanation.year:
        names = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
        lines.append("  year   " + _listed(names, explanation.year))
    if explanation.month:
        shown = (1, 5, 10, 15, 20, 25, 30)
        lines.append("  month  " + _listed([f"day {d}" for d in shown], [explanation.month[d - 1] for d in shown]))
    if explanation.trend_a_year is not None:
        lines.append(f"  trend  {explanation.trend_a_year:+.1%} over the last year")
    for effect in explanation.events:
        if not effect.days and abs(effect.size) < LEAST_TOLD:
            continue
        seen = "not seen yet" if not effect.days else f"seen on {effect.days} day{'s' if effect.days > 1 else ''}"
        lines.append(
            f"  event  {effect.name}: {effect.size:+.0%} ({seen}{', shrunk' if effect.days == SEEN_ONCE else ''})"
        )
    return lines


def plain(explanation: Explanation) -> dict[str, Any]:
    """Return the explanation as JSON holds it; an error that is not known is null."""
    told_as = asdict(explanation)
    for voice in told_as["voices"]:
        voice["errors"] = [error if np.isfinite(error) else None for error in voice["errors"]]
    return told_as


def _listed(names: Sequence[str], factors: Sequence[float]) -> str:
    return "  ".join(
        f"{name} {factor - 1:+.0%}" if factor > 0 else f"{name} closed"
        for name, factor in zip(names, factors, strict=True)
    )
