"""The rest of today from the day so far: a shrunk ratio, or the components of past errors where those did better.

Scaling the rest of the day by what came over what was expected makes it worse on most histories measured; the
ratio of the last hour to the power of an exponent learned from past days does not. The last hour tells more than
the whole morning: what went wrong at six is often over by ten.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

import numpy as np

from forecast.data.day_totals import day_totals
from forecast.models import level
from forecast.models.irregular import fit_mean, is_irregular
from forecast.models.members import MONTH
from forecast.models.profile import MEMORIES, shares
from forecast.result import NOTABLE_BIAS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from forecast.data.grid import Grid

    Array = NDArray[np.float64]

PAST_DAYS = 80
LEAST_DAYS = 15
"""With fewer past days there is no exponent; the day-ahead forecast is used."""
CLIP_MADS = 2.5
COMPONENTS = 3
WORTH = 0.98
"""Components must have cut the error of past days by two percent more than the ratio did."""
ROOT = 0.25
"""Square roots of counts plus a quarter have nearly the same variance at every level."""

Method = Literal["none", "ratio", "components"]


@dataclass(frozen=True)
class Rule:
    """How the day so far changes the rest of it.

    Parameters
    ----------
    so_far
        Slots that are over, a mask.
    recent
        Slots of the last hour with contacts among them; their ratio counts.
    method
        ``none`` (too little history), ``ratio`` or ``components``.
    exponent
        Power of the ratio, 0 (ignore the morning) to 1 (believe all of it).
    limit
        Largest log ratio believed.
    components
        Shapes of past errors of square roots, shape (slots, components).
    shrink
        Noise over variance of each component.
    days
        Past days it was learned from.
    errors
        Absolute error of the rest of those days relative to the day-ahead forecast's: of the ratio, of components.
    scales
        Factors that keep the rest of those days, as the ratio and the components say it, unbiased in sum; 1 when
        that takes no more than `NOTABLE_BIAS`.
    """

    so_far: NDArray[np.bool_]
    recent: NDArray[np.bool_]
    method: Method
    exponent: float
    limit: float
    components: Array
    shrink: Array
    days: int
    errors: tuple[float, float]
    scales: tuple[float, float] = (1.0, 1.0)


@dataclass(frozen=True)
class Update:
    """Today again: `volume` of every slot (what came, then the rest), ratio of the last hour, factor of the rest."""

    volume: Array
    ratio: float
    factor: float
    rule: Rule


def learn(said: Array, came: Array, so_far: NDArray[np.bool_], hour: int = 2) -> Rule:
    """Learn from past days, oldest first.

    Parameters
    ----------
    said
        Day-ahead forecasts, shape (days, slots).
    came
        What came, NaN not observed.
    so_far
        Slots of the day that are over.
    hour
        Number of slots in an hour.
    """
    used = said.sum(axis=0) > 0
    recent = np.zeros(len(used), dtype=bool)
    recent[np.flatnonzero(so_far & used)[-hour:]] = True
    whole = np.isfinite(came[:, used]).all(axis=1)
    said, came = said[whole][-PAST_DAYS:], np.nan_to_num(came[whole][-PAST_DAYS:])
    if len(said) < LEAST_DAYS or not recent.any() or not (used & ~so_far).any():
        empty = np.zeros((said.shape[1], 0))
        return Rule(so_far, recent, "none", 0.0, 0.0, empty, np.zeros(0), len(said), (1.0, 1.0))
    half = len(said) // 2
    early = _rule(said[:half], came[:half], so_far, recent)
    errors = _tried(early, said[half:], came[half:])
    rule = _rule(said, came, so_far, recent)
    method: Method = "components" if errors[1] < WORTH * min(errors[0], 1.0) else "ratio"
    return replace(rule, method=method, errors=errors)


def _rule(said: Array, came: Array, so_far: NDArray[np.bool_], recent: NDArray[np.bool_]) -> Rule:
    morning, rest = (_log_ratio(came[:, k].sum(axis=1), said[:, k].sum(axis=1)) for k in (recent, ~so_far))
    limit = _limit(morning)
    x, y = np.clip(morning, -limit, limit), np.clip(rest, -_limit(rest), _limit(rest))
    exponent = float(np.clip((x * y).sum() / ((x**2).sum() + 1e-9), 0.0, 1.0))
    errors = np.sqrt(came + ROOT) - np.sqrt(said + ROOT)
    _, size, shapes = np.linalg.svd(errors, full_matrices=False)
    kept = min(COMPONENTS, len(size))
    variance = size[:kept] ** 2 / len(said)
    noise = float((size[kept:] ** 2).sum()) / errors.size
    shrink = noise / np.maximum(variance, 1e-12)
    rule = Rule(so_far, recent, "ratio", exponent, limit, shapes[:kept].T, shrink, len(said), (1.0, 1.0))
    scales = (_ratio_scale(rule, said, came), _components_scale(rule, said, came))
    ratio, components = (scale if abs(scale - 1) > NOTABLE_BIAS else 1.0 for scale in scales)
    return replace(rule, scales=(ratio, components))


def _ratio_scale(rule: Rule, said: Array, came: Array) -> float:
    """Mean ratio to the power, over the mean of the powers, which is below it where mornings are irregular."""
    said, came = said[:, rule.recent].sum(axis=1), came[:, rule.recent].sum(axis=1)
    powers = np.exp(rule.exponent * np.clip(_log_ratio(came, said), -2 * rule.limit, 2 * rule.limit))
    whole = float(np.exp(rule.exponent * _log_ratio(came.mean(), said.mean())))
    return whole * float(said.sum() / (said @ powers)) if said.sum() > 0 else 1.0


def _components_scale(rule: Rule, said: Array, came: Array) -> float:
    """What came over what the squares of corrected roots sum to."""
    rest = ~rule.so_far
    again = sum(float(_by_components(rule, p, y)[rest].sum()) for p, y in zip(said, came, strict=True))
    return float(came[:, rest].sum()) / again if again > 0 else 1.0


def _limit(logs: Array) -> float:
    return CLIP_MADS * level.MAD_TO_SIGMA * float(np.median(np.abs(logs))) + 1e-6


def _tried(rule: Rule, said: Array, came: Array) -> tuple[float, float]:
    """Errors of both ways on later days, relative to leaving the rest alone."""
    rest = ~rule.so_far
    alone = float(np.abs(said - came)[:, rest].sum())
    ways = []
    for way in (_by_ratio, _by_components):
        error = sum(float(np.abs(way(rule, p, y) - y)[rest].sum()) for p, y in zip(said, came, strict=True))
        ways.append(error / alone if alone > 0 else 1.0)
    return ways[0], ways[1]


def update(rule: Rule, said: Array, came: Array) -> Update:
    """Forecast today again.

    Parameters
    ----------
    rule
        Learned for the same slots so far.
    said
        Forecast of today as it was made, shape (slots,).
    came
        What came so far; NaN in a slot that is over counts as said.
    """
    seen = np.where(rule.so_far & np.isfinite(came), came, said)
    believed = np.where(rule.so_far, seen, said)
    ratio = float(np.exp(_log_ratio(believed[rule.recent].sum(), said[rule.recent].sum())))
    way = {"none": _as_said, "ratio": _by_ratio, "components": _by_components}[rule.method]
    volume = np.where(rule.so_far, seen, way(rule, said, believed))
    rest = float(said[~rule.so_far].sum())
    factor = float(volume[~rule.so_far].sum()) / rest if rest > 0 else 1.0
    return Update(volume, ratio, factor, rule)


def _log_ratio(came: Array, said: Array) -> Array:
    return np.asarray(np.log((np.asarray(came) + 1.0) / (np.asarray(said) + 1.0)), dtype=np.float64)


def _as_said(rule: Rule, said: Array, came: Array) -> Array:  # noqa: ARG001 - one of three ways
    return said


def _by_ratio(rule: Rule, said: Array, came: Array) -> Array:
    ratio = _log_ratio(came[rule.recent].sum(), said[rule.recent].sum())
    factor: Array = rule.scales[0] * said * np.exp(rule.exponent * np.clip(ratio, -2 * rule.limit, 2 * rule.limit))
    return factor


def _by_components(rule: Rule, said: Array, came: Array) -> Array:
    """Scores of the components by ridge on the morning's errors, their past variance as prior."""
    k = rule.so_far
    shapes, root = rule.components, np.sqrt(said + ROOT)
    error = np.sqrt(came[k] + ROOT) - root[k]
    scores = np.linalg.solve(shapes[k].T @ shapes[k] + np.diag(rule.shrink), shapes[k].T @ error)
    changed: Array = np.where(said > 0, np.maximum(np.maximum(root + shapes @ scores, 0.0) ** 2 - ROOT, 0.0), 0.0)
    return rule.scales[1] * changed


def day_ahead(grid: Grid, marks: Array, days: int = PAST_DAYS) -> Array:
    """What one quick model would have said of each of the last days on the evening before; shape (days, slots).

    Parameters
    ----------
    grid
        History.
    marks
        Event marks of its days.
    days
        Number of last days; fewer when the history is short.
    """
    totals = day_totals(grid)
    calendar = level.CalendarTerms.of(grid.first, grid.days, marks)
    fit = fit_mean if is_irregular(totals, grid.weekday, marks) else level.fit_level
    first = max(grid.days - days, LEAST_DAYS)
    said = np.zeros((max(grid.days - first, 0), len(grid.times_of_day)))
    for i, day in enumerate(range(first, grid.days)):
        if not np.isfinite(totals[:day]).any():
            continue
        total = np.exp(fit(totals[:day], calendar, 1, MONTH).ahead[0])
        said[i] = total * shares(grid.until(day), totals[:day], MEMORIES[1])[grid.weekday[day]]
    return said
