"""Day totals ahead by a closed-form ridge on logs with a smoothed, damped level.

``log total = mean + calendar @ b + level``; the calendar terms and the level are fitted in turns, the level's
smoothing and decay are those that did best one to four weeks ahead, since that is how far a roster looks.
"""

# pyright: reportPossiblyUnboundVariable=false
# A loop over a constant number of rounds always runs.

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np

from forecast.calendar.own_days import NOTHING, OwnDays
from forecast.data.grid import weekdays
from forecast.models.retransform import catching_up, log_lift

if TYPE_CHECKING:
    from datetime import date

    from numpy.typing import NDArray

    from forecast.calendar.day_kinds import DayKinds
    from forecast.calendar.own_days import Learned

    Array = NDArray[np.float64]

YEAR_DAYS = 365.25
HALF_LIFE_DAYS = 730.0
LOSS_HALF_LIFE_DAYS = 250.0
ALPHAS = (0.01, 0.03, 0.06, 0.1, 0.15, 0.2, 0.3, 0.4, 0.55)
DECAYS = (1.0, 0.98, 0.95, 0.9, 0.8)
LEADS = (1, 7, 14, 21, 28)
ROUNDS = 3
OUTLIER_MADS = 3.0
MAD_TO_SIGMA = 1.4826
BLOCK_DAYS = 112
LEAST_TOTAL = 0.5
"""Totals below it are taken as this, since the log of 0 is not a number."""

WEEKDAY_PENALTY = 0.05
EVENT_PENALTY = 0.3
EVENT_VARIANCE = 0.25
"""Usual variance of the log effects of events; where days are regular, a single event tells nearly all of its own."""
SHARED_PENALTY = 0.03
"""What all holidays have in common is learned from all of them; two on one day then count hardly more than one."""
OWN_PENALTY = 0.03
"""A day that was admitted for standing out needs less shrinking than an event somebody named."""
MONTH_HARMONICS = 3
YEAR_HARMONICS = 6
YEARS_FOR_A_SHAPE, YEARS_FOR_DETAIL = 1.15, 2.2
GROWTH_HARMONICS, GROWTH_YEAR_PENALTY = 10, 0.1
GROWTH_KNOTS_A_YEAR = 6
GROWTH_LASTS_DAYS = 120.0
GROWTH_PENALTY, SLOPE_PENALTY = 0.3, 1e-3
"""A bend of the growth is penalised, its first slope hardly."""


@dataclass(frozen=True)
class RidgeSpec:
    """A variant of the model.

    Parameters
    ----------
    name
        What it is called when the blend is explained.
    month
        Whether the position in the month counts.
    decays
        Decays its level may have.
    half_life_days
        Age at which a day counts half.
    growth
        Whether it has a trend that bends every two months, besides a finer yearly shape.
    """

    name: str
    month: bool
    decays: tuple[float, ...] = DECAYS
    half_life_days: float = HALF_LIFE_DAYS
    growth: bool = False


@dataclass(frozen=True)
class CalendarTerms:
    """Calendar terms of consecutive days (history, then ahead): columns for the ridge, by kind."""

    weekday: Array
    year: Array
    month: Array
    events: Array
    dates: tuple[date, ...]
    shared: tuple[bool, ...]
    own: OwnDays

    @classmethod
    def of(
        cls, first: date, days: int, events: Array, shared: tuple[bool, ...] = (), kinds: DayKinds | None = None
    ) -> CalendarTerms:
        """Build the terms of `days` days from `first` on; `events` has a row for each of them.

        `shared` says which events stand for any holiday; `kinds` which days are holidays and working days.
        """
        dates = [first + timedelta(days=i) for i in range(days)]
        year = 2 * np.pi * np.array([day.toordinal() for day in dates]) / YEAR_DAYS
        length = [((day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)).day for day in dates]
        month = 2 * np.pi * np.array([(day.day - 1) / size for day, size in zip(dates, length, strict=True)])
        weekday = (weekdays(first, days)[:, None] == np.arange(7)).astype(float)
        return cls(
            weekday,
            _waves(year, GROWTH_HARMONICS),
            _waves(month, MONTH_HARMONICS),
            events,
            tuple(dates),
            shared or (False,) * events.shape[1],
            OwnDays.of(first, events, kinds),
        )

    def design(self, seen: int, ahead: int, recipe: RidgeSpec, learned: Learned) -> Design:
        """Columns for `seen` days and the `ahead` after them."""
        harmonics = _year_harmonics(seen, growth=recipe.growth)
        ease = GROWTH_YEAR_PENALTY if recipe.growth else 1.0
        parts = {
            "weekday": (self.weekday, np.full(7, WEEKDAY_PENALTY)),
            "year": (self.year[:, : 2 * harmonics], ease * np.repeat(np.arange(1.0, harmonics + 1) ** 2, 2)),
        }
        if recipe.month:
            parts["month"] = (self.month, np.repeat(np.arange(1.0, MONTH_HARMONICS + 1), 2))
        if recipe.growth:
            bends = _bends(seen, len(self.weekday))
            parts["growth"] = (bends, np.array([SLOPE_PENALTY, *[GROWTH_PENALTY] * (bends.shape[1] - 1)]))
        parts["events"] = (self.events, np.where(self.shared, SHARED_PENALTY, EVENT_PENALTY))
        own = self.own.marks(learned)
        parts["own"] = (own.columns, np.full(len(own.names), OWN_PENALTY))
        ends = np.cumsum([columns.shape[1] for columns, _ in parts.values()])
        return Design(
            np.column_stack([columns for columns, _ in parts.values()])[: seen + ahead],
            np.concatenate([penalty for _, penalty in parts.values()]),
            {kind: slice(end - parts[kind][0].shape[1], end) for kind, end in zip(parts, ends.tolist(), strict=True)},
        )


@dataclass(frozen=True)
class Design:
    """Columns of the ridge, a row for each day; the penalty of each column; which columns are of which kind."""

    columns: Array
    penalty: Array
    kinds: dict[str, slice]


@dataclass(frozen=True)
class Fit:
    """Logs of the means of the days ahead, and what explains them.

    `effects` holds the coefficient of each column of `design`; `level` is what stands above the calendar on the
    last day, returning to 0 by the factor `decay` a day; `lift` the log of the mean over the typical day (in `ahead`).
    """

    ahead: Array
    design: Design
    effects: Array
    level: float
    decay: float
    lift: float = 0.0

    def special(self) -> Array:
        """Log effect of events, of days near holidays and of single days of the month, on every day."""
        return self.effect("events") + self.effect("own")

    def effect(self, kind: str) -> Array:
        """Log effect of one kind of calendar term on every day, history first; zeros when the model has none."""
        columns = self.design.kinds.get(kind, slice(0, 0))
        effect: Array = self.design.columns[:, columns] @ self.effects[columns]
        return effect


def fit_level(totals: Array, calendar: CalendarTerms, ahead: int, recipe: RidgeSpec, learned: Learned = NOTHING) -> Fit:
    """Fit the ridge model with a smoothed level to the logs of day totals, and continue it.

    Effects of weekday, season and calendar and the level are fitted in turn; days far off count less (Huber weights).

    Parameters
    ----------
    totals
        Contacts of each day, NaN unknown.
    calendar
        Terms of these days and of those ahead.
    ahead
        Number of days to continue.
    recipe
        Which terms take part, and how long the past counts.
    learned
        The days that have an effect of their own.

    References
    ----------
    Hoerl and Kennard (1970), Ridge regression; Huber (1964), Robust estimation of a location parameter.
    """
    n = len(totals)
    design = calendar.design(n, ahead, recipe, learned)
    columns = design.columns
    # A marked day is explained by its mark; taken for an outlier, its effect would never be learned.
    marked = calendar.events[:n].any(axis=1) | columns[:n, design.kinds["own"]].any(axis=1)
    # A regular channel has no day without a contact by chance: nobody worked, and other days learn nothing from it.
    busy = np.nan_to_num(totals) > 0
    known = np.isfinite(totals) & (busy | marked)
    usual = known & busy & learned.usual(n)
    y = np.log(np.maximum(np.where(known, totals, 1.0), LEAST_TOTAL))
    age = n - 1 - np.arange(n)
    weight = np.where(known, 0.5 ** (age / recipe.half_life_days), 0.0)
    mean = (weight * y).sum() / weight.sum()
    robust, level = np.ones(n), np.zeros(n)
    penalty = design.penalty.copy()
    for _ in range(ROUNDS):
        weighted = columns[:n] * (weight * robust)[:, None]
        gram, target = products(weighted, columns[:n], y - mean - level)
        b = np.asarray(np.linalg.solve(gram + np.diag(penalty), target), dtype=np.float64)
        rest = y - mean - _times(columns[:n], b)
        smoothed = _smooth(rest, level, usual, recipe.decays)
        level = smoothed.before
        error = rest - level
        noise = _scale(error[known])
        limit = OUTLIER_MADS * noise
        events = design.kinds["events"]
        penalty[events] = np.minimum(design.penalty[events], noise**2 / EVENT_VARIANCE)
        robust = np.where(marked, 1.0, limit / np.maximum(np.abs(error), limit))
    path = smoothed.last * smoothed.decay ** np.arange(1, ahead + 1)
    settled = usual.copy()
    settled[usual] = ~catching_up(error[usual], limit)
    lift = log_lift(error[settled], weight[settled])
    return Fit(mean + columns[n:] @ b + path + lift, design, b, smoothed.last, smoothed.decay, lift)


def products(weighted: Array, columns: Array, y: Array) -> tuple[Array, Array]:
    """Return the two products of the normal equations, summed over blocks of days.

    Blocks are too small for the linear algebra to start threads, which cost far more than these products take.
    """
    width = columns.shape[1]
    gram, target = np.zeros((width, width)), np.zeros(width)
    for i in range(0, len(y), BLOCK_DAYS):
        block = weighted[i : i + BLOCK_DAYS].T
        gram += block @ columns[i : i + BLOCK_DAYS]
        target += block @ y[i : i + BLOCK_DAYS]
    return gram, target


def _times(columns: Array, b: Array) -> Array:
    """Return ``columns @ b``, in blocks for the same reason."""
    return np.concatenate([columns[i : i + BLOCK_DAYS] @ b for i in range(0, len(columns), BLOCK_DAYS)])


@dataclass(frozen=True)
class _Level:
    """The level known before each day, the last one, and how fast it returns to 0."""

    before: Array
    last: float
    decay: float


def _smooth(rest: Array, level: Array, known: NDArray[np.bool_], decays: tuple[float, ...]) -> _Level:
    """Exponential smoothing of the residual; smoothing and decay with the least error over `LEADS`."""
    n = len(rest)
    limit = OUTLIER_MADS * _scale((rest - level)[known])
    clipped = level + np.clip(rest - level, -limit, limit)
    after = np.stack([running_mean(clipped, known, alpha) for alpha in ALPHAS])
    before = np.concatenate([np.zeros((len(ALPHAS), 1)), after[:, :-1]], axis=1)
    weight = np.where(known, 0.5 ** ((n - 1 - np.arange(n)) / LOSS_HALF_LIFE_DAYS), 0.0)
    loss = np.zeros((len(ALPHAS), len(decays)))
    for lead in LEADS:
        late = np.arange(max(n // 3, lead - 1), n)
        if weight[late].sum() <= 0:
            continue
        share = weight[late] / weight[late].sum()
        for j, decay in enumerate(decays):
            loss[:, j] += np.abs(rest[late] - decay**lead * before[:, late - lead + 1]) @ share
    i, k = divmod(int(np.argmin(loss)), len(decays))
    return _Level(before[i], float(after[i, -1]), decays[k])


def running_mean(values: Array, known: NDArray[np.bool_], alpha: float) -> Array:
    """Exponentially weighted mean of the known values up to each day; 0 before the first."""
    from scipy.signal import lfilter

    total = lfilter([1.0], [1.0, alpha - 1.0], values[known])
    weight = (1 - (1 - alpha) ** np.arange(1, known.sum() + 1)) / alpha
    mean = np.concatenate([[0.0], total / weight])
    out: Array = mean[np.cumsum(known)]
    return out


def _scale(values: Array) -> float:
    """Return a standard deviation that outliers do not reach; above 0 even for a constant history."""
    return MAD_TO_SIGMA * float(np.median(np.abs(values))) + 1e-6


def is_long(days: int) -> bool:
    """Whether a history tells anything about the shape of a year."""
    return days / YEAR_DAYS >= YEARS_FOR_A_SHAPE


def _year_harmonics(days: int, *, growth: bool) -> int:
    """How fine a yearly shape the history supports: none below 14 months, three below two years, then six."""
    if not is_long(days):
        return 0
    if growth:
        return GROWTH_HARMONICS
    return YEAR_HARMONICS // 2 if days / YEAR_DAYS < YEARS_FOR_DETAIL else YEAR_HARMONICS


def _bends(seen: int, days: int) -> Array:
    """Years since the first day and since each bend, 0 before it; no bend in the last four weeks seen."""
    years = tiring(np.arange(days, dtype=float), seen)
    knots = np.arange(0.0, max(seen - max(LEADS), 1) / YEAR_DAYS, 1 / GROWTH_KNOTS_A_YEAR)
    bends: Array = np.maximum(years[:, None] - knots, 0.0)
    return bends


def tiring(day: Array, seen: int) -> Array:
    """Years since the first day, for growth that goes on for the four weeks ahead it is tried on and then tires.

    Nobody has seen that it lasts.
    """
    beyond = np.maximum(day - (seen - 1) - max(LEADS), 0.0)
    years: Array = (day - beyond + GROWTH_LASTS_DAYS * (1 - np.exp(-beyond / GROWTH_LASTS_DAYS))) / YEAR_DAYS
    return years


def _waves(angle: Array, harmonics: int) -> Array:
    return np.column_stack([wave(k * angle) for k in range(1, harmonics + 1) for wave in (np.sin, np.cos)])
