"""Has the forecast drifted? Cumulative sums of daily errors, the tracking signal, and bands that hold too little.

The limits are those of the textbooks: a slack of half a standard deviation and a limit of five, at which a forecast
without drift gives an alarm once in 465 days and a drift of one standard deviation is detected after 10 days on average
(Montgomery, Introduction to Statistical Quality Control, 7th ed., table 9.3). Errors of neighbouring days are
correlated, which makes false alarms somewhat more frequent than that.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]

SLACK = 0.5
LIMIT = 5.0
LEAST_DAYS = 7
"""Fewer days do not show drift."""
D2 = 1.128
"""Mean range of two normal values over their standard deviation."""
CONFIDENCE = 0.99

Verdict = Literal["right", "narrow", "wide"]


@dataclass(frozen=True)
class Drift:
    """Cumulative sums of one daily error.

    `up` grows while more comes than was said, `down` (0 or less) while less does; both in standard deviations.
    `sigma` is that deviation, as a share of what was said; `signal` the tracking signal. `alarm` is the number of the
    first day beyond the limit and `since` the day after the sum was last zero before it; none without an alarm.
    """

    up: Numbers
    down: Numbers
    sigma: float
    signal: float
    alarm: int | None
    since: int | None

    @property
    def above(self) -> bool:
        """Whether the alarm is for more than was said."""
        return self.alarm is not None and bool(self.up[self.alarm] > LIMIT)


def drift(came: Numbers, said: Numbers, noise: Numbers) -> Drift | None:
    """Follow the relative errors of days, in order.

    Parameters
    ----------
    came, said
        One number for each day; `said` above 0.
    noise
        Least standard deviation of each day's relative error, such as that of a Poisson count.

    Returns
    -------
    Drift or None
        None for fewer than `LEAST_DAYS` days.

    References
    ----------
    Page (1954), Continuous inspection schemes (cumulative sums). Montgomery, section 9.1 (tabular form), 6.4
    (standard deviation from the mean moving range, which a drift hardly touches). Brown (1959), Statistical Forecasting
    for Inventory Control (tracking signal).
    """
    if len(came) < LEAST_DAYS:
        return None
    error = came / said - 1.0
    sigma = max(float(np.abs(np.diff(error)).mean()) / D2, float(noise.mean()), 1e-9)
    z = error / sigma
    up, down = _sums(z), -_sums(-z)
    beyond = np.flatnonzero((up > LIMIT) | (down < -LIMIT))
    signal = tracking_signal(came, said)
    if not len(beyond):
        return Drift(up, down, sigma, signal, None, None)
    alarm = int(beyond[0])
    path = up if up[alarm] > LIMIT else down
    empty = np.flatnonzero(path[:alarm] == 0)
    return Drift(up, down, sigma, signal, alarm, int(empty[-1]) + 1 if len(empty) else 0)


def _sums(z: Numbers) -> Numbers:
    total, found = 0.0, np.zeros(len(z))
    for day, value in enumerate(z):
        total = max(0.0, total + float(value) - SLACK)
        found[day] = total
    return found


def tracking_signal(came: Numbers, said: Numbers) -> float:
    """Sum of errors over their mean absolute value; 0 without errors. Above 0: more came than was said."""
    error = came - said
    size = float(np.abs(error).mean())
    return float(error.sum()) / size if size > 0 else 0.0


@dataclass(frozen=True)
class Band:
    """How often actuals were inside a band of the forecast.

    `low` and `high` bound the true share with 99 % confidence; `effect` is how many times its size the count would
    need to be, since intervals of one day are correlated.
    """

    nominal: float
    intervals: int
    share: float
    low: float
    high: float
    effect: float

    @property
    def verdict(self) -> Verdict:
        """``narrow`` when the band covers significantly less than its nominal share, ``wide`` when more."""
        return "narrow" if self.high < self.nominal else "wide" if self.low > self.nominal else "right"


def band(inside: NDArray[np.bool_], day: NDArray[np.int64], nominal: float) -> Band | None:
    """Count how often a band covered the actuals, interval by interval.

    Parameters
    ----------
    inside
        Whether the actual was inside.
    day
        Number of the day of each interval.
    nominal
        Nominal share of the band, 0..1.

    Returns
    -------
    Band or None
        None without an interval.

    References
    ----------
    Clopper and Pearson (1934), The use of confidence or fiducial limits; with the number of intervals divided by the
    design effect of days (Kish 1965; Korn and Graubard 1998).
    """
    from scipy.special import betaincinv

    n = len(inside)
    if not n:
        return None
    hits = float(inside.sum())
    effect = design_effect(inside, day)
    x, m, tail = hits / effect, n / effect, (1 - CONFIDENCE) / 2
    low = float(betaincinv(x, m - x + 1, tail)) if x > 0 else 0.0
    high = float(betaincinv(x + 1, m - x, 1 - tail)) if x < m else 1.0
    return Band(nominal, n, hits / n, low, high, effect)


def design_effect(inside: NDArray[np.bool_], day: NDArray[np.int64]) -> float:
    """Variance of the share seen by days over that of as many independent intervals; 1 or more."""
    n, share = len(inside), float(inside.mean())
    _, cluster = np.unique(day, return_inverse=True)
    days = int(cluster.max()) + 1
    if days < 2 or share in {0.0, 1.0}:
        return 1.0
    apart = np.bincount(cluster, weights=inside.astype(np.float64) - share)
    variance = days / (days - 1) * float((apart**2).sum()) / n**2
    return max(1.0, variance / (share * (1 - share) / n))
